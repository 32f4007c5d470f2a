//! The agency's year as a list of acts in the order of their time: who comes, goes and changes.

use muster_domain::{Labels, Plan, Role, RoleSet, Timestamp};

use super::Scale;
use super::agency::{BILLING, BUILDER, CHAT, CLIENT, LEAD};
use super::chance::Chance;
use super::reviews::{Quarter, Step};
use super::{names, records};

const HOUR: i64 = 60 * 60 * 1_000;
const DAY: i64 = 24 * HOUR;

/// A client's workspace.
pub struct Place {
    /// Its name at first.
    pub name: String,
    /// Its name after the year's renaming.
    pub renamed: Option<String>,
    /// Its plan.
    pub plan: Plan,
    /// Its region and what it is for.
    pub labels: Labels,
}

/// Somebody who will be invited.
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their address.
    pub address: String,
}

/// One invitation of one person to one place, and what becomes of it.
pub struct Seat {
    /// The person.
    pub person: usize,
    /// The place.
    pub place: usize,
    /// The roles.
    pub roles: RoleSet,
}

/// One act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// A workspace is created.
    Create(usize),
    /// A seat's person is invited.
    Invite(usize),
    /// A seat's person accepts.
    Accept(usize),
    /// A seat's invitation is sent again.
    Resend(usize),
    /// A seat's invitation is cancelled.
    Revoke(usize),
    /// A seat's roles change.
    ChangeRoles(usize),
    /// A seat's member is suspended.
    Suspend(usize),
    /// And let back in.
    Resume(usize),
    /// A seat's member is removed.
    Remove(usize),
    /// A seat's member leaves.
    Leave(usize),
    /// A place is renamed.
    Rename(usize),
    /// A place gets one more record, by its number there.
    Record(usize, usize),
    /// A place defines a role of its own.
    Define(usize),
    /// A seat's member is given that role besides.
    GiveOwn(usize),
    /// A note is made about a seat's member.
    Note(usize),
    /// A seat's member is labelled.
    Label(usize),
    /// A seat's membership gets an end.
    End(usize),
    /// A seat's person becomes an Account Admin.
    Promote(usize),
    /// A seat's person comes into the group.
    Pod(usize),
    /// The group is formed.
    FormPod,
    /// Something that did not come to anything is begun.
    Begin,
    /// And put into the bin.
    Bin,
    /// Something happens in a review of the first place.
    Review(Quarter, Step),
}

impl Act {
    /// The seat that it is about.
    pub const fn seat(self) -> Option<usize> {
        match self {
            Act::Invite(seat)
            | Act::Accept(seat)
            | Act::Resend(seat)
            | Act::Revoke(seat)
            | Act::ChangeRoles(seat)
            | Act::Suspend(seat)
            | Act::Resume(seat)
            | Act::Remove(seat)
            | Act::Leave(seat)
            | Act::GiveOwn(seat)
            | Act::Note(seat)
            | Act::Label(seat)
            | Act::End(seat)
            | Act::Promote(seat)
            | Act::Pod(seat) => Some(seat),
            Act::Create(_)
            | Act::Rename(_)
            | Act::Record(..)
            | Act::Define(_)
            | Act::FormPod
            | Act::Begin
            | Act::Bin
            | Act::Review(..) => None,
        }
    }
}

/// The year.
pub struct Year {
    /// The clients' workspaces.
    pub places: Vec<Place>,
    /// The people.
    pub people: Vec<Person>,
    /// The seats. The first seat of each place is its lead, who stays.
    pub seats: Vec<Seat>,
    /// The acts by time.
    pub acts: Vec<(Timestamp, Act)>,
    /// Each place's lead, as a seat.
    pub leads: Vec<usize>,
    /// When the year ends.
    pub end: Timestamp,
}

/// Writes the plan of a year that begins at `start` and ends at `end`.
pub fn year(scale: Scale, start: Timestamp, end: Timestamp) -> Year {
    let mut planner = Planner {
        chance: Chance::new(2026),
        start: start.0,
        end: end.0,
        year: Year {
            places: Vec::new(),
            people: Vec::new(),
            seats: Vec::new(),
            acts: Vec::new(),
            leads: Vec::new(),
            end,
        },
        opened: Vec::new(),
    };
    let sizes = sizes(scale);
    planner.places(scale, &sizes);
    planner.staff(scale);
    for (place, size) in sizes.iter().enumerate() {
        planner.clients(place, *size);
        planner.unanswered(place, *size);
        planner.inside(place);
    }
    planner.around();
    planner.reviews();
    planner.year.acts.sort_unstable();
    planner.year
}

/// How many people of the agency itself work for clients.
fn staff_of(scale: Scale) -> usize {
    (scale.people / 20).clamp(2, 400)
}

/// How many people each client has: a few large ones, many small.
fn sizes(scale: Scale) -> Vec<usize> {
    // The account's own admin and the staff are people as well.
    let clients = scale.people - staff_of(scale) - 1;
    let weights: Vec<usize> = (0..scale.workspaces).map(|rank| 1_000 / (rank / 4 + 4)).collect();
    let total: usize = weights.iter().sum();
    let mut sizes: Vec<usize> =
        weights.iter().map(|weight| (clients * weight / total).max(1)).collect();
    let placed: usize = sizes.iter().sum();
    sizes[0] += clients.saturating_sub(placed);
    sizes
}

/// In how many places, the first ones, there is much to look at.
const RICH: usize = 40;

/// Region and purpose, by which an agency sorts its clients (V-12).
fn labels(place: usize) -> Labels {
    let region = ["EMEA", "Americas", "APAC"][place % 3];
    let purpose = ["customer-facing", "internal support", "sales"][place / 3 % 3];
    Labels::clean([region, purpose]).unwrap_or_default()
}

struct Planner {
    chance: Chance,
    start: i64,
    end: i64,
    year: Year,
    opened: Vec<i64>,
}

impl Planner {
    fn act(&mut self, at: i64, act: Act) {
        self.year.acts.push((Timestamp(at), act));
    }

    fn places(&mut self, scale: Scale, sizes: &[usize]) {
        let count = i64::try_from(scale.workspaces).unwrap_or(i64::MAX);
        for (index, size) in sizes.iter().enumerate() {
            let step = i64::try_from(index).unwrap_or_default() * 240 * DAY / count;
            let at = self.start + DAY + step + self.chance.between(0, 8 * HOUR);
            let (name, _) = names::client(index);
            let renamed = self.chance.percent(15).then(|| format!("{name} Group"));
            // A small plan has 100 seats; staff and invitations need room as well.
            let plan = if *size > 50 || self.chance.percent(25) { Plan::Pro } else { Plan::Basic };
            if renamed.is_some() {
                let at = self.chance.between(at + 30 * DAY, self.end - DAY);
                self.act(at, Act::Rename(index));
            }
            self.act(at, Act::Create(index));
            self.opened.push(at);
            self.year.places.push(Place { name, renamed, plan, labels: labels(index) });
        }
    }

    fn person(&mut self, domain: &str) -> usize {
        let (name, local) = names::person(&mut self.chance);
        // The number makes the address one of its own however often the name comes up.
        let address = format!("{local}.{}@{domain}.example", self.year.people.len());
        self.known(&name, &address)
    }

    fn known(&mut self, name: &str, address: &str) -> usize {
        self.year.people.push(Person { name: name.to_owned(), address: address.to_owned() });
        self.year.people.len() - 1
    }

    fn seat(&mut self, person: usize, place: usize, roles: RoleSet) -> usize {
        self.year.seats.push(Seat { person, place, roles });
        self.year.seats.len() - 1
    }

    /// People of the agency: each works for several clients.
    fn staff(&mut self, scale: Scale) {
        let places = scale.workspaces;
        for index in 0..staff_of(scale) {
            let (person, roles, share) = match index {
                0 => (self.known(LEAD.0, LEAD.1), RoleSet::of(&[Role::WorkspaceAdmin]), 3),
                1 => (self.known(BUILDER.0, BUILDER.1), RoleSet::of(&[Role::AgentManager]), 2),
                _ => {
                    let both = RoleSet::of(&[Role::AgentManager, Role::ContentManager]);
                    (self.person("larch"), both, 8)
                }
            };
            // Nobody can look after hundreds of clients.
            let step = share.max(places / 30);
            let first = self.chance.below(step.min(places));
            for place in (first..places).step_by(step) {
                let at = self.opened[place] + self.chance.between(HOUR, 5 * DAY);
                let seat = self.seat(person, place, roles);
                self.joins(seat, at);
            }
        }
    }

    /// A client's own people, the lead first.
    fn clients(&mut self, place: usize, size: usize) {
        let (_, domain) = names::client(place);
        for index in 0..size {
            let person = match (place, index) {
                (0, 0) => self.known(CLIENT.0, CLIENT.1),
                (0, 1) => self.known(BILLING.0, BILLING.1),
                (0, 2) => self.known(CHAT.0, CHAT.1),
                _ => self.person(&domain),
            };
            let roles = match (place, index) {
                (_, 0) => RoleSet::of(&[Role::WorkspaceAdmin]),
                (0, 1) => RoleSet::of(&[Role::BillingAdmin]),
                (0, 2) => RoleSet::of(&[Role::ChatUser]),
                _ => self.roles(),
            };
            let seat = self.seat(person, place, roles);
            if index == 0 {
                self.year.leads.push(seat);
                let at = self.opened[place] + 10 * 60 * 1_000;
                self.act(at, Act::Invite(seat));
                self.act(at + 50 * 60 * 1_000, Act::Accept(seat));
                continue;
            }
            let from = self.opened[place] + DAY;
            let until = (from + 120 * DAY).min(self.end - 10 * DAY);
            let at = self.chance.between(from, until);
            let joined = self.joins(seat, at);
            if (place, index) > (0, 2) {
                self.life(seat, joined);
            }
        }
    }

    fn roles(&mut self) -> RoleSet {
        match self.chance.below(100) {
            0..=44 => RoleSet::of(&[Role::ChatUser]),
            45..=64 => RoleSet::of(&[Role::AgentManager]),
            65..=82 => RoleSet::of(&[Role::ContentManager]),
            83..=89 => RoleSet::of(&[Role::BillingAdmin]),
            90..=95 => RoleSet::of(&[Role::AgentManager, Role::ContentManager]),
            _ => RoleSet::of(&[Role::WorkspaceAdmin]),
        }
    }

    /// Invited, sometimes reminded, then joined; returns when.
    fn joins(&mut self, seat: usize, at: i64) -> i64 {
        self.act(at, Act::Invite(seat));
        let answer = if self.chance.percent(6) {
            let again = at + 4 * DAY;
            self.act(again, Act::Resend(seat));
            again + self.chance.between(HOUR, 3 * DAY)
        } else {
            at + self.chance.between(HOUR / 4, 5 * DAY)
        };
        self.act(answer, Act::Accept(seat));
        answer
    }

    /// What happens to a member after joining.
    fn life(&mut self, seat: usize, joined: i64) {
        let at = self.chance.between(joined + DAY, self.end - 2 * HOUR);
        if joined + 2 * DAY >= self.end {
            return;
        }
        if self.chance.percent(4) {
            self.act(joined + HOUR, Act::Note(seat));
        }
        if self.chance.percent(15) {
            self.act(joined + 2 * HOUR, Act::Label(seat));
        }
        match self.chance.below(100) {
            22..=24 if !self.leads_somewhere(seat) => self.act(at, Act::End(seat)),
            25..=28 if self.has_own_role(self.year.seats[seat].place) => {
                self.act(at, Act::GiveOwn(seat));
            }
            0..=7 => self.act(at, Act::ChangeRoles(seat)),
            8..=10 => self.act(at, Act::Suspend(seat)),
            11 => {
                self.act(at, Act::Suspend(seat));
                let back = self.chance.between(at + HOUR, self.end - HOUR);
                self.act(back, Act::Resume(seat));
            }
            12..=17 => self.act(at, Act::Remove(seat)),
            18..=19 => self.act(at, Act::Leave(seat)),
            _ => {}
        }
    }

    fn leads_somewhere(&self, seat: usize) -> bool {
        self.year.seats[seat].roles.has(Role::WorkspaceAdmin)
    }

    fn has_own_role(&self, place: usize) -> bool {
        place < RICH && self.year.places[place].plan == Plan::Pro
    }

    /// What is in a place: much in the first ones, which are looked at, a little in the rest.
    fn inside(&mut self, place: usize) {
        let opened = self.opened[place];
        if self.has_own_role(place) {
            self.act(opened + 2 * HOUR, Act::Define(place));
        }
        let count = if place < RICH { records::MANY } else { records::FEW };
        for index in 0..count {
            let after = 3 * HOUR + i64::try_from(index).unwrap_or_default() * 9 * HOUR;
            self.act(opened + after, Act::Record(place, index));
        }
    }

    /// What the account has besides: more admins, a group, something in the bin.
    fn around(&mut self) {
        self.act(self.start + 20 * DAY, Act::Begin);
        self.act(self.end - 9 * DAY, Act::Bin);
        // One seat of each of the agency's people who joined long before the end.
        let mut staff: Vec<usize> = Vec::new();
        for (seat, it) in self.year.seats.iter().enumerate() {
            let known = staff.iter().any(|held| self.year.seats[*held].person == it.person);
            let is_staff = self.year.people[it.person].address.ends_with("@larch.example");
            let joined = self.opened[it.place] + 15 * DAY < self.end - 5 * DAY;
            if is_staff && joined && !known {
                staff.push(seat);
            }
        }
        self.act(self.end - 4 * DAY, Act::FormPod);
        for (days, seat) in (1..).zip(staff.iter().skip(1).take(3)) {
            self.act(self.end - 4 * DAY + days * HOUR, Act::Pod(*seat));
        }
        for (hours, seat) in (1..).zip(staff.iter().skip(2).take(2)) {
            self.act(self.end - 3 * DAY + hours * HOUR, Act::Promote(*seat));
        }
    }

    /// The past quarter's review, closed within a week, and the one that is under way.
    fn reviews(&mut self) {
        let past = self.end - 100 * DAY;
        for (days, step) in [(0, Step::Start), (4, Step::Decide), (6, Step::Finish)] {
            self.act(past + days * DAY, Act::Review(Quarter::Past, step));
        }
        let present = self.end - 8 * DAY;
        for (days, step) in [(0, Step::Start), (3, Step::Decide)] {
            self.act(present + days * DAY, Act::Review(Quarter::Present, step));
        }
    }

    /// Invitations that were not accepted: open, expired, cancelled.
    fn unanswered(&mut self, place: usize, size: usize) {
        let (_, domain) = names::client(place);
        let count = 1 + size / 30;
        for index in 0..count {
            let person = self.person(&domain);
            let roles = self.roles();
            let seat = self.seat(person, place, roles);
            let from = self.opened[place] + 2 * HOUR;
            match index % 3 {
                0 => {
                    let at = self.end - self.chance.between(HOUR, 5 * DAY);
                    self.act(at, Act::Invite(seat));
                }
                1 => {
                    let at = self.chance.between(from, self.end - 9 * DAY);
                    self.act(at, Act::Invite(seat));
                }
                _ => {
                    let at = self.chance.between(from, self.end - 9 * DAY);
                    self.act(at, Act::Invite(seat));
                    self.act(at + DAY, Act::Revoke(seat));
                }
            }
        }
    }
}
