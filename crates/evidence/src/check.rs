//! The check: what the evidence proves, and the first thing in it that is wrong.

use muster_protocol::Logged;

use crate::files::{CSV, Files, HTML};
use crate::pack::{Chain, FORMAT, Pack, told};
use crate::seal::{self, Broken, fingerprint};
use crate::text::{hex, moment};
use crate::{html, table};

/// Why evidence proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Tampered {
    /// The seal is damaged.
    #[error("the seal is not one of Muster, or was changed")]
    Seal,
    /// A file is not the one that was signed.
    #[error("`{0}` was changed after it was signed")]
    File(String),
    /// The signature is not of this key.
    #[error("the signature does not belong to the files and the key")]
    Signature,
    /// The pack cannot be read.
    #[error("the pack cannot be read: {0}")]
    Pack(String),
    /// The pack is of another form.
    #[error("the pack is of form {0}; this program checks form {FORMAT}")]
    Form(u16),
    /// The key of the seal is not the one that the pack names.
    #[error("the pack names another key than the seal")]
    Key,
    /// A file says something else than the pack.
    #[error("`{0}` does not say what the pack says")]
    Disagrees(&'static str),
    /// An event of the log is not what was chained.
    #[error("event {0} of the log does not have the hash that it was chained with")]
    Event(String),
    /// An event of the log does not follow from the one before.
    #[error("event {0} of the log does not follow from the one before it")]
    Link(String),
    /// The pack says something else than the log.
    #[error("the {0} are not those of the log")]
    Log(&'static str),
}

/// What was checked, and what it proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What is proved, one sentence each.
    pub proved: Vec<String>,
    /// What is not, one sentence each.
    pub open: Vec<String>,
}

impl From<Broken> for Tampered {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Form => Tampered::Seal,
            Broken::File(name) => Tampered::File(name),
            Broken::Signature => Tampered::Signature,
        }
    }
}

/// Checks the files of a folder.
///
/// # Errors
/// [`Tampered`] says what is wrong first.
pub fn check(files: &Files) -> Result<Report, Tampered> {
    let public = seal::open(&files.seal, &files.sealed())?;
    let pack: Pack =
        serde_json::from_slice(&files.pack).map_err(|error| Tampered::Pack(error.to_string()))?;
    if pack.format != FORMAT {
        return Err(Tampered::Form(pack.format));
    }
    if pack.made_by.key != public {
        return Err(Tampered::Key);
    }
    if html::page(&pack).as_bytes() != files.html {
        return Err(Tampered::Disagrees(HTML));
    }
    let table = table::table(&pack).map_err(|error| Tampered::Pack(error.to_string()))?;
    if table != files.csv {
        return Err(Tampered::Disagrees(CSV));
    }
    let mut report = Report { proved: signed(&pack), open: Vec::new() };
    match &pack.chain {
        Some(chain) => logged(&pack, chain, &mut report)?,
        None => report.open.push(
            "The log is not in the pack: whoever made it may not read the history. That the \
             decisions are those of the log is their word."
                .to_owned(),
        ),
    }
    whose(&pack, &mut report)?;
    report.open.push("When it was signed: the time is that of the signing device.".to_owned());
    Ok(report)
}

/// Whose key it is: the log says so where the key was registered in it.
fn whose(pack: &Pack, report: &mut Report) -> Result<(), Tampered> {
    let by = &pack.made_by;
    let Some(key) = pack.registered() else {
        report.open.push(format!(
            "Whose key this is: ask {} for its fingerprint, and compare. The log in the pack does \
             not name the key.",
            by.name
        ));
        return Ok(());
    };
    if key.login != by.login {
        return Err(Tampered::Log("sign-in and key of whoever made this"));
    }
    report.proved.push(format!(
        "The key is that of the sign-in {} of {}: a session of theirs named it at {}, as an event \
         of that chain says. So the chain, not this file, says whose key it is.",
        key.login,
        key.name,
        moment(key.at)
    ));
    report.open.push(format!(
        "That the sign-in was used by {} in person: the server tells sessions, not people.",
        key.name
    ));
    Ok(())
}

fn signed(pack: &Pack) -> Vec<String> {
    let by = &pack.made_by;
    vec![
        format!(
            "No byte of the four files was changed since they were signed with the key {}.",
            fingerprint(&by.key)
        ),
        format!(
            "The page and the table say what the pack says: {} people of {}, as of {}.",
            pack.lines.len(),
            pack.workspace_name,
            moment(pack.review.started.at)
        ),
    ]
}

/// The chain has no gap, and review, list, decisions and changes are those of its events.
fn logged(pack: &Pack, chain: &Chain, report: &mut Report) -> Result<(), Tampered> {
    let mut before: Option<&Logged> = None;
    for event in &chain.events {
        let name = || format!("{}.{}", event.place().seq, event.place().ord);
        if !event.is_sound() {
            return Err(Tampered::Event(name()));
        }
        let follows = |it: &Logged| it.hash() == event.prev() && it.place() < event.place();
        if before.is_some_and(|it| !follows(it)) {
            return Err(Tampered::Link(name()));
        }
        before = Some(event);
    }
    let told = told(chain, &pack.review);
    if told.review.as_ref() != Some(&pack.review) {
        return Err(Tampered::Log("review's dates and reviewers"));
    }
    if !told.keys_are_their_own {
        return Err(Tampered::Log("signing keys and those who named them"));
    }
    if told.lines != pack.lines || usize::try_from(pack.review.lines) != Ok(pack.lines.len()) {
        return Err(Tampered::Log("people and decisions"));
    }
    if told.changes != pack.changes {
        return Err(Tampered::Log("changes"));
    }
    let sealed = chain.events.len() - chain.shown().count();
    report.proved.push(format!(
        "The {} events of the log from the start of the review on form one unbroken chain; {sealed} \
         of them are about other things and left out.",
        chain.events.len(),
    ));
    report.proved.push(format!(
        "The list, every decision with its time and reason, and the {} changes are those of \
         that chain.",
        pack.changes.len(),
    ));
    if let Some(head) = chain.events.last() {
        report.open.push(format!(
            "That the log on the server has this head: compare {} with what Muster shows there.",
            hex(head.hash())
        ));
    }
    Ok(())
}
