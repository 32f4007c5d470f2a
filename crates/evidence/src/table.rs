//! The table: one row for each person of the list.

use std::io;

use muster_domain::{Choice, ReviewLine, Standpoint};

use crate::pack::Pack;
use crate::text::{harmless, moment};

const HEADS: [&str; 15] = [
    "Workspace",
    "Review",
    "As of",
    "Name",
    "Address",
    "Roles",
    "State",
    "Given by",
    "Given at",
    "Joined",
    "Decision",
    "New roles",
    "Decided by",
    "Decided at",
    "Reason",
];

/// What the decisions about a line come to, and the roles of a change.
pub(crate) fn decision(pack: &Pack, line: &ReviewLine) -> (&'static str, String) {
    match line.standpoint() {
        Standpoint::Undecided => ("Not reviewed", String::new()),
        Standpoint::Disputed => ("Reviewers disagree", String::new()),
        Standpoint::Agreed(choice) => said(pack, choice),
    }
}

/// One choice, and the roles of a change.
pub(crate) fn said(pack: &Pack, choice: Choice) -> (&'static str, String) {
    match choice {
        Choice::Keep => ("Keep", String::new()),
        Choice::Change(roles) => ("Change role", pack.roles(roles)),
        Choice::Remove => ("Remove", String::new()),
    }
}

/// Who decided; where a reviewer only entered it, the client is named first.
pub(crate) fn decider(it: &muster_domain::Decided) -> String {
    match &it.client {
        Some(client) => format!("{client}, entered by {}", it.name),
        None => it.name.clone(),
    }
}

/// The table as a file that spreadsheet programs open and do not calculate.
pub(crate) fn table(pack: &Pack) -> io::Result<Vec<u8>> {
    // Without it some programs take UTF-8 for an older encoding.
    let bytes = "\u{feff}".as_bytes().to_vec();
    let mut form = csv::WriterBuilder::new();
    let mut sheet = form.quote_style(csv::QuoteStyle::Always).from_writer(bytes);
    sheet.write_record(HEADS)?;
    for line in &pack.lines {
        sheet.write_record(cells(pack, line).map(harmless))?;
    }
    sheet.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn cells(pack: &Pack, line: &ReviewLine) -> [String; 15] {
    let (decision, to) = decision(pack, line);
    let each = |text: &dyn Fn(&muster_domain::Decided) -> String| {
        line.decided.iter().map(text).collect::<Vec<_>>().join("; ")
    };
    [
        pack.workspace_name.clone(),
        pack.review.name.clone(),
        moment(pack.review.started.at),
        line.name.clone(),
        line.address.to_string(),
        pack.roles(line.roles),
        line.state.key().to_owned(),
        line.given_by.clone().unwrap_or_default(),
        line.given_at.map(moment).unwrap_or_default(),
        moment(line.joined),
        decision.to_owned(),
        to,
        each(&decider),
        each(&|it| moment(it.at)),
        each(&|it| it.reason.clone().unwrap_or_default()),
    ]
}
