//! Invariant 4 of sync.md: what is shown is a function of the confirmed rows and of what
//! waits, whatever came in between. The model is a map and a list; the server is the same
//! rules over the same map.

use std::collections::BTreeMap;
use std::convert::Infallible;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, Command, Content, ContentId, ContentKind, Decision,
    End, Event, Facts, Group, GroupId, Invitation, InvitationId, Known, Login, LoginId, Lookup,
    MemberState, Membership, MembershipId, OwnRole, Review, ReviewId, ReviewLine, Role, RoleId,
    RoleSet, Row, Timestamp, Workspace, WorkspaceId, decide,
};
use muster_protocol::{Outcome, OutcomeStatus, Push, Say, Stamped};

use super::world::*;
use crate::row::{self, Key, Kind};
use crate::{ContentWindowQuery, EntryState, Label, MemberStatus, MemberWindowQuery, Undone};

const ROUNDS: u64 = 12;
const STEPS: u64 = 60;
const PEOPLE: u64 = 6;
const RECORDS: u64 = 5;

/// A small generator of our own, so that the seed alone says what was tried.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % limit
    }

    pub(super) fn role(&mut self) -> RoleSet {
        let roles = [Role::ChatUser, Role::ContentManager, Role::AgentManager];
        match self.below(4) {
            3 => RoleSet::own(0),
            built_in => RoleSet::of(&[roles[built_in as usize]]),
        }
    }

    pub(super) fn labels(&mut self) -> muster_domain::Labels {
        [labels(&[]), labels(&["North"]), labels(&["North", "Support"])][self.below(3) as usize]
            .clone()
    }

    pub(super) fn end(&mut self) -> Option<End> {
        let at = NOW.plus_days(self.below(3) as i64 + 1);
        let lower = RoleSet::of(&[Role::ChatUser]);
        [None, Some(End { at, roles: None }), Some(End { at, roles: Some(lower) })]
            [self.below(3) as usize]
    }
}

/// Every row of one workspace, and the facts of a managed account's admin about them.
#[derive(Clone, Default)]
pub(super) struct State(pub(super) BTreeMap<Key, Row>);

impl State {
    pub(super) fn run(&mut self, command: &Command, now: Timestamp) -> Decision {
        let Ok(facts) = Facts::load(self, &me(), command, now);
        let decision = decide(&facts, command, now);
        if let Decision::Accept(events) = &decision {
            events.iter().for_each(|event| self.take(event));
        }
        decision
    }

    pub(super) fn take(&mut self, event: &Event) {
        self.0.insert(Key::of(&event.after), event.after.clone());
    }

    pub(super) fn members(&self) -> impl Iterator<Item = &Membership> {
        self.0.values().filter_map(|row| match row {
            Row::Membership(it) => Some(it),
            _ => None,
        })
    }

    fn member(&self, id: MembershipId) -> Option<&Membership> {
        self.members().find(|it| it.id == id)
    }

    fn contents(&self) -> impl Iterator<Item = &Content> {
        self.0.values().filter_map(|row| match row {
            Row::Content(it) => Some(it),
            _ => None,
        })
    }
}

type Asked<T> = Result<T, Infallible>;

fn number(count: usize) -> Known<u32> {
    Known::Known(u32::try_from(count).expect("a small number"))
}

impl Lookup for State {
    type Error = Infallible;

    fn login(&self, _: LoginId) -> Asked<Option<Login>> {
        Ok(Some(me()))
    }
    fn account(&self, _: AccountId) -> Asked<Option<Account>> {
        Ok(Some(account()))
    }
    fn is_account_admin(&self, _: AccountId, login: LoginId) -> Asked<Known<bool>> {
        Ok(Known::Known(login == me().id))
    }
    fn active_admins(&self, _: AccountId) -> Asked<Known<Vec<AccountAdmin>>> {
        Ok(Known::Known(vec![admin()]))
    }
    fn home_account(&self, _: LoginId) -> Asked<Known<Option<Account>>> {
        Ok(Known::Unknown)
    }
    fn workspace(&self, id: WorkspaceId) -> Asked<Option<Workspace>> {
        let key = Key { kind: Kind::Workspace, id: id.to_bytes().to_vec() };
        Ok(self.0.get(&key).and_then(|row| match row {
            Row::Workspace(it) => Some(it.clone()),
            _ => None,
        }))
    }
    fn workspaces_of(&self, _: AccountId) -> Asked<Known<Vec<Workspace>>> {
        Ok(Known::Known(self.workspace(ws(1))?.into_iter().collect()))
    }
    fn other_workspaces(&self, _: AccountId, _: WorkspaceId) -> Asked<Known<u32>> {
        Ok(Known::Known(0))
    }
    fn name_in_bin(&self, _: AccountId, _: &str) -> Asked<Known<Option<Timestamp>>> {
        Ok(Known::Known(None))
    }
    fn membership(&self, id: MembershipId) -> Asked<Option<Membership>> {
        Ok(self.member(id).cloned())
    }
    fn present_membership(&self, _: WorkspaceId, login: LoginId) -> Asked<Option<Membership>> {
        Ok(self.members().find(|it| it.login == login && it.state.is_present()).cloned())
    }
    fn membership_by_address(
        &self,
        _: WorkspaceId,
        address: &Address,
    ) -> Asked<Known<Option<Membership>>> {
        let mut present = self.members().filter(|it| it.state.is_present());
        Ok(Known::Known(present.find(|it| it.address == *address).cloned()))
    }
    fn present_members(&self, _: WorkspaceId) -> Asked<Known<Vec<Membership>>> {
        let present = self.members().filter(|it| it.state.is_present());
        Ok(Known::Known(present.cloned().collect()))
    }
    fn memberships_in(&self, _: AccountId, login: LoginId) -> Asked<Known<Vec<Membership>>> {
        Ok(Known::Known(self.present_membership(ws(1), login)?.into_iter().collect()))
    }
    fn other_owners(&self, _: WorkspaceId, role: Role, but: MembershipId) -> Asked<Known<u32>> {
        let owners = self.members().filter(|it| {
            it.state == MemberState::Active
                && it.until.is_none()
                && it.roles.has(role)
                && it.id != but
        });
        Ok(number(owners.count()))
    }
    fn owners_by_age(&self, _: WorkspaceId, _: Role) -> Asked<Known<Vec<Membership>>> {
        Ok(Known::Unknown)
    }
    fn seats_taken(&self, _: WorkspaceId, _: Timestamp) -> Asked<Known<u32>> {
        Ok(number(self.members().filter(|it| it.state.is_present()).count()))
    }
    fn invitation(&self, _: InvitationId) -> Asked<Option<Invitation>> {
        Ok(None)
    }
    fn open_invitation(
        &self,
        _: WorkspaceId,
        _: &Address,
        _: Timestamp,
    ) -> Asked<Known<Option<Invitation>>> {
        Ok(Known::Known(None))
    }
    fn invitations_of(&self, _: WorkspaceId) -> Asked<Known<Vec<Invitation>>> {
        Ok(Known::Known(Vec::new()))
    }
    fn invitations_to(&self, _: AccountId, _: &Address) -> Asked<Known<Vec<Invitation>>> {
        Ok(Known::Known(Vec::new()))
    }
    fn own_roles(&self, _: WorkspaceId) -> Asked<Vec<OwnRole>> {
        let mut roles: Vec<_> = self
            .0
            .values()
            .filter_map(|row| match row {
                Row::Role(it) if !it.deleted => Some(it.clone()),
                _ => None,
            })
            .collect();
        roles.sort_by_key(|it| it.slot);
        Ok(roles)
    }
    fn role(&self, id: RoleId) -> Asked<Option<OwnRole>> {
        let key = Key { kind: Kind::Role, id: id.to_bytes().to_vec() };
        Ok(self.0.get(&key).and_then(|row| match row {
            Row::Role(it) => Some(it.clone()),
            _ => None,
        }))
    }
    fn content(&self, id: ContentId) -> Asked<Option<Content>> {
        Ok(self.contents().find(|it| it.id == id).cloned())
    }
    fn content_count(&self, _: WorkspaceId, kind: ContentKind) -> Asked<Known<u32>> {
        Ok(number(self.contents().filter(|it| it.kind() == kind && !it.deleted).count()))
    }
    fn review(&self, id: ReviewId) -> Asked<Option<Review>> {
        let key = Key { kind: Kind::Review, id: id.to_bytes().to_vec() };
        Ok(self.0.get(&key).and_then(|row| match row {
            Row::Review(it) => Some(it.clone()),
            _ => None,
        }))
    }
    fn review_line(&self, review: ReviewId, membership: MembershipId) -> Asked<Option<ReviewLine>> {
        let id = [review.to_bytes(), membership.to_bytes()].concat();
        Ok(self.0.get(&Key { kind: Kind::ReviewLine, id }).and_then(|row| match row {
            Row::ReviewLine(it) => Some(it.clone()),
            _ => None,
        }))
    }
    fn review_lines(&self, _: ReviewId) -> Asked<Known<Vec<ReviewLine>>> {
        Ok(Known::Unknown)
    }
    fn last_review(&self, _: WorkspaceId) -> Asked<Known<Option<Review>>> {
        Ok(Known::Known(None))
    }
    fn group(&self, _: GroupId) -> Asked<Option<Group>> {
        Ok(None)
    }
    fn groups_of(&self, _: AccountId) -> Asked<Known<Vec<Group>>> {
        Ok(Known::Known(Vec::new()))
    }
}

/// The server: its rows, their numbers, the lane and what it decided.
#[derive(Default)]
struct Server {
    state: State,
    changed_at: BTreeMap<Key, u64>,
    seq: u64,
    outcomes: Vec<Outcome>,
}

impl Server {
    fn change(&mut self, row: Row) {
        self.seq += 1;
        let key = Key::of(&row);
        self.changed_at.insert(key.clone(), self.seq);
        self.state.0.insert(key, row);
    }

    fn decide(&mut self, push: &Push) {
        if push.n <= self.outcomes.len() as u64 {
            return;
        }
        assert_eq!(push.n, self.outcomes.len() as u64 + 1, "a gap in the lane");
        let command: Command = serde_json::from_str(&push.body).expect("a command");
        let mut after = self.state.clone();
        let decision = after.run(&command, NOW);
        let (status, refusal) = match &decision {
            Decision::Accept(_) => (OutcomeStatus::Applied, None),
            Decision::NoOp => (OutcomeStatus::NoOp, None),
            Decision::Refuse(_) | Decision::Hide => (OutcomeStatus::Refused, decision.refusal()),
            Decision::Unknown => unreachable!("a server knows"),
        };
        if let Decision::Accept(events) = decision {
            events.into_iter().for_each(|event| self.change(event.after));
        }
        self.outcomes.push(Outcome { n: push.n, status, refusal, seq: None, at: NOW });
    }

    fn rows_since(&self, seq: u64) -> Vec<Stamped> {
        let rows = self.state.0.iter().map(|(key, row)| (self.changed_at[key], row));
        rows.filter(|(at, _)| *at > seq).map(|(at, row)| stamped(at, row.clone())).collect()
    }

    /// The answer to a request: every outcome again, and what changed since the cursor.
    fn answer(&self, since: u64) -> Vec<Say> {
        let mut frames: Vec<Say> = self.outcomes.iter().cloned().map(Say::Outcome).collect();
        frames.push(Say::Rows { rows: self.rows_since(since) });
        answer(1, self.seq, frames)
    }
}

struct Run {
    world: World,
    server: Server,
    /// The confirmed rows that the client should have.
    base: State,
    cursor: u64,
    random: Random,
}

impl Run {
    fn new(seed: u64) -> Self {
        let world = World::empty();
        let mut server = Server::default();
        for number in 1..=PEOPLE as u32 {
            let member = member(ws(1), number, &format!("Person {number}"));
            server.change(Row::Membership(member));
        }
        server.change(Row::Workspace(workspace(ws(1), "Northwind")));
        server.change(Row::Role(own_role(ws(1), 0, "Greeter")));
        for number in 1..=2 {
            let record = content(ws(1), number, &format!("Record {number}"), agent(&[]));
            server.change(Row::Content(record));
        }
        let rows = server.rows_since(0);
        let frames = vec![Say::Grants { all: vec![grant(ws(1))] }, accounts(), chunk(ws(1), rows)];
        world.apply(answer(1, server.seq, frames));
        let base = server.state.clone();
        let cursor = server.seq;
        Self { world, server, base, cursor, random: Random(seed) }
    }

    fn any_command(&mut self) -> Command {
        if self.random.below(5) < 2 { self.about_a_record() } else { self.about_a_member() }
    }

    fn about_a_member(&mut self) -> Command {
        let membership = mid(self.random.below(PEOPLE) as u32 + 1);
        let workspace = ws(1);
        let is = self.world.cache.member(membership).expect("reads").expect("is there").member;
        match self.random.below(10) {
            0 => Command::SuspendMember { workspace, membership, reason: None },
            1 => Command::ResumeMember { workspace, membership },
            2 => Command::RemoveMember { workspace, membership, reason: None },
            3 => Command::SetMemberNote {
                workspace,
                membership,
                was: is.note,
                note: format!("note {}", self.random.below(3)),
            },
            4 => Command::SetMemberLabels {
                workspace,
                membership,
                was: is.labels,
                labels: self.random.labels(),
            },
            5 => {
                let end = self.random.end();
                Command::SetMemberEnd { workspace, membership, was: is.until, end }
            }
            6 => {
                let found = self.world.cache.workspace(workspace).expect("reads");
                let was = found.expect("is there").workspace.labels;
                Command::SetWorkspaceLabels { workspace, was, labels: self.random.labels() }
            }
            _ => {
                let roles = self.random.role();
                Command::SetMemberRoles {
                    workspace,
                    membership,
                    was: is.roles,
                    roles,
                    reason: None,
                }
            }
        }
    }

    fn about_a_record(&mut self) -> Command {
        let number = self.random.below(RECORDS) as u32 + 1;
        let title = format!("Title {}", self.random.below(3));
        let kinds = [ContentKind::Agent, ContentKind::Knowledge];
        let body = match kinds[self.random.below(2) as usize] {
            ContentKind::Agent => agent(&[cid(self.random.below(RECORDS) as u32 + 1)]),
            kind => body(kind),
        };
        match self.random.below(4) {
            0 => delete(number),
            1 | 2 => create(number, &title, body),
            _ => {
                let found = self.world.cache.content(cid(number)).expect("reads");
                let version = found.map_or(1, |entry| entry.content.version);
                Command::ChangeContent {
                    workspace: ws(1),
                    content: cid(number),
                    version,
                    title,
                    body,
                }
            }
        }
    }

    fn step(&mut self) {
        match self.random.below(8) {
            0..=2 => {
                let command = self.any_command();
                self.world.cache.submit(&command, NOW, Label::default()).expect("decides");
            }
            3 => self.somebody_else(),
            4 => self.exchange(Lost::Nothing),
            5 => self.exchange(Lost::Answer),
            6 => self.undo(),
            _ => self.exchange(Lost::Request),
        }
    }

    /// A change on the server by another hand.
    fn somebody_else(&mut self) {
        if self.random.below(3) == 0 {
            return self.another_record();
        }
        let id = mid(self.random.below(PEOPLE) as u32 + 1);
        let mut member = self.server.state.member(id).expect("is there").clone();
        match self.random.below(5) {
            0 => member.roles = self.random.role(),
            1 => member.state = MemberState::Removed,
            2 => member.until = self.random.end(),
            // Its day has come, and the server has not got round to writing it down.
            3 => member.until = Some(End { at: Timestamp(NOW.0 - 1), roles: None }),
            _ => member.state = MemberState::Active,
        }
        self.server.change(Row::Membership(member));
    }

    fn another_record(&mut self) {
        let number = self.random.below(RECORDS) as u32 + 1;
        let known = self.server.state.contents().find(|it| it.id == cid(number)).cloned();
        let mut record = known.unwrap_or_else(|| content(ws(1), number, "Theirs", agent(&[])));
        record.version += 1;
        record.name = format!("Theirs {}", self.random.below(3));
        record.deleted = self.random.below(3) == 0;
        self.server.change(Row::Content(record));
    }

    fn exchange(&mut self, lost: Lost) {
        let (have, pushes) = self.world.request();
        assert_eq!(have.cursors[0].seq, self.cursor);
        match lost {
            Lost::Request => return self.world.cache.not_sent().expect("writes"),
            Lost::Answer | Lost::Nothing => {
                pushes.iter().for_each(|push| self.server.decide(push));
            }
        }
        if lost == Lost::Nothing {
            self.world.apply(self.server.answer(self.cursor));
            self.cursor = self.server.seq;
            self.base = self.server.state.clone();
        }
    }

    fn undo(&mut self) {
        let pending = self.world.cache.pending().expect("reads");
        if pending.is_empty() {
            return;
        }
        let entry = &pending[self.random.below(pending.len() as u64) as usize];
        let undone = self.world.cache.undo(entry.n, NOW).expect("writes");
        let expected = match entry.state {
            EntryState::Waiting => Undone::Done,
            _ => Undone::TooLate,
        };
        assert_eq!(undone, expected);
    }

    /// What the model says is shown.
    fn expected(&self) -> State {
        let mut state = self.base.clone();
        for entry in self.world.cache.pending().expect("reads") {
            state.run(&entry.command.expect("a command of this version"), entry.made_at);
        }
        state
    }

    fn check(&self, seed: u64, step: u64) {
        let at = format!("seed {seed} step {step}");
        let expected = self.expected();
        let cache = &self.world.cache;
        for (key, row) in &expected.0 {
            let (shown, shadow) = cache
                .read(|mirror| {
                    let shown = row::get(mirror.db(), key)?.map(|(row, _)| row);
                    Ok((shown, crate::overlay::find(mirror.db(), key)?))
                })
                .expect("reads");
            assert_eq!(shown.as_ref(), Some(row), "{at}: what is shown");
            let confirmed = shadow.map_or(shown, |shadow| shadow.before);
            assert_eq!(confirmed.as_ref(), self.base.0.get(key), "{at}: what is confirmed");
        }
        let window = cache.members(&MemberWindowQuery::of(ws(1), 128)).expect("reads");
        let present = self.base.members().filter(|it| it.state.is_present()).count();
        assert_eq!(window.people as usize, present, "{at}: confirmed people");
        for status in [MemberStatus::Present, MemberStatus::Active, MemberStatus::Former] {
            let query = MemberWindowQuery { status, ..MemberWindowQuery::of(ws(1), 128) };
            let window = cache.members(&query).expect("reads");
            assert_eq!(window.matched as usize, window.rows.len(), "{at}: {status:?} counted");
        }
        self.check_records(&at, &expected);
    }

    /// A record is listed if it is there, or was and only an unsent change deletes it.
    fn check_records(&self, at: &str, expected: &State) {
        let is_listed = |it: &&Content| {
            let before = self.base.contents().find(|base| base.id == it.id);
            !it.deleted || before.is_some_and(|base| !base.deleted)
        };
        let counts = self.world.cache.content_counts(ws(1)).expect("reads");
        for kind in ContentKind::ALL {
            let listed =
                expected.contents().filter(|it| it.kind() == *kind).filter(is_listed).count();
            assert_eq!(counts.of(*kind) as usize, listed, "{at}: {kind:?} counted");
            let query = ContentWindowQuery::of(ws(1), *kind, 128);
            let window = self.world.cache.contents(&query).expect("reads");
            assert_eq!(window.rows.len(), listed, "{at}: {kind:?} listed");
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    Nothing,
    Request,
    Answer,
}

fn run(seed: u64) {
    let mut run = Run::new(seed);
    for step in 0..STEPS {
        run.step();
        if run.random.below(12) == 0 {
            run.world = run.world.restart();
        }
        run.check(seed, step);
    }
    // Quiet at last: everything is settled, and both sides agree.
    run.exchange(Lost::Nothing);
    run.exchange(Lost::Nothing);
    assert_eq!(run.world.cache.counts().expect("reads").not_sent, 0, "seed {seed}: converges");
    run.check(seed, STEPS);
    let settled = run.world.cache.settled(10_000).expect("reads").len();
    let refused = run.world.cache.refused().expect("reads").len();
    assert_eq!(
        settled + refused,
        run.server.outcomes.len(),
        "seed {seed}: one outcome for each command"
    );
}

#[test]
fn s4_base_and_replay_equal_the_model_for_random_interleavings() {
    for seed in 0..ROUNDS {
        println!("seed {seed}");
        run(seed);
    }
}
