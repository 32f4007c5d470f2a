//! What support is given: how things are, and nobody's name.

use muster_cache::Label;
use muster_domain::{Command, Timestamp};

use super::world::{NORTHWIND, NOW, agency};
use crate::diagnostics::{condition, told};
use crate::view::{
    AppState, Connection, ConnectionState, CopyView, DrawingMode, DrawingView, DrawingWhy,
    KeyStoreState, Me, OnlyHere, PendingCounts, Phase,
};

fn state() -> AppState {
    let login = super::world::me();
    AppState {
        phase: Phase::Ready,
        problem: None,
        server: Some("https://canary-server.example".to_owned()),
        me: Some(Me {
            id: login.id,
            name: login.name,
            address: login.address.to_string(),
            verified: Vec::new(),
            inbox: 0,
            mail: false,
            accounts: Vec::new(),
        }),
        connection: Connection {
            state: ConnectionState::Offline,
            last_contact: Some(NOW),
            offline_since: Some(Timestamp(NOW.0 + 1)),
            next_try: None,
            loading: None,
        },
        counts: PendingCounts::default(),
        only_here: OnlyHere::default(),
        copy: CopyView::default(),
        last_workspace: None,
        version: "9.8.7".to_owned(),
    }
}

#[test]
fn security_r7_the_report_names_nobody_and_nothing_and_says_how_things_are() {
    let world = agency().heard();
    let rename = Command::RenameWorkspace {
        workspace: NORTHWIND,
        was: "Northwind".to_owned(),
        title: "Canary Title".to_owned(),
    };
    let label = Label { workspace_name: "Northwind".to_owned(), ..Label::default() };
    world.cache.submit(&rename, NOW, label).expect("is kept").n.expect("waits");
    let copy = condition(&world.cache).expect("reads");
    let drawing = DrawingView { mode: DrawingMode::Plain, why: DrawingWhy::Changed };
    let it = told(state(), KeyStoreState::Open, Some(drawing), Some(copy));

    let text = it.report.to_lowercase();
    let names = ["canary", "northwind", "acme", "larch", "alejandro", "bea", "ben", "ana", "@"];
    for name in names {
        assert!(!text.contains(name), "{name} is in {}", it.report);
    }
    for secret in [super::world::me().id.to_string(), NORTHWIND.to_string()] {
        assert!(!text.contains(&secret), "an id leads to somebody: {}", it.report);
    }
    for line in [
        "Muster: 9.8.7\n",
        "phase: Ready\n",
        "key store: Open\n",
        "connection: Offline\n",
        "drawing: Plain, Changed\n",
        "workspaces: 2 of 2\n",
        "not sent: 1, 0 of them on their way\n",
        "lost: 0\n",
    ] {
        assert!(it.report.contains(line), "{line:?} is not in {}", it.report);
    }
    assert!(it.report.contains(&format!("last contact: {}\n", NOW.0)));
    let copy = it.copy.expect("is open");
    assert!(copy.mirror_bytes > 0 && copy.outbox_bytes > 0 && copy.oldest_unsent == Some(NOW));
    assert!(it.server.is_some(), "which is shown, not reported");
}

#[test]
fn security_r7_without_a_copy_that_opens_there_is_a_report_too() {
    let mut blocked = state();
    blocked.phase = Phase::Blocked;
    blocked.problem = Some(crate::view::Failure::new(crate::view::FailureCode::OutboxBroken));
    let it = told(blocked, KeyStoreState::Locked, None, None);
    for line in
        ["phase: Blocked\n", "problem: OutboxBroken\n", "key store: Locked\n", "copy: none\n"]
    {
        assert!(it.report.contains(line), "{line:?} is not in {}", it.report);
    }
}
