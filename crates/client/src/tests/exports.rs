//! Tables as files and on paper: every table, all of it, safe and readable back (V-49).

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use muster_domain::{
    ContentKind, MemberState, Membership, PermissionSet, Role, RoleSet, Row, View,
};
use proptest::prelude::*;

use super::history::Chain;
use super::reviews::{QUARTER, line, review};
use super::world::{
    ACME, LARCH, ME, NORTHWIND, NOW, Told, World, agency, freelancer, member, mid, roles,
};
use crate::export::table::{Flow, Rows, table};
use crate::export::{From, sheet, write_table};
use crate::view::{
    Cell, CompareQuestion, ContentQuery, ContentSort, ExportForm, ExportTable, FailureCode,
    HistoryQuery, MemberQuery, MemberSort, MemberStatus, PeopleQuery, ReviewFilter, ReviewQuery,
    WorkspaceFilter,
};

fn from() -> From {
    From { server: "https://muster.example".to_owned(), version: "0.1.0".to_owned() }
}

fn members(text: &str) -> MemberQuery {
    MemberQuery {
        workspace: NORTHWIND,
        text: text.to_owned(),
        roles: RoleSet::NONE,
        label: None,
        changed: None,
        status: MemberStatus::Present,
        sort: MemberSort::Name,
        descending: false,
        offset: 0,
        limit: 128,
    }
}

fn form(table: ExportTable) -> ExportForm {
    ExportForm { table, mark: false, about: false }
}

fn written(world: &World, form: &ExportForm) -> Vec<u8> {
    let file = world.dir.path().join("table.csv");
    let done = write_table(&world.online(), &from(), form, &file).expect("is written");
    assert_eq!(done.name, "table.csv");
    fs::read(file).expect("is there")
}

/// What a program reads in a file: the records, each with as many fields as the first.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let records = reader.records().map(|it| it.expect("a record as wide as the others"));
    records.map(|it| it.iter().map(str::to_owned).collect()).collect()
}

fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

fn crowd(number: u32) -> World {
    let mut told = agency();
    for n in 0..number {
        let mut one = member(NORTHWIND, 20, &format!("Crowd {n:05}"), roles(&[Role::ChatUser]));
        let mut id = mid(NORTHWIND, 0).to_bytes();
        id[4..8].copy_from_slice(&(n + 1).to_be_bytes());
        one.id = muster_domain::MembershipId::from_bytes(id);
        let mut login = [77; 16];
        login[4..8].copy_from_slice(&n.to_be_bytes());
        one.login = muster_domain::LoginId::from_bytes(login);
        told.row(Row::Membership(one));
    }
    told.heard()
}

#[test]
fn v49_a_file_has_all_rows_that_match_and_not_only_those_of_a_page() {
    let world = crowd(3_000);
    let all = read(&written(&world, &form(ExportTable::Members { query: members("crowd") })));
    assert_eq!(all.len(), 3_001, "heads and three thousand");
    let names: BTreeSet<&str> = all[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(names.len(), 3_000, "each once");
    assert_eq!(all[1][0], "Crowd 00000", "in the order of the list");
}

#[test]
fn v49_a_file_tells_what_it_is() {
    let world = agency().heard();
    let query = MemberQuery { descending: true, ..members("bea") };
    let asked = ExportForm { table: ExportTable::Members { query }, mark: true, about: true };
    let bytes = written(&world, &asked);
    assert!(bytes.starts_with("\u{feff}\"table\",\"members\"".as_bytes()), "with its mark");
    let rows = read(&bytes["\u{feff}".len()..]);
    let line = |name: &str| {
        let found = rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name}"));
        found[1].clone()
    };
    assert_eq!(line("workspace"), "Northwind");
    assert_eq!(line("filter"), "status: present; text: bea");
    assert_eq!(line("sorted by"), "name, descending");
    assert_eq!(line("rows"), "1");
    assert!(line("as of").ends_with('Z'), "{}", line("as of"));
    assert!(line("made with").starts_with("Muster 0.1.0, rules "), "{}", line("made with"));
    assert!(line("made with").ends_with("https://muster.example"));
    assert_eq!(rows.last().expect("a row")[0], "Bea");
    assert!(bytes.windows(2).any(|it| it == b"\r\n"), "lines end as RFC 4180 says");
}

#[test]
fn v49_a_file_is_whole_or_not_there() {
    let world = agency().heard();
    let asked = form(ExportTable::Members { query: members("") });
    let nowhere = PathBuf::from("/there/is/no/such/folder/a.csv");
    let failure = write_table(&world.online(), &from(), &asked, &nowhere).expect_err("no folder");
    assert_eq!(failure.code, FailureCode::CannotWrite);
    let file = world.dir.path().join("kept.csv");
    fs::write(&file, "before").expect("is written");
    let hidden = form(ExportTable::Members {
        query: MemberQuery {
            workspace: muster_domain::WorkspaceId::from_bytes([99; 16]),
            ..members("")
        },
    });
    let failure = write_table(&world.online(), &from(), &hidden, &file).expect_err("not there");
    assert_eq!(failure.code, FailureCode::NotFound);
    assert_eq!(fs::read_to_string(&file).expect("is there"), "before");
    let left: Vec<_> = fs::read_dir(world.dir.path())
        .expect("a folder")
        .filter_map(|it| it.ok()?.file_name().into_string().ok())
        .filter(|it| it.starts_with(".muster"))
        .collect();
    assert!(left.is_empty(), "nothing half done stays: {left:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        write_table(&world.online(), &from(), &asked, &file).expect("is written");
        let mode = fs::metadata(&file).expect("is there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "for its owner's eyes only");
    }
}

fn review_lines(text: &str) -> ReviewQuery {
    ReviewQuery {
        workspace: NORTHWIND,
        review: QUARTER,
        text: text.to_owned(),
        filter: ReviewFilter::All,
        hint: None,
        offset: 0,
        limit: 50,
    }
}

/// Every table there is.
fn every() -> Vec<ExportTable> {
    let history = HistoryQuery {
        workspace: Some(NORTHWIND),
        account: None,
        text: String::new(),
        who: None,
        about: None,
        kinds: Vec::new(),
        from: None,
        to: None,
        before: None,
        limit: 50,
    };
    let contents = ContentQuery {
        workspace: NORTHWIND,
        kind: ContentKind::Agent,
        text: String::new(),
        sort: ContentSort::Name,
        descending: false,
        offset: 0,
        limit: 50,
    };
    let question = CompareQuestion {
        workspace: Some(NORTHWIND),
        from: muster_domain::Timestamp(5),
        to: NOW,
        include_unsent: false,
        include_unchanged: false,
    };
    vec![
        ExportTable::Members { query: members("") },
        ExportTable::Members { query: MemberQuery { status: MemberStatus::Former, ..members("") } },
        ExportTable::AsOf { query: members(""), at: NOW },
        ExportTable::Invitations { workspace: NORTHWIND },
        ExportTable::Roles { workspace: NORTHWIND },
        ExportTable::Contents { query: contents },
        ExportTable::History { query: history },
        ExportTable::Compare { question },
        ExportTable::Reviews { workspace: Some(NORTHWIND) },
        ExportTable::ReviewLines { query: review_lines("") },
        ExportTable::Workspaces { filter: WorkspaceFilter::default() },
        ExportTable::People { query: PeopleQuery { text: String::new(), offset: 0, limit: 50 } },
        ExportTable::Continuity,
        ExportTable::Admins { account: LARCH },
        ExportTable::Groups { account: LARCH },
        ExportTable::Pending,
    ]
}

fn with_log() -> Told {
    let mut told = agency();
    let mut chain = Chain::new();
    let joined = member(NORTHWIND, 2, "Bea", roles(&[Role::AgentManager]));
    let event = muster_domain::Event {
        kind: muster_domain::EventKind::MemberJoined,
        before: None,
        after: Row::Membership(joined),
    };
    chain.add(1, NOW.0 - 1_000, 0, event);
    told.logs.push(chain.say(true));
    let mut quarter = review(QUARTER, &[(ME, "Ana")]);
    quarter.lines = 1;
    told.row(Row::Review(quarter));
    told.row(Row::ReviewLine(line(2, "Bea", roles(&[Role::AgentManager]))));
    told
}

#[test]
fn v49_every_table_can_be_exported_and_printed() {
    let world = with_log().heard();
    for table in every() {
        let told = format!("{table:?}");
        let rows = read(&written(&world, &form(table.clone())));
        assert!(
            !rows.is_empty() && rows[0].iter().all(|head| !head.is_empty()),
            "{told}: {rows:?}"
        );
        let printed = sheet(&world.online(), &from(), &table).expect(&told);
        assert_eq!(printed.heads.len(), rows[0].len(), "{told}");
        assert_eq!(printed.rows.len(), rows.len() - 1, "{told}");
        assert!(printed.about.iter().any(|(name, _)| name == "export.about.as_of"), "{told}");
    }
}

#[test]
fn v49_every_table_says_what_it_is_and_calculates_nothing() {
    let mut told = with_log();
    let hostile = "=HYPERLINK(1)";
    told.replace(Row::Membership(member(NORTHWIND, 2, hostile, roles(&[Role::AgentManager]))));
    told.replace(Row::ReviewLine(line(2, hostile, roles(&[Role::AgentManager]))));
    let world = told.heard();
    let mut named = Vec::new();
    for table in every() {
        let told = format!("{table:?}");
        let asked = ExportForm { table: table.clone(), mark: true, about: true };
        let bytes = written(&world, &asked);
        let rest = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or_else(|| panic!("{told}"));
        let rows = read(rest);
        for wanted in ["table", "as of", "made with"] {
            assert!(rows.iter().any(|row| row[0] == wanted), "{told}: {wanted}");
        }
        let cells = || rows.iter().flatten();
        let begins = |cell: &String| cell.trim_start().starts_with(['=', '+', '-', '@']);
        assert!(!cells().any(begins), "{told}: {rows:?}");
        if cells().any(|cell| cell == "'=HYPERLINK(1)") {
            named.push(table);
        }
    }
    let names = |wanted: fn(&ExportTable) -> bool| named.iter().any(wanted);
    assert!(names(|it| matches!(it, ExportTable::Members { .. })), "{named:?}");
    assert!(names(|it| matches!(it, ExportTable::ReviewLines { .. })), "{named:?}");
    assert!(names(|it| matches!(it, ExportTable::People { .. })), "{named:?}");
}

#[test]
fn v49_every_filter_that_narrows_a_table_stands_in_its_file() {
    let world = with_log().heard();
    let filtered = [
        ExportTable::Members { query: members("bea") },
        ExportTable::AsOf { query: members("bea"), at: NOW },
        ExportTable::ReviewLines { query: review_lines("bea") },
        ExportTable::People { query: PeopleQuery { text: "bea".to_owned(), offset: 0, limit: 50 } },
    ];
    for table in filtered {
        let told = format!("{table:?}");
        let bytes = written(&world, &ExportForm { table, mark: false, about: true });
        let rows = read(&bytes);
        let filter = rows.iter().find(|row| row[0] == "filter");
        assert!(filter.is_some_and(|row| row[1].contains("text: bea")), "{told}: {filter:?}");
    }
}

#[test]
fn v49_who_may_not_export_gets_no_table() {
    let mut told = with_log();
    told.accounts.admins.clear();
    let sees = PermissionSet::of(&[
        muster_domain::Permission::WorkspaceView,
        muster_domain::Permission::MemberView,
    ]);
    for place in &mut told.places {
        place.1 = View::of(sees);
    }
    let world = told.heard();
    for table in every() {
        let told = format!("{table:?}");
        let file = world.dir.path().join("table.csv");
        let got = write_table(&world.online(), &from(), &form(table.clone()), &file);
        match table {
            // Across workspaces, what may not be exported is left out.
            ExportTable::Workspaces { .. }
            | ExportTable::People { .. }
            | ExportTable::Continuity => {
                assert_eq!(got.expect("is written").rows, 0, "{told}");
            }
            ExportTable::Pending => assert!(got.is_ok(), "{told}"),
            _ => {
                let code = got.expect_err(&told).code;
                let no = [FailureCode::MayNotExport, FailureCode::NotFound];
                assert!(no.contains(&code), "{told}: {code:?}");
            }
        }
    }
}

#[test]
fn v49_a_table_across_workspaces_says_what_it_leaves_out() {
    let world = freelancer().heard();
    let asked = ExportTable::Workspaces { filter: WorkspaceFilter::default() };
    let bytes = written(&world, &ExportForm { table: asked, mark: false, about: true });
    let rows = read(&bytes);
    let left_out = rows.iter().find(|row| row[0] == "left out");
    let (names, all): (Vec<&str>, usize) = {
        let at = rows.iter().position(|row| row[0] == "name").expect("heads");
        let names = rows[at + 1..].iter().map(|row| row[0].as_str()).collect();
        (names, rows.len() - at - 1)
    };
    assert_eq!(all, names.len());
    assert!(left_out.is_none() || left_out.is_some_and(|row| row[1] != "0"));
}

#[test]
fn e63_people_are_exported_with_each_of_their_places() {
    let mut told = agency();
    told.places[1].2.push(Row::Membership(member(ACME, 2, "Bea", roles(&[Role::ChatUser]))));
    let world = told.heard();
    let asked =
        ExportTable::People { query: PeopleQuery { text: "bea".to_owned(), offset: 0, limit: 50 } };
    let rows = read(&written(&world, &form(asked)));
    let places: BTreeSet<&str> = rows[1..].iter().map(|row| row[2].as_str()).collect();
    assert_eq!(places.len(), 2, "{rows:?}");
}

/// Counts what it is given.
#[derive(Default)]
struct Counted(usize);

impl Rows for Counted {
    fn begin(
        &mut self,
        _: Vec<(&'static str, Cell)>,
        _: Vec<Cell>,
    ) -> Result<(), crate::view::Failure> {
        Ok(())
    }

    fn row(&mut self, _: Vec<Cell>) -> Result<Flow, crate::view::Failure> {
        self.0 += 1;
        Ok(if self.0 == 10 { Flow::Enough } else { Flow::More })
    }
}

#[test]
fn v49_a_table_stops_where_there_is_no_more_room() {
    let world = crowd(100);
    let mut counted = Counted::default();
    let asked = ExportTable::Members { query: members("") };
    table(&world.online(), &from(), &asked, &mut counted).expect("is read");
    assert_eq!(counted.0, 10);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// What is read back is what was written, whatever people are called and note.
    #[test]
    fn v49_a_file_reads_back_as_what_it_was(
        texts in prop::collection::vec(("[=+@'\",;\\-a-zé東\n\r\t ]{1,14}", "[=+@'\",;a-z\n ]{0,14}"), 1..6)
    ) {
        let mut told = agency();
        let mut wanted = BTreeSet::new();
        for (n, (name, note)) in (100_u8..).zip(&texts) {
            let one = Membership {
                note: note.clone(),
                state: MemberState::Active,
                ..member(NORTHWIND, n, name, roles(&[Role::ChatUser]))
            };
            wanted.insert((one.name.clone(), one.note.clone()));
            told.row(Row::Membership(one));
        }
        let world = told.heard();
        let rows = read(&written(&world, &form(ExportTable::Members { query: members("") })));
        let risky = ['=', '+', '-', '@', '\t', '\r'];
        for cell in rows.iter().flatten() {
            prop_assert!(!cell.starts_with(risky), "{cell:?} would be calculated");
        }
        let got: BTreeSet<(String, String)> = rows[1..]
            .iter()
            .map(|row| (unguarded(&row[0]).to_owned(), unguarded(&row[11]).to_owned()))
            .collect();
        for one in wanted {
            prop_assert!(got.contains(&one), "{one:?} in {got:?}");
        }
    }
}
