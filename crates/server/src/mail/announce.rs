//! Which changes write letters to whom.

use std::collections::BTreeSet;

use muster_domain::{Account, AccountId, Address, Event, EventKind, Known, LoginId, Row};

use super::Post;
use super::letter::Letter;
use crate::store::{StoreError, Tx};
use crate::write::Origin;

/// Writes the letters of a change into the outbox, within its transaction.
///
/// # Errors
/// Whatever the store reports.
pub fn announce(tx: &dyn Tx, origin: &Origin<'_>, events: &[Event]) -> Result<(), StoreError> {
    match origin.post {
        Post::None => return Ok(()),
        Post::Goes => {}
    }
    let desk = Desk { tx, origin };
    events.iter().try_for_each(|event| desk.write(event, events))
}

/// Tells everybody who has something in an account that it ends (E-14), while it still says
/// who they are.
///
/// # Errors
/// Whatever the store reports.
pub fn farewell(tx: &dyn Tx, origin: &Origin<'_>, account: &Account) -> Result<(), StoreError> {
    match origin.post {
        Post::None => return Ok(()),
        Post::Goes => {}
    }
    let mut people: BTreeSet<Address> = BTreeSet::new();
    if let Known::Known(admins) = tx.active_admins(account.id)? {
        people.extend(admins.into_iter().map(|it| it.address));
    }
    if let Known::Known(workspaces) = tx.workspaces_of(account.id)? {
        for workspace in workspaces {
            if let Known::Known(members) = tx.present_members(workspace.id)? {
                people.extend(members.into_iter().map(|it| it.address));
            }
        }
    }
    let letter = Letter::AccountGone { account: account.name.clone() };
    people
        .iter()
        .filter(|address| **address != origin.actor.address)
        .try_for_each(|address| queue(tx, address, &letter, origin.now))
}

struct Desk<'a> {
    tx: &'a dyn Tx,
    origin: &'a Origin<'a>,
}

impl Desk<'_> {
    fn write(&self, event: &Event, among: &[Event]) -> Result<(), StoreError> {
        match (event.kind, &event.after) {
            (
                EventKind::InvitationSent | EventKind::InvitationResent,
                Row::Invitation(invitation),
            ) => {
                let letter = Letter::Invitation {
                    invitation: invitation.id,
                    generation: invitation.generation,
                };
                self.send(&invitation.address, &letter)
            }
            (EventKind::AdminAdded, Row::AccountAdmin(admin)) => {
                // A founder has nobody to tell.
                let Some(by) = &admin.by else { return Ok(()) };
                let letter = Letter::AdminAdded {
                    account: self.account_name(admin.account)?,
                    person: admin.name.clone(),
                    by: by.clone(),
                };
                self.to_admins(admin.account, None, &letter)
            }
            (EventKind::DeletionScheduled, Row::Account(account)) => {
                let Some(deletion) = &account.deletion else { return Ok(()) };
                let letter = Letter::DeletionScheduled {
                    account: account.name.clone(),
                    by: deletion.by.clone(),
                    at: deletion.at,
                    waits: account.needs_second_admin(self.origin.now),
                };
                self.to_admins(account.id, None, &letter)
            }
            (EventKind::DeletionConfirmed, Row::Account(account)) => {
                let Some(deletion) = &account.deletion else { return Ok(()) };
                let letter = Letter::DeletionConfirmed {
                    account: account.name.clone(),
                    by: self.origin.actor.name.clone(),
                    at: deletion.at,
                };
                self.to_admins(account.id, None, &letter)
            }
            (EventKind::PolicyChanged, Row::Account(account)) => {
                let was = match &event.before {
                    Some(Row::Account(before)) => before.second_admin,
                    _ => false,
                };
                let (true, false, Some(until)) =
                    (was, account.second_admin, account.second_admin_until)
                else {
                    return Ok(());
                };
                let letter = Letter::SecondAdminOff {
                    account: account.name.clone(),
                    by: self.origin.actor.name.clone(),
                    until,
                };
                self.to_admins(account.id, None, &letter)
            }
            (EventKind::DeletionWithdrawn, Row::Account(account)) => {
                let letter = Letter::DeletionWithdrawn {
                    account: account.name.clone(),
                    by: self.origin.actor.name.clone(),
                };
                self.to_admins(account.id, None, &letter)
            }
            (EventKind::MemberJoined, Row::Membership(member)) => {
                let by_invitation = among.iter().any(|it| it.kind == EventKind::InvitationAccepted);
                let of_others = member.login != self.origin.actor.id && member.group.is_none();
                let (Some(by), false, true) = (&member.given_by, by_invitation, of_others) else {
                    return Ok(());
                };
                let Some(workspace) = self.tx.workspace(member.workspace)? else {
                    return Ok(());
                };
                let letter = Letter::Added {
                    account: self.account_name(workspace.account)?,
                    workspace: workspace.name,
                    by: by.clone(),
                };
                self.send(&member.address, &letter)
            }
            (EventKind::WorkspaceMoved, Row::Workspace(workspace)) => {
                let letter = Letter::Received {
                    workspace: workspace.name.clone(),
                    account: self.account_name(workspace.account)?,
                };
                self.to_admins(workspace.account, Some(self.origin.actor.id), &letter)
            }
            _ => Ok(()),
        }
    }

    fn account_name(&self, account: AccountId) -> Result<String, StoreError> {
        Ok(self.tx.account(account)?.map(|it| it.name).unwrap_or_default())
    }

    fn to_admins(
        &self,
        account: AccountId,
        except: Option<LoginId>,
        letter: &Letter,
    ) -> Result<(), StoreError> {
        let Known::Known(admins) = self.tx.active_admins(account)? else { return Ok(()) };
        admins
            .iter()
            .filter(|admin| Some(admin.login) != except)
            .try_for_each(|admin| self.send(&admin.address, letter))
    }

    fn send(&self, to: &Address, letter: &Letter) -> Result<(), StoreError> {
        queue(self.tx, to, letter, self.origin.now)
    }
}

/// Adds one letter to the outbox.
///
/// # Errors
/// Whatever the store reports.
pub fn queue(
    tx: &dyn Tx,
    to: &Address,
    letter: &Letter,
    now: muster_domain::Timestamp,
) -> Result<(), StoreError> {
    let kept = serde_json::to_string(letter).expect("a letter has string keys and no cycles");
    tx.add_letter(to.as_str(), &kept, now)
}
