//! The role picker: what each choice gives and takes, and whether the rules allow it.

use muster_domain::{
    Account, Command, OwnRole, OwnRoles, Permission, PermissionSet, RefusalCode, RoleSet,
    RolesPerMember, facts::own_of,
};

use crate::app::App;
use crate::members::{Difference, find};
use crate::place::trial_invitation;
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, MemberVerdict, RoleAnswer, RoleOption, RoleQuestion, Verdict,
};

impl App {
    /// Answers the role picker.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace or member that is not there.
    pub async fn role_answer(&self, question: RoleQuestion) -> Result<RoleAnswer, Failure> {
        self.with_bench(move |bench| answer(bench, &question)).await
    }
}

/// What the picker shows.
pub(crate) fn answer(bench: &Bench<'_>, question: &RoleQuestion) -> Result<RoleAnswer, Failure> {
    let account =
        bench.account(question.workspace)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let held = match question.members.first() {
        Some(id) => find(bench, question.workspace, *id)?.member.at(bench.now).roles,
        None => RoleSet::NONE,
    };
    let own_roles = bench.own_roles(question.workspace)?;
    let own = own_of(&own_roles);
    let difference = Difference::of(held.permissions(&own), question.roles.permissions(&own));
    Ok(RoleAnswer {
        many: account.rules().roles_per_member == RolesPerMember::Many,
        options: options(bench, question, &account, &own_roles, held)?,
        gains: list(difference.gains),
        keeps: list(difference.keeps),
        loses: list(difference.loses),
        verdicts: verdicts(bench, question, &own)?,
    })
}

fn list(permissions: PermissionSet) -> Vec<Permission> {
    permissions.iter().collect()
}

fn options(
    bench: &Bench<'_>,
    question: &RoleQuestion,
    account: &Account,
    own_roles: &[OwnRole],
    held: RoleSet,
) -> Result<Vec<RoleOption>, Failure> {
    let rules = account.rules();
    let own = own_of(own_roles);
    let built_in = rules.roles.iter().map(|role| (RoleSet::of(&[*role]), None));
    let named = own_roles.iter().map(|role| (RoleSet::own(role.slot), Some(role.name.clone())));
    let option = |(role, name): (RoleSet, Option<String>)| {
        let chosen = match rules.roles_per_member {
            RolesPerMember::One => role,
            RolesPerMember::Many => question.roles.union(role),
        };
        Ok(RoleOption {
            role: role.keys().collect(),
            name,
            permissions: list(role.permissions(&own)),
            now: role.without(held).is_empty(),
            verdict: verdict(bench, question, chosen)?,
        })
    };
    built_in.chain(named).map(option).collect()
}

/// The verdict for the first member, or for an invitation where nobody is named.
fn verdict(bench: &Bench<'_>, question: &RoleQuestion, roles: RoleSet) -> Result<Verdict, Failure> {
    let Some(id) = question.members.first().copied() else {
        let verdict = bench.verdict(&trial_invitation(question.workspace, roles)?)?;
        // Seats and connection are no matter of the role; the dialog says them once.
        return Ok(match verdict {
            Verdict::Refused { reason } if reason.code == RefusalCode::NoSeat => Verdict::Allowed,
            Verdict::NeedsConnection { .. } => Verdict::Allowed,
            other => other,
        });
    };
    let member = find(bench, question.workspace, id)?.member.at(bench.now);
    bench.verdict(&Command::SetMemberRoles {
        workspace: question.workspace,
        membership: id,
        was: member.roles,
        roles,
        reason: trial_reason(),
    })
}

/// The dialog asks for a reason where the account wants one; no role is refused for it.
pub(crate) fn trial_reason() -> Option<String> {
    Some("…".to_owned())
}

fn verdicts(
    bench: &Bench<'_>,
    question: &RoleQuestion,
    own: &OwnRoles,
) -> Result<Vec<MemberVerdict>, Failure> {
    let each = |id| {
        let member = find(bench, question.workspace, id)?.member.at(bench.now);
        let command = Command::SetMemberRoles {
            workspace: question.workspace,
            membership: id,
            was: member.roles,
            roles: question.roles,
            reason: trial_reason(),
        };
        let before = member.roles.permissions(own);
        let loses = Difference::of(before, question.roles.permissions(own)).loses;
        Ok(MemberVerdict {
            member: id,
            name: member.name,
            roles: member.roles,
            verdict: bench.verdict(&command)?,
            loses: !loses.is_empty(),
        })
    };
    question.members.iter().copied().map(each).collect()
}
