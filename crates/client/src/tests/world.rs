//! A server made of values, and a copy that has heard from it.

use std::cell::RefCell;

use muster_cache::{Cache, Keys};
use muster_domain::{
    Account, AccountAdmin, AccountId, AccountStatus, Address, Content, ContentBody, ContentId,
    DeviceId, Invitation, InvitationId, InvitationState, Labels, Login, LoginId, LoginStatus,
    MemberState, Membership, MembershipId, OwnRole, Permission, PermissionSet, Plan, Role, RoleId,
    RoleSet, Row, SchemeId, Timestamp, View, Workspace, WorkspaceId, WorkspaceKind,
    WorkspaceStatus,
};
use muster_protocol::{Accounts, Cursor, Grant, Outcome, Policy, Say, Stamped};
use muster_sync::{Connection as Link, ConnectionState};
use tempfile::TempDir;

use crate::verdict::Bench;
use crate::view::{Reason, Verdict};

pub(super) const NOW: Timestamp = Timestamp(1_800_000_000_000);
pub(super) const LARCH: AccountId = AccountId::from_bytes([9; 16]);
pub(super) const ANAS: AccountId = AccountId::from_bytes([8; 16]);
pub(super) const NORTHWIND: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
pub(super) const ACME: WorkspaceId = WorkspaceId::from_bytes([2; 16]);
pub(super) const PERSONAL: WorkspaceId = WorkspaceId::from_bytes([5; 16]);
pub(super) const STUDIO: WorkspaceId = WorkspaceId::from_bytes([6; 16]);
pub(super) const SUPPORT_LEAD: RoleId = RoleId::from_bytes([3; 16]);

/// I am Ana.
pub(super) const ME: u8 = 0;

pub(super) fn login(number: u8) -> LoginId {
    LoginId::from_bytes([number; 16])
}

pub(super) fn mid(workspace: WorkspaceId, number: u8) -> MembershipId {
    let mut bytes = workspace.to_bytes();
    bytes[15] = number;
    MembershipId::from_bytes(bytes)
}

pub(super) fn address(number: u8) -> Address {
    Address::parse(&format!("person{number}@client.example")).expect("an address")
}

pub(super) fn me() -> Login {
    Login {
        id: login(ME),
        address: address(ME),
        name: "Ana".to_owned(),
        status: LoginStatus::Active,
        verified: Vec::new(),
    }
}

pub(super) fn account(id: AccountId, name: &str, scheme: SchemeId) -> Account {
    Account {
        id,
        name: name.to_owned(),
        scheme,
        invitation_days: 7,
        lease_days: 7,
        reason_required: false,
        review_days: 0,
        second_admin: false,
        second_admin_until: None,
        name_days: 0,
        parted: None,
        deletion: None,
        status: AccountStatus::Active,
    }
}

pub(super) fn admin(account: AccountId, number: u8, name: &str) -> AccountAdmin {
    AccountAdmin {
        account,
        login: login(number),
        name: name.to_owned(),
        address: address(number),
        since: Timestamp(i64::from(number)),
        by: (number != ME).then(|| "Ana".to_owned()),
        active: true,
    }
}

pub(super) fn workspace(id: WorkspaceId, account: AccountId, name: &str) -> Workspace {
    Workspace {
        id,
        account,
        kind: WorkspaceKind::Standard,
        name: name.to_owned(),
        plan: Plan::Pro,
        status: WorkspaceStatus::Active,
        created: Timestamp(1),
        labels: Labels::default(),
        plan_ended: None,
        trashed: None,
        offer: None,
        colour: None,
    }
}

pub(super) fn member(workspace: WorkspaceId, number: u8, name: &str, roles: RoleSet) -> Membership {
    Membership {
        id: mid(workspace, number),
        workspace,
        login: login(number),
        name: name.to_owned(),
        address: address(number),
        roles,
        state: MemberState::Active,
        until: None,
        given_by: Some("Ana".to_owned()),
        given_at: Some(Timestamp(3)),
        labels: Labels::default(),
        note: String::new(),
        group: None,
        joined: Timestamp(i64::from(number)),
        ended: None,
    }
}

pub(super) fn roles(roles: &[Role]) -> RoleSet {
    RoleSet::of(roles)
}

pub(super) fn support_lead() -> OwnRole {
    OwnRole {
        id: SUPPORT_LEAD,
        workspace: NORTHWIND,
        slot: 0,
        name: "Support lead".to_owned(),
        permissions: PermissionSet::of(&[Permission::MemberView, Permission::MemberManage]),
        by: "Ana".to_owned(),
        deleted: false,
    }
}

pub(super) fn record(number: u8, name: &str, creator: u8, body: ContentBody) -> Content {
    Content {
        id: ContentId::from_bytes([number; 16]),
        workspace: NORTHWIND,
        name: name.to_owned(),
        body,
        creator: login(creator),
        creator_name: format!("Person {creator}"),
        created: Timestamp(5),
        updated: Timestamp(6),
        updated_by: "Bea".to_owned(),
        version: 4,
        deleted: false,
    }
}

pub(super) fn invitation(number: u8, inviter: u8, roles: RoleSet) -> Invitation {
    Invitation {
        id: InvitationId::from_bytes([number; 16]),
        workspace: NORTHWIND,
        address: address(number),
        name: None,
        roles,
        inviter: login(inviter),
        inviter_name: format!("Person {inviter}"),
        sent: NOW,
        expires: NOW.plus_days(7),
        generation: 1,
        state: InvitationState::Open,
        message: Some("welcome".to_owned()),
        trouble: None,
    }
}

/// What the server tells: what I have outside of workspaces, and each workspace with its rows.
#[derive(Clone, Default)]
pub(super) struct Told {
    pub accounts: Accounts,
    pub places: Vec<(Workspace, View, Vec<Row>)>,
    /// Parts of histories.
    pub logs: Vec<Say>,
}

impl Told {
    pub fn place(&mut self, workspace: Workspace, sees: PermissionSet, rows: Vec<Row>) {
        self.places.push((workspace, View::of(sees), rows));
    }

    /// A row of the first place; that of the same member it takes the place of.
    pub fn row(&mut self, row: Row) {
        let id = |row: &Row| match row {
            Row::Membership(member) => Some(member.id),
            _ => None,
        };
        let rows = &mut self.places[0].2;
        rows.retain(|it| id(it).is_none() || id(it) != id(&row));
        rows.push(row);
    }

    /// Puts a row in the place of the one of the same entity.
    pub fn replace(&mut self, row: Row) {
        let is_same = |it: &Row| match (it, &row) {
            (Row::Membership(it), Row::Membership(new)) => it.id == new.id,
            (Row::Review(it), Row::Review(new)) => it.id == new.id,
            (Row::ReviewLine(it), Row::ReviewLine(new)) => it.membership == new.membership,
            _ => false,
        };
        self.places[0].2.retain(|it| !is_same(it));
        self.row(row);
    }

    pub fn frames(&self) -> Vec<Say> {
        let hello = Say::Hello { epoch: 1, time: NOW, policy: Policy::Ok, login: me() };
        let grants = self.places.iter().map(|(workspace, view, _)| Grant {
            workspace: workspace.id,
            account: workspace.account,
            view: *view,
            grant_seq: 1,
        });
        let mut frames = vec![
            hello,
            Say::Grants { all: grants.collect() },
            Say::Accounts(self.accounts.clone()),
        ];
        for (workspace, view, rows) in &self.places {
            let rows = rows.iter().cloned().chain([Row::Workspace(workspace.clone())]);
            frames.push(Say::Chunk {
                workspace: workspace.id,
                view: *view,
                grant_seq: 1,
                as_of: 10,
                rows: rows.map(|row| Stamped { seq: 10, row }).collect(),
                next: None,
            });
        }
        let cursors = self.accounts.accounts.iter().map(|it| Cursor { account: it.id, seq: 10 });
        frames.push(Say::End { cursors: cursors.collect(), more: false });
        frames
    }

    /// A copy that has heard all of it.
    pub fn heard(self) -> World {
        let dir = TempDir::new().expect("a folder");
        let keys = Keys { mirror: [1; 32], outbox: [2; 32] };
        let device = DeviceId::from_bytes([5; 16]);
        let cache = Cache::open(dir.path(), &keys, &me(), device).expect("opens");
        let world = World { dir, cache: std::sync::Arc::new(cache) };
        world.hears(&self);
        world
    }
}

/// A copy, and what can be asked of it.
pub(super) struct World {
    pub dir: TempDir,
    pub cache: std::sync::Arc<Cache>,
}

impl World {
    pub fn hears(&self, told: &Told) {
        self.cache.apply(&told.frames(), NOW).expect("is applied");
        if told.logs.is_empty() {
            return;
        }
        // A history is taken in only as the answer to a request for it.
        self.cache.request("test", 1_000_000).expect("a request");
        let mut frames = told.frames();
        frames.retain(|it| !matches!(it, Say::Chunk { .. }));
        let end = frames.pop();
        frames.extend(told.logs.iter().cloned().chain(end));
        self.cache.apply(&frames, NOW).expect("is applied");
    }

    /// Closes and opens again, as a restart does.
    pub fn restart(self) -> Self {
        let Self { dir, cache } = self;
        drop(cache);
        let keys = Keys { mirror: [1; 32], outbox: [2; 32] };
        let device = DeviceId::from_bytes([5; 16]);
        let cache = Cache::open(dir.path(), &keys, &me(), device).expect("opens");
        Self { dir, cache: std::sync::Arc::new(cache) }
    }

    /// Somebody else changed a row of the first place.
    pub fn changed(&self, row: Row) {
        let frames = [
            Say::Hello { epoch: 1, time: NOW, policy: Policy::Ok, login: me() },
            Say::Rows { rows: vec![Stamped { seq: 11, row }] },
            Say::End { cursors: vec![Cursor { account: LARCH, seq: 11 }], more: false },
        ];
        self.cache.apply(&frames, NOW).expect("is applied");
    }

    /// The server decided about a command.
    pub fn decided(&self, outcome: Outcome) {
        let frames = [
            Say::Hello { epoch: 1, time: NOW, policy: Policy::Ok, login: me() },
            Say::Outcome(outcome),
            Say::End { cursors: Vec::new(), more: false },
        ];
        self.cache.apply(&frames, NOW).expect("is applied");
    }

    pub fn online(&self) -> Bench<'_> {
        self.bench(ConnectionState::Online)
    }

    pub fn offline(&self) -> Bench<'_> {
        self.bench(ConnectionState::Offline)
    }

    fn bench(&self, state: ConnectionState) -> Bench<'_> {
        let link = Link { state, last_contact: None, offline_since: None, next_try: None };
        Bench { cache: &self.cache, link, now: NOW, names: RefCell::default() }
    }
}

/// An agency that I administer with Ben: Northwind with six people, Acme with one.
pub(super) fn agency() -> Told {
    let mut told = Told::default();
    told.accounts.accounts = vec![account(LARCH, "Larch Agency", SchemeId::Managed)];
    told.accounts.admins = vec![admin(LARCH, ME, "Ana"), admin(LARCH, 10, "Ben")];
    let mut gone = member(NORTHWIND, 5, "Dora", roles(&[Role::AgentManager]));
    gone.state = MemberState::Removed;
    gone.ended = Some(muster_domain::Ended { at: Timestamp(50), by: "Ana".to_owned() });
    let people = [
        member(NORTHWIND, 1, "Alejandro", roles(&[Role::WorkspaceAdmin])),
        member(NORTHWIND, 2, "Bea", roles(&[Role::AgentManager])),
        member(NORTHWIND, 3, "Chidi", roles(&[Role::ChatUser])),
        member(NORTHWIND, 4, "Eli", RoleSet::own(0)),
        gone,
        member(NORTHWIND, 10, "Ben", roles(&[Role::ChatUser])),
    ];
    let mut rows: Vec<Row> = people.into_iter().map(Row::Membership).collect();
    rows.push(Row::Role(support_lead()));
    told.place(workspace(NORTHWIND, LARCH, "Northwind"), PermissionSet::ALL, rows);
    let mut acme = workspace(ACME, LARCH, "Acme Health");
    acme.plan = Plan::Basic;
    let people = member(ACME, 3, "Chidi", roles(&[Role::ContentManager]));
    told.place(acme, PermissionSet::ALL, vec![Row::Membership(people)]);
    told
}

/// My own account as a freelancer: the personal workspace, and a studio with Luis.
pub(super) fn freelancer() -> Told {
    let mut told = Told::default();
    told.accounts.accounts = vec![account(ANAS, "Ana", SchemeId::OwnerLed)];
    told.accounts.admins = vec![admin(ANAS, ME, "Ana")];
    let luis = member(STUDIO, 1, "Luis", roles(&[Role::Write]));
    let rows = vec![Row::Membership(mine(STUDIO)), Row::Membership(luis)];
    told.place(workspace(STUDIO, ANAS, "Studio"), PermissionSet::ALL, rows);
    let mut personal = workspace(PERSONAL, ANAS, "Ana’s workspace");
    personal.kind = WorkspaceKind::Personal;
    let rows = vec![Row::Membership(mine(PERSONAL))];
    told.place(personal, PermissionSet::ALL, rows);
    told
}

/// My own membership as owner.
pub(super) fn mine(workspace: WorkspaceId) -> Membership {
    member(workspace, ME, "Ana", roles(&[Role::Owner]))
}

/// The code of a refusal.
pub(super) fn code(verdict: &Verdict) -> &'static str {
    reason(verdict).code.key()
}

pub(super) fn reason(verdict: &Verdict) -> &Reason {
    match verdict {
        Verdict::Refused { reason } => reason,
        other => panic!("expected to be refused: {other:?}"),
    }
}

pub(super) fn text(reason: &Reason, name: &str) -> String {
    match reason.params.get(name) {
        Some(muster_domain::Param::Text(text)) => text.clone(),
        other => panic!("{name} is {other:?} in {reason:?}"),
    }
}
