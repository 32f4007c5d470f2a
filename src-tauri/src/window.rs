//! The windows: opened hidden in the theme's background, shown with their first frame and after
//! a second and a half at the latest (ui.md 11). They are alike: each shows a workspace of its
//! own over the one core (E-55), and the app ends with the last of them.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use muster_client::view::{Failure, FailureCode};
use muster_host::Folder;
use tauri::plugin::TauriPlugin;
use tauri::utils::config::{Color, WindowConfig};
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, Manager, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    Wry,
};
use tauri_plugin_window_state::StateFlags;

use crate::drawing::{self, Drawing, Note};

/// What the windows are called, and so how many there can be at a time. The capability names
/// each, so that it needs no pattern.
const LABELS: [&str; 8] =
    ["main", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

/// A window is shown by then, drawn or not.
const SHOWN_BY: Duration = Duration::from_millis(1_500);

/// A page that is not there by then has a fault.
const DRAWN_BY: Duration = Duration::from_secs(5);

/// `--desk` of both themes (ui.md 2.2).
const DESK_LIGHT: Color = Color(0xF1, 0xEF, 0xE9, 0xFF);
const DESK_DARK: Color = Color(0x0D, 0x0F, 0x11, 0xFF);

/// How far a window has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Hidden,
    Shown,
    Drawn,
}

#[derive(Debug)]
struct Open {
    label: &'static str,
    stage: Stage,
}

/// The windows that are open; the one that was in front last comes first.
#[derive(Default)]
struct Row(Vec<Open>);

impl Row {
    /// A name for one more, or nothing if there are enough.
    fn add(&mut self) -> Option<&'static str> {
        let free = LABELS.into_iter().find(|label| self.0.iter().all(|it| it.label != *label))?;
        self.0.push(Open { label: free, stage: Stage::Hidden });
        Some(free)
    }

    fn remove(&mut self, label: &str) {
        self.0.retain(|it| it.label != label);
    }

    fn came_to_front(&mut self, label: &str) {
        self.0.sort_by_key(|it| it.label != label);
    }

    fn front(&self) -> Option<&'static str> {
        self.0.first().map(|it| it.label)
    }

    /// Moves a window on to the stage and says where it stood, or nothing if it was there
    /// already or is closed.
    fn reach(&mut self, label: &str, stage: Stage) -> Option<Stage> {
        let open = self.0.iter_mut().find(|it| it.label == label)?;
        (open.stage < stage).then(|| std::mem::replace(&mut open.stage, stage))
    }

    /// Whether it is open and nothing has been drawn in it.
    fn is_blank(&self, label: &str) -> bool {
        self.0.iter().any(|it| it.label == label && it.stage != Stage::Drawn)
    }
}

/// The state of the windows, kept by the app.
struct Windows {
    folder: Folder,
    row: Mutex<Row>,
}

impl Windows {
    fn row(&self) -> MutexGuard<'_, Row> {
        self.row.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Size and place of each window, kept between runs. Whether it shows is decided here.
pub(crate) fn remembered(folder: &Folder) -> TauriPlugin<Wry> {
    let file = folder.path().join("window.json");
    tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .with_filename(file.to_string_lossy())
        .build()
}

/// Opens the first window, hidden.
pub(crate) fn open(app: &AppHandle, folder: Folder) -> tauri::Result<()> {
    // Before the window: its page may ask at once.
    let mut row = Row::default();
    let label = row.add().expect("none is open yet");
    app.manage(Windows { folder, row: Mutex::new(row) });
    build(app, label, WebviewUrl::default())
}

/// Opens one more window at an address of the page, such as `/w/…/members`.
pub(crate) fn open_more(app: &AppHandle, address: &str) -> Result<(), Failure> {
    if !address.starts_with('/') {
        return Err(Failure::new(FailureCode::BadRequest));
    }
    let windows = app.state::<Windows>();
    let label = windows.row().add().ok_or_else(|| Failure::new(FailureCode::TooManyWindows))?;
    let url = WebviewUrl::App(format!("index.html#{address}").into());
    build(app, label, url).map_err(|error| {
        windows.row().remove(label);
        tracing::error!(%error, "a window could not be opened");
        Failure::new(FailureCode::NoWindow)
    })
}

fn build(app: &AppHandle, label: &'static str, url: WebviewUrl) -> tauri::Result<()> {
    let data = app.state::<Windows>().folder.path().join("webview");
    let config = WindowConfig { label: label.to_owned(), url, ..described(app) };
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .background_color(DESK_LIGHT)
        .data_directory(data)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_document_title_changed(|window, title| {
            if let Err(error) = window.set_title(&title) {
                tracing::warn!(%error, "a window did not take its title");
            }
        })
        .build()?;
    if window.theme().is_ok_and(|theme| theme == Theme::Dark) {
        window.set_background_color(Some(DESK_DARK))?;
    }
    let handle = app.clone();
    window.on_window_event(move |event| follow(&handle, label, event));
    tauri::async_runtime::spawn(watch(window));
    Ok(())
}

/// How a window of ours looks and behaves.
fn described(app: &AppHandle) -> WindowConfig {
    let config = app.config().app.windows.iter().find(|it| it.label == LABELS[0]);
    config.expect("tauri.conf.json describes the window `main`").clone()
}

fn follow(app: &AppHandle, label: &'static str, event: &WindowEvent) {
    let windows = app.state::<Windows>();
    match event {
        WindowEvent::Focused(true) => windows.row().came_to_front(label),
        WindowEvent::Destroyed => windows.row().remove(label),
        _ => {}
    }
}

/// Whether of all windows this one was in front last: what is told once is told there.
pub(crate) fn is_in_front(window: &WebviewWindow) -> bool {
    window.state::<Windows>().row().front() == Some(window.label())
}

/// The page has drawn its first frame.
pub(crate) fn ready(window: &WebviewWindow) {
    let windows = window.state::<Windows>();
    let stood = windows.row().reach(window.label(), Stage::Drawn);
    match stood {
        Some(Stage::Hidden) => show(window),
        Some(Stage::Shown) => {}
        // The page was loaded again.
        Some(Stage::Drawn) | None => return,
    }
    keep(&windows.folder, Note::drew);
    tracing::info!(drawing = drawing::now().map(Drawing::name), "window ready");
}

/// Opens the system's dialog for printing the page.
pub(crate) fn print(window: &WebviewWindow) -> Result<(), Failure> {
    window.print().map_err(|error| {
        tracing::warn!(%error, "the page could not be printed");
        Failure::new(FailureCode::CannotPrint)
    })
}

/// Brings the window that was in front last to the front: somebody started the app a second
/// time.
pub(crate) fn to_front(app: &AppHandle) {
    let Some(window) = in_front(app) else { return };
    let brought =
        window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = brought {
        tracing::warn!(%error, "the window did not come to the front");
    }
}

/// The window that was in front last.
pub(crate) fn in_front(app: &AppHandle) -> Option<WebviewWindow> {
    let front = app.try_state::<Windows>()?.row().front();
    front.and_then(|label| app.get_webview_window(label))
}

/// Notes for the next start how this run's mode did.
fn keep(folder: &Folder, how: fn(Drawing) -> Note) {
    if let Some(mode) = drawing::now() {
        drawing::keep(folder, how(mode));
    }
}

/// The page is our own and stays so: a link in it opens nothing in its place.
fn is_ours(url: &Url) -> bool {
    let local = url.scheme() == "tauri" && url.host_str() == Some("localhost");
    let local_elsewhere = url.scheme() == "http" && url.host_str() == Some("tauri.localhost");
    let dev = cfg!(dev) && url.host_str() == Some("localhost") && url.port() == Some(5173);
    local || local_elsewhere || dev
}

async fn watch(window: WebviewWindow) {
    tokio::time::sleep(SHOWN_BY).await;
    let windows = window.state::<Windows>();
    let stood = windows.row().reach(window.label(), Stage::Shown);
    if stood.is_some() {
        show(&window);
    }
    tokio::time::sleep(DRAWN_BY.saturating_sub(SHOWN_BY)).await;
    if !windows.row().is_blank(window.label()) {
        return;
    }
    tracing::error!(
        drawing = drawing::now().map(Drawing::name),
        "the window has stayed blank; the next start draws more simply, \
         and MUSTER_DRAWING=plain does so at once"
    );
    keep(&windows.folder, Note::stayed_blank);
}

fn show(window: &WebviewWindow) {
    if let Err(error) = window.show().and_then(|()| window.set_focus()) {
        tracing::error!(%error, "the window could not be shown");
    }
}

#[cfg(test)]
mod tests {
    use super::{LABELS, Row, Stage};

    #[test]
    fn e55_as_many_windows_as_have_names_and_a_closed_one_gives_its_name_back() {
        let mut row = Row::default();
        let all: Vec<_> = std::iter::from_fn(|| row.add()).collect();
        assert_eq!(all, LABELS);
        row.remove("third");
        assert_eq!(row.add(), Some("third"));
    }

    #[test]
    fn e55_the_one_last_in_front_is_the_one_that_is_told() {
        let mut row = Row::default();
        for _ in 0..3 {
            row.add();
        }
        row.came_to_front("third");
        row.came_to_front("second");
        assert_eq!(row.front(), Some("second"));
        row.remove("second");
        assert_eq!(row.front(), Some("third"), "the one before it");
    }

    #[test]
    fn a_window_is_shown_once_and_a_closed_one_is_not_blank() {
        let mut row = Row::default();
        row.add();
        assert_eq!(row.reach("main", Stage::Drawn), Some(Stage::Hidden));
        assert_eq!(row.reach("main", Stage::Shown), None, "it is drawn already");
        row.add();
        assert!(row.is_blank("second"));
        row.remove("second");
        assert!(!row.is_blank("second"));
    }
}
