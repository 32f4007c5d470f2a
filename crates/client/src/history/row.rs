//! From an event to the values of its sentence.

use std::collections::HashMap;

use muster_cache::LoggedRow;
use muster_domain::{
    Account, AccountId, Choice, EventKind, Labels, LoginId, Membership, MembershipId, ReviewLine,
    RoleSet, Row, WorkspaceId,
};
use muster_protocol::LogOf;

use crate::verdict::Bench;
use crate::view::{Failure, HistoryRow, OTHER_KIND};

/// The names that rows are told with.
pub(super) struct Naming {
    pub me: LoginId,
    pub my_name: String,
    workspaces: HashMap<WorkspaceId, (String, AccountId)>,
    accounts: HashMap<AccountId, String>,
}

impl Naming {
    pub(super) fn new(bench: &Bench<'_>) -> Result<Self, Failure> {
        let me = bench.cache.me()?;
        let places = crate::reviews::everywhere(bench)?.into_iter();
        let workspaces =
            places.map(|it| (it.workspace.id, (it.workspace.name, it.account.id))).collect();
        let accounts = bench.cache.accounts()?.into_iter().map(|it| (it.id, it.name)).collect();
        Ok(Self { me: me.id, my_name: me.name, workspaces, accounts })
    }

    /// The name of a workspace that I can open.
    pub(super) fn workspace(&self, id: WorkspaceId) -> Option<String> {
        self.workspaces.get(&id).map(|(name, _)| name.clone())
    }

    /// The account of a workspace that I can open.
    pub(super) fn account_of(&self, id: WorkspaceId) -> Option<AccountId> {
        self.workspaces.get(&id).map(|(_, account)| *account)
    }

    /// The name of an account that I have something in.
    pub(super) fn account(&self, id: AccountId) -> String {
        self.accounts.get(&id).cloned().unwrap_or_default()
    }

    /// One event as a row.
    pub(super) fn row(&self, logged: &LoggedRow) -> HistoryRow {
        let what = What::of(logged);
        let place = match (logged.workspace, logged.of) {
            (Some(id), _) => logged.workspace_name.clone().or_else(|| self.workspace(id)),
            (None, LogOf::Account(id)) => Some(self.account(id)),
            (None, LogOf::Workspace(id)) => self.workspace(id),
        };
        HistoryRow {
            id: logged.event().to_string(),
            at: logged.at,
            actor: logged.actor_name.clone(),
            actor_is_me: logged.actor == self.me,
            as_admin: logged.as_admin,
            kind: known(&logged.kind).map_or(OTHER_KIND, EventKind::key).to_owned(),
            subject: logged.subject.clone(),
            workspace: logged.workspace,
            workspace_name: place.unwrap_or_default(),
            membership: what.membership,
            from_roles: what.from,
            to_roles: what.to,
            was: what.was,
            now: what.now,
            reason: logged.reason.clone().or(what.reason),
            more: logged.folded,
            not_sent: false,
            refused: None,
        }
    }
}

/// The kind of this key, if this build knows it.
pub(super) fn known(key: &str) -> Option<EventKind> {
    EventKind::ALL.iter().copied().find(|it| it.key() == key)
}

/// What changed, in the values that sentences have.
#[derive(Default)]
struct What {
    membership: Option<MembershipId>,
    from: RoleSet,
    to: RoleSet,
    was: Option<String>,
    now: Option<String>,
    reason: Option<String>,
}

impl What {
    fn of(logged: &LoggedRow) -> Self {
        let before = logged.before.as_ref();
        let Some(after) = logged.after.as_ref() else { return Self::default() };
        if let Row::ReviewLine(line) = after {
            return Self::decided(line, logged.actor);
        }
        let kind = known(&logged.kind);
        if let (Some(EventKind::WorkspaceParted), Row::Account(account)) = (kind, after) {
            return Self::parted(account);
        }
        let was = before.and_then(|it| told(kind, it));
        let now = told(kind, after);
        let differs = was != now;
        Self {
            membership: match after {
                Row::Membership(it) => Some(it.id),
                _ => None,
            },
            from: before.map_or(RoleSet::NONE, roles),
            to: roles(after),
            was: was.filter(|_| differs),
            now: now.filter(|_| differs),
            reason: None,
        }
    }

    /// Which workspace went, and to which account (E-59).
    fn parted(account: &Account) -> Self {
        let parted = account.parted.as_ref();
        Self {
            was: parted.map(|it| it.name.clone()),
            now: parted.map(|it| it.to_name.clone()),
            ..Self::default()
        }
    }

    /// A decision has its choice where other events have a name.
    fn decided(line: &ReviewLine, actor: LoginId) -> Self {
        let mine = line.decided.iter().find(|it| it.by == actor);
        let (now, to) = match mine.map(|it| it.choice) {
            None => (None, RoleSet::NONE),
            Some(Choice::Keep) => (Some("keep"), line.roles),
            Some(Choice::Change(roles)) => (Some("change"), roles),
            Some(Choice::Remove) => (Some("remove"), RoleSet::NONE),
        };
        Self {
            membership: Some(line.membership),
            from: line.roles,
            to,
            was: None,
            now: now.map(str::to_owned),
            reason: mine.and_then(|it| it.reason.clone()),
        }
    }
}

/// The roles that a row gives; a membership that is over gives none.
fn roles(row: &Row) -> RoleSet {
    match row {
        Row::Membership(it) if it.state.is_present() => it.roles,
        Row::Invitation(it) => it.roles,
        Row::Group(it) => it.roles,
        Row::Membership(_)
        | Row::Account(_)
        | Row::AccountAdmin(_)
        | Row::Workspace(_)
        | Row::Role(_)
        | Row::Content(_)
        | Row::Review(_)
        | Row::ReviewLine(_) => RoleSet::NONE,
    }
}

/// What the sentence of this kind tells before and after: a name, a plan, a day, labels.
fn told(kind: Option<EventKind>, row: &Row) -> Option<String> {
    Some(match row {
        Row::Account(it) if kind == Some(EventKind::SchemeChanged) => it.scheme.key().to_owned(),
        Row::Account(it) => it.name.clone(),
        Row::Workspace(it) => match kind {
            Some(EventKind::PlanChanged | EventKind::PlanEnded) => it.plan.key().to_owned(),
            Some(EventKind::WorkspaceLabelled) => labels(&it.labels),
            Some(EventKind::WorkspaceColoured) => {
                it.colour.map_or("", muster_domain::Colour::key).to_owned()
            }
            _ => it.name.clone(),
        },
        Row::Membership(it) => return of_member(kind, it),
        Row::Role(it) => it.name.clone(),
        Row::Content(it) => it.name.clone(),
        Row::Group(it) => it.name.clone(),
        Row::Review(it) => match kind {
            Some(EventKind::ReviewersChanged) => {
                let names: Vec<&str> = it.reviewers.iter().map(|it| it.name.as_str()).collect();
                names.join(", ")
            }
            Some(EventKind::ReviewHandedOut) => it.handed_out.last()?.client.clone(),
            _ => it.name.clone(),
        },
        Row::AccountAdmin(_) | Row::Invitation(_) | Row::ReviewLine(_) => return None,
    })
}

fn of_member(kind: Option<EventKind>, member: &Membership) -> Option<String> {
    match kind {
        Some(EventKind::MemberEndChanged) => member.until.map(|it| it.at.0.to_string()),
        Some(EventKind::MemberLabelled) => Some(labels(&member.labels)),
        Some(EventKind::MemberNoted) => Some(member.note.clone()),
        _ => None,
    }
}

fn labels(labels: &Labels) -> String {
    labels.iter().collect::<Vec<_>>().join(", ")
}
