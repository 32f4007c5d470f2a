//! Invitations to me, and the addresses that prove them mine (E-24, R12); the end of a sign-in.

use muster_domain::InvitationId;
use muster_protocol::http::{AddressConfirm, ChangeAddress, DeleteLogin, RenameLogin};

use crate::app::App;
use crate::invitations::wrong_code;
use crate::verdict::Bench;
use crate::view::{AppState, Failure, InboxRow};

impl App {
    /// Invitations to addresses that I have proved to be mine, what ends soonest first.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn inbox(&self) -> Result<Vec<InboxRow>, Failure> {
        self.with_bench(rows).await
    }

    /// Accepts an invitation of the inbox; answers the workspace's id.
    ///
    /// # Errors
    /// The rule's no, or why the server could not be asked.
    pub async fn inbox_accept(&self, invitation: InvitationId) -> Result<String, Failure> {
        let signed = self.signed()?;
        let accepted = signed.api.inbox_accept(&signed.token, invitation).await?;
        signed.engine.exchange().await?;
        Ok(accepted.workspace.to_string())
    }

    /// Turns an invitation of the inbox down.
    ///
    /// # Errors
    /// The rule's no, or why the server could not be asked.
    pub async fn inbox_decline(&self, invitation: InvitationId) -> Result<(), Failure> {
        let signed = self.signed()?;
        signed.api.inbox_decline(&signed.token, invitation).await?;
        Ok(signed.engine.exchange().await?)
    }

    /// Turns down the invitation with this link or code.
    ///
    /// # Errors
    /// The rule's no, or why the server could not be asked.
    pub async fn invitation_decline(&self, code: String) -> Result<(), Failure> {
        let (signed, code) = self.pasted_here(&code)?;
        signed.api.decline(&signed.token, &code).await.map_err(wrong_code)?;
        Ok(signed.engine.exchange().await?)
    }

    /// Has the server mail a code to an address, to prove that it is mine.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::NoMail`] where the server sends none.
    pub async fn address_code(&self, address: String) -> Result<(), Failure> {
        let signed = self.signed()?;
        Ok(signed.api.address_code(&signed.token, address.trim()).await?)
    }

    /// Proves an address with the code that came by mail.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::WrongCode`] for a wrong or an old one.
    pub async fn address_confirm(
        &self,
        address: String,
        code: String,
    ) -> Result<AppState, Failure> {
        let signed = self.signed()?;
        let form =
            AddressConfirm { address: address.trim().to_owned(), code: code.trim().to_owned() };
        signed.api.address_confirm(&signed.token, &form).await?;
        signed.engine.exchange().await?;
        self.app_state().await
    }

    /// Gives my sign-in another name. Workspaces keep theirs (E-57).
    ///
    /// # Errors
    /// What is wrong with the name; without a connection it stays as it is.
    pub async fn rename_login(&self, name: String) -> Result<AppState, Failure> {
        let signed = self.signed()?;
        let form = RenameLogin { name: name.trim().to_owned() };
        signed.api.rename_login(&signed.token, &form).await?;
        signed.engine.exchange().await?;
        self.app_state().await
    }

    /// Has me sign in with another of my addresses. What I have access to stays as it is (E-62).
    ///
    /// # Errors
    /// What is wrong with the address or the password; without a connection all stays.
    pub async fn change_address(
        &self,
        address: String,
        password: String,
    ) -> Result<AppState, Failure> {
        let signed = self.signed()?;
        let form = ChangeAddress { address: address.trim().to_owned(), password };
        signed.api.change_address(&signed.token, &form).await?;
        signed.engine.exchange().await?;
        self.app_state().await
    }

    /// An address that I proved is mine no more, such as one that I signed in with before.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::AddressInUse`] for the one that I sign in with.
    pub async fn drop_address(&self, address: String) -> Result<AppState, Failure> {
        let signed = self.signed()?;
        signed.api.drop_address(&signed.token, address.trim()).await?;
        signed.engine.exchange().await?;
        self.app_state().await
    }

    /// Deletes my sign-in for ever, and what this device holds of it (E-11).
    ///
    /// # Errors
    /// The first thing in the way; then nothing was deleted.
    pub async fn delete_login(&self, password: String) -> Result<AppState, Failure> {
        let signed = self.signed()?;
        signed.api.delete_login(&signed.token, &DeleteLogin { password }).await?;
        drop(signed);
        self.gone().await
    }
}

/// The inbox.
pub(crate) fn rows(bench: &Bench<'_>) -> Result<Vec<InboxRow>, Failure> {
    let open = bench.cache.inbox()?.into_iter().filter(|it| bench.now < it.expires);
    Ok(open
        .map(|it| InboxRow {
            id: it.invitation,
            address: it.address,
            workspace_name: it.workspace_name,
            account_name: it.account_name,
            scheme: it.scheme,
            roles: it.roles,
            own_names: it.own_roles.into_iter().map(|role| role.name).collect(),
            inviter: it.inviter_name,
            message: it.message,
            expires: it.expires,
        })
        .collect())
}
