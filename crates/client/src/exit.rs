//! Leaving an account, deleting it, deleting one's sign-in: what is in the way, and what ends
//! (E-11 to E-16).
//!
//! The rules stop at the first thing in the way. A person who wants to go needs all of them, so
//! they are asked place by place.

use muster_cache::WorkspaceEntry;
use muster_domain::{
    About, Account, AccountId, AdminReach, Command, Decision, Known, Lookup as _, Refusal,
    RefusalCode, SchemeId, WorkspaceKind,
};

use crate::accounts::{am_admin, places};
use crate::app::App;
use crate::verdict::Bench;
use crate::view::{Blocker, ExitPage, ExitPlace, ExitQuestion, Failure, Fate, Verdict};

impl App {
    /// What is in the way of going, and what ends with it.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::NotFound`] for an account that I have nothing in.
    pub async fn exit(&self, question: ExitQuestion) -> Result<ExitPage, Failure> {
        self.with_bench(move |bench| page(bench, question)).await
    }
}

/// What is in the way, and what ends.
pub(crate) fn page(bench: &Bench<'_>, question: ExitQuestion) -> Result<ExitPage, Failure> {
    let mut exit = Exit { bench, blockers: Vec::new(), places: Vec::new() };
    match question {
        ExitQuestion::LeaveAccount { account } => {
            let account = bench.account_of(account)?;
            exit.leave(&account)?;
            exit.page(1, Some(&Command::LeaveAccount { account: account.id }))
        }
        ExitQuestion::DeleteAccount { account } => {
            let account = bench.account_of(account)?;
            exit.delete(&account)?;
            let command = deletion(bench, account.id, account.name)?;
            exit.page(people(bench, account.id)?, Some(&command))
        }
        ExitQuestion::DeleteLogin => {
            for account in bench.cache.accounts()? {
                exit.sign_in_ends(&account)?;
            }
            exit.page(1, None)
        }
    }
}

/// How the account can be deleted: where that takes a second admin who has not asked for it
/// yet, only on a later day (E-14).
fn deletion(bench: &Bench<'_>, account: AccountId, title: String) -> Result<Command, Failure> {
    let now = Command::DeleteAccount { account, title: title.clone() };
    let later = Command::ScheduleDeletion { account, title, days: 14 };
    Ok(match bench.cache.predict(&now, bench.now)? {
        Decision::Refuse(no) if no.code == RefusalCode::SecondAdmin => later,
        _ => now,
    })
}

/// Everybody who is in the account, once each, as far as this copy knows.
fn people(bench: &Bench<'_>, account: AccountId) -> Result<u32, Failure> {
    let people = bench.cache.in_account(account, "", u32::MAX)?.len();
    Ok(u32::try_from(people).unwrap_or(u32::MAX))
}

/// A page that is being put together.
struct Exit<'a> {
    bench: &'a Bench<'a>,
    blockers: Vec<Blocker>,
    places: Vec<ExitPlace>,
}

impl Exit<'_> {
    fn page(self, people: u32, command: Option<&Command>) -> Result<ExitPage, Failure> {
        let verdict = match (self.blockers.first(), command) {
            (Some(blocker), _) => Verdict::Refused { reason: blocker.reason.clone() },
            (None, Some(command)) => self.bench.verdict(command)?,
            (None, None) if self.bench.is_online() => Verdict::Allowed,
            (None, None) => Verdict::NeedsConnection { sentence: "offline.online_only".to_owned() },
        };
        Ok(ExitPage { blockers: self.blockers, places: self.places, people, verdict })
    }

    /// E-12, E-13: I lose every workspace of the account.
    fn leave(&mut self, account: &Account) -> Result<(), Failure> {
        self.last_admin(account)?;
        for entry in places(self.bench, account.id)? {
            self.leave_place(&entry)?;
            self.place(entry, Fate::Left);
        }
        Ok(())
    }

    /// R7: somebody has to administer the account afterwards.
    fn last_admin(&mut self, account: &Account) -> Result<(), Failure> {
        let login = self.bench.cache.me()?.id;
        if !am_admin(self.bench, account.id)? {
            return Ok(());
        }
        let command = Command::RemoveAdmin { account: account.id, login };
        if let Decision::Refuse(refusal) = self.bench.cache.predict(&command, self.bench.now)? {
            self.block_account(account, refusal)?;
        }
        Ok(())
    }

    /// R6 and R8: what stops me from leaving one workspace stops me from leaving all.
    fn leave_place(&mut self, entry: &WorkspaceEntry) -> Result<(), Failure> {
        let command = Command::LeaveWorkspace { workspace: entry.workspace.id };
        let decision = self.bench.cache.predict(&command, self.bench.now)?;
        match decision {
            Decision::Refuse(refusal) if holds_back(refusal.code) => {
                self.block_place(entry, refusal)
            }
            Decision::Refuse(_)
            | Decision::Accept(_)
            | Decision::NoOp
            | Decision::Hide
            | Decision::Unknown => Ok(()),
        }
    }

    /// E-14, E-15: with reach the workspaces are the account's own and end with it; without,
    /// another owner keeps them, and people without another owner are in the way.
    fn delete(&mut self, account: &Account) -> Result<(), Failure> {
        for entry in places(self.bench, account.id)? {
            let fate = self.fate(account, &entry)?;
            self.place(entry, fate);
        }
        Ok(())
    }

    fn fate(&mut self, account: &Account, entry: &WorkspaceEntry) -> Result<Fate, Failure> {
        let rules = account.rules();
        let stays = rules.account_admin_reach == AdminReach::None
            && entry.workspace.kind == WorkspaceKind::Standard;
        if !stays {
            return Ok(Fate::Deleted);
        }
        let (id, me) = (entry.workspace.id, self.bench.cache.me()?.id);
        let (owners, members) = self.bench.cache.read(|mirror| {
            let owners = mirror.owners_by_age(id, rules.owner_class_role)?;
            Ok((owners, mirror.present_members(id)?))
        })?;
        let other = |list: Known<Vec<muster_domain::Membership>>| match list {
            Known::Known(list) => list.iter().any(|it| it.login != me),
            // The server knows; here nothing is said against it.
            Known::Unknown => false,
        };
        if other(owners) {
            return Ok(Fate::Moves);
        }
        if other(members) {
            let name = entry.workspace.name.as_str();
            let refusal = Refusal::new(RefusalCode::SoleOwner).with("workspace", name);
            self.block_place(entry, refusal)?;
        }
        Ok(Fate::Deleted)
    }

    /// E-11: one's own account ends with the sign-in, others are left.
    fn sign_in_ends(&mut self, account: &Account) -> Result<(), Failure> {
        let admins = self.bench.cache.admins(account.id)?;
        let alone = admins.iter().filter(|it| it.active).count() == 1;
        let mine = am_admin(self.bench, account.id)? && alone;
        match account.scheme {
            SchemeId::OwnerLed if mine => self.delete(account),
            SchemeId::OwnerLed | SchemeId::Managed => self.leave(account),
        }
    }

    fn place(&mut self, entry: WorkspaceEntry, fate: Fate) {
        self.places.push(ExitPlace {
            workspace: entry.workspace.id,
            name: entry.workspace.name,
            people: entry.people,
            fate,
        });
    }

    fn block_place(&mut self, entry: &WorkspaceEntry, refusal: Refusal) -> Result<(), Failure> {
        let id = entry.workspace.id;
        self.blockers.push(Blocker {
            workspace: Some(id),
            account: None,
            name: entry.workspace.name.clone(),
            reason: self.bench.reason(Some(About::Workspace(id)), refusal)?,
        });
        Ok(())
    }

    fn block_account(&mut self, account: &Account, refusal: Refusal) -> Result<(), Failure> {
        self.blockers.push(Blocker {
            workspace: None,
            account: Some(account.id),
            name: account.name.clone(),
            reason: self.bench.reason(Some(About::Account(account.id)), refusal)?,
        });
        Ok(())
    }
}

/// Whether a no to leaving one workspace is a no to leaving the account. A group is no such
/// reason: it is left with the account.
fn holds_back(code: RefusalCode) -> bool {
    matches!(
        code,
        RefusalCode::LastOwnerLeave | RefusalCode::PendingOwner | RefusalCode::PersonalLeave
    )
}
