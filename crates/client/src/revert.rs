//! A workspace as it was at a moment, as a plan under today's rules (ui.md 4.9, R16).
//!
//! The differences come from the history, so there is no second truth; what becomes of them is
//! said by the rules of today, and what cannot be brought back is said with its reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use muster_cache::{HistoryOf, HistoryQuery, LoggedRow};
use muster_domain::{
    AccountAdmin, Address, EventKind, Invitation, InvitationId, LoginId, MemberState, Membership,
    OwnRole, RoleSet, Row, Timestamp,
};

use crate::app::App;
use crate::steps::{Shall, Steps};
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, GapReason, Intent, MadePlan, RevertQuestion};

/// How many events are read at a time.
const BATCH: u32 = 256;

impl App {
    /// What it takes to have a workspace, or one person in it, as it was at a moment.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace or a person that is not there.
    pub async fn revert_plan(&self, question: RevertQuestion) -> Result<MadePlan, Failure> {
        self.with_bench(move |bench| plan(bench, &question)).await
    }
}

/// What it takes to have it as it was.
pub(crate) fn plan(bench: &Bench<'_>, question: &RevertQuestion) -> Result<MadePlan, Failure> {
    let mut steps = Steps::new(bench, question.workspace)?;
    let found = bench.cache.differing(question.workspace, question.at)?;
    let only = match question.member {
        Some(member) => Some(login_of(bench, &found.lines, member)?),
        None => None,
    };
    let slots = Slots::of(bench, question)?;
    let mut told = BTreeSet::new();
    for (login, (then, now)) in by_person(found.lines) {
        if only.is_some_and(|only| only != login) {
            continue;
        }
        let now = now.map(|it| it.at(bench.now)).filter(|it| it.state.is_present());
        let then = then.map(|it| it.at(question.at)).filter(|it| it.state.is_present());
        let shall = match &then {
            Some(then) => match slots.today(&mut steps, &mut told, then) {
                Some(roles) => Some(shall(bench, &steps, then, roles)?),
                // What it gave then cannot be given, so nothing is done instead.
                None => continue,
            },
            None => None,
        };
        steps.person(shall.as_ref(), now.as_ref())?;
    }
    if only.is_none() {
        slots.differing(&mut steps);
        invitations(bench, question, &mut steps)?;
    }
    if question.admins && only.is_none() {
        admins(bench, question, &mut steps)?;
    }
    steps.made(found.complete)
}

/// Both sides of one membership.
type Sides = (Option<Membership>, Option<Membership>);

fn login_of(
    bench: &Bench<'_>,
    lines: &[Sides],
    member: muster_domain::MembershipId,
) -> Result<LoginId, Failure> {
    let sides = lines.iter().flat_map(|(then, now)| then.iter().chain(now));
    let found = sides.into_iter().find(|it| it.id == member).map(|it| it.login);
    let login = match found {
        Some(login) => Some(login),
        None => bench.cache.member(member)?.map(|it| it.member.login),
    };
    login.ok_or_else(|| Failure::new(FailureCode::NotFound))
}

/// Who left and came back has two memberships and is one person.
fn by_person(lines: Vec<Sides>) -> BTreeMap<LoginId, Sides> {
    let mut people: BTreeMap<LoginId, Sides> = BTreeMap::new();
    for (then, now) in lines {
        if let Some(then) = then {
            let sides = people.entry(then.login).or_default();
            sides.0 = Some(then);
        }
        if let Some(now) = now {
            let sides = people.entry(now.login).or_default();
            sides.1 = Some(now);
        }
    }
    people
}

/// Somebody of then as they shall be. The history keeps the name of a sign-in that is deleted
/// by now; the copy has its pseudonym (E-64).
fn shall(
    bench: &Bench<'_>,
    steps: &Steps<'_>,
    then: &Membership,
    roles: RoleSet,
) -> Result<Shall, Failure> {
    let today = bench.cache.member(then.id)?.map(|it| it.member);
    let (name, address) = match today {
        Some(today) => (today.name, today.address),
        None => (then.name.clone(), then.address.clone()),
    };
    Ok(Shall {
        name,
        address,
        login: Some(then.login),
        roles,
        state: if then.state == MemberState::Suspended {
            MemberState::Suspended
        } else {
            MemberState::Active
        },
        until: then.until,
        group: steps.group(then.group),
    })
}

/// The workspace's own roles of then and of now. A slot may stand for another role by now.
struct Slots {
    then: Vec<OwnRole>,
    now: Vec<OwnRole>,
}

impl Slots {
    fn of(bench: &Bench<'_>, question: &RevertQuestion) -> Result<Self, Failure> {
        Ok(Self {
            then: bench.cache.own_roles_at(question.workspace, question.at)?,
            now: bench.own_roles(question.workspace)?,
        })
    }

    /// The roles of then by the slots of now; `None` where nothing of them is left.
    fn today(
        &self,
        steps: &mut Steps<'_>,
        told: &mut BTreeSet<(String, u8)>,
        then: &Membership,
    ) -> Option<RoleSet> {
        let mut roles: RoleSet = then.roles.each().filter(|it| it.iter().count() > 0).collect();
        for slot in then.roles.iter_own() {
            let was = self.then.iter().find(|it| it.slot == slot);
            let is = was.and_then(|was| self.now.iter().find(|it| it.id == was.id));
            match is {
                Some(is) => roles = roles.union(RoleSet::own(is.slot)),
                None => {
                    let name = was.map(|it| it.name.clone()).unwrap_or_default();
                    if told.insert((then.id.to_string(), slot)) {
                        steps.gap(&then.name, &name, GapReason::RoleGone);
                    }
                }
            }
        }
        Some(roles).filter(|it| !it.is_empty())
    }

    /// Roles that give something else than they did.
    fn differing(&self, steps: &mut Steps<'_>) {
        for was in &self.then {
            let is = self.now.iter().find(|it| it.id == was.id);
            if is.is_some_and(|is| is.permissions != was.permissions) {
                steps.gap(&was.name, "", GapReason::RoleDiffers);
            }
        }
    }
}

/// Every row of these kinds of events, taken back from now to the moment.
fn taken_back<K: Ord>(
    bench: &Bench<'_>,
    of: HistoryOf,
    kinds: &[EventKind],
    at: Timestamp,
    mut take: impl FnMut(&Row) -> Option<K>,
) -> Result<BTreeMap<K, Option<Row>>, Failure> {
    let mut rows = BTreeMap::new();
    let mut query = HistoryQuery {
        of,
        kinds: kinds.iter().map(|it| it.key().to_owned()).collect(),
        from: Some(Timestamp(at.0 + 1)),
        limit: BATCH,
        ..HistoryQuery::default()
    };
    loop {
        let found = bench.cache.history(&query)?;
        for event in found.rows {
            // The newest comes first, so the oldest of one entity is what stays.
            for event in unfolded(bench, &query, event)? {
                if let Some(key) = event.after.as_ref().and_then(&mut take) {
                    rows.insert(key, event.before);
                }
            }
        }
        match found.next {
            Some(next) => query.before = Some(next),
            None => return Ok(rows),
        }
    }
}

/// An event with those that are folded under it, the newest first.
fn unfolded(
    bench: &Bench<'_>,
    query: &HistoryQuery,
    event: LoggedRow,
) -> Result<Vec<LoggedRow>, Failure> {
    if event.folded == 0 {
        return Ok(vec![event]);
    }
    let within = Some(event.event());
    let mut query = HistoryQuery { within, before: None, ..query.clone() };
    let mut events = Vec::new();
    loop {
        let found = bench.cache.history(&query)?;
        events.extend(found.rows);
        match found.next {
            Some(next) => query.before = Some(next),
            None => return Ok(events),
        }
    }
}

/// Invitations that were sent since and would still let somebody in are cancelled; those of
/// then that are over are told.
fn invitations(
    bench: &Bench<'_>,
    question: &RevertQuestion,
    steps: &mut Steps<'_>,
) -> Result<(), Failure> {
    let kinds = [
        EventKind::InvitationSent,
        EventKind::InvitationResent,
        EventKind::InvitationRolesChanged,
        EventKind::InvitationConfirmed,
        EventKind::InvitationRevoked,
        EventKind::InvitationDeclined,
        EventKind::InvitationUndelivered,
        EventKind::InvitationNoSeat,
        EventKind::InvitationAccepted,
    ];
    let of = HistoryOf::Workspace(question.workspace);
    let id = |row: &Row| match row {
        Row::Invitation(it) => Some(it.id),
        _ => None,
    };
    let then: BTreeMap<InvitationId, Option<Row>> = taken_back(bench, of, &kinds, question.at, id)?;
    let was_open = |row: &Option<Row>| -> Option<Invitation> {
        match row {
            Some(Row::Invitation(it)) if it.is_open(question.at) => Some(it.clone()),
            Some(_) | None => None,
        }
    };
    let now: HashMap<Address, Invitation> = steps.invited().clone();
    for open in now.values() {
        match then.get(&open.id).map(was_open) {
            // Untouched since, or open then as it is now.
            None => {}
            Some(Some(was)) if was.roles == open.roles => {}
            Some(Some(was)) => steps.step(Intent::SetInvitationRoles {
                workspace: question.workspace,
                invitation: open.id,
                roles: was.roles,
            }),
            Some(None) => steps.revoke(open),
        }
    }
    let is_here: BTreeSet<InvitationId> = now.values().map(|it| it.id).collect();
    for was in then.values().filter_map(was_open).filter(|it| !is_here.contains(&it.id)) {
        steps.gap(was.address.as_str(), "", GapReason::InvitationPast);
    }
    Ok(())
}

/// The account's admins of then.
fn admins(
    bench: &Bench<'_>,
    question: &RevertQuestion,
    steps: &mut Steps<'_>,
) -> Result<(), Failure> {
    let account = bench.place(question.workspace)?.account.id;
    let kinds = [EventKind::AdminAdded, EventKind::AdminRemoved];
    let login = |row: &Row| match row {
        Row::AccountAdmin(it) => Some(it.login),
        _ => None,
    };
    let of = HistoryOf::Account(account);
    let then = taken_back(bench, of, &kinds, question.at, login)?;
    let now = bench.cache.admins(account)?;
    let was_active = |row: &Option<Row>| -> Option<AccountAdmin> {
        match row {
            Some(Row::AccountAdmin(it)) if it.active => Some(it.clone()),
            Some(_) | None => None,
        }
    };
    for (login, row) in then {
        let is = now.iter().any(|it| it.login == login && it.active);
        match (was_active(&row), is) {
            (Some(was), false) => match steps.in_account(&was.address, Some(login))? {
                Some(known) => steps.step(Intent::AddAdmin { account, person: known.id }),
                None => steps.gap(&was.name, "", GapReason::NotInAccount),
            },
            (None, true) => steps.step(Intent::RemoveAdmin { account, login }),
            (Some(_), true) | (None, false) => {}
        }
    }
    Ok(())
}
