//! The shell: the window, the operating system's key store and the doors between the page and
//! the app's core. It decides nothing.

mod commands;
mod drawing;
mod fault;
mod link;
mod list;
mod log;
mod remind;
mod save;
mod sheet;
mod single;
mod terminal;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use muster_client::{App, Config, Tell};
use muster_host::Folder;
pub use muster_host::SystemVault;
use tauri::async_runtime::{RuntimeHandle, block_on, handle};
use tauri::{AppHandle, Emitter, Manager, RunEvent};

use crate::fault::StartError;

/// The event that tells the page to read again.
const CHANGED: &str = "changed";

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    log::start();
    terminal::hand_over();
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
        .plugin(single::plugin())
        .plugin(window::remembered(&folder))
        // Asked from Rust alone: the page has none of its permissions.
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let core = core(app.handle(), &folder);
            let shell = app.handle().clone();
            core.on_reminder(Arc::new(move |reminders| remind::show(&shell, reminders)));
            app.manage(core);
            opened(app.handle(), &arguments());
            Ok(window::open(app.handle(), folder)?)
        })
        .build(context())
        .map_err(single::cause)?;
    app.run(|app, event| match event {
        RunEvent::Exit => block_on(app.state::<App>().end()),
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => opened(app, &urls),
        _ => {}
    });
    Ok(())
}

/// The arguments of this start that are text.
fn arguments() -> Vec<String> {
    std::env::args_os().filter_map(|it| it.into_string().ok()).collect()
}

/// The app was opened with a link, with a review file, or with neither.
fn opened<S: AsRef<str>>(app: &AppHandle, arguments: &[S]) {
    // A second start can come before the first is ready; its person clicks again.
    let Some(core) = app.try_state::<App>() else { return };
    if let Some(link) = link::among(arguments) {
        core.open_link(&link);
    }
    if let Some((name, bytes)) = sheet::among(arguments).and_then(|it| sheet::read(&it)) {
        core.open_sheet(name, &bytes);
    }
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
        machine: muster_host::machine(),
    })
}
