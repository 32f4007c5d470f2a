//! Starting and ending a server.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::{App, TOMBSTONE_DAYS};
use crate::clock::{Clock, SystemClock};
use crate::http;
use crate::links::Links;
use crate::mail::relay::Relay;
use crate::secret::{Secret, random};
use crate::store::StoreError;
use crate::store::sqlite::SqliteStore;
use crate::{due, mail};

/// The database in the data folder.
pub(crate) const DATABASE: &str = "muster.db";

/// What is kept beside it, of this folder alone: no part of a backup.
pub(crate) const MARK: &str = "muster.mark";

/// The file with the secret that codes are derived from.
pub(crate) const SECRET: &str = "secret";

/// How a server is to run.
#[derive(Clone)]
pub struct Config {
    /// The folder of its data; made if it is not there.
    pub data: PathBuf,
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Its name for people.
    pub name: String,
    /// Its clock.
    pub clock: Arc<dyn Clock>,
    /// How people reach it.
    pub links: Links,
    /// What takes its mail; without one, invitations go by their copied links.
    pub relay: Option<Relay>,
    /// After how many days what is left of a deleted record is forgotten.
    pub tombstone_days: u32,
}

impl Config {
    /// A server on a free port of the loopback interface, by the machine's clock.
    pub fn local(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            name: "Muster".to_owned(),
            clock: Arc::new(SystemClock),
            links: Links::default(),
            relay: None,
            tombstone_days: TOMBSTONE_DAYS,
        }
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error("data folder `{}` cannot be used", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database cannot be opened.
    #[error("database cannot be opened")]
    Store(#[from] StoreError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// A running server.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    app: Arc<App>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Where it listens, as an app is told.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The server's state.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Ends it: no new requests, streams end, requests at work are finished.
    ///
    /// # Errors
    /// Whatever the listener reported.
    pub async fn shutdown(self) -> io::Result<()> {
        self.app.hub.close();
        // The receiver is gone only if the server has ended already.
        let _ = self.stop.send(());
        self.task.await.map_err(io::Error::other)?
    }
}

/// Opens the data folder and everything in it.
///
/// # Errors
/// See [`StartError`].
pub fn open(data: &Path, clock: Arc<dyn Clock>, name: String) -> Result<App, StartError> {
    let folder = |source| StartError::Folder { path: data.to_owned(), source };
    make_private(data).map_err(folder)?;
    let secret = Secret::open(&data.join(SECRET)).map_err(folder)?;
    let epoch = u64::from_be_bytes(random::<8>().map_err(folder)?);
    let store = SqliteStore::open_marked(&data.join(DATABASE), &data.join(MARK), epoch)?;
    Ok(App::new(Box::new(store), clock, secret, name))
}

/// The folder holds everybody's data, so only its owner may look inside.
fn make_private(data: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data)
}

/// Starts a server on the current runtime.
///
/// # Errors
/// See [`StartError`].
pub async fn serve(config: Config) -> Result<Running, StartError> {
    let mut app = open(&config.data, config.clock, config.name)?;
    app.links = config.links;
    app.relay = config.relay.map(Arc::new);
    app.tombstone_days = config.tombstone_days;
    let app = Arc::new(app);
    let listen = |source| StartError::Listen { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
    let addr = listener.local_addr().map_err(listen)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let service =
        http::router(Arc::clone(&app)).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(due::run(Arc::clone(&app), app.hub.listen()));
    if let Some(relay) = &app.relay {
        let work = mail::worker::run(Arc::clone(&app), Arc::clone(relay), app.hub.listen());
        tokio::spawn(work);
    }
    let task = tokio::spawn(async move {
        axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                // An error means that the handle was dropped, which ends the server as well.
                drop(stopped.await);
            })
            .await
    });
    Ok(Running { addr, app, stop, task })
}
