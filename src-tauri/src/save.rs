//! Where a file goes is asked in the system's own dialog, from here: the page names no path,
//! learns none, and has no permission of the dialog's plugin.

use std::path::PathBuf;

use tauri::WebviewWindow;
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

/// The file that the person chose, or nothing.
pub(crate) async fn ask(window: &WebviewWindow, name: &str) -> Option<PathBuf> {
    let (told, answer) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(window)
        .set_file_name(name)
        .add_filter("CSV", &["csv"])
        .save_file(move |chosen| {
            // An error says that the app is ending.
            let _ = told.send(chosen);
        });
    let chosen = answer.await.ok().flatten()?.into_path().ok()?;
    Some(if chosen.extension().is_some() { chosen } else { chosen.with_extension("csv") })
}
