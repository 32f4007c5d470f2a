//! What ended the access to a workspace, told to the one who lost it (E-53): their own row and
//! the workspace's are no longer theirs to see, so only how and by whom is said.

use std::collections::{BTreeMap, HashMap};

use muster_domain::{AccountId, AdminReach, Login, WorkspaceId};
use muster_protocol::Gone;

use crate::grants::Grants;
use crate::store::{Reach, Snapshot, StoreError};

/// What ended since the cursors, and is not granted in another way.
pub(super) fn since(
    store: &dyn Snapshot,
    login: &Login,
    grants: &Grants,
    cursors: &HashMap<AccountId, u64>,
) -> Result<Vec<Gone>, StoreError> {
    let mut all: BTreeMap<WorkspaceId, Gone> = BTreeMap::new();
    for (account, seq) in cursors {
        let Some(found) = store.account(*account)? else { continue };
        let reach = match found.rules().account_admin_reach {
            AdminReach::All => Reach::All,
            AdminReach::None => Reach::None,
        };
        // The first is the nearest cause: a membership's end before that of an adminship.
        for gone in store.lost(login.id, *account, reach, *seq)? {
            if grants.get(gone.workspace).is_none() {
                all.entry(gone.workspace).or_insert(gone);
            }
        }
    }
    Ok(all.into_values().collect())
}
