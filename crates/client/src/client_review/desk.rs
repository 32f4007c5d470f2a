//! The client's side: a sheet that is open in this app, without any sign-in, and what the client
//! decided on it. It answers in the same forms as a review of the copy, so the window shows both
//! with the same screen.
//!
//! What the client decides is kept on the disk at once, locked with a key that is in the sheet.
//! So it is there when the same file is opened again, and readable only with that file and its
//! passphrase. The decisions bind nobody; the rules judge them when a reviewer enters them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use muster_domain::facts::own_of;
use muster_domain::{
    Choice, LoginId, MembershipId, OwnRoles, QuietDays, Refusal, RefusalCode, ReviewLine, RoleSet,
    RolesPerMember, Scheme, Timestamp, Undecided,
};
use muster_evidence::Key;

use super::forms::{Answer, Said, Sheet};
use super::lock::{self, Passphrase, SealingKey};
use crate::badge;
use crate::export::cannot;
use crate::members::Difference;
use crate::reviews::{chosen, last_view};
use crate::view::{
    DecidedView, Failure, FailureCode, Mark, OwnRoleName, ReviewCounts, ReviewFilter, ReviewHint,
    ReviewHints, ReviewLinePage, ReviewLineRow, ReviewLineView, ReviewQuery, ReviewRow, ReviewView,
    ReviewerView, RoleAnswer, RoleOption, RoleQuestion, SheetView, StandpointView, Submitted,
    Verdict,
};
use crate::words::Words;
use crate::workspaces::PAGE;

/// How many lines are decided about at once at most, as in a review of the copy.
const MOST_LINES: usize = 500;

/// A sheet in work.
pub(crate) struct Desk {
    sheet: Sheet,
    key: Key,
    notes_key: SealingKey,
    passphrase: Passphrase,
    said: BTreeMap<MembershipId, Said>,
    /// Where the notes are kept.
    notes: PathBuf,
}

impl Desk {
    /// Opens a file, with what was decided on it before on this device.
    pub(crate) fn open(file: &[u8], passphrase: Passphrase, dir: &Path) -> Result<Self, Failure> {
        let mut sheet = Sheet::open(file, &passphrase)?;
        sheet.lines.sort_by_key(|it| (!it.changed_since_last(), it.name.to_lowercase()));
        let (key, notes_key) = (sheet.key()?, sheet.notes_key()?);
        let notes = dir.join("client-reviews").join(format!("{}.notes", sheet.hand_out));
        let mut desk = Self { sheet, key, notes_key, passphrase, said: BTreeMap::new(), notes };
        desk.said = desk.read_notes()?;
        Ok(desk)
    }

    fn read_notes(&self) -> Result<BTreeMap<MembershipId, Said>, Failure> {
        let file = match fs::read(&self.notes) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(BTreeMap::new());
            }
            Err(error) => return Err(Failure::caused(FailureCode::NotesBroken, &error)),
        };
        let broken = |it: &dyn std::error::Error| Failure::caused(FailureCode::NotesBroken, it);
        let notes = lock::open_notes(&file, &self.notes_key);
        let notes = notes.map_err(|it| broken(&it))?;
        let said: Vec<(MembershipId, Said)> =
            serde_json::from_slice(&notes).map_err(|it| broken(&it))?;
        Ok(said.into_iter().collect())
    }

    /// Keeps what was decided: a whole new file takes the place of the one before.
    fn keep(&self) -> Result<(), Failure> {
        let said: Vec<_> = self.said.iter().collect();
        let form = serde_json::to_vec(&said)
            .map_err(|it| Failure::caused(FailureCode::CannotWrite, &it))?;
        let locked = lock::lock_notes(&form, &self.notes_key)?;
        let next = self.notes.with_extension("next");
        let folder = self.notes.parent().map(fs::create_dir_all);
        folder.transpose().map_err(|it| cannot(&it))?;
        fs::write(&next, locked).map_err(|it| cannot(&it))?;
        fs::File::open(&next).and_then(|it| it.sync_all()).map_err(|it| cannot(&it))?;
        fs::rename(&next, &self.notes).map_err(|it| cannot(&it))
    }

    fn rules(&self) -> &'static Scheme {
        self.sheet.scheme.scheme()
    }

    fn own(&self) -> OwnRoles {
        own_of(&self.sheet.own_roles)
    }

    fn find(&self, membership: MembershipId) -> Option<&ReviewLine> {
        self.sheet.lines.iter().find(|it| it.membership == membership)
    }

    fn fits(&self, line: &ReviewLine, filter: ReviewFilter) -> bool {
        let choice = self.said.get(&line.membership).map(|it| it.choice);
        match filter {
            ReviewFilter::All => true,
            ReviewFilter::Undecided => choice.is_none(),
            ReviewFilter::ChangedSince => line.changed_since_last(),
            ReviewFilter::UnchangedSince => !line.changed_since_last(),
            // One client agrees with themself, and a sheet does not say who is at home here.
            ReviewFilter::Disputed | ReviewFilter::External => false,
            ReviewFilter::Kept => choice == Some(Choice::Keep),
            ReviewFilter::Changed => matches!(choice, Some(Choice::Change(_))),
            ReviewFilter::Removed => choice == Some(Choice::Remove),
            ReviewFilter::Mine => choice.is_some(),
        }
    }

    fn count(&self, filter: ReviewFilter) -> u32 {
        let count = self.sheet.lines.iter().filter(|it| self.fits(it, filter)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The sheet as a review.
    pub(crate) fn view(&self, now: Timestamp) -> SheetView {
        let sheet = &self.sheet;
        let all = self.count(ReviewFilter::All);
        let counts = ReviewCounts {
            all,
            undecided: self.count(ReviewFilter::Undecided),
            kept: self.count(ReviewFilter::Kept),
            changed: self.count(ReviewFilter::Changed),
            removed: self.count(ReviewFilter::Removed),
            changed_since: self.count(ReviewFilter::ChangedSince),
            unchanged_since: self.count(ReviewFilter::UnchangedSince),
            ..ReviewCounts::default()
        };
        let row = ReviewRow {
            id: sheet.review,
            campaign: muster_domain::CampaignId::from_bytes([0; 16]),
            workspace: sheet.workspace,
            workspace_name: sheet.workspace_name.clone(),
            account_name: sheet.account_name.clone(),
            name: sheet.name.clone(),
            due: sheet.due,
            overdue: sheet.due < now,
            started: sheet.started.at,
            started_by: sheet.started.by.clone(),
            closed: None,
            closed_by: None,
            people: all,
            decided: all - counts.undecided,
            disputed: 0,
            pending: 0,
            reviewers: vec![sheet.client.clone()],
            mine: true,
        };
        let client = ReviewerView { login: NOBODY, name: sheet.client.clone(), is_me: true };
        let review = ReviewView {
            row,
            undecided: Undecided::Leave,
            counts,
            reviewers: vec![client],
            set_reviewers: Verdict::Hidden,
            // A sheet brings no log along.
            hints: ReviewHints {
                quiet_days: QuietDays::USUAL,
                quiet: None,
                wide: None,
                many_admins: None,
            },
            finish: Verdict::Hidden,
        };
        let own = sheet.own_roles.iter();
        SheetView {
            review,
            client: sheet.client.clone(),
            from: sheet.from.clone(),
            own_roles: own
                .map(|it| OwnRoleName { role: format!("own:{}", it.slot), name: it.name.clone() })
                .collect(),
        }
    }

    /// A page of the list.
    pub(crate) fn page(&self, query: &ReviewQuery) -> ReviewLinePage {
        let words = Words::of(&query.text);
        let fits = |it: &&ReviewLine| {
            query.hint.is_none()
                && self.fits(it, query.filter)
                && words.fit(&format!("{} {}", it.name, it.address))
        };
        let found: Vec<&ReviewLine> = self.sheet.lines.iter().filter(fits).collect();
        let (from, many) = (as_index(query.offset), as_index(query.limit.min(PAGE)));
        ReviewLinePage {
            matched: u32::try_from(found.len()).unwrap_or(u32::MAX),
            rows: found.into_iter().skip(from).take(many).map(|it| self.row(it)).collect(),
        }
    }

    fn row(&self, line: &ReviewLine) -> ReviewLineRow {
        let said = self.said.get(&line.membership);
        let (standpoint, to) =
            said.map_or((StandpointView::Undecided, RoleSet::NONE), |it| chosen(it.choice));
        ReviewLineRow {
            membership: line.membership,
            name: line.name.clone(),
            address: line.address.to_string(),
            letters: badge::letters(&line.name),
            roles: line.roles,
            state: line.state,
            standpoint,
            to,
            decided_at: said.map(|it| it.at),
            changed_since: line.changed_since_last(),
            is_me: false,
            mark: Mark::None,
            gone: false,
            now_roles: line.roles,
        }
    }

    /// One line with what the sheet knows of it.
    pub(crate) fn line(&self, membership: MembershipId) -> Result<ReviewLineView, Failure> {
        let line = self.find(membership).ok_or_else(|| Failure::new(FailureCode::NotFound))?;
        let same = self.sheet.lines.iter().filter(|it| it.roles == line.roles).count();
        let owns = self.rules().is_owner_class(line.roles);
        let hints = [
            (owns && self.is_last_owner(line), ReviewHint::SingleOwner),
            (owns, ReviewHint::OwnerClass),
            (line.last.is_some() && line.changed_since_last(), ReviewHint::ChangedSince),
        ];
        let decided = self.said.get(&membership).map(|it| {
            let (choice, to) = chosen(it.choice);
            DecidedView {
                name: self.sheet.client.clone(),
                at: it.at,
                choice,
                to,
                reason: it.reason.clone(),
                client: None,
                is_me: true,
                pending: false,
            }
        });
        let ends = self.verdict(line, Choice::Remove);
        Ok(ReviewLineView {
            row: self.row(line),
            given_by: line.given_by.clone(),
            given_at: line.given_at,
            joined: line.joined,
            last: line.last.as_ref().map(last_view),
            same_roles: u32::try_from(same).unwrap_or(u32::MAX),
            people: self.count(ReviewFilter::All),
            decided: decided.into_iter().collect(),
            keep: Verdict::Allowed,
            change: ends.clone(),
            remove: ends,
            keep_needs_reason: false,
            used: None,
            refused: None,
            hints: hints.into_iter().filter(|(holds, _)| *holds).map(|(_, it)| it).collect(),
        })
    }

    /// Whether the list has no other owner (E-49). What happened since, the sheet cannot know.
    fn is_last_owner(&self, line: &ReviewLine) -> bool {
        let owns = |it: &&ReviewLine| self.rules().is_owner_class(it.roles);
        self.rules().owner_floor > 0
            && owns(&line)
            && self.sheet.lines.iter().filter(owns).count() <= 1
    }

    fn verdict(&self, line: &ReviewLine, choice: Choice) -> Verdict {
        match self.refusal(line, choice) {
            None => Verdict::Allowed,
            Some(refusal) => Verdict::Refused { reason: refusal.into() },
        }
    }

    fn refusal(&self, line: &ReviewLine, choice: Choice) -> Option<Refusal> {
        let stays = match choice {
            Choice::Keep => true,
            Choice::Remove => false,
            Choice::Change(roles) => {
                if !self.rules().allows(roles, &self.own()) {
                    return Some(Refusal::new(RefusalCode::RolesNotInScheme).with("role", roles));
                }
                self.rules().is_owner_class(roles)
            }
        };
        let ends = !stays && self.is_last_owner(line);
        ends.then(|| Refusal::new(RefusalCode::LastOwnerReview).with("name", line.name.as_str()))
    }

    /// The roles that can be chosen for a line.
    pub(crate) fn roles(&self, question: &RoleQuestion) -> Result<RoleAnswer, Failure> {
        let id = question.members.first().copied();
        let line = id.and_then(|it| self.find(it));
        let line = line.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
        let (rules, own) = (self.rules(), self.own());
        let many = rules.roles_per_member == RolesPerMember::Many;
        let built_in = rules.roles.iter().map(|role| (RoleSet::of(&[*role]), None));
        let named = self.sheet.own_roles.iter();
        let named = named.map(|role| (RoleSet::own(role.slot), Some(role.name.clone())));
        let option = |(role, name): (RoleSet, Option<String>)| RoleOption {
            role: role.keys().collect(),
            name,
            permissions: role.permissions(&own).iter().collect(),
            now: role.without(line.roles).is_empty(),
            verdict: {
                let roles = if many { question.roles.union(role) } else { role };
                self.verdict(line, Choice::Change(roles))
            },
        };
        let (before, after) = (line.roles.permissions(&own), question.roles.permissions(&own));
        let difference = Difference::of(before, after);
        Ok(RoleAnswer {
            many,
            options: built_in.chain(named).map(option).collect(),
            gains: difference.gains.iter().collect(),
            keeps: difference.keeps.iter().collect(),
            loses: difference.loses.iter().collect(),
            verdicts: Vec::new(),
        })
    }

    /// Decides about lines, or takes a decision back, and keeps it.
    pub(crate) fn decide(
        &mut self,
        lines: &[MembershipId],
        choice: Option<Choice>,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<Submitted, Failure> {
        let reason = reason.map(str::trim).filter(|it| !it.is_empty());
        if let Some(refusal) = self.objection(lines, choice, reason) {
            return Ok(Submitted::Refused { reason: refusal.into() });
        }
        let before = self.said.clone();
        for line in lines.iter().collect::<BTreeSet<_>>() {
            match choice {
                Some(choice) => {
                    let said = Said { choice, reason: reason.map(str::to_owned), at: now };
                    self.said.insert(*line, said);
                }
                None => drop(self.said.remove(line)),
            }
        }
        // What is not on the disk is not decided.
        self.keep().inspect_err(|_| self.said = before)?;
        Ok(Submitted::Applied { created: None })
    }

    fn objection(
        &self,
        lines: &[MembershipId],
        choice: Option<Choice>,
        reason: Option<&str>,
    ) -> Option<Refusal> {
        let together = matches!(choice, Some(Choice::Keep) | None);
        if lines.is_empty() || lines.len() > MOST_LINES || !(lines.len() == 1 || together) {
            return Some(Refusal::new(RefusalCode::ReviewOneByOne));
        }
        if reason.is_some_and(|it| it.chars().count() > LONGEST_REASON) {
            return Some(Refusal::new(RefusalCode::BadNote));
        }
        for id in lines {
            let Some(line) = self.find(*id) else {
                return Some(Refusal::new(RefusalCode::NotVisible));
            };
            if !together && reason.is_none() {
                let refusal = Refusal::new(RefusalCode::ReviewReason);
                return Some(refusal.with("name", line.name.as_str()));
            }
            let refusal = choice.and_then(|choice| self.refusal(line, choice));
            if refusal.is_some() {
                return refusal;
            }
        }
        None
    }

    /// The answer, signed and locked, and the name that its folder gets.
    pub(crate) fn answer(&self, now: Timestamp) -> Result<(Vec<u8>, String), Failure> {
        let answer = Answer {
            hand_out: self.sheet.hand_out,
            workspace: self.sheet.workspace,
            review: self.sheet.review,
            at: now,
            said: self.said.iter().map(|(id, said)| (*id, said.clone())).collect(),
        };
        let name = format!("{} {} decided", self.sheet.workspace_name, self.sheet.name);
        Ok((answer.locked(&self.key, &self.passphrase)?, name))
    }
}

/// As long as the rules take it (`note.bad`).
const LONGEST_REASON: usize = 500;

/// A client has no sign-in.
const NOBODY: LoginId = LoginId::from_bytes([0; 16]);

fn as_index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
