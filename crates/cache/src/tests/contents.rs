//! Records: lists, unsent changes on them, what builds on what.

use muster_domain::{Command, ContentBody, ContentKind, Decision, LoginId, Part, RefusalCode, Row};
use muster_protocol::{OutcomeStatus, RecordSet, Say};

use super::world::*;
use crate::{ContentSort, ContentWindowQuery, EntryState, Label, Mark, Undone, WorkspaceQuery};

fn shelf() -> World {
    let world = World::northwind();
    let agents = ["Ångström", "ann", "Bob", "Zoë"];
    let mut rows: Vec<_> =
        (1..).zip(agents).map(|(number, name)| content(ws(1), number, name, agent(&[]))).collect();
    rows.push(content(ws(1), 8, "Opening hours", body(ContentKind::Knowledge)));
    let rows = rows.into_iter().map(|it| stamped(11, Row::Content(it))).collect();
    let done = world.apply(answer(1, 11, vec![Say::Rows { rows }]));
    assert!(done.changed.contents.contains(&ws(1)), "whoever shows records is told");
    world
}

fn query() -> ContentWindowQuery {
    ContentWindowQuery::of(ws(1), ContentKind::Agent, 10)
}

fn names(world: &World, query: &ContentWindowQuery) -> Vec<String> {
    let window = world.cache.contents(query).expect("reads");
    window.rows.into_iter().map(|row| row.content.name).collect()
}

fn count(world: &World, kind: ContentKind) -> u32 {
    world.cache.content_counts(ws(1)).expect("reads").of(kind)
}

#[test]
fn u36_records_come_by_name_so_that_there_is_a_first_agent() {
    let world = shelf();
    assert_eq!(names(&world, &query()), ["Ångström", "ann", "Bob", "Zoë"]);
    let reversed = ContentWindowQuery { descending: true, ..query() };
    assert_eq!(names(&world, &reversed), ["Zoë", "Bob", "ann", "Ångström"]);
    let first = ContentWindowQuery { limit: 1, ..query() };
    assert_eq!(names(&world, &first), ["Ångström"]);
    let second = ContentWindowQuery { offset: 1, limit: 2, ..query() };
    assert_eq!(names(&world, &second), ["ann", "Bob"]);
}

#[test]
fn records_sort_by_change_and_are_found_by_words() {
    let world = shelf();
    let sort = ContentSort::Updated;
    assert_eq!(
        names(&world, &ContentWindowQuery { sort, ..query() }),
        ["Zoë", "Bob", "ann", "Ångström"]
    );
    let descending = ContentWindowQuery { sort, descending: true, ..query() };
    assert_eq!(names(&world, &descending), ["Ångström", "ann", "Bob", "Zoë"]);
    let found = ContentWindowQuery { text: "ANGSTROM".to_owned(), ..query() };
    let window = world.cache.contents(&found).expect("reads");
    assert_eq!((window.total, window.matched, window.rows.len()), (4, 1, 1));
    let other = ContentWindowQuery { kind: ContentKind::Knowledge, ..found };
    assert!(names(&world, &other).is_empty(), "a kind is a list of its own");
}

#[test]
fn v34_a_record_made_without_a_connection_is_listed_and_counted_at_once() {
    let world = shelf();
    let n = world.submit(create(20, "Greeter", agent(&[])));
    assert_eq!((count(&world, ContentKind::Agent), count(&world, ContentKind::Lead)), (5, 0));
    let entry = world.cache.content(cid(20)).expect("reads").expect("is there");
    assert_eq!((entry.mark, entry.confirmed), (Mark::NotSent, None));
    assert_eq!(world.cache.workspace(ws(1)).expect("reads").expect("is there").not_sent, 1);
    assert_eq!(world.cache.undo(n, NOW).expect("writes"), Undone::Done);
    assert!(world.cache.content(cid(20)).expect("reads").is_none());
    assert_eq!(count(&world, ContentKind::Agent), 4);
}

#[test]
fn s1_what_differs_after_forgotten_deletions_is_fetched_again_and_what_waits_stays() {
    let world = shelf();
    world.submit(create(20, "Greeter", agent(&[])));
    world.submit(delete(3));
    let reset = |numbers: &[u32]| {
        let set = numbers.iter().fold(RecordSet::default(), |set, it| set.with(cid(*it), 11));
        Say::Reset { workspace: ws(1), records: set }
    };
    let shown = names(&world, &query());
    world.apply(answer(1, 12, vec![reset(&[1, 2, 3, 4, 8])]));
    assert!(world.request().0.want.is_empty(), "nothing differs");
    assert_eq!(names(&world, &query()), shown);
    // The second was deleted, which nobody can tell any more.
    let done = world.apply(answer(1, 13, vec![reset(&[1, 3, 4, 8])]));
    assert!(done.more && done.changed.contents.contains(&ws(1)));
    let want = world.request().0.want;
    assert_eq!((want.len(), want[0].workspace, want[0].after), (1, ws(1), None));
    let mut rows = northwind_rows();
    for (number, name) in [(1, "Ångström"), (3, "Bob"), (4, "Zoë")] {
        rows.push(stamped(11, Row::Content(content(ws(1), number, name, agent(&[])))));
    }
    let kind = body(ContentKind::Knowledge);
    rows.push(stamped(11, Row::Content(content(ws(1), 8, "Opening hours", kind))));
    world.apply(answer(1, 13, vec![chunk(ws(1), rows)]));
    assert_eq!(names(&world, &query()), ["Ångström", "Bob", "Greeter", "Zoë"]);
    assert_eq!(count(&world, ContentKind::Knowledge), 1);
    assert_eq!(world.cache.counts().expect("reads").not_sent, 2);
    assert!(world.request().0.want.is_empty(), "it is whole again");
}

#[test]
fn v34_an_answer_settles_a_record_and_its_mark_goes() {
    let world = shelf();
    world.submit(create(20, "Greeter", agent(&[])));
    world.request();
    assert_eq!(world.cache.content(cid(20)).expect("reads").expect("is there").mark, Mark::Sending);
    let record = content(ws(1), 20, "Greeter", agent(&[]));
    let rows = vec![stamped(12, Row::Content(record.clone()))];
    world.apply(answer(1, 12, vec![applied_at(1, 12), Say::Rows { rows }]));
    let entry = world.cache.content(cid(20)).expect("reads").expect("is there");
    assert_eq!((entry.content, entry.mark, entry.confirmed), (record, Mark::None, None));
    assert_eq!(count(&world, ContentKind::Agent), 5);
}

#[test]
fn e45_a_record_that_only_an_unsent_change_deletes_stays_listed() {
    let world = shelf();
    world.submit(delete(2));
    assert_eq!(names(&world, &query()).len(), 4);
    let entry = world.cache.content(cid(2)).expect("reads").expect("is listed");
    assert!(entry.content.deleted && !entry.confirmed.expect("is touched").deleted);
    assert_eq!((entry.mark, count(&world, ContentKind::Agent)), (Mark::NotSent, 4));
    let mut gone = content(ws(1), 2, "ann", agent(&[]));
    gone.deleted = true;
    world.request();
    let rows = vec![stamped(12, Row::Content(gone))];
    world.apply(answer(1, 12, vec![applied_at(1, 12), Say::Rows { rows }]));
    assert_eq!(names(&world, &query()), ["Ångström", "Bob", "Zoë"]);
    assert!(world.cache.content(cid(2)).expect("reads").is_none());
    assert_eq!(count(&world, ContentKind::Agent), 3);
}

#[test]
fn e42_a_record_changed_by_two_is_a_conflict_and_both_versions_are_at_hand() {
    let world = shelf();
    let change = |title: &str| Command::ChangeContent {
        workspace: ws(1),
        content: cid(2),
        version: 1,
        title: title.to_owned(),
        body: agent(&[]),
    };
    let n = world.submit(change("Mine"));
    let entry = world.cache.content(cid(2)).expect("reads").expect("is there");
    assert_eq!(entry.content.name, "Mine");
    assert_eq!(entry.confirmed.expect("is touched").name, "ann");
    let mut theirs = content(ws(1), 2, "Theirs", agent(&[]));
    theirs.version = 2;
    let rows = vec![stamped(12, Row::Content(theirs))];
    world.apply(answer(1, 12, vec![Say::Rows { rows }]));
    let entry = world.cache.content(cid(2)).expect("reads").expect("is there");
    assert_eq!((entry.content.name.as_str(), entry.mark), ("Theirs", Mark::NotSent));
    world.request();
    world.apply(answer(1, 12, vec![refused(1)]));
    let entry = world.cache.content(cid(2)).expect("reads").expect("is there");
    assert_eq!(entry.mark, Mark::Refused);
    let kept = world.cache.entry(n).expect("reads").expect("is kept");
    assert_eq!(kept.command, Some(change("Mine")), "nothing of it is lost");
}

#[test]
fn u47_an_agent_can_use_knowledge_that_is_not_sent_yet_and_falls_with_it() {
    let world = shelf();
    let knowledge = world.submit(create(30, "Prices", body(ContentKind::Knowledge)));
    let user = world.submit(create(31, "Seller", agent(&[cid(30)])));
    let entry = world.cache.entry(user).expect("reads").expect("is there");
    assert_eq!(entry.deps, [knowledge]);
    let (_, pushes) = world.request();
    assert_eq!(pushes[1].deps, [pushes[0].n]);
    world.apply(answer(1, 11, vec![refused(1)]));
    assert!(world.cache.content(cid(30)).expect("reads").is_none());
    // The server says the same of the second; until then it waits without effect.
    assert!(world.cache.content(cid(31)).expect("reads").is_none());
}

#[test]
fn a_change_of_a_record_builds_on_its_creation() {
    let world = shelf();
    let created = world.submit(create(30, "Prices", body(ContentKind::Knowledge)));
    let deleted = world.submit(delete(30));
    assert_eq!(world.cache.entry(deleted).expect("reads").expect("is there").deps, [created]);
    assert_eq!(world.cache.undo(created, NOW).expect("writes"), Undone::Done);
    let entry = world.cache.entry(deleted).expect("reads").expect("is there");
    assert_eq!(entry.state, EntryState::Undone);
    let created = world.submit(create(32, "Hours", body(ContentKind::Knowledge)));
    world.request();
    let later = world.submit(delete(32));
    world.apply(answer(1, 11, vec![refused(1)]));
    assert_eq!(
        world.cache.entry(created).expect("reads").expect("is there").state,
        EntryState::Refused
    );
    let outcome = world.cache.outcome(later).expect("reads").expect("has one");
    assert_eq!(outcome.status, OutcomeStatus::Skipped);
}

#[test]
fn u49_a_record_of_another_workspace_cannot_be_used() {
    let world = shelf();
    let foreign = create(31, "Seller", agent(&[cid(777)]));
    let submission = world.cache.submit(&foreign, NOW, Label::default()).expect("decides");
    let refusal = submission.decision.refusal().expect("is refused");
    assert_eq!((submission.n, refusal.code), (None, RefusalCode::ForeignReference));
}

#[test]
fn u17_conversations_cannot_be_changed() {
    let world = shelf();
    let talk = content(ws(1), 40, "Cy", body(ContentKind::Conversation));
    let rows = vec![stamped(12, Row::Content(talk))];
    world.apply(answer(1, 12, vec![Say::Rows { rows }]));
    let decision = world.cache.predict(&delete(40), NOW).expect("decides");
    assert_eq!(decision.refusal().expect("is refused").code, RefusalCode::ReadOnlyContent);
    assert_eq!(count(&world, ContentKind::Conversation), 1);
}

#[test]
fn e52_a_creator_who_left_is_told_apart_only_where_that_is_known() {
    let world = shelf();
    let is_present = |world: &World, number| {
        world.cache.content(cid(number)).expect("reads").expect("is there").creator_present
    };
    assert!(is_present(&world, 1), "a member made it");
    let mut by_admin = content(ws(1), 50, "By the admin", agent(&[]));
    by_admin.creator = me().id;
    let mut by_stranger = content(ws(1), 51, "By somebody gone", agent(&[]));
    by_stranger.creator = LoginId::from_bytes([99; 16]);
    let rows: Vec<_> = [by_admin, by_stranger.clone()]
        .into_iter()
        .map(|it| stamped(12, Row::Content(it)))
        .collect();
    world.apply(answer(1, 12, vec![Say::Rows { rows }]));
    assert!(is_present(&world, 50), "an Account Admin made it");
    assert!(!is_present(&world, 51));
    // Somebody who does not see members cannot tell.
    let world = World::empty();
    let rows = vec![
        stamped(10, Row::Workspace(workspace(ws(1), "Northwind"))),
        stamped(10, Row::Content(by_stranger)),
    ];
    world.apply(narrow(&[Part::Agents], rows, held()));
    assert!(is_present(&world, 51));
}

#[test]
fn r10_a_view_holds_the_kinds_it_names_and_no_others() {
    let world = World::empty();
    let mut rows = vec![stamped(10, Row::Workspace(workspace(ws(1), "Northwind")))];
    for (number, kind) in (1..).zip(ContentKind::ALL) {
        rows.push(stamped(10, Row::Content(content(ws(1), number, "x", body(*kind)))));
    }
    world.apply(narrow(&[Part::Knowledge], rows.clone(), held()));
    world.apply(answer(1, 11, vec![Say::Rows { rows }]));
    for kind in ContentKind::ALL {
        let expected = u32::from(*kind == ContentKind::Knowledge);
        assert_eq!(count(&world, *kind), expected, "{kind:?}");
    }
}

#[test]
fn v10_a_plan_without_room_refuses_one_more_and_counts_what_is_not_sent() {
    let world = World::northwind();
    let mut basic = workspace(ws(1), "Northwind");
    basic.plan = muster_domain::Plan::Basic;
    let confirmed = content(ws(1), 100, "One", agent(&[]));
    let rows = vec![stamped(12, Row::Workspace(basic)), stamped(12, Row::Content(confirmed))];
    world.apply(answer(1, 12, vec![Say::Rows { rows }]));
    let most = muster_domain::Plan::Basic.limits().agents.expect("has a limit");
    for number in 1..most {
        world.submit(create(100 + number, "One", agent(&[])));
    }
    let one_more = create(200, "One more", agent(&[]));
    let decision = world.cache.predict(&one_more, NOW).expect("decides");
    assert_eq!(decision.refusal().expect("is refused").code, RefusalCode::PlanLimit);
    // One that will go makes room, though it is listed still.
    world.submit(delete(100));
    let decision = world.cache.predict(&one_more, NOW).expect("decides");
    assert!(matches!(decision, Decision::Accept(_)), "{decision:?}");
}

#[test]
fn orders_of_records_are_covered_by_an_index() {
    let world = shelf();
    for (order, index) in [
        ("folded, id", "COVERING INDEX contents_by_name"),
        ("folded DESC, id DESC", "COVERING INDEX contents_by_name"),
        ("updated, folded, id", "COVERING INDEX contents_by_update"),
        ("updated DESC, folded DESC, id DESC", "COVERING INDEX contents_by_update"),
    ] {
        let plan: Vec<String> = world.cache.with_mirror(|db| {
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT id FROM contents WHERE workspace = x'01' AND kind = 0
                 AND shown = 1 AND instr(folded, 'a') > 0 ORDER BY {order} LIMIT 128 OFFSET 5"
            );
            let mut statement = db.prepare(&sql).expect("prepares");
            let rows = statement.query_map([], |row| row.get("detail")).expect("explains");
            rows.collect::<Result<_, _>>().expect("reads")
        });
        let plan = plan.join("; ");
        assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{order}: {plan}");
    }
}

#[test]
fn the_kept_counts_of_records_are_what_there_is() {
    let world = shelf();
    world.submit(delete(1));
    world.submit(create(20, "Greeter", agent(&[])));
    let mut gone = content(ws(1), 3, "Bob", agent(&[]));
    gone.deleted = true;
    let rows = vec![stamped(12, Row::Content(gone))];
    // Twice, as after an answer that got lost.
    world.apply(answer(1, 12, vec![Say::Rows { rows: rows.clone() }]));
    world.apply(answer(1, 12, vec![Say::Rows { rows }]));
    let counted: u32 = world.cache.with_mirror(|db| {
        let sql = "SELECT count(*) FROM contents WHERE kind = 0 AND shown = 1";
        db.query_row(sql, [], |row| row.get(0)).expect("counts")
    });
    assert_eq!((count(&world, ContentKind::Agent), counted), (4, 4));
    assert_eq!(world.cache.workspaces(&WorkspaceQuery::default()).expect("reads").total, 1);
}

#[test]
fn a_text_that_is_long_comes_back_as_it_went_in() {
    let world = shelf();
    let text = "ä".repeat(32 << 10);
    world.submit(create(60, "Long", ContentBody::Prompt { text: text.clone() }));
    let entry = world.cache.content(cid(60)).expect("reads").expect("is there");
    assert_eq!(entry.content.body, ContentBody::Prompt { text });
}
