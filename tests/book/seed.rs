//! A server's data as months of use leave it, written by the server's own rules before it starts.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;

use muster_domain::{
    AccountId, Address, Command, Founding, InvitationId, Login, LoginId, LoginStatus, MemberState,
    Membership, MembershipId, Plan, Role, RoleSet, SchemeId, Timestamp, WorkspaceId,
};
use muster_server::clock::{Clock as _, SystemClock};
use muster_server::mail::Post;
use muster_server::store::Tx;
use muster_server::write::{self, Origin, Verdict};

use crate::one;
use crate::people::{PASSWORD, address};

/// The data in the making.
pub struct Seed<'a> {
    tx: &'a dyn Tx,
    /// One password for everybody: hashing it is the dearest part.
    phc: String,
    today: Timestamp,
    now: Cell<Timestamp>,
    last: Cell<u16>,
}

/// Fills the folder of a server; what is done is done today, until another day is set.
pub fn fill(data: &Path, work: impl FnOnce(&Seed<'_>)) {
    let clock = Arc::new(SystemClock);
    let today = clock.now();
    let app = muster_server::serve::open(data, clock, "seed".to_owned()).expect("opens");
    let tx = app.store.write().expect("a transaction");
    let phc = muster_server::password::hash(PASSWORD).expect("a hash");
    let (now, last) = (Cell::new(today), Cell::new(0));
    work(&Seed { tx: &*tx, phc, today, now, last });
    tx.commit().expect("is durable");
}

impl Seed<'_> {
    /// From here on it is so many days ago.
    pub fn days_ago(&self, days: i64) {
        self.now.set(self.today.plus_days(-days));
    }

    /// The bytes of an id that is not used yet.
    pub fn fresh(&self) -> [u8; 16] {
        self.last.set(self.last.get() + 1);
        let mut bytes = [7; 16];
        bytes[14..].copy_from_slice(&self.last.get().to_be_bytes());
        bytes
    }

    /// Somebody who can sign in.
    pub fn login(&self, name: &str) -> Login {
        let login = Login {
            id: LoginId::from_bytes(self.fresh()),
            address: Address::parse(&address(name)).expect("an address"),
            name: name.to_owned(),
            status: LoginStatus::Active,
            verified: Vec::new(),
        };
        self.tx.add_login(&login, &self.phc, self.now.get()).expect("is new");
        login
    }

    /// An account with its first workspace.
    pub fn account(&self, founder: &Login, scheme: SchemeId, title: &str) -> AccountId {
        let account = AccountId::from_bytes(self.fresh());
        let is_managed = scheme == SchemeId::Managed;
        let founding = Founding {
            account,
            workspace: WorkspaceId::from_bytes(self.fresh()),
            membership: MembershipId::from_bytes(self.fresh()),
            scheme,
            account_name: is_managed.then(|| title.to_owned()),
            workspace_name: is_managed.then(|| title.to_owned()),
        };
        done(write::found(self.tx, &self.origin(founder), founding).expect("is founded"));
        account
    }

    /// A further workspace; whoever makes it is in it where owners hold theirs.
    pub fn workspace(
        &self,
        host: &Login,
        account: AccountId,
        scheme: SchemeId,
        title: &str,
    ) -> WorkspaceId {
        let workspace = WorkspaceId::from_bytes(self.fresh());
        let own = (scheme == SchemeId::OwnerLed).then(|| MembershipId::from_bytes(self.fresh()));
        self.run(
            host,
            &Command::CreateWorkspace {
                workspace,
                account,
                title: title.to_owned(),
                plan: Some(Plan::Pro),
                membership: own,
                labels: Default::default(),
            },
        );
        workspace
    }

    /// Somebody is invited and accepts.
    pub fn joins(
        &self,
        host: &Login,
        place: WorkspaceId,
        guest: &Login,
        role: Role,
    ) -> MembershipId {
        let invitation = InvitationId::from_bytes(self.fresh());
        let command = Command::CreateInvitation {
            workspace: place,
            invitation,
            address: guest.address.clone(),
            person: Some(guest.name.clone()),
            roles: one(role),
            message: None,
        };
        self.run(host, &command);
        let invitation = self.tx.invitation(invitation).expect("is read").expect("is there");
        let member = MembershipId::from_bytes(self.fresh());
        let accepted = write::accept(self.tx, &self.origin(guest), &invitation, member);
        done(accepted.expect("is written"));
        member
    }

    /// So many people at once, without invitations: rows alone, for what is only large.
    pub fn crowd(&self, account: AccountId, place: WorkspaceId, people: u16, role: Role) {
        let seq = self.tx.draw(account, 0).expect("a number");
        for number in 1..=people {
            let login = self.login(&format!("Person {number}"));
            let member = Membership {
                id: MembershipId::from_bytes(self.fresh()),
                workspace: place,
                login: login.id,
                name: login.name,
                address: login.address,
                roles: one(role),
                state: MemberState::Active,
                until: None,
                given_by: None,
                given_at: None,
                labels: Default::default(),
                note: String::new(),
                group: None,
                joined: self.now.get(),
                ended: None,
            };
            self.tx.put_membership(&member, seq, seq).expect("is new");
        }
    }

    /// Somebody gets another role.
    pub fn roles(&self, host: &Login, place: WorkspaceId, member: MembershipId, to: [Role; 2]) {
        let [was, roles] = to.map(|role| RoleSet::of(&[role]));
        let (workspace, membership, reason) = (place, member, None);
        self.run(host, &Command::SetMemberRoles { workspace, membership, was, roles, reason });
    }

    /// Somebody is removed.
    pub fn removes(&self, host: &Login, place: WorkspaceId, member: MembershipId) {
        let (workspace, membership, reason) = (place, member, None);
        self.run(host, &Command::RemoveMember { workspace, membership, reason });
    }

    /// A command that has to be accepted.
    pub fn run(&self, actor: &Login, command: &Command) {
        done(write::run(self.tx, &self.origin(actor), command).expect("is written"));
    }

    fn origin<'b>(&self, actor: &'b Login) -> Origin<'b> {
        Origin { actor, command: None, request: "seed", now: self.now.get(), post: Post::None }
    }
}

fn done(verdict: Verdict) {
    assert!(matches!(verdict, Verdict::Applied(_)), "{verdict:?}");
}
