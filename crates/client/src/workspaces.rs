//! The switcher and the Workspaces page: lists of workspaces, and what is chosen for this device.

use muster_cache::{
    HiddenOnes, Tick, WorkspaceEntry, WorkspaceFilter as CacheFilter, WorkspaceOrder,
    WorkspaceQuery,
};
use muster_domain::{AdminReach, MemberState, Plan, RoleSet, WorkspaceId};

use crate::app::App;
use crate::badge;
use crate::verdict::Bench;
use crate::view::{Failure, PlanView, WorkspaceFilter, WorkspacePage, WorkspaceRow};

/// The most rows in one answer (ui.md 11).
pub(crate) const PAGE: u32 = 128;

impl App {
    /// A page of the workspaces that fit.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn workspaces(
        &self,
        filter: WorkspaceFilter,
        offset: u32,
        limit: u32,
    ) -> Result<WorkspacePage, Failure> {
        self.with_bench(move |bench| page(bench, filter, offset, limit)).await
    }

    /// Remembers the workspace as the one that is open, and fetches it first.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be written.
    pub async fn workspace_opened(&self, id: WorkspaceId) -> Result<(), Failure> {
        self.with_bench(move |bench| Ok(bench.cache.prefer(id)?)).await
    }

    /// Leaves a workspace out of the switcher of this device, or takes it in again (E-19).
    ///
    /// # Errors
    /// [`Failure`] when the choice cannot be kept.
    pub async fn set_hidden(&self, workspace: WorkspaceId, hidden: Hidden) -> Result<(), Failure> {
        let tick = match hidden {
            Hidden::LeftOut => Tick::On,
            Hidden::Shown => Tick::Off,
        };
        self.with_bench(move |bench| Ok(bench.cache.set_hidden(workspace, tick)?)).await?;
        self.changed(muster_cache::Change { workspaces: true, ..Default::default() });
        Ok(())
    }

    /// Pins these workspaces on this device, in this order, and no others.
    ///
    /// # Errors
    /// [`Failure`] when the choice cannot be kept.
    pub async fn set_pinned(&self, workspaces: Vec<WorkspaceId>) -> Result<(), Failure> {
        self.with_bench(move |bench| Ok(bench.cache.set_pinned(&workspaces)?)).await?;
        self.changed(muster_cache::Change { workspaces: true, ..Default::default() });
        Ok(())
    }

    /// Labels of workspaces that are in use (V-12).
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn labels(&self) -> Result<Vec<String>, Failure> {
        self.with_bench(|bench| {
            Ok(bench.cache.workspace_labels()?.into_iter().map(|(label, _)| label).collect())
        })
        .await
    }

    /// What each plan gives, to compare (V-10, V-47).
    pub fn plans(&self) -> Vec<PlanView> {
        plans()
    }
}

/// Whether the switcher of this device has a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// It leaves it out.
    LeftOut,
    /// It has it.
    Shown,
}

/// What each plan gives.
pub(crate) fn plans() -> Vec<PlanView> {
    let view = |plan: &Plan| {
        let limits = plan.limits();
        PlanView {
            plan: *plan,
            seats: limits.seats,
            agents: limits.agents,
            knowledge: limits.knowledge,
            own_roles: limits.own_roles,
        }
    };
    Plan::ALL.iter().map(view).collect()
}

/// A page of the workspaces that fit.
pub(crate) fn page(
    bench: &Bench<'_>,
    filter: WorkspaceFilter,
    offset: u32,
    limit: u32,
) -> Result<WorkspacePage, Failure> {
    let query = query(filter, offset, limit.min(PAGE));
    let window = bench.cache.workspaces(&query)?;
    Ok(WorkspacePage {
        total: window.total,
        matched: window.matched,
        pinned: window.pinned,
        recent: window.recent,
        rows: window.rows.into_iter().map(|it| row(bench, it)).collect::<Result<_, _>>()?,
    })
}

/// A filter of the window as a question to the copy.
pub(crate) fn query(filter: WorkspaceFilter, offset: u32, limit: u32) -> WorkspaceQuery {
    WorkspaceQuery {
        text: filter.text,
        filter: CacheFilter {
            account: filter.account,
            label: filter.label,
            plan: filter.plan,
            one_owner: filter.one_owner,
            hidden: if filter.hidden { HiddenOnes::Listed } else { HiddenOnes::LeftOut },
        },
        order: if filter.switcher { WorkspaceOrder::Switcher } else { WorkspaceOrder::Name },
        offset,
        limit,
    }
}

/// One workspace in a list.
pub(crate) fn row(bench: &Bench<'_>, entry: WorkspaceEntry) -> Result<WorkspaceRow, Failure> {
    let WorkspaceEntry { workspace, confirmed, account, .. } = entry;
    let was = confirmed.map(|it| it.name).filter(|name| *name != workspace.name);
    let mine = entry.my_membership.filter(|it| it.state == MemberState::Active);
    let reach = account.rules().account_admin_reach == AdminReach::All;
    let seats = workspace.plan.seats();
    let over = entry.people.zip(seats).map_or(0, |(people, seats)| people.saturating_sub(seats));
    let offered_to_name = match &workspace.offer {
        Some(offer) => bench.account_name(offer.to)?,
        None => None,
    };
    Ok(WorkspaceRow {
        id: workspace.id,
        letters: badge::letters(&workspace.name),
        colour: badge::colour(&workspace),
        name: workspace.name,
        was,
        account: account.id.to_string(),
        account_name: account.name,
        same_name: entry.same_name,
        scheme: account.scheme,
        kind: workspace.kind,
        plan: workspace.plan,
        my_roles: mine.as_ref().map_or(RoleSet::NONE, |it| it.roles),
        account_admin: entry.account_admin && reach,
        people: entry.people,
        owners: entry.owners,
        not_sent: entry.not_sent,
        refused: entry.refused,
        needs_you: entry.needs_you,
        loaded: entry.whole,
        locked: bench.cache.is_locked(account.id),
        labels: workspace.labels,
        plan_ended: workspace.plan_ended.is_some(),
        over,
        hidden: entry.hidden,
        pinned: entry.pinned.map(|place| place.saturating_add(1)),
        offered_to: workspace.offer.map(|it| it.to),
        offered_to_name,
        ends: mine.and_then(|it| it.until).map(|end| end.at),
    })
}
