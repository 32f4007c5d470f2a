//! The history as the window sees it, a roster as of a moment, and two moments compared
//! (ui.md 5.9, 5.10).

use muster_domain::{
    Ended, Event, EventKind, MemberState, Membership, OwnRole, Permission, PermissionSet, Refusal,
    RefusalCode, Role, RoleSet, Row, Timestamp,
};
use muster_protocol::{LogOf, LogPlace, Logged, LoggedEvent, Outcome, OutcomeStatus, Say};

use super::world::{
    LARCH, ME, NORTHWIND, NOW, Told, World, agency, login, member, mid, roles, support_lead,
    workspace,
};
use crate::draft::draft;
use crate::history::{as_of, compare, detail, page};
use crate::view::{
    ChainState, CompareQuestion, HistoryPage, HistoryQuery, Intent, MemberQuery, MemberSort,
    MemberStatus,
};

/// Northwind's chain as a server writes it.
pub(super) struct Chain {
    prev: [u8; 32],
    events: Vec<Logged>,
}

const BEN: u8 = 10;

impl Chain {
    pub(super) const fn new() -> Self {
        Self { prev: [0; 32], events: Vec::new() }
    }

    pub(super) fn add(&mut self, seq: u64, at: i64, actor: u8, event: Event) {
        let same = self.events.iter().filter(|it| it.place().seq == seq).count();
        let json = |row: &Row| serde_json::to_string(row).expect("encodes");
        let mut logged = LoggedEvent {
            account: LARCH,
            place: LogPlace { seq, ord: u32::try_from(same).expect("few") },
            workspace: Some(NORTHWIND),
            at: Timestamp(at),
            actor: login(actor),
            actor_name: if actor == ME { "Ana" } else { "Ben" }.to_owned(),
            as_admin: actor == ME,
            kind: event.kind.key().to_owned(),
            names: std::collections::BTreeMap::new(),
            before: event.before.as_ref().map(json),
            after: json(&event.after),
            command: None,
            request: "request".to_owned(),
            reason: (event.kind == EventKind::MemberRemoved).then(|| "contract over".to_owned()),
            prev: self.prev,
            hash: [0; 32],
        };
        logged.hash = logged.computed_hash();
        self.prev = logged.hash;
        self.events.push(Logged::Shown(Box::new(logged)));
    }

    pub(super) fn say(self, whole: bool) -> Say {
        let of = LogOf::Workspace(NORTHWIND);
        Say::Log { of, events: self.events, whole, through: 1_000_000, more: false, anew: false }
    }
}

/// The account's own chain, an event each hundred from 500 on.
pub(super) fn account_log(events: impl IntoIterator<Item = Event>) -> Say {
    let mut chain = Chain::new();
    for (number, event) in (5_u8..).zip(events) {
        chain.add(u64::from(number), i64::from(number) * 100, ME, event);
    }
    let mut prev = [0; 32];
    let of_account = |logged: Logged| match logged {
        Logged::Shown(mut event) => {
            event.workspace = None;
            event.prev = prev;
            event.hash = event.computed_hash();
            prev = event.hash;
            Logged::Shown(event)
        }
        other => other,
    };
    let events = chain.events.into_iter().map(of_account).collect();
    Say::Log {
        of: LogOf::Account(LARCH),
        events,
        whole: true,
        through: 1_000_000,
        more: false,
        anew: false,
    }
}

fn joined(number: u8, name: &str, held: RoleSet) -> Event {
    let after = Row::Membership(member(NORTHWIND, number, name, held));
    Event { kind: EventKind::MemberJoined, before: None, after }
}

fn turned(kind: EventKind, before: &Membership, after: Membership) -> Event {
    Event { kind, before: Some(Row::Membership(before.clone())), after: Row::Membership(after) }
}

/// Three join at 100, Support lead is defined at 200 and widened at 400, Bea becomes content
/// manager at 500, Dora is removed at 900.
fn chain() -> Chain {
    let mut chain = Chain::new();
    let agents = roles(&[Role::AgentManager]);
    let bea = member(NORTHWIND, 2, "Bea", agents);
    let dora = member(NORTHWIND, 5, "Dora", agents);
    chain.add(1, 100, BEN, joined(2, "Bea", agents));
    chain.add(1, 100, BEN, joined(5, "Dora", agents));
    chain.add(1, 100, BEN, joined(4, "Eli", RoleSet::own(0)));
    let narrow =
        OwnRole { permissions: PermissionSet::of(&[Permission::MemberView]), ..support_lead() };
    let defined =
        Event { kind: EventKind::RoleDefined, before: None, after: Row::Role(narrow.clone()) };
    chain.add(2, 200, ME, defined);
    let widened = Event {
        kind: EventKind::RoleChanged,
        before: Some(Row::Role(narrow)),
        after: Row::Role(support_lead()),
    };
    chain.add(4, 400, ME, widened);
    let content = Membership { roles: roles(&[Role::ContentManager]), ..bea.clone() };
    chain.add(5, 500, BEN, turned(EventKind::MemberRolesChanged, &bea, content));
    let ended = Some(Ended { at: Timestamp(900), by: "Ana".to_owned() });
    let gone = Membership { state: MemberState::Removed, ended, ..dora.clone() };
    chain.add(9, 900, ME, turned(EventKind::MemberRemoved, &dora, gone));
    chain
}

fn told(log: Say) -> World {
    let mut told = agency();
    told.logs.push(log);
    told.heard()
}

fn world() -> World {
    told(chain().say(true))
}

fn asked() -> HistoryQuery {
    HistoryQuery {
        workspace: Some(NORTHWIND),
        account: None,
        text: String::new(),
        who: None,
        about: None,
        kinds: Vec::new(),
        from: None,
        to: None,
        before: None,
        limit: 50,
    }
}

fn read(world: &World, query: HistoryQuery) -> HistoryPage {
    page(&world.offline(), query).expect("a page")
}

fn subjects(world: &World, query: HistoryQuery) -> Vec<String> {
    read(world, query).rows.into_iter().map(|it| it.subject).collect()
}

fn submitted(world: &World, number: u8) -> u64 {
    let intent =
        Intent::Remove { workspace: NORTHWIND, member: mid(NORTHWIND, number), reason: None };
    let draft = draft(&world.offline(), intent).expect("a command");
    let kept = world.cache.submit(&draft.command, NOW, draft.label).expect("is kept");
    kept.n.expect("it waits")
}

fn present() -> MemberQuery {
    MemberQuery {
        workspace: NORTHWIND,
        text: String::new(),
        roles: RoleSet::NONE,
        label: None,
        changed: None,
        status: MemberStatus::Present,
        sort: MemberSort::Name,
        descending: false,
        offset: 0,
        limit: 50,
    }
}

/// Two roles of one slot after each other: Auditor until 300, then Support lead, in the slot that
/// Auditor had. A change of the scheme deletes both in one act at 600.
fn roles_of_then() -> World {
    let mut chain = Chain::new();
    let auditor = OwnRole {
        id: muster_domain::RoleId::from_bytes([4; 16]),
        name: "Auditor".to_owned(),
        ..support_lead()
    };
    let helper = OwnRole {
        id: muster_domain::RoleId::from_bytes([5; 16]),
        slot: 1,
        name: "Helper".to_owned(),
        ..support_lead()
    };
    let deleted = |it: &OwnRole| OwnRole { deleted: true, ..it.clone() };
    let made = |it: &OwnRole| Event {
        kind: EventKind::RoleDefined,
        before: None,
        after: Row::Role(it.clone()),
    };
    let ended = |it: &OwnRole| Event {
        kind: EventKind::RoleDeleted,
        before: Some(Row::Role(it.clone())),
        after: Row::Role(deleted(it)),
    };
    chain.add(1, 100, ME, made(&auditor));
    chain.add(1, 100, ME, made(&helper));
    let bea = member(NORTHWIND, 2, "Bea", RoleSet::own(0));
    let plain = Membership { roles: roles(&[Role::ChatUser]), ..bea.clone() };
    chain.add(2, 150, BEN, joined(2, "Bea", RoleSet::own(0)));
    chain.add(3, 300, BEN, turned(EventKind::MemberRolesChanged, &bea, plain.clone()));
    chain.add(3, 300, BEN, ended(&auditor));
    chain.add(4, 400, ME, made(&support_lead()));
    chain.add(4, 400, BEN, turned(EventKind::MemberRolesChanged, &plain, bea));
    chain.add(6, 600, ME, ended(&support_lead()));
    chain.add(6, 600, ME, ended(&helper));
    let mut told = agency();
    told.places[0].2.retain(|row| !matches!(row, Row::Role(_)));
    told.logs.push(chain.say(true));
    told.heard()
}

#[test]
fn r5_as_of_tells_the_own_roles_that_stood_then() {
    let world = roles_of_then();
    let names = |at| {
        let page = as_of(&world.offline(), present(), Timestamp(at)).expect("a page");
        page.own_roles.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names(50), [""; 0]);
    assert_eq!(names(200), ["Auditor", "Helper"]);
    assert_eq!(names(350), ["Helper"]);
    assert_eq!(names(500), ["Support lead", "Helper"], "one act deleted both");
    assert_eq!(names(700), [""; 0]);
}

#[test]
fn r5_the_same_slot_with_another_role_is_a_difference() {
    let world = roles_of_then();
    let question = CompareQuestion {
        workspace: Some(NORTHWIND),
        from: Timestamp(200),
        to: Timestamp(500),
        include_unsent: false,
        include_unchanged: false,
    };
    let view = compare(&world.offline(), question).expect("compares");
    let one = &view.workspaces[0];
    assert_eq!((one.changed_total, one.unchanged), (1, 0));
    let name = |own: &[crate::view::OwnRoleName]| own[0].name.clone();
    assert_eq!([name(&one.own_from), name(&one.own_to)], ["Auditor", "Support lead"]);
}

#[test]
fn history_the_history_tells_who_did_what_newest_first() {
    let world = world();
    let found = read(&world, asked());
    assert!(!found.own_only);
    assert_eq!(found.chain.state, ChainState::Sound);
    assert_eq!(found.chain.since, Some(Timestamp(100)));
    let removed = &found.rows[0];
    assert_eq!((removed.kind.as_str(), removed.subject.as_str()), ("member.removed", "Dora"));
    assert!(removed.actor_is_me && removed.as_admin);
    assert_eq!(removed.reason.as_deref(), Some("contract over"));
    let changed = &found.rows[1];
    assert_eq!(changed.from_roles, roles(&[Role::AgentManager]));
    assert_eq!(changed.to_roles, roles(&[Role::ContentManager]));
    assert_eq!((changed.actor.as_str(), changed.actor_is_me), ("Ben", false));
    assert_eq!(changed.workspace_name, "Northwind");
}

#[test]
fn history_words_people_kinds_and_days_narrow_the_history() {
    let world = world();
    assert_eq!(
        subjects(&world, HistoryQuery { text: "DORA contract".into(), ..asked() }),
        ["Dora"]
    );
    let by_me = HistoryQuery { who: Some(login(ME)), ..asked() };
    assert_eq!(subjects(&world, by_me), ["Dora", "Support lead", "Support lead"]);
    let about = HistoryQuery { about: Some(login(2)), ..asked() };
    assert_eq!(subjects(&world, about), ["Bea", "Bea"]);
    let kinds = HistoryQuery { kinds: vec!["role.changed".into()], ..asked() };
    assert_eq!(subjects(&world, kinds), ["Support lead"]);
    let (from, to) = (Some(Timestamp(400)), Some(Timestamp(900)));
    assert_eq!(subjects(&world, HistoryQuery { from, to, ..asked() }), ["Bea", "Support lead"]);
}

#[test]
fn history_pages_follow_one_another_without_gap_or_repetition() {
    let world = world();
    let all = subjects(&world, asked());
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let found = read(&world, HistoryQuery { before, limit: 2, ..asked() });
        seen.extend(found.rows.into_iter().map(|it| it.subject));
        before = found.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen, all);
}

#[test]
fn history_what_is_not_sent_yet_stands_on_top_of_the_first_page_only() {
    let world = world();
    submitted(&world, 3);
    let first = read(&world, HistoryQuery { limit: 2, ..asked() });
    assert!(first.rows[0].not_sent);
    assert_eq!(
        (first.rows[0].kind.as_str(), first.rows[0].subject.as_str()),
        ("member.removed", "Chidi")
    );
    let second = read(&world, HistoryQuery { before: first.next, ..asked() });
    assert!(second.rows.iter().all(|it| !it.not_sent));
    let detail = detail(&world.offline(), &first.rows[0].id).expect("it is told");
    assert_eq!(detail.right, "member.manage");
    assert!(detail.hash.is_empty());
}

#[test]
fn history_what_was_refused_is_in_the_history_also_when_it_was_discarded() {
    let world = world();
    let n = submitted(&world, 3);
    world.cache.request("test", 1_000_000).expect("a request");
    let refusal = Refusal::new(RefusalCode::TargetTooStrong);
    let outcome = Outcome {
        n: 1,
        status: OutcomeStatus::Refused,
        refusal: Some(refusal),
        seq: None,
        at: Timestamp(700),
    };
    world.decided(outcome);
    let rows = read(&world, asked()).rows;
    let place = rows.iter().position(|it| it.refused.is_some()).expect("the refusal");
    assert_eq!(place, 1, "it stands where it happened: {rows:?}");
    assert_eq!(rows[place].refused.as_ref().map(|it| it.code.key()), Some("r3.target"));
    world.cache.discard(n, NOW).expect("is discarded");
    assert!(read(&world, asked()).rows.iter().any(|it| it.refused.is_some()));
    let by_ben = HistoryQuery { who: Some(login(BEN)), ..asked() };
    assert!(read(&world, by_ben).rows.iter().all(|it| it.refused.is_none()));
}

#[test]
fn history_an_event_is_told_field_by_field_with_its_right_and_its_proof() {
    let world = world();
    let rows = read(&world, asked()).rows;
    let found = detail(&world.offline(), &rows[1].id).expect("the event");
    let [change] = found.changes.as_slice() else { panic!("one field: {:?}", found.changes) };
    assert_eq!(change.field, "roles");
    assert_eq!(change.was.as_deref(), Some("agent_manager"));
    assert_eq!(change.now.as_deref(), Some("content_manager"));
    assert_eq!(found.right, "member.manage");
    assert!(found.sound);
    assert_eq!((found.hash.len(), found.prev.len()), (64, 64));
    let by_admin = detail(&world.offline(), &rows[0].id).expect("the event");
    assert_eq!(by_admin.right, "account_admin");
    assert_eq!(by_admin.prev, found.hash, "each names the one before it");
}

#[test]
fn history_a_broken_chain_is_told_and_what_is_there_stays() {
    let mut chain = chain();
    let Logged::Shown(event) = &mut chain.events[5] else { unreachable!() };
    event.after = event.after.replace("content_manager", "workspace_admin");
    let world = told(chain.say(true));
    let found = read(&world, asked());
    assert_eq!(found.chain.state, ChainState::Broken);
    assert_eq!(found.chain.broken_at, Some(Timestamp(500)));
    assert!(found.rows.len() >= 5);
}

#[test]
fn history_without_the_right_only_my_own_acts_are_there_and_it_is_said() {
    let mut told = Told::default();
    told.accounts.accounts = agency().accounts.accounts;
    let mine = member(NORTHWIND, ME, "Ana", roles(&[Role::ChatUser]));
    let sees = Role::ChatUser.permissions();
    told.place(workspace(NORTHWIND, LARCH, "Northwind"), sees, vec![Row::Membership(mine)]);
    told.logs.push(Chain::new().say(false));
    let found = read(&told.heard(), asked());
    assert!(found.own_only);
    assert_eq!(found.chain.state, ChainState::Unknown);
}

fn roster(at: i64) -> Vec<(String, RoleSet)> {
    let query = present();
    let world = world();
    let found = as_of(&world.offline(), query, Timestamp(at)).expect("a roster");
    assert_eq!(found.people as usize, found.rows.len());
    found.rows.into_iter().map(|it| (it.name, it.roles)).collect()
}

#[test]
fn past_the_roster_of_any_day_is_told() {
    let agents = roles(&[Role::AgentManager]);
    let of = |name: &str, held| (name.to_owned(), held);
    assert!(roster(99).is_empty());
    let first = [of("Bea", agents), of("Dora", agents), of("Eli", RoleSet::own(0))];
    assert_eq!(roster(100), first);
    assert_eq!(
        roster(900),
        [of("Bea", roles(&[Role::ContentManager])), of("Eli", RoleSet::own(0))]
    );
}

#[test]
fn past_two_moments_are_compared_by_what_the_roles_gave_then() {
    let world = world();
    let question = |from, to| CompareQuestion {
        workspace: Some(NORTHWIND),
        from: Timestamp(from),
        to: Timestamp(to),
        include_unsent: false,
        include_unchanged: false,
    };
    let found = compare(&world.offline(), question(50, 150)).expect("a comparison");
    let [one] = found.workspaces.as_slice() else { panic!("one workspace") };
    assert_eq!((one.joined_total, one.left_total, one.changed_total), (3, 0, 0));
    let eli = one.joined.iter().find(|it| it.name == "Eli").expect("Eli");
    assert!(eli.gains.is_empty(), "the role was not defined yet: {:?}", eli.gains);
    let later = compare(&world.offline(), question(50, 300)).expect("a comparison");
    let eli = later.workspaces[0].joined.iter().find(|it| it.name == "Eli").expect("Eli");
    assert_eq!(eli.gains, [Permission::MemberView], "it gave less than it does now");
    let found = compare(&world.offline(), question(450, 950)).expect("a comparison");
    let one = &found.workspaces[0];
    let [dora] = one.left.as_slice() else { panic!("one left: {:?}", one.left) };
    assert_eq!(
        (dora.name.as_str(), dora.at, dora.by.as_deref()),
        ("Dora", Some(Timestamp(900)), Some("Ana"))
    );
    assert!(dora.gains.is_empty() && dora.loses.contains(&Permission::AgentEdit));
    let [bea] = one.changed.as_slice() else { panic!("one changed: {:?}", one.changed) };
    assert!(bea.gains.contains(&Permission::KnowledgeEdit));
    assert!(bea.loses.contains(&Permission::AgentEdit));
    let same = compare(&world.offline(), question(910, 950)).expect("a comparison");
    assert_eq!((same.workspaces[0].unchanged, same.workspaces[0].same.len()), (2, 0));
    let by_name = CompareQuestion { include_unchanged: true, ..question(910, 950) };
    let same = compare(&world.offline(), by_name).expect("a comparison");
    let names: Vec<&str> = same.workspaces[0].same.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Bea", "Eli"]);
}

#[test]
fn past_every_workspace_whose_history_i_may_see_is_compared() {
    let world = world();
    let question = CompareQuestion {
        workspace: None,
        from: Timestamp(50),
        to: Timestamp(950),
        include_unsent: false,
        include_unchanged: false,
    };
    let found = compare(&world.offline(), question).expect("a comparison");
    let names: Vec<&str> = found.workspaces.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Northwind", "Acme Health"], "those with differences come first");
    assert!(!found.complete, "nothing of Acme's history is here");
}
