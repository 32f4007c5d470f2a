//! What the tests of the running server share: a server with a clock of its own, and people
//! who speak to it over HTTP as the app does.

#![allow(dead_code, reason = "every test file uses a part of it")]

use std::sync::{Arc, Once};

use muster_domain::{
    AccountId, Command, CommandId, DeviceId, InvitationId, Labels, Login, MembershipId, Permission,
    PermissionSet, RefusalCode, Role, RoleId, RoleSet, Row, SchemeId, Timestamp, WorkspaceId,
};
use muster_protocol::http::{
    Accepted, InvitationCode, InvitationLink, LinkRequest, Session, SignIn, SignUp,
};
use muster_protocol::{
    Ask, Cursor, ErrorBody, FRAMES_TYPE, Grant, GrantSet, Have, LaneState, LogOf, LogPlace,
    LogWant, Logged, LoggedEvent, Outcome, Push, Say, Stamped, Want, decode, encode,
};
use muster_server::clock::{Clock, ManualClock};
use muster_server::links::Links;
use muster_server::mail::relay::Relay;
use muster_server::secret::random;
use muster_server::{Config, Running, serve};
use reqwest::{Client, Response, StatusCode};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// When the tests begin.
pub const BEGIN: Timestamp = Timestamp(1_795_000_000_000);

/// A server in a folder of its own.
pub struct World {
    pub server: Option<Running>,
    pub clock: Arc<ManualClock>,
    pub folder: tempfile::TempDir,
    pub http: Client,
    pub relay: Option<Relay>,
    pub links: Links,
}

pub fn http() -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider().install_default().expect("the first provider");
    });
    Client::builder().no_proxy().build().expect("a client")
}

pub fn some_id<T>(make: impl FnOnce([u8; 16]) -> T) -> T {
    make(random::<16>().expect("randomness"))
}

impl World {
    pub async fn start() -> Self {
        Self::start_with(None, Links::default()).await
    }

    /// A server that sends mail, or knows how it is reached.
    pub async fn start_with(relay: Option<Relay>, links: Links) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(ManualClock::at(BEGIN));
        let mut world = Self { server: None, clock, folder, http: http(), relay, links };
        world.restart().await;
        world
    }

    /// Ends the server if there is one, and starts it on the same data.
    pub async fn restart(&mut self) {
        if let Some(server) = self.server.take() {
            server.shutdown().await.expect("a clean end");
        }
        let clock: Arc<dyn Clock> = self.clock.clone();
        let (relay, links) = (self.relay.clone(), self.links.clone());
        // Shorter than sessions last.
        let tombstone_days = 20;
        let local = Config::local(self.folder.path());
        let config = Config { clock, relay, links, tombstone_days, ..local };
        self.server = Some(serve(config).await.expect("a server"));
    }

    pub fn running(&self) -> &Running {
        self.server.as_ref().expect("the server runs")
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running().url())
    }

    pub async fn try_sign_up(&self, body: &SignUp) -> Result<Session, (StatusCode, ErrorBody)> {
        answer(self.post("/v1/sign-up", body).await).await
    }

    pub async fn post<T: serde::Serialize>(&self, path: &str, body: &T) -> Response {
        self.http.post(self.url(path)).json(body).send().await.expect("an answer")
    }

    /// Somebody with an account of their own.
    pub async fn person(&self, name: &str, address: &str, scheme: SchemeId) -> Person {
        let body = sign_up(name, address, Some(scheme), None);
        let session = self.try_sign_up(&body).await.expect("a sign-up");
        Person::new(session, body.device)
    }

    /// Somebody who signs up with an invitation and nothing else.
    pub async fn invited(&self, name: &str, address: &str, code: &str) -> Person {
        let body = sign_up(name, address, None, Some(code.to_owned()));
        let session = self.try_sign_up(&body).await.expect("a sign-up by invitation");
        Person::new(session, body.device)
    }

    pub async fn sign_in(
        &self,
        address: &str,
        password: &str,
        device: DeviceId,
    ) -> Result<Session, (StatusCode, ErrorBody)> {
        let (address, password) = (address.to_owned(), password.to_owned());
        let body = SignIn { address, password, device, device_name: String::new() };
        answer(self.post("/v1/sign-in", &body).await).await
    }
}

pub fn sign_up(
    name: &str,
    address: &str,
    scheme: Option<SchemeId>,
    invitation: Option<String>,
) -> SignUp {
    SignUp {
        address: address.to_owned(),
        password: PASSWORD.to_owned(),
        name: name.to_owned(),
        scheme,
        account_name: None,
        workspace_name: None,
        invitation,
        device: some_id(DeviceId::from_bytes),
        device_name: String::new(),
    }
}

/// Somebody who joins a workspace by invitation, with a sign-in of their own.
pub async fn join(
    world: &World,
    by: &mut Person,
    at: WorkspaceId,
    name: &str,
    role: Role,
) -> Person {
    let address = format!("{}@people.example", name.to_lowercase().replace(' ', "-"));
    let (_, code) = by.invite(world, at, &address, role).await;
    world.invited(name, &address, &code).await
}

/// Why the server refuses a command.
pub async fn refusal(person: &mut Person, world: &World, command: &Command) -> RefusalCode {
    let outcome = person.command(world, command).await;
    outcome.refusal.unwrap_or_else(|| panic!("{command:?} was not refused")).code
}

/// The typed answer, or status and error.
pub async fn answer<T: serde::de::DeserializeOwned>(
    response: Response,
) -> Result<T, (StatusCode, ErrorBody)> {
    let status = response.status();
    let bytes = response.bytes().await.expect("a body");
    if status.is_success() {
        Ok(serde_json::from_slice(&bytes).expect("the answer's type"))
    } else {
        Err((status, serde_json::from_slice(&bytes).expect("an error body")))
    }
}

/// An answer of the exchange, taken apart.
#[derive(Debug, Default, Clone)]
pub struct Answer {
    pub epoch: u64,
    pub outcomes: Vec<Outcome>,
    pub fork: Option<u64>,
    pub grants: Option<Vec<Grant>>,
    pub accounts: Vec<muster_domain::Account>,
    pub admins: Vec<muster_domain::AccountAdmin>,
    pub wide: muster_protocol::Accounts,
    pub rows: Vec<Stamped>,
    pub cursors: Vec<Cursor>,
    pub more: bool,
    pub policy: Option<muster_protocol::Policy>,
    pub logs: Vec<Say>,
    pub resets: Vec<(WorkspaceId, muster_protocol::RecordSet)>,
    pub frames: Vec<Say>,
}

impl Answer {
    fn of(frames: Vec<Say>) -> Self {
        let mut answer = Self { frames: frames.clone(), ..Self::default() };
        assert!(matches!(frames.last(), Some(Say::End { .. })), "an answer ends with its end");
        for frame in frames {
            match frame {
                Say::Hello { epoch, policy, .. } => {
                    answer.epoch = epoch;
                    answer.policy = Some(policy);
                }
                Say::Outcome(outcome) => answer.outcomes.push(outcome),
                Say::Fork { expected } => answer.fork = Some(expected),
                log @ Say::Log { .. } => answer.logs.push(log),
                Say::Gone { .. } => {}
                Say::Reset { workspace, records } => answer.resets.push((workspace, records)),
                Say::Grants { all } => answer.grants = Some(all),
                Say::Accounts(wide) => {
                    answer.accounts = wide.accounts.clone();
                    answer.admins = wide.admins.clone();
                    answer.wide = wide;
                }
                Say::Chunk { rows, .. } | Say::Rows { rows } => answer.rows.extend(rows),
                Say::End { cursors, more } => {
                    answer.cursors = cursors;
                    answer.more = more;
                }
            }
        }
        answer
    }
}

/// What somebody was told of one history, in however many pieces.
#[derive(Debug, Default, Clone)]
pub struct Told {
    pub events: Vec<Logged>,
    pub whole: bool,
    pub through: u64,
    pub pieces: usize,
}

impl Told {
    /// The events that may be read.
    pub fn shown(&self) -> Vec<&LoggedEvent> {
        fn shown(it: &Logged) -> Option<&LoggedEvent> {
            match it {
                Logged::Shown(event) => Some(event),
                Logged::Sealed { .. } => None,
            }
        }
        self.events.iter().filter_map(shown).collect()
    }

    pub fn kinds(&self) -> Vec<&str> {
        self.shown().iter().map(|it| it.kind.as_str()).collect()
    }

    /// What a reader does: each event is what was chained, and follows from the one before.
    pub fn follow(&self, mut prev: [u8; 32]) -> Result<[u8; 32], LogPlace> {
        for event in &self.events {
            if *event.prev() != prev || !event.is_sound() {
                return Err(event.place());
            }
            prev = *event.hash();
        }
        Ok(prev)
    }
}

/// Somebody signed in on one installation, with a lane.
#[derive(Clone)]
pub struct Person {
    pub token: String,
    pub login: Login,
    pub device: DeviceId,
    pub next: u64,
}

impl Person {
    pub fn new(session: Session, device: DeviceId) -> Self {
        Self { token: session.token, login: session.login, device, next: 1 }
    }

    pub fn hello(&self) -> Ask {
        Ask::Hello {
            proto: muster_protocol::PROTOCOL,
            build: "test".to_owned(),
            schema: 1,
            rules: 1,
            device: self.device,
        }
    }

    pub async fn raw_sync(&self, world: &World, asks: &[Ask]) -> Response {
        world
            .http
            .post(world.url("/v1/sync"))
            .bearer_auth(&self.token)
            .header("content-type", FRAMES_TYPE)
            .body(encode(asks).expect("frames"))
            .send()
            .await
            .expect("an answer")
    }

    pub async fn exchange(&self, world: &World, asks: &[Ask]) -> Answer {
        let response = self.raw_sync(world, asks).await;
        assert_eq!(response.status(), StatusCode::OK);
        let bytes = response.bytes().await.expect("a body");
        Answer::of(decode(&bytes, 64 << 20).expect("frames"))
    }

    /// Everything this person may see.
    pub async fn everything(&self, world: &World) -> Answer {
        let first = self.exchange(world, &[self.hello(), Ask::Have(Have::default())]).await;
        let grants = first.grants.clone().unwrap_or_default();
        let want = grants.iter().map(|it| Want { workspace: it.workspace, after: None }).collect();
        let have = Have {
            epoch: Some(first.epoch),
            cursors: first.cursors.clone(),
            grants: GrantSet::of(&grants),
            want,
            logs: Vec::new(),
            budget: 4 << 20,
        };
        let second = self.exchange(world, &[self.hello(), Ask::Have(have)]).await;
        assert!(!second.more, "small workspaces fit one answer");
        Answer { grants: Some(grants), accounts: first.accounts, admins: first.admins, ..second }
    }

    /// One history after a place, in pieces of the least size; `None` if nothing is said of it.
    pub async fn told(&self, world: &World, of: LogOf, after: Option<LogPlace>) -> Option<Told> {
        let epoch = self.exchange(world, &[self.hello(), Ask::Have(Have::default())]).await.epoch;
        let mut told = Told::default();
        let mut after = after;
        loop {
            let logs = vec![LogWant { of, after, through: u64::MAX }];
            let have = Have { epoch: Some(epoch), logs, ..Have::default() };
            let answer = self.exchange(world, &[self.hello(), Ask::Have(have)]).await;
            let said = answer.logs.into_iter().next();
            let Some(Say::Log { of: said_of, events, whole, through, more, .. }) = said else {
                return None;
            };
            assert_eq!((said_of, more), (of, answer.more), "more of it is more to ask for");
            after = events.last().map(Logged::place).or(after);
            told.events.extend(events);
            (told.whole, told.through, told.pieces) = (whole, through, told.pieces + 1);
            if !more {
                return Some(told);
            }
        }
    }

    /// Every history that this person may have something of, with everything else.
    pub async fn everything_and_its_history(&self, world: &World) -> Answer {
        let mut answer = self.everything(world).await;
        let epoch = Some(answer.epoch);
        let grants = answer.grants.iter().flatten();
        let places = grants.map(|it| LogOf::Workspace(it.workspace));
        let accounts = answer.accounts.iter().map(|it| LogOf::Account(it.id));
        let logs =
            places.chain(accounts).map(|of| LogWant { of, after: None, through: 0 }).collect();
        let have = Have { epoch, logs, budget: 4 << 20, ..Have::default() };
        let history = self.exchange(world, &[self.hello(), Ask::Have(have)]).await;
        assert!(!history.more, "small histories fit one answer");
        answer.frames.extend(history.logs.iter().cloned());
        answer.logs.extend(history.logs);
        answer
    }

    /// Every row this person may see, however many answers that takes.
    pub async fn exchange_all(&self, world: &World) -> Vec<Row> {
        let first = self.exchange(world, &[self.hello(), Ask::Have(Have::default())]).await;
        let mut want: Vec<_> = first
            .grants
            .unwrap_or_default()
            .iter()
            .map(|it| Want { workspace: it.workspace, after: None })
            .collect();
        let mut rows = Vec::new();
        while !want.is_empty() {
            let have = Have { want: want.clone(), budget: 64 << 10, ..Have::default() };
            let answer = self.exchange(world, &[self.hello(), Ask::Have(have)]).await;
            for frame in answer.frames {
                let Say::Chunk { workspace, rows: part, next, .. } = frame else { continue };
                rows.extend(part.into_iter().map(|it| it.row));
                if next.is_none() {
                    want.retain(|it| it.workspace != workspace);
                } else if let Some(it) = want.iter_mut().find(|it| it.workspace == workspace) {
                    it.after = next;
                }
            }
        }
        rows
    }

    pub async fn grant(&self, world: &World, workspace: WorkspaceId) -> Option<u64> {
        let answer = self.exchange(world, &[self.hello(), Ask::Have(Have::default())]).await;
        answer
            .grants
            .unwrap_or_default()
            .iter()
            .find(|grant| grant.workspace == workspace)
            .map(|grant| grant.grant_seq)
    }

    pub fn push(&self, n: u64, command: &Command, grant: Option<u64>) -> Push {
        Push {
            n,
            id: some_id(CommandId::from_bytes),
            body: serde_json::to_string(command).expect("a command"),
            deps: Vec::new(),
            grant,
            claimed_at: BEGIN,
        }
    }

    /// Sends one command under the present grant and returns its outcome.
    pub async fn command(&mut self, world: &World, command: &Command) -> Outcome {
        let grant = match command.workspace() {
            Some(workspace) => self.grant(world, workspace).await,
            None => None,
        };
        let push = self.push(self.next, command, grant);
        self.next += 1;
        let n = push.n;
        let asks = [
            self.hello(),
            Ask::Have(Have::default()),
            Ask::Lane(LaneState { acked: n - 1 }),
            Ask::Command(push),
        ];
        let answer = self.exchange(world, &asks).await;
        answer.outcomes.into_iter().find(|it| it.n == n).expect("an outcome")
    }

    pub async fn apply(&mut self, world: &World, command: &Command) -> u64 {
        let outcome = self.command(world, command).await;
        outcome.seq.unwrap_or_else(|| panic!("{command:?} was not applied: {outcome:?}"))
    }

    pub async fn post<T: serde::Serialize>(&self, world: &World, path: &str, body: &T) -> Response {
        let request = world.http.post(world.url(path)).bearer_auth(&self.token).json(body);
        request.send().await.expect("an answer")
    }

    pub async fn accept(
        &self,
        world: &World,
        code: &str,
    ) -> Result<Accepted, (StatusCode, ErrorBody)> {
        let body = InvitationCode { code: code.to_owned() };
        answer(self.post(world, "/v1/invitations/accept", &body).await).await
    }

    /// Invites an address and returns the invitation with its code.
    pub async fn invite(
        &mut self,
        world: &World,
        workspace: WorkspaceId,
        address: &str,
        role: Role,
    ) -> (InvitationId, String) {
        let invitation = some_id(InvitationId::from_bytes);
        let command = Command::CreateInvitation {
            workspace,
            invitation,
            address: address.parse_address(),
            person: None,
            roles: RoleSet::of(&[role]),
            message: None,
        };
        self.apply(world, &command).await;
        (invitation, self.link(world, workspace, invitation).await.expect("a link").code)
    }

    pub async fn link(
        &self,
        world: &World,
        workspace: WorkspaceId,
        invitation: InvitationId,
    ) -> Result<InvitationLink, (StatusCode, ErrorBody)> {
        let body = LinkRequest { workspace, invitation };
        answer(self.post(world, "/v1/invitations/link", &body).await).await
    }

    /// The one account that this person is an admin of.
    pub async fn account(&self, world: &World) -> AccountId {
        let answer = self.everything(world).await;
        let own = answer.admins.iter().find(|it| it.login == self.login.id && it.active);
        own.expect("an account of one's own").account
    }

    /// The first workspace of one's own account.
    pub async fn home(&self, world: &World) -> WorkspaceId {
        let account = self.account(world).await;
        let grants = self.everything(world).await.grants.expect("grants");
        grants.iter().find(|grant| grant.account == account).expect("a workspace").workspace
    }

    pub async fn new_workspace(&mut self, world: &World, title: &str) -> WorkspaceId {
        let workspace = some_id(WorkspaceId::from_bytes);
        let command = Command::CreateWorkspace {
            workspace,
            account: self.account(world).await,
            title: title.to_owned(),
            plan: Some(muster_domain::Plan::Basic),
            membership: Some(some_id(MembershipId::from_bytes)),
            labels: Labels::default(),
        };
        self.apply(world, &command).await;
        workspace
    }

    /// Gives somebody a role of the workspace's own with these permissions and nothing else.
    pub async fn lets(
        &mut self,
        world: &World,
        workspace: WorkspaceId,
        person: &Person,
        permissions: &[Permission],
    ) {
        let role = some_id(RoleId::from_bytes);
        let (title, permissions) = ("Turnstone".to_owned(), PermissionSet::of(permissions));
        self.apply(world, &Command::DefineRole { workspace, role, title, permissions }).await;
        let rows = self.everything(world).await.rows;
        let slot = rows.iter().find_map(|it| match &it.row {
            Row::Role(it) if it.id == role => Some(it.slot),
            _ => None,
        });
        let roles = RoleSet::own(slot.expect("the role that was defined"));
        let member = self.member(world, workspace, &person.login).await;
        let (membership, was) = (member.id, member.roles);
        let change = Command::SetMemberRoles { workspace, membership, was, roles, reason: None };
        self.apply(world, &change).await;
    }

    /// The present membership of a login in a workspace, as this person sees it.
    pub async fn member(
        &self,
        world: &World,
        workspace: WorkspaceId,
        login: &Login,
    ) -> muster_domain::Membership {
        let rows = self.everything(world).await.rows;
        rows.into_iter()
            .find_map(|stamped| match stamped.row {
                Row::Membership(it)
                    if it.workspace == workspace
                        && it.login == login.id
                        && it.state.is_present() =>
                {
                    Some(it)
                }
                _ => None,
            })
            .expect("a member")
    }
}

trait ParseAddress {
    fn parse_address(&self) -> muster_domain::Address;
}

impl ParseAddress for str {
    fn parse_address(&self) -> muster_domain::Address {
        muster_domain::Address::parse(self).expect("an address")
    }
}
