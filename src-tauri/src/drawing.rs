//! How the window is drawn, chosen per machine before anything is drawn (ui.md 11).
//!
//! WebKit on Linux reads its drawing mode from the environment when it starts, so the app
//! starts itself again with the mode it needs. Every start notes what it tries, and takes that
//! back once the page has drawn. So a start after two that ended before, or after one whose
//! page stayed blank, takes the next simpler mode.

use muster_client::view::{DrawingMode, DrawingView, DrawingWhy};
use muster_host::Folder;

use crate::fault::StartError;

/// How the window is drawn, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// By the graphics card.
    Accelerated,
    /// By the processor.
    Processor,
    /// By the processor, without sharing buffers: some drivers show nothing otherwise.
    Plain,
}

impl Drawing {
    const ALL: [Self; 3] = [Self::Accelerated, Self::Processor, Self::Plain];

    /// The name in the note and in the environment.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Accelerated => "accelerated",
            Self::Processor => "processor",
            Self::Plain => "plain",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name.trim())
    }

    /// What to try when this one showed nothing.
    pub(crate) const fn simpler(self) -> Self {
        match self {
            Self::Accelerated => Self::Processor,
            Self::Processor | Self::Plain => Self::Plain,
        }
    }
}

/// What is known of earlier starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Note {
    /// The mode they used.
    mode: Drawing,
    /// How many in a row ended before their page had drawn.
    ended_early: u8,
}

impl Note {
    /// One such start may have been killed for other reasons.
    const ENOUGH: u8 = 2;

    /// The page drew in this mode.
    pub(crate) const fn drew(mode: Drawing) -> Self {
        Self { mode, ended_early: 0 }
    }

    /// The page stayed blank in this mode.
    pub(crate) const fn stayed_blank(mode: Drawing) -> Self {
        Self::drew(mode.simpler())
    }

    /// The mode of the next start, and the note that it leaves until its page has drawn.
    const fn next(self) -> Self {
        let used_up = self.ended_early >= Self::ENOUGH;
        let from = if used_up { Self::stayed_blank(self.mode) } else { self };
        Self { mode: from.mode, ended_early: from.ended_early + 1 }
    }

    fn read(text: &str) -> Option<Self> {
        let (mode, ended_early) = text.trim().split_once(' ')?;
        Some(Self { mode: Drawing::named(mode)?, ended_early: ended_early.parse().ok()? })
    }

    fn write(self) -> String {
        format!("{} {}\n", self.mode.name(), self.ended_early)
    }
}

pub(crate) use platform::{keep, now, settle};

/// What the Diagnostics page says of it.
pub(crate) fn view() -> Option<DrawingView> {
    let why = if platform::is_suited() { DrawingWhy::Suits } else { DrawingWhy::Changed };
    let mode = match now()? {
        Drawing::Accelerated => DrawingMode::Accelerated,
        Drawing::Processor => DrawingMode::Processor,
        Drawing::Plain => DrawingMode::Plain,
    };
    Some(DrawingView { mode, why })
}

#[cfg(target_os = "linux")]
mod platform {
    use std::env;
    use std::fs;
    use std::os::unix::process::CommandExt as _;
    use std::path::Path;
    use std::process::Command;

    use super::{Drawing, Folder, Note, StartError};

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
        let is_set = |mode| variables(mode).iter().all(|it| env::var_os(it).is_some());
        if now().is_some_and(is_set) && !open_doors {
            return Ok(());
        }
        let mode = now().unwrap_or_else(|| {
            let earlier = noted(folder).unwrap_or_else(|| Note::drew(suited()));
            keep(folder, earlier.next());
            earlier.next().mode
        });
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

    /// Keeps the note for the next start.
    pub(crate) fn keep(folder: &Folder, note: Note) {
        if let Err(error) = fs::write(folder.path().join(NOTE), note.write()) {
            tracing::warn!(%error, "the drawing mode was not noted");
        }
    }

    /// Whether the mode of this run is what the machine looks fit for.
    pub(crate) fn is_suited() -> bool {
        now() == Some(suited())
    }

    fn noted(folder: &Folder) -> Option<Note> {
        Note::read(&fs::read_to_string(folder.path().join(NOTE)).ok()?)
    }

    /// What the machine looks fit for.
    fn suited() -> Drawing {
        let card = fs::read_dir("/dev/dri").is_ok_and(|mut entries| entries.next().is_some());
        match (card, Path::new("/proc/driver/nvidia/version").exists()) {
            (false, _) => Drawing::Processor,
            // The closed driver of this maker leaves windows blank where buffers are shared.
            (true, true) => Drawing::Plain,
            (true, false) => Drawing::Accelerated,
        }
    }

    const fn variables(mode: Drawing) -> &'static [&'static str] {
        match mode {
            Drawing::Accelerated => &[],
            Drawing::Processor => &["WEBKIT_SKIA_ENABLE_CPU_RENDERING"],
            // Not WEBKIT_DISABLE_COMPOSITING_MODE: without compositing a page that was resized
            // may get no more frames.
            Drawing::Plain => {
                &["WEBKIT_SKIA_ENABLE_CPU_RENDERING", "WEBKIT_DISABLE_DMABUF_RENDERER"]
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod platform {
    use super::{Drawing, Folder, Note, StartError};

    /// The other systems choose by themselves.
    pub(crate) fn settle(_folder: &Folder) -> Result<(), StartError> {
        Ok(())
    }

    /// Unknown here.
    pub(crate) fn now() -> Option<Drawing> {
        None
    }

    /// Nobody chose another one.
    pub(crate) fn is_suited() -> bool {
        true
    }

    /// Nothing to note.
    pub(crate) fn keep(_folder: &Folder, _note: Note) {}
}

#[cfg(test)]
mod tests {
    use super::{Drawing, Note};

    #[test]
    fn two_starts_that_end_early_step_down_and_one_does_not() {
        let first = Note::drew(Drawing::Accelerated).next();
        assert_eq!(first.mode, Drawing::Accelerated);
        let second = first.next();
        assert_eq!(second.mode, Drawing::Accelerated, "one may have been killed");
        let third = second.next();
        assert_eq!(third.mode, Drawing::Processor);
        assert_eq!(third.next().mode, Drawing::Processor, "the simpler mode has its chances too");
        let fifth = third.next().next();
        assert_eq!(fifth.mode, Drawing::Plain);
        assert_eq!(fifth.next().next().next().mode, Drawing::Plain, "nothing is simpler");
    }

    #[test]
    fn a_blank_page_steps_down_at_once_and_a_drawn_one_keeps_the_mode() {
        let blank = Note::stayed_blank(Drawing::Accelerated);
        assert_eq!(blank.next().mode, Drawing::Processor);
        let drew = Note::drew(Drawing::Processor);
        assert_eq!(drew.next().mode, Drawing::Processor);
    }

    #[test]
    fn a_note_reads_back_and_a_damaged_one_is_none() {
        for mode in Drawing::ALL {
            let note = Note { mode, ended_early: 1 };
            assert_eq!(Note::read(&note.write()), Some(note));
        }
        for damaged in ["", "plain", "plain x", "other 1", "\0\0"] {
            assert_eq!(Note::read(damaged), None, "{damaged:?}");
        }
    }
}
