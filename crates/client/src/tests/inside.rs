//! What is inside a workspace: lists of records, the panel, and what is not sent yet.

use muster_domain::{
    Activity, ContentBody, ContentId, ContentKind, KnowledgeSource, Row, TalkState, Timestamp,
};

use super::world::{NORTHWIND, NOW, STUDIO, Told, agency, code, freelancer, mine, record};
use crate::contents;
use crate::draft::draft;
use crate::place;
use crate::view::{ContentQuery, ContentSort, Intent, Mark, PendingWhat, Verdict};

fn agent(knowledge: Vec<ContentId>) -> ContentBody {
    ContentBody::Agent { instructions: "be kind".to_owned(), state: Activity::On, knowledge }
}

fn faq() -> ContentBody {
    let text = "answers".to_owned();
    ContentBody::Knowledge { source: KnowledgeSource::Faq, text, size: 7 }
}

fn talk() -> ContentBody {
    ContentBody::Conversation {
        person: "A visitor".to_owned(),
        at: Timestamp(5),
        channel: "Website".to_owned(),
        state: TalkState::Open,
    }
}

/// Northwind with an agent of Dora's, who is gone, over one piece of knowledge.
fn stocked() -> Told {
    let mut told = agency();
    let used = ContentId::from_bytes([41; 16]);
    told.row(Row::Content(record(40, "Shop helper", 5, agent(vec![used]))));
    told.row(Row::Content(record(41, "FAQ", 2, faq())));
    told.row(Row::Content(record(42, "A question", 2, talk())));
    told
}

fn query(kind: ContentKind, text: &str) -> ContentQuery {
    ContentQuery {
        workspace: NORTHWIND,
        kind,
        text: text.to_owned(),
        sort: ContentSort::Name,
        descending: false,
        offset: 0,
        limit: 128,
    }
}

#[test]
fn v34_v38_every_kind_of_the_product_is_counted() {
    let world = stocked().heard();
    let view = place::view(&world.online(), NORTHWIND).expect("is there");
    let counts: Vec<_> = view.contents.iter().map(|it| (it.kind, it.count)).collect();
    assert_eq!(counts.len(), ContentKind::ALL.len());
    assert!(counts.contains(&(ContentKind::Agent, 1)));
    assert!(counts.contains(&(ContentKind::Prompt, 0)));
    let world = freelancer().heard();
    let view = place::view(&world.online(), STUDIO).expect("is there");
    let kinds: Vec<_> = view.contents.iter().map(|it| it.kind).collect();
    let wanted =
        [ContentKind::Agent, ContentKind::Knowledge, ContentKind::Conversation, ContentKind::Lead];
    assert_eq!(kinds, wanted);
}

#[test]
fn e52_a_creator_who_is_gone_is_named_as_such() {
    let world = stocked().heard();
    let page = contents::page(&world.online(), query(ContentKind::Agent, "")).expect("reads");
    assert_eq!((page.total, page.matched), (1, 1));
    let row = &page.rows[0];
    assert_eq!((row.name.as_str(), row.state.as_str()), ("Shop helper", "on"));
    assert!(row.creator_gone, "Dora was removed; the agent stays (U-51)");
    let page = contents::page(&world.online(), query(ContentKind::Knowledge, "fa")).expect("reads");
    assert_eq!((page.rows[0].state.as_str(), page.rows[0].creator_gone), ("faq", false));
    let none =
        contents::page(&world.online(), query(ContentKind::Knowledge, "xyz")).expect("reads");
    assert_eq!((none.total, none.matched), (1, 0));
}

#[test]
fn u47_an_agent_names_the_knowledge_it_uses_without_what_is_gone() {
    let mut told = stocked();
    let world = told.clone().heard();
    let bench = world.online();
    let id = ContentId::from_bytes([40; 16]);
    let view = contents::view(&bench, NORTHWIND, id).expect("is there");
    let names: Vec<_> = view.knowledge.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["FAQ"]);
    assert_eq!((view.version, view.change, view.delete), (4, Verdict::Allowed, Verdict::Allowed));
    assert!(contents::view(&bench, STUDIO, id).is_err(), "of another workspace, it is not there");

    told.places[0].2.retain(|row| !matches!(row, Row::Content(it) if it.name == "FAQ"));
    let world = told.heard();
    let view = contents::view(&world.online(), NORTHWIND, id).expect("is there");
    assert!(view.knowledge.is_empty());
}

#[test]
fn u17_conversations_come_in_from_outside_and_stay_as_they_are() {
    let world = stocked().heard();
    let bench = world.online();
    let page = contents::page(&bench, query(ContentKind::Conversation, "")).expect("reads");
    assert_eq!(page.create, Verdict::Hidden);
    let view = contents::view(&bench, NORTHWIND, page.rows[0].id).expect("is there");
    assert_eq!((view.change, view.delete), (Verdict::Hidden, Verdict::Hidden));
}

#[test]
fn u57_who_edits_agents_only_reads_knowledge() {
    let mut told = stocked();
    told.accounts.admins.clear();
    told.places.truncate(1);
    let mut own = mine(NORTHWIND);
    own.roles = super::world::roles(&[muster_domain::Role::AgentManager]);
    told.places[0].1 = muster_domain::View::of(muster_domain::Role::AgentManager.permissions());
    told.row(Row::Membership(own));
    let world = told.heard();
    let bench = world.online();
    let page = contents::page(&bench, query(ContentKind::Agent, "")).expect("reads");
    assert_eq!(page.create, Verdict::Allowed);
    let page = contents::page(&bench, query(ContentKind::Knowledge, "")).expect("reads");
    assert_eq!(code(&page.create), "r1.missing");
    let view = contents::view(&bench, NORTHWIND, page.rows[0].id).expect("is there");
    assert_eq!(code(&view.change), "r1.missing");
}

#[test]
fn e42_a_change_of_a_record_waits_and_stands_on_it() {
    let world = stocked().heard();
    let bench = world.offline();
    let id = ContentId::from_bytes([41; 16]);
    let intent = Intent::ChangeContent {
        workspace: NORTHWIND,
        content: id,
        version: 4,
        name: "FAQ 2".to_owned(),
        body: faq(),
    };
    let made = draft(&bench, intent).expect("a command");
    assert_eq!(bench.offline_sentence(&made.command).expect("reads"), None, "it can wait (R14)");
    world.cache.submit(&made.command, NOW, made.label).expect("is kept");
    let view = contents::view(&bench, NORTHWIND, id).expect("is there");
    assert_eq!((view.row.name.as_str(), view.row.mark), ("FAQ 2", Mark::NotSent));
    assert_eq!(view.not_sent.len(), 1);
    let wanted =
        PendingWhat::Other { command: "content.change/1".to_owned(), name: "FAQ 2".to_owned() };
    assert_eq!(view.not_sent[0].what, wanted);
    assert_eq!(view.not_sent[0].workspace_name, "Northwind");
}
