//! What it takes the server to freeze the list of a review of 20,000 people: facts, decision,
//! rows, a chained event for each, against the same rows and events written bare.

use std::time::{Duration, Instant};

use muster_domain::{
    AccountId, Address, CampaignId, Command, CommandId, Founding, Labels, Login, LoginId,
    LoginStatus, MemberState, Membership, MembershipId, QuietDays, ReviewId, Role, RoleSet,
    SchemeId, Timestamp, Undecided, WorkspaceId,
};
use muster_protocol::LogOf;
use muster_server::mail::Post;
use muster_server::store::Store as _;
use muster_server::store::sqlite::SqliteStore;
use muster_server::write::{self, Origin, Verdict};

const PEOPLE: u32 = 20_000;
const NOW: Timestamp = Timestamp(1_795_000_000_000);
const ROUNDS: usize = 3;
const ACCOUNT: AccountId = AccountId::from_bytes([1; 16]);
const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([2; 16]);
const REVIEW: ReviewId = ReviewId::from_bytes([3; 16]);

fn main() {
    let rounds: Vec<_> = (0..ROUNDS).map(|_| round()).collect();
    let (took, floor) = (median(&rounds, |it| it.0), median(&rounds, |it| it.1));
    let ratio = took.as_secs_f64() / floor.as_secs_f64();
    let bare = "the same rows and events written bare";
    println!(
        "a review of 20,000 people started: {took:.1?}; {bare}: {floor:.1?}; ratio {ratio:.2}"
    );
}

fn median(
    rounds: &[(Duration, Duration)],
    of: impl Fn(&(Duration, Duration)) -> Duration,
) -> Duration {
    let mut times: Vec<_> = rounds.iter().map(of).collect();
    times.sort();
    times[times.len() / 2]
}

/// The start, and the floor in a database like it.
fn round() -> (Duration, Duration) {
    let (real, bare) = (Place::new(), Place::new());
    let took = time(|| {
        let tx = real.store.write().expect("a transaction");
        let origin = origin(&real.admin);
        let command = Command::StartReview {
            workspace: WORKSPACE,
            review: REVIEW,
            campaign: CampaignId::from_bytes([4; 16]),
            title: "Bench".to_owned(),
            due: NOW.plus_days(7),
            undecided: Undecided::Leave,
            quiet: QuietDays::USUAL,
            reviewers: vec![real.admin.id],
        };
        let verdict = write::run(&*tx, &origin, &command).expect("is written");
        assert!(matches!(verdict, Verdict::Applied(_)), "{verdict:?}");
        tx.commit().expect("a commit");
    });
    let read = real.store.read().expect("a snapshot");
    let muster_domain::Known::Known(lines) = read.review_lines(REVIEW).expect("reads") else {
        panic!("the server knows everything")
    };
    assert_eq!(lines.len(), PEOPLE as usize);
    let mut events = read.chain(LogOf::Workspace(WORKSPACE)).expect("reads");
    events.retain(|it| it.kind == "review.line.frozen");
    assert_eq!(events.len(), lines.len());
    let review = read.review(REVIEW).expect("reads").expect("is there");
    let floor = time(|| {
        let tx = bare.store.write().expect("a transaction");
        tx.put_review(&review, events[0].place.seq).expect("is written");
        for (line, event) in lines.iter().zip(&events) {
            tx.put_review_line(line, event.place.seq).expect("is written");
            tx.append_event(event).expect("is written");
        }
        tx.commit().expect("a commit");
    });
    (took, floor)
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn origin(actor: &Login) -> Origin<'_> {
    let command = Some(CommandId::from_bytes([9; 16]));
    Origin { actor, command, request: "bench", now: NOW, post: Post::None }
}

fn login(n: u32) -> Login {
    Login {
        id: LoginId::from_bytes(id(5, n)),
        address: Address::parse(&format!("person{n}@people.example")).expect("an address"),
        name: format!("Person {n}"),
        status: LoginStatus::Active,
        verified: Vec::new(),
    }
}

fn id(kind: u8, n: u32) -> [u8; 16] {
    let mut id = [kind; 16];
    id[..4].copy_from_slice(&n.to_be_bytes());
    id
}

/// A workspace of an agency with so many people.
struct Place {
    store: SqliteStore,
    admin: Login,
    _folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("muster.db"), 2).expect("a store");
        let admin = login(0);
        let tx = store.write().expect("a transaction");
        tx.add_login(&admin, "$none$", NOW).expect("a login");
        let founding = Founding {
            account: ACCOUNT,
            workspace: WORKSPACE,
            membership: MembershipId::from_bytes(id(6, 0)),
            scheme: SchemeId::Managed,
            account_name: None,
            workspace_name: None,
        };
        write::found(&*tx, &origin(&admin), founding).expect("is founded");
        let seq = tx.draw(ACCOUNT, 0).expect("a number");
        for n in 1..PEOPLE {
            let login = login(n);
            tx.add_login(&login, "$none$", NOW).expect("a login");
            let member = Membership {
                id: MembershipId::from_bytes(id(6, n)),
                workspace: WORKSPACE,
                login: login.id,
                name: login.name,
                address: login.address,
                roles: RoleSet::of(&[Role::ChatUser]),
                state: MemberState::Active,
                until: None,
                given_by: Some(admin.name.clone()),
                given_at: Some(NOW),
                labels: Labels::default(),
                note: String::new(),
                group: None,
                joined: NOW,
                ended: None,
            };
            tx.put_membership(&member, seq, seq).expect("a member");
        }
        tx.commit().expect("a commit");
        Self { store, admin, _folder: folder }
    }
}
