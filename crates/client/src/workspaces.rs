//! The switcher, the Workspaces page and the open workspace.

use muster_cache::{Cache, WorkspaceEntry, WorkspaceQuery};
use muster_domain::{
    Address, Command, InvitationId, Known, Lookup as _, Permission, RoleSet, ViewClass, WorkspaceId,
};

use crate::app::App;
use crate::badge;
use crate::clock;
use crate::random;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Verdict, WorkspacePage, WorkspaceRow, WorkspaceView};

/// The most rows in one answer (ui.md 11).
pub(crate) const PAGE: u32 = 128;

impl App {
    /// A page of the workspaces that match the text.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn workspaces(
        &self,
        text: String,
        offset: u32,
        limit: u32,
    ) -> Result<WorkspacePage, Failure> {
        self.with_cache(move |cache, _| {
            let query = WorkspaceQuery { text, offset, limit: limit.min(PAGE) };
            let window = cache.workspaces(&query)?;
            Ok(WorkspacePage {
                total: window.total,
                matched: window.matched,
                rows: window.rows.into_iter().map(row).collect(),
            })
        })
        .await
    }

    /// The open workspace.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for one that is not there or not visible.
    pub async fn workspace(&self, id: WorkspaceId) -> Result<WorkspaceView, Failure> {
        self.with_cache(move |cache, link| view(&Bench { cache, link }, id)).await
    }

    /// Remembers the workspace as the one that is open, and fetches it first.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be written.
    pub async fn workspace_opened(&self, id: WorkspaceId) -> Result<(), Failure> {
        self.with_cache(move |cache, _| Ok(cache.prefer(id)?)).await
    }
}

/// One workspace in a list.
pub(crate) fn row(entry: WorkspaceEntry) -> WorkspaceRow {
    let WorkspaceEntry { workspace, confirmed, account, .. } = entry;
    let was = confirmed.map(|it| it.name).filter(|name| *name != workspace.name);
    let mine = entry.my_membership.filter(|it| it.state == muster_domain::MemberState::Active);
    let reach = account.rules().account_admin_reach == muster_domain::AdminReach::All;
    WorkspaceRow {
        id: workspace.id,
        letters: badge::letters(&workspace.name),
        colour: badge::colour(workspace.id.to_bytes()),
        name: workspace.name,
        was,
        account: account.id.to_string(),
        account_name: account.name,
        same_name: entry.same_name,
        scheme: account.scheme,
        kind: workspace.kind,
        plan: workspace.plan,
        my_roles: mine.map_or(RoleSet::NONE, |it| it.roles),
        account_admin: entry.account_admin && reach,
        people: entry.people,
        owners: entry.owners,
        not_sent: entry.not_sent,
        refused: entry.refused,
        loaded: entry.whole,
    }
}

fn view(bench: &Bench<'_>, id: WorkspaceId) -> Result<WorkspaceView, Failure> {
    let entry = bench.cache.workspace(id)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let facts = bench.facts(id)?;
    let permissions = facts.permissions();
    let class = ViewClass::of(permissions);
    let name = entry.workspace.name.clone();
    let other = if name == "…" { "…." } else { "…" };
    let rename = Command::RenameWorkspace { workspace: id, was: name, title: other.to_owned() };
    Ok(WorkspaceView {
        permissions: permissions.iter().collect(),
        sees_members: class >= ViewClass::Members,
        sees_invitations: class == ViewClass::Manage,
        rename: bench.verdict(&rename)?,
        delete: bench.verdict(&Command::DeleteWorkspace { workspace: id })?,
        leave: leave(bench, &entry, id)?,
        invite: invite(bench, &entry, id)?,
        invitations: match class {
            ViewClass::Manage => Some(bench.cache.invitations(id, 0, 0)?.0),
            ViewClass::Own | ViewClass::Members => None,
        },
        seats_free: seats_free(bench.cache, &entry, permissions.has(Permission::MemberManage))?,
        row: row(entry),
    })
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
    Ok(Command::CreateInvitation { workspace, invitation, address, person: None, roles })
}

fn seats_free(
    cache: &Cache,
    entry: &WorkspaceEntry,
    may_see: bool,
) -> Result<Option<u32>, Failure> {
    let (true, Some(seats)) = (may_see, entry.workspace.plan.seats()) else { return Ok(None) };
    let id = entry.workspace.id;
    let taken = cache.read(|mirror| mirror.seats_taken(id, clock::now()))?;
    Ok(match taken {
        Known::Known(taken) => Some(seats.saturating_sub(taken)),
        Known::Unknown => None,
    })
}
