//! Evidence is written, checked, tampered with and caught (V-49).

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use muster_domain::{
    AccountId, Address, CampaignId, Choice, Decided, Ended, EventKind, Labels, LoginId,
    MemberState, Membership, MembershipId, QuietDays, Review, ReviewId, ReviewLine, Reviewer, Role,
    RoleSet, Row, SigningKey, Timestamp, Undecided, WorkspaceId,
};
use muster_evidence::{
    CSV, Chain, FORMAT, Files, HTML, Key, PACK, Pack, Signer, Tampered, check, write,
};
use muster_protocol::{LogOf, LogPlace, Logged, LoggedEvent};

const NORTHWIND: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
const STARTED: Timestamp = Timestamp(1_800_000_000_000);

fn login(number: u8) -> LoginId {
    LoginId::from_bytes([number; 16])
}

fn mid(number: u8) -> MembershipId {
    MembershipId::from_bytes([number; 16])
}

fn address(number: u8) -> Address {
    Address::parse(&format!("person{number}@client.example")).expect("an address")
}

fn review(closed: Option<Ended>) -> Review {
    Review {
        id: ReviewId::from_bytes([7; 16]),
        workspace: NORTHWIND,
        campaign: CampaignId::from_bytes([8; 16]),
        name: "Q4 <review> & more".to_owned(),
        due: STARTED.plus_days(14),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: vec![Reviewer { login: login(9), name: "Ana".to_owned() }],
        lines: 3,
        started: Ended { at: STARTED, by: "Ana".to_owned() },
        closed,
        keys: Vec::new(),
        handed_out: Vec::new(),
    }
}

fn line(number: u8, name: &str, said: Option<(Choice, Option<&str>)>) -> ReviewLine {
    let decided = said.map(|(choice, reason)| Decided {
        by: login(9),
        name: "Ana".to_owned(),
        at: Timestamp(STARTED.0 + 60_000),
        choice,
        reason: reason.map(str::to_owned),
        client: None,
    });
    ReviewLine {
        review: ReviewId::from_bytes([7; 16]),
        workspace: NORTHWIND,
        membership: mid(number),
        login: login(number),
        name: name.to_owned(),
        address: address(number),
        roles: RoleSet::of(&[Role::AgentManager]),
        state: MemberState::Active,
        given_by: None,
        given_at: None,
        joined: Timestamp(5),
        last: None,
        decided: decided.into_iter().collect(),
    }
}

fn member(number: u8, state: MemberState) -> Membership {
    Membership {
        id: mid(number),
        workspace: NORTHWIND,
        login: login(number),
        name: format!("Person {number}"),
        address: address(number),
        roles: RoleSet::of(&[Role::AgentManager]),
        state,
        until: None,
        given_by: None,
        given_at: None,
        labels: Labels::default(),
        note: String::new(),
        group: None,
        joined: Timestamp(5),
        ended: None,
    }
}

#[derive(Default)]
struct Log(Vec<Logged>);

impl Log {
    fn add(&mut self, kind: EventKind, before: Option<Row>, after: Row) {
        let json = |row: &Row| serde_json::to_string(row).expect("encodes");
        let seq = self.0.len() as u64 + 1;
        let mut event = LoggedEvent {
            account: AccountId::from_bytes([3; 16]),
            place: LogPlace { seq, ord: 0 },
            workspace: Some(NORTHWIND),
            at: Timestamp(STARTED.0 + i64::try_from(seq).expect("few")),
            actor: login(9),
            actor_name: "Ana".to_owned(),
            as_admin: false,
            kind: kind.key().to_owned(),
            names: std::collections::BTreeMap::new(),
            before: before.as_ref().map(json),
            after: json(&after),
            command: None,
            request: "request".to_owned(),
            reason: None,
            prev: self.0.last().map_or([0; 32], |it| *it.hash()),
            hash: [0; 32],
        };
        event.hash = event.computed_hash();
        self.0.push(Logged::Shown(Box::new(event)));
    }
}

/// Somebody joins; a review of three freezes, decides, removes Chidi and closes, while a fourth
/// person is suspended.
fn log() -> Log {
    let mut log = Log::default();
    let row = |number, state| Row::Membership(member(number, state));
    log.add(EventKind::MemberJoined, None, row(4, MemberState::Active));
    log.add(EventKind::ReviewStarted, None, Row::Review(review(None)));
    let people = [(1, "Ada"), (2, "=HYPERLINK(\"x\")"), (3, "Chidi")];
    for (number, name) in people {
        log.add(EventKind::ReviewLineFrozen, None, Row::ReviewLine(line(number, name, None)));
    }
    let said =
        [(1, "Ada", (Choice::Keep, None)), (3, "Chidi", (Choice::Remove, Some("left <the> team")))];
    for (number, name, said) in said {
        let before = Row::ReviewLine(line(number, name, None));
        let after = Row::ReviewLine(line(number, name, Some(said)));
        log.add(EventKind::ReviewDecided, Some(before), after);
    }
    let active = row(4, MemberState::Active);
    log.add(EventKind::MemberSuspended, Some(active), row(4, MemberState::Suspended));
    let chidi = row(3, MemberState::Active);
    log.add(EventKind::MemberRemoved, Some(chidi), row(3, MemberState::Removed));
    let closed = Ended { at: Timestamp(STARTED.0 + 90_000), by: "Ana".to_owned() };
    let (before, after) = (review(None), review(Some(closed)));
    log.add(EventKind::ReviewClosed, Some(Row::Review(before)), Row::Review(after));
    log
}

fn key() -> Key {
    Key::from_seed(&[42; 32]).expect("a key")
}

fn pack_of(events: Vec<Logged>, key: &Key) -> Pack {
    let people: BTreeSet<MembershipId> = (1..=3).map(mid).collect();
    let chain = Chain::of(LogOf::Workspace(NORTHWIND), events, &review(None), &people);
    Pack {
        format: FORMAT,
        program: "0.1.0".to_owned(),
        made_at: Timestamp(STARTED.0 + 100_000),
        made_by: Signer {
            login: login(9),
            name: "Ana".to_owned(),
            address: address(9).to_string(),
            key: key.public(),
        },
        server: "https://muster.example".to_owned(),
        account_name: "Larch".to_owned(),
        workspace_name: "Northwind".to_owned(),
        own_roles: BTreeMap::new(),
        review: review(None),
        lines: Vec::new(),
        changes: Vec::new(),
        chain: Some(chain),
    }
    .settled()
}

fn evidence() -> Files {
    write(&pack_of(log().0, &key()), &key()).expect("is written")
}

fn part(files: &mut Files, name: &str) -> Vec<u8> {
    std::mem::take(slot(files, name))
}

fn slot<'a>(files: &'a mut Files, name: &str) -> &'a mut Vec<u8> {
    match name {
        HTML => &mut files.html,
        CSV => &mut files.csv,
        PACK => &mut files.pack,
        _ => &mut files.seal,
    }
}

#[test]
fn v49_evidence_says_what_was_decided_and_done_and_proves_it() {
    let files = evidence();
    let report = check(&files).expect("is verified");
    let said = report.proved.join("\n");
    assert!(said.contains("3 people of Northwind"), "{said}");
    assert!(said.contains("9 events") && said.contains("1 of them"), "{said}");
    assert!(said.contains("the 1 changes"), "{said}");
    let open = report.open.join("\n");
    assert!(open.contains("does not name the key"), "what is not proved is said: {open}");
    let page = String::from_utf8(files.html).expect("text");
    for words in ["Ada", "Not reviewed", "Remove", "left &lt;the&gt; team", "Q4 &lt;review&gt;"] {
        assert!(page.contains(words), "{words} is missing");
    }
    assert!(!page.contains("<the>") && !page.contains("<script"));
}

#[test]
fn v49_the_page_of_the_evidence_is_made_for_paper() {
    let page = String::from_utf8(part(&mut evidence(), "review.html")).expect("text");
    assert!(page.contains("color-scheme:light"), "black on white on a dark system too");
    assert!(page.contains("thead{display:table-header-group}"), "heads on each sheet");
    assert!(page.contains("counter(page) \" / \" counter(pages)"), "each sheet has its number");
    // The name stands below each sheet; whatever it is called, it ends neither string nor style.
    let name = page.split("content:\"").nth(1).and_then(|it| it.split('"').next());
    let name = name.expect("stands in the style");
    assert!(name.starts_with("\\000051\\000034"), "Q4 as numbers: {name}");
    assert!(name.chars().all(|c| c == '\\' || c.is_ascii_hexdigit()), "{name}");
}

#[test]
fn v49_the_table_of_the_evidence_calculates_nothing() {
    let csv = String::from_utf8(evidence().csv).expect("text");
    assert!(csv.starts_with('\u{feff}'));
    assert!(csv.contains("\"'=HYPERLINK("), "{csv}");
    assert_eq!(csv.lines().count(), 4);
}

#[test]
fn v49_a_flipped_bit_in_any_file_is_caught() {
    let whole = evidence();
    for (name, bytes) in whole.named() {
        for at in 0..bytes.len() {
            // Every byte of every file, another of its bits each time.
            let bit = 1 << (at % 8);
            let mut files = whole.clone();
            slot(&mut files, name)[at] ^= bit;
            assert!(check(&files).is_err(), "byte {at} of {name}, bit {bit:#x}");
        }
        for change in [&b""[..], b"\n", b" "] {
            let mut files = whole.clone();
            let mut longer = part(&mut files, name);
            if change.is_empty() {
                longer.pop();
            }
            longer.extend_from_slice(change);
            *slot(&mut files, name) = longer;
            assert!(check(&files).is_err(), "{change:?} at the end of {name}");
        }
    }
}

#[test]
fn v49_evidence_that_was_changed_and_signed_again_is_caught_by_the_log() {
    let forger = Key::from_seed(&[66; 32]).expect("a key");
    let honest = pack_of(log().0, &forger);
    let forged = |change: &dyn Fn(&mut Pack)| {
        let mut pack = honest.clone();
        change(&mut pack);
        check(&write(&pack, &forger).expect("is written"))
    };
    assert!(forged(&|_| {}).is_ok());
    let decisions = Err(Tampered::Log("people and decisions"));
    assert_eq!(forged(&|pack| pack.lines[1].decided.clear()), decisions);
    assert_eq!(forged(&|pack| drop(pack.lines.pop())), decisions);
    assert_eq!(forged(&|pack| pack.changes.clear()), Err(Tampered::Log("changes")));
    let dates = Err(Tampered::Log("review's dates and reviewers"));
    assert_eq!(forged(&|pack| pack.review.due = Timestamp(1)), dates);
    let key = key().public();
    assert_eq!(forged(&|pack| pack.made_by.key.clone_from(&key)), Err(Tampered::Key));
    assert_eq!(forged(&|pack| pack.format = 4), Err(Tampered::Form(4)));
    let events = |change: &dyn Fn(&mut Vec<Logged>)| {
        forged(&|pack| {
            let mut chain = pack.chain.take().expect("a chain");
            change(&mut chain.events);
            *pack = Pack { chain: Some(chain), ..pack.clone() }.settled();
        })
    };
    let said = events(&|events| {
        let Logged::Shown(event) = &mut events[5] else { unreachable!() };
        event.after = event.after.replace("remove", "keep");
    });
    assert!(matches!(said, Err(Tampered::Event(_))), "{said:?}");
    let left_out = events(&|events| drop(events.remove(5)));
    assert!(matches!(left_out, Err(Tampered::Link(_))), "{left_out:?}");
}

/// The log of the review, where a session of this person then names this key.
fn log_with_key(actor: u8, login_of: u8, key: &Key) -> Vec<Logged> {
    let mut log = log();
    let Some(Logged::Shown(last)) = log.0.last() else { unreachable!() };
    let Ok(Row::Review(before)) = serde_json::from_str::<Row>(&last.after) else { unreachable!() };
    let mut after = before.clone();
    let public = key.public().parse().expect("a key");
    let at = Timestamp(STARTED.0 + 95_000);
    after.keys.push(SigningKey { login: login(login_of), name: "Ana".to_owned(), key: public, at });
    let (before, after) = (Some(Row::Review(before)), Row::Review(after));
    log.add(EventKind::ReviewKeyRegistered, before, after);
    if let Some(Logged::Shown(event)) = log.0.last_mut() {
        event.actor = login(actor);
        event.hash = event.computed_hash();
    }
    log.0
}

#[test]
fn v49_the_log_in_the_pack_says_whose_key_it_is() {
    let key = key();
    let written = |events| write(&pack_of(events, &key), &key).expect("is written");
    let files = written(log_with_key(9, 9, &key));
    let report = check(&files).expect("is verified");
    let proved = report.proved.join("\n");
    assert!(proved.contains(&format!("the sign-in {} of Ana", login(9))), "{proved}");
    assert!(report.open.iter().all(|it| !it.contains("does not name the key")), "{report:?}");
    let page = String::from_utf8(files.html).expect("text");
    assert!(page.contains("<dt>Key in the log</dt><dd>2027-"), "{page}");
    // Somebody else's key, and a key that a session of somebody else named.
    let other = check(&written(log_with_key(8, 8, &key)));
    assert_eq!(other, Err(Tampered::Log("sign-in and key of whoever made this")));
    let slipped = check(&written(log_with_key(8, 9, &key)));
    assert_eq!(slipped, Err(Tampered::Log("signing keys and those who named them")));
}

#[test]
fn v49_a_decision_entered_for_a_client_names_both() {
    let mut pack = pack_of(log().0, &key());
    pack.chain = None;
    let said = pack.lines.iter_mut().find_map(|it| it.decided.first_mut()).expect("a decision");
    said.client = Some("Mia of Northwind".to_owned());
    let files = write(&pack, &key()).expect("is written");
    for file in [&files.html, &files.csv] {
        let text = String::from_utf8(file.clone()).expect("text");
        assert!(text.contains("Mia of Northwind, entered by Ana"), "{text}");
    }
}

#[test]
fn v49_without_the_history_it_is_said_what_is_not_proved() {
    let mut pack = pack_of(log().0, &key());
    pack.chain = None;
    let report = check(&write(&pack, &key()).expect("is written")).expect("is verified");
    assert!(report.open[0].contains("The log is not in the pack"), "{:?}", report.open);
}

#[test]
fn v49_muster_verify_ends_with_1_on_a_tampered_folder() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, bytes) in evidence().named() {
        std::fs::write(dir.path().join(name), bytes).expect("is written");
    }
    let verify = || {
        let program = env!("CARGO_BIN_EXE_muster-verify");
        let output = Command::new(program).arg(dir.path()).output().expect("runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (code, said) = verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("Verified.\n  proved  "), "{said}");
    std::fs::write(dir.path().join("more.txt"), "not signed").expect("is written");
    assert!(verify().1.contains("`more.txt` is no part"), "what nobody signed is told");
    let page = dir.path().join(HTML);
    let changed = std::fs::read_to_string(&page).expect("there").replace("Remove", "Keep");
    std::fs::write(&page, changed).expect("is written");
    let (code, said) = verify();
    assert_eq!(code, Some(1));
    assert_eq!(said, "Not verified: `review.html` was changed after it was signed.\n");
    std::fs::remove_file(&page).expect("is gone");
    assert_eq!(verify().0, Some(1));
}
