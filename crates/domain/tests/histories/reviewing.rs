//! Random commands about access reviews.

use muster_domain::{
    CampaignId, Choice, Command, HandOutId, LoginId, PublicKey, QuietDays, Review, ReviewId,
    ReviewLine, Standpoint, Undecided, Workspace, WorkspaceId,
};

use crate::History;
use crate::support::login_id;

impl History {
    pub fn about_review(&mut self, place: &Workspace) -> Option<Command> {
        let workspace = place.id;
        let reviews = self.world.reviews.values().filter(|it| it.workspace == workspace);
        // Now and then a closed one.
        let closed = self.dice.one_in(12);
        let reviews: Vec<Review> =
            reviews.filter(|it| closed || it.closed.is_none()).cloned().collect();
        let review = self.dice.pick(&reviews).filter(|_| !self.dice.one_in(10));
        let Some(review) = review else { return Some(self.new_review(workspace)) };
        let lines = self.world.lines.values().filter(|it| it.review == review.id);
        let lines: Vec<ReviewLine> = lines.cloned().collect();
        let row = review;
        let review = row.id;
        Some(match self.dice.roll(14) {
            12 | 13 => self.frame(&row, &lines)?,
            0 => Command::SetReviewers { workspace, review, reviewers: self.reviewers(workspace) },
            1 | 2 => Command::CloseReview { workspace, review },
            // What was decided is carried out, or tried.
            3..=5 => {
                let line = self.dice.pick(&lines)?;
                return Some(self.carried_out(&line));
            }
            6 => {
                let some = lines.iter().filter(|_| self.dice.one_in(2)).map(|it| it.membership);
                let (lines, choice) = (some.collect(), Some(Choice::Keep));
                Command::DecideReview { workspace, review, lines, choice, reason: None }
            }
            _ => {
                let lines = vec![self.dice.pick(&lines)?.membership];
                let choice = match self.dice.roll(5) {
                    0 => None,
                    1 | 2 => Some(Choice::Keep),
                    3 => Some(Choice::Remove),
                    _ => Some(Choice::Change(self.roles(place))),
                };
                let reason = self.reason();
                Command::DecideReview { workspace, review, lines, choice, reason }
            }
        })
    }

    /// A signing key, a hand-out, or what came back from one.
    fn frame(&mut self, row: &Review, lines: &[ReviewLine]) -> Option<Command> {
        let (workspace, review) = (row.workspace, row.id);
        let key = PublicKey::from_bytes([self.dice.byte(5); 32]);
        let handed: Vec<HandOutId> = row.handed_out.iter().map(|it| it.id).collect();
        Some(match (self.dice.roll(5), self.dice.pick(&handed)) {
            (0, _) => Command::RegisterReviewKey { workspace, review, key },
            (1, _) | (2.., None) => {
                let hand_out = HandOutId::from_bytes(self.fresh());
                let client = "Client".into();
                Command::HandOutReview { workspace, review, hand_out, client, key }
            }
            (2.., Some(hand_out)) => {
                let lines = vec![self.dice.pick(lines)?.membership];
                let choice = if self.dice.one_in(2) { Choice::Keep } else { Choice::Remove };
                let reason = self.reason();
                Command::EnterReview { workspace, review, hand_out, lines, choice, reason }
            }
        })
    }

    fn new_review(&mut self, workspace: WorkspaceId) -> Command {
        let suspend = self.dice.one_in(3);
        Command::StartReview {
            workspace,
            review: ReviewId::from_bytes(self.fresh()),
            campaign: CampaignId::from_bytes(self.fresh()),
            title: "Review".into(),
            due: self.now.plus_days(i64::from(self.dice.byte(30))),
            undecided: if suspend { Undecided::Suspend } else { Undecided::Leave },
            quiet: QuietDays::USUAL,
            reviewers: self.reviewers(workspace),
        }
    }

    /// Mostly people who may, once or twice each.
    fn reviewers(&mut self, workspace: WorkspaceId) -> Vec<LoginId> {
        let account = self.world.workspaces[&workspace].account;
        let admins = self.world.admins.values();
        let admins = admins.filter(|it| it.account == account && it.active).map(|it| it.login);
        let owner = self.world.accounts[&account].rules().owner_class_role;
        let members = self.world.members.values();
        let owners = members
            .filter(|it| it.workspace == workspace && it.roles.has(owner))
            .map(|it| it.login);
        let likely: Vec<_> = admins.chain(owners).collect();
        let several = 1 + self.dice.roll(3);
        let mut named = Vec::new();
        for _ in 0..several {
            let anybody = login_id(self.person());
            let one = self.dice.pick(&likely).filter(|_| !self.dice.one_in(8));
            named.push(one.unwrap_or(anybody));
        }
        named
    }

    /// What follows from the decisions about a line.
    fn carried_out(&mut self, line: &ReviewLine) -> Command {
        let (workspace, membership) = (line.workspace, line.membership);
        let reason = self.reason();
        match line.standpoint() {
            Standpoint::Agreed(Choice::Change(roles)) => {
                let was = self.world.members[&membership].roles;
                Command::SetMemberRoles { workspace, membership, was, roles, reason }
            }
            Standpoint::Undecided => Command::SuspendMember { workspace, membership, reason },
            Standpoint::Agreed(Choice::Keep | Choice::Remove) | Standpoint::Disputed => {
                Command::RemoveMember { workspace, membership, reason }
            }
        }
    }
}
