//! The access reviews of the agency's first client: one that was closed a quarter ago, and one
//! that is under way.

use std::collections::BTreeSet;

use muster_domain::{
    CampaignId, Choice, Command, Login, MemberState, MembershipId, QuietDays, ReviewId, ReviewLine,
    RoleSet, Undecided, WorkspaceId,
};

use super::DemoError;
use super::chance::id;
use super::world::World;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quarter {
    /// Closed a quarter ago.
    Past,
    /// Open.
    Present,
}

/// What happens in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It is started.
    Start,
    /// Its reviewers decide.
    Decide,
    /// What they decided is carried out, and the review closed.
    Finish,
}

/// Who and what a review is about.
pub struct Cast<'a> {
    /// The reviewed workspace.
    pub workspace: WorkspaceId,
    /// The Account Admin.
    pub admin: &'a Login,
    /// The workspace's own lead.
    pub lead: &'a Login,
    /// Memberships that nothing else of the story is about any more.
    pub free: &'a BTreeSet<MembershipId>,
}

impl Quarter {
    fn review(self) -> ReviewId {
        ReviewId::from_bytes(id("review", self as usize))
    }

    const fn title(self) -> &'static str {
        match self {
            Quarter::Past => "Last quarter",
            Quarter::Present => "This quarter",
        }
    }
}

/// Acts out one step of a review.
pub fn act(
    world: &mut World<'_>,
    cast: &Cast<'_>,
    quarter: Quarter,
    step: Step,
) -> Result<(), DemoError> {
    let workspace = cast.workspace;
    let review = quarter.review();
    match step {
        Step::Start => {
            let start = Command::StartReview {
                workspace,
                review,
                campaign: CampaignId::from_bytes(id("campaign", quarter as usize)),
                title: quarter.title().to_owned(),
                due: world.now.plus_days(28),
                undecided: Undecided::Leave,
                quiet: QuietDays::USUAL,
                reviewers: vec![cast.lead.id, cast.admin.id],
            };
            world.command(cast.admin, &start)
        }
        Step::Decide => {
            let lines = world.review_lines(review)?;
            let decisions = match quarter {
                Quarter::Past => all(cast, &lines),
                Quarter::Present => some(cast, &lines),
            };
            decide(world, cast, review, decisions)
        }
        Step::Finish => {
            for line in world.review_lines(review)? {
                if let Some(command) = follows(&line) {
                    world.command(cast.admin, &command)?;
                }
            }
            world.command(cast.admin, &Command::CloseReview { workspace, review })
        }
    }
}

/// A decision about one line, by the lead unless the line is theirs.
struct Decision {
    line: MembershipId,
    by: Reviewer,
    choice: Choice,
    reason: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reviewer {
    Lead,
    Admin,
}

impl Decision {
    const fn keep(line: MembershipId, by: Reviewer) -> Self {
        Self { line, by, choice: Choice::Keep, reason: None }
    }
}

/// Everybody is decided about: most are kept, two go, two have less from now on.
fn all(cast: &Cast<'_>, lines: &[ReviewLine]) -> Vec<Decision> {
    let mut free = lines.iter().filter(|it| cast.free.contains(&it.membership));
    let mut special: Vec<Decision> = Vec::new();
    for line in free.by_ref().take(2) {
        special.push(Decision {
            line: line.membership,
            by: Reviewer::Lead,
            choice: Choice::Remove,
            reason: Some("Has left the company"),
        });
    }
    for line in free.take(2) {
        special.push(Decision {
            line: line.membership,
            by: Reviewer::Lead,
            choice: Choice::Change(less(line.roles)),
            reason: Some("Only answers chats now"),
        });
    }
    let named: BTreeSet<_> = special.iter().map(|it| it.line).collect();
    let others = lines.iter().filter(|it| !named.contains(&it.membership));
    let kept: Vec<_> = others
        .map(|it| {
            let own = it.login == cast.lead.id;
            Decision::keep(it.membership, if own { Reviewer::Admin } else { Reviewer::Lead })
        })
        .collect();
    special.into_iter().chain(kept).collect()
}

/// A good part is decided; about one person the two reviewers disagree.
fn some(cast: &Cast<'_>, lines: &[ReviewLine]) -> Vec<Decision> {
    let of_lead = |it: &&ReviewLine| it.login != cast.lead.id;
    let mut decisions: Vec<_> = lines
        .iter()
        .filter(of_lead)
        .take(lines.len() * 2 / 5)
        .map(|it| Decision::keep(it.membership, Reviewer::Lead))
        .collect();
    if let Some(first) = decisions.first_mut() {
        let line = first.line;
        first.choice = Choice::Remove;
        first.reason = Some("Not seen since spring");
        decisions.push(Decision::keep(line, Reviewer::Admin));
    }
    let kept: BTreeSet<_> = decisions.iter().map(|it| it.line).collect();
    let suspended =
        |it: &&ReviewLine| it.state == MemberState::Suspended && !kept.contains(&it.membership);
    if let Some(last) = lines.iter().filter(of_lead).rfind(suspended) {
        decisions.push(Decision {
            line: last.membership,
            by: Reviewer::Admin,
            choice: Choice::Remove,
            reason: Some("Suspended for months"),
        });
    }
    decisions
}

/// Keeping goes in one command for each reviewer, the rest one by one.
fn decide(
    world: &mut World<'_>,
    cast: &Cast<'_>,
    review: ReviewId,
    decisions: Vec<Decision>,
) -> Result<(), DemoError> {
    let workspace = cast.workspace;
    for (by, login) in [(Reviewer::Lead, cast.lead), (Reviewer::Admin, cast.admin)] {
        let (kept, others): (Vec<_>, Vec<_>) =
            decisions.iter().filter(|it| it.by == by).partition(|it| it.choice == Choice::Keep);
        let kept: Vec<_> = kept.iter().map(|it| it.line).collect();
        for lines in kept.chunks(200) {
            let (lines, choice, reason) = (lines.to_vec(), Some(Choice::Keep), None);
            let command = Command::DecideReview { workspace, review, lines, choice, reason };
            world.command(login, &command)?;
        }
        for it in others {
            let command = Command::DecideReview {
                workspace,
                review,
                lines: vec![it.line],
                choice: Some(it.choice),
                reason: it.reason.map(str::to_owned),
            };
            world.command(login, &command)?;
        }
    }
    Ok(())
}

/// What is to be done after a line was decided by everybody alike.
fn follows(line: &ReviewLine) -> Option<Command> {
    let (workspace, membership) = (line.workspace, line.membership);
    let decided = line.decided.first()?;
    let reason = decided.reason.clone();
    match decided.choice {
        Choice::Keep => None,
        Choice::Remove => Some(Command::RemoveMember { workspace, membership, reason }),
        Choice::Change(roles) => {
            let was = line.roles;
            Some(Command::SetMemberRoles { workspace, membership, was, roles, reason })
        }
    }
}

fn less(roles: RoleSet) -> RoleSet {
    use muster_domain::Role;
    if roles == RoleSet::of(&[Role::ChatUser]) {
        RoleSet::of(&[Role::ContentManager])
    } else {
        RoleSet::of(&[Role::ChatUser])
    }
}
