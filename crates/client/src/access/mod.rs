//! Who has access to a workspace, as plain text (issue 5): the same access is always the same
//! bytes, so that two texts can be compared with any tool, kept with other papers, and applied
//! as a plan. `docs/access-text.md` has the grammar.
//!
//! A text is a wish and not a command: applying it makes a plan, which the rules judge line by
//! line. A text with anything in it that cannot be read makes no plan at all, because what is
//! not read would be taken for somebody who shall have no access.

mod apply;
mod collect;
mod fault;
mod moment;
mod parse;
mod write;

use std::fs;
use std::io::Write as _;

use muster_domain::{
    Address, MemberState, Permission, Role, RoleSet, SchemeId, Timestamp, WorkspaceId,
};

use crate::app::App;
use crate::export::{cannot, place};
use crate::verdict::Bench;
use crate::view::{AccessAnswer, AccessText, Failure, FailureCode};

pub(crate) use apply::answer;
pub(crate) use collect::collect;
#[cfg(test)]
pub(crate) use parse::parse;
pub(crate) use write::write;

/// Up to how many bytes a text is shown in the window.
const SHOWN: usize = 256 * 1_024;

/// How many bytes a text has at most that is applied.
const MOST: usize = 32 * 1_024 * 1_024;

/// Who has access to a workspace, in words that stand for themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    pub workspace: WorkspaceId,
    pub name: String,
    pub scheme: SchemeId,
    pub roles: Vec<OwnRoleLine>,
    pub groups: Vec<GroupLine>,
    pub admins: Vec<AdminLine>,
    pub people: Vec<PersonLine>,
    pub invitations: Vec<InvitationLine>,
}

/// A role of the workspace's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnRoleLine {
    pub name: String,
    pub permissions: Vec<Permission>,
}

/// A group of the account that covers the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GroupLine {
    pub name: String,
    pub roles: Vec<RoleWord>,
}

/// An Account Admin with reach (R9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AdminLine {
    pub address: Address,
    pub name: String,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PersonLine {
    pub address: Address,
    pub name: String,
    pub roles: Vec<RoleWord>,
    pub is_suspended: bool,
    pub until: Option<Until>,
    pub group: Option<String>,
    /// The line of the text; 0 for one that was not read from a text.
    pub line: u32,
}

/// An open invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InvitationLine {
    pub address: Address,
    pub name: String,
    pub roles: Vec<RoleWord>,
    /// The line of the text; 0 for one that was not read from a text.
    pub line: u32,
}

/// When a membership ends, and what is left then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Until {
    pub at: Timestamp,
    pub then: Option<Vec<RoleWord>>,
}

/// A role as a text names it: built-in ones by key, the workspace's own by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RoleWord {
    BuiltIn(Role),
    Own(String),
}

impl PersonLine {
    pub(crate) const fn state(&self) -> MemberState {
        if self.is_suspended { MemberState::Suspended } else { MemberState::Active }
    }
}

/// Words of a set of roles, in the order of the roles.
pub(crate) fn words(roles: RoleSet, own: &[muster_domain::OwnRole]) -> Vec<RoleWord> {
    let mut named: Vec<RoleWord> = roles
        .iter_own()
        .filter_map(|slot| own.iter().find(|it| it.slot == slot))
        .map(|it| RoleWord::Own(it.name.clone()))
        .collect();
    named.sort();
    roles.iter().map(RoleWord::BuiltIn).chain(named).collect()
}

impl App {
    /// Who has access to a workspace, as text.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn access_text(&self, workspace: WorkspaceId) -> Result<AccessText, Failure> {
        self.with_bench(move |bench| shown(bench, workspace)).await
    }

    /// Writes who has access into a file of a new folder; answers the folder.
    ///
    /// # Errors
    /// [`FailureCode::CannotWrite`] when the file cannot be written.
    pub async fn export_access(&self, workspace: WorkspaceId) -> Result<String, Failure> {
        let dir = self.dir().to_owned();
        self.with_bench(move |bench| {
            let below = place::downloads().unwrap_or_else(|| dir.join("exports"));
            export(bench, workspace, &below)
        })
        .await
    }

    /// What it takes to have access as a text says, or what in it cannot be read.
    ///
    /// # Errors
    /// [`FailureCode::FileTooLarge`] over 32 MB; [`FailureCode::NotFound`] for a workspace that
    /// is not there.
    pub async fn access_plan(
        &self,
        workspace: WorkspaceId,
        text: String,
    ) -> Result<AccessAnswer, Failure> {
        if text.len() > MOST {
            return Err(Failure::new(FailureCode::FileTooLarge));
        }
        self.with_bench(move |bench| answer(bench, workspace, &text)).await
    }
}

/// Who has access, as the window shows it.
pub(crate) fn shown(bench: &Bench<'_>, workspace: WorkspaceId) -> Result<AccessText, Failure> {
    let (access, complete) = collect(bench, workspace)?;
    let people = u32::try_from(access.people.len()).unwrap_or(u32::MAX);
    let text = Some(write(&access)).filter(|it| it.len() <= SHOWN);
    Ok(AccessText { text, people, complete })
}

/// Writes the text into a new folder below this one; answers the folder.
pub(crate) fn export(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    below: &std::path::Path,
) -> Result<String, Failure> {
    let (access, _) = collect(bench, workspace)?;
    let folder = place::fresh(below, &access.name, bench.now).map_err(|it| cannot(&it))?;
    let made = fs::File::create_new(folder.join("access.txt"));
    let mut file = made.map_err(|it| cannot(&it))?;
    file.write_all(write(&access).as_bytes()).map_err(|it| cannot(&it))?;
    file.sync_all().map_err(|it| cannot(&it))?;
    Ok(folder.to_string_lossy().into_owned())
}
