//! The one window: opened hidden in the theme's background, shown with its first frame and
//! after a second and a half at the latest (ui.md 11).

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use tauri::plugin::TauriPlugin;
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Theme, Url, WebviewWindow, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;

use crate::drawing::{self, Drawing, Note};
use crate::folder::Folder;

const MAIN: &str = "main";

/// The window is shown by then, drawn or not.
const SHOWN_BY: Duration = Duration::from_millis(1_500);

/// A page that is not there by then has a fault.
const DRAWN_BY: Duration = Duration::from_secs(5);

/// `--desk` of both themes (ui.md 2.2).
const DESK_LIGHT: Color = Color(0xF1, 0xEF, 0xE9, 0xFF);
const DESK_DARK: Color = Color(0x0D, 0x0F, 0x11, 0xFF);

/// How far the window has come.
struct Opening {
    folder: Folder,
    stage: Mutex<Stage>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Hidden,
    Shown,
    Drawn,
}

impl Opening {
    /// Moves on to the stage and says where it stood, or nothing if it was there already.
    fn reach(&self, stage: Stage) -> Option<Stage> {
        let mut now = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let order = |it| match it {
            Stage::Hidden => 0,
            Stage::Shown => 1,
            Stage::Drawn => 2,
        };
        (order(*now) < order(stage)).then(|| std::mem::replace(&mut *now, stage))
    }

    fn is_drawn(&self) -> bool {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) == Stage::Drawn
    }
}

/// Size and place of the window, kept between runs. Whether it shows is decided here.
pub(crate) fn remembered(folder: &Folder) -> TauriPlugin<Wry> {
    let file = folder.path().join("window.json");
    tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .with_filename(file.to_string_lossy())
        .build()
}

/// Opens the window, hidden.
pub(crate) fn open(app: &AppHandle, folder: Folder) -> tauri::Result<()> {
    let config = app.config().app.windows.iter().find(|it| it.label == MAIN);
    let config = config.expect("tauri.conf.json describes the window `main`");
    let data = folder.path().join("webview");
    // Before the window: its page may ask at once.
    app.manage(Opening { folder, stage: Mutex::new(Stage::Hidden) });
    let window = WebviewWindowBuilder::from_config(app, config)?
        .background_color(DESK_LIGHT)
        .data_directory(data)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    if window.theme().is_ok_and(|theme| theme == Theme::Dark) {
        window.set_background_color(Some(DESK_DARK))?;
    }
    tauri::async_runtime::spawn(watch(window));
    Ok(())
}

/// The page has drawn its first frame.
pub(crate) fn ready(window: &WebviewWindow) {
    let opening = window.state::<Opening>();
    match opening.reach(Stage::Drawn) {
        Some(Stage::Hidden) => show(window),
        Some(Stage::Shown) => {}
        // The page was loaded again.
        Some(Stage::Drawn) | None => return,
    }
    keep(&opening.folder, Note::drew);
    tracing::info!(drawing = drawing::now().map(Drawing::name), "window ready");
}

/// Brings the window to the front: somebody started the app a second time.
pub(crate) fn to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let brought =
        window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = brought {
        tracing::warn!(%error, "the window did not come to the front");
    }
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
    let opening = window.state::<Opening>();
    if opening.reach(Stage::Shown).is_some() {
        show(&window);
    }
    tokio::time::sleep(DRAWN_BY.saturating_sub(SHOWN_BY)).await;
    if opening.is_drawn() {
        return;
    }
    tracing::error!(
        drawing = drawing::now().map(Drawing::name),
        "the window has stayed blank; the next start draws more simply, \
         and MUSTER_DRAWING=plain does so at once"
    );
    keep(&opening.folder, Note::stayed_blank);
}

fn show(window: &WebviewWindow) {
    if let Err(error) = window.show().and_then(|()| window.set_focus()) {
        tracing::error!(%error, "the window could not be shown");
    }
}
