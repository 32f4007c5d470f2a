//! From an intent to a command: what the person asks for, over the state that they looked at.
//!
//! What the copy shows is what a change is based on (E-42), so every `was` comes from it, with
//! unsent changes in place.

mod account;
mod content;
pub(crate) mod review;
mod workspace;

use muster_cache::{Label, MemberEntry, PlanPlace};
use muster_domain::{
    Address, Command, InvitationId, Lookup as _, Membership, MembershipId, WorkspaceId,
};

use crate::members::find;
use crate::random;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Intent};

/// A command with what is shown of it, and the id of what it creates.
pub(crate) struct Draft {
    pub command: Command,
    pub label: Label,
    pub created: Option<String>,
    /// The line of a kept plan that it is made for.
    pub line: Option<PlanPlace>,
}

impl Draft {
    /// Nothing is created.
    pub(crate) fn plain(command: Command, label: Label) -> Self {
        Self { command, label, created: None, line: None }
    }
}

/// The command of an intent, with the state that it is based on.
pub(crate) fn draft(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::CreateWorkspace { .. }
        | Intent::RenameWorkspace { .. }
        | Intent::LabelWorkspace { .. }
        | Intent::PaintWorkspace { .. }
        | Intent::SetPlan { .. }
        | Intent::EndPlan { .. }
        | Intent::DeleteWorkspace { .. }
        | Intent::RestoreWorkspace { .. }
        | Intent::LeaveWorkspace { .. }
        | Intent::OfferWorkspace { .. }
        | Intent::EndOffer { .. }
        | Intent::AcceptOffer { .. } => workspace::draft(bench, intent),
        Intent::SetRoles { .. }
        | Intent::SetEnd { .. }
        | Intent::LabelMember { .. }
        | Intent::NoteMember { .. }
        | Intent::Suspend { .. }
        | Intent::Resume { .. }
        | Intent::Remove { .. }
        | Intent::Invite { .. }
        | Intent::AddMember { .. } => member(bench, intent),
        Intent::Resend { .. }
        | Intent::Revoke { .. }
        | Intent::SetInvitationRoles { .. }
        | Intent::ConfirmInvitation { .. } => invitation(bench, intent),
        Intent::DefineRole { .. }
        | Intent::ChangeRole { .. }
        | Intent::DeleteRole { .. }
        | Intent::CreateContent { .. }
        | Intent::ChangeContent { .. }
        | Intent::DeleteContent { .. } => content::draft(bench, intent),
        Intent::RenameAccount { .. }
        | Intent::SetPolicy { .. }
        | Intent::AddAdmin { .. }
        | Intent::RemoveAdmin { .. }
        | Intent::LeaveAccount { .. }
        | Intent::DeleteAccount { .. }
        | Intent::ScheduleDeletion { .. }
        | Intent::ConfirmDeletion { .. }
        | Intent::WithdrawDeletion { .. }
        | Intent::SetScheme { .. }
        | Intent::CreateGroup { .. }
        | Intent::ChangeGroup { .. }
        | Intent::DeleteGroup { .. }
        | Intent::AddGroupPerson { .. }
        | Intent::RemoveGroupPerson { .. } => account::draft(bench, intent),
        Intent::SetReviewers { .. } | Intent::DecideReview { .. } | Intent::CloseReview { .. } => {
            review::draft(bench, intent)
        }
    }
}

/// The name of a workspace as it stands with unsent changes.
pub(crate) fn name_of(bench: &Bench<'_>, workspace: WorkspaceId) -> Result<String, Failure> {
    Ok(bench.place(workspace)?.workspace.name)
}

/// What is shown of a change in a workspace.
pub(crate) fn in_workspace(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    person: Option<String>,
    object: Option<String>,
) -> Result<Label, Failure> {
    Ok(Label { workspace_name: name_of(bench, workspace)?, person, object })
}

/// A text that somebody typed or left empty.
pub(crate) fn given(text: Option<String>) -> Option<String> {
    text.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty())
}

/// A defect of the window: the intent went to the wrong place.
fn misplaced() -> Failure {
    Failure::new(FailureCode::BadRequest)
}

fn member(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::SetRoles { workspace, member, roles, reason } => {
            about(bench, workspace, member, |membership, it| Command::SetMemberRoles {
                workspace,
                membership,
                was: it.roles,
                roles,
                reason: given(reason),
            })
        }
        Intent::SetEnd { workspace, member, end } => {
            about(bench, workspace, member, |membership, it| Command::SetMemberEnd {
                workspace,
                membership,
                was: it.until,
                end,
            })
        }
        Intent::LabelMember { workspace, member, labels } => {
            about(bench, workspace, member, |membership, it| Command::SetMemberLabels {
                workspace,
                membership,
                was: it.labels.clone(),
                labels,
            })
        }
        Intent::NoteMember { workspace, member, note } => {
            about(bench, workspace, member, |membership, it| Command::SetMemberNote {
                workspace,
                membership,
                was: it.note.clone(),
                note,
            })
        }
        Intent::Suspend { workspace, member, reason } => {
            about(bench, workspace, member, |membership, _| Command::SuspendMember {
                workspace,
                membership,
                reason: given(reason),
            })
        }
        Intent::Resume { workspace, member } => about(bench, workspace, member, |membership, _| {
            Command::ResumeMember { workspace, membership }
        }),
        Intent::Remove { workspace, member, reason } => {
            about(bench, workspace, member, |membership, _| Command::RemoveMember {
                workspace,
                membership,
                reason: given(reason),
            })
        }
        Intent::Invite { workspace, address, name, roles } => {
            let address = Address::parse(&address)
                .map_err(|it| Failure::caused(FailureCode::BadAddress, &it))?;
            let label = in_workspace(bench, workspace, Some(address.to_string()), None)?;
            let invitation = InvitationId::from_bytes(random::id()?);
            let command = Command::CreateInvitation {
                workspace,
                invitation,
                address,
                person: given(name),
                roles,
                message: None,
            };
            Ok(Draft { created: Some(invitation.to_string()), ..Draft::plain(command, label) })
        }
        Intent::AddMember { workspace, person, roles } => {
            let name = person_of(bench, person)?.member.name;
            let membership = MembershipId::from_bytes(random::id()?);
            let command = Command::AddMember { workspace, membership, person, roles };
            let label = in_workspace(bench, workspace, Some(name), None)?;
            Ok(Draft { created: Some(membership.to_string()), ..Draft::plain(command, label) })
        }
        _ => Err(misplaced()),
    }
}

fn about(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    member: MembershipId,
    command: impl FnOnce(MembershipId, &Membership) -> Command,
) -> Result<Draft, Failure> {
    let found = find(bench, workspace, member)?.member.at(bench.now);
    let label = in_workspace(bench, workspace, Some(found.name.clone()), None)?;
    Ok(Draft::plain(command(member, &found), label))
}

/// The membership that stands for a person of an account.
pub(crate) fn person_of(bench: &Bench<'_>, person: MembershipId) -> Result<MemberEntry, Failure> {
    bench.cache.member(person)?.ok_or_else(|| Failure::new(FailureCode::NotFound))
}

fn invitation(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    let (workspace, invitation, command) = match intent {
        Intent::Resend { workspace, invitation } => {
            (workspace, invitation, Command::ResendInvitation { workspace, invitation })
        }
        Intent::Revoke { workspace, invitation } => {
            (workspace, invitation, Command::RevokeInvitation { workspace, invitation })
        }
        Intent::SetInvitationRoles { workspace, invitation, roles } => {
            let command = Command::SetInvitationRoles { workspace, invitation, roles };
            (workspace, invitation, command)
        }
        Intent::ConfirmInvitation { workspace, invitation } => {
            (workspace, invitation, Command::ConfirmInvitation { workspace, invitation })
        }
        _ => return Err(misplaced()),
    };
    let address = invited(bench, workspace, invitation)?;
    Ok(Draft::plain(command, in_workspace(bench, workspace, Some(address), None)?))
}

fn invited(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    invitation: InvitationId,
) -> Result<String, Failure> {
    let found = bench.cache.read(|mirror| mirror.invitation(invitation))?;
    found
        .filter(|it| it.workspace == workspace)
        .map(|it| it.address.to_string())
        .ok_or_else(|| Failure::new(FailureCode::NotFound))
}
