//! The shell: the window, the operating system's key store and the doors between the page and
//! the app's core. It decides nothing.

mod commands;
mod drawing;
mod fault;
mod folder;
mod list;
mod log;
mod vault;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use muster_client::{App, Config, Tell};
use tauri::async_runtime::{RuntimeHandle, block_on, handle};
use tauri::{AppHandle, Emitter, Manager, RunEvent};

use crate::fault::StartError;
use crate::folder::Folder;
pub use crate::vault::SystemVault;

/// The event that tells the page to read again.
const CHANGED: &str = "changed";

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    log::start();
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            fault::tell(&error);
            ExitCode::FAILURE
        }
    }
}

/// What was compiled in: configuration, page and permissions. Public for the test that writes
/// down which window may call what.
pub fn context() -> tauri::Context {
    tauri::generate_context!()
}

fn start() -> Result<(), StartError> {
    let folder = Folder::prepare()?;
    drawing::settle(&folder)?;
    fault::need_display()?;
    let app = tauri::Builder::default()
        // First, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::to_front(app)))
        .plugin(window::remembered(&folder))
        .invoke_handler(commands::handler())
        .setup(move |app| {
            app.manage(core(app.handle(), &folder));
            Ok(window::open(app.handle(), folder)?)
        })
        .build(context())?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            block_on(app.state::<App>().end());
        }
    });
    Ok(())
}

/// The app's core over the folder and the system's key store.
fn core(app: &AppHandle, folder: &Folder) -> App {
    let RuntimeHandle::Tokio(runtime) = handle();
    let window = app.clone();
    let tell: Tell = Arc::new(move |changed| {
        if let Err(error) = window.emit(CHANGED, changed) {
            tracing::warn!(%error, "the page was not told of a change");
        }
    });
    App::new(Config {
        dir: folder.path().to_owned(),
        vault: Arc::new(SystemVault::new(folder.vault_service())),
        tell,
        runtime,
        version: app.package_info().version.to_string(),
    })
}
