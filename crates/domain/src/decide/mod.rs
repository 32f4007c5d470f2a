//! The one decision (R13): from loaded facts and a command to events, a refusal, or the
//! admission that this view cannot know.
//!
//! [`decide`] first lets the command's own module judge, then [`floor`] checks what every
//! accepted change has to leave standing (R6, R7, R8), whichever door it came through.

mod acceptance;
mod account;
mod content;
mod due;
mod exit;
mod floor;
pub(crate) mod group;
mod guard;
mod invitation;
mod member;
mod moving;
mod person;
mod plan;
mod review;
mod role;
mod scheme;
mod workspace;

pub use acceptance::{decide_acceptance, decide_decline, decide_trouble};
pub use due::{Due, decide_due};

use crate::command::Command;
use crate::event::{Event, EventKind};
use crate::facts::Facts;
use crate::object::{Invitation, Membership, Row, Workspace};
use crate::refusal::{Refusal, RefusalCode};
use crate::time::Timestamp;

/// What the rules say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes, and this is what happens. Never empty.
    Accept(Vec<Event>),
    /// Yes, and it is so already.
    NoOp,
    /// No; the actor may see what it is about.
    Refuse(Refusal),
    /// No; to this actor it does not exist (R10).
    Hide,
    /// This view does not hold what the answer needs. The server never says so.
    Unknown,
}

impl Decision {
    /// The refusal that goes over the wire; a hidden thing is refused as one not visible.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Decision::Refuse(refusal) => Some(refusal.clone()),
            Decision::Hide => Some(Refusal::new(RefusalCode::NotVisible)),
            Decision::Accept(_) | Decision::NoOp | Decision::Unknown => None,
        }
    }
}

/// Why judging stops early.
pub(crate) enum Stop {
    Refuse(Refusal),
    Hide,
    NoOp,
    Unknown,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refuse(refusal)
    }
}

impl From<RefusalCode> for Stop {
    fn from(code: RefusalCode) -> Self {
        Stop::Refuse(Refusal::new(code))
    }
}

impl From<Stop> for Decision {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refuse(refusal) => Decision::Refuse(refusal),
            Stop::Hide => Decision::Hide,
            Stop::NoOp => Decision::NoOp,
            Stop::Unknown => Decision::Unknown,
        }
    }
}

impl From<Result<Vec<Event>, Stop>> for Decision {
    fn from(judged: Result<Vec<Event>, Stop>) -> Self {
        match judged {
            Ok(events) => Decision::Accept(events),
            Err(stop) => stop.into(),
        }
    }
}

/// What a judging function says: the events of a yes, or why it stopped.
type Judged = Result<Vec<Event>, Stop>;

/// Decides a command by the facts that [`Facts::load`] found for it.
pub fn decide(facts: &Facts, command: &Command, now: Timestamp) -> Decision {
    let judged = judge(facts, command, now).and_then(|mut events| {
        floor::check(facts, command, &events)?;
        moving::follow_owner(facts, &mut events, now)?;
        Ok(events)
    });
    judged.into()
}

fn judge(facts: &Facts, command: &Command, now: Timestamp) -> Judged {
    match command {
        Command::RenameAccount { was, title, .. } => account::rename(facts, was, title),
        Command::SetPolicy {
            invitation_days,
            lease_days,
            reason_required,
            review_days,
            second_admin,
            name_days,
            ..
        } => {
            let wanted = account::Policy {
                invitation_days: *invitation_days,
                lease_days: *lease_days,
                reason_required: *reason_required,
                review_days: *review_days,
                second_admin: *second_admin,
                name_days: *name_days,
            };
            account::set_policy(facts, &wanted, now)
        }
        Command::AddAdmin { .. } => account::add_admin(facts, now),
        Command::RemoveAdmin { login, .. } => account::remove_admin(facts, *login),
        Command::LeaveAccount { .. } => exit::leave(facts, now),
        Command::DeleteAccount { title, .. } => exit::delete(facts, title, now),
        Command::ScheduleDeletion { title, days, .. } => exit::schedule(facts, title, *days, now),
        Command::ConfirmDeletion { .. } => exit::confirm(facts, now),
        Command::WithdrawDeletion { .. } => exit::withdraw(facts),
        Command::SetScheme { scheme, mapping, widened, .. } => {
            scheme::set(facts, *scheme, mapping, widened, now)
        }
        Command::CreateWorkspace { workspace, title, plan, membership, labels, .. } => {
            let wanted = workspace::Wanted {
                id: *workspace,
                title,
                plan: *plan,
                membership: *membership,
                labels,
            };
            workspace::create(facts, &wanted, now)
        }
        Command::RenameWorkspace { was, title, .. } => workspace::rename(facts, was, title),
        Command::SetWorkspaceLabels { was, labels, .. } => workspace::label(facts, was, labels),
        Command::SetWorkspaceColour { colour, .. } => workspace::paint(facts, *colour),
        Command::SetPlan { plan, .. } => plan::set(facts, *plan),
        Command::EndPlan { .. } => plan::end(facts, now),
        Command::DeleteWorkspace { .. } => workspace::delete(facts, command, now),
        Command::RestoreWorkspace { .. } => workspace::restore(facts, now),
        Command::LeaveWorkspace { .. } => workspace::leave(facts, now),
        Command::OfferWorkspace { .. } => moving::offer(facts, now),
        Command::EndOffer { .. } => moving::end_offer(facts),
        Command::AcceptOffer { .. } => moving::accept(facts, now),
        Command::AddMember { membership, roles, .. } => {
            person::add(facts, *membership, *roles, now)
        }
        Command::SetMemberRoles { was, roles, .. } => {
            member::set_roles(facts, command, *was, *roles, now)
        }
        Command::SetMemberEnd { was, end, .. } => member::set_end(facts, command, was, end, now),
        Command::SetMemberLabels { was, labels, .. } => member::label(facts, command, was, labels),
        Command::SetMemberNote { was, note, .. } => member::note(facts, command, was, note),
        Command::SuspendMember { .. } => member::suspend(facts, command),
        Command::ResumeMember { .. } => member::resume(facts, command),
        Command::RemoveMember { .. } => member::remove(facts, command, now),
        Command::CreateInvitation { invitation, address, person, roles, message, .. } => {
            let wanted = invitation::Wanted {
                id: *invitation,
                address,
                person: person.as_deref(),
                roles: *roles,
                message: message.as_deref(),
            };
            invitation::create(facts, &wanted, now)
        }
        Command::ResendInvitation { .. } => invitation::resend(facts, now),
        Command::SetInvitationRoles { roles, .. } => invitation::set_roles(facts, *roles),
        Command::ConfirmInvitation { .. } => invitation::confirm(facts, now),
        Command::RevokeInvitation { .. } => invitation::revoke(facts),
        Command::DefineRole { role, title, permissions, .. } => {
            role::define(facts, *role, title, *permissions)
        }
        Command::ChangeRole { was, title, permissions, .. } => {
            role::change(facts, *was, title, *permissions)
        }
        Command::DeleteRole { holders, others, .. } => role::delete(facts, holders, *others, now),
        Command::CreateContent { content, title, body, .. } => {
            content::create(facts, *content, title, body, now)
        }
        Command::ChangeContent { version, title, body, .. } => {
            content::change(facts, *version, title, body, now)
        }
        Command::DeleteContent { .. } => content::delete(facts, now),
        Command::CreateGroup { group, title, covers, roles, .. } => {
            group::create(facts, *group, title, covers, *roles)
        }
        Command::ChangeGroup { title, covers, roles, .. } => {
            group::change(facts, title, covers, *roles, now)
        }
        Command::DeleteGroup { .. } => group::delete(facts, now),
        Command::AddGroupPerson { .. } => group::add_person(facts, now),
        Command::RemoveGroupPerson { login, .. } => group::remove_person(facts, *login, now),
        Command::StartReview {
            review, campaign, title, due, undecided, quiet, reviewers, ..
        } => {
            let wanted = review::Wanted {
                id: *review,
                campaign: *campaign,
                title,
                due: *due,
                undecided: *undecided,
                quiet: *quiet,
                reviewers,
            };
            review::start(facts, &wanted, now)
        }
        Command::SetReviewers { reviewers, .. } => review::set_reviewers(facts, reviewers),
        Command::DecideReview { lines, choice, .. } => {
            review::decide(facts, command, lines, *choice, now)
        }
        Command::EnterReview { hand_out, lines, choice, .. } => {
            review::enter(facts, command, *hand_out, lines, *choice, now)
        }
        Command::RegisterReviewKey { key, .. } => review::register_key(facts, *key, now),
        Command::HandOutReview { hand_out, client, key, .. } => {
            review::hand_out(facts, *hand_out, client, *key, now)
        }
        Command::CloseReview { .. } => review::close(facts, now),
    }
}

/// The event of a membership that changed.
fn member_changed(kind: EventKind, before: &Membership, after: Membership) -> Event {
    Event { kind, before: Some(Row::Membership(before.clone())), after: Row::Membership(after) }
}

/// The event of a workspace whose own row changed.
fn workspace_changed(kind: EventKind, before: &Workspace, after: Workspace) -> Event {
    Event { kind, before: Some(Row::Workspace(before.clone())), after: Row::Workspace(after) }
}

/// The event of an invitation that changed.
fn invitation_changed(kind: EventKind, before: &Invitation, after: Invitation) -> Event {
    Event { kind, before: Some(Row::Invitation(before.clone())), after: Row::Invitation(after) }
}
