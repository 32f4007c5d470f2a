//! Workspace groups: people who hold the same roles in a set of workspaces (E-37).

use muster_domain::{AccountId, Decision, Event, Group, Row, WorkspaceId};

use crate::app::App;
use crate::draft::draft;
use crate::plan::{Before, line_of};
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, GroupPersonView, GroupPreview, GroupView, Intent};

/// How many memberships a preview lists.
const LINES: usize = 1_000;

impl App {
    /// The groups of an account by name.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn groups(&self, account: AccountId) -> Result<Vec<GroupView>, Failure> {
        self.with_bench(move |bench| groups(bench, account)).await
    }

    /// Which memberships a change of a group begins, changes and ends.
    ///
    /// # Errors
    /// [`FailureCode::BadRequest`] for an intent that is not about a group.
    pub async fn group_preview(&self, intent: Intent) -> Result<GroupPreview, Failure> {
        self.with_bench(move |bench| preview(bench, intent)).await
    }
}

/// The groups of an account.
pub(crate) fn groups(bench: &Bench<'_>, account: AccountId) -> Result<Vec<GroupView>, Failure> {
    let here: Vec<WorkspaceId> =
        crate::accounts::places(bench, account)?.into_iter().map(|it| it.workspace.id).collect();
    let view = |group: Group| GroupView {
        id: group.id,
        account: group.account,
        name: group.name,
        workspaces: u32::try_from(here.iter().filter(|id| group.covers.has(**id)).count())
            .unwrap_or(u32::MAX),
        covers: group.covers,
        roles: group.roles,
        people: group
            .people
            .into_iter()
            .map(|it| GroupPersonView {
                login: it.login,
                name: it.name,
                address: it.address.to_string(),
            })
            .collect(),
    };
    Ok(bench.cache.groups(account)?.into_iter().map(view).collect())
}

/// What a change of a group does, from the events that the rules predict.
pub(crate) fn preview(bench: &Bench<'_>, intent: Intent) -> Result<GroupPreview, Failure> {
    let is_group = matches!(
        intent,
        Intent::CreateGroup { .. }
            | Intent::ChangeGroup { .. }
            | Intent::DeleteGroup { .. }
            | Intent::AddGroupPerson { .. }
            | Intent::RemoveGroupPerson { .. }
    );
    if !is_group {
        return Err(Failure::new(FailureCode::BadRequest));
    }
    let command = draft(bench, intent)?.command;
    let decision = bench.cache.predict(&command, bench.now)?;
    let events = match &decision {
        Decision::Accept(events) => members(events),
        Decision::NoOp | Decision::Refuse(_) | Decision::Hide | Decision::Unknown => Vec::new(),
    };
    let mut before = Before::new(bench);
    let (mut lines, mut widening) = (Vec::new(), 0);
    for event in &events {
        let line = line_of(&mut before, event)?;
        widening += u32::from(!line.gains.is_empty());
        if lines.len() < LINES {
            lines.push(line);
        }
    }
    Ok(GroupPreview {
        lines,
        total: u32::try_from(events.len()).unwrap_or(u32::MAX),
        widening,
        verdict: bench.of_decision(&command, decision)?,
    })
}

fn members(events: &[Event]) -> Vec<Event> {
    let about_member = |event: &&Event| matches!(event.after, Row::Membership(_));
    events.iter().filter(about_member).cloned().collect()
}
