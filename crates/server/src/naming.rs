//! Another name or address for a person: their own row, every row that embeds it (sync.md 4.7,
//! E-62), and for a deleted sign-in the histories that were told with it (E-64).

use std::collections::{BTreeMap, BTreeSet};

use muster_domain::{AccountId, Login, WorkspaceId};
use muster_protocol::LogOf;

use crate::change::Change;
use crate::store::{Renaming, StoreError, Tx};

/// What name and address give way to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Another name or address of the same person. Records of what was sent to the address stay.
    Renamed,
    /// A pseudonym: name and addresses are to be said nowhere any more.
    Forgotten,
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
    if ends == Ends::Forgotten {
        forgets.clone_from(&was.verified);
        forgets.push(was.address.clone());
    }
    let renaming = Renaming {
        login: now.id,
        was: &was.name,
        name: &now.name,
        address: (was.address != now.address).then_some(&now.address),
        forgets: &forgets,
    };
    let mut change = Change::new();
    change.name(now.id);
    for (account, workspaces) in places {
        let seq = tx.draw(account, 0)?;
        tx.rename_in_account(&renaming, account, seq)?;
        change.account(account);
        if ends == Ends::Forgotten {
            tx.retell(LogOf::Account(account), seq)?;
        }
        for workspace in workspaces {
            tx.rename_in(&renaming, workspace, seq)?;
            tx.touch_workspace(workspace, seq)?;
            change.see(workspace, None);
            if ends == Ends::Forgotten {
                tx.retell(LogOf::Workspace(workspace), seq)?;
            }
        }
    }
    Ok(change)
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
