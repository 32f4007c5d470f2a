//! Intents about an account: its name, policies, admins, end, scheme and groups.

use muster_cache::Label;
use muster_domain::{AccountId, Command, Group, GroupId, LoginId};

use super::{Draft, misplaced, person_of};
use crate::random;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Intent};

pub(super) fn draft(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::RenameAccount { account, name } => {
            let was = bench.account_of(account)?.name;
            of_account(bench, account, Command::RenameAccount { account, was, title: name })
        }
        Intent::SetPolicy {
            account,
            invitation_days,
            lease_days,
            reason_required,
            review_days,
            second_admin,
            name_days,
        } => {
            let command = Command::SetPolicy {
                account,
                invitation_days,
                lease_days,
                reason_required,
                review_days,
                second_admin,
                name_days,
            };
            of_account(bench, account, command)
        }
        Intent::AddAdmin { account, person } => {
            let name = person_of(bench, person)?.member.name;
            about(bench, account, name, Command::AddAdmin { account, person })
        }
        Intent::RemoveAdmin { account, login } => {
            let name = admin_name(bench, account, login)?;
            about(bench, account, name, Command::RemoveAdmin { account, login })
        }
        Intent::LeaveAccount { account } => {
            of_account(bench, account, Command::LeaveAccount { account })
        }
        Intent::DeleteAccount { account, name } => {
            of_account(bench, account, Command::DeleteAccount { account, title: name })
        }
        Intent::ScheduleDeletion { account, name, days } => {
            of_account(bench, account, Command::ScheduleDeletion { account, title: name, days })
        }
        Intent::ConfirmDeletion { account } => {
            of_account(bench, account, Command::ConfirmDeletion { account })
        }
        Intent::WithdrawDeletion { account } => {
            of_account(bench, account, Command::WithdrawDeletion { account })
        }
        Intent::SetScheme { account, scheme, mapping, widened } => {
            of_account(bench, account, Command::SetScheme { account, scheme, mapping, widened })
        }
        Intent::CreateGroup { .. }
        | Intent::ChangeGroup { .. }
        | Intent::DeleteGroup { .. }
        | Intent::AddGroupPerson { .. }
        | Intent::RemoveGroupPerson { .. } => group(bench, intent),
        _ => Err(misplaced()),
    }
}

fn group(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::CreateGroup { account, name, covers, roles } => {
            let group = GroupId::from_bytes(random::id()?);
            let label = label(bench, account, None, Some(name.clone()))?;
            let command = Command::CreateGroup { account, group, title: name, covers, roles };
            Ok(Draft { created: Some(group.to_string()), ..Draft::plain(command, label) })
        }
        Intent::ChangeGroup { account, group, name, covers, roles } => {
            let held = found(bench, account, group)?.name;
            let command = Command::ChangeGroup { account, group, title: name, covers, roles };
            Ok(Draft::plain(command, label(bench, account, None, Some(held))?))
        }
        Intent::DeleteGroup { account, group } => {
            let held = found(bench, account, group)?.name;
            let command = Command::DeleteGroup { account, group };
            Ok(Draft::plain(command, label(bench, account, None, Some(held))?))
        }
        Intent::AddGroupPerson { account, group, person } => {
            let held = found(bench, account, group)?.name;
            let name = person_of(bench, person)?.member.name;
            let command = Command::AddGroupPerson { account, group, person };
            Ok(Draft::plain(command, label(bench, account, Some(name), Some(held))?))
        }
        Intent::RemoveGroupPerson { account, group, login } => {
            let held = found(bench, account, group)?;
            let person = held.people.into_iter().find(|it| it.login == login).map(|it| it.name);
            let command = Command::RemoveGroupPerson { account, group, login };
            Ok(Draft::plain(command, label(bench, account, person, Some(held.name))?))
        }
        _ => Err(misplaced()),
    }
}

/// The Pending page names the account where another change has its workspace.
fn label(
    bench: &Bench<'_>,
    account: AccountId,
    person: Option<String>,
    object: Option<String>,
) -> Result<Label, Failure> {
    Ok(Label { workspace_name: bench.account_of(account)?.name, person, object })
}

fn of_account(bench: &Bench<'_>, account: AccountId, command: Command) -> Result<Draft, Failure> {
    Ok(Draft::plain(command, label(bench, account, None, None)?))
}

fn about(
    bench: &Bench<'_>,
    account: AccountId,
    person: String,
    command: Command,
) -> Result<Draft, Failure> {
    Ok(Draft::plain(command, label(bench, account, Some(person), None)?))
}

fn admin_name(bench: &Bench<'_>, account: AccountId, login: LoginId) -> Result<String, Failure> {
    let found = bench.cache.admins(account)?.into_iter().find(|it| it.login == login);
    found.map(|it| it.name).ok_or_else(|| Failure::new(FailureCode::NotFound))
}

/// A group of the account that I administer.
pub(crate) fn found(
    bench: &Bench<'_>,
    account: AccountId,
    group: GroupId,
) -> Result<Group, Failure> {
    let found = bench.cache.groups(account)?.into_iter().find(|it| it.id == group);
    found.ok_or_else(|| Failure::new(FailureCode::NotFound))
}
