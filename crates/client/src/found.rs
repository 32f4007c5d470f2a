//! An account of my own, for whoever came by an invitation and has none, or runs an agency
//! besides a personal workspace (C-15, E-20). The server's to found: it needs a connection.

use muster_protocol::http::FoundAccount;

use crate::app::App;
use crate::view::{Failure, FoundForm};

impl App {
    /// Founds an account; answers the id of its first workspace.
    ///
    /// # Errors
    /// What is wrong with the name, and whatever keeps the server from answering.
    pub async fn found_account(&self, form: FoundForm) -> Result<String, Failure> {
        let signed = self.signed()?;
        let request = FoundAccount {
            scheme: form.scheme,
            account_name: form.account_name.filter(|it| !it.trim().is_empty()),
            workspace_name: None,
        };
        let founded = signed.api.found(&signed.token, &request).await?;
        signed.engine.exchange().await?;
        Ok(founded.workspace.to_string())
    }
}
