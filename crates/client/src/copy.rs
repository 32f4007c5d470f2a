//! What is told of the copy on this device, and the ways out when it does not open.

use muster_cache::{BrokenBy, Cache, Opened, Standing};

use crate::app::{App, blocking};
use crate::clock;
use crate::keep;
use crate::view::{AppState, CopyView, Failure, FailureCode, LeaseView, LostView, Rebuilt};

impl App {
    /// The person has read which unsent changes are lost.
    ///
    /// # Errors
    /// [`Failure`] when that cannot be kept.
    pub async fn lost_read(&self) -> Result<AppState, Failure> {
        self.with_cache(|cache, _| Ok(cache.forget_lost()?)).await?;
        self.app_state().await
    }

    /// Puts unsent changes that cannot be opened aside and begins anew. `typed` is the address
    /// of the sign-in, by which the person says that this is meant.
    ///
    /// # Errors
    /// [`FailureCode::BadRequest`] when something else was typed or nothing is in the way.
    pub async fn put_outbox_aside(&self, typed: String) -> Result<AppState, Failure> {
        let no = || Failure::new(FailureCode::BadRequest);
        let stuck = [FailureCode::OutboxBroken, FailureCode::OutboxKeyLost];
        let is_stuck = self.problem().is_some_and(|it| stuck.contains(&it.code));
        let (vault, dir) = (self.vault(), self.dir().to_owned());
        if !is_stuck || self.signed().is_ok() {
            return Err(no());
        }
        blocking(move || {
            let Some(kept) = keep::session(&*vault)? else { return Err(no()) };
            if typed.trim().to_lowercase() != kept.login.address.to_string() {
                return Err(no());
            }
            Ok(Cache::put_outbox_aside(&keep::login_dir(&dir, kept.login.id))?)
        })
        .await?;
        self.app_state().await
    }
}

/// What the window has to say of the copy.
pub(crate) fn view(cache: &Cache) -> Result<CopyView, Failure> {
    let leases = cache.leases(clock::steady())?;
    let told = leases.into_iter().filter(|it| it.standing != Standing::Open);
    Ok(CopyView {
        leases: told
            .map(|it| LeaseView {
                account: it.account,
                account_name: it.name,
                days: it.days,
                age_days: it.age_days,
                until: it.until,
                locked: it.standing == Standing::Locked,
            })
            .collect(),
        erased: cache.erased_by_lease()?,
        rebuilt: match cache.opened() {
            Opened::New | Opened::Found => None,
            Opened::Rebuilt(BrokenBy::Damage) => Some(Rebuilt::Damage),
            Opened::Rebuilt(BrokenBy::WrongKey) => Some(Rebuilt::Key),
            Opened::Rebuilt(BrokenBy::Newer) => Some(Rebuilt::Newer),
        },
        saved: cache.salvaged().map(|it| it.saved),
        lost: lost(cache)?,
    })
}

fn lost(cache: &Cache) -> Result<Option<LostView>, Failure> {
    let lost = cache.lost()?;
    if lost.is_empty() {
        return Ok(None);
    }
    let known = lost.iter().filter(|it| it.n > 0);
    let mut workspaces = Vec::new();
    for id in lost.iter().filter_map(|it| it.workspace) {
        if let Some(entry) = cache.workspace(id)?
            && !workspaces.contains(&entry.workspace.name)
        {
            workspaces.push(entry.workspace.name);
        }
    }
    Ok(Some(LostView {
        count: u32::try_from(known.count()).unwrap_or(u32::MAX),
        maybe_more: lost.iter().any(|it| it.n == 0),
        workspaces,
    }))
}
