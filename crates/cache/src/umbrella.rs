//! What is asked of an account as a whole: its people, what leaving it means, what ends with it,
//! and whether an inviter could still invite.

use std::collections::{HashMap, HashSet};

use muster_domain::{
    AccountId, AdminReach, Facts, InvitationId, Known, LoginId, Lookup, Membership, MembershipId,
    Part, Timestamp, WorkspaceId, WorkspaceStatus,
};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::error::CacheError;
use crate::fold::words;
use crate::grants::Held;
use crate::mirror::Mirror;
use crate::types::{AccountPlace, LossWindow, MyPlace};
use crate::{grants, members, workspaces};

impl Mirror<'_> {
    /// People of an account by name, each with one present membership.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn in_account(
        &self,
        account: AccountId,
        text: &str,
        limit: u32,
    ) -> Result<Vec<Membership>, CacheError> {
        let inside: HashSet<WorkspaceId> = workspaces::of_account(self.db(), account)?
            .into_iter()
            .filter(|it| it.status == WorkspaceStatus::Active)
            .map(|it| it.id)
            .collect();
        let mut sql = "SELECT id, login, workspace FROM members WHERE former = 0".to_owned();
        let words: Vec<Value> = words(text).into_iter().map(Value::Text).collect();
        for number in 1..=words.len() {
            sql.push_str(&format!(" AND instr(folded, ?{number}) > 0"));
        }
        sql.push_str(" ORDER BY folded, login, workspace");
        let mut statement = self.db().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(words))?;
        let mut seen = HashSet::new();
        let mut people = Vec::new();
        // By name over everything that is here: whoever wants a few is served by the first few
        // rows of the index, whoever searches by one pass over it.
        while people.len() < limit as usize {
            let Some(row) = rows.next()? else { break };
            let workspace = WorkspaceId::from_bytes(row.get("workspace")?);
            let login = LoginId::from_bytes(row.get("login")?);
            if !inside.contains(&workspace) || seen.contains(&login) {
                continue;
            }
            let id = MembershipId::from_bytes(row.get("id")?);
            // Whom an unsent change removes is listed, but cannot be chosen.
            if let Some(member) = self.membership(id)?.filter(|it| it.state.is_present()) {
                seen.insert(login);
                people.push(member);
            }
        }
        Ok(people)
    }

    /// The workspaces of an account that I am a member of, by name.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn memberships_of_me(&self, account: AccountId) -> Result<Vec<MyPlace>, CacheError> {
        let Some(rules) = Lookup::account(self, account)?.map(|it| it.rules()) else {
            return Ok(Vec::new());
        };
        let me = self.me()?.id;
        let mut places = Vec::new();
        for membership in members::of_login(self.db(), account, me)? {
            let id = membership.workspace;
            let Some((workspace, _)) = workspaces::get(self.db(), &id.to_bytes())? else {
                continue;
            };
            let only_owner = if rules.is_owner_class(membership.roles) {
                match self.other_owners(id, rules.owner_class_role, membership.id)? {
                    Known::Known(others) => Known::Known(others == 0),
                    Known::Unknown => Known::Unknown,
                }
            } else {
                Known::Known(false)
            };
            let held = grants::get(self.db(), id)?;
            let people = held.as_ref().and_then(people);
            places.push(MyPlace { workspace, membership, people, only_owner });
        }
        Ok(places)
    }

    /// The workspaces that end with an account, by name, with their people.
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn losing_access(
        &self,
        account: AccountId,
        offset: u32,
        limit: u32,
    ) -> Result<LossWindow, CacheError> {
        let held: HashMap<WorkspaceId, Held> = grants::of_account(self.db(), account)?
            .into_iter()
            .map(|held| (held.grant.workspace, held))
            .collect();
        let counted = |id| held.get(&id).and_then(people);
        let memberships = held.values().filter_map(people).sum();
        let all = workspaces::of_account(self.db(), account)?;
        let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let page = all.into_iter().skip(offset as usize).take(limit as usize);
        Ok(LossWindow {
            workspaces: total,
            memberships,
            complete: self.i_reach(account)? && held.values().all(|it| people(it).is_some()),
            rows: page
                .map(|workspace| AccountPlace { people: counted(workspace.id), workspace })
                .collect(),
        })
    }

    /// Whether whoever sent an open invitation could still give its roles (E-27).
    ///
    /// # Errors
    /// [`CacheError`] when the mirror cannot be read.
    pub fn inviter_holds(
        &self,
        invitation: InvitationId,
        now: Timestamp,
    ) -> Result<Known<bool>, CacheError> {
        let Some(invitation) = self.invitation(invitation)? else { return Ok(Known::Unknown) };
        // The same facts as at acceptance; who accepts and as what does not matter here.
        let nobody = MembershipId::from_bytes([0; 16]);
        let facts = Facts::load_acceptance(self, &self.me()?, &invitation, nobody, now)?;
        let wanted = invitation.roles.permissions(facts.own());
        if wanted.is_subset(facts.inviter_permissions) {
            return Ok(Known::Known(true));
        }
        let Some(account) = &facts.account else { return Ok(Known::Unknown) };
        let held = grants::get(self.db(), invitation.workspace)?;
        let sees_members = held.is_some_and(|held| held.has(Part::Members));
        let sees_reach = match account.rules().account_admin_reach {
            AdminReach::None => true,
            AdminReach::All => {
                self.is_account_admin(account.id, invitation.inviter)? != Known::Unknown
            }
        };
        Ok(if sees_members && sees_reach { Known::Known(false) } else { Known::Unknown })
    }
}

/// Members of a workspace, confirmed, where they may be seen.
fn people(held: &Held) -> Option<u32> {
    held.has(Part::Members).then_some(held.counts.active + held.counts.suspended)
}
