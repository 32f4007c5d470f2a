//! Manage Account: the accounts I have something in, and one of them in full (ui.md 5.16).

use muster_cache::WorkspaceQuery;
use muster_domain::{
    Account, AccountAdmin, AccountId, Command, Decision, Membership, Refusal, RefusalCode,
    SchemeId, WorkspaceKind,
};

use crate::app::App;
use crate::badge;
use crate::verdict::Bench;
use crate::view::{AccountPage, AccountRow, AdminRow, DeletionView, Failure, PersonPick, Verdict};

/// More Account Admins than most accounts need (V-48).
const MANY_ADMINS: usize = 3;

/// How many people are offered to be chosen.
const PICKS: u32 = 50;

/// How many workspaces are read at a time.
const BATCH: u32 = 1_024;

impl App {
    /// The accounts that I have something in, by name.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn accounts(&self) -> Result<Vec<AccountRow>, Failure> {
        self.with_bench(rows).await
    }

    /// One account in Manage Account.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::NotFound`] for one that I have nothing in.
    pub async fn account(&self, id: AccountId) -> Result<AccountPage, Failure> {
        self.with_bench(move |bench| page(bench, id)).await
    }

    /// People of the account whose name or address has these words, at most 50.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn account_people(
        &self,
        account: AccountId,
        text: String,
    ) -> Result<Vec<PersonPick>, Failure> {
        self.with_bench(move |bench| people(bench, account, &text)).await
    }
}

/// The accounts that I have something in.
pub(crate) fn rows(bench: &Bench<'_>) -> Result<Vec<AccountRow>, Failure> {
    let accounts = bench.cache.accounts()?.into_iter();
    accounts.map(|account| row(bench, &account)).collect()
}

fn row(bench: &Bench<'_>, account: &Account) -> Result<AccountRow, Failure> {
    let mut query = WorkspaceQuery::default();
    query.filter.account = Some(account.id);
    Ok(AccountRow {
        id: account.id,
        name: account.name.clone(),
        scheme: account.scheme,
        admin: am_admin(bench, account.id)?,
        workspaces: bench.cache.workspaces(&query)?.matched,
    })
}

/// Whether I am Account Admin.
pub(crate) fn am_admin(bench: &Bench<'_>, account: AccountId) -> Result<bool, Failure> {
    let me = bench.cache.me()?.id;
    Ok(bench.cache.admins(account)?.iter().any(|it| it.active && it.login == me))
}

/// Every workspace of the account that is open to me.
pub(crate) fn places(
    bench: &Bench<'_>,
    account: AccountId,
) -> Result<Vec<muster_cache::WorkspaceEntry>, Failure> {
    let mut query = WorkspaceQuery { limit: BATCH, ..WorkspaceQuery::default() };
    query.filter.account = Some(account);
    let mut all = Vec::new();
    loop {
        let rows = bench.cache.workspaces(&query)?.rows;
        let is_last = rows.len() < BATCH as usize;
        all.extend(rows);
        if is_last {
            return Ok(all);
        }
        query.offset += BATCH;
    }
}

/// Whether the account has a personal workspace that is here: it keeps its scheme and its one
/// admin then, whatever else of it is not here (R8, E-20).
pub(crate) fn has_personal(bench: &Bench<'_>, account: &Account) -> Result<bool, Failure> {
    match account.scheme {
        // A personal workspace exists in its person's own account only (C-9).
        SchemeId::Managed => Ok(false),
        SchemeId::OwnerLed => {
            let places = places(bench, account.id)?;
            Ok(places.iter().any(|it| it.workspace.kind == WorkspaceKind::Personal))
        }
    }
}

/// One account in Manage Account. To others than its admins, none of it is there (V-33).
pub(crate) fn page(bench: &Bench<'_>, id: AccountId) -> Result<AccountPage, Failure> {
    let account = bench.account_of(id)?;
    let row = row(bench, &account)?;
    let personal = has_personal(bench, &account)?;
    let admins = if row.admin { bench.cache.admins(id)? } else { Vec::new() };
    let admins: Vec<AccountAdmin> = admins.into_iter().filter(|it| it.active).collect();
    let many_admins = admins.len() > MANY_ADMINS;
    let acts = Acts { bench, account: &account, is_admin: row.admin, personal };
    Ok(AccountPage {
        rename: acts.rename()?,
        policy: acts.policy()?,
        add_admin: acts.add_admin()?,
        scheme_change: acts.scheme_change()?,
        withdraw: acts.withdraw()?,
        confirm: acts.confirm()?,
        delete_now: acts.delete_now()?,
        admins: admins.into_iter().map(|it| acts.admin(it)).collect::<Result<_, _>>()?,
        many_admins,
        personal,
        invitation_days: account.invitation_days,
        lease_days: account.lease_days,
        review_days: account.review_days,
        reason_required: account.reason_required,
        name_days: account.name_days,
        second_admin: account.second_admin,
        second_admin_until: account.second_admin_until.filter(|until| bench.now < *until),
        deletion: account.deletion.as_ref().map(|it| DeletionView {
            at: it.at,
            by: it.by.clone(),
            waits: acts.waits(),
        }),
        row,
    })
}

/// What may be done with an account.
struct Acts<'a> {
    bench: &'a Bench<'a>,
    account: &'a Account,
    is_admin: bool,
    personal: bool,
}

impl Acts<'_> {
    fn rename(&self) -> Result<Verdict, Failure> {
        let was = self.account.name.clone();
        let title = if was == "…" { "…." } else { "…" }.to_owned();
        self.bench.verdict(&Command::RenameAccount { account: self.account.id, was, title })
    }

    fn policy(&self) -> Result<Verdict, Failure> {
        let other = if self.account.invitation_days == 1 { 2 } else { 1 };
        self.bench.verdict(&Command::SetPolicy {
            account: self.account.id,
            invitation_days: other,
            lease_days: self.account.lease_days,
            reason_required: self.account.reason_required,
            review_days: None,
            second_admin: None,
            name_days: None,
        })
    }

    /// Whom, is chosen later; so only the account itself can be in the way (E-20).
    fn add_admin(&self) -> Result<Verdict, Failure> {
        if !self.is_admin || self.personal {
            return Ok(Verdict::Hidden);
        }
        let person = muster_domain::MembershipId::from_bytes([0; 16]);
        self.bench.if_sendable(&Command::AddAdmin { account: self.account.id, person })
    }

    /// To what, is chosen later.
    fn scheme_change(&self) -> Result<Verdict, Failure> {
        if !self.is_admin {
            return Ok(Verdict::Hidden);
        }
        let command = Command::WithdrawDeletion { account: self.account.id };
        if self.personal {
            let refusal = Refusal::new(RefusalCode::PersonalAccount);
            return self.bench.of_decision(&command, Decision::Refuse(refusal));
        }
        self.bench.if_sendable(&command)
    }

    fn withdraw(&self) -> Result<Verdict, Failure> {
        if self.account.deletion.is_none() {
            return Ok(Verdict::Hidden);
        }
        self.bench.verdict(&Command::WithdrawDeletion { account: self.account.id })
    }

    /// Whether a deletion is set that a second admin has not said yes to (E-14).
    fn waits(&self) -> bool {
        let set = self.account.deletion.as_ref();
        set.is_some_and(|it| !it.confirmed) && self.account.needs_second_admin(self.bench.now)
    }

    fn confirm(&self) -> Result<Verdict, Failure> {
        if !self.waits() {
            return Ok(Verdict::Hidden);
        }
        self.bench.verdict(&Command::ConfirmDeletion { account: self.account.id })
    }

    fn delete_now(&self) -> Result<Verdict, Failure> {
        let title = self.account.name.clone();
        self.bench.verdict(&Command::DeleteAccount { account: self.account.id, title })
    }

    fn admin(&self, admin: AccountAdmin) -> Result<AdminRow, Failure> {
        let command = Command::RemoveAdmin { account: self.account.id, login: admin.login };
        Ok(AdminRow {
            login: admin.login,
            letters: badge::letters(&admin.name),
            address: admin.address.to_string(),
            since: admin.since,
            by: admin.by,
            me: admin.login == self.bench.cache.me()?.id,
            remove: self.bench.verdict(&command)?,
            name: admin.name,
        })
    }
}

/// People of the account to be chosen from.
pub(crate) fn people(
    bench: &Bench<'_>,
    account: AccountId,
    text: &str,
) -> Result<Vec<PersonPick>, Failure> {
    let pick = |it: Membership| PersonPick {
        person: it.id,
        letters: badge::letters(&it.name),
        address: it.address.to_string(),
        name: it.name,
    };
    Ok(bench.cache.in_account(account, text, PICKS)?.into_iter().map(pick).collect())
}
