//! What an account has besides its workspaces: bin, offers, groups; and what a person is
//! invited to.

use std::sync::LazyLock;

use muster_domain::{AccountId, Address, Group, Invitation, Timestamp, Workspace};
use rusqlite::params;

use super::{Session, StoreError, row};

static BIN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM workspaces WHERE account = ?1 AND status = 'trashed' ORDER BY id",
        row::WORKSPACE
    )
});
static OFFERED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM workspaces WHERE offer_to = ?1 AND status = 'active' ORDER BY id",
        row::WORKSPACE
    )
});
static INBOX: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {} FROM invitations WHERE address = ?1 AND state = 'open' AND expires > ?2
         ORDER BY id",
        row::INVITATION
    )
});

pub(super) fn bin(db: &Session<'_>, account: AccountId) -> Result<Vec<Workspace>, StoreError> {
    db.many(&BIN, [account.to_bytes()], row::workspace)
}

pub(super) fn offered(
    db: &Session<'_>,
    account: AccountId,
) -> Result<Vec<(Workspace, u32)>, StoreError> {
    db.many(&OFFERED, [account.to_bytes()], |row| Ok((row::workspace(row)?, row.get("present")?)))
}

pub(super) fn inbox(
    db: &Session<'_>,
    address: &Address,
    now: Timestamp,
) -> Result<Vec<Invitation>, StoreError> {
    db.many(&INBOX, params![address.as_str(), now.0], row::invitation)
}

pub(super) fn put_group(db: &Session<'_>, group: &Group, seq: u64) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO workspace_groups
            (id, account, name, covers, roles, people, deleted, seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, covers = excluded.covers,
            roles = excluded.roles, people = excluded.people, deleted = excluded.deleted,
            seq = excluded.seq";
    let params = params![
        group.id.to_bytes(),
        group.account.to_bytes(),
        group.name,
        row::to_json(&group.covers),
        group.roles.to_bits(),
        row::to_json(&group.people),
        group.deleted,
        row::int(seq)
    ];
    db.write_one("workspace_groups", SQL, params)
}
