//! Members in the mirror: the one large table, so its columns are real ones.

use std::sync::LazyLock;

use muster_domain::{
    AccountId, Address, End, Ended, GroupId, LoginId, MemberState, Membership, MembershipId, Role,
    RoleSet, Timestamp, WorkspaceId,
};
use rusqlite::types::{Null, ToSqlOutput, Type};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::error::CacheError;
use crate::fold::fold_member;
use crate::row::{Kind, Over, from_stored, from_stored_labels, to_stored, to_stored_labels};
use crate::types::{FormerRoles, MemberCounts, RoleHolders};

/// The states as the table numbers them.
pub(crate) const fn state_number(state: MemberState) -> i64 {
    match state {
        MemberState::Active => 0,
        MemberState::Suspended => 1,
        MemberState::Left => 2,
        MemberState::Removed => 3,
        MemberState::Expired => 4,
    }
}

fn state_of(number: i64) -> Option<MemberState> {
    MemberState::ALL.iter().copied().find(|state| state_number(*state) == number)
}

/// What a row is made of beside its id, its number and its mark.
const COLUMNS: [&str; 19] = [
    "workspace",
    "login",
    "name",
    "address",
    "folded",
    "roles",
    "state",
    "shown",
    "former",
    "until",
    "until_roles",
    "given_by",
    "given_at",
    "labels",
    "note",
    "group_id",
    "joined",
    "ended_at",
    "ended_by",
];

/// The values of those columns; `shown` is the state that lists go by.
fn values(member: &Membership, shown: MemberState) -> [ToSqlOutput<'_>; 19] {
    let shown = state_number(shown);
    let end_roles = member.until.and_then(|it| it.roles).map(RoleSet::to_bits);
    let ended = member.ended.as_ref();
    [
        ToSqlOutput::from(member.workspace.to_bytes().to_vec()),
        member.login.to_bytes().to_vec().into(),
        member.name.as_str().into(),
        member.address.as_str().into(),
        fold_member(&member.name, member.address.as_str()).into(),
        member.roles.to_bits().into(),
        state_number(member.state).into(),
        shown.into(),
        (shown > 1).into(),
        or_null(member.until.map(|it| it.at.0)),
        or_null(end_roles),
        or_null(member.given_by.as_deref()),
        or_null(member.given_at.map(|it| it.0)),
        to_stored_labels(&member.labels).into(),
        member.note.as_str().into(),
        or_null(member.group.map(|it| it.to_bytes().to_vec())),
        member.joined.0.into(),
        or_null(ended.map(|it| it.at.0)),
        or_null(ended.map(|it| it.by.as_str())),
    ]
}

fn or_null<'a, T: Into<ToSqlOutput<'a>>>(value: Option<T>) -> ToSqlOutput<'a> {
    value.map_or(Null.into(), Into::into)
}

/// Writes a member; `shown` is the state that lists go by.
pub(crate) fn put(
    db: &Connection,
    member: &Membership,
    shown: MemberState,
    seq: u64,
    over: Over,
) -> Result<bool, CacheError> {
    if over == Over::Any
        && let Some(before) = stored(db, member.id)?
    {
        change(db, &before, (member, shown), seq, before.is_new)?;
        return Ok(true);
    }
    let head = [member.id.to_bytes().to_vec().into(), to_stored(seq).into()];
    let all = head.into_iter().chain(values(member, shown));
    Ok(db.prepare_cached(&PUT)?.execute(params_from_iter(all))? > 0)
}

/// Over an older one: parts of a download come twice, and this is what most of one is.
static PUT: LazyLock<String> = LazyLock::new(|| {
    let columns = COLUMNS.join(", ");
    let marks = vec!["?"; COLUMNS.len()].join(", ");
    let sets = COLUMNS.map(|column| format!("{column} = excluded.{column}")).join(", ");
    format!(
        "INSERT INTO members (id, seq, {columns}) VALUES (?, ?, {marks})
         ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, {sets}{}",
        Over::Older.clause("members")
    )
});

/// What became of a member that an answer brought.
pub(crate) enum Taken {
    /// What is here is as new.
    Known,
    /// There was none.
    Came,
    /// It was this before.
    Changed(Box<Membership>),
}

/// Takes in a member as the server has it now; `is_new` marks it as changed by somebody else.
pub(crate) fn take(
    db: &Connection,
    member: &Membership,
    seq: u64,
    is_new: bool,
) -> Result<Taken, CacheError> {
    let Some(before) = stored(db, member.id)? else {
        put(db, member, member.state, seq, Over::Older)?;
        if is_new {
            let mut mark = db.prepare_cached("UPDATE members SET new = 1 WHERE id = ?1")?;
            mark.execute([member.id.to_bytes()])?;
        }
        return Ok(Taken::Came);
    };
    if seq <= before.seq {
        return Ok(Taken::Known);
    }
    change(db, &before, (member, member.state), seq, before.is_new || is_new)?;
    Ok(Taken::Changed(Box::new(before.member)))
}

/// A member as the table has it.
struct Stored {
    member: Membership,
    shown: MemberState,
    seq: u64,
    is_new: bool,
}

fn stored(db: &Connection, id: MembershipId) -> Result<Option<Stored>, CacheError> {
    let mut statement = db.prepare_cached("SELECT * FROM members WHERE id = ?1")?;
    let found = statement.query_row([id.to_bytes()], |row| {
        let (member, seq) = read(row)?;
        let shown = state_of(row.get("shown")?).ok_or_else(|| malformed("shown"))?;
        Ok(Stored { member, shown, seq, is_new: row.get("new")? })
    });
    Ok(found.optional()?)
}

/// Writes what a member is now over what the table has. Only what differs is written: an index
/// over columns that did not change keeps its pages, of which a row has one in each order.
fn change(
    db: &Connection,
    before: &Stored,
    (member, shown): (&Membership, MemberState),
    seq: u64,
    is_new: bool,
) -> Result<(), CacheError> {
    let mut sql = "UPDATE members SET seq = ?".to_owned();
    let mut given = vec![ToSqlOutput::from(to_stored(seq))];
    let (was, is) = (values(&before.member, before.shown), values(member, shown));
    for (column, (was, is)) in COLUMNS.into_iter().zip(was.into_iter().zip(is)) {
        if was != is {
            sql.push_str(", ");
            sql.push_str(column);
            sql.push_str(" = ?");
            given.push(is);
        }
    }
    if is_new != before.is_new {
        sql.push_str(", new = ?");
        given.push(is_new.into());
    }
    sql.push_str(" WHERE id = ?");
    given.push(member.id.to_bytes().to_vec().into());
    db.prepare_cached(&sql)?.execute(params_from_iter(given))?;
    Ok(())
}

fn malformed(column: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(0, column.to_owned(), Type::Null)
}

fn roles_of(bits: u32) -> rusqlite::Result<RoleSet> {
    RoleSet::from_bits(bits).ok_or_else(|| malformed("roles"))
}

fn end_of(row: &Row<'_>) -> rusqlite::Result<Option<End>> {
    let Some(at) = row.get::<_, Option<i64>>("until")? else { return Ok(None) };
    let roles = row.get::<_, Option<u32>>("until_roles")?.map(roles_of).transpose()?;
    Ok(Some(End { at: Timestamp(at), roles }))
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Membership, u64)> {
    let address: String = row.get("address")?;
    let labels: String = row.get("labels")?;
    let ended = match (row.get::<_, Option<i64>>("ended_at")?, row.get("ended_by")?) {
        (Some(at), Some(by)) => Some(Ended { at: Timestamp(at), by }),
        _ => None,
    };
    let member = Membership {
        id: MembershipId::from_bytes(row.get("id")?),
        workspace: WorkspaceId::from_bytes(row.get("workspace")?),
        login: LoginId::from_bytes(row.get("login")?),
        name: row.get("name")?,
        address: Address::parse(&address).map_err(|_| malformed("address"))?,
        roles: roles_of(row.get("roles")?)?,
        state: state_of(row.get("state")?).ok_or_else(|| malformed("state"))?,
        until: end_of(row)?,
        given_by: row.get("given_by")?,
        given_at: row.get::<_, Option<i64>>("given_at")?.map(Timestamp),
        labels: from_stored_labels(&labels).map_err(|_| malformed("labels"))?,
        note: row.get("note")?,
        group: row.get::<_, Option<[u8; 16]>>("group_id")?.map(GroupId::from_bytes),
        joined: Timestamp(row.get("joined")?),
        ended,
    };
    Ok((member, from_stored(row.get("seq")?)))
}

pub(crate) fn get(db: &Connection, id: &[u8]) -> Result<Option<(Membership, u64)>, CacheError> {
    let mut statement = db.prepare_cached("SELECT * FROM members WHERE id = ?1")?;
    Ok(statement.query_row([id], read).optional()?)
}

/// A member as a list shows it, read at once.
pub(crate) struct Listed {
    /// The member, with unsent changes.
    pub(crate) member: Membership,
    /// Whether somebody else changed it since the workspace was opened.
    pub(crate) is_new: bool,
    /// The confirmed row as it was kept, where an unsent change touches it.
    pub(crate) before: Option<String>,
}

pub(crate) fn listed(db: &Connection, id: MembershipId) -> Result<Option<Listed>, CacheError> {
    let sql = "SELECT m.*, s.before FROM members m
               LEFT JOIN shadow s ON s.kind = ?2 AND s.id = m.id WHERE m.id = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let values = params![id.to_bytes(), Kind::Membership as i64];
    let found = statement.query_row(values, |row| {
        Ok(Listed { member: read(row)?.0, is_new: row.get("new")?, before: row.get("before")? })
    });
    Ok(found.optional()?)
}

/// The workspace was opened: what is there has been seen.
pub(crate) fn clear_new(db: &Connection, workspace: WorkspaceId) -> Result<(), CacheError> {
    db.prepare_cached("UPDATE members SET new = 0 WHERE workspace = ?1 AND new = 1")?
        .execute([workspace.to_bytes()])?;
    Ok(())
}

/// The present membership of a login in a workspace.
pub(crate) fn present(
    db: &Connection,
    workspace: WorkspaceId,
    login: LoginId,
) -> Result<Option<Membership>, CacheError> {
    let sql = "SELECT * FROM members WHERE login = ?1 AND workspace = ?2 AND state < 2";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row([login.to_bytes(), workspace.to_bytes()], read).optional()?;
    Ok(found.map(|(it, _)| it))
}

/// Any membership of a login: it names the person.
pub(crate) fn any_of(db: &Connection, login: LoginId) -> Result<Option<Membership>, CacheError> {
    let sql = "SELECT * FROM members WHERE login = ?1 ORDER BY state LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_row([login.to_bytes()], read).optional()?;
    Ok(found.map(|(it, _)| it))
}

/// The present membership of an address.
pub(crate) fn by_address(
    db: &Connection,
    workspace: WorkspaceId,
    address: &Address,
) -> Result<Option<Membership>, CacheError> {
    let sql = "SELECT * FROM members
               WHERE workspace = ?1 AND former = 0 AND address = ?2 AND state < 2";
    let mut statement = db.prepare_cached(sql)?;
    let found =
        statement.query_row(params![workspace.to_bytes(), address.as_str()], read).optional()?;
    Ok(found.map(|(it, _)| it))
}

/// How many others count for the owner floor. Whether a login is suspended is not in the
/// mirror; the server asks that again.
pub(crate) fn count_owners(
    db: &Connection,
    workspace: WorkspaceId,
    role: Role,
    except: MembershipId,
) -> Result<u32, CacheError> {
    // 17 is the bits of the owner-class roles, as the index has it: few among many.
    let sql = "SELECT count(*) FROM members WHERE workspace = ?1 AND roles & 17 != 0
               AND roles & ?2 != 0 AND state = 0 AND until IS NULL AND id != ?3";
    let bits = RoleSet::of(&[role]).to_bits();
    let mut statement = db.prepare_cached(sql)?;
    Ok(statement
        .query_row(params![workspace.to_bytes(), bits, except.to_bytes()], |row| row.get(0))?)
}

/// Those that count for the owner floor, the longest-standing first.
pub(crate) fn owners_by_age(
    db: &Connection,
    workspace: WorkspaceId,
    role: Role,
) -> Result<Vec<Membership>, CacheError> {
    let sql = "SELECT * FROM members WHERE workspace = ?1 AND roles & 17 != 0
               AND roles & ?2 != 0 AND state = 0 AND until IS NULL ORDER BY joined, id";
    let bits = RoleSet::of(&[role]).to_bits();
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![workspace.to_bytes(), bits], read)?;
    rows.map(|row| Ok(row?.0)).collect()
}

/// Every present member of a workspace, unsent changes in place.
pub(crate) fn all_present(
    db: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<Membership>, CacheError> {
    let sql = "SELECT * FROM members WHERE workspace = ?1 AND former = 0 AND state < 2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([workspace.to_bytes()], read)?;
    rows.map(|row| Ok(row?.0)).collect()
}

/// The present memberships of a login in the active workspaces of an account.
pub(crate) fn of_login(
    db: &Connection,
    account: AccountId,
    login: LoginId,
) -> Result<Vec<Membership>, CacheError> {
    let sql = "SELECT m.* FROM members m JOIN workspaces w ON w.id = m.workspace
               WHERE m.login = ?1 AND m.state < 2 AND w.account = ?2
                   AND w.row ->> 'status' = 'active' ORDER BY w.folded, w.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![login.to_bytes(), account.to_bytes()], read)?;
    rows.map(|row| Ok(row?.0)).collect()
}

/// What the last former membership of an address held.
pub(crate) fn former_roles(
    db: &Connection,
    workspace: WorkspaceId,
    address: &Address,
) -> Result<Option<FormerRoles>, CacheError> {
    let sql = "SELECT * FROM members WHERE workspace = ?1 AND former = 1 AND address = ?2
               ORDER BY ended_at DESC LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let found =
        statement.query_row(params![workspace.to_bytes(), address.as_str()], read).optional()?;
    Ok(found.map(|(it, _)| FormerRoles { roles: it.roles, ended: it.ended }))
}

/// Who holds which roles, unsent changes in place.
pub(crate) fn holders(db: &Connection, workspace: WorkspaceId) -> Result<RoleHolders, CacheError> {
    let sql = "SELECT roles, count(*) AS number FROM members
               WHERE workspace = ?1 AND former = 0 GROUP BY roles";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([workspace.to_bytes()], |row| {
        Ok((roles_of(row.get("roles")?)?, row.get("number")?))
    })?;
    Ok(RoleHolders { sets: rows.collect::<Result<_, _>>()? })
}

/// The columns of labels of present members that have any.
pub(crate) fn label_columns(
    db: &Connection,
    workspace: WorkspaceId,
) -> Result<Vec<String>, CacheError> {
    let sql = "SELECT labels FROM members WHERE workspace = ?1 AND former = 0 AND labels != ''";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([workspace.to_bytes()], |row| row.get("labels"))?;
    rows.map(|row| Ok(row?)).collect()
}

/// How many present members there are, each of whom takes a seat.
pub(crate) fn count_present(db: &Connection, workspace: WorkspaceId) -> Result<u32, CacheError> {
    let (counts, _) = counts(db, workspace, RoleSet::NONE)?;
    let leaving = crate::overlay::count_leaving(db, workspace)?;
    Ok((counts.active + counts.suspended).saturating_sub(leaving))
}

/// How many members are shown in each state, and how many active ones hold one of the roles.
pub(crate) fn counts(
    db: &Connection,
    workspace: WorkspaceId,
    owner_roles: RoleSet,
) -> Result<(MemberCounts, u32), CacheError> {
    let mut statement = db.prepare_cached(
        "SELECT shown, count(*) AS number, sum(roles & ?2 != 0) AS owners FROM members
         WHERE workspace = ?1 AND former IN (0, 1) GROUP BY shown",
    )?;
    let mut rows = statement.query(params![workspace.to_bytes(), owner_roles.to_bits()])?;
    let mut counts = MemberCounts::default();
    let mut owners = 0;
    while let Some(row) = rows.next()? {
        let number: u32 = row.get("number")?;
        match state_of(row.get("shown")?) {
            Some(MemberState::Active) => {
                counts.active = number;
                owners = row.get("owners")?;
            }
            Some(MemberState::Suspended) => counts.suspended = number,
            Some(MemberState::Left | MemberState::Removed | MemberState::Expired) => {
                counts.former += number;
            }
            None => return Err(malformed("state").into()),
        }
    }
    Ok((counts, owners))
}
