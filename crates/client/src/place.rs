//! The open workspace: what is in it for me, and what I may do with it.

use muster_cache::WorkspaceEntry;
use muster_domain::{
    AccountId, Address, Command, Facts, InvitationId, Known, Labels, Lookup as _, OwnRole, Part,
    Permission, Plan, RoleSet, View, WorkspaceId,
};

use crate::app::App;
use crate::contents;
use crate::random;
use crate::roles::trial_reason;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, OwnRoleView, Verdict, WorkspaceView};
use crate::workspaces::row;

impl App {
    /// The open workspace.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for one that is not there or not visible.
    pub async fn workspace(&self, id: WorkspaceId) -> Result<WorkspaceView, Failure> {
        self.with_bench(move |bench| view(bench, id)).await
    }
}

/// The open workspace.
pub(crate) fn view(bench: &Bench<'_>, id: WorkspaceId) -> Result<WorkspaceView, Failure> {
    let entry = bench.place(id)?;
    let facts = bench.facts(id)?;
    let permissions = facts.permissions();
    let seen = View::of(permissions);
    let sees_invitations = seen.has(Part::Invitations);
    let name = entry.workspace.name.clone();
    let other = if name == "…" { "…." } else { "…" };
    let rename = Command::RenameWorkspace { workspace: id, was: name, title: other.to_owned() };
    let delete = Command::DeleteWorkspace { workspace: id, reason: trial_reason() };
    Ok(WorkspaceView {
        permissions: permissions.iter().collect(),
        reasoned: reasoned(&facts),
        sees_members: seen.has(Part::Members),
        sees_invitations,
        rename: bench.verdict(&rename)?,
        delete: bench.verdict(&delete)?,
        leave: leave(bench, &entry, id)?,
        invite: invite(bench, &entry, id)?,
        invitations: if sees_invitations {
            Some(bench.cache.invitations(id, 0, 0)?.0)
        } else {
            None
        },
        seats_free: seats_free(bench, &entry, permissions.has(Permission::MemberManage))?,
        own_roles: bench.own_roles(id)?.into_iter().map(own_role).collect(),
        contents: contents::counts(bench, &entry, permissions)?,
        label: bench.verdict(&relabel(&entry)?)?,
        billing: bench.verdict(&replan(&entry))?,
        offer: offer(bench, &entry)?,
        billing_names: bench.who_has(id, &entry.account, Permission::BillingManage)?,
        member_labels: if seen.has(Part::Members) {
            bench.cache.labels_in_use(id)?.into_iter().map(|(label, _)| label).collect()
        } else {
            Vec::new()
        },
        row: row(bench, entry)?,
    })
}

/// A role of the workspace's own, as names are looked up by.
pub(crate) fn own_role(role: OwnRole) -> OwnRoleView {
    OwnRoleView {
        id: role.id,
        key: RoleSet::own(role.slot).keys().collect(),
        name: role.name,
        permissions: role.permissions.iter().collect(),
    }
}

/// What only reach allows me, where that needs a reason (E-36).
fn reasoned(facts: &Facts) -> Vec<Permission> {
    if !facts.account.as_ref().is_some_and(|account| account.reason_required) {
        return Vec::new();
    }
    facts.permissions().without(facts.actor.by_roles()).iter().collect()
}

/// Leaving is absent for somebody who is here only as Account Admin.
fn leave(bench: &Bench<'_>, entry: &WorkspaceEntry, id: WorkspaceId) -> Result<Verdict, Failure> {
    if entry.my_membership.is_none() {
        return Ok(Verdict::Hidden);
    }
    bench.verdict(&Command::LeaveWorkspace { workspace: id })
}

/// Inviting is possible if the narrowest role can be given to an address nobody has.
fn invite(bench: &Bench<'_>, entry: &WorkspaceEntry, id: WorkspaceId) -> Result<Verdict, Failure> {
    let narrowest = entry.account.rules().roles.last().copied();
    let roles = RoleSet::of(narrowest.as_slice());
    bench.verdict(&trial_invitation(id, roles)?)
}

/// An invitation that is never sent: its address belongs to nobody.
pub(crate) fn trial_invitation(workspace: WorkspaceId, roles: RoleSet) -> Result<Command, Failure> {
    let address = Address::parse("nobody@nobody.invalid").expect("a constant address is one");
    let invitation = InvitationId::from_bytes(random::id()?);
    let (person, message) = (None, None);
    Ok(Command::CreateInvitation { workspace, invitation, address, person, roles, message })
}

/// Labels that differ from those it has.
fn relabel(entry: &WorkspaceEntry) -> Result<Command, Failure> {
    let was = entry.workspace.labels.clone();
    let labels = if was.is_empty() { vec!["…"] } else { Vec::new() };
    let labels = Labels::clean(labels).map_err(|_| Failure::new(FailureCode::BadRequest))?;
    Ok(Command::SetWorkspaceLabels { workspace: entry.workspace.id, was, labels })
}

/// The other plan.
fn replan(entry: &WorkspaceEntry) -> Command {
    let plan = match entry.workspace.plan {
        Plan::Basic => Plan::Pro,
        Plan::Pro => Plan::Basic,
    };
    Command::SetPlan { workspace: entry.workspace.id, plan }
}

/// Offering to an account that only the server can know (E-59).
fn offer(bench: &Bench<'_>, entry: &WorkspaceEntry) -> Result<Verdict, Failure> {
    if !entry.account_admin {
        return Ok(Verdict::Hidden);
    }
    let nobody = AccountId::from_bytes([0; 16]);
    let command = Command::OfferWorkspace { workspace: entry.workspace.id, to: nobody };
    Ok(match bench.verdict(&command)? {
        // That this account is not known here is no matter of whether one can be asked.
        Verdict::Unknown => Verdict::Allowed,
        other => other,
    })
}

fn seats_free(
    bench: &Bench<'_>,
    entry: &WorkspaceEntry,
    may_see: bool,
) -> Result<Option<u32>, Failure> {
    let (true, Some(seats)) = (may_see, entry.workspace.plan.seats()) else { return Ok(None) };
    let id = entry.workspace.id;
    let taken = bench.cache.read(|mirror| mirror.seats_taken(id, bench.now))?;
    Ok(match taken {
        Known::Known(taken) => Some(seats.saturating_sub(taken)),
        Known::Unknown => None,
    })
}
