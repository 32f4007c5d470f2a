//! What the benchmarks share: one deterministic roster, the answers a server would send of it,
//! the bare database that a cost is compared with, and the printing of ratios.
#![allow(dead_code, reason = "each program uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{iter, mem};

use muster_cache::{Cache, Keys};
use muster_domain::{
    Account, AccountId, AccountStatus, Address, DeviceId, Labels, Login, LoginId, LoginStatus,
    MemberState, Membership, MembershipId, PermissionSet, Plan, Role, RoleSet, Row, SchemeId,
    Timestamp, View, Workspace, WorkspaceId, WorkspaceKind, WorkspaceStatus,
};
use muster_protocol::{
    Accounts, After, Ask, Cursor, Grant, LogWant, Policy, Say, Stamped, decode, encode,
};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The time of everything.
pub const NOW: Timestamp = Timestamp(1_790_000_000_000);
/// How many bytes of rows the app asks for at once, in the server's measure.
const BUDGET: u32 = 4 << 20;
/// How many members one answer brings: so many bytes, in the server's measure of a membership.
pub const CHUNK: usize = BUDGET as usize / 240 + 1;
/// How long a decoded answer may be.
const LONGEST: usize = 64 << 20;
const KEY: [u8; 32] = [7; 32];

/// When the first answer was applied: the clock goes on, as it does for the app.
static BEGUN: OnceLock<Instant> = OnceLock::new();

/// The workspaces of an account with their people.
pub struct Roster {
    /// Who looks at it, an owner.
    pub me: Login,
    /// Its account.
    pub account: Account,
    /// The first workspace.
    pub workspace: Workspace,
    /// The others.
    pub others: Vec<Workspace>,
    /// The members of one workspace after the other, in the order of their ids, as a server
    /// sends them.
    pub members: Vec<Membership>,
    /// How many members each workspace has.
    each: usize,
}

const FIRST: [&str; 16] = [
    "Ana",
    "Björn",
    "Chloé",
    "Dmitri",
    "Eleni",
    "Farah",
    "Giorgia",
    "Hanna",
    "Ingrid",
    "Jürgen",
    "Kenji",
    "Leïla",
    "Mihai",
    "Niamh",
    "Oluwaseun",
    "Paweł",
];
const LAST: [&str; 16] = [
    "Åkesson",
    "Brown",
    "D’Angelo",
    "Dupont",
    "Fernández-Ruiz",
    "Haddad",
    "Ibrahim",
    "Janssen",
    "Kowalska",
    "Marques",
    "Nguyễn",
    "O'Brien",
    "Papadaki",
    "Sørensen",
    "van den Berg",
    "Yılmaz",
];

/// Sixteen bytes that look random and are the same in every run (splitmix64).
fn bytes(n: u64) -> [u8; 16] {
    let mix = |n: u64| {
        let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    };
    let high = mix(n.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1));
    let low = mix(high ^ 0x5851_f42d_4c95_7f2d);
    (u128::from(high) << 64 | u128::from(low)).to_be_bytes()
}

fn person(n: usize) -> (String, Address) {
    let first = FIRST[n % FIRST.len()];
    let last = LAST[n / FIRST.len() % LAST.len()];
    let address = Address::parse(&format!("person{n}@larch.example")).expect("a fine address");
    (format!("{first} {last}"), address)
}

fn login_id(n: usize) -> LoginId {
    LoginId::from_bytes(bytes(1 << 40 | n as u64))
}

fn member(n: usize, workspace: WorkspaceId) -> Membership {
    let (name, address) = person(n);
    let roles = match n {
        0 => Role::Owner,
        _ if n % 50 == 1 => Role::Admin,
        _ if n.is_multiple_of(3) => Role::Write,
        _ => Role::Read,
    };
    Membership {
        id: MembershipId::from_bytes(bytes(n as u64)),
        workspace,
        login: login_id(n),
        name,
        address,
        roles: RoleSet::of(&[roles]),
        state: if n % 40 == 7 { MemberState::Suspended } else { MemberState::Active },
        until: None,
        given_by: Some("Ana Åkesson".to_owned()),
        given_at: Some(NOW),
        labels: Labels::default(),
        note: String::new(),
        group: None,
        joined: Timestamp(NOW.0 - 1_000 * n as i64),
        ended: None,
    }
}

/// A workspace with so many members.
pub fn roster(people: usize) -> Roster {
    agency(1, people)
}

fn workspace(n: usize, account: AccountId) -> Workspace {
    let (client, _) = person(n);
    Workspace {
        id: WorkspaceId::from_bytes(bytes((1 << 51) + n as u64)),
        account,
        kind: WorkspaceKind::Standard,
        name: format!("{client} Retail {n}"),
        plan: Plan::Pro,
        status: WorkspaceStatus::Active,
        created: NOW,
        labels: Labels::default(),
        plan_ended: None,
        trashed: None,
        offer: None,
        colour: None,
    }
}

/// So many workspaces with so many members each, none of them in two.
pub fn agency(workspaces: usize, each: usize) -> Roster {
    let (name, address) = person(0);
    let account = Account {
        id: AccountId::from_bytes(bytes(1 << 50)),
        name: "Larch Agency".to_owned(),
        scheme: SchemeId::OwnerLed,
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
    // They come in the order of their ids too, for the app asks so.
    let mut all: Vec<_> = (0..workspaces).map(|n| workspace(n, account.id)).collect();
    all.sort_by_key(|workspace| workspace.id);
    let mut members = Vec::with_capacity(workspaces * each);
    for (n, workspace) in all.iter().enumerate() {
        let first = members.len();
        members.extend((n * each..(n + 1) * each).map(|n| member(n, workspace.id)));
        members[first..].sort_by_key(|member| member.id);
    }
    let workspace = all.remove(0);
    let me =
        Login { id: login_id(0), address, name, status: LoginStatus::Active, verified: Vec::new() };
    Roster { me, account, workspace, others: all, members, each }
}

/// The view of somebody who may see everything.
fn everything() -> View {
    View::of(PermissionSet::ALL)
}

impl Roster {
    /// The membership of whoever looks.
    pub fn mine(&self) -> &Membership {
        self.members.iter().find(|it| it.login == self.me.id).expect("the first person is in it")
    }

    fn hello(&self) -> Say {
        Say::Hello { epoch: 1, time: NOW, policy: Policy::Ok, login: self.me.clone() }
    }

    fn end(&self, seq: u64, more: bool) -> Say {
        Say::End { cursors: vec![Cursor { account: self.account.id, seq }], more }
    }

    /// The answers of a first sync, as they come over the wire.
    pub fn answers(&self) -> Vec<Vec<u8>> {
        let seq = self.members.len() as u64 + 1;
        let grant = |workspace: &Workspace| Grant {
            workspace: workspace.id,
            account: self.account.id,
            view: everything(),
            grant_seq: 1,
        };
        let grants = self.workspaces().map(grant).collect();
        let opening = vec![
            Say::Grants { all: grants },
            Say::Accounts(Accounts { accounts: vec![self.account.clone()], ..Accounts::default() }),
        ];
        let mut answers = vec![self.answer(opening, seq, true)];
        let (mut chunks, mut room) = (Vec::new(), CHUNK);
        for (workspace, members) in self.workspaces().zip(self.members.chunks(self.each)) {
            let mut sent = 0;
            while sent < members.len() {
                let part = &members[sent..members.len().min(sent + room)];
                let is_whole = sent + part.len() == members.len();
                chunks.push(self.chunk(workspace, part, (sent == 0, is_whole), seq));
                sent += part.len();
                room -= part.len();
                if room == 0 {
                    answers.push(self.answer(mem::take(&mut chunks), seq, true));
                    room = CHUNK;
                }
            }
        }
        answers.push(self.answer(chunks, seq, false));
        answers
    }

    fn workspaces(&self) -> impl Iterator<Item = &Workspace> {
        iter::once(&self.workspace).chain(&self.others)
    }

    fn answer(&self, frames: Vec<Say>, seq: u64, more: bool) -> Vec<u8> {
        let all: Vec<_> =
            iter::once(self.hello()).chain(frames).chain([self.end(seq, more)]).collect();
        encode(&all).expect("memory suffices")
    }

    fn chunk(
        &self,
        workspace: &Workspace,
        members: &[Membership],
        (is_first, is_last): (bool, bool),
        as_of: u64,
    ) -> Say {
        let head = is_first.then(|| Row::Workspace(workspace.clone()));
        let rows = head.into_iter().chain(members.iter().cloned().map(Row::Membership));
        Say::Chunk {
            workspace: workspace.id,
            view: everything(),
            grant_seq: 1,
            as_of,
            rows: rows.zip(1..).map(|(row, seq)| Stamped { seq, row }).collect(),
            next: (!is_last).then(|| After::Member(members[members.len() - 1].id)),
        }
    }

    /// An answer in which so many members, spread over the whole roster, changed their role.
    pub fn delta(&self, changed: usize, round: u64) -> Vec<u8> {
        let step = self.members.len() / changed;
        let roles = if round.is_multiple_of(2) { Role::Write } else { Role::Read };
        let seq = self.members.len() as u64 + 2 + round * changed as u64;
        let row =
            |member: &Membership| Membership { roles: RoleSet::of(&[roles]), ..member.clone() };
        // Anywhere between two steps: the first of each workspace would lie close together.
        let places = (0..changed).map(|n| n * step + n * 37 % step);
        let mine = |at: &usize| self.members[*at].login == self.me.id;
        let places = places.map(|at| if mine(&at) { at + 1 } else { at });
        let rows = places.map(|at| Row::Membership(row(&self.members[at])));
        let rows: Vec<_> = rows.zip(seq..).map(|(row, seq)| Stamped { seq, row }).collect();
        let end = self.end(seq + changed as u64, false);
        encode(&[self.hello(), Say::Rows { rows }, end]).expect("memory suffices")
    }

    /// An empty copy in this folder.
    pub fn open(&self, dir: &Path) -> Cache {
        open(dir, &self.me)
    }

    /// A copy in this folder that holds everything.
    pub fn synced(&self, dir: &Path) -> Cache {
        let cache = self.open(dir);
        for answer in self.answers() {
            exchange(&cache, &answer);
        }
        while let Some(answer) = self.history(&cache) {
            apply(&cache, &answer);
        }
        cache
    }

    /// The answer to what the copy asks of histories, all of them empty; `None` once they are
    /// known to be.
    fn history(&self, cache: &Cache) -> Option<Vec<u8>> {
        let request = cache.request("bench", BUDGET).expect("a request");
        let have = request.into_iter().find_map(|ask| match ask {
            Ask::Have(have) => Some(have),
            _ => None,
        });
        let seq = self.members.len() as u64 + 1;
        let log = |want: LogWant| Say::Log {
            of: want.of,
            events: Vec::new(),
            whole: true,
            through: seq,
            more: false,
            anew: false,
        };
        let logs: Vec<_> = have.expect("every request has it").logs.into_iter().map(log).collect();
        (!logs.is_empty()).then(|| self.answer(logs, seq, false))
    }
}

/// An empty copy of this person in this folder.
pub fn open(dir: &Path, me: &Login) -> Cache {
    let keys = Keys { mirror: KEY, outbox: KEY };
    Cache::open(dir, &keys, me, DeviceId::from_bytes([1; 16])).expect("a new copy opens")
}

/// Decodes one answer.
pub fn read(answer: &[u8]) -> Vec<Say> {
    decode::<Say>(answer, LONGEST).expect("the answer was encoded here")
}

/// Asks, and takes in the answer: a part of a download goes on only where it was asked to.
pub fn exchange(cache: &Cache, answer: &[u8]) {
    cache.request("bench", BUDGET).expect("a request");
    apply(cache, answer);
}

/// Decodes and applies one answer.
pub fn apply(cache: &Cache, answer: &[u8]) {
    let frames = read(answer);
    let since = BEGUN.get_or_init(Instant::now).elapsed().as_millis();
    let now = Timestamp(NOW.0 + i64::try_from(since).expect("some minutes"));
    cache.apply(&frames, now).expect("the answer can be applied");
}

/// A connection to an encrypted file without anything of ours around it, set up as the cache
/// sets up its own.
pub fn bare(path: &Path) -> Connection {
    let db = Connection::open(path).expect("the file opens");
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    db.execute_batch(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;"
    ))
    .expect("the settings are SQLite's");
    db
}

/// The mirror's file in a folder of the cache.
pub fn mirror_file(dir: &Path) -> PathBuf {
    let files = fs::read_dir(dir).expect("the folder is there");
    let has_members = |path: &PathBuf| {
        let suffix = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        !suffix.ends_with("-wal") && !suffix.ends_with("-shm") && is_mirror(path)
    };
    files
        .map(|file| file.expect("the folder can be listed").path())
        .find(has_members)
        .expect("one of the files holds members")
}

fn is_mirror(path: &Path) -> bool {
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    Connection::open(path).is_ok_and(|db| {
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\";")).is_ok()
            && db.prepare("SELECT 1 FROM members").is_ok()
    })
}

/// The rows of the table of members, with the statements that make its schema: what the floor
/// writes is exactly what the cache wrote.
pub struct Members {
    schema: Vec<String>,
    insert: String,
    rows: Vec<Vec<Value>>,
}

impl Members {
    /// Everything in the table of members of this file, in the order of the ids.
    pub fn of(file: &Path) -> Self {
        let db = bare(file);
        let schema = column(
            &db,
            "SELECT sql FROM sqlite_schema WHERE tbl_name = 'members' AND sql NOT NULL ORDER BY type = 'index'",
        );
        // Generated columns cannot be written.
        let columns =
            column(&db, "SELECT name FROM pragma_table_xinfo('members') WHERE hidden = 0");
        let width = columns.len();
        let columns = columns.join(", ");
        let marks = vec!["?"; width].join(", ");
        let insert = format!("INSERT OR REPLACE INTO members ({columns}) VALUES ({marks})");
        let mut select =
            db.prepare(&format!("SELECT {columns} FROM members ORDER BY id")).expect("columns");
        let values = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get(at)).collect();
        let rows = select.query_map([], values).expect("a query without arguments");
        let rows = rows.collect::<Result<_, _>>().expect("rows of plain values");
        Self { schema, insert, rows }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// A new encrypted file with the same tables and indexes, empty.
    pub fn empty_file(&self, path: &Path) -> Connection {
        let db = bare(path);
        for statement in &self.schema {
            db.execute_batch(statement).expect("the schema is the cache's own");
        }
        db
    }

    /// Writes all rows in transactions of so many.
    pub fn write_in_chunks(&self, db: &mut Connection, chunk: usize) {
        for start in (0..self.rows.len()).step_by(chunk) {
            self.write_from(db, start, 1, chunk);
        }
    }

    /// Writes every `step`th row, so many at most, in one transaction.
    pub fn write(&self, db: &mut Connection, step: usize, most: usize) {
        self.write_from(db, 0, step, most);
    }

    fn write_from(&self, db: &mut Connection, start: usize, step: usize, most: usize) {
        let transaction = db.transaction().expect("the only writer");
        {
            let mut insert = transaction.prepare_cached(&self.insert).expect("its own columns");
            for row in self.rows[start..].iter().step_by(step).take(most) {
                insert.execute(params_from_iter(row)).expect("the rows fit the schema");
            }
        }
        transaction.commit().expect("the only writer");
    }
}

fn column(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).expect("a query on SQLite's own tables");
    let rows = statement.query_map([], |row| row.get(0)).expect("a query without arguments");
    rows.collect::<Result<_, _>>().expect("rows of text")
}

/// How long something takes.
pub fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// How long this thread was on a processor for it, whatever else the machine does; where the
/// system does not tell, how long it took.
pub fn processor(work: impl FnOnce()) -> Duration {
    let spent = || {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    };
    let before = spent();
    let took = time(work);
    before.zip(spent()).map_or(took, |(before, after)| after.saturating_sub(before))
}

/// The median of so many rounds; the number of the round is passed on.
pub fn median(rounds: u64, mut work: impl FnMut(u64) -> Duration) -> Duration {
    let mut times: Vec<_> = (0..rounds).map(&mut work).collect();
    times.sort();
    times[times.len() / 2]
}

/// Prints a cost beside its floor.
pub fn report(what: &str, took: Duration, floor: &str, floor_took: Duration) {
    let ratio = took.as_secs_f64() / floor_took.as_secs_f64();
    println!("{what}: {took:.1?}; {floor}: {floor_took:.1?}; ratio {ratio:.2}");
}
