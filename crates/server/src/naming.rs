//! Another name or address for a person: their own row, every row that embeds it (sync.md 4.7,
//! E-62), and for a deleted sign-in the histories that were told with it (E-64).

use std::collections::{BTreeMap, BTreeSet};

use muster_domain::{AccountId, Login, Timestamp, WorkspaceId};
use muster_protocol::LogOf;

use crate::change::Change;
use crate::store::{KeptName, Renaming, StoreError, Tx};

/// What name and address give way to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Another name or address of the same person. Records of what was sent to the address stay.
    Renamed,
    /// A pseudonym, from this moment on: addresses are to be said nowhere any more, and the name
    /// nowhere but in accounts that keep it (E-64).
    Forgotten(Timestamp),
}

/// Puts a sign-in's row as it is now in place of what it was, and its name and address into every
/// row that says them.
///
/// # Errors
/// Whatever the store reports.
pub fn rename(tx: &dyn Tx, was: &Login, now: &Login, ends: Ends) -> Result<Change, StoreError> {
    let places = places(tx, was)?;
    tx.put_login(now)?;
    let mut forgets = Vec::new();
    if let Ends::Forgotten(_) = ends {
        forgets.clone_from(&was.verified);
        forgets.push(was.address.clone());
    }
    let mut change = Change::new();
    change.name(now.id);
    for (account, workspaces) in places {
        let name = match ends {
            Ends::Forgotten(at) if keeps_names(tx, account)? => {
                let (login, name) = (was.id, was.name.clone());
                tx.keep_name(&KeptName { account, login, name, since: at })?;
                &was.name
            }
            Ends::Forgotten(_) | Ends::Renamed => &now.name,
        };
        let renaming = Renaming {
            login: now.id,
            was: &was.name,
            name,
            address: (was.address != now.address).then_some(&now.address),
            forgets: &forgets,
        };
        put(tx, &renaming, (account, &workspaces), ends, &mut change)?;
    }
    Ok(change)
}

fn keeps_names(tx: &dyn Tx, account: AccountId) -> Result<bool, StoreError> {
    Ok(tx.account(account)?.is_some_and(|it| it.name_days > 0))
}

/// Says a kept name nowhere any more: its days are over (E-64). Where a workspace took it along
/// to another account it goes as well, unless that one keeps it too.
///
/// # Errors
/// Whatever the store reports.
pub fn let_go(tx: &dyn Tx, kept: &KeptName, at: Timestamp) -> Result<Change, StoreError> {
    let mut change = Change::new();
    let Some(login) = tx.login(kept.login)? else { return Ok(change) };
    tx.drop_name(kept)?;
    let elsewhere = tx.kept_names(kept.login)?;
    let renaming = Renaming {
        login: login.id,
        was: &kept.name,
        name: &login.name,
        address: Some(&login.address),
        // Nothing has it; but the histories are told anew, as for any that are.
        forgets: std::slice::from_ref(&login.address),
    };
    for (account, workspaces) in places(tx, &login)? {
        if elsewhere.iter().any(|it| it.account == account) {
            continue;
        }
        put(tx, &renaming, (account, &workspaces), Ends::Forgotten(at), &mut change)?;
    }
    Ok(change)
}

fn put(
    tx: &dyn Tx,
    renaming: &Renaming<'_>,
    (account, workspaces): (AccountId, &BTreeSet<WorkspaceId>),
    ends: Ends,
    change: &mut Change,
) -> Result<(), StoreError> {
    let seq = tx.draw(account, 0)?;
    tx.rename_in_account(renaming, account, seq)?;
    change.account(account);
    let anew = matches!(ends, Ends::Forgotten(_));
    if anew {
        tx.retell(LogOf::Account(account), seq)?;
    }
    for workspace in workspaces {
        tx.rename_in(renaming, *workspace, seq)?;
        tx.touch_workspace(*workspace, seq)?;
        change.see(*workspace, None);
        if anew {
            tx.retell(LogOf::Workspace(*workspace), seq)?;
        }
    }
    Ok(())
}

/// Where the name can be: the workspaces that the person is or was in, and those of accounts
/// they administer or did, where they did something.
fn places(
    tx: &dyn Tx,
    login: &Login,
) -> Result<BTreeMap<AccountId, BTreeSet<WorkspaceId>>, StoreError> {
    let mut places: BTreeMap<AccountId, BTreeSet<WorkspaceId>> = BTreeMap::new();
    for (account, workspace) in tx.places_of(login.id)? {
        places.entry(account).or_default().insert(workspace);
    }
    for account in tx.accounts_of(login.id)? {
        // One that was erased is told of nowhere.
        if tx.account(account)?.is_some() {
            places.entry(account).or_default().extend(tx.acted_in(login.id, account)?);
        }
    }
    Ok(places)
}
