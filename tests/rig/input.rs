//! What a person does with mouse, keys and files.

use std::path::Path;
use std::time::Instant;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::json;

use super::PATIENCE;
use super::window::Window;

/// Keys held while another is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Ctrl.
    Control,
    /// Shift.
    Shift,
    /// Alt.
    Alt,
}

impl Window {
    /// Clicks what has this role and name.
    pub async fn click(&self, role: &str, name: &str) {
        // A menu ignores a pointer that comes within moments of its opening, for the sake of
        // the press that opened it; keys it takes at once.
        if role == "menuitem" {
            return self.press_on(role, name).await;
        }
        // A window that is not shown yet takes no click. The driver also takes rows that are
        // placed by a transform for hidden: those get the focus and Enter in the end.
        let deadline = Instant::now() + PATIENCE / 20;
        while self.find(role, name).await.click().await.is_err() {
            if Instant::now() > deadline {
                return self.press_on(role, name).await;
            }
        }
    }

    /// Gives it the focus and presses Enter.
    async fn press_on(&self, role: &str, name: &str) {
        let element = self.find(role, name).await;
        self.focus(&element).await.expect("what is there takes the focus");
        self.press(&[], Key::Enter).await;
    }

    /// Gives an element the focus.
    pub async fn focus(&self, element: &Element) -> Result<(), CmdError> {
        let reference = serde_json::to_value(element).expect("a reference");
        self.script("arguments[0].focus()", &[reference]).await.map(drop)
    }

    /// Replaces the text of the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.find("textbox", label).await;
        self.retype(&field, text).await;
    }

    /// Replaces the text of a field.
    pub async fn retype(&self, field: &Element, text: &str) {
        self.focus(field).await.expect("a field takes the focus");
        self.press(&[Held::Control], 'a').await;
        self.press(&[], Key::Delete).await;
        field.send_keys(text).await.expect("a field takes keys");
    }

    /// Presses a key, with others held.
    pub async fn press(&self, held: &[Held], key: impl Into<char>) {
        let held: Vec<char> = held.iter().map(|it| it.key().into()).collect();
        let key = key.into();
        let down = held.iter().chain([&key]).map(|value| KeyAction::Down { value: *value });
        let up = [&key].into_iter().chain(held.iter().rev());
        let up = up.map(|value| KeyAction::Up { value: *value });
        let actions = down.chain(up).fold(KeyActions::new("keys".into()), KeyActions::then);
        self.client.perform_actions(actions).await.expect("the window takes keys");
        self.client.release_actions().await.expect("keys come up again");
    }

    /// Presses a key while another is held, and lets go of that after what is done meanwhile.
    pub async fn hold(&self, held: Held, key: impl Into<char>, meanwhile: impl AsyncFnOnce()) {
        let (held, key) = (held.key().into(), key.into());
        let keys = [
            KeyAction::Down { value: held },
            KeyAction::Down { value: key },
            KeyAction::Up { value: key },
        ];
        let actions = keys.into_iter().fold(KeyActions::new("keys".into()), KeyActions::then);
        self.client.perform_actions(actions).await.expect("the window takes keys");
        meanwhile().await;
        self.client.release_actions().await.expect("keys come up again");
    }

    /// Types into whatever has the focus.
    pub async fn type_text(&self, text: &str) {
        for letter in text.chars() {
            self.press(&[], letter).await;
        }
    }

    /// Chooses a file in a file field, which may be hidden behind a button.
    pub async fn upload(&self, field: &Element, file: &Path) {
        let path = file.to_str().expect("the test's own path");
        field.send_keys(path).await.expect("a file field takes a path");
    }

    /// Drops a file onto an element, as if dragged from the desktop.
    pub async fn drop_file(&self, target: &Element, file: &Path) {
        let bytes = std::fs::read(file).expect("the test's own file");
        let name = file.file_name().expect("a file").to_string_lossy().into_owned();
        let target = serde_json::to_value(target).expect("a reference");
        let script = "const [target, name, bytes] = arguments;
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], name));
            const box = target.getBoundingClientRect();
            const where = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
            for (const type of ['dragenter', 'dragover', 'drop']) {
              const init = { bubbles: true, cancelable: true, dataTransfer: data, ...where };
              target.dispatchEvent(new DragEvent(type, init));
            }";
        let dropped = self.script(script, &[target, json!(name), json!(bytes)]).await;
        dropped.expect("the page takes a drop");
    }
}

impl Held {
    const fn key(self) -> Key {
        match self {
            Self::Control => Key::Control,
            Self::Shift => Key::Shift,
            Self::Alt => Key::Alt,
        }
    }
}
