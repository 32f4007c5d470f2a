//! The Pending page: what waits, what was refused, what was sent.

use muster_cache::{EntryState, Expected, OutboxEntry, Undone};
use muster_domain::{Command, Membership, MembershipId, RefusalCode};
use muster_protocol::{Outcome, OutcomeStatus};

use crate::app::App;
use crate::conflict;
use crate::connection::connection;
use crate::lost;
use crate::submit::reason;
use crate::verdict::Bench;
use crate::view::{
    Connection, Failure, FailureCode, OutcomeKind, OutcomeView, PendingItem, PendingView,
    PendingWhat, Verdict,
};

/// How many settled changes the page shows.
const SETTLED: u32 = 200;

impl App {
    /// The Pending page.
    ///
    /// # Errors
    /// [`Failure`] when the outbox cannot be asked.
    pub async fn pending(&self) -> Result<PendingView, Failure> {
        self.with_bench(view).await
    }

    /// Takes back a change that was never sent.
    ///
    /// # Errors
    /// [`FailureCode::CannotUndo`] when it is on its way or settled.
    pub async fn pending_undo(&self, n: u32) -> Result<(), Failure> {
        let undone = self.with_bench(move |bench| Ok(bench.cache.undo(n.into(), bench.now)?));
        self.taken_off(undone.await?)
    }

    /// Takes a refused change off the list.
    ///
    /// # Errors
    /// [`FailureCode::CannotUndo`] when it is not there any more.
    pub async fn pending_discard(&self, n: u32) -> Result<(), Failure> {
        let undone = self.with_bench(move |bench| Ok(bench.cache.discard(n.into(), bench.now)?));
        self.taken_off(undone.await?)
    }

    /// Tries to send now.
    ///
    /// # Errors
    /// Why that did not work.
    pub async fn send_now(&self) -> Result<Connection, Failure> {
        let signed = self.signed()?;
        signed.engine.exchange().await?;
        Ok(connection(&signed.engine.connection()))
    }

    pub(crate) fn taken_off(&self, undone: Undone) -> Result<(), Failure> {
        match undone {
            Undone::Done => {
                self.changed(everything());
                Ok(())
            }
            Undone::TooLate => Err(Failure::new(FailureCode::CannotUndo)),
        }
    }
}

/// The Pending page.
pub(crate) fn view(bench: &Bench<'_>) -> Result<PendingView, Failure> {
    let items = |entries: Vec<OutboxEntry>| {
        entries.into_iter().map(|it| item(bench, it)).collect::<Result<Vec<_>, _>>()
    };
    Ok(PendingView {
        not_sent: items(bench.cache.pending()?)?,
        refused: items(bench.cache.refused()?)?,
        sent: items(bench.cache.settled(SETTLED)?)?,
    })
}

/// A change of the outbox, which may show anywhere.
pub(crate) fn everything() -> muster_cache::Change {
    muster_cache::Change { pending: true, workspaces: true, ..Default::default() }
}

/// One entry of the outbox as the page shows it.
pub(crate) fn item(bench: &Bench<'_>, entry: OutboxEntry) -> Result<PendingItem, Failure> {
    let workspace_name = match entry.workspace {
        Some(id) => bench.cache.workspace(id)?.map(|it| it.workspace.name),
        None => None,
    };
    let expected = expected(bench, &entry)?;
    Ok(PendingItem {
        n: u32::try_from(entry.n).unwrap_or(u32::MAX),
        what: what(bench, &entry)?,
        workspace: entry.workspace,
        workspace_name: workspace_name.unwrap_or_else(|| entry.label.workspace_name.clone()),
        made: entry.made_at,
        outcome: match &entry.outcome {
            Some(outcome) => Some(outcome_view(bench, &entry, outcome)?),
            None => None,
        },
        sending: entry.state == EntryState::Sending,
        conflict: conflict::view(bench, &entry)?,
        expected,
    })
}

fn expected(bench: &Bench<'_>, entry: &OutboxEntry) -> Result<Verdict, Failure> {
    Ok(match &entry.expected {
        Expected::Accept => Verdict::Allowed,
        Expected::NoOp => Verdict::NoOp,
        Expected::Hide => Verdict::Hidden,
        Expected::Unknown => Verdict::Unknown,
        Expected::Refuse(refusal) => {
            Verdict::Refused { reason: reason(bench, entry, refusal.clone())? }
        }
    })
}

fn outcome_view(
    bench: &Bench<'_>,
    entry: &OutboxEntry,
    outcome: &Outcome,
) -> Result<OutcomeView, Failure> {
    let status = match outcome.status {
        OutcomeStatus::Applied => OutcomeKind::Applied,
        OutcomeStatus::NoOp => OutcomeKind::NoOp,
        OutcomeStatus::Refused => OutcomeKind::Refused,
        OutcomeStatus::Skipped => OutcomeKind::Skipped,
        OutcomeStatus::Unsupported => OutcomeKind::Unsupported,
        OutcomeStatus::Quarantined => OutcomeKind::Quarantined,
    };
    let hoped = matches!(entry.expected, Expected::Accept);
    let reason = match &outcome.refusal {
        Some(refusal) => Some(reason(bench, entry, refusal.clone())?),
        None => None,
    };
    // Access that came or went is nothing that the rules here could have known.
    let of_access = outcome.refusal.as_ref().is_some_and(|it| it.code == RefusalCode::GrantChanged);
    let differs = hoped && status == OutcomeKind::Refused && !of_access;
    let is_gone = match entry.workspace {
        Some(id) if of_access => bench.cache.workspace(id)?.is_none(),
        Some(_) | None => false,
    };
    let lost = lost::lost(bench, entry, outcome)?;
    Ok(OutcomeView { status, reason, at: outcome.at, differs, lost, is_gone })
}

fn what(bench: &Bench<'_>, entry: &OutboxEntry) -> Result<PendingWhat, Failure> {
    let Some(command) = &entry.command else { return Ok(PendingWhat::Unreadable) };
    let label = entry.label.person.clone().unwrap_or_default();
    let person = |id: &MembershipId| -> Result<String, Failure> {
        let found: Option<Membership> = bench.cache.member(*id)?.map(|it| it.member);
        Ok(found.map_or_else(|| label.clone(), |it| it.name))
    };
    Ok(match command {
        Command::CreateWorkspace { title, .. } => PendingWhat::Create { name: title.clone() },
        Command::RenameWorkspace { was, title, .. } => {
            PendingWhat::Rename { was: was.clone(), name: title.clone() }
        }
        Command::DeleteWorkspace { .. } => PendingWhat::Delete,
        Command::LeaveWorkspace { .. } => PendingWhat::Leave,
        Command::SetMemberRoles { membership, was, roles, .. } => {
            PendingWhat::Roles { person: person(membership)?, was: *was, roles: *roles }
        }
        Command::SuspendMember { membership, .. } => {
            PendingWhat::Suspend { person: person(membership)? }
        }
        Command::ResumeMember { membership, .. } => {
            PendingWhat::Resume { person: person(membership)? }
        }
        Command::RemoveMember { membership, .. } => {
            PendingWhat::Remove { person: person(membership)? }
        }
        Command::CreateInvitation { address, roles, .. } => {
            PendingWhat::Invite { address: address.to_string(), roles: *roles }
        }
        Command::ResendInvitation { .. } => PendingWhat::Resend { address: label.clone() },
        Command::RevokeInvitation { .. } => PendingWhat::Revoke { address: label.clone() },
        Command::SetMemberEnd { membership, .. }
        | Command::SetMemberLabels { membership, .. }
        | Command::SetMemberNote { membership, .. } => other(command, person(membership)?),
        Command::CreateContent { title, .. }
        | Command::ChangeContent { title, .. }
        | Command::DefineRole { title, .. }
        | Command::ChangeRole { title, .. }
        | Command::CreateGroup { title, .. }
        | Command::ChangeGroup { title, .. }
        | Command::RenameAccount { title, .. } => other(command, title.clone()),
        Command::DeleteContent { .. }
        | Command::DeleteRole { .. }
        | Command::DeleteGroup { .. } => {
            other(command, entry.label.object.clone().unwrap_or_default())
        }
        Command::AddAdmin { .. }
        | Command::RemoveAdmin { .. }
        | Command::AddMember { .. }
        | Command::SetInvitationRoles { .. }
        | Command::ConfirmInvitation { .. }
        | Command::AddGroupPerson { .. }
        | Command::RemoveGroupPerson { .. } => other(command, label.clone()),
        Command::StartReview { title, .. } => other(command, title.clone()),
        Command::SetReviewers { .. }
        | Command::RegisterReviewKey { .. }
        | Command::CloseReview { .. } => {
            other(command, entry.label.object.clone().unwrap_or_default())
        }
        Command::HandOutReview { client, .. } => other(command, client.clone()),
        Command::DecideReview { lines, .. } | Command::EnterReview { lines, .. } => {
            match lines.as_slice() {
                [only] => other(command, person(only)?),
                _ => other(command, entry.label.object.clone().unwrap_or_default()),
            }
        }
        Command::SetPolicy { .. }
        | Command::LeaveAccount { .. }
        | Command::DeleteAccount { .. }
        | Command::ScheduleDeletion { .. }
        | Command::ConfirmDeletion { .. }
        | Command::WithdrawDeletion { .. }
        | Command::SetScheme { .. }
        | Command::SetWorkspaceLabels { .. }
        | Command::SetWorkspaceColour { .. }
        | Command::SetPlan { .. }
        | Command::EndPlan { .. }
        | Command::RestoreWorkspace { .. }
        | Command::OfferWorkspace { .. }
        | Command::EndOffer { .. }
        | Command::AcceptOffer { .. } => other(command, entry.label.workspace_name.clone()),
    })
}

fn other(command: &Command, name: String) -> PendingWhat {
    PendingWhat::Other { command: name_of(command), name }
}

/// The name under which a command stands on the wire; the catalogue has a sentence for each.
pub(crate) fn name_of(command: &Command) -> String {
    let form = serde_json::to_value(command).ok();
    let name = form.as_ref().and_then(|it| it.get("name")).and_then(|it| it.as_str());
    name.unwrap_or_default().to_owned()
}
