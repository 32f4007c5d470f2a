//! The answer: everything from one snapshot, so that rows, outcomes, grants and cursors agree.

use std::collections::{BTreeMap, HashMap};

use muster_domain::{
    Account, AccountAdmin, AccountId, AdminReach, Login, Row, Timestamp, ViewClass,
};
use muster_protocol::{
    Cursor, Grant, GrantSet, Have, Outcome, OutcomeStatus, Policy, Say, Stamped, Want,
};

use super::SyncError;
use super::lane::Ending;
use crate::grants::{Granted, Grants};
use crate::store::{Lane, Snapshot, StoreError};

/// The least and the most bytes of rows in one answer, whatever the app asks for.
const BUDGET: std::ops::RangeInclusive<usize> = 16 << 10..=4 << 20;

/// How many changed rows of one account an answer carries; about 5 MB.
const MOST_ROWS: usize = 20_000;

/// The first frame.
pub(super) fn hello(
    store: &dyn Snapshot,
    time: Timestamp,
    policy: Policy,
    login: &Login,
) -> Result<Say, StoreError> {
    let login = store.login(login.id)?.unwrap_or_else(|| login.clone());
    Ok(Say::Hello { epoch: store.epoch()?, time, policy, login })
}

/// Every frame, in order.
pub(super) fn compose(
    store: &dyn Snapshot,
    time: Timestamp,
    login: &Login,
    lane: Lane,
    have: &Have,
    ending: &Ending,
) -> Result<Vec<Say>, SyncError> {
    let mut says = vec![hello(store, time, Policy::Ok, login)?];
    let login = store.login(login.id)?.unwrap_or_else(|| login.clone());
    let grants = Grants::load(store, &login)?;
    let accounts = accounts(store, &grants)?;
    let heads = heads(store, &accounts)?;
    let cursors = usable_cursors(store, have, &heads)?;
    says.push(Say::Accounts { admins: admins(store, &grants, &accounts, &login)?, accounts });
    let known = if cursors.is_some() { have.grants } else { GrantSet::default() };
    if cursors.is_none() || known != grants.set() {
        says.push(Say::Grants { all: grants.iter().map(|granted| granted.grant).collect() });
    }
    let delta = Delta::read(store, &login, &grants, cursors.as_ref(), &heads)?;
    says.splice(1..1, outcomes(store, lane, ending, &delta)?);
    if !delta.rows.is_empty() {
        says.push(Say::Rows { rows: delta.rows });
    }
    let parts = Parts { store, login: &login, heads: &heads };
    let unsent = parts.send(&grants, have, &mut says)?;
    let cursors =
        delta.reached.iter().map(|(account, seq)| Cursor { account: *account, seq: *seq });
    says.push(Say::End { cursors: cursors.collect(), more: unsent || delta.cut == Cut::Yes });
    Ok(says)
}

fn outcomes(
    store: &dyn Snapshot,
    lane: Lane,
    ending: &Ending,
    delta: &Delta,
) -> Result<Vec<Say>, StoreError> {
    // An outcome never comes before the rows that it is about; a cut delta goes on with the
    // next answer, and the outcomes come with its end.
    let come = |it: &Outcome| delta.cut == Cut::No || it.status != OutcomeStatus::Applied;
    let stored = store.outcomes(lane)?.into_iter().map(|stored| stored.outcome).filter(come);
    Ok(match ending {
        Ending::Decided | Ending::Gap => stored.map(Say::Outcome).collect(),
        // The others belong to the device that this one was cloned from.
        Ending::Fork { expected, own } => stored
            .filter(|it| own.contains(&it.n))
            .map(Say::Outcome)
            .chain([Say::Fork { expected: *expected }])
            .collect(),
    })
}

/// The accounts that the login has something in.
fn accounts(store: &dyn Snapshot, grants: &Grants) -> Result<Vec<Account>, StoreError> {
    let mut found: BTreeMap<AccountId, Account> =
        grants.administered().iter().map(|it| (it.id, it.clone())).collect();
    for granted in grants.iter() {
        let id = granted.grant.account;
        if !found.contains_key(&id)
            && let Some(account) = store.account(id)?
        {
            found.insert(id, account);
        }
    }
    Ok(found.into_values().collect())
}

/// R9: admins with reach are shown to those who see the members; one's own row always.
fn admins(
    store: &dyn Snapshot,
    grants: &Grants,
    accounts: &[Account],
    login: &Login,
) -> Result<Vec<AccountAdmin>, StoreError> {
    let mut admins = Vec::new();
    for account in accounts {
        let sees_members = grants.iter().any(|granted| {
            granted.grant.account == account.id && granted.grant.view >= ViewClass::Members
        });
        match account.rules().account_admin_reach {
            AdminReach::All if sees_members => admins.extend(store.admins(account.id)?),
            AdminReach::All | AdminReach::None => {
                admins.extend(store.admin(account.id, login.id)?);
            }
        }
    }
    Ok(admins)
}

fn heads(
    store: &dyn Snapshot,
    accounts: &[Account],
) -> Result<BTreeMap<AccountId, u64>, StoreError> {
    accounts.iter().map(|account| Ok((account.id, store.head(account.id)?))).collect()
}

/// The app's cursors, or `None` if they are of another history and everything starts over
/// (sync.md 4.10).
fn usable_cursors(
    store: &dyn Snapshot,
    have: &Have,
    heads: &BTreeMap<AccountId, u64>,
) -> Result<Option<HashMap<AccountId, u64>>, StoreError> {
    let same_history = have.epoch == Some(store.epoch()?);
    let none_ahead = have
        .cursors
        .iter()
        .all(|cursor| heads.get(&cursor.account).is_none_or(|head| cursor.seq <= *head));
    Ok((same_history && none_ahead)
        .then(|| have.cursors.iter().map(|cursor| (cursor.account, cursor.seq)).collect()))
}

/// Whether a delta had to stop before the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Yes,
    No,
}

/// What changed since the cursors, as far as one answer carries it.
struct Delta {
    rows: Vec<Stamped>,
    reached: BTreeMap<AccountId, u64>,
    cut: Cut,
}

impl Delta {
    /// Every row that changed since the cursors and that the present view shows.
    fn read(
        store: &dyn Snapshot,
        login: &Login,
        grants: &Grants,
        cursors: Option<&HashMap<AccountId, u64>>,
        heads: &BTreeMap<AccountId, u64>,
    ) -> Result<Self, StoreError> {
        let mut delta = Self { rows: Vec::new(), reached: heads.clone(), cut: Cut::No };
        let Some(cursors) = cursors else { return Ok(delta) };
        let mut changed: BTreeMap<AccountId, Vec<Stamped>> = BTreeMap::new();
        for Granted { grant, head_seq } in grants.iter() {
            match cursors.get(&grant.account) {
                Some(seq) if head_seq > seq => {
                    let rows = changed.entry(grant.account).or_default();
                    rows.extend(store.workspace_since(grant.workspace, *seq)?);
                    rows.extend(invitations(store, grant, *seq)?);
                    rows.extend(memberships(store, login, grant, *seq)?);
                }
                // Nothing new, or an account that begins with this answer.
                Some(_) | None => {}
            }
        }
        for (account, rows) in changed {
            delta.add(account, rows, MOST_ROWS);
        }
        Ok(delta)
    }

    /// Adds an account's rows, or the oldest of them; what changed together stays together.
    fn add(&mut self, account: AccountId, mut rows: Vec<Stamped>, most: usize) {
        if rows.len() > most {
            rows.sort_by_key(|it| it.seq);
            let last = rows[most - 1].seq;
            rows.truncate(rows.partition_point(|it| it.seq <= last));
            self.reached.insert(account, last);
            self.cut = Cut::Yes;
        }
        self.rows.extend(rows);
    }
}

fn invitations(store: &dyn Snapshot, grant: &Grant, seq: u64) -> Result<Vec<Stamped>, StoreError> {
    match grant.view {
        ViewClass::Own | ViewClass::Members => Ok(Vec::new()),
        ViewClass::Manage => store.invitations_since(grant.workspace, seq),
    }
}

fn memberships(
    store: &dyn Snapshot,
    login: &Login,
    grant: &Grant,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    match grant.view {
        ViewClass::Own => store.own_memberships_since(grant.workspace, login.id, seq),
        ViewClass::Members | ViewClass::Manage => store.memberships_since(grant.workspace, seq),
    }
}

/// Sends wanted workspaces in parts.
struct Parts<'a> {
    store: &'a dyn Snapshot,
    login: &'a Login,
    heads: &'a BTreeMap<AccountId, u64>,
}

impl Parts<'_> {
    /// Adds chunks until the budget is used; whether something wanted is left.
    fn send(&self, grants: &Grants, have: &Have, says: &mut Vec<Say>) -> Result<bool, StoreError> {
        let asked = usize::try_from(have.budget).unwrap_or(usize::MAX);
        let mut left = asked.clamp(*BUDGET.start(), *BUDGET.end());
        for want in &have.want {
            // What is not granted is not there, and is passed over in silence.
            let Some(granted) = grants.get(want.workspace) else { continue };
            if left == 0 {
                return Ok(true);
            }
            let (rows, last) = self.part(&granted.grant, want, left)?;
            left = left.saturating_sub(rows.iter().map(size).sum());
            says.push(Say::Chunk {
                workspace: want.workspace,
                view: granted.grant.view,
                grant_seq: granted.grant.grant_seq,
                as_of: self.heads.get(&granted.grant.account).copied().unwrap_or_default(),
                rows,
                last,
            });
            if !last {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn part(
        &self,
        grant: &Grant,
        want: &Want,
        budget: usize,
    ) -> Result<(Vec<Stamped>, bool), StoreError> {
        let mut rows = Vec::new();
        if want.after.is_none() {
            rows.extend(self.store.workspace_since(grant.workspace, 0)?);
            rows.extend(invitations(self.store, grant, 0)?);
        }
        match grant.view {
            ViewClass::Own => {
                rows.extend(memberships(self.store, self.login, grant, 0)?);
                Ok((rows, true))
            }
            ViewClass::Members | ViewClass::Manage => {
                let used: usize = rows.iter().map(size).sum();
                let room = budget.saturating_sub(used) / MEMBERSHIP + 1;
                let limit = u32::try_from(room).unwrap_or(u32::MAX);
                let page = self.store.memberships_after(grant.workspace, want.after, limit)?;
                let last = page.len() < room;
                rows.extend(page);
                Ok((rows, last))
            }
        }
    }
}

/// About how many bytes a membership takes on the wire before compression.
const MEMBERSHIP: usize = 240;

fn size(stamped: &Stamped) -> usize {
    match &stamped.row {
        Row::Account(_) | Row::AccountAdmin(_) | Row::Workspace(_) => 200,
        Row::Membership(_) => MEMBERSHIP,
        Row::Invitation(_) => 300,
    }
}

#[cfg(test)]
mod tests {
    use muster_domain::{Plan, Workspace, WorkspaceId, WorkspaceKind, WorkspaceStatus};

    use super::*;

    fn row(seq: u64) -> Stamped {
        let workspace = Workspace {
            id: WorkspaceId::from_bytes([1; 16]),
            account: AccountId::from_bytes([2; 16]),
            kind: WorkspaceKind::Standard,
            name: "W".to_owned(),
            plan: Plan::Basic,
            status: WorkspaceStatus::Active,
            created: Timestamp(0),
        };
        Stamped { seq, row: Row::Workspace(workspace) }
    }

    fn cut(seqs: &[u64], most: usize) -> (Vec<u64>, u64, Cut) {
        let account = AccountId::from_bytes([2; 16]);
        let mut delta = Delta { rows: Vec::new(), reached: [(account, 99)].into(), cut: Cut::No };
        delta.add(account, seqs.iter().copied().map(row).collect(), most);
        let seqs = delta.rows.iter().map(|it| it.seq).collect();
        (seqs, delta.reached[&account], delta.cut)
    }

    #[test]
    fn a_large_delta_is_cut_between_changes_and_never_within_one() {
        assert_eq!(cut(&[5, 3, 4], 3), (vec![5, 3, 4], 99, Cut::No));
        assert_eq!(cut(&[5, 3, 4], 2), (vec![3, 4], 4, Cut::Yes));
        assert_eq!(cut(&[5, 3, 4, 4, 4], 2), (vec![3, 4, 4, 4], 4, Cut::Yes));
    }
}
