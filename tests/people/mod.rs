//! People for whole-system tests: each is the real app core with its own folder and its own
//! key store, against a real server.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod line;
pub mod server;
pub mod team;

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use muster_client::vault::{Vault, VaultError};
use muster_client::view::{
    AppState, Failure, Intent, InvitationRow, InvitationStatus, InviteRequest, Invitee, MemberPage,
    MemberQuery, MemberRow, MemberSort, MemberStatus, SignInForm, SignUpForm, Submitted,
    WorkspaceFilter, WorkspaceRow,
};
use muster_client::{App, Config};
use muster_domain::{Role, RoleSet, SchemeId, WorkspaceId};
use tokio::sync::Notify;

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery";

/// How long a condition may take before a test gives up. Not how long it takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A key store in a file, so that a killed process finds it again.
pub struct FileVault(PathBuf);

impl FileVault {
    pub fn new(dir: &Path) -> Self {
        Self(dir.join("vault.json"))
    }

    fn load(&self) -> BTreeMap<String, Vec<u8>> {
        let found = std::fs::read(&self.0).ok();
        found.map_or_else(BTreeMap::new, |bytes| {
            serde_json::from_slice(&bytes).expect("the test's own file")
        })
    }

    fn store(&self, secrets: &BTreeMap<String, Vec<u8>>) {
        let draft = self.0.with_extension("new");
        std::fs::write(&draft, serde_json::to_vec(secrets).expect("plain data")).expect("write");
        std::fs::rename(draft, &self.0).expect("rename");
    }
}

impl Vault for FileVault {
    fn check(&self) -> Result<(), VaultError> {
        Ok(())
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        Ok(self.load().get(name).cloned())
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        let mut secrets = self.load();
        secrets.insert(name.to_owned(), secret.to_vec());
        self.store(&secrets);
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        let mut secrets = self.load();
        secrets.remove(name);
        self.store(&secrets);
        Ok(())
    }
}

/// A key store that is not there, or locked.
pub struct NoVault(pub VaultError);

impl Vault for NoVault {
    fn check(&self) -> Result<(), VaultError> {
        Err(self.0.clone())
    }

    fn get(&self, _: &str) -> Result<Option<Vec<u8>>, VaultError> {
        Err(self.0.clone())
    }

    fn set(&self, _: &str, _: &[u8]) -> Result<(), VaultError> {
        Err(self.0.clone())
    }

    fn delete(&self, _: &str) -> Result<(), VaultError> {
        Err(self.0.clone())
    }
}

/// Somebody with the app.
pub struct Person {
    pub app: App,
    pub dir: Arc<tempfile::TempDir>,
    changed: Arc<Notify>,
}

impl Person {
    /// Somebody with a fresh installation.
    pub fn new() -> Self {
        Self::at(Arc::new(tempfile::tempdir().expect("a folder")))
    }

    /// Somebody whose installation is in this folder already.
    pub fn at(dir: Arc<tempfile::TempDir>) -> Self {
        let vault = Arc::new(FileVault::new(dir.path()));
        Self::with(dir, vault)
    }

    /// Somebody with a key store of their own.
    pub fn with(dir: Arc<tempfile::TempDir>, vault: Arc<dyn Vault>) -> Self {
        let changed = Arc::new(Notify::new());
        let app = app(dir.path(), vault, Arc::clone(&changed));
        Self { app, dir, changed }
    }

    /// The same installation after the app was closed and started again.
    pub async fn restart(self) -> Self {
        self.app.end().await;
        let dir = Arc::clone(&self.dir);
        drop(self);
        Self::at(dir)
    }

    /// Signs up.
    pub async fn sign_up(&self, server: &str, name: &str, scheme: SchemeId) -> AppState {
        self.app.sign_up(sign_up_form(server, name, Some(scheme))).await.expect("signs up")
    }

    /// Signs in.
    pub async fn sign_in(&self, server: &str, name: &str) -> Result<AppState, Failure> {
        let form = SignInForm {
            server: server.to_owned(),
            address: address(name),
            password: PASSWORD.to_owned(),
        };
        self.app.sign_in(form).await
    }

    /// Waits until a question has an answer, asking again at every change.
    pub async fn until<T, F: Future<Output = Option<T>>>(
        &self,
        what: &str,
        mut ask: impl FnMut() -> F,
    ) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let changed = self.changed.notified();
            if let Some(answer) = ask().await {
                return answer;
            }
            assert!(Instant::now() < deadline, "gave up waiting for: {what}");
            // A change that is not told would hang the test; ask again now and then.
            let _ = tokio::time::timeout(Duration::from_millis(500), changed).await;
        }
    }

    /// The workspace of this name, once it is there and whole.
    pub async fn workspace(&self, name: &str) -> WorkspaceRow {
        self.until(&format!("workspace {name}"), async || {
            let page = self.app.workspaces(WorkspaceFilter::default(), 0, 128).await.ok()?;
            page.rows.into_iter().find(|it| it.name == name && it.loaded)
        })
        .await
    }

    /// The first workspace.
    pub async fn first_workspace(&self) -> WorkspaceRow {
        self.until("a workspace", async || {
            let page = self.app.workspaces(WorkspaceFilter::default(), 0, 128).await.ok()?;
            page.rows.into_iter().find(|it| it.loaded)
        })
        .await
    }

    /// The first page of the members.
    pub async fn members(&self, workspace: WorkspaceId) -> MemberPage {
        self.app.members(everybody(workspace)).await.expect("the roster")
    }

    /// A member by the name given at sign-up, once they are there.
    pub async fn member(&self, workspace: WorkspaceId, name: &str) -> MemberRow {
        let wanted = address(name);
        self.until(&format!("member {name}"), async || {
            let page = self.app.members(everybody(workspace)).await.ok()?;
            page.rows.into_iter().find(|it| it.address == wanted)
        })
        .await
    }

    /// Does something that has to be accepted, and waits until the server has it.
    pub async fn apply(&self, intent: Intent) -> Option<String> {
        match self.app.submit(intent).await.expect("submits") {
            Submitted::Applied { created } => created,
            Submitted::Queued { .. } => {
                self.all_sent().await;
                None
            }
            other => panic!("expected it to be accepted, got {other:?}"),
        }
    }

    /// Invites somebody and hands over the link.
    pub async fn invite(&self, workspace: WorkspaceId, name: &str, role: Role) -> String {
        let result = self.app.invite(invitation(workspace, name, role)).await.expect("invites");
        assert_eq!(result.sent, 1, "{result:?}");
        let wanted = address(name);
        let invitation = self
            .until("the invitation in the list", async || {
                let page = self.app.invitations(workspace, 0, 128).await.ok()?;
                let is_open = |it: &InvitationRow| it.state == InvitationStatus::Waiting;
                page.rows.into_iter().find(|it| it.address == wanted && is_open(it))
            })
            .await;
        let link = self.app.invitation_link(workspace, invitation.id).await.expect("a link");
        link.link
    }

    /// Waits until everything was sent.
    pub async fn all_sent(&self) {
        self.until("an empty outbox", async || {
            let state = self.app.app_state().await.ok()?;
            (state.counts.not_sent == 0).then_some(())
        })
        .await;
    }
}

fn app(dir: &Path, vault: Arc<dyn Vault>, changed: Arc<Notify>) -> App {
    App::new(Config {
        dir: dir.to_owned(),
        vault,
        tell: Arc::new(move |_| changed.notify_waiters()),
        runtime: tokio::runtime::Handle::current(),
        version: "test".to_owned(),
        machine: "test".to_owned(),
    })
}

/// The address of somebody.
pub fn address(name: &str) -> String {
    format!("{}@people.example", name.to_lowercase().replace(' ', "."))
}

/// What somebody fills in to sign up.
pub fn sign_up_form(server: &str, name: &str, scheme: Option<SchemeId>) -> SignUpForm {
    SignUpForm {
        server: server.to_owned(),
        address: address(name),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
        scheme,
        account_name: (scheme == Some(SchemeId::Managed)).then(|| format!("{name} Agency")),
        invitation: None,
    }
}

/// An invitation of one person.
pub fn invitation(workspace: WorkspaceId, name: &str, role: Role) -> InviteRequest {
    InviteRequest {
        workspace,
        people: vec![Invitee { address: address(name), name: Some(name.to_owned()) }],
        roles: RoleSet::of(&[role]),
        message: None,
    }
}

/// The present members by name.
pub fn everybody(workspace: WorkspaceId) -> MemberQuery {
    MemberQuery {
        workspace,
        text: String::new(),
        roles: RoleSet::NONE,
        label: None,
        status: MemberStatus::Present,
        changed: None,
        sort: MemberSort::Name,
        descending: false,
        offset: 0,
        limit: 128,
    }
}
