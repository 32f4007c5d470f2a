//! Windows over the workspaces: the switcher's and the Workspaces page's list.

use std::collections::HashMap;

use muster_domain::{Account, AccountId, LoginId, Row, WorkspaceId};

use crate::error::CacheError;
use crate::fold::{BY_SLIP, fold, rank, words};
use crate::mirror::Mirror;
use crate::row::{Key, Kind, tally_labels};
use crate::types::{
    Choices, PendingCounts, WorkspaceEntry, WorkspaceOrder, WorkspaceQuery, WorkspaceWindow,
};
use crate::workspaces::Fitting;
use crate::{accounts, choices, grants, members, outbox, overlay, workspaces};

/// What the entries of one page have in common, read once.
struct Shared {
    me: LoginId,
    accounts: HashMap<AccountId, (Account, bool)>,
    pending: HashMap<WorkspaceId, PendingCounts>,
    choices: Choices,
}

/// From this many on, those opened last stand before the others (ui.md 4.1).
const GROUPED_FROM: u32 = 10;

/// The workspaces that stand before the others.
#[derive(Default)]
struct Front {
    ids: Vec<WorkspaceId>,
    pinned: u32,
    recent: u32,
}

impl Mirror<'_> {
    /// The workspaces: best match first, then in the order asked for.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn workspaces(&self, query: &WorkspaceQuery) -> Result<WorkspaceWindow, CacheError> {
        let total = workspaces::count(self.db())?;
        let shared = self.shared()?;
        let fitting = Fitting::new(&query.filter, &shared.choices.hidden);
        let mut front = Front::default();
        let (matched, page) = if query.text.trim().is_empty() {
            let matched = if query.filter.is_all() { total } else { fitting.count(self.db())? };
            front = self.front(query.order, &fitting, matched, &shared.choices)?;
            (matched, self.page(query, &front, &fitting)?)
        } else {
            let all = self.ranked(&query.text, &fitting, &shared)?;
            let matched = u32::try_from(all.len()).unwrap_or(u32::MAX);
            let page = all.into_iter().skip(query.offset as usize).take(query.limit as usize);
            (matched, page.collect())
        };
        let rows = page
            .into_iter()
            .filter_map(|id| self.entry(id, &shared).transpose())
            .collect::<Result<_, _>>()?;
        Ok(WorkspaceWindow { total, matched, pinned: front.pinned, recent: front.recent, rows })
    }

    /// What stands before the others: pinned ones in their order, then those opened last. The
    /// one that is open now is left out of the latter, for nobody goes back to where they are.
    fn front(
        &self,
        order: WorkspaceOrder,
        fitting: &Fitting,
        matched: u32,
        choices: &Choices,
    ) -> Result<Front, CacheError> {
        let mut front = Front::default();
        if order == WorkspaceOrder::Name {
            return Ok(front);
        }
        for id in &choices.pinned {
            if fitting.holds(self.db(), *id)? {
                front.ids.push(*id);
                front.pinned += 1;
            }
        }
        if matched < GROUPED_FROM {
            return Ok(front);
        }
        for id in choices.recent.iter().skip(1) {
            if front.recent as usize == choices::RECENT {
                break;
            }
            if !front.ids.contains(id) && fitting.holds(self.db(), *id)? {
                front.ids.push(*id);
                front.recent += 1;
            }
        }
        Ok(front)
    }

    fn page(
        &self,
        query: &WorkspaceQuery,
        front: &Front,
        fitting: &Fitting,
    ) -> Result<Vec<WorkspaceId>, CacheError> {
        let (offset, limit) = (query.offset as usize, query.limit as usize);
        let mut page: Vec<WorkspaceId> =
            front.ids.iter().copied().skip(offset).take(limit).collect();
        let before = u32::try_from(front.ids.len()).unwrap_or(u32::MAX);
        let left = query.limit.saturating_sub(u32::try_from(page.len()).unwrap_or(u32::MAX));
        let rest = fitting.without(&front.ids);
        page.extend(rest.page(self.db(), query.offset.saturating_sub(before), left)?);
        Ok(page)
    }

    /// One workspace.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn workspace_entry(&self, id: WorkspaceId) -> Result<Option<WorkspaceEntry>, CacheError> {
        self.entry(id, &self.shared()?)
    }

    fn shared(&self) -> Result<Shared, CacheError> {
        let me = self.me()?.id;
        let mut known = HashMap::new();
        for account in accounts::all(self.db())? {
            let (is_admin, _) = accounts::admin_state(self.db(), account.id, me)?;
            known.insert(account.id, (account, is_admin));
        }
        let pending = self.outbox(outbox::counts_by_workspace)?;
        Ok(Shared { me, accounts: known, pending, choices: self.outbox(choices::all)? })
    }

    /// What the person chose for this device, as far as the workspaces are still there.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn choices(&self) -> Result<Choices, CacheError> {
        let mut choices = self.outbox(choices::all)?;
        let mut here = HashMap::new();
        for id in choices.pinned.iter().chain(&choices.recent).chain(&choices.hidden) {
            here.insert(*id, workspaces::get(self.db(), &id.to_bytes())?.is_some());
        }
        let is_here = |id: &WorkspaceId| here.get(id).copied().unwrap_or(false);
        choices.pinned.retain(is_here);
        choices.recent.retain(is_here);
        choices.recent.truncate(choices::RECENT);
        choices.hidden.retain(is_here);
        Ok(choices)
    }

    /// The labels of workspaces that are in use, each with how many have it.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn workspace_labels(&self) -> Result<Vec<(String, u32)>, CacheError> {
        Ok(tally_labels(&workspaces::label_columns(self.db())?))
    }

    fn ranked(
        &self,
        text: &str,
        fitting: &Fitting,
        shared: &Shared,
    ) -> Result<Vec<WorkspaceId>, CacheError> {
        let query = fold(text);
        let words = words(text);
        let account_names: HashMap<[u8; 16], String> = shared
            .accounts
            .iter()
            .map(|(id, (account, _))| (id.to_bytes(), fold(&account.name)))
            .collect();
        let pinned = &shared.choices.pinned;
        let place = |id| pinned.iter().position(|it| *it == id).unwrap_or(usize::MAX);
        let mut found: Vec<((u8, usize), WorkspaceId)> = fitting
            .names(self.db())?
            .into_iter()
            .filter_map(|(id, account, name, labels)| {
                let mut more = fold(&labels);
                // Between two words that are not one.
                more.push(' ');
                more.push_str(account_names.get(&account).map_or("", String::as_str));
                rank(&query, &words, &name, &more).map(|rank| ((rank, place(id)), id))
            })
            .collect();
        // Slips are forgiven where nothing else is found.
        if found.iter().any(|((rank, _), _)| *rank < BY_SLIP) {
            found.retain(|((rank, _), _)| *rank < BY_SLIP);
        }
        // They come by name, and the sort is stable; pinned ones win ties.
        found.sort_by_key(|(rank, _)| *rank);
        Ok(found.into_iter().map(|(_, id)| id).collect())
    }

    fn entry(
        &self,
        id: WorkspaceId,
        shared: &Shared,
    ) -> Result<Option<WorkspaceEntry>, CacheError> {
        let found = workspaces::get(self.db(), &id.to_bytes())?;
        let Some((workspace, _)) = found else { return Ok(None) };
        // Rows come with their account in one answer; without it there is nothing to show.
        let Some((account, account_admin)) = shared.accounts.get(&workspace.account) else {
            return Ok(None);
        };
        let key = Key { kind: Kind::Workspace, id: id.to_bytes().to_vec() };
        let confirmed = match overlay::find(self.db(), &key)?.and_then(|shadow| shadow.before) {
            Some(Row::Workspace(before)) => Some(before),
            _ => None,
        };
        let held = grants::get(self.db(), id)?;
        let counted = held.as_ref().filter(|held| held.has_members());
        let pending = shared.pending.get(&id).copied().unwrap_or_default();
        Ok(Some(WorkspaceEntry {
            confirmed,
            account: account.clone(),
            my_membership: members::present(self.db(), id, shared.me)?,
            account_admin: *account_admin,
            view: held.as_ref().map(|held| held.grant.view),
            whole: held.as_ref().is_some_and(grants::Held::is_whole),
            people: counted.map(|held| held.counts.active + held.counts.suspended),
            owners: counted.map(|held| held.owners),
            not_sent: pending.not_sent,
            refused: pending.refused,
            needs_you: pending.needs_you,
            same_name: workspaces::has_namesake(self.db(), &workspace.name)?,
            hidden: shared.choices.hidden.contains(&id),
            pinned: shared
                .choices
                .pinned
                .iter()
                .position(|it| *it == id)
                .and_then(|at| u32::try_from(at).ok()),
            workspace,
        }))
    }
}
