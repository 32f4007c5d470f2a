//! The Roles page: who holds what, who may give what, and the workspace's own roles (ui.md 5.7).

use muster_cache::{MemberWindowQuery, RoleHolders, WorkspaceEntry};
use muster_domain::{
    Command, OwnRole, Part, Permission, PermissionSet, RefusalCode, RoleId, RoleSet, Scheme,
    SchemeId, View, WorkspaceId, facts::own_of,
};

use crate::app::App;
use crate::members::rows;
use crate::place::trial_invitation;
use crate::random;
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, MemberRow, PermissionChoice, RoleColumn, RolesPage, Verdict,
};

/// How many holders of a role are listed.
const HOLDERS: u32 = 500;

impl App {
    /// The Roles page of a workspace.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn roles_page(&self, workspace: WorkspaceId) -> Result<RolesPage, Failure> {
        self.with_bench(move |bench| page(bench, workspace)).await
    }

    /// Who holds a role, by name, at most 500.
    ///
    /// # Errors
    /// [`FailureCode::BadRequest`] for a key that names no role.
    pub async fn role_holders(
        &self,
        workspace: WorkspaceId,
        role: String,
    ) -> Result<Vec<MemberRow>, Failure> {
        self.with_bench(move |bench| holders(bench, workspace, &role)).await
    }
}

/// Who holds a role.
pub(crate) fn holders(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    role: &str,
) -> Result<Vec<MemberRow>, Failure> {
    let roles = RoleSet::from_key(role).ok_or_else(|| Failure::new(FailureCode::BadRequest))?;
    let query = MemberWindowQuery { roles, ..MemberWindowQuery::of(workspace, HOLDERS) };
    rows(bench, bench.cache.members(&query)?.rows)
}

/// The Roles page.
pub(crate) fn page(bench: &Bench<'_>, workspace: WorkspaceId) -> Result<RolesPage, Failure> {
    let entry = bench.place(workspace)?;
    let held = bench.facts(workspace)?.permissions();
    let counts = if View::of(held).has(Part::Members) {
        Some(bench.cache.role_holders(workspace)?)
    } else {
        None
    };
    let rules = entry.account.rules();
    let own_roles = bench.own_roles(workspace)?;
    let table = Table { bench, entry: &entry, counts };
    let mut columns = Vec::new();
    for role in rules.roles {
        columns.push(table.built_in(RoleSet::of(&[*role]), role.permissions())?);
    }
    for role in &own_roles {
        columns.push(table.own(role)?);
    }
    Ok(RolesPage {
        scheme: entry.account.scheme,
        columns,
        other: other(entry.account.scheme).roles.iter().map(|role| compared(*role)).collect(),
        define: define(bench, workspace, rules, PermissionSet::NONE)?,
        choices: choices(bench, workspace, rules)?,
    })
}

const fn other(scheme: SchemeId) -> &'static Scheme {
    match scheme {
        SchemeId::Managed => SchemeId::OwnerLed.scheme(),
        SchemeId::OwnerLed => SchemeId::Managed.scheme(),
    }
}

/// A role of the other scheme: only what it gives is of interest here.
fn compared(role: muster_domain::Role) -> RoleColumn {
    RoleColumn {
        key: role.key().to_owned(),
        id: None,
        name: None,
        permissions: role.permissions().iter().collect(),
        people: None,
        give: Verdict::Hidden,
        givers: Vec::new(),
        change: Verdict::Hidden,
        delete: Verdict::Hidden,
    }
}

/// Defining a role that gives these permissions (R5).
fn define(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    rules: &Scheme,
    permissions: PermissionSet,
) -> Result<Verdict, Failure> {
    if !rules.own_roles {
        return Ok(Verdict::Hidden);
    }
    let (role, title) = (RoleId::from_bytes(random::id()?), "…".to_owned());
    bench.verdict(&Command::DefineRole { workspace, role, title, permissions })
}

/// What a new role could give, permission by permission: those I lack have their reason.
fn choices(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    rules: &Scheme,
) -> Result<Vec<PermissionChoice>, Failure> {
    if !rules.own_roles {
        return Ok(Vec::new());
    }
    let choice = |permission: &Permission| {
        let verdict = define(bench, workspace, rules, PermissionSet::of(&[*permission]))?;
        Ok(PermissionChoice { permission: *permission, verdict })
    };
    Permission::ALL.iter().map(choice).collect()
}

/// The columns of one workspace.
struct Table<'a> {
    bench: &'a Bench<'a>,
    entry: &'a WorkspaceEntry,
    counts: Option<RoleHolders>,
}

impl Table<'_> {
    fn built_in(&self, role: RoleSet, gives: PermissionSet) -> Result<RoleColumn, Failure> {
        Ok(RoleColumn {
            key: role.keys().collect(),
            id: None,
            name: None,
            permissions: gives.iter().collect(),
            people: self.counts.as_ref().map(|counts| counts.count(role)),
            give: self.give(role)?,
            givers: self.givers(role, gives)?,
            change: Verdict::Hidden,
            delete: Verdict::Hidden,
        })
    }

    fn own(&self, role: &OwnRole) -> Result<RoleColumn, Failure> {
        let set = RoleSet::own(role.slot);
        Ok(RoleColumn {
            id: Some(role.id),
            name: Some(role.name.clone()),
            change: self.change(role)?,
            delete: self.delete(role)?,
            ..self.built_in(set, role.permissions)?
        })
    }

    /// Whether I may give the role, seats and connection apart: those are no matter of it.
    fn give(&self, role: RoleSet) -> Result<Verdict, Failure> {
        let verdict = self.bench.verdict(&trial_invitation(self.entry.workspace.id, role)?)?;
        Ok(match verdict {
            Verdict::Refused { reason } if reason.code == RefusalCode::NoSeat => Verdict::Allowed,
            Verdict::NeedsConnection { .. } | Verdict::Unknown => Verdict::Allowed,
            other => other,
        })
    }

    /// R2: whoever manages members and has everything that the role gives; R4 for owners.
    fn givers(&self, role: RoleSet, gives: PermissionSet) -> Result<Vec<String>, Failure> {
        let Some(counts) = &self.counts else { return Ok(Vec::new()) };
        let own = own_of(&self.bench.own_roles(self.entry.workspace.id)?);
        let rules = self.entry.account.rules();
        let mut needed = gives.union(PermissionSet::of(&[Permission::MemberManage]));
        if rules.is_owner_class(role) {
            needed = needed.union(PermissionSet::of(&[Permission::OwnerAssign]));
        }
        let sets = counts.sets.iter().map(|(set, _)| *set);
        let able = sets.filter(|set| needed.is_subset(set.permissions(&own)));
        self.bench.who_holds(
            self.entry.workspace.id,
            &self.entry.account,
            &able.collect::<Vec<_>>(),
        )
    }

    /// Changing it to what it is under another name.
    fn change(&self, role: &OwnRole) -> Result<Verdict, Failure> {
        let title = if role.name == "…" { "…." } else { "…" }.to_owned();
        self.bench.verdict(&Command::ChangeRole {
            workspace: self.entry.workspace.id,
            role: role.id,
            was: role.permissions,
            title,
            permissions: role.permissions,
        })
    }

    /// Deleting it, with the narrowest built-in role in its place.
    fn delete(&self, role: &OwnRole) -> Result<Verdict, Failure> {
        let narrowest = self.entry.account.rules().roles.last().copied();
        self.bench.verdict(&Command::DeleteRole {
            workspace: self.entry.workspace.id,
            role: role.id,
            holders: Vec::new(),
            others: RoleSet::of(narrowest.as_slice()),
        })
    }
}
