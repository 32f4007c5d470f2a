//! Roles as they are called: built-in ones by the catalogue, a workspace's own by its view.

use std::collections::BTreeMap;

use muster_client::view::{OwnRoleName, WorkspaceView};
use muster_domain::RoleSet;

use crate::form::RoleForm;
use crate::words;

/// The names of a workspace's own roles by their keys.
pub type OwnNames = BTreeMap<String, String>;

/// The names of a workspace's own roles.
pub fn own_names(view: &WorkspaceView) -> OwnNames {
    view.own_roles.iter().map(|it| (it.key.clone(), it.name.clone())).collect()
}

/// The names that roles of a workspace's own had.
pub fn named(own: &[OwnRoleName]) -> OwnNames {
    own.iter().map(|it| (it.role.clone(), it.name.clone())).collect()
}

/// For a table.
pub fn cell(set: RoleSet, names: &OwnNames) -> String {
    words::role_names(set, names).join(", ")
}

/// For JSON.
pub fn forms(set: RoleSet, names: &OwnNames) -> Vec<RoleForm> {
    let named = set.keys().zip(words::role_names(set, names));
    named.map(|(key, name)| RoleForm { key, name }).collect()
}
