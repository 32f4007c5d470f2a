//! Workspaces that are not open to me: in the bin (E-17), or offered to an account of mine (E-59).

use std::collections::HashMap;

use muster_domain::{AccountId, BIN_DAYS, Command, Workspace};

use crate::app::App;
use crate::verdict::Bench;
use crate::view::{BinRow, Failure, OfferRow, Verdict};

/// How many workspaces of the bin are listed.
const BIN: u32 = 1_000;

impl App {
    /// Workspaces in the bin that I can take out again, the last that went in first.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn bin(&self) -> Result<Vec<BinRow>, Failure> {
        self.with_bench(bin).await
    }

    /// Workspaces offered to accounts that I administer, the oldest offer first.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn offers(&self) -> Result<Vec<OfferRow>, Failure> {
        self.with_bench(offers).await
    }
}

fn account_names(bench: &Bench<'_>) -> Result<HashMap<AccountId, String>, Failure> {
    Ok(bench.cache.accounts()?.into_iter().map(|it| (it.id, it.name)).collect())
}

/// The bin.
pub(crate) fn bin(bench: &Bench<'_>) -> Result<Vec<BinRow>, Failure> {
    let names = account_names(bench)?;
    let row = |it: Workspace| {
        let (at, by) = it.trashed.map(|end| (end.at, end.by)).unwrap_or_default();
        Ok(BinRow {
            id: it.id,
            account_name: names.get(&it.account).cloned().unwrap_or_default(),
            by,
            at,
            until: at.plus_days(BIN_DAYS),
            restore: match bench.verdict(&Command::RestoreWorkspace { workspace: it.id })? {
                // The server lists only what I can take out.
                Verdict::Unknown => Verdict::Allowed,
                other => other,
            },
            name: it.name,
        })
    };
    bench.cache.bin(0, BIN)?.rows.into_iter().map(row).collect()
}

/// The offers.
pub(crate) fn offers(bench: &Bench<'_>) -> Result<Vec<OfferRow>, Failure> {
    let names = account_names(bench)?;
    let offers = bench.cache.offers()?.into_iter();
    Ok(offers
        .map(|it| OfferRow {
            workspace: it.workspace,
            name: it.name,
            from: it.offer.from,
            by: it.offer.by,
            at: it.offer.at,
            people: it.people,
            to: it.offer.to,
            to_name: names.get(&it.offer.to).cloned().unwrap_or_default(),
        })
        .collect())
}
