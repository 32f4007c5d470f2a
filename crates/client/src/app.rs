//! The app: who is signed in, and the doors to everything else.
//!
//! Opening the key store and the copy happens with the first question of the window, not
//! before, so that the window is there first. Everything that touches a file or the key store
//! runs on a blocking thread.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use muster_cache::{Cache, Heed};
use muster_domain::Login;
use muster_protocol::http::{SignIn, SignUp};
use muster_sync::{Api, Begin, Connection as Link, Engine, Following, Token};
use tokio::runtime::Handle;

use crate::client_review::Desk;
use crate::connection::{connection, offline};
use crate::keep::{self, Kept, Settings};
use crate::left::Watch;
use crate::me::{loading, me};
use crate::notify::{Notify, Tell};
use crate::pulse::{Patient, Pulse};
use crate::vault::Vault;
use crate::verdict::Bench;
use crate::view::{
    AppState, Connection, ConnectionState, CopyView, Failure, FailureCode, OnlyHere, OpenedSheet,
    PendingCounts, Phase, SignInForm, SignUpForm,
};
use crate::{clock, copy, link};

/// What the app is started with.
pub struct Config {
    /// The folder for everything that is kept in files.
    pub dir: PathBuf,
    /// The key store.
    pub vault: Arc<dyn Vault>,
    /// Receives what changed.
    pub tell: Tell,
    /// Where background work runs.
    pub runtime: Handle,
    /// The app's version.
    pub version: String,
    /// What this machine is called, for the list of one's devices.
    pub machine: String,
}

/// The app. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    dir: PathBuf,
    vault: Arc<dyn Vault>,
    notify: Notify,
    runtime: Handle,
    version: String,
    machine: String,
    /// When the server is turned to.
    begin: Begin,
    /// Signing in and out happen one at a time; holds whether the start has been made.
    gate: tokio::sync::Mutex<Start>,
    signed: RwLock<Option<Signed>>,
    problem: RwLock<Option<Failure>>,
    /// Whether the server sends mail, as it last said.
    mail: AtomicBool,
    /// The invitation that the app was opened with, until the page takes it.
    opened_link: Mutex<Option<String>>,
    /// The review file that a client decides on, while one is open.
    desk: Mutex<Option<Desk>>,
    /// The review file that the app was opened with, until the page takes it.
    opened_sheet: Mutex<Option<OpenedSheet>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Ahead,
    Done,
}

/// What there is while somebody is signed in.
#[derive(Clone)]
pub(crate) struct Signed {
    pub cache: Arc<Cache>,
    pub engine: Engine,
    pub api: Api,
    pub token: Token,
    pulse: Pulse,
}

impl App {
    /// The app over a folder and a key store. Does nothing yet.
    pub fn new(config: Config) -> Self {
        Self::beginning(config, Begin::Now)
    }

    /// The same for a program that reads the copy and turns to the server only when it is told
    /// to: nothing is fetched or sent before [`App::send_now`] or what needs an answer.
    pub fn on_demand(config: Config) -> Self {
        Self::beginning(config, Begin::WhenAsked)
    }

    fn beginning(config: Config, begin: Begin) -> Self {
        let notify = Notify::new(config.runtime.clone(), config.tell);
        let inner = Inner {
            dir: config.dir,
            vault: config.vault,
            notify,
            runtime: config.runtime,
            version: config.version,
            machine: config.machine,
            begin,
            gate: tokio::sync::Mutex::new(Start::Ahead),
            signed: RwLock::new(None),
            problem: RwLock::new(None),
            mail: AtomicBool::new(false),
            opened_link: Mutex::default(),
            desk: Mutex::default(),
            opened_sheet: Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Where the app stands. The first call opens what an earlier run left.
    ///
    /// # Errors
    /// [`Failure`] when the copy of somebody signed in cannot be asked.
    pub async fn app_state(&self) -> Result<AppState, Failure> {
        let mut start = self.inner.gate.lock().await;
        // What keeps the copy closed may be out of the way by now.
        if *start == Start::Ahead || (self.problem().is_some() && self.signed().is_err()) {
            let opened = self.resume().await;
            *self.inner.problem.write().unwrap_or_else(PoisonError::into_inner) = opened.err();
            *start = Start::Done;
        }
        drop(start);
        self.state().await
    }

    /// The name of the server at this address.
    ///
    /// # Errors
    /// Why there is none that the app can use.
    pub async fn check_server(&self, server: String) -> Result<String, Failure> {
        let info = self.api(&server)?.server_info().await.map_err(not_there)?;
        Ok(info.name)
    }

    /// Signs up and in.
    ///
    /// # Errors
    /// What the server or the key store says.
    pub async fn sign_up(&self, form: SignUpForm) -> Result<AppState, Failure> {
        let gate = self.inner.gate.lock().await;
        self.check_vault().await?;
        let api = self.api(&form.server)?;
        let mail = api.server_info().await.map_err(not_there)?.mail;
        let settings = Settings { mail, ..self.settings().await? };
        let invitation = match form.invitation.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(text) => {
                Some(link::read(text).ok_or_else(|| Failure::new(FailureCode::BadCode))?.code)
            }
        };
        let request = SignUp {
            address: form.address,
            password: form.password,
            name: form.name,
            scheme: form.scheme,
            account_name: form.account_name.filter(|it| !it.trim().is_empty()),
            workspace_name: None,
            invitation,
            device: settings.device,
            device_name: self.inner.machine.clone(),
        };
        let session = api.sign_up(&request).await.map_err(not_there)?;
        self.begin(api, Token::new(session.token), session.login, settings).await?;
        drop(gate);
        self.state().await
    }

    /// Signs in. Unsent changes of the same sign-in are kept.
    ///
    /// # Errors
    /// What the server or the key store says.
    pub async fn sign_in(&self, form: SignInForm) -> Result<AppState, Failure> {
        let gate = self.inner.gate.lock().await;
        self.check_vault().await?;
        let api = self.api(&form.server)?;
        let mail = api.server_info().await.map_err(not_there)?.mail;
        let settings = Settings { mail, ..self.settings().await? };
        let request = SignIn {
            address: form.address,
            password: form.password,
            device: settings.device,
            device_name: self.inner.machine.clone(),
        };
        let session = api.sign_in(&request).await.map_err(not_there)?;
        if let Ok(signed) = self.signed()
            && signed.cache.me()?.id != session.login.id
        {
            // Signing in again is for whoever's copy this is; it does not change hands by that.
            let _ = api.sign_out(&Token::new(session.token)).await;
            return Err(Failure::new(FailureCode::AnotherSignIn));
        }
        self.begin(api, Token::new(session.token), session.login, settings).await?;
        drop(gate);
        self.state().await
    }

    /// Signs out: ends the session, deletes the copy and its keys.
    ///
    /// # Errors
    /// [`FailureCode::UnsentChanges`] or [`FailureCode::OnlyHere`] while there is something that
    /// would be lost and it is not to be discarded.
    pub async fn sign_out(&self, discard: Unsent) -> Result<AppState, Failure> {
        let gate = self.inner.gate.lock().await;
        if let Ok(signed) = self.signed() {
            let cache = Arc::clone(&signed.cache);
            let at_stake = blocking(move || at_stake(&cache)).await?;
            if let Some(code) = at_stake
                && discard == Unsent::Keep
            {
                return Err(Failure::new(code));
            }
            // The server may be out of reach; the session then ends with its own time limit.
            let _ = signed.api.sign_out(&signed.token).await;
            let login = signed.cache.me()?.id;
            drop(signed);
            self.end().await;
            self.forget(login).await?;
        }
        drop(gate);
        self.state().await
    }

    /// The app was opened with a link. One that is no invitation of a server is left alone: links
    /// come from anywhere.
    pub fn open_link(&self, text: &str) {
        if link::read(text).is_some_and(|pasted| pasted.server.is_some()) {
            let text = Some(text.trim().to_owned());
            *self.inner.opened_link.lock().unwrap_or_else(PoisonError::into_inner) = text;
            self.changed(muster_cache::Change { connection: true, ..Default::default() });
        }
    }

    /// The invitation that the app was opened with, told once.
    pub fn opened_link(&self) -> Option<String> {
        self.inner.opened_link.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The app was opened with a review file, whose bytes the shell has read.
    pub fn open_sheet(&self, name: String, bytes: &[u8]) {
        let sheet = OpenedSheet { name, content: STANDARD.encode(bytes) };
        *self.inner.opened_sheet.lock().unwrap_or_else(PoisonError::into_inner) = Some(sheet);
        self.changed(muster_cache::Change { connection: true, ..Default::default() });
    }

    /// The review file that the app was opened with, told once.
    pub fn opened_sheet(&self) -> Option<OpenedSheet> {
        self.inner.opened_sheet.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The review file that a client decides on.
    pub(crate) fn desk(&self) -> &Mutex<Option<Desk>> {
        &self.inner.desk
    }

    /// Who is signed in, or the failure that says nobody is.
    pub(crate) fn signed(&self) -> Result<Signed, Failure> {
        let signed = self.inner.signed.read().unwrap_or_else(PoisonError::into_inner);
        signed.clone().ok_or_else(|| Failure::new(FailureCode::SignedOut))
    }

    /// What keeps the app from opening.
    pub(crate) fn problem(&self) -> Option<Failure> {
        self.inner.problem.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The key store.
    pub(crate) fn vault(&self) -> Arc<dyn Vault> {
        Arc::clone(&self.inner.vault)
    }

    /// Runs over the copy on a blocking thread.
    pub(crate) async fn with_cache<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Cache, Link) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let signed = self.signed()?;
        let connection = signed.engine.connection();
        blocking(move || work(&signed.cache, connection)).await
    }

    /// Asks over the rules of the copy, on a blocking thread.
    pub(crate) async fn with_bench<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Bench<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.with_cache(move |cache, link| work(&Bench::new(cache, link))).await
    }

    /// Tells the window of a change made here.
    pub(crate) fn changed(&self, change: muster_cache::Change) {
        muster_sync::Listener::changed(&self.inner.notify, change);
    }

    /// What comes up.
    pub(crate) fn reminders(&self) -> crate::reminders::Reminders {
        self.inner.notify.reminders().clone()
    }

    /// The requests to a server.
    pub(crate) fn api(&self, server: &str) -> Result<Api, Failure> {
        Ok(Api::new(server.trim())?)
    }

    async fn resume(&self) -> Result<(), Failure> {
        self.check_vault().await?;
        let vault = Arc::clone(&self.inner.vault);
        let kept = blocking(move || Ok(keep::session(&*vault)?)).await?;
        let Some(kept) = kept else { return Ok(()) };
        let (dir, of) = (self.inner.dir.clone(), kept.clone());
        let settings = blocking(move || keep::settings_of(&dir, &of)).await?;
        let api = self.api(&kept.server)?;
        self.open(api.clone(), kept, &settings).await?;
        if self.inner.begin == Begin::Now {
            self.ask_for_mail(api);
        }
        Ok(())
    }

    /// The end of a sign-in that the server has deleted.
    pub(crate) async fn gone(&self) -> Result<AppState, Failure> {
        let gate = self.inner.gate.lock().await;
        if let Ok(signed) = self.signed() {
            let login = signed.cache.me()?.id;
            drop(signed);
            self.end().await;
            self.forget(login).await?;
        }
        drop(gate);
        self.state().await
    }

    /// The app's version.
    pub(crate) fn version(&self) -> String {
        self.inner.version.clone()
    }

    /// The folder for everything that is kept in files.
    pub(crate) fn dir(&self) -> &std::path::Path {
        &self.inner.dir
    }

    /// Asks the server again whether it sends mail, when there is time.
    fn ask_for_mail(&self, api: Api) {
        let this = self.clone();
        self.inner.runtime.spawn(async move {
            // Without an answer, what it last said stands.
            let Ok(info) = api.server_info().await else { return };
            if this.inner.mail.swap(info.mail, Ordering::Relaxed) != info.mail {
                this.changed(muster_cache::Change { connection: true, ..Default::default() });
            }
        });
    }

    async fn check_vault(&self) -> Result<(), Failure> {
        let vault = Arc::clone(&self.inner.vault);
        blocking(move || Ok(vault.check()?)).await
    }

    async fn settings(&self) -> Result<Settings, Failure> {
        let dir = self.inner.dir.clone();
        blocking(move || keep::settings(&dir)).await
    }

    /// Keeps a new session and opens its copy.
    async fn begin(
        &self,
        api: Api,
        token: Token,
        login: Login,
        settings: Settings,
    ) -> Result<(), Failure> {
        self.end().await;
        let device = Some(settings.device);
        let kept = Kept { server: api.server().to_owned(), token, login, device };
        let settings = Settings { server: Some(kept.server.clone()), ..settings };
        let (vault, dir) = (Arc::clone(&self.inner.vault), self.inner.dir.clone());
        let (to_keep, to_write) = (kept.clone(), settings.clone());
        blocking(move || {
            keep::set_settings(&dir, &to_write)?;
            Ok(keep::set_session(&*vault, &to_keep)?)
        })
        .await?;
        self.open(api, kept, &settings).await
    }

    async fn open(&self, api: Api, kept: Kept, settings: &Settings) -> Result<(), Failure> {
        let (vault, device) = (Arc::clone(&self.inner.vault), settings.device);
        let dir = keep::login_dir(&self.inner.dir, kept.login.id);
        let login = kept.login.clone();
        let cache = blocking(move || {
            let keys = keep::keys(&*vault, &dir, login.id)?;
            let cache = Cache::open(&dir, &keys, &login, device)?;
            // Before the first question: nobody sees what is long over.
            cache.heed_lease(Heed::Starting, clock::steady())?;
            if let Err(failure) = keep::renew(&*vault, login.id, &cache) {
                tracing::warn!(code = ?failure.code, "the copy keeps its key for now");
            }
            Ok(cache)
        })
        .await?;
        let cache = Arc::new(cache);
        let watched = Arc::clone(&cache);
        let watch = blocking(move || Ok(Watch::begin(&watched)?)).await?;
        self.inner.notify.follow(Some(watch));
        self.inner.mail.store(settings.mail, Ordering::Relaxed);
        self.inner.notify.reminders().begin();
        let following = Following {
            api: api.clone(),
            token: kept.token.clone(),
            cache: Arc::clone(&cache),
            listener: Arc::new(self.inner.notify.clone()),
            build: self.inner.version.clone(),
        };
        // What came could not be kept.
        let begin = if cache.is_read_only() { Begin::WhenAsked } else { self.inner.begin };
        let engine = Engine::start_at(&self.inner.runtime, following, begin);
        let patient = Patient {
            cache: Arc::downgrade(&cache),
            engine: engine.clone(),
            notify: self.inner.notify.clone(),
            vault: self.vault(),
            login: kept.login.id,
        };
        let pulse = Pulse::begin(&self.inner.runtime, patient);
        let signed = Signed { cache, engine, api, token: kept.token, pulse };
        *self.inner.signed.write().unwrap_or_else(PoisonError::into_inner) = Some(signed);
        *self.inner.problem.write().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    /// Closes the copy without forgetting anything.
    pub async fn end(&self) {
        let signed = self.inner.signed.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(signed) = signed {
            signed.pulse.end().await;
            let notify = self.inner.notify.clone();
            // An error says that the app is ending.
            let _ = tokio::task::spawn_blocking(move || notify.follow(None)).await;
            signed.engine.stop().await;
        }
    }

    async fn forget(&self, login: muster_domain::LoginId) -> Result<(), Failure> {
        let (vault, dir) = (Arc::clone(&self.inner.vault), self.inner.dir.clone());
        blocking(move || {
            keep::forget_session(&*vault)?;
            keep::forget_keys(&*vault, login)?;
            Ok(Cache::erase(&keep::login_dir(&dir, login))?)
        })
        .await
    }

    async fn state(&self) -> Result<AppState, Failure> {
        let dir = self.inner.dir.clone();
        let settings = blocking(move || Ok(keep::found_settings(&dir))).await?;
        let problem = self.problem();
        let mut state = AppState {
            phase: match problem.as_ref().map(|it| it.code) {
                Some(FailureCode::NoKeyStore | FailureCode::KeyStoreLocked) => Phase::NoKeyStore,
                Some(code) if keeps_closed(code) => Phase::Blocked,
                _ => Phase::SignedOut,
            },
            problem,
            server: settings.and_then(|it| it.server),
            me: None,
            connection: connection(&offline()),
            counts: PendingCounts::default(),
            only_here: OnlyHere::default(),
            copy: CopyView::default(),
            last_workspace: None,
            version: self.inner.version.clone(),
        };
        if self.signed().is_err() {
            return Ok(state);
        }
        state.phase = Phase::Ready;
        let mail = self.inner.mail.load(Ordering::Relaxed);
        self.with_cache(move |cache, link| {
            state.connection = Connection { loading: loading(cache)?, ..connection(&link) };
            if cache.is_read_only() {
                state.connection.state = ConnectionState::FolderReadOnly;
            }
            if state.connection.last_contact.is_none() {
                state.connection.last_contact = cache.last_contact()?;
            }
            state.me = Some(me(cache, mail)?);
            let counts = cache.counts()?;
            state.counts = PendingCounts {
                not_sent: counts.not_sent,
                refused: counts.refused,
                needs_you: counts.needs_you,
            };
            state.only_here = only_here(cache)?;
            state.copy = copy::view(cache)?;
            state.last_workspace = cache.last_workspace()?;
            Ok(state)
        })
        .await
    }
}

/// What is on this device and nowhere else.
pub(crate) fn only_here(cache: &Cache) -> Result<OnlyHere, Failure> {
    Ok(OnlyHere {
        plans: cache.plan_count()?,
        drafts: cache.draft_count()?,
        reminders: u32::try_from(cache.asked_reminders()?.len()).unwrap_or(u32::MAX),
    })
}

/// What signing out would lose, if anything.
pub(crate) fn at_stake(cache: &Cache) -> Result<Option<FailureCode>, Failure> {
    if cache.counts()?.not_sent > 0 {
        return Ok(Some(FailureCode::UnsentChanges));
    }
    Ok((!only_here(cache)?.is_empty()).then_some(FailureCode::OnlyHere))
}

/// What happens at sign-out to what is on this device only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsent {
    /// Refuse to sign out while there are some.
    Keep,
    /// Delete them; the person was asked.
    Discard,
}

/// Runs blocking work off the event loop.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Failure::caused(FailureCode::CopyBroken, &error)))
}

/// Before somebody is signed in, no answer means: not there, not "offline".
fn not_there(error: muster_sync::ApiError) -> Failure {
    let mut failure = Failure::from(error);
    if failure.code == FailureCode::Offline {
        failure.code = FailureCode::NoServer;
    }
    failure
}

/// Whether somebody is signed in whose copy this keeps from opening.
fn keeps_closed(code: FailureCode) -> bool {
    [
        FailureCode::CopyBroken,
        FailureCode::CopyNewer,
        FailureCode::CopyInUse,
        FailureCode::OutboxBroken,
        FailureCode::OutboxKeyLost,
        FailureCode::FolderReadOnly,
        FailureCode::DiskFull,
    ]
    .contains(&code)
}
