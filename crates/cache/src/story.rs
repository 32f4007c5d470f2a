//! What a command creates, what it takes for granted, and what is left of it when the workspace
//! it is about can no longer be seen.

use muster_domain::{Command, ContentBody, ContentId, Labels, MembershipId, WorkspaceId};

/// What a command creates, so that later commands can build on it.
pub(crate) fn creates(command: &Command) -> Option<[u8; 16]> {
    match command {
        Command::CreateWorkspace { workspace, .. } => Some(workspace.to_bytes()),
        Command::CreateInvitation { invitation, .. } => Some(invitation.to_bytes()),
        Command::AddMember { membership, .. } => Some(membership.to_bytes()),
        Command::DefineRole { role, .. } => Some(role.to_bytes()),
        Command::CreateContent { content, .. } => Some(content.to_bytes()),
        Command::CreateGroup { group, .. } => Some(group.to_bytes()),
        Command::StartReview { review, .. } => Some(review.to_bytes()),
        Command::HandOutReview { hand_out, .. } => Some(hand_out.to_bytes()),
        Command::RenameAccount { .. }
        | Command::SetPolicy { .. }
        | Command::AddAdmin { .. }
        | Command::RemoveAdmin { .. }
        | Command::LeaveAccount { .. }
        | Command::DeleteAccount { .. }
        | Command::ScheduleDeletion { .. }
        | Command::ConfirmDeletion { .. }
        | Command::WithdrawDeletion { .. }
        | Command::SetScheme { .. }
        | Command::RenameWorkspace { .. }
        | Command::SetWorkspaceLabels { .. }
        | Command::SetWorkspaceColour { .. }
        | Command::SetPlan { .. }
        | Command::EndPlan { .. }
        | Command::DeleteWorkspace { .. }
        | Command::RestoreWorkspace { .. }
        | Command::LeaveWorkspace { .. }
        | Command::OfferWorkspace { .. }
        | Command::EndOffer { .. }
        | Command::AcceptOffer { .. }
        | Command::SetMemberRoles { .. }
        | Command::SetMemberEnd { .. }
        | Command::SetMemberLabels { .. }
        | Command::SetMemberNote { .. }
        | Command::SuspendMember { .. }
        | Command::ResumeMember { .. }
        | Command::RemoveMember { .. }
        | Command::ResendInvitation { .. }
        | Command::SetInvitationRoles { .. }
        | Command::ConfirmInvitation { .. }
        | Command::RevokeInvitation { .. }
        | Command::ChangeRole { .. }
        | Command::DeleteRole { .. }
        | Command::ChangeContent { .. }
        | Command::DeleteContent { .. }
        | Command::ChangeGroup { .. }
        | Command::DeleteGroup { .. }
        | Command::AddGroupPerson { .. }
        | Command::RemoveGroupPerson { .. }
        | Command::SetReviewers { .. }
        | Command::DecideReview { .. }
        | Command::EnterReview { .. }
        | Command::RegisterReviewKey { .. }
        | Command::CloseReview { .. } => None,
    }
}

/// The ids that a command takes for granted. What it creates itself may be among them: nothing
/// earlier creates the same.
pub(crate) fn mentions(command: &Command) -> Vec<[u8; 16]> {
    let mut ids: Vec<[u8; 16]> = Vec::new();
    ids.extend(command.workspace().map(WorkspaceId::to_bytes));
    ids.extend(command.membership().map(MembershipId::to_bytes));
    ids.extend(command.content().map(ContentId::to_bytes));
    match command {
        Command::ResendInvitation { invitation, .. }
        | Command::SetInvitationRoles { invitation, .. }
        | Command::ConfirmInvitation { invitation, .. }
        | Command::RevokeInvitation { invitation, .. } => ids.push(invitation.to_bytes()),
        Command::ChangeRole { role, .. } | Command::DeleteRole { role, .. } => {
            ids.push(role.to_bytes());
        }
        // An agent may use knowledge that is not sent yet either.
        Command::CreateContent { body, .. } | Command::ChangeContent { body, .. } => {
            ids.extend(body.references().iter().map(|id| id.to_bytes()));
        }
        Command::AddAdmin { person, .. } | Command::AddMember { person, .. } => {
            ids.push(person.to_bytes());
        }
        Command::ChangeGroup { group, .. }
        | Command::DeleteGroup { group, .. }
        | Command::RemoveGroupPerson { group, .. } => ids.push(group.to_bytes()),
        Command::AddGroupPerson { group, person, .. } => {
            ids.extend([group.to_bytes(), person.to_bytes()]);
        }
        Command::RenameAccount { .. }
        | Command::SetPolicy { .. }
        | Command::RemoveAdmin { .. }
        | Command::LeaveAccount { .. }
        | Command::DeleteAccount { .. }
        | Command::ScheduleDeletion { .. }
        | Command::ConfirmDeletion { .. }
        | Command::WithdrawDeletion { .. }
        | Command::SetScheme { .. }
        | Command::CreateWorkspace { .. }
        | Command::RenameWorkspace { .. }
        | Command::SetWorkspaceLabels { .. }
        | Command::SetWorkspaceColour { .. }
        | Command::SetPlan { .. }
        | Command::EndPlan { .. }
        | Command::DeleteWorkspace { .. }
        | Command::RestoreWorkspace { .. }
        | Command::LeaveWorkspace { .. }
        | Command::OfferWorkspace { .. }
        | Command::EndOffer { .. }
        | Command::AcceptOffer { .. }
        | Command::SetMemberRoles { .. }
        | Command::SetMemberEnd { .. }
        | Command::SetMemberLabels { .. }
        | Command::SetMemberNote { .. }
        | Command::SuspendMember { .. }
        | Command::ResumeMember { .. }
        | Command::RemoveMember { .. }
        | Command::CreateInvitation { .. }
        | Command::DefineRole { .. }
        | Command::DeleteContent { .. }
        | Command::CreateGroup { .. }
        | Command::StartReview { .. } => {}
        Command::SetReviewers { review, .. }
        | Command::DecideReview { review, .. }
        | Command::RegisterReviewKey { review, .. }
        | Command::HandOutReview { review, .. }
        | Command::CloseReview { review, .. } => ids.push(review.to_bytes()),
        Command::EnterReview { review, hand_out, .. } => {
            ids.extend([review.to_bytes(), hand_out.to_bytes()]);
        }
    }
    ids
}

/// The command without what it quotes of its workspace and the people in it. What is left says
/// what was asked, not of whom or of what.
pub(crate) fn without_texts(mut command: Command) -> Command {
    match &mut command {
        Command::SetMemberNote { was, note, .. } => {
            was.clear();
            note.clear();
        }
        Command::SetMemberLabels { was, labels, .. }
        | Command::SetWorkspaceLabels { was, labels, .. } => {
            *was = Labels::default();
            *labels = Labels::default();
        }
        Command::CreateContent { title, body, .. } | Command::ChangeContent { title, body, .. } => {
            title.clear();
            empty(body);
        }
        Command::RenameWorkspace { was, title, .. } | Command::RenameAccount { was, title, .. } => {
            was.clear();
            title.clear();
        }
        Command::CreateWorkspace { title, labels, .. } => {
            title.clear();
            *labels = Labels::default();
        }
        Command::DefineRole { title, .. }
        | Command::ChangeRole { title, .. }
        | Command::DeleteAccount { title, .. }
        | Command::ScheduleDeletion { title, .. }
        | Command::CreateGroup { title, .. }
        | Command::ChangeGroup { title, .. } => title.clear(),
        Command::CreateInvitation { person, message, .. } => {
            *person = None;
            *message = None;
        }
        Command::DeleteWorkspace { reason, .. }
        | Command::SetMemberRoles { reason, .. }
        | Command::SuspendMember { reason, .. }
        | Command::RemoveMember { reason, .. }
        | Command::DecideReview { reason, .. }
        | Command::EnterReview { reason, .. } => *reason = None,
        Command::StartReview { title, .. } => title.clear(),
        Command::HandOutReview { client, .. } => client.clear(),
        Command::SetPolicy { .. }
        | Command::AddAdmin { .. }
        | Command::RemoveAdmin { .. }
        | Command::LeaveAccount { .. }
        | Command::ConfirmDeletion { .. }
        | Command::WithdrawDeletion { .. }
        | Command::SetScheme { .. }
        | Command::SetPlan { .. }
        | Command::SetWorkspaceColour { .. }
        | Command::EndPlan { .. }
        | Command::RestoreWorkspace { .. }
        | Command::LeaveWorkspace { .. }
        | Command::OfferWorkspace { .. }
        | Command::EndOffer { .. }
        | Command::AcceptOffer { .. }
        | Command::AddMember { .. }
        | Command::SetMemberEnd { .. }
        | Command::ResumeMember { .. }
        | Command::ResendInvitation { .. }
        | Command::SetInvitationRoles { .. }
        | Command::ConfirmInvitation { .. }
        | Command::RevokeInvitation { .. }
        | Command::DeleteRole { .. }
        | Command::DeleteContent { .. }
        | Command::DeleteGroup { .. }
        | Command::AddGroupPerson { .. }
        | Command::RemoveGroupPerson { .. }
        | Command::SetReviewers { .. }
        | Command::RegisterReviewKey { .. }
        | Command::CloseReview { .. } => {}
    }
    command
}

fn empty(body: &mut ContentBody) {
    match body {
        ContentBody::Agent { instructions, knowledge, .. } => {
            instructions.clear();
            knowledge.clear();
        }
        ContentBody::Prompt { text } | ContentBody::Knowledge { text, .. } => text.clear(),
        ContentBody::Integration { service, .. } => service.clear(),
        ContentBody::Channel { medium, .. } => medium.clear(),
        ContentBody::Conversation { person, channel, .. } => {
            person.clear();
            channel.clear();
        }
        ContentBody::Lead { person, contact, channel, .. } => {
            person.clear();
            contact.clear();
            channel.clear();
        }
    }
}
