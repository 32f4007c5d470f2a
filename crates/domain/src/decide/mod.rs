//! The one decision (R13): from loaded facts and a command to events, a refusal, or the
//! admission that this view cannot know.
//!
//! [`decide`] first lets the command's own module judge, then [`floor`] checks what every
//! accepted change has to leave standing (R6, R7), whichever door it came through.

mod acceptance;
mod floor;
mod guard;
mod invitation;
mod member;
mod workspace;

pub use acceptance::decide_acceptance;

use crate::command::Command;
use crate::event::Event;
use crate::facts::Facts;
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

/// Decides a command by the facts that [`Facts::load`] found for it.
pub fn decide(facts: &Facts, command: &Command, now: Timestamp) -> Decision {
    let judged = match command {
        Command::CreateWorkspace { .. }
        | Command::RenameWorkspace { .. }
        | Command::DeleteWorkspace { .. }
        | Command::LeaveWorkspace { .. } => workspace::judge(facts, command, now),
        Command::SetMemberRoles { .. }
        | Command::SuspendMember { .. }
        | Command::ResumeMember { .. }
        | Command::RemoveMember { .. } => member::judge(facts, command, now),
        Command::CreateInvitation { .. }
        | Command::ResendInvitation { .. }
        | Command::RevokeInvitation { .. } => invitation::judge(facts, command, now),
    };
    match judged.and_then(|events| floor::check(facts, command, &events).map(|()| events)) {
        Ok(events) => Decision::Accept(events),
        Err(stop) => stop.into(),
    }
}
