//! What must hold: stated a second time, over files and frames, apart from the code that keeps
//! it.

use std::collections::BTreeMap;

use muster_cache::Applied;
use muster_domain::{
    AdminReach, ContentKind, Known, Login, MemberState, OwnRoles, Permission, PermissionSet, Row,
    Timestamp, WorkspaceId,
};
use muster_protocol::Say;
use muster_server::store::Snapshot;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::device::Device;
use crate::server::{Server, read};

/// Every table with its rows as text, in order.
pub type Contents = BTreeMap<String, Vec<String>>;

/// R10 on the wire: no row leaves the server for somebody who may not see it.
pub fn nothing_hidden(server: &Server, login: &Login, says: &[Say]) {
    let store = read(server.app().store.read());
    let now = server.time();
    let mut rights: BTreeMap<WorkspaceId, PermissionSet> = BTreeMap::new();
    for say in says {
        let rows = match say {
            Say::Rows { rows } | Say::Chunk { rows, .. } => rows,
            _ => continue,
        };
        for stamped in rows {
            let Some((workspace, needed)) = needs(&stamped.row, login) else { continue };
            let rights = rights
                .entry(workspace)
                .or_insert_with(|| rights_in(&*store, login, workspace, now));
            let may = !rights.is_empty() && needed.is_none_or(|it| rights.has(it));
            assert!(may, "{} is sent {:?} with {rights:?}", login.name, stamped.row);
        }
    }
}

/// The workspace of a row and the permission to see it, if it takes more than being there.
fn needs(row: &Row, login: &Login) -> Option<(WorkspaceId, Option<Permission>)> {
    Some(match row {
        Row::Workspace(it) => (it.id, None),
        Row::Role(it) => (it.workspace, None),
        Row::Membership(it) if it.login == login.id => (it.workspace, None),
        Row::Membership(it) => (it.workspace, Some(Permission::MemberView)),
        Row::Invitation(it) => (it.workspace, Some(Permission::MemberManage)),
        Row::Content(it) => {
            let permission = match it.body.kind() {
                ContentKind::Knowledge => Permission::KnowledgeView,
                ContentKind::Conversation => Permission::ConversationView,
                ContentKind::Lead => Permission::LeadView,
                _ => Permission::AgentView,
            };
            (it.workspace, Some(permission))
        }
        _ => return None,
    })
}

fn rights_in(
    store: &dyn Snapshot,
    login: &Login,
    workspace: WorkspaceId,
    now: Timestamp,
) -> PermissionSet {
    let Some(row) = read(store.workspace(workspace)) else { return PermissionSet::NONE };
    let Some(account) = read(store.account(row.account)) else { return PermissionSet::NONE };
    let reaches = account.rules().account_admin_reach == AdminReach::All;
    if reaches && read(store.is_account_admin(account.id, login.id)) == Known::Known(true) {
        return PermissionSet::ALL;
    }
    let Some(member) = read(store.present_membership(workspace, login.id)) else {
        return PermissionSet::NONE;
    };
    let roles = match member.until {
        Some(end) if end.at <= now => end.roles,
        Some(_) | None => Some(member.roles),
    };
    let (MemberState::Active, Some(roles)) = (member.state, roles) else {
        return PermissionSet::NONE;
    };
    let own = read(store.own_roles(workspace));
    let own = own.iter().filter(|it| !it.deleted);
    let own = own.fold(OwnRoles::NONE, |own, it| own.with(it.slot, it.permissions));
    roles.permissions(&own)
}

/// What must hold after every applied answer.
pub fn after_an_answer(device: &mut Device, applied: &Applied) {
    if device.is_damaged {
        // Until the app comes upon the spoilt page, nobody can read it.
        return;
    }
    whole(device);
    if !applied.left.is_empty() {
        assert_eq!(device.disk.mirror_log(), 0, "what was erased lives on in the log");
    }
    let (epoch, cursors) = cursors(device.probe());
    for (account, seq) in device.cursors.1.iter().filter(|_| epoch == device.cursors.0) {
        if let Some(now) = cursors.get(account) {
            assert!(now >= seq, "the cursor of {account} went back from {seq} to {now}");
        }
    }
    device.cursors = (epoch, cursors);
}

fn cursors(db: &Connection) -> (u64, BTreeMap<muster_domain::AccountId, u64>) {
    let epoch = "SELECT value FROM meta WHERE key = 'epoch'";
    let epoch: String = db.query_row(epoch, [], |row| row.get(0)).expect("an answer has one");
    let mut statement = db.prepare_cached("SELECT account, seq FROM cursors").expect("prepares");
    let rows = statement.query_map([], |row| {
        let seq: i64 = row.get(1)?;
        Ok((muster_domain::AccountId::from_bytes(row.get(0)?), seq.cast_unsigned()))
    });
    let cursors = rows.expect("reads").collect::<Result<_, _>>().expect("reads");
    (epoch.parse().expect("a number"), cursors)
}

/// No row outside the grants. What an unsent command creates here has none yet.
pub fn whole(device: &Device) {
    if device.is_damaged {
        return;
    }
    let mut statement = device.probe().prepare_cached(device.outside()).expect("prepares");
    let mut rows = statement.query([]).expect("reads");
    if let Some(row) = rows.next().expect("reads") {
        let table: String = row.get(0).expect("text");
        panic!("{} holds rows of `{table}` outside of the grants", device.login.name);
    }
}

/// The question for rows of any table that belong to a workspace without a grant. The bin and
/// offers come whole with every answer and show what cannot be entered. What belongs to an
/// account has no workspace, and without any grant "not in" would hold for it too.
pub fn outside(db: &Connection) -> String {
    let tables = "
        SELECT s.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c
        WHERE s.type = 'table' AND c.name = 'workspace'
            AND s.name NOT IN ('grants', 'shadow', 'bin', 'offers')";
    let mut statement = db.prepare(tables).expect("prepares");
    let names = statement.query_map([], |row| row.get::<_, String>(0)).expect("reads");
    let mut sql = "
        WITH inside AS (
            SELECT workspace FROM grants
            UNION SELECT id FROM shadow WHERE kind = 2 AND before IS NULL)
        SELECT 'workspaces' FROM workspaces WHERE id NOT IN inside"
        .to_owned();
    for name in names {
        let name = name.expect("reads");
        // A count of nothing says nothing.
        let counts = if name.ends_with("_counts") { " AND number != 0" } else { "" };
        sql += &format!(
            " UNION ALL SELECT '{name}' FROM {name}
             WHERE workspace IS NOT NULL AND workspace NOT IN inside{counts}"
        );
    }
    sql + " LIMIT 1"
}

/// Everything in a mirror that came from the server or lies over it.
pub fn contents(db: &Connection) -> Contents {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut statement = db.prepare_cached(names).expect("prepares");
    let names = statement.query_map([], |row| row.get::<_, String>(0)).expect("reads");
    let names: Vec<_> = names.collect::<Result<_, _>>().expect("reads");
    names.into_iter().map(|name| (name.clone(), table(db, &name))).collect()
}

fn table(db: &Connection, name: &str) -> Vec<String> {
    let mut statement = db.prepare_cached(&format!("SELECT * FROM {name}")).expect("prepares");
    let columns: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
    let mut rows = statement.query([]).expect("reads");
    let mut lines = Vec::new();
    while let Some(row) = rows.next().expect("reads") {
        let mut line = String::new();
        for (at, column) in columns.iter().enumerate() {
            let value = match row.get_ref(at).expect("a column") {
                ValueRef::Null => "-".to_owned(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Blob(bytes) => bytes.iter().map(|it| format!("{it:02x}")).collect(),
            };
            line.push_str(column);
            line.push('=');
            line.push_str(&value);
            line.push(' ');
        }
        lines.push(line);
    }
    lines.sort_unstable();
    lines
}

/// Compares two mirrors row by row.
pub fn same(left: &Contents, right: &Contents, why: &str) {
    for (name, rows) in left {
        let other = &right[name];
        if rows != other {
            let gone: Vec<_> = rows.iter().filter(|it| !other.contains(it)).collect();
            let come: Vec<_> = other.iter().filter(|it| !rows.contains(it)).collect();
            panic!("{why}: `{name}` lost {gone:#?} and gained {come:#?}");
        }
    }
}
