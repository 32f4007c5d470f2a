//! One app at a time: a second start hands its arguments to the first and ends.

use tauri::Wry;
use tauri::plugin::TauriPlugin;

use crate::fault::StartError;
use crate::{opened, window};

/// As Tauri names it where it fails.
const NAME: &str = "single-instance";

/// First of all plugins, so that a second start ends before it touches anything.
pub(crate) fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|app, arguments, _| {
        window::to_front(app);
        opened(app, &arguments);
    })
}

/// What a failed start comes of. One that spoke to an app just ending is begun once more: by
/// then that app is gone.
pub(crate) fn cause(error: tauri::Error) -> StartError {
    match error {
        tauri::Error::PluginInitialization(name, why) if name == NAME => platform::again(why),
        error => StartError::Window(error),
    }
}

#[cfg(target_os = "linux")]
mod platform {
    use std::env;
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    use super::StartError;

    /// Set for the second try.
    const AGAIN: &str = "MUSTER_STARTED_AGAIN";

    pub(super) fn again(why: String) -> StartError {
        if env::var_os(AGAIN).is_some() {
            return StartError::Silent(why);
        }
        match env::current_exe() {
            Ok(program) => {
                let mut again = Command::new(program);
                again.args(env::args_os().skip(1)).env(AGAIN, "1");
                StartError::Restart(again.exec())
            }
            Err(error) => StartError::Restart(error),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod platform {
    use super::StartError;

    pub(super) fn again(why: String) -> StartError {
        StartError::Silent(why)
    }
}
