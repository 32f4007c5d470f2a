//! What is allowed and still asked for once more: taking the last Workspace Admin of a managed
//! workspace (E-3), and giving up rights of one's own (E-7).

use std::collections::HashMap;

use muster_cache::{MemberStatus, MemberWindowQuery};
use muster_domain::{
    AdminReach, Command, Decision, Event, MemberState, Membership, MembershipId, RoleSet, Row,
    Scheme, SchemeId, WorkspaceId, facts::own_of,
};

use crate::verdict::Bench;
use crate::view::{Failure, Grave};

/// How many manage each workspace, as the lines of a plan go by.
pub(crate) struct Managers<'a> {
    bench: &'a Bench<'a>,
    left: HashMap<WorkspaceId, u32>,
}

impl<'a> Managers<'a> {
    pub(crate) fn new(bench: &'a Bench<'a>) -> Self {
        Self { bench, left: HashMap::new() }
    }

    /// What has to be said of a line, which is then taken as done.
    pub(crate) fn grave(
        &mut self,
        command: &Command,
        decision: &Decision,
    ) -> Result<Option<Grave>, Failure> {
        let Some(id) = command.membership() else { return Ok(None) };
        let change = match decision {
            Decision::Accept(events) => events.iter().find_map(|event| change_of(event, id)),
            // The server will say; what is asked for is known all the same.
            Decision::Unknown => self.wanted(command, id)?,
            Decision::NoOp | Decision::Refuse(_) | Decision::Hide => None,
        };
        let Some((before, after)) = change else { return Ok(None) };
        let before = before.at(self.bench.now);
        if self.takes_last(&before, &after)? {
            return Ok(Some(Grave::LastManager));
        }
        Ok(self.takes_own(&before, &after)?.then_some(Grave::OwnRights))
    }

    fn wanted(
        &self,
        command: &Command,
        id: MembershipId,
    ) -> Result<Option<(Membership, Membership)>, Failure> {
        let Some(entry) = self.bench.cache.member(id)? else { return Ok(None) };
        let before = entry.member;
        let mut after = before.clone();
        match command {
            Command::SetMemberRoles { roles, .. } => after.roles = *roles,
            Command::SuspendMember { .. } => after.state = MemberState::Suspended,
            Command::RemoveMember { .. } => after.state = MemberState::Removed,
            _ => {}
        }
        Ok(Some((before, after)))
    }

    fn takes_last(&mut self, before: &Membership, after: &Membership) -> Result<bool, Failure> {
        let Some(account) = self.bench.account(after.workspace)? else { return Ok(false) };
        let rules = account.rules();
        let (was, is) = (manages(rules, before), manages(rules, after));
        if was == is {
            return Ok(false);
        }
        let left = self.managers(rules, after.workspace)?;
        *left = if is { left.saturating_add(1) } else { left.saturating_sub(1) };
        // Where nobody reaches in from outside, the rules themselves keep an owner (R6).
        Ok(!is && *left == 0 && account.scheme == SchemeId::Managed)
    }

    fn managers(&mut self, rules: &Scheme, id: WorkspaceId) -> Result<&mut u32, Failure> {
        let known = match self.left.get(&id) {
            Some(known) => *known,
            None => {
                let query = MemberWindowQuery {
                    roles: RoleSet::of(&[rules.owner_class_role]),
                    status: MemberStatus::Active,
                    ..MemberWindowQuery::of(id, 0)
                };
                self.bench.cache.members(&query)?.matched
            }
        };
        Ok(self.left.entry(id).or_insert(known))
    }

    fn takes_own(&self, before: &Membership, after: &Membership) -> Result<bool, Failure> {
        if before.login != self.bench.cache.me()?.id {
            return Ok(false);
        }
        let Some(entry) = self.bench.cache.workspace(after.workspace)? else { return Ok(false) };
        let reaches = entry.account.rules().account_admin_reach == AdminReach::All;
        if entry.account_admin && reaches {
            // Who reaches in can give it back to themselves.
            return Ok(false);
        }
        let own = own_of(&self.bench.own_roles(after.workspace)?);
        let given = |member: &Membership| match member.state {
            MemberState::Active => member.roles.permissions(&own),
            MemberState::Suspended
            | MemberState::Left
            | MemberState::Removed
            | MemberState::Expired => RoleSet::NONE.permissions(&own),
        };
        Ok(!given(before).without(given(after)).is_empty())
    }
}

/// The membership before and after, if the event is about it.
fn change_of(event: &Event, id: MembershipId) -> Option<(Membership, Membership)> {
    match (&event.before, &event.after) {
        (Some(Row::Membership(before)), Row::Membership(after)) if after.id == id => {
            Some((before.clone(), after.clone()))
        }
        _ => None,
    }
}

fn manages(rules: &Scheme, member: &Membership) -> bool {
    member.state == MemberState::Active && rules.is_owner_class(member.roles)
}
