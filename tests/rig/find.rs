//! Finding things in the window as a person names them: by role and name.

use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::window::Window;
use super::{PATIENCE, until};

/// Visible elements of a role (and a name), and by test id. Written once in the page's
/// language because only the page knows what is where.
const FIND: &str = include_str!("find.js");

impl Window {
    /// The element with this role and exactly this accessible name, once it is there.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        self.one("named", &[json!(role), json!(name)], &format!("{role} “{name}”")).await
    }

    /// The element with this role whose accessible name contains the text.
    pub async fn find_like(&self, role: &str, text: &str) -> Element {
        self.one("like", &[json!(role), json!(text)], &format!("{role} like “{text}”")).await
    }

    /// The element with this `data-testid`.
    pub async fn find_id(&self, id: &str) -> Element {
        self.one("testid", &[json!(id)], &format!("test id {id}")).await
    }

    /// The field that takes a file. It is hidden behind a button that a person presses.
    pub async fn file_field(&self) -> Element {
        let script = "return document.querySelector('input[type=file]')";
        until("a field for a file", async || self.element(&self.script(script, &[]).await.ok()?))
            .await
    }

    /// How many visible elements of this role have a name that contains the text.
    pub async fn count(&self, role: &str, text: &str) -> usize {
        self.all("like", &[json!(role), json!(text)]).await.len()
    }

    /// Whether there is a visible element of this role with exactly this name right now.
    pub async fn has(&self, role: &str, name: &str) -> bool {
        !self.all("named", &[json!(role), json!(name)]).await.is_empty()
    }

    /// Waits until no such element is visible.
    pub async fn wait_until_no(&self, role: &str, name: &str) {
        until(&format!("{role} “{name}” to go"), async || {
            (!self.has(role, name).await).then_some(())
        })
        .await;
    }

    async fn one(&self, how: &str, what: &[Value], said: &str) -> Element {
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            if let Some(found) = self.all(how, what).await.into_iter().next() {
                return found;
            }
            assert!(
                std::time::Instant::now() < deadline,
                "waited in vain for {said}; the page says:\n{}",
                self.text().await
            );
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    async fn all(&self, how: &str, what: &[Value]) -> Vec<Element> {
        let mut arguments = vec![json!(how)];
        arguments.extend_from_slice(what);
        // A page that is being loaded has nothing in it.
        let Ok(found) = self.script(FIND, &arguments).await else { return Vec::new() };
        let references = found.as_array().into_iter().flatten();
        references.filter_map(|it| self.element(it)).collect()
    }

    fn element(&self, reference: &Value) -> Option<Element> {
        let id = reference.as_object()?.values().next()?.as_str()?;
        let reference = ElementRef::from(id.to_owned());
        Some(Element::from_element_id(self.client.clone(), reference))
    }
}
