//! The answer: everything from one snapshot, so that rows, outcomes, grants and cursors agree.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use muster_domain::{AccountId, Login, Part, Timestamp, View};
use muster_protocol::{
    Cursor, Grant, GrantSet, Have, Outcome, OutcomeStatus, Policy, Say, Stamped,
};

use super::SyncError;
use super::accounts::Rights;
use super::gone;
use super::lane::Ending;
use super::log::Logs;
use super::parts::{Parts, Rest, size};
use crate::grants::{Granted, Grants};
use crate::store::{Lane, Snapshot, StoreError};

/// How many changed rows of one account an answer carries.
const MOST_ROWS: usize = 20_000;

/// About how many bytes of changed rows of one account an answer carries.
const MOST_BYTES: usize = 8 << 20;

/// How many changed records of one workspace are read at a time.
const RECORDS: u32 = 1_000;

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
    let policy = match ending {
        Ending::Decided | Ending::Fork { .. } => Policy::Ok,
        Ending::Unwritable => Policy::NotNow,
    };
    let mut says = vec![hello(store, time, policy, login)?];
    let login = store.login(login.id)?.unwrap_or_else(|| login.clone());
    let grants = Grants::load(store, &login, time)?;
    let accounts = Rights { store, grants: &grants, login: &login, now: time }.accounts()?;
    let heads = heads(store, &grants)?;
    let cursors = usable_cursors(store, have, &heads)?;
    says.push(Say::Accounts(accounts));
    let known = if cursors.is_some() { have.grants } else { GrantSet::default() };
    if cursors.is_none() || known != grants.set() {
        says.push(Say::Grants { all: grants.iter().map(|granted| granted.grant).collect() });
    }
    if let Some(cursors) = cursors.as_ref().filter(|_| known != grants.set()) {
        let all = gone::since(store, &login, &grants, cursors)?;
        if !all.is_empty() {
            says.push(Say::Gone { all });
        }
    }
    let delta = Delta::read(store, &login, &grants, cursors.as_ref(), &heads)?;
    says.splice(1..1, outcomes(store, lane, ending, &delta)?);
    if !delta.rows.is_empty() {
        says.push(Say::Rows { rows: delta.rows });
    }
    says.extend(resets(store, &grants, cursors.as_ref())?);
    let parts = Parts { store, login: &login, heads: &heads };
    let unsent = match parts.send(&grants, have, &mut says)? {
        Rest::Unsent => true,
        // Places of another history mean nothing in this one.
        Rest::Room(_) if have.epoch != Some(store.epoch()?) => false,
        Rest::Room(left) => {
            let logs = Logs { store, login: &login, grants: &grants, heads: &heads };
            logs.send(&have.logs, left, &mut says)?
        }
    };
    let cursors =
        delta.reached.iter().map(|(account, seq)| Cursor { account: *account, seq: *seq });
    says.push(Say::End { cursors: cursors.collect(), more: unsent || delta.cut == Cut::Yes });
    Ok(says)
}

/// Workspaces of which the cursors may have missed a deletion that is forgotten by now.
fn resets(
    store: &dyn Snapshot,
    grants: &Grants,
    cursors: Option<&HashMap<AccountId, u64>>,
) -> Result<Vec<Say>, StoreError> {
    let cursors: BTreeMap<_, _> = cursors.into_iter().flatten().collect();
    let mut resets = Vec::new();
    for (account, seq) in cursors {
        for workspace in store.forgotten_since(*account, *seq)? {
            if let Some(granted) = grants.get(workspace) {
                let records = store.records(workspace, granted.grant.view)?;
                resets.push(Say::Reset { workspace, records });
            }
        }
    }
    Ok(resets)
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
        Ending::Decided => stored.map(Say::Outcome).collect(),
        // Nobody looked whether the numbers of this request are the lane's own.
        Ending::Unwritable => Vec::new(),
        // The others belong to the device that this one was cloned from.
        Ending::Fork { expected, own } => stored
            .filter(|it| own.contains(&it.n))
            .map(Say::Outcome)
            .chain([Say::Fork { expected: *expected }])
            .collect(),
    })
}

/// The numbers of the accounts that the login follows.
fn heads(store: &dyn Snapshot, grants: &Grants) -> Result<BTreeMap<AccountId, u64>, StoreError> {
    let mut heads = BTreeMap::new();
    let of_grants = grants.iter().map(|granted| granted.grant.account);
    for account in grants.administered().iter().map(|account| account.id).chain(of_grants) {
        if let Entry::Vacant(place) = heads.entry(account) {
            place.insert(store.head(account)?);
        }
    }
    Ok(heads)
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
        let mut changed: BTreeMap<AccountId, Changed> = BTreeMap::new();
        for Granted { grant, head_seq } in grants.iter() {
            match cursors.get(&grant.account) {
                Some(seq) if head_seq > seq => {
                    let changed = changed.entry(grant.account).or_default();
                    changed.read(store, login, grant, *seq)?;
                }
                // Nothing new, or an account that begins with this answer.
                Some(_) | None => {}
            }
        }
        for (account, changed) in changed {
            delta.add(account, changed, MOST_ROWS, MOST_BYTES);
        }
        Ok(delta)
    }

    /// Adds an account's rows, or the oldest of them; what changed together stays together.
    fn add(&mut self, account: AccountId, changed: Changed, most: usize, most_bytes: usize) {
        let Changed { mut rows, whole_up_to } = changed;
        let bytes: usize = rows.iter().map(size).sum();
        if rows.len() > most || bytes > most_bytes || whole_up_to.is_some() {
            rows.sort_by_key(|it| it.seq);
            let mut left = most_bytes;
            let fits = rows.iter().take(most).take_while(|it| {
                let fits = left > 0;
                left = left.saturating_sub(size(it));
                fits
            });
            let full = fits.last().map_or(0, |it| it.seq);
            let last = full.min(whole_up_to.unwrap_or(u64::MAX));
            rows.truncate(rows.partition_point(|it| it.seq <= last));
            self.reached.insert(account, last);
            self.cut = Cut::Yes;
        }
        self.rows.extend(rows);
    }
}

/// The changed rows of an account.
#[derive(Default)]
struct Changed {
    rows: Vec<Stamped>,
    /// Up to which number they are all there, where not everything was read.
    whole_up_to: Option<u64>,
}

impl Changed {
    fn read(
        &mut self,
        store: &dyn Snapshot,
        login: &Login,
        grant: &Grant,
        seq: u64,
    ) -> Result<(), StoreError> {
        self.rows.extend(store.workspace_since(grant.workspace, seq)?);
        self.rows.extend(store.roles_since(grant.workspace, seq)?);
        self.rows.extend(invitations(store, grant, seq)?);
        self.rows.extend(memberships(store, login, grant, seq)?);
        if grant.view.shows_records() {
            let records = store.contents_since(grant.workspace, grant.view, seq, RECORDS)?;
            if records.len() >= RECORDS as usize {
                // One change writes one record, so all before the last number are there.
                let last = records.last().map_or(seq, |it| it.seq.saturating_sub(1));
                self.whole_up_to = Some(self.whole_up_to.map_or(last, |held| held.min(last)));
            }
            self.rows.extend(records);
        }
        if grant.view.has(Part::Reviews) {
            self.rows.extend(store.reviews_since(grant.workspace, seq)?);
            self.rows.extend(store.review_lines_since(grant.workspace, seq)?);
        }
        Ok(())
    }
}

/// What the exchange asks of a view besides its parts.
pub(super) trait Shows {
    /// Whether records of some kind are seen.
    fn shows_records(self) -> bool;
}

impl Shows for View {
    fn shows_records(self) -> bool {
        [Part::Agents, Part::Knowledge, Part::Conversations, Part::Leads]
            .iter()
            .any(|part| self.has(*part))
    }
}

pub(super) fn invitations(
    store: &dyn Snapshot,
    grant: &Grant,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    if grant.view.has(Part::Invitations) {
        store.invitations_since(grant.workspace, seq)
    } else {
        Ok(Vec::new())
    }
}

pub(super) fn memberships(
    store: &dyn Snapshot,
    login: &Login,
    grant: &Grant,
    seq: u64,
) -> Result<Vec<Stamped>, StoreError> {
    if grant.view.has(Part::Members) {
        store.memberships_since(grant.workspace, seq)
    } else {
        store.own_memberships_since(grant.workspace, login.id, seq)
    }
}

#[cfg(test)]
mod tests {
    use muster_domain::{Plan, Row, Workspace, WorkspaceId, WorkspaceKind, WorkspaceStatus};

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
            labels: muster_domain::Labels::default(),
            plan_ended: None,
            trashed: None,
            offer: None,
            colour: None,
        };
        Stamped { seq, row: Row::Workspace(workspace) }
    }

    fn cut(seqs: &[u64], most: usize) -> (Vec<u64>, u64, Cut) {
        cut_at(seqs, most, MOST_BYTES, None)
    }

    fn cut_at(
        seqs: &[u64],
        most: usize,
        bytes: usize,
        whole_up_to: Option<u64>,
    ) -> (Vec<u64>, u64, Cut) {
        let account = AccountId::from_bytes([2; 16]);
        let mut delta = Delta { rows: Vec::new(), reached: [(account, 99)].into(), cut: Cut::No };
        let changed = Changed { rows: seqs.iter().copied().map(row).collect(), whole_up_to };
        delta.add(account, changed, most, bytes);
        let seqs = delta.rows.iter().map(|it| it.seq).collect();
        (seqs, delta.reached[&account], delta.cut)
    }

    #[test]
    fn a_large_delta_is_cut_between_changes_and_never_within_one() {
        assert_eq!(cut(&[5, 3, 4], 3), (vec![5, 3, 4], 99, Cut::No));
        assert_eq!(cut(&[5, 3, 4], 2), (vec![3, 4], 4, Cut::Yes));
        assert_eq!(cut(&[5, 3, 4, 4, 4], 2), (vec![3, 4, 4, 4], 4, Cut::Yes));
    }

    #[test]
    fn a_heavy_delta_is_cut_as_well_and_so_is_one_that_was_not_read_to_its_end() {
        assert_eq!(cut_at(&[5, 3, 4], 9, 300, None), (vec![3, 4], 4, Cut::Yes));
        assert_eq!(cut_at(&[5, 3, 4], 9, 1, None), (vec![3], 3, Cut::Yes), "it goes on");
        assert_eq!(cut_at(&[5, 3, 4], 9, MOST_BYTES, Some(3)), (vec![3], 3, Cut::Yes));
    }
}
