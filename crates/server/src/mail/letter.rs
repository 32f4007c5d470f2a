//! What the server writes to people: plain text, no pictures, no tracking.

use muster_domain::{InvitationId, LoginId, Timestamp};
use serde::{Deserialize, Serialize};

/// A letter as the outbox keeps it. No link and no code is in it: those are computed at the
/// moment of sending, with a secret that is not in the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// An invitation, at its first sending or a later one.
    Invitation {
        /// The invitation.
        invitation: InvitationId,
        /// Which sending; if there is a later one, this letter is not sent any more.
        generation: u32,
    },
    /// The code that proves an address.
    Code {
        /// Whose address it is to be.
        login: LoginId,
    },
    /// To an address that its person signs in with no more (E-62).
    AddressChanged,
    /// An account has a new Account Admin (E-34).
    AdminAdded {
        /// The account's name.
        account: String,
        /// The new admin's name.
        person: String,
        /// Who made them one.
        by: String,
    },
    /// An account will be deleted (E-16).
    DeletionScheduled {
        /// The account's name.
        account: String,
        /// Who asked for it.
        by: String,
        /// When it runs.
        at: Timestamp,
        /// Whether a second Account Admin has to say yes to it (E-14).
        #[serde(default)]
        waits: bool,
    },
    /// A second Account Admin said yes to a deletion (E-14).
    DeletionConfirmed {
        /// The account's name.
        account: String,
        /// Who said yes.
        by: String,
        /// When it runs.
        at: Timestamp,
    },
    /// An account's end takes no second Account Admin any more, after a while (E-14).
    SecondAdminOff {
        /// The account's name.
        account: String,
        /// Who switched it off.
        by: String,
        /// Until when it takes one all the same.
        until: Timestamp,
    },
    /// An account will not be deleted after all.
    DeletionWithdrawn {
        /// The account's name.
        account: String,
        /// Who withdrew it; empty where something came into its way.
        by: String,
    },
    /// An account is gone, and with it everybody's access to it (E-14).
    AccountGone {
        /// The account's name.
        account: String,
    },
    /// Somebody was added to a workspace without an invitation (C-13).
    Added {
        /// The workspace's name.
        workspace: String,
        /// The account's name.
        account: String,
        /// Who added them.
        by: String,
    },
    /// An account holds a workspace that was another's (E-15, E-59, E-65).
    Received {
        /// The workspace's name.
        workspace: String,
        /// The account's name.
        account: String,
    },
    /// The operators were asked to appoint another owner (E-38).
    OwnerSought {
        /// The workspace's name.
        workspace: String,
        /// From when on it can be done.
        at: Timestamp,
    },
}

/// A letter ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The subject, one line.
    pub subject: String,
    /// The body.
    pub body: String,
}

impl Text {
    /// A letter of these words. Whatever names are in the subject, it stays one line.
    pub fn new(subject: &str, body: String) -> Self {
        let subject = subject.chars().map(|c| if c.is_control() { ' ' } else { c });
        Self { subject: subject.take(150).collect(), body }
    }
}

/// What an invitation's letter says besides its link.
pub struct Invited<'a> {
    /// Who invites.
    pub inviter: &'a str,
    /// To which workspace.
    pub workspace: &'a str,
    /// Of which account.
    pub account: &'a str,
    /// A word from the inviter.
    pub message: Option<&'a str>,
    /// Until when the link is good.
    pub expires: Timestamp,
    /// The link.
    pub link: &'a str,
}

/// The letter of an invitation.
pub fn invitation(it: &Invited<'_>) -> Text {
    let subject = format!("{} invites you to {}", it.inviter, it.workspace);
    let quoted = it.message.map(quote).unwrap_or_default();
    let body = format!(
        "{} invites you to the workspace {} of {} in Muster.\n\n{quoted}To join, open this \
         link:\n\n{}\n\nThe link is good until {} and for you only: it opens nothing for other \
         addresses. If you did not expect this letter, you need not do anything.\n",
        it.inviter,
        it.workspace,
        it.account,
        it.link,
        date(it.expires)
    );
    Text::new(&subject, body)
}

/// The letter with an address's code.
pub fn code(code: &str) -> Text {
    let body = format!(
        "The code that proves that this address is yours is\n\n    {code}\n\nIt is good for 15 \
         minutes. If you did not ask for it, somebody mistyped their address; you need not do \
         anything.\n"
    );
    Text::new("Your code for Muster", body)
}

/// The letters that say all there is to say by themselves; `None` for those that need the
/// store and the secret.
pub fn notice(letter: &Letter) -> Option<Text> {
    let text = match letter {
        Letter::Invitation { .. } | Letter::Code { .. } => return None,
        Letter::AddressChanged => Text::new(
            "You sign in to Muster with another address now",
            "The address that you sign in to Muster with was changed to another one of yours. \
             What you have access to is as it was.\n\nIf that was not you, somebody knows your \
             password: in Muster, on a device where you are signed in, take this address again \
             in Manage Account, and tell whoever runs the server.\n"
                .to_owned(),
        ),
        Letter::AdminAdded { account, person, by } => Text::new(
            &format!("{account} has a new Account Admin"),
            format!(
                "{by} made {person} an Account Admin of {account}.\n\nIf that should not be, \
                 take it back in Manage Account.\n"
            ),
        ),
        Letter::DeletionScheduled { account, by, at, waits: false } => Text::new(
            &format!("{account} will be deleted on {}", date(*at)),
            format!(
                "{by} asked for the account {account} to be deleted with everything in it.\n\n\
                 It will be done on {}. Until then every Account Admin can withdraw it in Manage \
                 Account; after that nobody can undo it.\n",
                date(*at)
            ),
        ),
        Letter::DeletionScheduled { account, by, at, waits: true } => Text::new(
            &format!("{by} asks for {account} to be deleted"),
            format!(
                "{by} asked for the account {account} to be deleted with everything in it, on \
                 {}.\n\nIt is done only if another Account Admin says yes in Manage Account \
                 before that day. Otherwise everything stays.\n",
                date(*at)
            ),
        ),
        Letter::DeletionConfirmed { account, by, at } => Text::new(
            &format!("{account} will be deleted on {}", date(*at)),
            format!(
                "{by} said yes to the deletion of {account} with everything in it.\n\nIt will be \
                 done on {}. Until then every Account Admin can withdraw it in Manage Account; \
                 after that nobody can undo it.\n",
                date(*at)
            ),
        ),
        Letter::SecondAdminOff { account, by, until } => Text::new(
            &format!("{account} can soon be deleted by one Account Admin"),
            format!(
                "{by} switched off that deleting {account} takes a second Account Admin.\n\nUntil \
                 {} it still does. If that should not be, switch it on again in Manage \
                 Account.\n",
                date(*until)
            ),
        ),
        Letter::DeletionWithdrawn { account, by } => Text::new(
            &format!("{account} will not be deleted"),
            if by.is_empty() {
                format!("The deletion of {account} was withdrawn: something came into its way.\n")
            } else {
                format!("{by} withdrew the deletion of {account}. Everything stays.\n")
            },
        ),
        Letter::AccountGone { account } => Text::new(
            &format!("{account} was deleted"),
            format!(
                "The account {account} was deleted with everything in it. Nobody has access to \
                 it any more, and nobody can undo it.\n"
            ),
        ),
        Letter::Added { workspace, account, by } => Text::new(
            &format!("You were added to {workspace}"),
            format!(
                "{by} added you to the workspace {workspace} of {account}.\n\nIt is in Muster \
                 the next time you open it. You can leave it there if it is not for you.\n"
            ),
        ),
        Letter::Received { workspace, account } => Text::new(
            &format!("{workspace} is in your account now"),
            format!(
                "The workspace {workspace} moved to the account {account}, with its members, \
                 contents and plan.\n"
            ),
        ),
        Letter::OwnerSought { workspace, at } => Text::new(
            &format!("Somebody asks for the ownership of {workspace}"),
            format!(
                "The operators of the server were asked to appoint another owner of \
                 {workspace}, because its owner could not be reached.\n\nIf you can read this, \
                 sign in before {} or answer the operators; otherwise it may be done then.\n",
                date(*at)
            ),
        ),
    };
    Some(text)
}

fn quote(message: &str) -> String {
    let lines: Vec<_> = message.lines().map(|line| format!("> {line}\n")).collect();
    format!("{}\n", lines.concat())
}

/// A day and minute in UTC, from days since 1970 by the civil calendar.
fn date(at: Timestamp) -> String {
    let minutes = at.0.div_euclid(60_000);
    let (days, minute) = (minutes.div_euclid(1_440), minutes.rem_euclid(1_440));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{day:02} {:02}:{:02} UTC", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(date(Timestamp(0)), "1970-01-01 00:00 UTC");
        assert_eq!(date(Timestamp(951_782_400_000)), "2000-02-29 00:00 UTC");
        assert_eq!(date(Timestamp(1_795_000_000_000)), "2026-11-18 11:06 UTC");
    }

    #[test]
    fn a_name_never_adds_a_line_to_the_subject() {
        let text = Text::new("A\r\nBcc: everybody@else.example", String::new());
        assert_eq!(text.subject, "A  Bcc: everybody@else.example");
    }

    #[test]
    fn a_message_is_quoted_line_by_line() {
        let text = invitation(&Invited {
            inviter: "Nora",
            workspace: "W",
            account: "Larch",
            message: Some("Hello\nhttps://elsewhere.example"),
            expires: Timestamp(0),
            link: "https://muster.example/join/x",
        });
        assert!(text.body.contains("> Hello\n> https://elsewhere.example\n"), "{}", text.body);
    }
}
