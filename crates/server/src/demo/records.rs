//! What is in the sample workspaces: agents with their knowledge, prompts, integrations,
//! channels, and what came in through them.

use muster_domain::{
    Activity, ContentBody, ContentId, KnowledgeSource, PermissionSet, TalkState, Timestamp,
};

use super::chance::{Chance, id};
use super::names;

/// How many records a place has that is looked at.
pub const MANY: usize = KNOWLEDGE.len() + AGENTS.len() + PROMPTS.len() + 4 + 14;

/// How many records any other place has: its knowledge and one agent.
pub const FEW: usize = KNOWLEDGE.len() + 1;

const KNOWLEDGE: &[(&str, KnowledgeSource, &str)] = &[
    ("Opening hours", KnowledgeSource::Faq, "Monday to Friday, 9 to 18. Closed on holidays."),
    ("Website", KnowledgeSource::Website, "https://www.client.example/"),
    ("Price list", KnowledgeSource::Document, "Prices of all services, valid from January."),
    ("Returns", KnowledgeSource::Faq, "Within 30 days, unused, with the receipt."),
    ("Help centre", KnowledgeSource::Source, "Articles of the help centre, read every night."),
];

const AGENTS: &[(&str, &str, Activity)] = &[
    ("Front desk", "Greet people, answer short questions, hand over to a person.", Activity::On),
    ("Order help", "Help with orders and returns. Never promise a date.", Activity::On),
    ("Night shift", "Answer outside of opening hours and take messages.", Activity::On),
    ("Campaign 2025", "Answer questions about the campaign that has ended.", Activity::Off),
];

const PROMPTS: &[(&str, &str)] = &[
    ("Tone of voice", "Friendly and brief. No jargon, no exclamation marks."),
    ("Hand over", "Ask for a name and a way to reach the person, then hand over."),
    ("Apology", "Say what went wrong, what is done about it, and by when."),
];

/// The permissions of the role that some workspaces define for themselves.
pub fn reporter() -> PermissionSet {
    use muster_domain::Permission as P;
    PermissionSet::of(&[P::WorkspaceView, P::ConversationView, P::LeadView, P::ChatUse])
}

/// The id of a place's record.
pub fn record_id(place: usize, index: usize) -> ContentId {
    ContentId::from_bytes(id(&format!("record {place}"), index))
}

/// The name and the body of a place's record; knowledge comes first, so that agents can use it.
pub fn record(place: usize, index: usize, now: Timestamp) -> (String, ContentBody) {
    let mut chance = Chance::new((place as u64) << 16 | index as u64);
    if let Some((name, source, text)) = KNOWLEDGE.get(index) {
        let size = 1_000 + u64::try_from(chance.below(90_000)).unwrap_or_default();
        let body = ContentBody::Knowledge { source: *source, text: (*text).to_owned(), size };
        return ((*name).to_owned(), body);
    }
    let index = index - KNOWLEDGE.len();
    if let Some((name, instructions, state)) = AGENTS.get(index) {
        let knowledge = (0..KNOWLEDGE.len() - index).map(|it| record_id(place, it)).collect();
        let instructions = (*instructions).to_owned();
        let body = ContentBody::Agent { instructions, state: *state, knowledge };
        return ((*name).to_owned(), body);
    }
    let index = index - AGENTS.len();
    if let Some((name, text)) = PROMPTS.get(index) {
        return ((*name).to_owned(), ContentBody::Prompt { text: (*text).to_owned() });
    }
    let state = Activity::On;
    match index - PROMPTS.len() {
        0 => {
            let service = "Calendar".to_owned();
            ("Appointments".to_owned(), ContentBody::Integration { service, state })
        }
        1 => {
            let service = "Customer database".to_owned();
            let state = Activity::Off;
            ("Contacts".to_owned(), ContentBody::Integration { service, state })
        }
        2 => {
            let medium = "website".to_owned();
            ("Chat on the website".to_owned(), ContentBody::Channel { medium, state })
        }
        3 => {
            let medium = "e-mail".to_owned();
            ("Inbox".to_owned(), ContentBody::Channel { medium, state })
        }
        it => talk(&mut chance, it, now),
    }
}

/// A conversation or a lead.
fn talk(chance: &mut Chance, index: usize, at: Timestamp) -> (String, ContentBody) {
    let (person, local) = names::person(chance);
    let channel = (*chance.pick(&["Chat on the website", "Inbox"])).to_owned();
    let state = if chance.percent(60) { TalkState::Closed } else { TalkState::Open };
    let name = person.clone();
    if index.is_multiple_of(3) {
        let contact = format!("{local}@visitors.example");
        (name, ContentBody::Lead { person, contact, at, channel, state })
    } else {
        (name, ContentBody::Conversation { person, at, channel, state })
    }
}
