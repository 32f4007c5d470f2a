//! The forms of `--json`: stable, documented in docs/command-line.md, and apart from what the
//! window is told, so that the window can change without breaking a script. A field may be
//! added; none is renamed or taken away under the same number.

use std::path::Path;

use muster_client::view::AppState;
use serde::Serialize;

use crate::moment::written;

/// A thing by its id and its name.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// Roles by their keys, and as they are called.
#[derive(Debug, Clone, Serialize)]
pub struct RoleForm {
    pub key: String,
    pub name: String,
}

#[derive(Debug, Serialize)]
pub struct MeForm {
    pub id: String,
    pub name: String,
    pub address: String,
}

#[derive(Debug, Serialize)]
pub struct StatusForm {
    pub form: &'static str,
    pub folder: String,
    pub signed_in: Option<MeForm>,
    pub server: Option<String>,
    pub last_contact: Option<String>,
    pub not_sent: u32,
    pub refused: u32,
    pub version: String,
}

impl StatusForm {
    /// Where everything stands.
    pub fn of(state: &AppState, folder: &Path) -> Self {
        Self {
            form: "status/1",
            folder: folder.display().to_string(),
            signed_in: state.me.as_ref().map(|me| MeForm {
                id: me.id.to_string(),
                name: me.name.clone(),
                address: me.address.clone(),
            }),
            server: state.server.clone(),
            last_contact: state.connection.last_contact.map(written),
            not_sent: state.counts.not_sent,
            refused: state.counts.refused,
            version: state.version.clone(),
        }
    }
}

#[derive(Debug, Serialize)]
pub struct SyncForm {
    pub form: &'static str,
    /// Whether nothing waits and the copy is whole.
    pub complete: bool,
    pub last_contact: Option<String>,
    pub not_sent: u32,
    pub refused: u32,
}

impl SyncForm {
    /// What an exchange came to.
    pub fn of(state: &AppState, history_is_loading: bool) -> Self {
        let is_whole = state.connection.loading.is_none() && !history_is_loading;
        Self {
            form: "sync/1",
            complete: is_whole && state.counts.not_sent == 0,
            last_contact: state.connection.last_contact.map(written),
            not_sent: state.counts.not_sent,
            refused: state.counts.refused,
        }
    }
}
