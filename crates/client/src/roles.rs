//! The role picker: what each choice gives and takes, and whether the rules allow it.

use muster_domain::{
    Account, Command, Permission, PermissionSet, RefusalCode, Role, RoleSet, RolesPerMember,
};

use crate::app::App;
use crate::members::{Difference, find};
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, MemberVerdict, RoleAnswer, RoleOption, RoleQuestion, Verdict,
};
use crate::workspaces::trial_invitation;

impl App {
    /// Answers the role picker.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace or member that is not there.
    pub async fn role_answer(&self, question: RoleQuestion) -> Result<RoleAnswer, Failure> {
        self.with_cache(move |cache, link| answer(&Bench { cache, link }, &question)).await
    }
}

fn answer(bench: &Bench<'_>, question: &RoleQuestion) -> Result<RoleAnswer, Failure> {
    let account =
        bench.account(question.workspace)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let held = match question.members.first() {
        Some(id) => find(bench, question.workspace, *id)?.member.roles,
        None => RoleSet::NONE,
    };
    let difference = Difference::of(held.permissions(), question.roles.permissions());
    Ok(RoleAnswer {
        many: account.rules().roles_per_member == RolesPerMember::Many,
        options: options(bench, question, &account, held)?,
        gains: list(difference.gains),
        keeps: list(difference.keeps),
        loses: list(difference.loses),
        verdicts: verdicts(bench, question)?,
    })
}

fn list(permissions: PermissionSet) -> Vec<Permission> {
    permissions.iter().collect()
}

fn options(
    bench: &Bench<'_>,
    question: &RoleQuestion,
    account: &Account,
    held: RoleSet,
) -> Result<Vec<RoleOption>, Failure> {
    let rules = account.rules();
    let option = |role: Role| {
        let chosen = match rules.roles_per_member {
            RolesPerMember::One => RoleSet::of(&[role]),
            RolesPerMember::Many => question.roles.iter().chain([role]).collect(),
        };
        Ok(RoleOption {
            role,
            permissions: list(role.permissions()),
            now: held.has(role),
            verdict: verdict(bench, question, chosen)?,
        })
    };
    rules.roles.iter().copied().map(option).collect()
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
    let member = find(bench, question.workspace, id)?.member;
    bench.verdict(&Command::SetMemberRoles {
        workspace: question.workspace,
        membership: id,
        was: member.roles,
        roles,
    })
}

fn verdicts(bench: &Bench<'_>, question: &RoleQuestion) -> Result<Vec<MemberVerdict>, Failure> {
    let each = |id| {
        let member = find(bench, question.workspace, id)?.member;
        let command = Command::SetMemberRoles {
            workspace: question.workspace,
            membership: id,
            was: member.roles,
            roles: question.roles,
        };
        let before = member.roles.permissions();
        let loses = Difference::of(before, question.roles.permissions()).loses;
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
