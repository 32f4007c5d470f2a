//! The pack: everything that the evidence says, in one form that programs read.

use std::collections::{BTreeMap, BTreeSet};

use muster_domain::{
    EventKind, LoginId, MemberState, Membership, MembershipId, Review, ReviewLine, RoleSet, Row,
    SigningKey, Timestamp,
};
use muster_protocol::{LogOf, Logged, LoggedEvent};
use serde::{Deserialize, Serialize};

/// The form of the pack; another form is another number.
pub const FORMAT: u16 = 3;

/// The evidence of one review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The form.
    pub format: u16,
    /// The version of the program that made it.
    pub program: String,
    /// When it was made, by the clock of the device.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: Signer,
    /// The server that the review is on.
    pub server: String,
    /// The account's name.
    pub account_name: String,
    /// The workspace's name.
    pub workspace_name: String,
    /// Names of the workspace's own roles, by their keys.
    pub own_roles: BTreeMap<String, String>,
    /// The review.
    pub review: Review,
    /// The frozen list with the decisions, by name.
    pub lines: Vec<ReviewLine>,
    /// The changes that were made to these people until the review was closed, in their order.
    pub changes: Vec<Change>,
    /// The part of the log from the start of the review on, where whoever made this could read
    /// it.
    pub chain: Option<Chain>,
}

/// Who made the evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The sign-in.
    pub login: LoginId,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The public key.
    pub key: String,
}

/// A part of a log. Events that are about other things are sealed: their hashes keep the chain
/// together, and what they say is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Whose log.
    pub of: LogOf,
    /// Every event from the start of the review to the head.
    pub events: Vec<Logged>,
}

/// A change of one person of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The membership.
    pub membership: MembershipId,
    /// The name.
    pub name: String,
    /// What happened, by its key.
    pub kind: String,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Who did it.
    pub by: String,
    /// The roles before.
    pub from: RoleSet,
    /// The roles after; none where access ended.
    pub to: RoleSet,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What a part of a log says of a review.
#[derive(Debug)]
pub(crate) struct Told {
    pub review: Option<Review>,
    pub lines: Vec<ReviewLine>,
    pub changes: Vec<Change>,
    /// Whether each signing key was named by a session of whom it is said to be.
    pub keys_are_their_own: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self { review: None, lines: Vec::new(), changes: Vec::new(), keys_are_their_own: true }
    }
}

impl Pack {
    /// Orders the lines, and takes review, lines and changes from the log where it is there: so
    /// the pack says what the log says and nothing that waits to be sent.
    #[must_use]
    pub fn settled(mut self) -> Self {
        if let Some(chain) = &self.chain {
            let told = told(chain, &self.review);
            if let Some(review) = told.review {
                self.review = review;
                self.lines = told.lines;
                self.changes = told.changes;
            }
        }
        self.lines.sort_by(by_name);
        self
    }

    /// The key that signed this, as the log says whose it is. Without the log nobody does.
    pub fn registered(&self) -> Option<&SigningKey> {
        self.chain.as_ref()?;
        self.review.signer(self.made_by.key.parse().ok()?)
    }

    /// A role's name.
    pub(crate) fn roles(&self, roles: RoleSet) -> String {
        let keys: Vec<String> = serde_json::to_value(roles)
            .ok()
            .and_then(|it| serde_json::from_value(it).ok())
            .unwrap_or_default();
        let name = |key: &String| self.own_roles.get(key).cloned().unwrap_or_else(|| title(key));
        keys.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

fn by_name(a: &ReviewLine, b: &ReviewLine) -> std::cmp::Ordering {
    let key = |it: &ReviewLine| (it.name.to_lowercase(), it.membership);
    key(a).cmp(&key(b))
}

/// `content_manager` as people read it.
pub(crate) fn title(key: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
    };
    key.split(['_', '.']).filter_map(word).collect::<Vec<_>>().join(" ")
}

/// Whether an event is about this review or about somebody on its list.
pub(crate) fn is_about(
    event: &LoggedEvent,
    review: &Review,
    people: &BTreeSet<MembershipId>,
) -> bool {
    match serde_json::from_str::<Row>(&event.opened_after()) {
        Ok(Row::Review(it)) => it.id == review.id,
        Ok(Row::ReviewLine(it)) => it.review == review.id,
        Ok(Row::Membership(it)) => people.contains(&it.id),
        Ok(_) | Err(_) => false,
    }
}

impl Chain {
    /// The part of a log that belongs to a review; the rest of it is sealed.
    pub fn of(
        of: LogOf,
        events: Vec<Logged>,
        review: &Review,
        people: &BTreeSet<MembershipId>,
    ) -> Self {
        let starts = |it: &Logged| match it {
            Logged::Shown(event) => {
                event.kind == EventKind::ReviewStarted.key() && is_about(event, review, people)
            }
            Logged::Sealed { .. } => false,
        };
        let events = events.into_iter().skip_while(|it| !starts(it)).map(|logged| match logged {
            Logged::Shown(event) if !is_about(&event, review, people) => {
                Logged::Sealed { place: event.place, prev: event.prev, hash: event.hash }
            }
            other => other,
        });
        Self { of, events: events.collect() }
    }

    /// The events that can be read.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &LoggedEvent> {
        self.events.iter().filter_map(|it| match it {
            Logged::Shown(event) => Some(&**event),
            Logged::Sealed { .. } => None,
        })
    }
}

/// What a log says of a review: its last state, that of each line, and the changes until it was
/// closed.
pub(crate) fn told(chain: &Chain, review: &Review) -> Told {
    let mut told = Told::default();
    let mut lines: BTreeMap<MembershipId, ReviewLine> = BTreeMap::new();
    for event in chain.shown() {
        match serde_json::from_str::<Row>(&event.opened_after()) {
            Ok(Row::Review(it)) if it.id == review.id => {
                let before = told.review.as_ref().map_or(0, |it| it.keys.len());
                told.keys_are_their_own &=
                    it.keys.iter().skip(before).all(|key| key.login == event.actor);
                told.review = Some(it);
            }
            Ok(Row::ReviewLine(it)) if it.review == review.id => {
                lines.insert(it.membership, it);
            }
            Ok(Row::Membership(it)) => {
                let is_open = told.review.as_ref().is_some_and(|it| it.closed.is_none());
                if is_open && lines.contains_key(&it.id) {
                    told.changes.extend(change(event, &it));
                }
            }
            Ok(_) | Err(_) => {}
        }
    }
    told.lines = lines.into_values().collect();
    told.lines.sort_by(by_name);
    told
}

fn change(event: &LoggedEvent, after: &Membership) -> Option<Change> {
    let before = event.opened_before().and_then(|it| serde_json::from_str::<Row>(&it).ok());
    let Some(Row::Membership(before)) = before else { return None };
    let (from, to) = (held(&before), held(after));
    (from != to).then(|| Change {
        membership: after.id,
        name: after.name.clone(),
        kind: event.kind.clone(),
        at: event.at,
        by: event.actor_name.clone(),
        from,
        to,
        reason: event.reason.clone(),
    })
}

/// The roles that give something: none to who is suspended or gone.
const fn held(member: &Membership) -> RoleSet {
    match member.state {
        MemberState::Active => member.roles,
        MemberState::Suspended
        | MemberState::Left
        | MemberState::Removed
        | MemberState::Expired => RoleSet::NONE,
    }
}
