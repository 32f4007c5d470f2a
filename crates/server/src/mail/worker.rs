//! The worker that empties the outbox: one letter after the other, again and later where the
//! relay does not answer, and never in the way of a request.

use std::sync::Arc;
use std::time::Duration;

use muster_domain::{Address, InvitationState, InvitationTrouble, Timestamp};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::letter::{self, Invited, Letter, Text};
use super::relay::{Relay, SendError};
use crate::app::App;
use crate::change::Change;
use crate::hub::Signal;
use crate::store::{Queued, Snapshot, StoreError, Tx};
use crate::write::{self, Verdict, WriteError};

/// How often the outbox is looked into when nothing was told.
const LOOK: Duration = Duration::from_secs(30);

/// How many letters are taken at a time.
const HANDFUL: u32 = 20;

/// How long a letter waits after each vain try, in minutes; after the last it is given up.
const WAITS: &[i64] = &[1, 5, 15, 60, 180, 360, 720, 1_440];

/// Sends what there is to send until the server ends.
pub async fn run(app: Arc<App>, relay: Arc<Relay>, mut signals: Receiver<Signal>) {
    loop {
        let (app, relay) = (Arc::clone(&app), Arc::clone(&relay));
        let emptied = tokio::task::spawn_blocking(move || empty(&app, &relay)).await;
        match emptied {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "outbox could not be read"),
            Err(error) => tracing::error!(%error, "mail worker crashed"),
        }
        if !wait(&mut signals).await {
            return;
        }
    }
}

/// Waits until there may be something to send; whether the server goes on.
async fn wait(signals: &mut Receiver<Signal>) -> bool {
    match tokio::time::timeout(LOOK, signals.recv()).await {
        Ok(Ok(Signal::Closing) | Err(RecvError::Closed)) => false,
        Ok(Ok(Signal::Changed(_) | Signal::Letter | Signal::SignedOut { .. }))
        | Ok(Err(RecvError::Lagged(_)))
        | Err(_) => true,
    }
}

/// Sends everything whose time has come.
///
/// # Errors
/// Whatever the store reports.
pub fn empty(app: &App, relay: &Relay) -> Result<(), WriteError> {
    loop {
        if app.hub.is_closing() {
            return Ok(());
        }
        let letters = app.store.read()?.letters(app.clock.now(), HANDFUL)?;
        if letters.is_empty() {
            return Ok(());
        }
        for queued in letters {
            send(app, relay, &queued)?;
        }
    }
}

fn send(app: &App, relay: &Relay, queued: &Queued) -> Result<(), WriteError> {
    let now = app.clock.now();
    // Nothing is held open while the relay is spoken to.
    let text = compose(app, &*app.store.read()?, queued, now)?;
    let sent = text.as_ref().map_or(Ok(()), |text| relay.send(&queued.receiver, text));
    let tx = app.store.write()?;
    let change = match sent {
        // Also what nobody wants any more: a later sending, a code that is over.
        Ok(()) => {
            tx.letter_sent(queued.id)?;
            None
        }
        Err(error) => after_failure(&*tx, queued, &error, now)?,
    };
    tx.commit()?;
    if let Some(change) = change {
        app.hub.changed(change);
    }
    Ok(())
}

fn after_failure(
    tx: &dyn Tx,
    queued: &Queued,
    error: &SendError,
    now: Timestamp,
) -> Result<Option<Change>, WriteError> {
    let wait = usize::try_from(queued.tries).ok().and_then(|tries| WAITS.get(tries));
    let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    match (error, wait) {
        (SendError::Later(_), Some(minutes)) => {
            tracing::info!(letter = queued.id, tries = queued.tries, "letter waits");
            tx.letter_later(queued.id, Timestamp(now.0 + minutes * 60_000))?;
            Ok(None)
        }
        (SendError::Later(_) | SendError::Never(_), _) => {
            // The relay's words may repeat the address, so they are told at another level.
            tracing::warn!(letter = queued.id, tries = queued.tries, "letter given up");
            tracing::debug!(letter = queued.id, source, "why the letter was given up");
            tx.letter_failed(queued.id)?;
            undelivered(tx, queued, now)
        }
    }
}

/// Whoever invited learns that the link has to go another way.
fn undelivered(tx: &dyn Tx, queued: &Queued, now: Timestamp) -> Result<Option<Change>, WriteError> {
    let Letter::Invitation { invitation, generation } = kept(queued)? else { return Ok(None) };
    let sending = (invitation, generation);
    let noted = write::trouble(tx, sending, InvitationTrouble::MailRefused, now)?;
    Ok(match noted {
        Verdict::Applied(applied) => Some(applied.change),
        Verdict::NoOp | Verdict::Refused(_) => None,
    })
}

fn kept(queued: &Queued) -> Result<Letter, StoreError> {
    serde_json::from_str(&queued.letter)
        .map_err(|_| StoreError::Unreadable { column: "outbox.letter" })
}

/// The words of a letter; `None` when it has nothing to say any more.
fn compose(
    app: &App,
    store: &dyn Snapshot,
    queued: &Queued,
    now: Timestamp,
) -> Result<Option<Text>, StoreError> {
    match kept(queued)? {
        Letter::Invitation { invitation, generation } => {
            let found = store.invitation(invitation)?.filter(|it| {
                it.generation == generation && it.state == InvitationState::Open && it.is_open(now)
            });
            let Some(invitation) = found else { return Ok(None) };
            let Some(workspace) = store.workspace(invitation.workspace)? else { return Ok(None) };
            let Some(account) = store.account(workspace.account)? else { return Ok(None) };
            let link = app.links.join(&app.secret.code(&invitation));
            Ok(Some(letter::invitation(&Invited {
                inviter: &invitation.inviter_name,
                workspace: &workspace.name,
                account: &account.name,
                message: invitation.message.as_deref(),
                expires: invitation.expires,
                link: &link,
            })))
        }
        Letter::Code { login } => {
            let Ok(address) = Address::parse(&queued.receiver) else { return Ok(None) };
            let kept = store.address_code(login, &address)?.filter(|it| now < it.expires);
            Ok(kept.map(|it| letter::code(&app.secret.address_code(login, &address, it.nonce))))
        }
        notice => Ok(letter::notice(&notice)),
    }
}
