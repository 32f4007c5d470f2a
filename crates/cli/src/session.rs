//! The app's core on the command line: opened on the window's folder, resting until it is told
//! to turn to the server.

use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use muster_client::view::{AppState, ChainState, HistoryQuery, Phase, SignInForm};
use muster_client::{App, Config, Unsent};
use muster_host::{Folder, SystemVault};
use tokio::runtime::Handle;
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::args::SignIn;
use crate::exit::Exit;
use crate::form::{StatusForm, SyncForm};
use crate::moment::{written, written_if};
use crate::sheet::Sheet;
use crate::trouble::Trouble;

/// How often an exchange that changes nothing is repeated while something still waits.
const PATIENCE: u32 = 3;

/// The core and its folder.
pub struct Session {
    app: App,
    folder: PathBuf,
}

impl Session {
    /// Over the window's folder, or another one.
    pub fn open(elsewhere: Option<PathBuf>, runtime: Handle) -> Result<Self, Trouble> {
        let folder = match elsewhere {
            Some(path) => Folder::at(std::path::absolute(&path).unwrap_or(path)),
            None => Folder::prepare(),
        };
        let folder = folder.map_err(|error| Trouble::machine(&error))?;
        let app = App::on_demand(Config {
            dir: folder.path().to_owned(),
            vault: Arc::new(SystemVault::new(folder.vault_service())),
            tell: Arc::new(|_| {}),
            runtime,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            machine: muster_host::machine(),
        });
        Ok(Self { app, folder: folder.path().to_owned() })
    }

    /// Closes the copy without forgetting anything.
    pub async fn end(&self) {
        self.app.end().await;
    }

    /// The core, once somebody is signed in and the copy is open.
    pub async fn app(&self) -> Result<&App, Trouble> {
        opened(&self.app).await.map(|_| &self.app)
    }

    /// Signs in and fetches the copy.
    pub async fn sign_in(&self, wanted: SignIn) -> Result<Answer, Trouble> {
        let state = self.app.app_state().await?;
        if state.phase == Phase::Ready {
            return Err(already(&state));
        }
        refuse_unless_closed(&state)?;
        let password = password(wanted.password_stdin)?;
        let form = SignInForm {
            server: wanted.server,
            address: wanted.address,
            password: password.to_string(),
        };
        self.app.sign_in(form).await?;
        if wanted.no_sync {
            return self.status().await;
        }
        self.sync(DEFAULT_WAIT).await
    }

    /// Signs out.
    pub async fn sign_out(&self, discard: bool) -> Result<Answer, Trouble> {
        opened(&self.app).await?;
        self.app.sign_out(if discard { Unsent::Discard } else { Unsent::Keep }).await?;
        self.status_of(&self.app.app_state().await?)
    }

    /// Where everything stands.
    pub async fn status(&self) -> Result<Answer, Trouble> {
        let state = self.app.app_state().await?;
        refuse_unless_closed(&state)?;
        self.status_of(&state)
    }

    fn status_of(&self, state: &AppState) -> Result<Answer, Trouble> {
        let form = StatusForm::of(state, &self.folder);
        let mut facts = vec![("folder", form.folder.clone())];
        if let Some(me) = &form.signed_in {
            facts.push(("signed in", format!("{} <{}>", me.name, me.address)));
        } else {
            facts.push(("signed in", "nobody".to_owned()));
        }
        facts.push(("server", form.server.clone().unwrap_or_default()));
        facts.push(("last contact", form.last_contact.clone().unwrap_or("never".to_owned())));
        facts.push(("not sent yet", form.not_sent.to_string()));
        facts.push(("refused", form.refused.to_string()));
        facts.push(("version", form.version.clone()));
        Ok(Answer::new(Sheet::facts(&facts), &form))
    }

    /// Exchanges with the server until nothing waits and the copy is whole.
    pub async fn sync(&self, seconds: u64) -> Result<Answer, Trouble> {
        opened(&self.app).await?;
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut seen = None;
        let mut idle = 0;
        let state = loop {
            self.app.send_now().await?;
            let state = self.app.app_state().await?;
            let history = self.history_is_loading().await?;
            let waits = (state.connection.loading, state.counts.not_sent, history);
            if waits == (None, 0, false) {
                break state;
            }
            // The driver goes on by itself while there is more; this only asks again.
            idle = if seen == Some(waits) { idle + 1 } else { 0 };
            let is_stuck = idle >= PATIENCE && waits.0.is_none() && !waits.2;
            if is_stuck || Instant::now() >= until {
                break state;
            }
            seen = Some(waits);
        };
        let form = SyncForm::of(&state, self.history_is_loading().await?);
        let mut facts = vec![("last contact", written_if(state.connection.last_contact))];
        facts.push(("not sent yet", form.not_sent.to_string()));
        facts.push(("refused", form.refused.to_string()));
        let mut answer = Answer::new(Sheet::facts(&facts), &form);
        if !form.complete {
            answer.exit = Exit::Offline;
            answer = answer.note("not everything has come or gone; run it again");
        }
        if form.refused > 0 {
            answer = answer.note("`muster-cli list pending` says what was refused and why");
        }
        Ok(answer)
    }

    async fn history_is_loading(&self) -> Result<bool, Trouble> {
        let query = HistoryQuery {
            workspace: None,
            account: None,
            text: String::new(),
            who: None,
            about: None,
            kinds: Vec::new(),
            from: None,
            to: None,
            before: None,
            limit: 1,
        };
        Ok(self.app.history(query).await?.chain.state == ChainState::Loading)
    }
}

const DEFAULT_WAIT: u64 = 600;

/// The state, once somebody is signed in and the copy is open.
pub async fn opened(app: &App) -> Result<AppState, Trouble> {
    let state = app.app_state().await?;
    refuse_unless_closed(&state)?;
    if state.phase == Phase::SignedOut {
        return Err(Trouble::signed_out());
    }
    Ok(state)
}

/// What keeps the copy from opening is told as it is.
fn refuse_unless_closed(state: &AppState) -> Result<(), Trouble> {
    match (state.phase, &state.problem) {
        (Phase::Blocked | Phase::NoKeyStore, Some(problem)) => Err(problem.clone().into()),
        (Phase::SignedOut, Some(problem)) => Err(problem.clone().into()),
        _ => Ok(()),
    }
}

fn already(state: &AppState) -> Trouble {
    let who = state.me.as_ref().map(|it| it.address.as_str()).unwrap_or_default();
    Trouble::usage(
        format!("{who} is signed in here."),
        "sign out first, or use a copy of its own with `--data-dir FOLDER`",
    )
}

/// The password: typed without echo, or the first line of standard input.
fn password(from_stdin: bool) -> Result<Zeroizing<String>, Trouble> {
    if from_stdin {
        let mut typed = Zeroizing::new(String::new());
        std::io::stdin().read_to_string(&mut typed).map_err(|it| Trouble::machine(&it))?;
        let first = typed.lines().next().unwrap_or_default();
        return Ok(Zeroizing::new(first.to_owned()));
    }
    let asked = rpassword::prompt_password("Password: ");
    asked.map(Zeroizing::new).map_err(|_| {
        Trouble::usage(
            "There is no terminal to ask for the password on.",
            "pipe it in with `--password-stdin`",
        )
    })
}

/// How old what is told is.
pub async fn as_of_contact(app: &App, answer: Answer) -> Result<Answer, Trouble> {
    let contact = app.app_state().await?.connection.last_contact;
    Ok(match contact {
        Some(at) => answer.note(format!("as of the last contact, {}", written(at))),
        None => answer.note("this copy has had no contact yet; run `muster-cli sync`"),
    })
}
