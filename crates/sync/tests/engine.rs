//! The engine against a server made of a closure: enough HTTP to answer, break and lie.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use muster_cache::{Cache, Keys, Label, Submission, Undone};
use muster_domain::{
    Account, AccountAdmin, AccountId, AccountStatus, Address, Command, Decision, DeviceId, Labels,
    Login, LoginId, LoginStatus, PermissionSet, Plan, Row, SchemeId, Timestamp, View, Workspace,
    WorkspaceId, WorkspaceKind, WorkspaceStatus,
};
use muster_protocol::{
    Accounts, After, Ask, Cursor, ErrorBody, ErrorCode, FRAMES_TYPE, Grant, LogOf, Outcome,
    OutcomeStatus, Policy, Say, Stamped, codec,
};
use muster_sync::{Api, ApiError, Change, ConnectionState, Engine, Listener, OfflineCause, Token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

const LONG: Duration = Duration::from_secs(20);

/// What the server does with one exchange.
#[derive(Clone)]
enum Reply {
    Frames(Vec<Say>),
    Raw(&'static str, &'static str, Vec<u8>),
    Hang,
}

#[derive(Default)]
struct Script {
    replies: VecDeque<Reply>,
    asked: Vec<Vec<Ask>>,
}

/// A server that answers by its script, and with the last frames again when that is used up.
struct Server {
    address: String,
    script: Arc<Mutex<Script>>,
    pokes: watch::Sender<u32>,
}

impl Server {
    async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let address = format!("http://{}", listener.local_addr().expect("has one"));
        let script = Arc::new(Mutex::new(Script {
            replies: replies.into_iter().collect(),
            asked: Vec::new(),
        }));
        let (pokes, poked) = watch::channel(0);
        let shared = Arc::clone(&script);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared), poked.clone()));
            }
        });
        Self { address, script, pokes }
    }

    fn push(&self, reply: Reply) {
        self.script.lock().expect("is whole").replies.push_back(reply);
    }

    fn commands(&self) -> usize {
        let script = self.script.lock().expect("is whole");
        let all = script.asked.iter().flatten();
        all.filter(|ask| matches!(ask, Ask::Command(_))).count()
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |value| value.trim().parse::<usize>().expect("a number"));
    while bytes.len() < head_end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some((head, bytes[head_end..head_end + length].to_vec()))
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>, mut poked: watch::Receiver<u32>) {
    while let Some((head, body)) = read_request(&mut stream).await {
        if head.starts_with("get /v1/poke") {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: here\n\n";
            // Before the first byte: a poke that follows it must not be lost.
            poked.mark_unchanged();
            stream.write_all(head.as_bytes()).await.expect("writes");
            while poked.changed().await.is_ok() {
                if stream.write_all(b"event: pull\ndata: {}\n\n").await.is_err() {
                    return;
                }
            }
            return;
        }
        let reply = {
            let mut script = script.lock().expect("is whole");
            script.asked.push(codec::decode(&body, 1 << 20).expect("frames"));
            script.replies.pop_front().unwrap_or_else(|| Reply::Frames(answer(vec![])))
        };
        let (status, kind, body) = match reply {
            Reply::Frames(says) => ("200 OK", FRAMES_TYPE, codec::encode(&says).expect("encodes")),
            Reply::Raw(status, kind, body) => (status, kind, body),
            Reply::Hang => {
                // Until the other side gives up.
                let _ = stream.read_u8().await;
                return;
            }
        };
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("writes");
        stream.write_all(&body).await.expect("writes");
    }
}

fn me() -> Login {
    Login {
        id: LoginId::from_bytes([1; 16]),
        address: Address::parse("ana@larch.example").expect("an address"),
        name: "Ana".to_owned(),
        status: LoginStatus::Active,
        verified: Vec::new(),
    }
}

const ACCOUNT: AccountId = AccountId::from_bytes([2; 16]);
const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([3; 16]);
const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn answer(frames: Vec<Say>) -> Vec<Say> {
    let hello = Say::Hello { epoch: 1, time: NOW, policy: Policy::Ok, login: me() };
    let end = Say::End { cursors: vec![Cursor { account: ACCOUNT, seq: 5 }], more: false };
    [vec![hello], frames, vec![end]].concat()
}

fn workspace(name: &str, seq: u64) -> Stamped {
    let row = Row::Workspace(Workspace {
        id: WORKSPACE,
        account: ACCOUNT,
        kind: WorkspaceKind::Standard,
        name: name.to_owned(),
        plan: Plan::Pro,
        status: WorkspaceStatus::Active,
        created: NOW,
        labels: Labels::default(),
        plan_ended: None,
        trashed: None,
        offer: None,
        colour: None,
    });
    Stamped { seq, row }
}

/// One managed account with one workspace.
fn everything() -> Reply {
    everything_up_to(None)
}

/// The same, sent as far as this.
fn everything_up_to(next: Option<After>) -> Reply {
    let account = Account {
        id: ACCOUNT,
        name: "Larch".to_owned(),
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
    };
    let admin = AccountAdmin {
        account: ACCOUNT,
        login: me().id,
        name: me().name,
        address: me().address,
        since: NOW,
        by: None,
        active: true,
    };
    let view = View::of(PermissionSet::ALL);
    let grant = Grant { workspace: WORKSPACE, account: ACCOUNT, view, grant_seq: 1 };
    Reply::Frames(answer(vec![
        Say::Grants { all: vec![grant] },
        Say::Accounts(Accounts {
            accounts: vec![account],
            admins: vec![admin],
            ..Accounts::default()
        }),
        Say::Chunk {
            workspace: WORKSPACE,
            view,
            grant_seq: 1,
            as_of: 5,
            rows: vec![workspace("Northwind", 5)],
            next,
        },
    ]))
}

struct Tell(watch::Sender<u32>);

impl Listener for Tell {
    fn changed(&self, _: Change) {
        self.0.send_modify(|count| *count += 1);
    }
}

struct Client {
    dir: tempfile::TempDir,
    cache: Arc<Cache>,
    engine: Engine,
    told: watch::Receiver<u32>,
}

impl Client {
    fn start(address: &str) -> Self {
        let dir = tempfile::TempDir::new().expect("a folder");
        let cache = Arc::new(open(dir.path()));
        let (tell, told) = watch::channel(0);
        let engine = Engine::start(
            &tokio::runtime::Handle::current(),
            Api::new(address).expect("an address"),
            Token::new("secret".to_owned()),
            Arc::clone(&cache),
            Arc::new(Tell(tell)),
            "test".to_owned(),
        );
        Self { dir, cache, engine, told }
    }

    /// Waits until something holds; looks again whenever the engine says that it may.
    async fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let wait = async {
            loop {
                self.told.mark_unchanged();
                if holds(self) {
                    return;
                }
                self.told.changed().await.expect("the engine runs");
            }
        };
        tokio::time::timeout(LONG, wait).await.unwrap_or_else(|_| panic!("never: {what}"));
    }

    async fn until_state(&mut self, state: ConnectionState) {
        self.until(&format!("{state:?}"), |client| client.engine.connection().state == state).await;
    }

    fn name(&self) -> Option<String> {
        self.cache.workspace(WORKSPACE).expect("reads").map(|entry| entry.workspace.name)
    }

    fn rename(&self, title: &str) -> u64 {
        let command = Command::RenameWorkspace {
            workspace: WORKSPACE,
            was: "Northwind".to_owned(),
            title: title.to_owned(),
        };
        let Submission { n, decision, .. } =
            self.cache.submit(&command, NOW, Label::default()).expect("is kept");
        assert!(matches!(decision, Decision::Accept(_)), "{decision:?}");
        n.expect("is kept")
    }
}

fn open(dir: &std::path::Path) -> Cache {
    let keys = Keys { mirror: [1; 32], outbox: [2; 32] };
    Cache::open(dir, &keys, &me(), DeviceId::from_bytes([4; 16])).expect("opens")
}

fn html(status: &'static str) -> Reply {
    Reply::Raw(status, "text/html", b"<html>Welcome to the hotel</html>".to_vec())
}

fn muster_error(status: &'static str, code: ErrorCode) -> Reply {
    let body = ErrorBody { code, message: String::new(), field: None, refusal: None };
    Reply::Raw(status, "application/json", serde_json::to_vec(&body).expect("encodes"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poke_brings_a_change_of_somebody_else() {
    let server = Server::start([everything()]).await;
    let mut client = Client::start(&server.address);
    client.until("first contact", |client| client.name().as_deref() == Some("Northwind")).await;
    let connection = client.engine.connection();
    assert_eq!(connection.state, ConnectionState::Online);
    assert_eq!(connection.last_contact, Some(NOW));
    // The exchange after the opening of the stream shows that the stream is open.
    let asked = |server: &Server| server.script.lock().expect("is whole").asked.len();
    while asked(&server) < 2 {
        tokio::task::yield_now().await;
    }
    server.push(Reply::Frames(answer(vec![Say::Rows { rows: vec![workspace("Southwind", 6)] }])));
    let started = std::time::Instant::now();
    server.pokes.send_modify(|count| *count += 1);
    client.until("the poke", |client| client.name().as_deref() == Some("Southwind")).await;
    assert!(started.elapsed() < Duration::from_secs(1), "took {:?}", started.elapsed());
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_is_asked_for_where_its_last_part_ended() {
    let server = Server::start([everything_up_to(Some(After::Members)), everything()]).await;
    let mut client = Client::start(&server.address);
    let whole = |client: &Client| {
        client.cache.workspace(WORKSPACE).expect("reads").is_some_and(|entry| entry.whole)
    };
    client.until("everything", whole).await;
    let wanted: Vec<_> = {
        let script = server.script.lock().expect("is whole");
        let asks = script.asked.iter().flatten();
        let haves = asks.filter_map(|ask| match ask {
            Ask::Have(have) => Some(have.want.clone()),
            _ => None,
        });
        haves.flatten().map(|want| want.after).collect()
    };
    assert_eq!(wanted, [Some(After::Members)], "once, and nothing more when it was whole");
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_fetched_by_itself_after_the_rows() {
    let of = LogOf::Workspace(WORKSPACE);
    let part = |more| {
        let through = 5;
        let say = Say::Log { of, events: Vec::new(), whole: true, through, more, anew: false };
        Reply::Frames(answer(vec![say]))
    };
    let everything = [everything_up_to(Some(After::Members)), everything()];
    let server = Server::start(everything.into_iter().chain([part(true), part(false)])).await;
    let mut client = Client::start(&server.address);
    let whole = |client: &Client| {
        let state = client.cache.log_state(of).expect("reads");
        state.is_some_and(|state| !state.loading)
    };
    client.until("the history", whole).await;
    let asked: Vec<bool> = {
        let script = server.script.lock().expect("is whole");
        let asked = script.asked.iter().flatten().filter_map(|ask| match ask {
            Ask::Have(have) => Some(have.logs.iter().any(|want| want.of == of)),
            _ => None,
        });
        asked.take(4).collect()
    };
    assert_eq!(asked, [false, false, true, true], "rows first, then until it is whole");
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_captive_portal_changes_nothing() {
    // More of them than the engine meets by itself.
    let portal = || [html("200 OK"), html("401 Unauthorized")];
    let pages = [everything()].into_iter().chain(portal()).chain(portal()).chain(portal());
    let server = Server::start(pages).await;
    let mut client = Client::start(&server.address);
    client.until("first contact", |client| client.name().is_some()).await;
    let mut portals = 0;
    for _ in 0..6 {
        if client.engine.exchange().await == Err(ApiError::NotMuster) {
            portals += 1;
            assert_ne!(client.engine.connection().state, ConnectionState::SignedOut);
        }
        assert_eq!(client.name().as_deref(), Some("Northwind"));
    }
    assert!(portals >= 1, "the portal was met");
    client.until_state(ConnectionState::Online).await;
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_session_is_told_and_purges_nothing() {
    let ended = muster_error("401 Unauthorized", ErrorCode::SignedOut);
    let server = Server::start([everything(), ended.clone(), ended.clone(), ended]).await;
    let mut client = Client::start(&server.address);
    client.until_state(ConnectionState::SignedOut).await;
    assert_eq!(client.name().as_deref(), Some("Northwind"));
    let n = client.rename("Southwind");
    client.engine.wake();
    assert_eq!(client.engine.exchange().await, Err(ApiError::SignedOut));
    // Another copy of the request may have come in time, so it can not be taken back.
    assert_eq!(client.cache.undo(n, NOW).expect("writes"), Undone::TooLate);
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_is_told_apart_and_retried() {
    let fault = || muster_error("500 Internal Server Error", ErrorCode::Fault);
    let server = Server::start([fault(), html("502 Bad Gateway"), everything()]).await;
    let mut client = Client::start(&server.address);
    client.until_state(ConnectionState::ServerFault).await;
    // The engine tries again by itself as well, so which try meets the second fault is open.
    while let Err(error) = client.engine.exchange().await {
        assert_eq!(error, ApiError::Fault);
    }
    assert_eq!(client.engine.connection().state, ConnectionState::Online);
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_queued_without_a_server_can_be_taken_back() {
    let server = Server::start([everything()]).await;
    let dir = {
        let mut client = Client::start(&server.address);
        client.until("first contact", |client| client.name().is_some()).await;
        client.engine.stop().await;
        client.dir
    };
    // Nobody listens where somebody listened a moment ago.
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("binds");
    let address = format!("http://{}", gone.local_addr().expect("has one"));
    drop(gone);
    let (tell, told) = watch::channel(0);
    let cache = Arc::new(open(dir.path()));
    let engine = Engine::start(
        &tokio::runtime::Handle::current(),
        Api::new(&address).expect("an address"),
        Token::new("secret".to_owned()),
        Arc::clone(&cache),
        Arc::new(Tell(tell)),
        "test".to_owned(),
    );
    let mut client = Client { dir, cache, engine, told };
    client.until_state(ConnectionState::Offline).await;
    assert!(client.engine.connection().offline_since.is_some());
    let n = client.rename("Southwind");
    client.engine.wake();
    let unreachable = Err(ApiError::Offline(OfflineCause::Unreachable));
    assert_eq!(client.engine.exchange().await, unreachable);
    assert_eq!(client.cache.undo(n, NOW).expect("writes"), Undone::Done);
    assert_eq!(client.name().as_deref(), Some("Northwind"));
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_sent_once_and_settled_once() {
    let server = Server::start([everything()]).await;
    let mut client = Client::start(&server.address);
    client.until("first contact", |client| client.name().is_some()).await;
    // The exchange after the opening of the stream is over: no other one carries the command.
    while server.script.lock().expect("is whole").asked.len() < 2 {
        tokio::task::yield_now().await;
    }
    client.engine.exchange().await.expect("is answered");
    let n = client.rename("Southwind");
    let outcome =
        Outcome { n: 1, status: OutcomeStatus::Applied, refusal: None, seq: Some(6), at: NOW };
    let rows = vec![workspace("Southwind", 6)];
    let settled = answer(vec![Say::Outcome(outcome), Say::Rows { rows }]);
    server.push(Reply::Frames(settled.clone()));
    // The stream's first exchange may take the first of them.
    server.push(Reply::Frames(settled));
    client.engine.exchange().await.expect("is answered");
    client.engine.exchange().await.expect("is answered");
    assert_eq!(client.cache.outcome(n).expect("reads").expect("is settled").n, 1);
    assert_eq!(client.name().as_deref(), Some("Southwind"));
    assert_eq!(client.cache.settled(10).expect("reads").len(), 1);
    assert_eq!(server.commands(), 1);
    client.engine.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_gives_up_the_network_and_lets_go_of_the_cache() {
    let server = Server::start([Reply::Hang]).await;
    let client = Client::start(&server.address);
    let waiting = client.engine.clone();
    let waiter = tokio::spawn(async move { waiting.exchange().await });
    let Client { dir, cache, engine, told: _ } = client;
    tokio::time::timeout(LONG, engine.stop()).await.expect("stops");
    assert_eq!(waiter.await.expect("is told"), Err(ApiError::Stopped));
    assert_eq!(Arc::strong_count(&cache), 1, "nobody else holds it");
    drop(cache);
    Cache::erase(dir.path()).expect("nobody has it open");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_product_is_not_muster() {
    let other =
        br#"{"product":"other","name":"x","build":"1","proto":1,"oldest_proto":1,"rules":1}"#;
    let far =
        br#"{"product":"muster","name":"x","build":"9","proto":9,"oldest_proto":9,"rules":1}"#;
    for (body, expected) in [(&other[..], ApiError::NotMuster), (&far[..], ApiError::Version)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let address = format!("http://{}", listener.local_addr().expect("has one"));
        let body = body.to_vec();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("accepts");
            read_request(&mut stream).await.expect("asks");
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).await.expect("writes");
            stream.write_all(&body).await.expect("writes");
        });
        let api = Api::new(&address).expect("an address");
        assert_eq!(api.server_info().await.err(), Some(expected));
    }
}
