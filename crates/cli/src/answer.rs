//! What a command answers with: a table for people and spreadsheets, and a form for programs.

use serde::Serialize;
use serde_json::Value;

use crate::exit::Exit;
use crate::sheet::Sheet;

/// What is written to standard output.
#[derive(Debug)]
pub enum Body {
    /// A table and its form.
    Sheet(Sheet, Value),
    /// A text as it is: scripts and pages.
    Text(String),
}

/// What a command answers with.
#[derive(Debug)]
pub struct Answer {
    /// What is written to standard output.
    pub body: Body,
    /// What a person should know beside it, to standard error.
    pub notes: Vec<String>,
    /// How the run ends.
    pub exit: Exit,
}

impl Answer {
    /// A table and its form.
    pub fn new(sheet: Sheet, form: &impl Serialize) -> Self {
        let form = serde_json::to_value(form).expect("forms are plain data");
        Self { body: Body::Sheet(sheet, form), notes: Vec::new(), exit: Exit::Done }
    }

    /// A text as it is.
    pub fn text(text: String) -> Self {
        Self { body: Body::Text(text), notes: Vec::new(), exit: Exit::Done }
    }

    /// The same with a further note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}
