//! How the app and its copy are. It answers whether or not somebody is signed in, and whether or
//! not the copy opens: that is when it is asked for.

use std::fmt::Write as _;

use muster_cache::{Cache, Condition, Standing};
use muster_domain::Timestamp;

use crate::app::{App, blocking};
use crate::clock;
use crate::vault::VaultError;
use crate::view::{
    AppState, CopyCondition, Diagnostics, DrawingView, Failure, KeyStoreState, LeaseCondition,
};

impl App {
    /// What the Diagnostics page shows. `drawing` is what the shell knows of its window.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn diagnostics(&self, drawing: Option<DrawingView>) -> Result<Diagnostics, Failure> {
        let state = self.app_state().await?;
        let vault = self.vault();
        let key_store = blocking(move || Ok(key_store(&vault.check()))).await?;
        let copy = match self.signed() {
            Ok(_) => Some(self.with_cache(|cache, _| condition(cache)).await?),
            Err(_) => None,
        };
        Ok(told(state, key_store, drawing, copy))
    }
}

fn key_store(answer: &Result<(), VaultError>) -> KeyStoreState {
    match answer {
        Ok(()) => KeyStoreState::Open,
        Err(VaultError::Absent(_)) => KeyStoreState::None,
        Err(VaultError::Locked(_)) => KeyStoreState::Locked,
        Err(VaultError::Failed(_)) => KeyStoreState::Failing,
    }
}

/// How the copy is, as the page shows it.
pub(crate) fn condition(cache: &Cache) -> Result<CopyCondition, Failure> {
    let Condition {
        mirror_schema,
        outbox_schema,
        mirror_bytes,
        outbox_bytes,
        epoch,
        cursors,
        workspaces,
        loaded,
        members,
        events,
        chains_whole,
        chains_loading,
        chains_broken,
        oldest_unsent,
        sending,
        drafts,
        lost,
        needs_new_key,
    } = cache.condition()?;
    let counts = cache.counts()?;
    let leases = cache.leases(clock::steady())?;
    Ok(CopyCondition {
        mirror_bytes,
        outbox_bytes,
        mirror_schema,
        outbox_schema,
        epoch: epoch.map(|it| it.to_string()),
        cursors,
        workspaces,
        loaded,
        members,
        events,
        chains_whole,
        chains_loading,
        chains_broken,
        not_sent: counts.not_sent,
        sending,
        refused: counts.refused,
        drafts,
        oldest_unsent,
        lost,
        leases: leases
            .into_iter()
            .map(|it| LeaseCondition {
                days: it.days,
                age_days: it.age_days,
                locked: it.standing == Standing::Locked,
            })
            .collect(),
        needs_new_key,
    })
}

/// Everything together, with its report.
pub(crate) fn told(
    state: AppState,
    key_store: KeyStoreState,
    drawing: Option<DrawingView>,
    copy: Option<CopyCondition>,
) -> Diagnostics {
    let mut told = Diagnostics {
        version: state.version,
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        protocol: muster_protocol::PROTOCOL,
        rules: muster_domain::RULES_VERSION,
        database: format!("SQLite {}", muster_cache::sqlite_version()),
        phase: state.phase,
        problem: state.problem.map(|it| it.code),
        key_store,
        server: state.server,
        connection: state.connection,
        drawing,
        copy,
        report: String::new(),
    };
    told.report = report(&told);
    told
}

/// An allow-list of lines: numbers, versions and states. The server's address is not among them.
fn report(it: &Diagnostics) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{name}: {value}");
    };
    line("Muster", it.version.clone());
    line("system", it.system.clone());
    line("protocol", it.protocol.to_string());
    line("rules", it.rules.to_string());
    line("database", it.database.clone());
    line("phase", format!("{:?}", it.phase));
    line("problem", it.problem.map_or_else(none, |code| format!("{code:?}")));
    line("key store", format!("{:?}", it.key_store));
    line("connection", format!("{:?}", it.connection.state));
    line("last contact", moment(it.connection.last_contact));
    line("offline since", moment(it.connection.offline_since));
    line(
        "drawing",
        it.drawing.map_or_else(none, |drawing| format!("{:?}, {:?}", drawing.mode, drawing.why)),
    );
    let Some(copy) = &it.copy else {
        line("copy", none());
        return text;
    };
    line("copy", format!("{} bytes, schema {}", copy.mirror_bytes, copy.mirror_schema));
    line("unsent file", format!("{} bytes, schema {}", copy.outbox_bytes, copy.outbox_schema));
    line("epoch", copy.epoch.clone().unwrap_or_else(none));
    line("cursors", numbers(&copy.cursors));
    line("workspaces", format!("{} of {}", copy.loaded, copy.workspaces));
    line("members", copy.members.to_string());
    line("events", copy.events.to_string());
    line(
        "histories",
        format!(
            "{} whole, {} loading, {} broken",
            copy.chains_whole, copy.chains_loading, copy.chains_broken
        ),
    );
    line("not sent", format!("{}, {} of them on their way", copy.not_sent, copy.sending));
    line("oldest not sent", moment(copy.oldest_unsent));
    line("refused", copy.refused.to_string());
    line("drafts", copy.drafts.to_string());
    line("lost", copy.lost.to_string());
    for lease in &copy.leases {
        let standing = if lease.locked { "locked" } else { "open" };
        line("lease", format!("{} of {} days, {standing}", lease.age_days, lease.days));
    }
    line("new key due", copy.needs_new_key.to_string());
    text
}

fn none() -> String {
    "none".to_owned()
}

fn numbers(all: &[u64]) -> String {
    if all.is_empty() {
        return none();
    }
    all.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}

/// Milliseconds since 1970: support reads them, and no zone gives away where somebody is.
fn moment(at: Option<Timestamp>) -> String {
    at.map_or_else(none, |at| at.0.to_string())
}
