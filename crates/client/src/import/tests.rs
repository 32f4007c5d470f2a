//! The import as a whole: the three real export formats, bad input, and that nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use muster_domain::{Address, Role, RoleSet, Timestamp, name::clean_name};
use proptest::prelude::*;

use super::{
    Columns, Former, MAX_FILE_BYTES, MAX_LINES, MAX_PEOPLE, Present, PresentState, from_file,
    from_text,
};
use crate::view::{
    FailureCode, ImportCounts, ImportFormat, ImportPreview, ImportReason, ImportStatus,
};

const SLACK: &[u8] = include_bytes!("../../../../tests/fixtures/rosters/slack-members.csv");
const GOOGLE: &[u8] = include_bytes!("../../../../tests/fixtures/rosters/google-users.csv");
const ENTRA: &[u8] = include_bytes!("../../../../tests/fixtures/rosters/entra-users.csv");

/// A workspace that these people are in, or invited to.
#[derive(Default)]
struct Known(BTreeMap<&'static str, PresentState>);

impl Present for Known {
    fn state(&self, address: &Address) -> PresentState {
        self.0.get(address.as_str()).copied().unwrap_or(PresentState::Nobody)
    }

    fn former(&self, address: &Address) -> Option<Former> {
        let was_here = address.as_str() == "once@example.org";
        was_here.then_some(Former { roles: RoleSet::of(&[Role::Write]), until: Some(Timestamp(5)) })
    }
}

fn file(bytes: &[u8]) -> ImportPreview {
    sound(from_file(bytes, Columns::default(), &Known::default()).expect("the file is a table"))
}

fn text(text: &str) -> ImportPreview {
    sound(from_text(text, &Known::default()).expect("the text is small"))
}

fn refused(bytes: &[u8]) -> FailureCode {
    from_file(bytes, Columns::default(), &Known::default()).expect_err("the file is refused").code
}

/// What holds of every preview: each line in one group, each address outside the repeats once.
fn sound(preview: ImportPreview) -> ImportPreview {
    let counts = preview.counts;
    let sum = counts.ready
        + counts.members
        + counts.invited
        + counts.look
        + counts.left_out
        + counts.repeated;
    assert_eq!(sum, preview.lines, "every line is in exactly one group");
    assert_eq!(preview.rows.len(), preview.lines as usize, "every line is listed");
    let mut seen = BTreeSet::new();
    for row in &preview.rows {
        let once = matches!(row.status, ImportStatus::Look | ImportStatus::Repeated)
            || row.address.is_empty()
            || seen.insert(row.address.clone());
        assert!(once, "line {} is listed twice outside the repeats", row.line);
        let present = matches!(row.status, ImportStatus::Member | ImportStatus::Invited);
        let plain = row.status == ImportStatus::Ready;
        assert!(present || plain == row.reason.is_none(), "reason of {row:?}");
        if let Some(name) = &row.name {
            assert_eq!(clean_name(name).as_ref(), Ok(name), "the name is kept as it stands");
        }
        if row.status == ImportStatus::Ready {
            let address = Address::parse(&row.address).expect("a ready line has an address");
            assert_eq!(address.as_str(), row.address, "addresses are normalised");
        }
    }
    preview
}

fn reasons(preview: &ImportPreview) -> BTreeMap<String, usize> {
    let mut reasons = BTreeMap::new();
    for row in &preview.rows {
        if let (ImportStatus::LeftOut, Some(reason)) = (row.status, row.reason) {
            *reasons.entry(format!("{reason:?}")).or_default() += 1;
        }
    }
    reasons
}

/// Lines as `number status reason external address name`.
fn lines(preview: &ImportPreview, wanted: &[u32]) -> String {
    let mut out = String::new();
    for row in preview.rows.iter().filter(|row| wanted.is_empty() || wanted.contains(&row.line)) {
        let reason = row.reason.map_or(String::from("-"), |it| format!("{it:?}"));
        let external = if row.external { "external" } else { "-" };
        let name = row.name.as_deref().unwrap_or("-");
        let status = row.status;
        out += &format!("{} {status:?} {reason} {external} <{}> {name}\n", row.line, row.address);
    }
    out
}

fn check_lines(preview: &ImportPreview, wanted: &[u32], expected: &str) {
    let expected: String =
        expected.trim().lines().map(|line| line.trim().to_owned() + "\n").collect();
    assert_eq!(lines(preview, wanted), expected);
}

#[test]
fn slack_members_are_taken_as_exported() {
    let preview = file(SLACK);
    assert_eq!(preview.format, ImportFormat::Slack);
    assert_eq!((preview.address_column, preview.name_column), (Some(1), Some(7)));
    assert_eq!(preview.lines, 214);
    // Of 214: 23 deactivated, of whom one has an active account further down, 3 bots, and 6 lines
    // of somebody listed elsewhere.
    let counts = ImportCounts { ready: 183, left_out: 25, repeated: 6, ..Default::default() };
    assert_eq!(preview.counts, counts);
    let left_out = [("Bot".to_owned(), 3), ("Deactivated".to_owned(), 22)];
    assert_eq!(reasons(&preview), BTreeMap::from(left_out));
    assert_eq!(preview.rows.iter().filter(|row| row.external).count(), 17, "9 and 8 guests");
    check_lines(
        &preview,
        &[6, 8, 10, 12, 13, 16, 89, 97, 120, 186, 214],
        "6 Ready - - <luis.sokolov5@northwind.example> Luis Sokolov
         8 Ready - - <ana.obrien7@northwind.example> O'Brien, Ana
         10 Ready - - <ingrid.dangelo@northwind.example> Ingrid D’Angelo
         12 Ready - - <soren.petrovi11@northwind.example> Søren \"Ace\" Petrović
         13 Ready - external <xavier.jones12@northwind.example> Xavier Jones
         16 LeftOut Deactivated - <wei.ibrahim@northwind.example> Wei Ibrahim
         89 Repeated Deactivated - <chidi.dangelo@northwind.example> Chidi D’Angelo
         97 Ready - - <chidi.dangelo@northwind.example> Chidi D’Angelo
         120 LeftOut Bot - <ivana.okafor119@northwind.example> Ivana Bot
         186 LeftOut Bot - <> Zoë Bot
         214 Repeated Repeat - <quentin.rossi@northwind.example> Quentin Rossi",
    );
}

#[test]
fn google_users_are_taken_as_exported() {
    let preview = file(GOOGLE);
    assert_eq!(preview.format, ImportFormat::Google);
    assert_eq!((preview.address_column, preview.name_column), (Some(2), Some(0)));
    assert_eq!(preview.lines, 340, "quoted line breaks split no row");
    let counts = ImportCounts { ready: 285, left_out: 44, repeated: 11, ..Default::default() };
    assert_eq!(preview.counts, counts);
    let left_out = [("Archived".to_owned(), 16), ("Suspended".to_owned(), 28)];
    assert_eq!(reasons(&preview), BTreeMap::from(left_out));
    check_lines(
        &preview,
        &[4, 6, 11, 18, 99, 108, 291, 337],
        "4 Ready - - <sana.obrien3@acme-health.example> Sana O'Brien
         6 LeftOut Suspended - <jurgen.okafor@acme-health.example> Jürgen Okafor
         11 LeftOut Archived - <yara.novak10@acme-health.example> Yara Novák
         18 Ready - - <magdalena.delacruz17@acme-health.example> Magdalena de la Cruz
         99 Repeated Repeat - <luis.novak@acme-health.example> Luis Novák
         108 Repeated Suspended - <mei.tan@acme-health.example> Mei Tan
         291 Repeated Suspended - <adaeze.obrien@acme-health.example> Adaeze O'Brien
         337 Ready - - <mei.tan@acme-health.example> Mei Tan",
    );
    let elsewhere = |address: &str| address.ends_with("@acme-old.example");
    assert!(!preview.rows.iter().any(|row| elsewhere(&row.address)), "only the own address");
}

#[test]
fn entra_users_are_taken_as_exported() {
    let preview = file(ENTRA);
    assert_eq!(preview.format, ImportFormat::Entra);
    assert_eq!((preview.address_column, preview.name_column), (Some(3), Some(1)));
    assert_eq!(preview.lines, 265);
    let counts = ImportCounts { ready: 240, left_out: 23, repeated: 2, ..Default::default() };
    assert_eq!(preview.counts, counts);
    let left_out = [("Disabled".to_owned(), 21), ("NotAPerson".to_owned(), 2)];
    assert_eq!(reasons(&preview), BTreeMap::from(left_out));
    assert_eq!(preview.rows.iter().filter(|row| row.external).count(), 47);
    assert!(!preview.rows.iter().any(|row| row.address.contains("#ext#")));
    check_lines(
        &preview,
        &[2, 3, 5, 7, 42, 52, 61, 100, 258],
        "2 Ready - - <user1.ibrahim@bluelake.example> 美咲 Ibrahim
         3 Ready - external <ana.jones2@partner.example> Ana Jones
         5 Ready - - <leila.vandenberg@bluelake.example> Leïla van den Berg
         7 Ready - external <chloe.janssen6@partner.example> Chloé Janssen
         42 LeftOut Disabled - <adaeze.brown41@bluelake.example> Adaeze Brown
         52 Ready - - <bea.rossi51@bluelake.example> =HYPERLINK(\"http://x.example\",\"Pay\")
         61 LeftOut NotAPerson - <scanner60@bluelake.example> Scanner Room 4
         100 LeftOut Disabled external <pawel.garcia99@partner.example> Paweł García
         258 Repeated Repeat - <luis.janssen@bluelake.example> Luis Janssen",
    );
}

#[test]
fn a_guest_without_mail_is_offered_under_the_address_in_the_sign_in_name() {
    let preview = file(
        b"userPrincipalName,displayName,mail,userType,accountEnabled\n\
          ana_partner.example#EXT#@larch.example,Ana,,Guest,True\n\
          x#EXT#@larch.example,Bo,,Guest,True\n",
    );
    check_lines(
        &preview,
        &[],
        "1 LeftOut NoAddress external <ana@partner.example> Ana
         2 LeftOut NoAddress external <> Bo",
    );
}

#[test]
fn members_and_invited_people_are_counted_apart() {
    let read = RoleSet::of(&[Role::Read]);
    let known = Known(BTreeMap::from([
        ("a@x.example", PresentState::Member(read)),
        ("b@x.example", PresentState::Invited(read)),
        ("wei.ibrahim@northwind.example", PresentState::Member(read)),
    ]));
    let preview = from_text("A@x.example b@x.example a@x.example c@x.example", &known)
        .expect("the text is small");
    let counts =
        ImportCounts { ready: 1, members: 1, invited: 1, repeated: 1, ..Default::default() };
    assert_eq!(sound(preview.clone()).counts, counts);
    assert_eq!(preview.rows[0].roles, read);
    let slack = from_file(SLACK, Columns::default(), &known).expect("the file is a table");
    let wei = slack.rows.iter().find(|row| row.line == 16).expect("line 16 is there");
    assert_eq!((wei.status, wei.reason), (ImportStatus::Member, Some(ImportReason::Deactivated)));
}

#[test]
fn pasted_text_in_every_shape_is_understood() {
    check_lines(
        &text(
            "ana@x.example, bo@x.example;cy@x.example dee@x.example\r\n\
             Ed Fox <ED@x.example>; \"Hill, Gus\" <gus@x.example>, Ito, Jo <jo@x.example>\n\
             mailto:kim@x.example?subject=Hi <lee@x.example> (max@x.example).\n\
             Ned Ott ned@x.example\n\
             1. pia@x.example\n\
             - 'quy@x.example' \"quy@x.example\" <quy@x.example>\n\
             To: ray@x.example <ray@x.example>, \u{200b}sue@x.example\u{200b}",
        ),
        &[],
        "1 Ready - - <ana@x.example> -
         2 Ready - - <bo@x.example> -
         3 Ready - - <cy@x.example> -
         4 Ready - - <dee@x.example> -
         5 Ready - - <ed@x.example> Ed Fox
         6 Ready - - <gus@x.example> Hill, Gus
         7 Ready - - <jo@x.example> Ito, Jo
         8 Ready - - <kim@x.example> -
         9 Ready - - <lee@x.example> -
         10 Ready - - <max@x.example> -
         11 Ready - - <ned@x.example> Ned Ott
         12 Ready - - <pia@x.example> -
         13 Ready - - <quy@x.example> -
         14 Repeated Repeat - <quy@x.example> -
         15 Ready - - <ray@x.example> -
         16 Ready - - <sue@x.example> -",
    );
}

#[test]
fn what_is_no_address_stays_as_a_line() {
    check_lines(
        &text(
            "cleo@x, Bob; @handle =a@x.example\nana@x.example please invite her\n\
             b_c.example#EXT#@x.example <not one> a@b@c.example",
        ),
        &[],
        "1 Look NotAnAddress - <cleo@x> -
         2 Look NotAnAddress - <Bob> -
         3 Look NotAnAddress - <@handle> -
         4 Look NotAnAddress - <=a@x.example> -
         5 Ready - - <ana@x.example> -
         6 Look NotAnAddress - <please invite her> -
         7 Look NotAnAddress - <b_c.example#EXT#@x.example> -
         8 Look NotAnAddress - <not one> -
         9 Look NotAnAddress - <a@b@c.example> -",
    );
    assert_eq!(text(" \n\t,;").lines, 0);
}

#[test]
fn columns_from_a_sheet_are_understood() {
    check_lines(
        &text(
            "Ana Silva\tana@x.example\tSales\nBo\tKim\tbo@x.example\ncy@x.example\tCy Li\n\
             a@x.example\tb@x.example\nnobody\there\n",
        ),
        &[],
        "1 Ready - - <ana@x.example> Ana Silva
         2 Ready - - <bo@x.example> Bo Kim
         3 Ready - - <cy@x.example> Cy Li
         4 Ready - - <a@x.example> -
         5 Ready - - <b@x.example> -
         6 Look NotAnAddress - <nobody here> -",
    );
    let headed =
        text("First name\tLast name\tE-mail\tPrivate\nAna\tSilva\tana@x.example\tp@x.example");
    assert_eq!(headed.format, ImportFormat::Pasted);
    assert!(headed.columns.is_empty());
    check_lines(&headed, &[], "1 Ready - - <ana@x.example> Ana Silva");
    let slack = String::from_utf8(SLACK.to_vec()).expect("the export is UTF-8");
    assert_eq!(text(&slack).counts, file(SLACK).counts, "an export can be pasted too");
}

#[test]
fn other_tables_are_read_by_header_name_or_content() {
    for (source, address, name) in [
        ("Name;E-Mail\nAna;ana@x.example\n", 1, Some(0)),
        ("Adresse,Vorname,Nachname,E-Mail-Adresse\nWeg 1,Ana,Silva,ana@x.example\n", 3, Some(1)),
        ("Manager email,Email,Address\nb@x.example,ana@x.example,Weg 1\n", 1, None),
        ("who,where\nAna Silva,ana@x.example\nBo Li,bo@x.example\n", 1, Some(0)),
        ("Ana Silva,ana@x.example\nBo Li,bo@x.example\n", 1, Some(0)),
        ("correo\tnombre\tapellidos\nana@x.example\tAna\tSilva\n", 0, Some(1)),
        ("sep=;\nemail;name\nana@x.example;Ana Silva", 0, Some(1)),
    ] {
        let preview = file(source.as_bytes());
        assert_eq!(preview.format, ImportFormat::Table, "{source}");
        assert_eq!(
            (preview.address_column, preview.name_column),
            (Some(address), name),
            "{source}"
        );
        assert_eq!(preview.counts.ready, preview.lines, "{source}");
        assert_eq!(preview.rows[0].address, "ana@x.example", "{source}");
    }
}

#[test]
fn a_bare_list_of_addresses_is_a_file_too() {
    let preview = file(b"ana@x.example, bo@x.example\n\"Li, Cy\" <cy@x.example>\n");
    assert_eq!(preview.counts.ready, 3);
    let preview = file(b"ana@x.example\n\nAna Silva <ana@x.example>\nnobody\n");
    assert_eq!(preview.format, ImportFormat::Table);
    assert_eq!((preview.columns, preview.address_column), (vec!["A".to_owned()], Some(0)));
    let counts = preview.counts;
    assert_eq!((counts.ready, counts.repeated, counts.look), (1, 1, 1));
}

#[test]
fn chosen_columns_are_taken_and_standing_stays() {
    let columns = |address, name| Columns { address, name };
    let known = Known::default();
    let preview =
        |bytes, columns| sound(from_file(bytes, columns, &known).expect("the file is a table"));
    assert_eq!(preview(ENTRA, columns(Some(3), Some(1))), file(ENTRA), "confirming is no change");
    let by_sign_in = preview(ENTRA, columns(Some(0), None));
    assert_eq!(by_sign_in.address_column, Some(0));
    assert_eq!(by_sign_in.counts.look, 43, "sign-in names of guests are no addresses");
    assert_eq!(reasons(&by_sign_in)["Disabled"], 21);
    let by_username = preview(SLACK, columns(Some(0), Some(8)));
    assert_eq!(by_username.rows[0].name.as_deref(), Some("Rosa"));
    assert_eq!(by_username.counts.ready, 0);
    let failure = from_file(SLACK, columns(Some(10), None), &known).expect_err("there are ten");
    assert_eq!(
        (failure.code, failure.field.as_deref()),
        (FailureCode::BadRequest, Some("address"))
    );
}

#[test]
fn a_table_without_addresses_offers_its_columns() {
    let preview = file(b"name,phone\nAna,1\nBo,2\n");
    assert_eq!((preview.address_column, preview.name_column), (None, Some(0)));
    assert_eq!(preview.columns, ["name", "phone"]);
    assert_eq!((preview.lines, preview.counts.look), (2, 2));
}

#[test]
fn bad_files_are_refused_by_sentence() {
    for nothing in [b"".as_slice(), b"\xef\xbb\xbf\r\n\r\n", b"hello", b"Ana\nBo\n", b"a,b\n"] {
        assert_eq!(refused(nothing), FailureCode::NoAddressColumn);
    }
    assert_eq!(refused(b"PK\x03\x04 a workbook"), FailureCode::NotATable);
    assert_eq!(refused(&vec![0; 4 << 10]), FailureCode::NotATable);
    assert_eq!(refused(&vec![b'a'; 100 << 20]), FailureCode::FileTooLarge);
    assert_eq!(refused(&vec![b'a'; MAX_FILE_BYTES + 1]), FailureCode::FileTooLarge);
    let long = "a@x.example\n".repeat(MAX_LINES + 1);
    assert_eq!(refused(long.as_bytes()), FailureCode::TooManyPeople);
    let pasted = from_text(&long, &Known::default()).expect_err("too many lines");
    assert_eq!(pasted.code, FailureCode::TooManyPeople);
}

#[test]
fn more_people_than_can_be_invited_at_once_are_still_shown() {
    let people: String = (0..=MAX_PEOPLE).map(|n| format!("p{n}@x.example\n")).collect();
    assert_eq!(text(&people).counts.ready, 5_001);
    assert_eq!(file(format!("email\n{people}").as_bytes()).counts.ready, 5_001);
}

#[test]
fn the_same_table_in_every_encoding_separator_and_line_end_is_the_same() {
    let slack = String::from_utf8(SLACK.to_vec()).expect("the export is UTF-8");
    let wide = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{slack}").encode_utf16().flat_map(order).collect()
    };
    let wanted = file(SLACK);
    for mark in ["\u{feff}", ""] {
        assert_eq!(file(&wide(u16::to_le_bytes, mark)), wanted);
        assert_eq!(file(&wide(u16::to_be_bytes, mark)), wanted);
    }
    assert_eq!(file(slack.replace('\n', "\r\n").as_bytes()), wanted);
    let mut reader = csv::Reader::from_reader(SLACK);
    for separator in [b';', b'\t'] {
        let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        writer.write_record(reader.headers().expect("there is a header")).expect("memory");
        for record in csv::Reader::from_reader(SLACK).records() {
            writer.write_record(&record.expect("the export is well-formed")).expect("memory");
        }
        assert_eq!(file(&writer.into_inner().expect("memory")), wanted);
    }
}

#[test]
fn an_open_quote_hides_nobody() {
    let preview = file(b"name,email\n\"Ana,ana@x.example\nBo,bo@x.example\nCy,cy@x.example\n");
    assert_eq!(preview.counts.ready, 3);
}

#[test]
fn hostile_shapes_are_answered() {
    for shape in
        ["<", "\"", ",", "\"\n", "\"\"", "\n,\"\"", "a@b,<", "\"a\"\"", "<\"@", "#ext#", ";\t"]
    {
        let source = shape.repeat((64 << 10) / shape.len());
        if let Ok(preview) = from_text(&source, &Known::default()) {
            sound(preview);
        }
        for source in [source.clone(), format!("email,name\n{source}"), format!("\"{source}")] {
            if let Ok(preview) = from_file(source.as_bytes(), Columns::default(), &Known::default())
            {
                sound(preview);
            }
        }
    }
}

/// A person to be found again, however the text around is made.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,6}@[a-z]{1,5}\\.example",
        2 => "[A-Z][a-z]{1,6} [A-Z][a-z]{1,6} <[a-z]{1,6}@x\\.example>",
        1 => "\"[A-Z][a-z]{1,6}, [A-Z][a-z]{1,6}\" <[a-z]{1,6}@x\\.example>",
        2 => "[a-zA-Z0-9]{1,8}",
        1 => "[a-z@<>\".:=+#;,'é\u{200b}]{0,8}",
    ]
}

/// The words of a text: runs of letters and digits.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_a_pasted_text_is_lost(
        pieces in prop::collection::vec((piece(), "[,;\n ]|, |\r\n"), 0..20)
    ) {
        // Hidden characters are no word boundary, and list numbers and mail fields are no words.
        let source: String = pieces.iter().map(|(piece, gap)| format!("{piece}{gap}")).collect();
        let preview = text(&source);
        let kept: String = preview
            .rows
            .iter()
            .map(|row| format!("{} {}\n", row.address, row.name.as_deref().unwrap_or_default()))
            .collect();
        let kept = words(&kept);
        for word in words(&source.replace('\u{200b}', "")) {
            let passed_over = word.chars().all(|c| c.is_ascii_digit())
                || ["to", "cc", "bcc", "from", "mailto"].contains(&word.as_str());
            prop_assert!(passed_over || kept.contains(&word), "{word} of {source:?} is in no line");
        }
    }

    #[test]
    fn any_text_is_read_without_loss_or_panic(source in any::<String>()) {
        text(&source);
    }

    #[test]
    fn any_bytes_are_read_or_refused(source in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(preview) = from_file(&source, Columns::default(), &Known::default()) {
            sound(preview);
        }
    }

    #[test]
    fn no_row_of_a_table_is_lost(
        rows in prop::collection::vec(prop::collection::vec(piece(), 2..5), 1..20),
        at in 0..4_usize,
        columns in (prop::option::of(0..2_u32), prop::option::of(0..2_u32)),
    ) {
        let header = ["email,name", "userid,username,email,status,fullname", "a,b",
            "userPrincipalName,displayName,mail,userType"][at];
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(header.split(',')).expect("memory");
        for row in &rows {
            writer.write_record(row).expect("memory");
        }
        let bytes = writer.into_inner().expect("memory");
        let columns = Columns { address: columns.0, name: columns.1 };
        let preview = sound(from_file(&bytes, columns, &Known::default()).expect("a table"));
        let filled = |row: &&Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
        prop_assert_eq!(preview.lines as usize, rows.iter().filter(filled).count());
    }
}

#[test]
fn e29_a_former_member_comes_with_the_roles_they_had() {
    let preview = text("once@example.org, new@example.org, once@example.org");
    let former: Vec<_> = preview.rows.iter().map(|row| (row.former, row.former_until)).collect();
    let write = (RoleSet::of(&[Role::Write]), Some(Timestamp(5)));
    let none = (RoleSet::NONE, None);
    assert_eq!(former, [write, none, none], "a repeat is no line to suggest anything for");
}
