//! The one write path: facts, decision, rows, event and numbers in one transaction.
//!
//! Whoever changes anything comes through here: commands of a lane, sign-up, acceptance, the
//! sample data. The caller commits; nothing is visible or durable before.

use muster_domain::{
    AccountId, Command, CommandId, Decision, Event, Facts, Founding, Invitation, Login, LoginId,
    MemberState, Membership, MembershipId, Refusal, Row, Timestamp, ViewClass, WorkspaceId, decide,
    decide_acceptance, found_account,
};

use crate::change::Change;
use crate::history;
use crate::store::{EventRow, StoreError, Tx};

/// Why a write could not be carried out, other than a rule's no.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The decision lacked a fact, although the store has them all.
    #[error("the rules could not decide")]
    Undecided,
}

/// Who asks for a change, and how it came here.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Who acts.
    pub actor: &'a Login,
    /// The command's id, for what came through a lane.
    pub command: Option<CommandId>,
    /// The request's id.
    pub request: &'a str,
    /// The server's time.
    pub now: Timestamp,
}

/// What became of a request for a change.
#[derive(Debug)]
pub enum Verdict {
    /// It is written.
    Applied(Applied),
    /// It was so already.
    NoOp,
    /// The rules said no.
    Refused(Refusal),
}

/// A written change.
#[derive(Debug)]
pub struct Applied {
    /// The account's number of it.
    pub seq: u64,
    /// Whom to tell.
    pub change: Change,
}

/// Decides a command by the present state and writes what follows.
///
/// # Errors
/// See [`WriteError`]; the transaction is then to be dropped or rolled back.
pub fn run(tx: &dyn Tx, origin: &Origin<'_>, command: &Command) -> Result<Verdict, WriteError> {
    let facts = Facts::load(tx, origin.actor, command, origin.now)?;
    let decision = decide(&facts, command, origin.now);
    let by_reach = || {
        let mut without = facts.clone();
        without.actor.is_account_admin = false;
        !matches!(decide(&without, command, origin.now), Decision::Accept(_))
    };
    let as_admin = facts.account.as_ref().is_some_and(|account| {
        account.rules().account_admin_reach == muster_domain::AdminReach::All && by_reach()
    });
    settle(tx, origin, decision, as_admin)
}

/// Makes the actor a member by an invitation whose link they have shown.
///
/// # Errors
/// See [`WriteError`].
pub fn accept(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    invitation: &Invitation,
    membership: MembershipId,
) -> Result<Verdict, WriteError> {
    let facts = Facts::load_acceptance(tx, origin.actor, invitation, membership, origin.now)?;
    settle(tx, origin, decide_acceptance(&facts, membership, origin.now), false)
}

/// Founds an account for the actor, with its first workspace.
///
/// # Errors
/// See [`WriteError`].
pub fn found(tx: &dyn Tx, origin: &Origin<'_>, founding: Founding) -> Result<Verdict, WriteError> {
    match found_account(origin.actor, founding, origin.now) {
        Ok(events) => settle(tx, origin, Decision::Accept(events), false),
        Err(refusal) => Ok(Verdict::Refused(refusal)),
    }
}

fn settle(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    decision: Decision,
    as_admin: bool,
) -> Result<Verdict, WriteError> {
    match decision {
        Decision::Accept(events) => Ok(Verdict::Applied(apply(tx, origin, as_admin, &events)?)),
        Decision::NoOp => Ok(Verdict::NoOp),
        Decision::Refuse(refusal) => Ok(Verdict::Refused(refusal)),
        Decision::Hide => {
            Ok(Verdict::Refused(Refusal::new(muster_domain::RefusalCode::NotVisible)))
        }
        Decision::Unknown => Err(WriteError::Undecided),
    }
}

/// Writes rows and events under one new number of the account.
fn apply(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    as_admin: bool,
    events: &[Event],
) -> Result<Applied, WriteError> {
    let account = account_of(tx, events)?;
    let seq = tx.draw(account)?;
    let mut change = Change::new(account);
    for (event, ord) in events.iter().zip(0_u32..) {
        put_row(tx, event, seq)?;
        let workspace = workspace_of(&event.after);
        tx.append_event(&history::chained(
            tx,
            |prev| EventRow {
                account,
                seq,
                ord,
                workspace,
                at: origin.now,
                actor: origin.actor.id,
                as_admin,
                kind: event.kind.key().to_owned(),
                before: event.before.as_ref().map(json),
                after: json(&event.after),
                command: origin.command,
                request: origin.request.to_owned(),
                prev,
                hash: [0; 32],
            },
            account,
            workspace,
        )?)?;
        change.note(event);
    }
    for workspace in change.workspaces() {
        tx.touch_workspace(workspace, seq)?;
    }
    Ok(Applied { seq, change })
}

fn json(row: &Row) -> String {
    serde_json::to_string(row).expect("a row has string keys and no cycles")
}

/// The account of a change; a new one is opened first, because its number is drawn from it.
fn account_of(tx: &dyn Tx, events: &[Event]) -> Result<AccountId, WriteError> {
    let first = events.first().ok_or(WriteError::Undecided)?;
    match &first.after {
        Row::Account(account) => {
            if first.before.is_none() {
                tx.put_account(account, 0)?;
            }
            Ok(account.id)
        }
        Row::AccountAdmin(admin) => Ok(admin.account),
        Row::Workspace(workspace) => Ok(workspace.account),
        Row::Membership(Membership { workspace, .. })
        | Row::Invitation(Invitation { workspace, .. }) => {
            Ok(tx.workspace(*workspace)?.ok_or(WriteError::Undecided)?.account)
        }
    }
}

const fn workspace_of(row: &Row) -> Option<WorkspaceId> {
    match row {
        Row::Account(_) | Row::AccountAdmin(_) => None,
        Row::Workspace(workspace) => Some(workspace.id),
        Row::Membership(membership) => Some(membership.workspace),
        Row::Invitation(invitation) => Some(invitation.workspace),
    }
}

fn put_row(tx: &dyn Tx, event: &Event, seq: u64) -> Result<(), WriteError> {
    match &event.after {
        Row::Account(account) => tx.put_account(account, seq)?,
        Row::AccountAdmin(admin) => {
            let grant_seq = admin_grant_seq(tx, admin.account, admin.login, admin.active, seq)?;
            tx.put_admin(admin, seq, grant_seq)?;
        }
        Row::Workspace(workspace) => tx.put_workspace(workspace, seq)?,
        Row::Membership(after) => {
            let grant_seq = if keeps_view(event.before.as_ref(), after) {
                tx.membership_grant_seq(after.id)?.unwrap_or(seq)
            } else {
                seq
            };
            tx.put_membership(after, seq, grant_seq)?;
        }
        Row::Invitation(invitation) => tx.put_invitation(invitation, seq)?,
    }
    Ok(())
}

/// Whether access goes on under the same view class, so that its grant keeps its number.
fn keeps_view(before: Option<&Row>, after: &Membership) -> bool {
    let Some(Row::Membership(before)) = before else { return false };
    let view = |it: &Membership| ViewClass::of(it.roles.permissions());
    match (before.state, after.state) {
        (MemberState::Active, MemberState::Active) => view(before) == view(after),
        (_, MemberState::Active) => false,
        (_, MemberState::Suspended | MemberState::Left | MemberState::Removed) => true,
    }
}

/// An adminship's number stays while it holds and is new when it begins anew.
fn admin_grant_seq(
    tx: &dyn Tx,
    account: AccountId,
    login: LoginId,
    active: bool,
    seq: u64,
) -> Result<u64, WriteError> {
    let held = tx.administered(login)?.into_iter().find(|it| it.account.id == account);
    Ok(match held {
        Some(held) if active => held.grant_seq,
        Some(_) | None => seq,
    })
}
