//! The album: one window, shown in every width and look, with what is wrong in each.

use std::path::PathBuf;

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::rig::desktop::root;
use crate::rig::until;
use crate::rig::window::{Look, Window};

/// Wide, middle and phone (ui.md 12), and each look: colours do not depend on the width.
const VIEWS: [(&str, u32, Look); 4] = [
    ("narrow", 400, Look::Dark),
    ("wide", 1280, Look::Light),
    ("middle", 800, Look::Light),
    ("wide-dark", 1280, Look::Dark),
];

/// What is seen of a window, and what was wrong with it.
pub struct Album {
    /// The window.
    pub window: Window,
    /// Whose pictures these are; the first part of their names.
    set: &'static str,
    axe: String,
    wrong: Vec<String>,
}

impl Album {
    /// An album of an open window.
    pub fn of(window: Window, set: &'static str) -> Self {
        let axe = root().join("ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).expect("npm has installed axe");
        Self { window, set, axe, wrong: Vec::new() }
    }

    /// Goes to an address and waits for the title of its page.
    pub async fn go(&self, address: &str, title: &str) {
        let script = "location.hash = '#' + arguments[0]";
        self.window.script(script, &[json!(address)]).await.expect("the page answers");
        self.titled(title).await;
    }

    /// Waits until the page has this title and all of its rows that are in sight.
    pub async fn titled(&self, title: &str) {
        let script = "const title = document.querySelector('h1')?.textContent ?? '';
            const rows = document.querySelector('[data-loaded=\"false\"]');
            return title.includes(arguments[0]) && rows === null;";
        until(&format!("the page “{title}”"), async || {
            let there = self.window.script(script, &[json!(title)]).await.ok()?;
            (there == json!(true)).then_some(())
        })
        .await;
    }

    /// Looks at what the window shows now, in every width; the widest comes last again, so that
    /// what follows finds the window as it was.
    pub async fn look(&mut self, name: &str) {
        for (word, width, look) in VIEWS {
            self.window.resize(width, 800).await;
            self.window.set_look(look).await;
            let what = format!("{}-{name}-{word}", self.set);
            self.check(&what).await;
            self.window.screenshot(&file_of(&what)).await;
        }
        self.window.resize(1280, 800).await;
        self.enlarge("200%").await;
        let what = format!("{}-{name}-large", self.set);
        self.fits(&what).await;
        self.window.screenshot(&file_of(&what)).await;
        self.enlarge("").await;
    }

    /// Looks in the same way at what goes away when the window changes its size: it is opened
    /// anew in each.
    pub async fn look_over(&mut self, name: &str, open: impl AsyncFn(&Window)) {
        for (word, width, look) in VIEWS {
            self.window.resize(width, 800).await;
            self.window.set_look(look).await;
            open(&self.window).await;
            let what = format!("{}-{name}-{word}", self.set);
            self.check(&what).await;
            self.window.screenshot(&file_of(&what)).await;
            self.close_dialog().await;
        }
        self.window.resize(1280, 800).await;
    }

    /// Opens a row of the list by the keyboard.
    pub async fn open_row(&self, index: usize) {
        self.focus_row(index).await;
        self.window.press(&[], Key::Enter).await;
    }

    /// Gives a row of the list the focus, once it is there.
    pub async fn focus_row(&self, index: usize) {
        let script = format!(
            "const row = document.querySelector('[data-index=\"{index}\"]');
             row?.focus(); return row !== null && document.activeElement === row;"
        );
        until(&format!("row {index}"), async || {
            (self.window.script(&script, &[]).await.ok()? == json!(true)).then_some(())
        })
        .await;
    }

    /// How many rows the list has.
    pub async fn rows(&self) -> usize {
        let count = "return document.querySelectorAll('[data-index]').length";
        let found = self.ask(count).await.as_u64().expect("a number");
        usize::try_from(found).expect("few rows")
    }

    /// Scrolls to the end of the page.
    pub async fn to_the_end(&self) {
        self.ask(
            "for (const it of document.querySelectorAll('main *')) {
               // What a person can scroll; text for readers alone is no such thing.
               if (/auto|scroll/.test(getComputedStyle(it).overflowY)) it.scrollTop = it.scrollHeight;
             }",
        )
        .await;
        self.window.painted().await;
    }

    /// Text at twice its size behaves like half the width (ui.md 12).
    async fn enlarge(&self, size: &str) {
        let script = "document.documentElement.style.fontSize = arguments[0]";
        self.window.script(script, &[json!(size)]).await.expect("the page answers");
        self.window.painted().await;
    }

    async fn fits(&mut self, what: &str) {
        let wide = self.window.script(WIDE, &[]).await.expect("the page answers");
        for it in wide.as_array().into_iter().flatten() {
            self.wrong
                .push(format!("{what}: wider than the window: {}", it.as_str().unwrap_or("")));
        }
    }

    /// Nothing has slipped that nobody could scroll back.
    async fn stands(&mut self, what: &str) {
        let slipped = self.window.script(SLIPPED, &[]).await.expect("the page answers");
        for it in slipped.as_array().into_iter().flatten() {
            self.wrong.push(format!("{what}: slipped: {}", it.as_str().unwrap_or("")));
        }
    }

    async fn check(&mut self, what: &str) {
        // A colour on its way to another is measured as neither.
        self.window.script_async(AT_REST).await;
        self.fits(what).await;
        self.stands(what).await;
        // The page keeps it once it has it.
        let known = self.window.script("return 'axe' in window", &[]).await;
        let axe = if known.is_ok_and(|it| it == json!(true)) { "" } else { &self.axe };
        let found = self.window.script_async(&format!("{axe}\n{RUN_AXE}")).await;
        for it in found.as_array().into_iter().flatten() {
            self.wrong.push(format!("{what}: {}", it.as_str().unwrap_or_default()));
        }
    }

    /// Presses Escape until no dialog is left.
    pub async fn close_dialog(&self) {
        let open = "return document.querySelector('[data-testid=dialog], [role=menu], [role=dialog]') !== null";
        until("the dialog to close", async || {
            if self.window.script(open, &[]).await.ok()? == json!(false) {
                return Some(());
            }
            self.window.press(&[], Key::Escape).await;
            None
        })
        .await;
    }

    /// Closes the window; fails with everything that was wrong.
    pub async fn close(self) {
        self.window.close().await;
        let told: Vec<String> = self.wrong;
        assert!(told.is_empty(), "{} things are wrong:\n{}", told.len(), told.join("\n"));
    }

    /// Answers of the page to a script, for what has no role to be found by.
    pub async fn ask(&self, script: &str) -> Value {
        self.window.script(script, &[]).await.expect("the page answers")
    }
}

fn file_of(what: &str) -> PathBuf {
    root().join("target/pictures").join(format!("{what}.png"))
}

/// What makes the page scroll sideways: its own width, or a thing that ends outside of it and
/// is not within something that scrolls by itself.
const WIDE: &str = "const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const told = [...document.querySelectorAll('body *')]
      .filter((it) => it.getBoundingClientRect().right > page.clientWidth + 1)
      .slice(0, 3)
      .map((it) => it.outerHTML.slice(0, 120));
    return [`${page.scrollWidth} in ${page.clientWidth}: ${told.join(' | ')}`];";

/// What was scrolled although it hides what does not fit: its head is out of sight for good.
const SLIPPED: &str = "return [...document.querySelectorAll('html, body, body *')]
      .filter((it) => it.scrollTop > 0 && getComputedStyle(it).overflowY === 'hidden')
      .filter((it) => it.closest('.visually-hidden') === null)
      .map((it) => `${it.scrollTop} px of ${it.outerHTML.slice(0, 120)}`);";

const AT_REST: &str = "const done = arguments[arguments.length - 1];
    Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => done(true));
    setTimeout(() => done(false), 2000);";

const RUN_AXE: &str = "const done = arguments[arguments.length - 1];
    // The letters of an avatar stand for the name that its button has.
    const rules = {
      region: { enabled: false },
      'label-content-name-mismatch': { enabled: false },
    };
    axe.run(document.body, { rules, resultTypes: ['violations'] }).then(
      (found) => done(found.violations.map((one) =>
        `${one.id}: ` + one.nodes.slice(0, 3).map((node) =>
          `${node.html.slice(0, 140)} (${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''})`
        ).join(' | '))),
      (error) => done([`axe: ${error}`]));";
