//! Why the app cannot start, told where a person looks: on standard error and, where there is
//! a display, in a window of the toolkit.

use std::error::Error;
#[cfg(target_os = "linux")]
use std::io;

use muster_host::FolderError;

/// Why the app cannot start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// There is no folder to keep anything in.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Nowhere to open a window.
    #[cfg(target_os = "linux")]
    #[error("there is no display to open a window on; set DISPLAY or WAYLAND_DISPLAY")]
    NoDisplay,
    /// The program could not be started again with other settings.
    #[cfg(target_os = "linux")]
    #[error("the app could not restart itself with the settings this machine needs")]
    Restart(#[source] io::Error),
    /// Another start has the place of the one app, and says nothing.
    #[error("another Muster is running and does not answer; end it, then start Muster again ({0})")]
    Silent(String),
    /// The window or its web view could not be made.
    #[error("the window could not be opened; is the system's web view (WebKitGTK 4.1) installed?")]
    Window(#[from] tauri::Error),
}

/// Tells why the app cannot start.
pub(crate) fn tell(error: &StartError) {
    let text = with_causes(error);
    eprintln!("muster: {text}");
    show(&text);
}

/// Makes sure that there is a display: the toolkit would panic without one.
#[cfg(target_os = "linux")]
pub(crate) fn need_display() -> Result<(), StartError> {
    gtk::init().map_err(|_| StartError::NoDisplay)
}

/// The other systems always have one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn need_display() -> Result<(), StartError> {
    Ok(())
}

fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(target_os = "linux")]
fn show(text: &str) {
    use gtk::prelude::{DialogExt as _, GtkWindowExt as _};
    if gtk::init().is_err() {
        return;
    }
    let dialog = gtk::MessageDialog::new(
        None::<&gtk::Window>,
        gtk::DialogFlags::MODAL,
        gtk::MessageType::Error,
        gtk::ButtonsType::Close,
        text,
    );
    dialog.set_title("Muster");
    dialog.run();
}

#[cfg(not(target_os = "linux"))]
fn show(_text: &str) {}
