//! An owner for a workspace whose owners cannot be reached (E-38). Members cannot make
//! themselves owners; the operators of the server can, two of them, after two weeks' notice
//! to those who are silent. Everything of it stands in the log.

use muster_domain::{
    Address, Known, LoginStatus, MemberState, Membership, RoleSet, SchemeId, Timestamp, Workspace,
    WorkspaceId, WorkspaceKind, WorkspaceStatus,
};

use crate::app::App;
use crate::mail::Post;
use crate::mail::announce::queue;
use crate::mail::letter::Letter;
use crate::store::{Appointment, AuditRow, StoreError, Tx};
use crate::write::{self, WriteError};

/// How many days the owners have to answer.
pub const NOTICE_DAYS: i64 = 14;

/// What a call came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It was asked for; another operator can do it from this time on.
    Asked(Timestamp),
    /// It is done.
    Appointed,
}

/// Why nobody was appointed.
#[derive(Debug, thiserror::Error)]
pub enum AppointError {
    /// There is no such workspace in use.
    #[error("no workspace in use has this id")]
    NoWorkspace,
    /// The account's admins have full rights there anyway.
    #[error("workspace is in a managed account, whose admins have full rights in it")]
    Managed,
    /// R8.
    #[error("a personal workspace keeps its one owner")]
    Personal,
    /// Only those who work there can be appointed.
    #[error("nobody with this address is an active member of the workspace")]
    NoMember,
    /// They are one already.
    #[error("the person is an owner already")]
    IsOwner,
    /// The operators disagree about who it is to be.
    #[error("another person was asked for; ask again to begin anew")]
    OtherPerson,
    /// Four eyes.
    #[error("another operator has to confirm what `{0}` asked for")]
    SameOperator(String),
    /// The notice runs.
    #[error("the owners have until {0} (milliseconds since 1970) to answer")]
    TooEarly(i64),
    /// They are not silent.
    #[error("an owner has been here since it was asked for; nothing is done")]
    OwnerIsBack,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The write failed.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Who is asked for, where, and by whom.
pub struct Wish<'a> {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The address of the member who is to be owner.
    pub address: &'a Address,
    /// The operator's name, for the log.
    pub operator: &'a str,
}

/// Asks for an owner, or appoints one whom another operator asked for long enough ago.
///
/// # Errors
/// See [`AppointError`]; where an owner came back, what was asked for is forgotten.
pub fn appoint(app: &App, wish: &Wish<'_>, post: Post) -> Result<Step, AppointError> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    let workspace = tx
        .workspace(wish.workspace)?
        .filter(|it| it.status == WorkspaceStatus::Active)
        .ok_or(AppointError::NoWorkspace)?;
    let member = member(&*tx, &workspace, wish)?;
    let result = match tx.appointment(workspace.id)? {
        None => ask(&*tx, &workspace, &member, wish, (post, now)),
        Some(asked) => confirm(&*tx, &workspace, &member, &asked, wish, (post, now)),
    };
    match result {
        Ok(step) => {
            tx.append_audit(&line(step, wish, now))?;
            tx.commit()?;
            Ok(step)
        }
        Err(error @ (AppointError::OwnerIsBack | AppointError::OtherPerson)) => {
            tx.put_appointment(workspace.id, None)?;
            tx.commit()?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}

/// The member who is to be owner, if they can be.
fn member(tx: &dyn Tx, workspace: &Workspace, wish: &Wish<'_>) -> Result<Membership, AppointError> {
    let account = tx.account(workspace.account)?.ok_or(AppointError::NoWorkspace)?;
    match (account.scheme, workspace.kind) {
        (SchemeId::Managed, _) => return Err(AppointError::Managed),
        (SchemeId::OwnerLed, WorkspaceKind::Personal) => return Err(AppointError::Personal),
        (SchemeId::OwnerLed, WorkspaceKind::Standard) => {}
    }
    let Known::Known(Some(member)) = tx.membership_by_address(workspace.id, wish.address)? else {
        return Err(AppointError::NoMember);
    };
    let in_use = tx.login(member.login)?.is_some_and(|it| it.status == LoginStatus::Active);
    if member.state != MemberState::Active || !in_use {
        return Err(AppointError::NoMember);
    }
    if account.rules().is_owner_class(member.roles) {
        return Err(AppointError::IsOwner);
    }
    Ok(member)
}

fn owners(tx: &dyn Tx, workspace: &Workspace) -> Result<Vec<Membership>, AppointError> {
    let role = SchemeId::OwnerLed.scheme().owner_class_role;
    match tx.owners_by_age(workspace.id, role)? {
        Known::Known(owners) => Ok(owners),
        Known::Unknown => Ok(Vec::new()),
    }
}

fn ask(
    tx: &dyn Tx,
    workspace: &Workspace,
    member: &Membership,
    wish: &Wish<'_>,
    (post, now): (Post, Timestamp),
) -> Result<Step, AppointError> {
    let asked = Appointment { login: member.login, operator: wish.operator.to_owned(), asked: now };
    tx.put_appointment(workspace.id, Some(&asked))?;
    let at = now.plus_days(NOTICE_DAYS);
    if post == Post::Goes {
        let letter = Letter::OwnerSought { workspace: workspace.name.clone(), at };
        for owner in owners(tx, workspace)? {
            queue(tx, &owner.address, &letter, now)?;
        }
    }
    Ok(Step::Asked(at))
}

fn confirm(
    tx: &dyn Tx,
    workspace: &Workspace,
    member: &Membership,
    asked: &Appointment,
    wish: &Wish<'_>,
    (post, now): (Post, Timestamp),
) -> Result<Step, AppointError> {
    if asked.login != member.login {
        return Err(AppointError::OtherPerson);
    }
    for owner in owners(tx, workspace)? {
        if tx.last_seen(owner.login)?.is_some_and(|seen| seen > asked.asked) {
            return Err(AppointError::OwnerIsBack);
        }
    }
    if asked.operator.trim().to_lowercase() == wish.operator.trim().to_lowercase() {
        return Err(AppointError::SameOperator(asked.operator.clone()));
    }
    let from = asked.asked.plus_days(NOTICE_DAYS);
    if now < from {
        return Err(AppointError::TooEarly(from.0));
    }
    let roles = RoleSet::of(&[SchemeId::OwnerLed.scheme().owner_class_role]);
    let after = Membership {
        roles,
        until: None,
        given_by: Some("the operators".to_owned()),
        given_at: Some(now),
        ..member.clone()
    };
    let reason = format!("owner unreachable; operators {} and {}", asked.operator, wish.operator);
    write::appoint(tx, member, after, &reason, (post, now))?;
    tx.put_appointment(workspace.id, None)?;
    Ok(Step::Appointed)
}

fn line(step: Step, wish: &Wish<'_>, now: Timestamp) -> AuditRow {
    AuditRow {
        at: now,
        login: None,
        device: None,
        kind: match step {
            Step::Asked(_) => "owner.asked",
            Step::Appointed => "owner.appointed",
        },
        detail: format!("{} by {}", wish.workspace, wish.operator),
        request: "operator".to_owned(),
    }
}
