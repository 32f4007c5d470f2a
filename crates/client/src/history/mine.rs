//! My own changes in the history that the log does not have: those not sent yet, and those that
//! were refused.

use muster_cache::OutboxEntry;
use muster_domain::{About, Command, MembershipId, RoleSet, Timestamp};

use super::kind;
use super::row::Naming;
use crate::submit;
use crate::verdict::Bench;
use crate::view::{Failure, HistoryQuery, HistoryRow, OTHER_KIND};
use crate::words::Words;

/// How many refusals are looked through.
const REFUSALS: u32 = 2_000;

/// What names a change of the outbox among events.
pub(super) const PREFIX: &str = "n";

/// My own changes that the query asks for.
pub(super) struct Mine<'a> {
    bench: &'a Bench<'a>,
    query: &'a HistoryQuery,
    naming: &'a Naming,
    words: Words,
}

impl<'a> Mine<'a> {
    pub(super) fn new(
        bench: &'a Bench<'a>,
        query: &'a HistoryQuery,
        naming: &'a Naming,
    ) -> Result<Self, Failure> {
        Ok(Self { bench, query, naming, words: Words::of(&query.text) })
    }

    /// What waits for the server, the newest first.
    pub(super) fn not_sent(&self) -> Result<Vec<HistoryRow>, Failure> {
        let entries = self.bench.cache.pending()?;
        self.rows(entries.into_iter().rev(), |_| true)
    }

    /// What was refused before one moment and not before the other.
    pub(super) fn refused(
        &self,
        before: Option<Timestamp>,
        not_before: Option<Timestamp>,
    ) -> Result<Vec<HistoryRow>, Failure> {
        let entries = self.bench.cache.refusals(REFUSALS)?;
        self.rows(entries.into_iter(), |row| {
            before.is_none_or(|it| row.at < it) && not_before.is_none_or(|it| row.at >= it)
        })
    }

    fn rows(
        &self,
        entries: impl Iterator<Item = OutboxEntry>,
        fits: impl Fn(&HistoryRow) -> bool,
    ) -> Result<Vec<HistoryRow>, Failure> {
        let asked = entries.filter(|entry| self.is_asked(entry));
        let mut rows = Vec::new();
        for entry in asked {
            let row = row(self.bench, self.naming, &entry)?;
            if self.fits(&row) && fits(&row) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// Whether an entry is of the asked workspace, account and people.
    fn is_asked(&self, entry: &OutboxEntry) -> bool {
        let query = self.query;
        let account = match entry.command.as_ref().map(Command::about) {
            Some(About::Account(id)) => Some(id),
            Some(About::Workspace(id)) => self.naming.account_of(id),
            None => None,
        };
        let about = entry.command.as_ref().and_then(Command::membership);
        query.workspace.is_none_or(|it| entry.workspace == Some(it))
            && query.account.is_none_or(|it| account == Some(it))
            && query.who.is_none_or(|it| it == self.naming.me)
            && (query.about.is_none() || self.is_about(about))
    }

    fn is_about(&self, membership: Option<MembershipId>) -> bool {
        let found = membership.and_then(|id| self.bench.cache.member(id).ok().flatten());
        found.is_some_and(|it| Some(it.member.login) == self.query.about)
    }

    fn fits(&self, row: &HistoryRow) -> bool {
        let query = self.query;
        let reason = row.reason.as_deref().unwrap_or_default();
        (query.kinds.is_empty() || query.kinds.contains(&row.kind))
            && query.from.is_none_or(|it| row.at >= it)
            && query.to.is_none_or(|it| row.at < it)
            && self.words.fit(&format!("{} {} {reason}", row.actor, row.subject))
    }
}

/// One change of the outbox as a row.
pub(super) fn row(
    bench: &Bench<'_>,
    naming: &Naming,
    entry: &OutboxEntry,
) -> Result<HistoryRow, Failure> {
    let refusal = entry.outcome.as_ref().and_then(|it| it.refusal.clone());
    let command = entry.command.as_ref();
    let (from, to) = command.map_or((RoleSet::NONE, RoleSet::NONE), roles);
    let name = entry.workspace.and_then(|id| naming.workspace(id));
    let label = &entry.label;
    let subject = label.person.clone().or_else(|| label.object.clone());
    Ok(HistoryRow {
        id: format!("{PREFIX}{}", entry.n),
        at: entry.outcome.as_ref().map_or(entry.made_at, |it| it.at),
        actor: naming.my_name.clone(),
        actor_is_me: true,
        as_admin: false,
        kind: command.map_or(OTHER_KIND, |it| kind::of_command(it).key()).to_owned(),
        subject: subject.unwrap_or_else(|| label.workspace_name.clone()),
        workspace: entry.workspace,
        workspace_name: name.unwrap_or_else(|| label.workspace_name.clone()),
        membership: command.and_then(Command::membership),
        from_roles: from,
        to_roles: to,
        was: command.and_then(was),
        now: command.and_then(now),
        reason: command.and_then(|it| it.reason()).map(str::to_owned),
        more: 0,
        not_sent: entry.outcome.is_none(),
        refused: match refusal {
            Some(refusal) => Some(submit::reason(bench, entry, refusal)?),
            None => None,
        },
    })
}

fn roles(command: &Command) -> (RoleSet, RoleSet) {
    match command {
        Command::SetMemberRoles { was, roles, .. } => (*was, *roles),
        Command::AddMember { roles, .. }
        | Command::CreateInvitation { roles, .. }
        | Command::SetInvitationRoles { roles, .. } => (RoleSet::NONE, *roles),
        _ => (RoleSet::NONE, RoleSet::NONE),
    }
}

fn was(command: &Command) -> Option<String> {
    match command {
        Command::RenameWorkspace { was, .. } => Some(was.clone()),
        _ => None,
    }
}

fn now(command: &Command) -> Option<String> {
    match command {
        Command::RenameWorkspace { title, .. } | Command::RenameAccount { title, .. } => {
            Some(title.clone())
        }
        Command::SetPlan { plan, .. } => Some(plan.key().to_owned()),
        Command::DecideReview { choice, .. } => choice.map(|it| key_of(it).to_owned()),
        Command::EnterReview { choice, .. } => Some(key_of(*choice).to_owned()),
        Command::HandOutReview { client, .. } => Some(client.clone()),
        _ => None,
    }
}

const fn key_of(choice: muster_domain::Choice) -> &'static str {
    match choice {
        muster_domain::Choice::Keep => "keep",
        muster_domain::Choice::Change(_) => "change",
        muster_domain::Choice::Remove => "remove",
    }
}
