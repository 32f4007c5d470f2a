//! The names of people: what tokens of the history stand for, whose a name is, and putting
//! another name into every row that embeds one (sync.md 4.7, E-64).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use muster_domain::mention::{Deed, Mention};
use muster_domain::{AccountId, Address, LoginId, Row as Entity, Timestamp, WorkspaceId};
use muster_protocol::{LogOf, LoggedEvent, Token};
use rusqlite::params;

use super::{Session, StoreError, acts, erase, row};
use crate::store::{ActOf, KeptName, Renaming};

/// Puts today's names beside events.
pub(super) fn named(
    db: &Session<'_>,
    mut events: Vec<LoggedEvent>,
) -> Result<Vec<LoggedEvent>, StoreError> {
    let mut known: BTreeMap<(AccountId, String), String> = BTreeMap::new();
    for event in &mut events {
        for (token, name) in &mut event.names {
            let key = (event.account, token.clone());
            if !known.contains_key(&key) {
                known.insert(key.clone(), stands_for(db, event.account, token)?);
            }
            name.clone_from(&known[&key]);
        }
    }
    Ok(events)
}

/// What a token stands for today in an account; the token itself where nothing is left of it.
fn stands_for(db: &Session<'_>, account: AccountId, text: &str) -> Result<String, StoreError> {
    const MEMBER: &str = "SELECT name, address FROM memberships WHERE id = ?1 AND ?2 = ?2";
    const LOGIN: &str = "SELECT coalesce(k.name, l.name) AS name, l.address FROM logins l
        LEFT JOIN kept_names k ON k.account = ?2 AND k.login = l.id WHERE l.id = ?1";
    const INVITATION: &str = "SELECT name, address FROM invitations WHERE id = ?1 AND ?2 = ?2";
    let Some(token) = Token::parse(text) else { return Ok(text.to_owned()) };
    let (sql, id, column) = match token {
        Token::MemberName(id) => (MEMBER, id.to_bytes(), "name"),
        Token::MemberAddress(id) => (MEMBER, id.to_bytes(), "address"),
        Token::LoginName(id) => (LOGIN, id.to_bytes(), "name"),
        Token::LoginAddress(id) => (LOGIN, id.to_bytes(), "address"),
        Token::InvitedName(id) => (INVITATION, id.to_bytes(), "name"),
        Token::InvitedAddress(id) => (INVITATION, id.to_bytes(), "address"),
    };
    let found =
        db.one(sql, [id, account.to_bytes()], |row| Ok(row.get::<_, Option<String>>(column)?))?;
    Ok(found.flatten().unwrap_or_else(|| text.to_owned()))
}

/// Whose name it is in a chain: a member's of the workspace, or an admin's of the account.
/// Of two people of one name it is the first; their acts are told apart by their ids.
pub(super) fn whose(
    db: &Session<'_>,
    account: AccountId,
    workspace: Option<WorkspaceId>,
    name: &str,
) -> Result<Option<LoginId>, StoreError> {
    const MEMBER: &str = "SELECT login FROM memberships INDEXED BY memberships_by_name
        WHERE workspace = ?1 AND name = ?2 ORDER BY joined LIMIT 1";
    const ADMIN: &str = "SELECT login FROM account_admins WHERE account = ?1 AND name = ?2
        ORDER BY since LIMIT 1";
    if let Some(workspace) = workspace {
        let params = params![workspace.to_bytes(), name];
        let found = db.one(MEMBER, params, |row| row::id(row, "login", LoginId::from_bytes))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let params = params![account.to_bytes(), name];
    db.one(ADMIN, params, |row| row::id(row, "login", LoginId::from_bytes))
}

/// Up to which number of its account a chain has to be told anew; 0 is never.
pub(super) fn retold(db: &Session<'_>, chain: LogOf) -> Result<u64, StoreError> {
    const SQL: &str = "SELECT seq FROM retold WHERE log = ?1";
    Ok(db.one(SQL, [log(chain)], |row| row::number(row, "seq"))?.unwrap_or_default())
}

/// Has a chain told anew.
pub(super) fn retell(db: &Session<'_>, chain: LogOf, seq: u64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO retold (log, seq) VALUES (?1, ?2)
        ON CONFLICT (log) DO UPDATE SET seq = excluded.seq";
    db.write_one("retold", SQL, params![log(chain), row::int(seq)])
}

const fn log(chain: LogOf) -> [u8; 16] {
    match chain {
        LogOf::Workspace(id) => id.to_bytes(),
        LogOf::Account(id) => id.to_bytes(),
    }
}

/// Has an account keep the name of somebody who deletes their sign-in.
pub(super) fn keep_name(db: &Session<'_>, kept: &KeptName) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO kept_names (account, login, name, since)
        VALUES (?1, ?2, ?3, ?4)";
    let (account, login) = (kept.account.to_bytes(), kept.login.to_bytes());
    db.write_one("kept_names", SQL, params![account, login, kept.name, kept.since.0])
}

/// Where a name is kept.
pub(super) fn kept(db: &Session<'_>, login: LoginId) -> Result<Vec<KeptName>, StoreError> {
    const SQL: &str = "SELECT account, login, name, since FROM kept_names WHERE login = ?1";
    db.many(SQL, [login.to_bytes()], read_kept)
}

/// Names whose days are over, by what their accounts allow now.
pub(super) fn over(
    db: &Session<'_>,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<KeptName>, StoreError> {
    const SQL: &str = "SELECT k.account, k.login, k.name, k.since FROM kept_names k
        JOIN accounts a ON a.id = k.account WHERE k.since + a.name_days * 86400000 <= ?1 LIMIT ?2";
    db.many(SQL, params![now.0, limit], read_kept)
}

fn read_kept(row: &rusqlite::Row<'_>) -> Result<KeptName, StoreError> {
    Ok(KeptName {
        account: row::id(row, "account", AccountId::from_bytes)?,
        login: row::id(row, "login", LoginId::from_bytes)?,
        name: row.get("name")?,
        since: row::time(row, "since")?,
    })
}

/// Keeps a name no longer; what says it is for the caller to change.
pub(super) fn drop_name(db: &Session<'_>, kept: &KeptName) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM kept_names WHERE account = ?1 AND login = ?2";
    let params = params![kept.account.to_bytes(), kept.login.to_bytes()];
    erase::overwriting(db, |db| db.write_one("kept_names", SQL, params))
}

/// The accounts that a login administers or once did.
pub(super) fn accounts_of(db: &Session<'_>, login: LoginId) -> Result<Vec<AccountId>, StoreError> {
    const SQL: &str = "SELECT account FROM account_admins INDEXED BY account_admins_of_login
        WHERE login = ?1 ORDER BY account";
    db.many(SQL, [login.to_bytes()], |row| row::id(row, "account", AccountId::from_bytes))
}

/// The workspaces of an account in which a login did something.
pub(super) fn acted_in(
    db: &Session<'_>,
    login: LoginId,
    account: AccountId,
) -> Result<Vec<WorkspaceId>, StoreError> {
    const SQL: &str = "SELECT w.id FROM workspaces w WHERE w.account = ?2 AND EXISTS (
        SELECT 1 FROM events e INDEXED BY events_by_actor
        WHERE e.workspace = w.id AND e.actor = ?1) ORDER BY w.id";
    db.many(SQL, params![login.to_bytes(), account.to_bytes()], |row| {
        row::id(row, "id", WorkspaceId::from_bytes)
    })
}

/// Puts the new name into every row of a workspace that embeds the old one, and the workspace's
/// own row among what is sent.
pub(super) fn rename_in(
    db: &Session<'_>,
    it: &Renaming<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<(), StoreError> {
    const BY_ID: [&str; 3] = [
        "UPDATE memberships INDEXED BY memberships_of_login SET name = ?4, seq = ?5
         WHERE workspace = ?1 AND login = ?2 AND ?3 = ?3",
        "UPDATE invitations INDEXED BY invitations_by_change SET inviter_name = ?4, seq = ?5
         WHERE workspace = ?1 AND inviter = ?2 AND ?3 = ?3",
        "UPDATE contents INDEXED BY contents_by_change SET creator_name = ?4, seq = ?5
         WHERE workspace = ?1 AND creator = ?2 AND ?3 = ?3",
    ];
    // Where it is not written down whose name it is, somebody of the very same name is meant too.
    static BY_NAME: LazyLock<[String; 6]> = LazyLock::new(|| {
        [
            ("memberships", "given_by", Deed::Given, "given_at"),
            ("memberships", "ended_by", Deed::Ended, "ended_at"),
            ("own_roles", "made_by", Deed::Defined, "0"),
            ("contents", "updated_by", Deed::Updated, "updated"),
            ("workspaces", "trashed_by", Deed::Trashed, "trashed_at"),
            ("workspaces", "offer_by", Deed::Offered, "offer_at"),
        ]
        .map(|(table, column, deed, at)| {
            let (here, index) = match table {
                "workspaces" => ("id", String::new()),
                table => ("workspace", format!("INDEXED BY {table}_by_change")),
            };
            let theirs = theirs(&format!("{table}.id"), deed, at);
            format!(
                "UPDATE {table} {index} SET {column} = ?4, seq = ?5
                 WHERE {here} = ?1 AND {column} = ?3 AND {theirs}"
            )
        })
    });
    let id = workspace.to_bytes();
    let params = params![id, it.login.to_bytes(), it.was, it.name, row::int(seq)];
    if it.was != it.name {
        for sql in BY_ID.iter().copied().chain(BY_NAME.iter().map(String::as_str)) {
            db.write_some(sql, params)?;
        }
    }
    rename_reviews(db, it, workspace, seq)?;
    if let Some(address) = it.address {
        const MEMBERS: &str = "UPDATE memberships INDEXED BY memberships_of_login
            SET address = ?3, seq = ?4 WHERE workspace = ?1 AND login = ?2";
        let params = params![id, it.login.to_bytes(), address.as_str(), row::int(seq)];
        db.write_some(MEMBERS, params)?;
        if !it.forgets.is_empty() {
            forget_addresses(db, it, address, workspace, seq)?;
        }
    }
    Ok(())
}

/// Whether an act of a row was done by the login of parameter 2, in the place of parameter 1;
/// what nobody wrote down may have been.
fn theirs(id: &str, deed: Deed, at: &str) -> String {
    let deed = deed as i64;
    format!(
        "?2 = coalesce((SELECT a.login FROM acts a WHERE a.place = ?1 AND a.id = {id}
             AND a.deed = {deed} AND a.at = coalesce({at}, 0)), ?2)"
    )
}

/// What a deleted sign-in was written to: invitations that are over.
fn forget_addresses(
    db: &Session<'_>,
    it: &Renaming<'_>,
    address: &Address,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<(), StoreError> {
    const INVITATIONS: &str = "UPDATE invitations INDEXED BY invitations_of_address
        SET address = ?3, name = CASE WHEN name IS NULL THEN NULL ELSE ?4 END, seq = ?5
        WHERE workspace = ?1 AND address = ?2 AND state != 'open'";
    // The row goes out to everybody with access, so that each asks for the history again.
    const WORKSPACE: &str = "UPDATE workspaces SET seq = ?2 WHERE id = ?1";
    let (id, to, seq) = (workspace.to_bytes(), address.as_str(), row::int(seq));
    for from in it.forgets {
        db.write_some(INVITATIONS, params![id, from.as_str(), to, it.name, seq])?;
    }
    db.write_one("workspaces", WORKSPACE, params![id, seq])
}

/// Reviews and their lines are kept as JSON.
fn rename_reviews(
    db: &Session<'_>,
    it: &Renaming<'_>,
    workspace: WorkspaceId,
    seq: u64,
) -> Result<(), StoreError> {
    const REVIEWS: &str = "SELECT id, row FROM reviews INDEXED BY reviews_by_change
        WHERE workspace = ?1 AND (instr(row, ?2) > 0 OR instr(row, ?3) > 0)";
    const LINES: &str = "SELECT review, membership, row
        FROM review_lines INDEXED BY review_lines_by_change
        WHERE workspace = ?1 AND (instr(row, ?2) > 0 OR instr(row, ?3) > 0)";
    const PUT_REVIEW: &str = "UPDATE reviews SET row = ?2, seq = ?3 WHERE id = ?1";
    const PUT_LINE: &str = "UPDATE review_lines SET row = ?3, seq = ?4
        WHERE review = ?1 AND membership = ?2";
    let named = row::to_json(&it.was);
    let params = params![workspace.to_bytes(), it.login.to_string(), named];
    let reviews = db
        .many(REVIEWS, params, |row| Ok((row.get::<_, [u8; 16]>("id")?, row::json(row, "row")?)))?;
    for (id, review) in reviews {
        if let Entity::Review(review) = it.within(db, Entity::Review(review))? {
            let params = params![id, row::to_json(&review), row::int(seq)];
            db.write_one("reviews", PUT_REVIEW, params)?;
        }
    }
    let lines = db.many(LINES, params, |row| {
        let key = (row.get::<_, [u8; 16]>("review")?, row.get::<_, [u8; 16]>("membership")?);
        Ok((key, row::json(row, "row")?))
    })?;
    for ((review, membership), line) in lines {
        if let Entity::ReviewLine(line) = it.within(db, Entity::ReviewLine(line))? {
            let params = params![review, membership, row::to_json(&line), row::int(seq)];
            db.write_one("review_lines", PUT_LINE, params)?;
        }
    }
    Ok(())
}

/// The same for what an account holds besides its workspaces.
pub(super) fn rename_in_account(
    db: &Session<'_>,
    it: &Renaming<'_>,
    account: AccountId,
    seq: u64,
) -> Result<(), StoreError> {
    const NAME: &str = "UPDATE account_admins SET name = ?3, seq = ?4
        WHERE account = ?1 AND login = ?2";
    const ADDRESS: &str = "UPDATE account_admins SET address = ?3
        WHERE account = ?1 AND login = ?2";
    static BY_NAME: LazyLock<[String; 2]> = LazyLock::new(|| {
        let (given, asked) = (
            theirs("account_admins.login", Deed::Appointed, "since"),
            theirs("accounts.id", Deed::Deletion, "deletion_at"),
        );
        [
            format!(
                "UPDATE account_admins SET given_by = ?4, seq = ?5
                 WHERE account = ?1 AND given_by = ?3 AND {given}"
            ),
            format!(
                "UPDATE accounts SET deletion_by = ?4, seq = ?5
                 WHERE id = ?1 AND deletion_by = ?3 AND {asked}"
            ),
        ]
    });
    const GROUPS: &str = "SELECT id, account, name, covers, roles, people, deleted, seq
        FROM workspace_groups WHERE account = ?1 AND instr(people, ?2) > 0";
    const PUT_GROUP: &str = "UPDATE workspace_groups SET people = ?2, seq = ?3 WHERE id = ?1";
    let (id, login, seq) = (account.to_bytes(), it.login.to_bytes(), row::int(seq));
    db.write_some(NAME, params![id, login, it.name, seq])?;
    if let Some(address) = it.address {
        db.write_some(ADDRESS, params![id, login, address.as_str()])?;
    }
    if it.was != it.name {
        for sql in BY_NAME.iter() {
            db.write_some(sql, params![id, login, it.was, it.name, seq])?;
        }
    }
    for group in db.many(GROUPS, params![id, it.login.to_string()], row::group)? {
        if let Entity::Group(group) = it.within(db, Entity::Group(group))? {
            let params = params![group.id.to_bytes(), row::to_json(&group.people), seq];
            db.write_one("workspace_groups", PUT_GROUP, params)?;
        }
    }
    Ok(())
}

impl Renaming<'_> {
    /// A row with the new name in place of the old one.
    fn within(&self, db: &Session<'_>, mut entity: Entity) -> Result<Entity, StoreError> {
        let (of, mut failed) = (ActOf::of(&entity), None);
        let mut is_theirs = |act| match acts::get(db, of, act) {
            Ok(who) => who.is_none_or(|who| who == self.login),
            Err(error) => {
                failed = Some(error);
                false
            }
        };
        let own = match &entity {
            Entity::ReviewLine(line) => Some(line.login),
            Entity::Account(_)
            | Entity::AccountAdmin(_)
            | Entity::Workspace(_)
            | Entity::Membership(_)
            | Entity::Invitation(_)
            | Entity::Role(_)
            | Entity::Content(_)
            | Entity::Group(_)
            | Entity::Review(_) => None,
        };
        entity.mentions(&mut |mention| match mention {
            Mention::MemberName(_, name) if own == Some(self.login) => self.put(name),
            Mention::MemberAddress(_, at) if own == Some(self.login) => self.put_address(at),
            Mention::LoginName(id, name) if id == self.login => self.put(name),
            Mention::LoginAddress(id, at) if id == self.login => self.put_address(at),
            Mention::By(act, name) if name == self.was && is_theirs(act) => self.put(name),
            Mention::MemberName(..)
            | Mention::MemberAddress(..)
            | Mention::LoginName(..)
            | Mention::LoginAddress(..)
            | Mention::InvitedAddress(..)
            | Mention::InvitedName(..)
            | Mention::By(..) => {}
        });
        failed.map_or(Ok(entity), Err)
    }

    fn put(&self, name: &mut String) {
        name.clear();
        name.push_str(self.name);
    }

    fn put_address(&self, address: &mut Address) {
        if let Some(to) = self.address {
            address.clone_from(to);
        }
    }
}
