//! Intents about what is inside a workspace: its own roles and its records.

use muster_domain::{Command, ContentId, OwnRole, RoleId, WorkspaceId};

use super::{Draft, in_workspace, misplaced};
use crate::contents;
use crate::random;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Intent};

pub(super) fn draft(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::DefineRole { workspace, name, permissions } => {
            let role = RoleId::from_bytes(random::id()?);
            let title = name.clone();
            let command = Command::DefineRole { workspace, role, title, permissions };
            let draft = named(bench, workspace, name, command)?;
            Ok(Draft { created: Some(role.to_string()), ..draft })
        }
        Intent::ChangeRole { workspace, role, name, permissions } => {
            let found = own_role(bench, workspace, role)?;
            let was = found.permissions;
            let command = Command::ChangeRole { workspace, role, was, title: name, permissions };
            named(bench, workspace, found.name, command)
        }
        Intent::DeleteRole { workspace, role, holders, others } => {
            let found = own_role(bench, workspace, role)?;
            let command = Command::DeleteRole { workspace, role, holders, others };
            named(bench, workspace, found.name, command)
        }
        Intent::CreateContent { workspace, name, body } => {
            let content = ContentId::from_bytes(random::id()?);
            let title = name.clone();
            let command = Command::CreateContent { workspace, content, title, body };
            let draft = named(bench, workspace, name, command)?;
            Ok(Draft { created: Some(content.to_string()), ..draft })
        }
        Intent::ChangeContent { workspace, content, version, name, body } => {
            let found = contents::find(bench, workspace, content)?.content;
            let command = Command::ChangeContent { workspace, content, version, title: name, body };
            named(bench, workspace, found.name, command)
        }
        Intent::DeleteContent { workspace, content } => {
            let found = contents::find(bench, workspace, content)?.content;
            named(bench, workspace, found.name, Command::DeleteContent { workspace, content })
        }
        _ => Err(misplaced()),
    }
}

fn named(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    name: String,
    command: Command,
) -> Result<Draft, Failure> {
    Ok(Draft::plain(command, in_workspace(bench, workspace, None, Some(name))?))
}

fn own_role(bench: &Bench<'_>, workspace: WorkspaceId, id: RoleId) -> Result<OwnRole, Failure> {
    let found = bench.own_roles(workspace)?.into_iter().find(|it| it.id == id);
    found.ok_or_else(|| Failure::new(FailureCode::NotFound))
}
