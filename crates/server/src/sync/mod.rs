//! `POST /v1/sync`: commands up, rows down (sync.md 3). Blocking; no HTTP in here.

mod accounts;
mod answer;
mod gone;
mod lane;
mod log;
mod parts;
mod place;

use muster_domain::{DeviceId, Login};
use muster_protocol::{
    Ask, Erased, Exported, Have, MAX_COMMANDS, MAX_ERASED, MAX_EXPORTED, OLDEST_PROTOCOL, PROTOCOL,
    Policy, Push, Say,
};

use self::lane::Ending;
pub use self::place::{Place, place};
use crate::clock::Clock;
use crate::hub::Hub;
use crate::mail::Post;
use crate::store::{AuditRow, Lane, Store, StoreError};
use crate::write;

/// Why an exchange is not answered.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The frames are in no order that means anything.
    #[error("exchange is malformed: {0}")]
    Malformed(&'static str),
    /// The session is another installation's, so this one has none.
    #[error("the session is another device's")]
    OtherDevice,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who exchanges, over what.
pub struct Exchange<'a> {
    /// The database.
    pub store: &'a dyn Store,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Where committed changes are told.
    pub hub: &'a Hub,
    /// The session's login.
    pub login: &'a Login,
    /// The session's installation.
    pub device: DeviceId,
    /// The request's id.
    pub request: &'a str,
    /// Whether changes write letters.
    pub post: Post,
}

/// What was asked, taken apart.
#[derive(Default)]
struct Asked {
    proto: u32,
    have: Have,
    acked: u64,
    pushes: Vec<Push>,
    erased: Vec<Erased>,
    exported: Vec<Exported>,
}

impl Exchange<'_> {
    /// Decides the commands and answers from one snapshot taken after them.
    ///
    /// # Errors
    /// See [`SyncError`].
    pub fn run(&self, asks: Vec<Ask>) -> Result<Vec<Say>, SyncError> {
        let asked = self.take_apart(asks)?;
        let policy = policy(asked.proto);
        if policy != Policy::Ok {
            let hello = answer::hello(&*self.store.read()?, self.clock.now(), policy, self.login)?;
            return Ok(vec![hello, Say::End { cursors: Vec::new(), more: false }]);
        }
        let is_noted = match self.note(&asked.erased, &asked.exported) {
            Err(SyncError::Store(StoreError::Unwritable(_))) => false,
            other => other.map(|()| true)?,
        };
        let lane = Lane { device: self.device, login: self.login.id };
        let run = lane::Run {
            store: self.store,
            clock: self.clock,
            hub: self.hub,
            login: self.login,
            lane,
            request: self.request,
            judge: write::run,
            post: self.post,
        };
        // A device tells again what it erased until it has been heard.
        let ending = match is_noted {
            true => run.decide(asked.acked, &asked.pushes)?,
            false => Ending::Unwritable,
        };
        let snapshot = self.store.read()?;
        answer::compose(&*snapshot, self.clock.now(), self.login, lane, &asked.have, &ending)
    }

    /// Keeps what a device says that it has erased, and what left it as a file. It is the device's
    /// word and no more, and told again if an answer was lost.
    fn note(&self, erased: &[Erased], exported: &[Exported]) -> Result<(), SyncError> {
        if erased.is_empty() && exported.is_empty() {
            return Ok(());
        }
        let tx = self.store.write()?;
        let keep = |kind, detail| {
            tx.append_audit(&AuditRow {
                at: self.clock.now(),
                login: Some(self.login.id),
                device: Some(self.device),
                kind,
                detail,
                request: self.request.to_owned(),
            })
        };
        for Erased { workspace, at } in erased {
            keep("copy.erased", format!("{workspace} {}", at.0))?;
        }
        for Exported { table, workspace, at } in exported {
            let of = workspace.map_or_else(|| "-".to_owned(), |it| it.to_string());
            keep("table.exported", format!("{table} {of} {}", at.0))?;
        }
        Ok(tx.commit()?)
    }

    fn take_apart(&self, asks: Vec<Ask>) -> Result<Asked, SyncError> {
        let mut asks = asks.into_iter();
        let Some(Ask::Hello { proto, device, .. }) = asks.next() else {
            return Err(SyncError::Malformed("it opens with a hello"));
        };
        if device != self.device {
            return Err(SyncError::OtherDevice);
        }
        let mut asked = Asked { proto, ..Asked::default() };
        for ask in asks {
            match ask {
                Ask::Hello { .. } => return Err(SyncError::Malformed("one hello is enough")),
                Ask::Have(have) => asked.have = have,
                Ask::Lane(lane) => asked.acked = lane.acked,
                Ask::Command(push) => asked.pushes.push(push),
                Ask::Erased(erased) => asked.erased.push(erased),
                Ask::Exported(exported) => asked.exported.push(exported),
            }
        }
        if asked.erased.len() > MAX_ERASED {
            return Err(SyncError::Malformed("too many erased workspaces"));
        }
        if asked.exported.len() > MAX_EXPORTED || !asked.exported.iter().all(Exported::is_named) {
            return Err(SyncError::Malformed("exports that are too many or no tables"));
        }
        if asked.pushes.len() > MAX_COMMANDS {
            return Err(SyncError::Malformed("too many commands"));
        }
        Ok(asked)
    }
}

const fn policy(proto: u32) -> Policy {
    if proto >= OLDEST_PROTOCOL && proto <= PROTOCOL { Policy::Ok } else { Policy::Upgrade }
}
