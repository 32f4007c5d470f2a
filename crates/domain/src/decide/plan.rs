//! Choosing and ending a workspace's plan (V-7..11, E-60, E-61).

use super::{Judged, Stop, guard, workspace_changed};
use crate::event::EventKind;
use crate::facts::Facts;
use crate::object::Workspace;
use crate::permission::Permission;
use crate::plan::Plan;
use crate::time::Timestamp;

/// A plan may be chosen whatever is in use: nobody is removed (E-61).
pub(crate) fn set(facts: &Facts, plan: Plan) -> Judged {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::BillingManage)?;
    if workspace.plan == plan && workspace.plan_ended.is_none() {
        return Err(Stop::NoOp);
    }
    let after = Workspace { plan, plan_ended: None, ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::PlanChanged, workspace, after)])
}

pub(crate) fn end(facts: &Facts, now: Timestamp) -> Judged {
    let (_, workspace) = guard::visible(facts)?;
    guard::require(facts, Permission::BillingManage)?;
    if workspace.plan_ended.is_some() {
        return Err(Stop::NoOp);
    }
    let after = Workspace { plan_ended: Some(now), ..workspace.clone() };
    Ok(vec![workspace_changed(EventKind::PlanEnded, workspace, after)])
}
