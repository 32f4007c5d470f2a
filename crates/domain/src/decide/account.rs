//! Manage Account: name, policies and Account Admins (V-17..20, E-33..36).

use super::{Judged, Stop, guard, person};
use crate::event::{Event, EventKind};
use crate::facts::{Facts, Known};
use crate::found::created;
use crate::ids::LoginId;
use crate::name::clean_name;
use crate::object::{Account, AccountAdmin, Row, SECOND_ADMIN_DAYS, WorkspaceKind};
use crate::refusal::{Refusal, RefusalCode};
use crate::scheme::AdminReach;
use crate::time::Timestamp;

pub(crate) fn rename(facts: &Facts, was: &str, title: &str) -> Judged {
    let account = guard::administered(facts)?;
    let name = clean_name(title)?;
    if account.name == name {
        return Err(Stop::NoOp);
    }
    if account.name != was {
        return Err(Refusal::new(RefusalCode::Conflict)
            .with("was", was)
            .with("now", account.name.as_str())
            .with("yours", name.as_str())
            .into());
    }
    Ok(vec![changed(EventKind::AccountRenamed, account, Account { name, ..account.clone() })])
}

/// The policies that somebody wants; without a word a policy stays.
pub(crate) struct Policy {
    pub(crate) invitation_days: u16,
    pub(crate) lease_days: u16,
    pub(crate) reason_required: bool,
    pub(crate) review_days: Option<u16>,
    pub(crate) second_admin: Option<bool>,
    pub(crate) name_days: Option<u16>,
}

/// For how long names of people who deleted their sign-in can be kept at most, in days (E-64).
const LONGEST_NAMES: u16 = 3_650;

pub(crate) fn set_policy(facts: &Facts, wanted: &Policy, now: Timestamp) -> Judged {
    let account = guard::administered(facts)?;
    let Policy { invitation_days, lease_days, reason_required, .. } = *wanted;
    let review_days = wanted.review_days.unwrap_or(account.review_days);
    let name_days = wanted.name_days.unwrap_or(account.name_days);
    let in_range = (1..=30).contains(&invitation_days)
        && lease_days <= 30
        && review_days <= 730
        && name_days <= LONGEST_NAMES;
    if !in_range {
        return Err(RefusalCode::BadPolicy.into());
    }
    let second_admin = wanted.second_admin.unwrap_or(account.second_admin);
    let second_admin_until = match (account.second_admin, second_admin) {
        // E-14: switching it off opens no way around the second admin.
        (true, false) => Some(now.plus_days(SECOND_ADMIN_DAYS)),
        (_, true) => None,
        (false, false) => account.second_admin_until,
    };
    let after = Account {
        invitation_days,
        lease_days,
        reason_required,
        review_days,
        second_admin,
        second_admin_until,
        name_days,
        ..account.clone()
    };
    if after == *account {
        return Err(Stop::NoOp);
    }
    Ok(vec![changed(EventKind::PolicyChanged, account, after)])
}

/// V-18, E-34: a person of the account whose sign-in is in use.
pub(crate) fn add_admin(facts: &Facts, now: Timestamp) -> Judged {
    let account = guard::administered(facts)?;
    let Known::Known(places) = facts.places.as_ref() else { return Err(Stop::Unknown) };
    if places.iter().any(|place| place.workspace.kind == WorkspaceKind::Personal) {
        return Err(RefusalCode::PersonalAccount.into());
    }
    let person = person::known(facts)?;
    let Known::Known(admins) = facts.admins.as_ref() else { return Err(Stop::Unknown) };
    if admins.iter().any(|admin| admin.login == person.login) {
        return Err(Refusal::new(RefusalCode::AdminExists)
            .with("name", person.name.as_str())
            .with("account", account.name.as_str())
            .into());
    }
    let admin = AccountAdmin {
        account: account.id,
        login: person.login,
        name: person.name.clone(),
        address: person.address.clone(),
        since: now,
        by: Some(facts.actor.login.name.clone()),
        active: true,
    };
    Ok(vec![created(EventKind::AdminAdded, Row::AccountAdmin(admin))])
}

/// V-19, E-33: anybody of them, oneself too, while another one stays (R7).
pub(crate) fn remove_admin(facts: &Facts, login: LoginId) -> Judged {
    let account = guard::administered(facts)?;
    let Known::Known(admins) = facts.admins.as_ref() else { return Err(Stop::Unknown) };
    let admin = admins.iter().find(|admin| admin.login == login).ok_or(Stop::NoOp)?;
    another_admin(facts, account, admins, admin)?;
    Ok(vec![admin_removed(admin)])
}

/// R7: an account keeps an Account Admin whose sign-in is in use.
pub(crate) fn another_admin(
    facts: &Facts,
    account: &Account,
    admins: &[AccountAdmin],
    leaving: &AccountAdmin,
) -> Result<(), Stop> {
    let mut others = admins.iter().filter(|admin| admin.login != leaving.login);
    if others.any(|admin| !facts.idle_admins.contains(&admin.login)) {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::LastAdmin)
        .with("name", leaving.name.as_str())
        .with("account", account.name.as_str())
        .into())
}

pub(crate) fn admin_removed(admin: &AccountAdmin) -> Event {
    let after = AccountAdmin { active: false, ..admin.clone() };
    Event {
        kind: EventKind::AdminRemoved,
        before: Some(Row::AccountAdmin(admin.clone())),
        after: Row::AccountAdmin(after),
    }
}

/// The event of an account whose own row changed.
pub(crate) fn changed(kind: EventKind, before: &Account, after: Account) -> Event {
    Event { kind, before: Some(Row::Account(before.clone())), after: Row::Account(after) }
}

/// Whether Account Admins of this account have rights in its workspaces.
pub(crate) fn reaches(account: &Account) -> bool {
    account.rules().account_admin_reach == AdminReach::All
}
