//! Intents about a workspace as a whole.

use muster_cache::Label;
use muster_domain::{AccountId, Command, Labels, MembershipId, Plan, SchemeId, WorkspaceId};

use super::{Draft, given, in_workspace, misplaced, name_of};
use crate::badge;
use crate::random;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Intent};

pub(super) fn draft(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::CreateWorkspace { account, name, plan, add_me, labels } => {
            create(bench, &account, Wanted { name, plan, add_me, labels })
        }
        Intent::RenameWorkspace { workspace, name } => {
            let was = name_of(bench, workspace)?;
            let label = Label { workspace_name: was.clone(), ..Label::default() };
            Ok(Draft::plain(Command::RenameWorkspace { workspace, was, title: name }, label))
        }
        Intent::LabelWorkspace { workspace, labels } => {
            let was = bench.place(workspace)?.workspace.labels;
            here(bench, workspace, Command::SetWorkspaceLabels { workspace, was, labels })
        }
        Intent::PaintWorkspace { workspace, colour } => {
            // The colour that the id gives is none that was chosen.
            let own = colour == badge::own_colour(workspace.to_bytes());
            let colour = Some(colour).filter(|_| !own);
            here(bench, workspace, Command::SetWorkspaceColour { workspace, colour })
        }
        Intent::SetPlan { workspace, plan } => {
            here(bench, workspace, Command::SetPlan { workspace, plan })
        }
        Intent::EndPlan { workspace } => here(bench, workspace, Command::EndPlan { workspace }),
        Intent::DeleteWorkspace { workspace, reason } => {
            here(bench, workspace, Command::DeleteWorkspace { workspace, reason: given(reason) })
        }
        Intent::LeaveWorkspace { workspace } => {
            here(bench, workspace, Command::LeaveWorkspace { workspace })
        }
        Intent::RestoreWorkspace { workspace } => {
            let bin = bench.cache.bin(0, u32::MAX)?.rows.into_iter();
            let name = bin.map(|it| (it.id, it.name)).find(|it| it.0 == workspace);
            elsewhere(name, Command::RestoreWorkspace { workspace })
        }
        Intent::OfferWorkspace { workspace, to } => {
            let to = to.trim().parse::<AccountId>();
            let to = to.map_err(|it| Failure {
                field: Some("to".to_owned()),
                ..Failure::caused(FailureCode::BadRequest, &it)
            })?;
            here(bench, workspace, Command::OfferWorkspace { workspace, to })
        }
        Intent::EndOffer { workspace } => {
            offered(bench, workspace, Command::EndOffer { workspace })
        }
        Intent::AcceptOffer { workspace } => {
            offered(bench, workspace, Command::AcceptOffer { workspace })
        }
        _ => Err(misplaced()),
    }
}

fn here(bench: &Bench<'_>, workspace: WorkspaceId, command: Command) -> Result<Draft, Failure> {
    Ok(Draft::plain(command, in_workspace(bench, workspace, None, None)?))
}

/// About a workspace that I cannot open, but whose name I know.
fn elsewhere(found: Option<(WorkspaceId, String)>, command: Command) -> Result<Draft, Failure> {
    let (_, workspace_name) = found.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    Ok(Draft::plain(command, Label { workspace_name, ..Label::default() }))
}

/// An offer is seen from both sides: by who offers, and by who may take it.
fn offered(bench: &Bench<'_>, workspace: WorkspaceId, command: Command) -> Result<Draft, Failure> {
    let offers = bench.cache.offers()?.into_iter();
    match offers.map(|it| (it.workspace, it.name)).find(|it| it.0 == workspace) {
        Some(found) => elsewhere(Some(found), command),
        None => here(bench, workspace, command),
    }
}

struct Wanted {
    name: String,
    plan: Option<Plan>,
    add_me: bool,
    labels: Labels,
}

fn create(bench: &Bench<'_>, account: &str, wanted: Wanted) -> Result<Draft, Failure> {
    let account: AccountId =
        account.parse().map_err(|it| Failure::caused(FailureCode::BadRequest, &it))?;
    let accounts = bench.cache.accounts()?;
    let scheme = accounts.iter().find(|it| it.id == account).map(|it| it.scheme);
    let workspace = WorkspaceId::from_bytes(random::id()?);
    let membership = match (scheme, wanted.add_me) {
        // U-14: the creator always becomes owner there; E-66: a choice for an agency.
        (Some(SchemeId::Managed), false) => None,
        (Some(SchemeId::Managed | SchemeId::OwnerLed) | None, _) => {
            Some(MembershipId::from_bytes(random::id()?))
        }
    };
    let command = Command::CreateWorkspace {
        workspace,
        account,
        title: wanted.name.clone(),
        plan: wanted.plan,
        membership,
        labels: wanted.labels,
    };
    let label = Label { workspace_name: wanted.name, ..Label::default() };
    Ok(Draft { created: Some(workspace.to_string()), ..Draft::plain(command, label) })
}
