//! The tables of an export.

use std::path::Path;

use muster_cache::{ContentWindowQuery, MemberStatus, MemberWindowQuery, WorkspaceEntry};
use muster_domain::{Account, ContentKind, Labels, Membership, OwnRole, RoleSet, Timestamp};

use super::{Sheet, moment};
use crate::accounts::places;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode};

/// How many rows are read at a time.
const BATCH: u32 = 1_024;

/// Writes every table into the folder.
pub(super) fn write(bench: &Bench<'_>, account: &Account, folder: &Path) -> Result<(), Failure> {
    let places = places(bench, account.id)?;
    the_account(account, folder)?;
    admins(bench, account, folder)?;
    workspaces(&places, folder)?;
    members(bench, &places, folder)?;
    invitations(bench, &places, folder)?;
    roles(bench, &places, folder)?;
    groups(bench, account, folder)?;
    contents(bench, &places, folder)
}

fn when(at: Option<Timestamp>) -> String {
    at.map(moment).unwrap_or_default()
}

fn labelled(labels: &Labels) -> String {
    labels.iter().collect::<Vec<_>>().join("; ")
}

/// Roles by their keys, a workspace's own by name.
fn named(roles: RoleSet, own: &[OwnRole]) -> String {
    let built_in = roles.iter().map(|role| role.key().to_owned());
    let own = own.iter().filter(|role| roles.has_own(role.slot)).map(|role| role.name.clone());
    built_in.chain(own).collect::<Vec<_>>().join("; ")
}

fn the_account(account: &Account, folder: &Path) -> Result<(), Failure> {
    let heads = [
        "name",
        "scheme",
        "invitation days",
        "lease days",
        "reason required",
        "review days",
        "second admin",
    ];
    let mut sheet = Sheet::begin(folder, "account.csv", &heads)?;
    sheet.row([
        account.name.clone(),
        account.scheme.key().to_owned(),
        account.invitation_days.to_string(),
        account.lease_days.to_string(),
        account.reason_required.to_string(),
        account.review_days.to_string(),
        account.second_admin.to_string(),
    ])?;
    sheet.end()
}

fn admins(bench: &Bench<'_>, account: &Account, folder: &Path) -> Result<(), Failure> {
    let mut sheet = Sheet::begin(folder, "admins.csv", &["name", "address", "since", "by"])?;
    for admin in bench.cache.admins(account.id)?.into_iter().filter(|it| it.active) {
        let by = admin.by.unwrap_or_default();
        sheet.row([admin.name, admin.address.to_string(), moment(admin.since), by])?;
    }
    sheet.end()
}

fn workspaces(places: &[WorkspaceEntry], folder: &Path) -> Result<(), Failure> {
    let heads = ["name", "kind", "plan", "plan ended", "labels", "created", "people", "owners"];
    let mut sheet = Sheet::begin(folder, "workspaces.csv", &heads)?;
    for entry in places {
        let it = &entry.workspace;
        let number = |number: Option<u32>| number.map(|it| it.to_string()).unwrap_or_default();
        sheet.row([
            it.name.clone(),
            match it.kind {
                muster_domain::WorkspaceKind::Personal => "personal".to_owned(),
                muster_domain::WorkspaceKind::Standard => "standard".to_owned(),
            },
            it.plan.key().to_owned(),
            when(it.plan_ended),
            labelled(&it.labels),
            moment(it.created),
            number(entry.people),
            number(entry.owners),
        ])?;
    }
    sheet.end()
}

fn members(bench: &Bench<'_>, places: &[WorkspaceEntry], folder: &Path) -> Result<(), Failure> {
    let heads = [
        "workspace",
        "name",
        "address",
        "roles",
        "state",
        "joined",
        "given by",
        "given at",
        "ends",
        "ended",
        "ended by",
        "labels",
        "note",
    ];
    let mut sheet = Sheet::begin(folder, "members.csv", &heads)?;
    for entry in places {
        let own = bench.own_roles(entry.workspace.id)?;
        for status in [MemberStatus::Present, MemberStatus::Former] {
            let first = MemberWindowQuery::of(entry.workspace.id, BATCH);
            let mut query = MemberWindowQuery { status, ..first };
            loop {
                let rows = bench.cache.members(&query)?.rows;
                let is_last = rows.len() < BATCH as usize;
                for row in rows {
                    let it = row.member.at(bench.now);
                    sheet.row(member(&entry.workspace.name, it, &own))?;
                }
                if is_last {
                    break;
                }
                query.offset += BATCH;
            }
        }
    }
    sheet.end()
}

fn member(workspace: &str, it: Membership, own: &[OwnRole]) -> [String; 13] {
    let roles = named(it.roles, own);
    [
        workspace.to_owned(),
        it.name,
        it.address.to_string(),
        roles,
        it.state.key().to_owned(),
        moment(it.joined),
        it.given_by.unwrap_or_default(),
        when(it.given_at),
        when(it.until.map(|end| end.at)),
        when(it.ended.as_ref().map(|end| end.at)),
        it.ended.map(|end| end.by).unwrap_or_default(),
        labelled(&it.labels),
        it.note,
    ]
}

fn invitations(bench: &Bench<'_>, places: &[WorkspaceEntry], folder: &Path) -> Result<(), Failure> {
    let heads = ["workspace", "address", "name", "roles", "invited by", "sent", "ends", "message"];
    let mut sheet = Sheet::begin(folder, "invitations.csv", &heads)?;
    for entry in places {
        let own = bench.own_roles(entry.workspace.id)?;
        for it in bench.cache.invitations(entry.workspace.id, 0, u32::MAX)?.1 {
            let roles = named(it.roles, &own);
            sheet.row([
                entry.workspace.name.clone(),
                it.address.to_string(),
                it.name.unwrap_or_default(),
                roles,
                it.inviter_name,
                moment(it.sent),
                moment(it.expires),
                it.message.unwrap_or_default(),
            ])?;
        }
    }
    sheet.end()
}

fn roles(bench: &Bench<'_>, places: &[WorkspaceEntry], folder: &Path) -> Result<(), Failure> {
    let mut sheet = Sheet::begin(folder, "roles.csv", &["workspace", "name", "permissions"])?;
    for entry in places {
        for role in bench.own_roles(entry.workspace.id)? {
            let gives: Vec<&str> = role.permissions.iter().map(|it| it.key()).collect();
            sheet.row([entry.workspace.name.clone(), role.name, gives.join("; ")])?;
        }
    }
    sheet.end()
}

fn groups(bench: &Bench<'_>, account: &Account, folder: &Path) -> Result<(), Failure> {
    let mut sheet = Sheet::begin(folder, "groups.csv", &["group", "roles", "person", "address"])?;
    for group in bench.cache.groups(account.id)? {
        let roles = named(group.roles, &[]);
        for person in group.people {
            let address = person.address.to_string();
            sheet.row([group.name.clone(), roles.clone(), person.name, address])?;
        }
    }
    sheet.end()
}

fn contents(bench: &Bench<'_>, places: &[WorkspaceEntry], folder: &Path) -> Result<(), Failure> {
    let heads =
        ["workspace", "kind", "name", "created by", "created", "updated by", "updated", "body"];
    let mut sheet = Sheet::begin(folder, "contents.csv", &heads)?;
    for entry in places {
        for kind in ContentKind::ALL.iter().copied() {
            let mut query = ContentWindowQuery::of(entry.workspace.id, kind, BATCH);
            loop {
                let rows = bench.cache.contents(&query)?.rows;
                let is_last = rows.len() < BATCH as usize;
                for it in rows.into_iter().map(|row| row.content) {
                    let body = serde_json::to_string(&it.body)
                        .map_err(|it| Failure::caused(FailureCode::CannotWrite, &it))?;
                    sheet.row([
                        entry.workspace.name.clone(),
                        kind.key().to_owned(),
                        it.name,
                        it.creator_name,
                        moment(it.created),
                        it.updated_by,
                        moment(it.updated),
                        body,
                    ])?;
                }
                if is_last {
                    break;
                }
                query.offset += BATCH;
            }
        }
    }
    sheet.end()
}
