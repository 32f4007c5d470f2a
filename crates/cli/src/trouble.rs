//! What went wrong, in three parts: what happened, the way out, and the rule where one said no.

use std::collections::BTreeMap;

use muster_client::view::{Failure, FailureCode, Reason};

use crate::exit::Exit;
use crate::words::{self, Values};

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The stable key of the sentence: a failure's or a refusal's code.
    pub code: String,
    /// What happened and why, as the window would say it.
    pub message: String,
    /// What to do on the command line, where there is something.
    pub way_out: Option<String>,
    /// The rule that said no.
    pub rule: Option<String>,
    /// How the run ends.
    pub exit: Exit,
}

impl Trouble {
    /// A use that makes no sense.
    pub fn usage(message: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self {
            code: "usage".to_owned(),
            message: message.into(),
            way_out: Some(way_out.into()),
            rule: None,
            exit: Exit::Usage,
        }
    }

    /// Nothing of that name.
    pub fn not_found(message: impl Into<String>, way_out: impl Into<String>) -> Self {
        let code = "not_found".to_owned();
        Self { code, exit: Exit::NotFound, ..Self::usage(message, way_out) }
    }

    /// Something that the system said no to.
    pub fn machine(error: &dyn std::error::Error) -> Self {
        Self {
            code: "machine".to_owned(),
            message: error.to_string(),
            way_out: None,
            rule: None,
            exit: Exit::Machine,
        }
    }

    /// A rule's no.
    pub fn refused(reason: &Reason, names: &BTreeMap<String, String>) -> Self {
        Self {
            code: reason.code.key().to_owned(),
            message: words::reason(reason, names),
            way_out: None,
            rule: Some(reason.rule.clone()),
            exit: Exit::Refused,
        }
    }

    /// What cannot be done without a connection (R14).
    pub fn needs_connection(sentence: &str) -> Self {
        Self {
            code: sentence.to_owned(),
            message: words::say(sentence, &Values::new()),
            way_out: Some("connect and try again".to_owned()),
            rule: Some("R14".to_owned()),
            exit: Exit::Offline,
        }
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Self {
        Self {
            code: "signed_out".to_owned(),
            message: "Nobody is signed in here.".to_owned(),
            way_out: Some(SIGN_IN.to_owned()),
            rule: None,
            exit: Exit::SignedOut,
        }
    }
}

const SIGN_IN: &str = "run `muster-cli sign-in --server ADDRESS --address YOU@EXAMPLE.COM`";

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        if let Some(reason) = &failure.reason {
            return Self::refused(reason, &BTreeMap::new());
        }
        let code = key(failure.code);
        Self {
            message: words::say(&code, &Values::new()),
            way_out: way_out(failure.code).map(str::to_owned),
            rule: rule(failure.code).map(str::to_owned),
            exit: Exit::of(failure.code),
            code,
        }
    }
}

/// The code's key in the catalogue.
fn key(code: FailureCode) -> String {
    let form = serde_json::to_value(code).expect("a code is a text");
    form.as_str().expect("a code is a text").to_owned()
}

/// The rule behind a failure that is one's work.
const fn rule(code: FailureCode) -> Option<&'static str> {
    match code {
        FailureCode::CopyLocked => Some("R15"),
        FailureCode::NotFound => Some("R10"),
        _ => None,
    }
}

/// What to do on the command line, where the sentence speaks of the window.
fn way_out(code: FailureCode) -> Option<&'static str> {
    Some(match code {
        FailureCode::CopyInUse => {
            "close the window (or wait for the other command), or use a copy of its own: \
             `--data-dir FOLDER` with a sign-in of its own"
        }
        FailureCode::NoKeyStore => {
            "start a key store (Secret Service: gnome-keyring, KWallet, KeePassXC) in this \
             session; without one nothing is kept"
        }
        FailureCode::KeyStoreLocked => "unlock the key store and try again",
        FailureCode::SignedOut => SIGN_IN,
        FailureCode::Offline | FailureCode::ServerFault | FailureCode::OnItsWay => {
            "try again with a connection; what only reads works without"
        }
        FailureCode::CopyLocked => "run `muster-cli sync` with a connection",
        FailureCode::UnsentChanges => {
            "run `muster-cli sync` first, or `muster-cli sign-out --discard` to lose them"
        }
        FailureCode::OnlyHere => "run `muster-cli sign-out --discard` to lose them",
        FailureCode::NotFound => "`muster-cli list workspaces` says what there is",
        _ => return None,
    })
}
