//! An app without a window that never stops asking for changes, to be killed at any moment.
//!
//! `busy-client <folder> <workspace>`: renames the workspace to `T<i>` for rising `i` and
//! prints `ack <i>` once the app has accepted it. Before that it prints `open`.

#[path = "../people/mod.rs"]
mod people;

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use muster_client::view::{Intent, Submitted};
use muster_client::{App, Config};
use muster_domain::WorkspaceId;
use people::FileVault;

fn main() {
    let mut args = std::env::args().skip(1);
    let dir = PathBuf::from(args.next().expect("a folder"));
    let workspace: WorkspaceId =
        args.next().expect("a workspace").parse().expect("the id of a workspace");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run(dir, workspace));
}

async fn run(dir: PathBuf, workspace: WorkspaceId) {
    let app = App::new(Config {
        vault: Arc::new(FileVault::new(&dir)),
        dir,
        tell: Arc::new(|_| {}),
        runtime: tokio::runtime::Handle::current(),
        version: "test".to_owned(),
        machine: "test".to_owned(),
    });
    app.app_state().await.expect("opens");
    let mut stdout = std::io::stdout();
    writeln!(stdout, "open").expect("somebody listens");
    stdout.flush().expect("somebody listens");
    loop {
        let name = app.workspace(workspace).await.expect("the workspace").row.name;
        let i = name.strip_prefix('T').and_then(|it| it.parse::<u64>().ok()).unwrap_or(0) + 1;
        let intent = Intent::RenameWorkspace { workspace, name: format!("T{i}") };
        match app.submit(intent).await.expect("accepts") {
            Submitted::Queued { .. } => {
                writeln!(stdout, "ack {i}").expect("somebody listens");
                stdout.flush().expect("somebody listens");
            }
            other => panic!("a rename waits in the outbox, got {other:?}"),
        }
    }
}
