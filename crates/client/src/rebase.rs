//! Changes of one thing one after another: each is made over what the one before it leaves.
//!
//! A command carries what it was made over (E-42). In a plan that changes one field twice, the
//! second would otherwise be made over what the copy shows now and meet the first as a conflict.

use std::collections::HashMap;

use muster_domain::{Command, Decision, End, Labels, MembershipId, RoleSet, WorkspaceId};

use crate::draft::Draft;
use crate::verdict::Bench;
use crate::view::Failure;

/// A field that a command changes over a value.
#[derive(PartialEq, Eq, Hash)]
pub(crate) enum Field {
    Roles(MembershipId),
    End(MembershipId),
    MemberLabels(MembershipId),
    Note(MembershipId),
    Name(WorkspaceId),
    Labels(WorkspaceId),
}

/// What a field holds.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Roles(RoleSet),
    End(Option<End>),
    Labels(Labels),
    Text(String),
}

/// What becomes of the drafts one after another, each made over those before it that are
/// accepted.
pub(crate) fn rehearse<'d>(
    bench: &Bench<'_>,
    drafts: impl Iterator<Item = &'d mut Draft>,
) -> Result<Vec<Decision>, Failure> {
    let mut drafts: Vec<&mut Draft> = drafts.collect();
    loop {
        let commands: Vec<Command> = drafts.iter().map(|it| it.command.clone()).collect();
        let decisions = bench.cache.rehearse(&commands, bench.now)?;
        // Each round settles at least the first line that was not yet right.
        if !rebase(&mut drafts, &decisions) {
            return Ok(decisions);
        }
    }
}

/// Makes each draft over what those before it leave; says whether that changed any.
fn rebase(drafts: &mut [&mut Draft], decisions: &[Decision]) -> bool {
    let mut held: HashMap<Field, Value> = HashMap::new();
    for (draft, decision) in drafts.iter_mut().zip(decisions) {
        let Some((field, was, next)) = change(&draft.command) else { continue };
        if let Some(value) = held.get(&field).filter(|value| **value != was) {
            set_was(&mut draft.command, value.clone());
            // What those behind it meet is known when this one has been decided again.
            return true;
        }
        if matches!(decision, Decision::Accept(_)) {
            held.insert(field, next);
        }
    }
    false
}

/// The field that a command changes, over what, and to what.
pub(crate) fn change(command: &Command) -> Option<(Field, Value, Value)> {
    Some(match command {
        Command::SetMemberRoles { membership, was, roles, .. } => {
            (Field::Roles(*membership), Value::Roles(*was), Value::Roles(*roles))
        }
        Command::SetMemberEnd { membership, was, end, .. } => {
            (Field::End(*membership), Value::End(*was), Value::End(*end))
        }
        Command::SetMemberLabels { membership, was, labels, .. } => (
            Field::MemberLabels(*membership),
            Value::Labels(was.clone()),
            Value::Labels(labels.clone()),
        ),
        Command::SetMemberNote { membership, was, note, .. } => {
            (Field::Note(*membership), Value::Text(was.clone()), Value::Text(note.clone()))
        }
        Command::RenameWorkspace { workspace, was, title } => {
            (Field::Name(*workspace), Value::Text(was.clone()), Value::Text(title.clone()))
        }
        Command::SetWorkspaceLabels { workspace, was, labels } => {
            (Field::Labels(*workspace), Value::Labels(was.clone()), Value::Labels(labels.clone()))
        }
        _ => return None,
    })
}

/// Makes a command over another value.
pub(crate) fn set_was(command: &mut Command, value: Value) {
    match (command, value) {
        (Command::SetMemberRoles { was, .. }, Value::Roles(value)) => *was = value,
        (Command::SetMemberEnd { was, .. }, Value::End(value)) => *was = value,
        (
            Command::SetMemberLabels { was, .. } | Command::SetWorkspaceLabels { was, .. },
            Value::Labels(value),
        ) => *was = value,
        (
            Command::SetMemberNote { was, .. } | Command::RenameWorkspace { was, .. },
            Value::Text(value),
        ) => *was = value,
        (_, _) => {}
    }
}
