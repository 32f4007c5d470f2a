//! Rows of every kind, written and read by one key: what applying, the overlay and the
//! before-images have in common. Each kind's table has a module of its own.

use muster_domain::{Labels, Row, WorkspaceId};
use rusqlite::Connection;

use crate::error::CacheError;
use crate::{accounts, contents, groups, invitations, members, own_roles, reviews, workspaces};

/// The kinds of row, as `shadow` numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Account = 0,
    AccountAdmin = 1,
    Workspace = 2,
    Membership = 3,
    Invitation = 4,
    Role = 5,
    Content = 6,
    Group = 7,
    Review = 8,
    ReviewLine = 9,
}

impl Kind {
    pub(crate) const ALL: [Kind; 10] = [
        Kind::Account,
        Kind::AccountAdmin,
        Kind::Workspace,
        Kind::Membership,
        Kind::Invitation,
        Kind::Role,
        Kind::Content,
        Kind::Group,
        Kind::Review,
        Kind::ReviewLine,
    ];

    pub(crate) fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as i64 == number)
    }
}

/// Names one row of the mirror.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) kind: Kind,
    pub(crate) id: Vec<u8>,
}

impl Key {
    pub(crate) fn of(row: &Row) -> Self {
        match row {
            Row::Account(it) => Self { kind: Kind::Account, id: it.id.to_bytes().to_vec() },
            Row::AccountAdmin(it) => Self {
                kind: Kind::AccountAdmin,
                id: [it.account.to_bytes(), it.login.to_bytes()].concat(),
            },
            Row::Workspace(it) => Self { kind: Kind::Workspace, id: it.id.to_bytes().to_vec() },
            Row::Membership(it) => Self { kind: Kind::Membership, id: it.id.to_bytes().to_vec() },
            Row::Invitation(it) => Self { kind: Kind::Invitation, id: it.id.to_bytes().to_vec() },
            Row::Role(it) => Self { kind: Kind::Role, id: it.id.to_bytes().to_vec() },
            Row::Content(it) => Self { kind: Kind::Content, id: it.id.to_bytes().to_vec() },
            Row::Group(it) => Self { kind: Kind::Group, id: it.id.to_bytes().to_vec() },
            Row::Review(it) => Self { kind: Kind::Review, id: it.id.to_bytes().to_vec() },
            Row::ReviewLine(it) => Self {
                kind: Kind::ReviewLine,
                id: [it.review.to_bytes(), it.membership.to_bytes()].concat(),
            },
        }
    }
}

/// The workspace whose grant covers the row; `None` for what belongs to an account.
pub(crate) fn workspace_of(row: &Row) -> Option<WorkspaceId> {
    match row {
        Row::Account(_) | Row::AccountAdmin(_) | Row::Group(_) => None,
        Row::Workspace(it) => Some(it.id),
        Row::Membership(it) => Some(it.workspace),
        Row::Invitation(it) => Some(it.workspace),
        Row::Role(it) => Some(it.workspace),
        Row::Content(it) => Some(it.workspace),
        Row::Review(it) => Some(it.workspace),
        Row::ReviewLine(it) => Some(it.workspace),
    }
}

/// When a row that is there already gives way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// When it is older: chunks and changes may come twice and in any order.
    Older,
    /// Always: a before-image comes back, or an unsent change goes over it.
    Any,
}

impl Over {
    /// The end of an upsert on `table`.
    pub(crate) fn clause(self, table: &str) -> String {
        match self {
            Over::Older => format!(" WHERE excluded.seq > {table}.seq"),
            Over::Any => String::new(),
        }
    }
}

/// Whether lists have a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    Yes,
    No,
}

impl Listed {
    pub(crate) fn of(is_listed: bool) -> Self {
        if is_listed { Listed::Yes } else { Listed::No }
    }
}

/// Writes a row; tells whether it was written.
pub(crate) fn put(db: &Connection, row: &Row, seq: u64, over: Over) -> Result<bool, CacheError> {
    match row {
        Row::Account(it) => accounts::put(db, it, seq, over),
        Row::AccountAdmin(it) => accounts::put_admin(db, it, seq, over),
        Row::Workspace(it) => workspaces::put(db, it, seq, over),
        Row::Membership(it) => members::put(db, it, it.state, seq, over),
        Row::Invitation(it) => invitations::put(db, it, seq, over),
        Row::Role(it) => own_roles::put(db, it, seq, over),
        Row::Content(it) => contents::put(db, it, Listed::of(!it.deleted), seq, over),
        Row::Group(it) => groups::put(db, it, seq, over),
        Row::Review(it) => reviews::put(db, it, seq, over),
        Row::ReviewLine(it) => reviews::put_line(db, it, seq, over),
    }
}

/// The row and its number.
pub(crate) fn get(db: &Connection, key: &Key) -> Result<Option<(Row, u64)>, CacheError> {
    Ok(match key.kind {
        Kind::Account => accounts::get(db, &key.id)?.map(|(it, seq)| (Row::Account(it), seq)),
        Kind::AccountAdmin => {
            accounts::get_admin(db, &key.id)?.map(|(it, seq)| (Row::AccountAdmin(it), seq))
        }
        Kind::Workspace => workspaces::get(db, &key.id)?.map(|(it, seq)| (Row::Workspace(it), seq)),
        Kind::Membership => members::get(db, &key.id)?.map(|(it, seq)| (Row::Membership(it), seq)),
        Kind::Invitation => {
            invitations::get(db, &key.id)?.map(|(it, seq)| (Row::Invitation(it), seq))
        }
        Kind::Role => own_roles::get(db, &key.id)?.map(|(it, seq)| (Row::Role(it), seq)),
        Kind::Content => contents::get(db, &key.id)?.map(|(it, seq)| (Row::Content(it), seq)),
        Kind::Group => groups::get(db, &key.id)?.map(|(it, seq)| (Row::Group(it), seq)),
        Kind::Review => reviews::get(db, &key.id)?.map(|(it, seq)| (Row::Review(it), seq)),
        Kind::ReviewLine => {
            reviews::get_line(db, &key.id)?.map(|(it, seq)| (Row::ReviewLine(it), seq))
        }
    })
}

/// Takes a row out, as if it had never been.
pub(crate) fn delete(db: &Connection, key: &Key) -> Result<(), CacheError> {
    db.prepare_cached(delete_sql(key.kind))?.execute([&key.id])?;
    Ok(())
}

/// Takes out the row of an id. Two columns that make a key are taken out of the id, not joined:
/// a joined one equals no bytes, being a text, and is found by no index.
pub(crate) fn delete_sql(kind: Kind) -> &'static str {
    match kind {
        Kind::Account => "DELETE FROM accounts WHERE id = ?1",
        Kind::AccountAdmin => {
            "DELETE FROM account_admins
             WHERE account = substr(?1, 1, 16) AND login = substr(?1, 17)"
        }
        Kind::Workspace => "DELETE FROM workspaces WHERE id = ?1",
        Kind::Membership => "DELETE FROM members WHERE id = ?1",
        Kind::Invitation => "DELETE FROM invitations WHERE id = ?1",
        Kind::Role => "DELETE FROM own_roles WHERE id = ?1",
        Kind::Content => "DELETE FROM contents WHERE id = ?1",
        Kind::Group => "DELETE FROM groups WHERE id = ?1",
        Kind::Review => "DELETE FROM reviews WHERE id = ?1",
        Kind::ReviewLine => {
            "DELETE FROM review_lines
             WHERE review = substr(?1, 1, 16) AND membership = substr(?1, 17)"
        }
    }
}

/// Numbers of the server as SQLite keeps them; they stay far below 2^63.
pub(crate) fn to_stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The same, back.
pub(crate) fn from_stored(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The epoch of a server as a column keeps it. It is a name drawn by chance and no number: none
/// may be taken for another, however great it is.
pub(crate) fn epoch_to_stored(epoch: u64) -> i64 {
    epoch.cast_signed()
}

/// A value kept as JSON.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String, CacheError> {
    Ok(serde_json::to_string(value)?)
}

/// The row kept as JSON beside its number, as the small tables do.
pub(crate) fn stamped<T: serde::de::DeserializeOwned>(
    found: Option<(String, i64)>,
) -> Result<Option<(T, u64)>, CacheError> {
    found.map(|(text, seq)| Ok((serde_json::from_str(&text)?, from_stored(seq)))).transpose()
}

/// Stands before, between and behind stored labels, so that one label is found by a search for
/// it between two of them. No label has a control character.
const LABEL_EDGE: char = '\u{1f}';

/// Labels as a column keeps them; empty without labels, so that indexes stay small.
pub(crate) fn to_stored_labels(labels: &Labels) -> String {
    let mut text = String::new();
    for label in labels.iter() {
        if text.is_empty() {
            text.push(LABEL_EDGE);
        }
        text.push_str(label);
        text.push(LABEL_EDGE);
    }
    text
}

/// The words of a stored column of labels.
pub(crate) fn stored_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(LABEL_EDGE).filter(|label| !label.is_empty())
}

/// The same as labels. They were labels when they were stored, so nothing is checked again.
pub(crate) fn from_stored_labels(text: &str) -> Result<Labels, serde_json::Error> {
    serde_json::from_value(stored_words(text).collect())
}

/// What a column of labels contains if this label is among them.
pub(crate) fn label_within(label: &str) -> String {
    format!("{LABEL_EDGE}{}{LABEL_EDGE}", label.trim())
}

/// The labels of many rows, each once with how many rows have it, in their order.
pub(crate) fn tally_labels(columns: &[String]) -> Vec<(String, u32)> {
    let mut tally = std::collections::BTreeMap::<&str, u32>::new();
    for word in columns.iter().flat_map(|column| stored_words(column)) {
        *tally.entry(word).or_default() += 1;
    }
    tally.into_iter().map(|(label, number)| (label.to_owned(), number)).collect()
}
