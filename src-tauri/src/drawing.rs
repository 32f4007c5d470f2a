//! How the window is drawn, chosen per machine before anything is drawn (ui.md 11).
//!
//! WebKit on Linux reads its drawing mode from the environment when it starts, so the app
//! starts itself again with the mode it needs. A start whose page did not draw in time leaves
//! a note, and the next start takes the next simpler mode.

use crate::fault::StartError;
use crate::folder::Folder;

/// How the window is drawn, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// By the graphics card, buffers passed on without copying.
    Accelerated,
    /// By the graphics card, buffers copied: some drivers show nothing otherwise.
    Copied,
    /// By the processor.
    Plain,
}

impl Drawing {
    const ALL: [Self; 3] = [Self::Accelerated, Self::Copied, Self::Plain];

    /// The name in the note and in the environment.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Accelerated => "accelerated",
            Self::Copied => "copied",
            Self::Plain => "plain",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name.trim())
    }

    /// What to try when this one showed nothing.
    pub(crate) const fn simpler(self) -> Self {
        match self {
            Self::Accelerated => Self::Copied,
            Self::Copied | Self::Plain => Self::Plain,
        }
    }
}

pub(crate) use platform::{note, now, settle};

#[cfg(target_os = "linux")]
mod platform {
    use std::env;
    use std::fs;
    use std::os::unix::process::CommandExt as _;
    use std::path::Path;
    use std::process::Command;

    use super::{Drawing, Folder, StartError};

    /// Names the mode; set by the app for itself, or by a person who wants a certain one.
    const MODE: &str = "MUSTER_DRAWING";
    const NOTE: &str = "drawing";

    /// Variables of WebKit that let somebody else look into or drive the page. A released app
    /// does not pass them on.
    const DOORS: [&str; 3] =
        ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"];

    /// Starts the program again with the environment it needs, unless it has it already.
    pub(crate) fn settle(folder: &Folder) -> Result<(), StartError> {
        let open_doors =
            !cfg!(debug_assertions) && DOORS.iter().any(|it| env::var_os(it).is_some());
        if now().is_some() && !open_doors {
            return Ok(());
        }
        let mode = now().or_else(|| noted(folder)).unwrap_or_else(suited);
        let program = env::current_exe().map_err(StartError::Restart)?;
        let mut again = Command::new(program);
        again.args(env::args_os().skip(1)).env(MODE, mode.name());
        again.envs(variables(mode).iter().map(|name| (name, "1")));
        if open_doors {
            for name in DOORS {
                again.env_remove(name);
            }
        }
        Err(StartError::Restart(again.exec()))
    }

    /// The mode of this run.
    pub(crate) fn now() -> Option<Drawing> {
        env::var(MODE).ok().as_deref().and_then(Drawing::named)
    }

    /// Notes the mode of the next start.
    pub(crate) fn note(folder: &Folder, mode: Drawing) {
        if let Err(error) = fs::write(folder.path().join(NOTE), mode.name()) {
            tracing::warn!(%error, "the drawing mode was not noted");
        }
    }

    fn noted(folder: &Folder) -> Option<Drawing> {
        Drawing::named(&fs::read_to_string(folder.path().join(NOTE)).ok()?)
    }

    /// What the machine looks fit for.
    fn suited() -> Drawing {
        let card = fs::read_dir("/dev/dri").is_ok_and(|mut entries| entries.next().is_some());
        match (card, Path::new("/proc/driver/nvidia/version").exists()) {
            (false, _) => Drawing::Plain,
            // The closed driver of this maker leaves windows blank in the first mode.
            (true, true) => Drawing::Copied,
            (true, false) => Drawing::Accelerated,
        }
    }

    const fn variables(mode: Drawing) -> &'static [&'static str] {
        match mode {
            Drawing::Accelerated => &[],
            Drawing::Copied => &["WEBKIT_DISABLE_DMABUF_RENDERER"],
            Drawing::Plain => {
                &["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE"]
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod platform {
    use super::{Drawing, Folder, StartError};

    /// The other systems choose by themselves.
    pub(crate) fn settle(_folder: &Folder) -> Result<(), StartError> {
        Ok(())
    }

    /// Unknown here.
    pub(crate) fn now() -> Option<Drawing> {
        None
    }

    /// Nothing to note.
    pub(crate) fn note(_folder: &Folder, _mode: Drawing) {}
}

#[cfg(test)]
mod tests {
    use super::Drawing;

    #[test]
    fn a_failed_mode_steps_down_until_the_plainest() {
        assert_eq!(Drawing::Accelerated.simpler(), Drawing::Copied);
        assert_eq!(Drawing::Copied.simpler(), Drawing::Plain);
        assert_eq!(Drawing::Plain.simpler(), Drawing::Plain, "nothing is simpler");
    }

    #[test]
    fn a_note_reads_back_and_a_damaged_one_is_none() {
        for mode in Drawing::ALL {
            assert_eq!(Drawing::named(&format!("{}\n", mode.name())), Some(mode));
        }
        assert_eq!(Drawing::named("\0\0"), None);
    }
}
