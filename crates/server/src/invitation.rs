//! Invitations as their links see them: what a code is for, and accepting it (R12, A3).

use muster_domain::{
    Account, Invitation, InvitationId, InvitationState, InvitationTrouble, Login, MembershipId,
    OwnRole, Refusal, RefusalCode, Timestamp, Workspace, WorkspaceId, WorkspaceStatus,
};

use crate::app::App;
use crate::http::Failure;
use crate::secret::{Code, CodeFit, Secret, random};
use crate::store::{Snapshot, Tx};
use crate::write::{self, Applied, Origin, Verdict, WriteError};

/// What a good code opens.
pub struct Opened {
    /// The invitation.
    pub invitation: Invitation,
    /// Its workspace.
    pub workspace: Workspace,
    /// The workspace's account.
    pub account: Account,
    /// Those of the roles that are the workspace's own.
    pub own_roles: Vec<OwnRole>,
}

/// Reads a code against the store.
///
/// # Errors
/// Not found for a code that nobody here made, a refusal for one that is no longer good.
pub fn open(
    store: &dyn Snapshot,
    secret: &Secret,
    code: &str,
    now: Timestamp,
) -> Result<Opened, Failure> {
    let code = Code::parse(code).ok_or_else(Failure::not_found)?;
    let found = store.invitation(code.invitation)?;
    // An unknown invitation is compared as well, so that both take the same time.
    let fit = secret.fit(&code, found.as_ref().map_or(1, |it| it.generation));
    let (Some(invitation), CodeFit::Present | CodeFit::Earlier) = (found, fit) else {
        return Err(Failure::not_found());
    };
    let workspace = store.workspace(invitation.workspace)?.ok_or_else(Failure::not_found)?;
    let account = store.account(workspace.account)?.ok_or_else(Failure::not_found)?;
    still_good(&invitation, &workspace, fit, now)?;
    let mut own_roles = store.own_roles(workspace.id)?;
    own_roles.retain(|role| invitation.roles.has_own(role.slot));
    Ok(Opened { invitation, workspace, account, own_roles })
}

fn still_good(
    invitation: &Invitation,
    workspace: &Workspace,
    fit: CodeFit,
    now: Timestamp,
) -> Result<(), Refusal> {
    let gone = fit != CodeFit::Present
        || invitation.state != InvitationState::Open
        || workspace.status != WorkspaceStatus::Active;
    if gone {
        return Err(Refusal::new(RefusalCode::InvitationGone));
    }
    if !invitation.is_open(now) {
        return Err(Refusal::new(RefusalCode::InvitationExpired)
            .with("inviter", invitation.inviter_name.as_str())
            .with("date", invitation.expires));
    }
    Ok(())
}

/// An invitation in the inbox of a login: to an address that the login has proved. Any other
/// is not there.
///
/// # Errors
/// Not found, or the store's failure.
pub fn of_inbox(
    store: &dyn Snapshot,
    login: &Login,
    id: InvitationId,
) -> Result<Invitation, Failure> {
    // As the person stands now, not as they stood when the request began.
    let login = store.login(login.id)?.ok_or_else(Failure::signed_out)?;
    store
        .invitation(id)?
        .filter(|it| login.verified.contains(&it.address))
        .ok_or_else(Failure::not_found)
}

/// Makes the actor a member by an invitation whose link they hold or whose address is theirs.
///
/// # Errors
/// A refusal by R12, or the store's failure.
pub fn accept(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    invitation: &Invitation,
    membership: MembershipId,
) -> Result<(WorkspaceId, Applied), Failure> {
    let verdict = write::accept(tx, origin, invitation, membership)?;
    Ok((invitation.workspace, applied(verdict)?))
}

/// The same in a transaction of its own, by an invitation that is found in it.
///
/// # Errors
/// What finding it says, a refusal by R12, or the store's failure.
pub fn join(
    app: &App,
    origin: &Origin<'_>,
    find: impl FnOnce(&dyn Tx) -> Result<Invitation, Failure>,
) -> Result<WorkspaceId, Failure> {
    let membership = MembershipId::from_bytes(random::<16>()?);
    let tx = app.store.write()?;
    let found = find(&*tx)?;
    let accepted = accept(&*tx, origin, &found, membership);
    match accepted {
        Ok((workspace, applied)) => {
            tx.commit()?;
            app.hub.changed(applied.change);
            Ok(workspace)
        }
        Err(failure) => {
            drop(tx);
            note_refusal(app, &found, &failure);
            Err(failure)
        }
    }
}

/// Lets whoever invited know that somebody wanted to come and found no seat (E-28): they alone
/// can do something about it. Called when the transaction that said no is over.
pub fn note_refusal(app: &App, invitation: &Invitation, failure: &Failure) {
    if failure.refused() != Some(RefusalCode::NoSeat) {
        return;
    }
    if let Err(error) = note_no_seat(app, invitation) {
        // The person has their answer; the other end learns it at the next try.
        tracing::error!(%error, "missing seat could not be noted");
    }
}

fn note_no_seat(app: &App, invitation: &Invitation) -> Result<(), WriteError> {
    let tx = app.store.write()?;
    let sending = (invitation.id, invitation.generation);
    let noted = write::trouble(&*tx, sending, InvitationTrouble::NoSeat, app.clock.now())?;
    if let Verdict::Applied(applied) = noted {
        tx.commit()?;
        app.hub.changed(applied.change);
    }
    Ok(())
}

/// Turns such an invitation down.
///
/// # Errors
/// A refusal, or the store's failure.
pub fn decline(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    invitation: &Invitation,
) -> Result<Applied, Failure> {
    applied(write::decline(tx, origin, invitation)?)
}

fn applied(verdict: Verdict) -> Result<Applied, Failure> {
    match verdict {
        Verdict::Applied(applied) => Ok(applied),
        Verdict::NoOp => Err(Refusal::new(RefusalCode::InvitationGone).into()),
        Verdict::Refused(refusal) => Err(refusal.into()),
    }
}
