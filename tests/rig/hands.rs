//! The keyboard alone: everything here is reached with Tab, as somebody without a mouse does
//! it. What has no tab stop is not found, however visible it is.

use std::time::Instant;

use fantoccini::key::Key;
use serde_json::{Value, json};

use super::PATIENCE;
use super::input::Held;
use super::window::Window;

/// Where the focus is as seen from the first element that is meant.
const WHERE: &str = concat!(
    "const found = (function () {",
    include_str!("find.js"),
    "}).apply(null, arguments);
    const [it] = found;
    const at = document.activeElement;
    if (it === undefined) return 'nowhere';
    if (it === at) return it.type === 'radio' && !it.checked ? 'unchosen' : 'here';
    const after = it.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (it.type === 'radio' && at.type === 'radio' && at.name === it.name) {
      return after ? 'above' : 'below';
    }
    return after ? 'behind' : 'ahead';"
);

impl Window {
    /// Presses Tab until the element with this role and name has the focus.
    pub async fn tab_to(&self, role: &str, name: &str) {
        self.go("named", &[json!(role), json!(name)]).await;
    }

    /// Goes to it with Tab and presses Enter.
    pub async fn choose(&self, role: &str, name: &str) {
        self.tab_to(role, name).await;
        self.press(&[], Key::Enter).await;
    }

    /// The same for what has the text somewhere in its name.
    pub async fn choose_like(&self, role: &str, text: &str) {
        self.go("like", &[json!(role), json!(text)]).await;
        self.press(&[], Key::Enter).await;
    }

    /// The same within the line of a list that has the text in it.
    pub async fn choose_in(&self, line: &str, role: &str, name: &str) {
        self.go("inside", &[json!(role), json!(name), json!(line)]).await;
        self.press(&[], Key::Enter).await;
    }

    /// Chooses one of several, with Tab to the group and the arrows inside it.
    pub async fn pick(&self, choice: &str) {
        self.go("like", &[json!("radio"), json!(choice)]).await;
    }

    /// Ticks a check box.
    pub async fn check(&self, name: &str) {
        self.go("like", &[json!("checkbox"), json!(name)]).await;
        self.press(&[], ' ').await;
    }

    /// Writes into the field with this label, over what stands there.
    pub async fn write(&self, label: &str, text: &str) {
        self.tab_to("textbox", label).await;
        self.press(&[Held::Control], 'a').await;
        self.press(&[], Key::Delete).await;
        self.find("textbox", label).await.send_keys(text).await.expect("a field takes keys");
    }

    /// Chooses in a list by the first letters of what is meant.
    pub async fn choose_from(&self, label: &str, letters: &str) {
        self.tab_to("combobox", label).await;
        self.type_text(letters).await;
    }

    /// Signs in with what is written, as somebody who is in a workspace, and goes past the page
    /// that comes with the first time.
    pub async fn come_in(&self) {
        self.press(&[], Key::Enter).await;
        // That page is due from the sign-in on, and seen as soon as it is there. What is shown
        // before it says nothing: while the first download begins there is no workspace yet. It
        // is left at once: some walks look at what comes while the rest is fetched.
        let state = "if (document.querySelector('[data-phase=ready] h1') === null) return 'none';
            if (document.querySelector('h1').textContent === 'Welcome') {
              document.querySelector('main button[data-look=main]')?.click();
              return 'welcome';
            }
            const kept = Object.entries(localStorage);
            const pages = kept.filter(([key]) => key.startsWith('muster.first_run.'));
            const seen = pages.length > 0 && pages.every(([, value]) => value === 'seen');
            return seen ? 'in' : 'due'";
        super::until("a page after signing in", async || {
            (self.script(state, &[]).await.ok()? == "in").then_some(())
        })
        .await;
    }

    async fn go(&self, how: &str, what: &[Value]) {
        let mut arguments = vec![json!(how)];
        arguments.extend_from_slice(what);
        let deadline = Instant::now() + PATIENCE;
        loop {
            // A page that is being loaded has nothing in it.
            let place = self.script(WHERE, &arguments).await.unwrap_or_default();
            match place.as_str() {
                Some("here") => return,
                Some("unchosen") => self.press(&[], ' ').await,
                Some("above") => self.press(&[], Key::Up).await,
                Some("below") => self.press(&[], Key::Down).await,
                Some("ahead") => self.press(&[], Key::Tab).await,
                Some("behind") => self.press(&[Held::Shift], Key::Tab).await,
                _ => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            }
            assert!(
                Instant::now() < deadline,
                "{what:?} is {place} with the keyboard; the page says:\n{}",
                self.text().await
            );
        }
    }
}
