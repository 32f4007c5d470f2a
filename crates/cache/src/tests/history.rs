//! The history in the copy: when it is fetched, whether it holds, how it is found, and the past
//! rebuilt from it.

use muster_domain::{
    Address, Ended, Event, EventKind, MemberState, Membership, Role, RoleSet, Row, Timestamp, View,
    WorkspaceId,
};
use muster_protocol::{After, Have, LogOf, LogPlace, Logged, LoggedEvent, RecordSet, Say};

use super::world::*;
use crate::{
    CompareQuestion, Compared, HistoryOf, HistoryQuery, HistoryRows, LogState, MemberWindowQuery,
    Unchanged, Unsent,
};

/// A chain as a server writes it.
pub(super) struct Chain {
    of: LogOf,
    prev: [u8; 32],
    pub(super) events: Vec<Logged>,
}

/// Who did it.
pub(super) const ANA: u32 = 0;
pub(super) const BO: u32 = 8;

impl Chain {
    pub(super) fn of(of: LogOf) -> Self {
        Self { of, prev: [0; 32], events: Vec::new() }
    }

    pub(super) fn northwind() -> Self {
        Self::of(LogOf::Workspace(ws(1)))
    }

    /// Adds an event of the change with this number.
    pub(super) fn add(&mut self, seq: u64, at: i64, actor: u32, event: Event) -> LogPlace {
        let same = self.events.iter().filter(|it| it.place().seq == seq).count();
        let place = LogPlace { seq, ord: u32::try_from(same).expect("few") };
        let names = [(ANA, "Ana Larch"), (BO, "Bo Larch")];
        let name = names.iter().find(|(number, _)| *number == actor).map_or("Zoe", |it| it.1);
        let json = |row: &Row| serde_json::to_string(row).expect("encodes");
        // As the server chains it: with tokens for people.
        let (mut event, mut said) = (event, std::collections::BTreeMap::new());
        let mut whose = |_, name: &str| {
            names.iter().find(|(_, it)| *it == name).map(|(number, _)| login_id(*number))
        };
        for row in event.before.iter_mut().chain([&mut event.after]) {
            muster_protocol::mentions::seal(row, &mut whose, &mut said);
        }
        let mut logged = LoggedEvent {
            account: account_id(),
            place,
            workspace: match self.of {
                LogOf::Workspace(id) => Some(id),
                LogOf::Account(_) => None,
            },
            at: Timestamp(at),
            actor: login_id(actor),
            actor_name: name.to_owned(),
            as_admin: actor == ANA,
            kind: event.kind.key().to_owned(),
            names: said,
            before: event.before.as_ref().map(json),
            after: json(&event.after),
            command: None,
            request: "request".to_owned(),
            reason: (event.kind == EventKind::MemberRemoved).then(|| "Übergabe done".to_owned()),
            prev: self.prev,
            hash: [0; 32],
        };
        logged.hash = logged.computed_hash();
        self.prev = logged.hash;
        self.events.push(Logged::Shown(Box::new(logged)));
        place
    }

    pub(super) fn say(&self, from: usize, to: usize, more: bool) -> Say {
        let events = self.events[from..to].to_vec();
        let through = if more { 0 } else { 1_000_000 };
        Say::Log { of: self.of, events, whole: true, through, more, anew: false }
    }

    /// Everything at once.
    pub(super) fn all(&self) -> Say {
        self.say(0, self.events.len(), false)
    }
}

pub(super) fn joined(number: u32, name: &str) -> Event {
    let after = Row::Membership(member(ws(1), number, name));
    Event { kind: EventKind::MemberJoined, before: None, after }
}

pub(super) fn turned(kind: EventKind, before: &Membership, after: Membership) -> Event {
    Event { kind, before: Some(Row::Membership(before.clone())), after: Row::Membership(after) }
}

/// Northwind's history: three join together, one is changed, one is removed.
fn chain() -> Chain {
    let mut chain = Chain::northwind();
    for (number, name) in [(1, "Alejandro Ruiz"), (2, "Bea Åström"), (3, "Chidi Anagonye")] {
        chain.add(1, 100, ANA, joined(number, name));
    }
    let bea = member(ws(1), 2, "Bea Åström");
    let wider = Membership { roles: RoleSet::of(&[Role::ContentManager]), ..bea.clone() };
    chain.add(5, 500, BO, turned(EventKind::MemberRolesChanged, &bea, wider));
    let chidi = member(ws(1), 3, "Chidi Anagonye");
    let gone = Membership {
        state: MemberState::Removed,
        ended: Some(Ended { at: Timestamp(900), by: "Ana Larch".to_owned() }),
        ..chidi.clone()
    };
    chain.add(9, 900, ANA, turned(EventKind::MemberRemoved, &chidi, gone));
    chain
}

/// Asks, and is answered with this.
pub(super) fn tell(world: &World, seq: u64, frames: Vec<Say>) -> crate::Applied {
    world.request();
    world.apply(answer(1, seq, frames))
}

pub(super) fn told() -> World {
    let world = World::northwind();
    tell(&world, 10, vec![chain().all()]);
    world
}

pub(super) fn state(world: &World) -> LogState {
    world.cache.log_state(LogOf::Workspace(ws(1))).expect("reads").expect("is followed")
}

fn history(world: &World, query: HistoryQuery) -> HistoryRows {
    let query = HistoryQuery { limit: if query.limit == 0 { 50 } else { query.limit }, ..query };
    world.cache.history(&query).expect("reads")
}

fn subjects(world: &World, query: HistoryQuery) -> Vec<String> {
    history(world, query).rows.into_iter().map(|row| row.subject).collect()
}

fn asked(have: &Have) -> Vec<LogOf> {
    have.logs.iter().map(|want| want.of).collect()
}

#[test]
fn s1_the_history_goes_on_over_deletions_that_no_row_tells_of() {
    let world = World::northwind();
    let (of, events) = (LogOf::Workspace(ws(1)), chain().events);
    let through = 10;
    tell(&world, 10, vec![Say::Log { of, events, whole: true, through, more: false, anew: false }]);
    let is_asked = || asked(&world.request().0).contains(&LogOf::Workspace(ws(1)));
    assert!(!is_asked(), "it is up to date");
    // A record came and went while this device was away, and the server has forgotten it.
    let nothing = Say::Reset { workspace: ws(1), records: RecordSet::default() };
    assert!(world.apply(answer(1, 14, vec![nothing])).more, "its events are asked for at once");
    assert!(is_asked());
}

pub(super) fn roster(world: &World, at: i64) -> Vec<(String, RoleSet)> {
    let page = world.cache.as_of(&MemberWindowQuery::of(ws(1), 99), Timestamp(at)).expect("reads");
    assert!(page.complete);
    assert_eq!(page.matched as usize, page.rows.len());
    page.rows.into_iter().map(|it| (it.name, it.roles)).collect()
}

pub(super) fn compare(world: &World, from: i64, to: i64, unsent: Unsent) -> Compared {
    let question = CompareQuestion {
        workspace: ws(1),
        from: Timestamp(from),
        to: Timestamp(to),
        unsent,
        unchanged: Unchanged::Told,
        limit: 100,
    };
    world.cache.compare(&question).expect("reads")
}

#[test]
fn the_history_is_asked_for_when_every_row_is_here() {
    let world = World::empty();
    let all = vec![grant(ws(1)), grant(ws(2))];
    let after = Some(After::Member(mid(1)));
    let begun = part(ws(1), northwind_rows(), after);
    world.apply(answer(1, 10, vec![Say::Grants { all }, accounts(), begun]));
    assert_eq!(world.request().0.logs, [], "rows come first");
    let rest = chunk(ws(2), vec![stamped(10, Row::Workspace(workspace(ws(2), "Southwind")))]);
    world.cache.prefer(ws(2)).expect("writes");
    let applied = world.apply(answer(1, 10, vec![part(ws(1), vec![], None), rest]));
    assert!(applied.more, "the engine goes on by itself");
    let wanted = asked(&world.request().0);
    assert_eq!(wanted[0], LogOf::Workspace(ws(2)), "the open one first");
    assert_eq!(wanted.len(), 3, "two workspaces and the account: {wanted:?}");
}

#[test]
fn the_engine_goes_on_until_the_history_is_whole_and_then_rests() {
    let world = World::northwind();
    let (chain, empty) = (chain(), Chain::of(LogOf::Account(account_id())));
    world.request();
    let first = tell(&world, 10, vec![chain.say(0, 2, true)]);
    assert!(first.more && state(&world).loading);
    assert!(first.changed.history);
    let have = world.request().0;
    let want = have.logs.iter().find(|it| it.of == chain.of).expect("is wanted");
    assert_eq!(want.after, Some(LogPlace { seq: 1, ord: 1 }), "from where it stopped");
    let second = world.apply(answer(1, 10, vec![chain.say(2, 5, false), empty.all()]));
    assert!(!second.more, "everything is here");
    assert!(!state(&world).loading);
    assert_eq!(world.request().0.logs, []);
    assert_eq!((state(&world).events, state(&world).broken), (5, None));
}

#[test]
fn a_history_that_is_never_answered_keeps_nobody_busy() {
    let world = World::northwind();
    let mut exchanges = 0;
    loop {
        let (have, _) = world.request();
        assert!(!have.logs.is_empty());
        exchanges += 1;
        assert!(exchanges < 5, "it asks for ever");
        if !world.apply(answer(1, 10, vec![])).more {
            break;
        }
    }
    // Another one that is behind comes before it now.
    world.apply(answer(
        1,
        11,
        vec![
            Say::Grants { all: vec![grant(ws(1)), grant(ws(2))] },
            chunk(ws(2), vec![stamped(11, Row::Workspace(workspace(ws(2), "Southwind")))]),
        ],
    ));
    assert_eq!(asked(&world.request().0)[0], LogOf::Workspace(ws(2)));
}

#[test]
fn a_row_that_comes_brings_its_event_and_a_known_head_brings_none() {
    let world = World::northwind();
    let account = Chain::of(LogOf::Account(account_id()));
    let mut chain = chain();
    let say =
        |of, events| Say::Log { of, events, whole: true, through: 10, more: false, anew: false };
    tell(&world, 10, vec![say(chain.of, chain.events.clone()), say(account.of, vec![])]);
    assert_eq!(world.request().0.logs, []);
    let bea = member(ws(1), 2, "Bea Åström");
    let row = stamped(12, Row::Membership(bea.clone()));
    let applied = world.apply(answer(1, 12, vec![accounts(), Say::Rows { rows: vec![row] }]));
    assert!(applied.more);
    assert_eq!(asked(&world.request().0).len(), 2, "the workspace's and its account's");
    chain.add(12, 1_200, ANA, turned(EventKind::MemberNoted, &bea, bea.clone()));
    let done = tell(&world, 12, vec![chain.say(5, 6, false), account.all()]);
    assert!(!done.more);
    assert_eq!(state(&world).events, 6);
}

#[test]
fn a_change_of_one_byte_breaks_the_chain_and_nothing_is_hidden() {
    let world = World::northwind();
    let mut chain = chain();
    let place = chain.events[3].place();
    if let Logged::Shown(event) = &mut chain.events[3] {
        event.after = event.after.replace("content_manager", "agent_manager");
    }
    tell(&world, 10, vec![chain.all()]);
    assert_eq!(state(&world).broken, Some((place, Timestamp(500))));
    assert_eq!(state(&world).events, 5, "the events stay");
    let row = &history(&world, HistoryQuery::default()).rows[1];
    assert_eq!((row.place, row.subject.as_str()), (place, "Bea Åström"));
    let detail = world.cache.logged(row.event()).expect("reads").expect("is there");
    assert!(!detail.sound);
    let first = history(&world, HistoryQuery::default()).rows[0].event();
    assert!(world.cache.logged(first).expect("reads").expect("is there").sound);
    let world = world.restart();
    assert!(state(&world).broken.is_some(), "a restart does not mend it");
}

#[test]
fn an_event_that_was_left_out_breaks_the_chain() {
    let world = World::northwind();
    let mut chain = chain();
    chain.events.remove(3);
    tell(&world, 10, vec![chain.all()]);
    let place = LogPlace { seq: 9, ord: 0 };
    assert_eq!(state(&world).broken, Some((place, Timestamp(900))));
}

#[test]
fn a_part_that_does_not_go_on_from_what_is_here_is_asked_for_again() {
    let world = World::northwind();
    let chain = chain();
    tell(&world, 10, vec![chain.say(0, 3, true)]);
    // What may be seen changes while the rest is under way.
    world.request();
    let again = muster_protocol::Grant { grant_seq: 2, ..grant(ws(1)) };
    let frames = vec![Say::Grants { all: vec![again] }, accounts(), chain.say(3, 5, false)];
    world.apply(answer(1, 11, frames));
    assert_eq!((state(&world).events, state(&world).broken), (0, None));
    assert!(state(&world).loading);
    // A copy that was closed has not asked for anything.
    let world = World::northwind();
    world.request();
    let world = world.restart();
    world.apply(answer(1, 10, vec![chain.say(3, 5, false)]));
    assert_eq!((state(&world).events, state(&world).broken), (0, None));
    // An answer that comes twice is taken in once.
    tell(&world, 10, vec![chain.all(), chain.all()]);
    world.apply(answer(1, 10, vec![chain.all()]));
    assert_eq!((state(&world).events, state(&world).broken), (5, None));
}

#[test]
fn events_of_another_workspace_are_not_kept() {
    let world = World::northwind();
    let mut chain = chain();
    if let Logged::Shown(event) = &mut chain.events[4] {
        event.workspace = Some(ws(2));
        event.hash = event.computed_hash();
    }
    tell(&world, 10, vec![chain.all()]);
    assert_eq!(history(&world, HistoryQuery::default()).rows.len(), 2);
    assert!(state(&world).broken.is_some(), "that it came is told");
}

#[test]
fn e64_a_history_that_is_told_anew_leaves_no_name_of_before() {
    let world = World::northwind();
    let mut chain = chain();
    let said = |chain: &Chain, anew| {
        let events = chain.events.clone();
        Say::Log { of: chain.of, events, whole: true, through: 10, more: false, anew }
    };
    tell(&world, 10, vec![said(&chain, false)]);
    let found = |text: &str| {
        let query = HistoryQuery { text: text.to_owned(), ..HistoryQuery::default() };
        history(&world, query).rows
    };
    let those = |text: &str| {
        let query = MemberWindowQuery { text: text.to_owned(), ..MemberWindowQuery::of(ws(1), 9) };
        world.cache.as_of(&query, NOW).expect("reads").matched
    };
    assert_eq!(those("bea"), 1, "the day is looked at, and kept");
    let shown = format!("{:?}", found("larch"));
    assert!(shown.contains("Ana Larch"), "{shown}");
    for event in &mut chain.events {
        let Logged::Shown(event) = event else { continue };
        event.actor_name = event.actor_name.replace("Ana Larch", "Former member 3fa2b1");
        for name in event.names.values_mut() {
            *name = name.replace("Ana Larch", "Former member 3fa2b1");
            *name = name.replace("Bea Åström", "Former member 77ab01");
        }
    }
    let rows = vec![stamped(11, Row::Membership(member(ws(1), 2, "Bea Åström")))];
    tell(&world, 11, vec![Say::Rows { rows }]);
    tell(&world, 11, vec![said(&chain, true)]);
    assert_eq!((state(&world).events, state(&world).broken), (5, None), "the same chain");
    assert!(found("ana larch").is_empty(), "searching the name finds nothing");
    let all = format!("{:?}", history(&world, HistoryQuery::default()).rows);
    assert!(all.contains("Former member") && !all.contains("Ana Larch"), "{all}");
    let page = world.cache.as_of(&MemberWindowQuery::of(ws(1), 9), NOW).expect("reads");
    assert!(!format!("{:?}", page.rows).contains("Ana Larch"));
    assert_eq!(those("astrom"), 0, "nor is it found in a day that was kept");
}

#[test]
fn sealed_events_hold_the_chain_and_say_nothing() {
    let world = World::northwind();
    let mut chain = chain();
    let event = &chain.events[3];
    let (place, prev, hash) = (event.place(), *event.prev(), *event.hash());
    chain.events[3] = Logged::Sealed { place, prev, hash };
    tell(&world, 10, vec![chain.all()]);
    let known = state(&world);
    assert_eq!((known.events, known.sealed, known.broken), (5, 1, None));
    assert_eq!(history(&world, HistoryQuery::default()).rows.len(), 2, "three joined as one act");
}

#[test]
fn who_sees_only_their_own_acts_has_gaps_and_no_break() {
    let world = World::northwind();
    let chain = chain();
    let mine = vec![chain.events[0].clone(), chain.events[4].clone()];
    let say = Say::Log {
        of: chain.of,
        events: mine,
        whole: false,
        through: 10,
        more: false,
        anew: false,
    };
    tell(&world, 10, vec![say]);
    assert_eq!((state(&world).whole, state(&world).broken), (false, None));
    let page = world.cache.as_of(&MemberWindowQuery::of(ws(1), 9), NOW).expect("reads");
    assert!(!page.complete, "nobody can tell the roster from that");
}

#[test]
fn a_restored_server_or_an_ended_grant_empties_the_history() {
    let world = told();
    world.apply(answer(2, 3, vec![]));
    assert_eq!(history(&world, HistoryQuery::default()).rows, []);
    assert_eq!(world.cache.log_state(chain().of).expect("reads"), None);
    let world = told();
    world.apply(answer(1, 11, vec![Say::Grants { all: vec![] }, accounts()]));
    assert_eq!(history(&world, HistoryQuery::default()).rows, []);
    // Another view is another grant: the chain is read from its beginning.
    let world = told();
    let narrower = muster_protocol::Grant { view: View::OWN, grant_seq: 2, ..grant(ws(1)) };
    world.apply(answer(1, 11, vec![Say::Grants { all: vec![narrower] }, accounts()]));
    assert_eq!(state(&world).events, 0);
}

#[test]
fn the_history_is_found_in_words_and_by_person() {
    let world = told();
    let by = |text: &str| HistoryQuery { text: text.to_owned(), ..HistoryQuery::default() };
    assert_eq!(subjects(&world, by("astrom")), ["Bea Åström", "Bea Åström"]);
    assert_eq!(subjects(&world, by("bo larch")), ["Bea Åström"], "the actor's name");
    assert_eq!(subjects(&world, by("ubergabe")), ["Chidi Anagonye"], "the reason");
    assert_eq!(subjects(&world, by("person3@client")).len(), 2, "the address");
    let who = HistoryQuery { who: Some(login_id(BO)), ..HistoryQuery::default() };
    assert_eq!(subjects(&world, who), ["Bea Åström"]);
    let about = HistoryQuery { about: Some(login_id(3)), ..HistoryQuery::default() };
    assert_eq!(subjects(&world, about), ["Chidi Anagonye", "Chidi Anagonye"]);
    let kinds = vec![EventKind::MemberRemoved.key().to_owned()];
    let kinds = HistoryQuery { kinds, ..HistoryQuery::default() };
    assert_eq!(subjects(&world, kinds), ["Chidi Anagonye"]);
    let range = |from: i64, to: i64| HistoryQuery {
        from: Some(Timestamp(from)),
        to: Some(Timestamp(to)),
        ..HistoryQuery::default()
    };
    assert_eq!(subjects(&world, range(101, 900)), ["Chidi Anagonye", "Bea Åström"]);
    assert_eq!(subjects(&world, range(901, 999)), Vec::<String>::new());
    let of = |of| HistoryQuery { of, ..HistoryQuery::default() };
    assert_eq!(subjects(&world, of(HistoryOf::Account(account_id()))).len(), 3);
    assert_eq!(subjects(&world, of(HistoryOf::Workspace(ws(2)))).len(), 0);
}

#[test]
fn acts_of_many_are_folded_and_pages_follow_each_other() {
    let world = told();
    let page = history(&world, HistoryQuery { limit: 2, ..HistoryQuery::default() });
    assert_eq!(page.rows.iter().map(|row| row.folded).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(page.rows[0].workspace_name.as_deref(), Some("Northwind"));
    let text = page.next.expect("there is more").to_string();
    let before = Some(text.parse().expect("what was written can be read"));
    let rest = history(&world, HistoryQuery { limit: 2, before, ..HistoryQuery::default() });
    assert_eq!((rest.rows.len(), rest.next), (1, None));
    assert_eq!((rest.rows[0].folded, rest.rows[0].subject.as_str()), (2, "Alejandro Ruiz"));
    let event = rest.rows[0].event();
    assert_eq!(event.to_string().parse(), Ok(event));
    let within = history(&world, HistoryQuery { within: Some(event), ..HistoryQuery::default() });
    assert_eq!(within.rows.len(), 3, "what is folded can be opened");
}

#[test]
fn two_dates_differ_by_who_joined_left_and_changed() {
    let world = told();
    let compared = compare(&world, 100, 900, Unsent::LeftOut);
    assert_eq!((compared.joined_total, compared.left_total, compared.changed_total), (0, 1, 1));
    assert_eq!((compared.unchanged, compared.complete), (1, true));
    let same: Vec<_> = compared.same.iter().filter_map(|it| it.after.as_ref()).collect();
    assert_eq!(same.len(), 1, "who is as they were is told too");
    assert!(compared.same.iter().all(|it| !it.not_sent && !it.came_back && it.at.is_none()));
    let left = &compared.left[0];
    assert_eq!(left.before.as_ref().map(|it| it.name.as_str()), Some("Chidi Anagonye"));
    assert_eq!((left.after.as_ref(), left.by.as_deref()), (None, Some("Ana Larch")));
    let changed = &compared.changed[0];
    assert_eq!((changed.at, changed.by.as_deref()), (Some(Timestamp(500)), Some("Bo Larch")));
    assert!(!changed.came_back);
    assert_eq!(compare(&world, 0, 900, Unsent::LeftOut).joined_total, 2);
    assert!(compare(&world, 900, 900, Unsent::LeftOut).is_same());
}

#[test]
fn who_left_and_came_back_is_one_line() {
    let world = World::northwind();
    let mut chain = chain();
    let back = Membership { id: mid(30), ..member(ws(1), 3, "Chidi Anagonye") };
    let after = Row::Membership(back);
    chain.add(11, 1_100, ANA, Event { kind: EventKind::MemberJoined, before: None, after });
    tell(&world, 11, vec![chain.all()]);
    let compared = compare(&world, 899, 1_100, Unsent::LeftOut);
    assert_eq!((compared.joined_total, compared.left_total, compared.changed_total), (0, 0, 1));
    let line = &compared.changed[0];
    assert!(line.came_back);
    assert_eq!(line.before.as_ref().expect("was here").id, mid(3));
    assert_eq!(line.after.as_ref().expect("is here").id, mid(30));
    let gone = line.gone.as_ref().map(|(at, by)| (*at, by.as_str()));
    assert_eq!(gone, Some((Timestamp(900), "Ana Larch")), "both events are told");
}

#[test]
fn what_is_not_sent_yet_is_compared_by_choice() {
    let world = told();
    world.submit(remove(1));
    assert!(compare(&world, 900, 900, Unsent::LeftOut).is_same());
    let compared = compare(&world, 900, 900, Unsent::Included);
    assert_eq!((compared.left_total, compared.unsent), (1, 1));
    assert_eq!((compared.left[0].at, compared.left[0].by.as_deref()), (None, None));
    assert!(compared.left[0].not_sent);
}

#[test]
fn an_account_has_a_history_of_its_own_for_those_who_administer_it() {
    let world = told();
    let of = LogOf::Account(account_id());
    let mut chain = Chain::of(of);
    let after = Row::AccountAdmin(admin());
    chain.add(2, 200, ANA, Event { kind: EventKind::AdminAdded, before: None, after });
    tell(&world, 10, vec![chain.all()]);
    let found = subjects(
        &world,
        HistoryQuery {
            of: HistoryOf::Account(account_id()),
            text: "ana larch".to_owned(),
            kinds: vec![EventKind::AdminAdded.key().to_owned()],
            ..HistoryQuery::default()
        },
    );
    assert_eq!(found, ["Ana Larch"]);
    // Who is no Account Admin any more keeps nothing of it.
    let mut held = held();
    held.admins[0].login = login_id(4);
    held.admins[0].address = Address::parse("zoe@larch.example").expect("an address");
    world.apply(answer(1, 11, vec![Say::Accounts(held)]));
    assert_eq!(world.cache.log_state(of).expect("reads"), None);
    let workspaces: Vec<Option<WorkspaceId>> =
        history(&world, HistoryQuery::default()).rows.iter().map(|row| row.workspace).collect();
    assert_eq!(workspaces, [Some(ws(1)); 3], "the workspace's stays");
}
