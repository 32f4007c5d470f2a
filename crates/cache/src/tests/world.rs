//! A small server made of values, and a cache that listens to it.

use std::path::Path;

use muster_domain::{
    Account, AccountAdmin, AccountId, AccountStatus, Activity, Address, Command, Content,
    ContentBody, ContentId, ContentKind, Decision, DeviceId, Invitation, InvitationId,
    InvitationState, KnowledgeSource, Labels, Login, LoginId, LoginStatus, MemberState, Membership,
    MembershipId, OwnRole, Part, Permission, PermissionSet, Plan, Refusal, RefusalCode, Role,
    RoleId, RoleSet, Row, SchemeId, TalkState, Timestamp, View, Workspace, WorkspaceId,
    WorkspaceKind, WorkspaceStatus,
};
use muster_protocol::{
    Accounts, After, Ask, Cursor, Grant, Have, Outcome, OutcomeStatus, Policy, Push, Say, Stamped,
};
use tempfile::TempDir;

use crate::{Applied, Cache, CacheError, Keys, Label, MemberEntry, Submission};

pub(crate) const NOW: Timestamp = Timestamp(1_800_000_000_000);

pub(crate) fn account_id() -> AccountId {
    AccountId::from_bytes([9; 16])
}

pub(crate) fn ws(number: u8) -> WorkspaceId {
    WorkspaceId::from_bytes([number; 16])
}

pub(crate) fn mid(number: u32) -> MembershipId {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    MembershipId::from_bytes(bytes)
}

pub(crate) fn login_id(number: u32) -> LoginId {
    let mut bytes = [7; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    LoginId::from_bytes(bytes)
}

pub(crate) fn me() -> Login {
    Login {
        id: login_id(0),
        address: Address::parse("ana@larch.example").expect("an address"),
        name: "Ana Larch".to_owned(),
        status: LoginStatus::Active,
        verified: Vec::new(),
    }
}

/// What an Account Admin sees: everything.
pub(crate) fn all_parts() -> View {
    View::of(PermissionSet::ALL)
}

pub(crate) fn labels(words: &[&str]) -> Labels {
    Labels::clean(words).expect("fine labels")
}

pub(crate) fn own_role(workspace: WorkspaceId, slot: u8, name: &str) -> OwnRole {
    OwnRole {
        id: RoleId::from_bytes([100 + slot; 16]),
        workspace,
        slot,
        name: name.to_owned(),
        permissions: PermissionSet::of(&[Permission::ChatUse]),
        by: "Ana Larch".to_owned(),
        deleted: false,
    }
}

pub(crate) fn cid(number: u32) -> ContentId {
    let mut bytes = [60; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    ContentId::from_bytes(bytes)
}

pub(crate) fn agent(knowledge: &[ContentId]) -> ContentBody {
    ContentBody::Agent {
        instructions: "answer kindly".to_owned(),
        state: Activity::On,
        knowledge: knowledge.to_vec(),
    }
}

pub(crate) fn body(kind: ContentKind) -> ContentBody {
    let (person, channel) = ("Cy".to_owned(), "website".to_owned());
    match kind {
        ContentKind::Agent => agent(&[]),
        ContentKind::Prompt => ContentBody::Prompt { text: "hello".to_owned() },
        ContentKind::Knowledge => ContentBody::Knowledge {
            source: KnowledgeSource::Faq,
            text: "questions".to_owned(),
            size: 9,
        },
        ContentKind::Integration => {
            ContentBody::Integration { service: "Zeta".to_owned(), state: Activity::On }
        }
        ContentKind::Channel => ContentBody::Channel { medium: channel, state: Activity::On },
        ContentKind::Conversation => {
            ContentBody::Conversation { person, at: NOW, channel, state: TalkState::Open }
        }
        ContentKind::Lead => ContentBody::Lead {
            person,
            contact: "cy@example.org".to_owned(),
            at: NOW,
            channel,
            state: TalkState::Open,
        },
    }
}

pub(crate) fn content(
    workspace: WorkspaceId,
    number: u32,
    name: &str,
    body: ContentBody,
) -> Content {
    Content {
        id: cid(number),
        workspace,
        name: name.to_owned(),
        body,
        creator: login_id(1),
        creator_name: "Alejandro Ruiz".to_owned(),
        created: Timestamp(5),
        updated: Timestamp(1_000 - i64::from(number)),
        updated_by: "Alejandro Ruiz".to_owned(),
        version: 1,
        deleted: false,
    }
}

pub(crate) fn account() -> Account {
    Account {
        id: account_id(),
        name: "Larch Agency".to_owned(),
        scheme: SchemeId::Managed,
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

pub(crate) fn admin() -> AccountAdmin {
    let me = me();
    AccountAdmin {
        account: account_id(),
        login: me.id,
        name: me.name,
        address: me.address,
        since: Timestamp(1),
        by: None,
        active: true,
    }
}

pub(crate) fn workspace(id: WorkspaceId, name: &str) -> Workspace {
    Workspace {
        id,
        account: account_id(),
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

pub(crate) fn member(workspace: WorkspaceId, number: u32, name: &str) -> Membership {
    Membership {
        id: mid(number),
        workspace,
        login: login_id(number),
        name: name.to_owned(),
        address: Address::parse(&format!("person{number}@client.example")).expect("an address"),
        roles: RoleSet::of(&[Role::ChatUser]),
        state: MemberState::Active,
        until: None,
        given_by: None,
        given_at: None,
        labels: Labels::default(),
        note: String::new(),
        group: None,
        joined: Timestamp(i64::from(number)),
        ended: None,
    }
}

pub(crate) fn invitation(workspace: WorkspaceId, number: u8, address: &str) -> Invitation {
    Invitation {
        id: InvitationId::from_bytes([number; 16]),
        workspace,
        address: Address::parse(address).expect("an address"),
        name: None,
        roles: RoleSet::of(&[Role::ChatUser]),
        inviter: me().id,
        inviter_name: me().name,
        sent: Timestamp(NOW.0 - i64::from(number)),
        expires: NOW.plus_days(7),
        generation: 1,
        state: InvitationState::Open,
        message: None,
        trouble: None,
    }
}

pub(crate) fn grant(workspace: WorkspaceId) -> Grant {
    Grant { workspace, account: account_id(), view: all_parts(), grant_seq: 1 }
}

pub(crate) fn stamped(seq: u64, row: Row) -> Stamped {
    Stamped { seq, row }
}

pub(crate) fn keys() -> Keys {
    Keys { mirror: [1; 32], outbox: [2; 32] }
}

pub(crate) fn device() -> DeviceId {
    DeviceId::from_bytes([5; 16])
}

pub(crate) fn open(dir: &Path) -> Result<Cache, CacheError> {
    Cache::open(dir, &keys(), &me(), device())
}

/// An answer around these frames.
pub(crate) fn answer(epoch: u64, seq: u64, frames: Vec<Say>) -> Vec<Say> {
    let hello = Say::Hello { epoch, time: NOW, policy: Policy::Ok, login: me() };
    let cursors = vec![Cursor { account: account_id(), seq }];
    let end = Say::End { cursors, more: false };
    [vec![hello], frames, vec![end]].concat()
}

pub(crate) fn held() -> Accounts {
    Accounts { accounts: vec![account()], admins: vec![admin()], ..Accounts::default() }
}

pub(crate) fn accounts() -> Say {
    Say::Accounts(held())
}

/// A chunk that ends its workspace.
pub(crate) fn chunk(workspace: WorkspaceId, rows: Vec<Stamped>) -> Say {
    part(workspace, rows, None)
}

pub(crate) fn part(workspace: WorkspaceId, rows: Vec<Stamped>, next: Option<After>) -> Say {
    let Grant { view, grant_seq, .. } = grant(workspace);
    Say::Chunk { workspace, view, grant_seq, as_of: 10, rows, next }
}

/// An answer that brings one workspace of which this much may be seen, whole.
pub(crate) fn narrow(parts: &[Part], rows: Vec<Stamped>, accounts: Accounts) -> Vec<Say> {
    let view = parts.iter().fold(View::OWN, |view, part| view.with(*part));
    let only = Grant { view, ..grant(ws(1)) };
    let chunk = Say::Chunk { workspace: ws(1), view, grant_seq: 1, as_of: 10, rows, next: None };
    answer(1, 10, vec![Say::Grants { all: vec![only] }, Say::Accounts(accounts), chunk])
}

pub(crate) fn applied(n: u64) -> Say {
    Say::Outcome(outcome(n, OutcomeStatus::Applied, None))
}

pub(crate) fn applied_at(n: u64, seq: u64) -> Say {
    let outcome = outcome(n, OutcomeStatus::Applied, None);
    Say::Outcome(Outcome { seq: Some(seq), ..outcome })
}

pub(crate) fn refused(n: u64) -> Say {
    let refusal = Refusal::new(RefusalCode::TargetTooStrong);
    Say::Outcome(outcome(n, OutcomeStatus::Refused, Some(refusal)))
}

/// A refusal because somebody else changed the same thing.
pub(crate) fn met(n: u64) -> Say {
    let refusal = Refusal::new(RefusalCode::Conflict);
    Say::Outcome(outcome(n, OutcomeStatus::Refused, Some(refusal)))
}

fn outcome(n: u64, status: OutcomeStatus, refusal: Option<Refusal>) -> Outcome {
    Outcome { n, status, refusal, seq: None, at: NOW }
}

/// A cache in a folder of its own, holding one whole workspace.
pub(crate) struct World {
    pub(crate) dir: TempDir,
    pub(crate) cache: Cache,
}

impl World {
    /// Nothing fetched yet.
    pub(crate) fn empty() -> Self {
        let dir = TempDir::new().expect("a folder");
        let cache = open(dir.path()).expect("opens");
        Self { dir, cache }
    }

    /// Northwind with three members.
    pub(crate) fn northwind() -> Self {
        let world = Self::empty();
        world.apply(answer(1, 10, northwind_frames()));
        world
    }

    /// Closes and opens again, as a restart does.
    pub(crate) fn restart(self) -> Self {
        let Self { dir, cache } = self;
        drop(cache);
        let cache = open(dir.path()).expect("opens again");
        Self { dir, cache }
    }

    pub(crate) fn apply(&self, answer: Vec<Say>) -> Applied {
        self.cache.apply(&answer, NOW).expect("is applied")
    }

    /// What goes on the wire now.
    pub(crate) fn request(&self) -> (Have, Vec<Push>) {
        let request = self.cache.request("test", 1 << 20).expect("makes a request");
        let mut parts = (Have::default(), Vec::new());
        for ask in request {
            match ask {
                Ask::Have(have) => parts.0 = have,
                Ask::Command(push) => parts.1.push(push),
                Ask::Hello { .. } | Ask::Lane(_) | Ask::Erased(_) | Ask::Exported(_) => {}
            }
        }
        parts
    }

    pub(crate) fn submit(&self, command: Command) -> u64 {
        let label = Label {
            workspace_name: "Northwind".to_owned(),
            person: Some("Canary Person".to_owned()),
            object: Some("Canary Object".to_owned()),
        };
        let Submission { n, decision, .. } =
            self.cache.submit(&command, NOW, label).expect("is kept");
        assert!(matches!(decision, Decision::Accept(_)), "expected to be accepted: {decision:?}");
        n.expect("an accepted command has a number")
    }

    pub(crate) fn member(&self, number: u32) -> MemberEntry {
        self.cache.member(mid(number)).expect("reads").expect("is there")
    }

    pub(crate) fn roles(&self, number: u32) -> RoleSet {
        self.member(number).member.roles
    }
}

pub(crate) fn northwind_rows() -> Vec<Stamped> {
    let mut rows = vec![stamped(10, Row::Workspace(workspace(ws(1), "Northwind")))];
    for (number, name) in [(1, "Alejandro Ruiz"), (2, "Bea Åström"), (3, "Chidi Anagonye")] {
        rows.push(stamped(10, Row::Membership(member(ws(1), number, name))));
    }
    rows
}

pub(crate) fn northwind_frames() -> Vec<Say> {
    vec![Say::Grants { all: vec![grant(ws(1))] }, accounts(), chunk(ws(1), northwind_rows())]
}

pub(crate) fn set_roles(number: u32, was: &[Role], roles: &[Role]) -> Command {
    Command::SetMemberRoles {
        workspace: ws(1),
        membership: mid(number),
        was: RoleSet::of(was),
        roles: RoleSet::of(roles),
        reason: None,
    }
}

pub(crate) fn remove(number: u32) -> Command {
    Command::RemoveMember { workspace: ws(1), membership: mid(number), reason: None }
}

pub(crate) fn suspend(number: u32) -> Command {
    Command::SuspendMember { workspace: ws(1), membership: mid(number), reason: None }
}

pub(crate) fn create(number: u32, title: &str, body: ContentBody) -> Command {
    Command::CreateContent { workspace: ws(1), content: cid(number), title: title.to_owned(), body }
}

pub(crate) fn delete(number: u32) -> Command {
    Command::DeleteContent { workspace: ws(1), content: cid(number) }
}
