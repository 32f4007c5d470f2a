//! The rule book through the whole system: a real server process, real apps, no window.

mod people;
#[path = "../crates/server/tests/smtp/mod.rs"]
mod smtp;

#[path = "rulebook/accounts.rs"]
mod accounts;
#[path = "rulebook/contents.rs"]
mod contents;
#[path = "rulebook/mail.rs"]
mod mail;
#[path = "rulebook/members.rs"]
mod members;
#[path = "rulebook/owners.rs"]
mod owners;
#[path = "rulebook/personal.rs"]
mod personal;
#[path = "rulebook/pickers.rs"]
mod pickers;
#[path = "rulebook/places.rs"]
mod places;
#[path = "rulebook/plans.rs"]
mod plans;
#[path = "rulebook/switch.rs"]
mod switch;
#[path = "rulebook/unsent.rs"]
mod unsent;

use muster_client::view::{Intent, Submitted};
use muster_domain::RefusalCode;
use people::Person;
use people::team::{account_of, enters, founder, joins, loses, one, workspace};

/// Does something that a rule refuses, here or on the server.
async fn refused(person: &Person, intent: Intent) -> RefusalCode {
    match person.app.submit(intent).await.expect("submits") {
        Submitted::Refused { reason } => reason.code,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
