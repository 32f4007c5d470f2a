//! The evidence of a review (ui.md 5.8): a folder that proves itself, signed with a key of this
//! sign-in that rests in the key store.
//!
//! The key is named in the log with the first evidence of a review, so that the chain in the
//! pack says whose it is. Offline that command waits like any other, and the evidence says that
//! the log does not name the key.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use muster_cache::{ReviewLineQuery, ReviewLineWindow};
use muster_domain::{
    Command, LoginId, MembershipId, Permission, PublicKey, Review, ReviewId, ReviewLine,
    WorkspaceId,
};
use muster_evidence::{Chain, FORMAT, Key, Pack, Signer, fingerprint};
use muster_protocol::LogOf;
use zeroize::Zeroizing;

use crate::app::App;
use crate::draft::{Draft, in_workspace};
use crate::export::{cannot, noted, place};
use crate::pending::everything;
use crate::random;
use crate::submit::{Local, keep_all};
use crate::vault::Vault;
use crate::verdict::Bench;
use crate::view::{EvidenceKey, EvidenceView, Failure, FailureCode};

/// What the evidence is told from outside of the copy.
pub(crate) struct From<'a> {
    pub server: &'a str,
    pub version: &'a str,
    pub key: &'a Key,
}

impl App {
    /// Writes the evidence of a review into a new folder; answers its path.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a review that is not there; [`FailureCode::CannotWrite`]
    /// when the files cannot be written.
    pub async fn review_evidence(
        &self,
        workspace: WorkspaceId,
        review: ReviewId,
    ) -> Result<EvidenceView, Failure> {
        self.review_evidence_below(workspace, review, None).await
    }

    /// The same into a new folder below the one that is named.
    ///
    /// # Errors
    /// As [`App::review_evidence`].
    pub async fn review_evidence_below(
        &self,
        workspace: WorkspaceId,
        review: ReviewId,
        below: Option<PathBuf>,
    ) -> Result<EvidenceView, Failure> {
        let (dir, version, vault) = (self.dir().to_owned(), self.version(), self.vault());
        let server = self.signed()?.api.server().to_owned();
        self.name_key(workspace, review).await?;
        self.with_bench(move |bench| {
            let key = key(&*vault, bench.cache.me()?.id)?;
            let below = below.or_else(place::downloads).unwrap_or_else(|| dir.join("exports"));
            let from = From { server: &server, version: &version, key: &key };
            noted(bench, "evidence", Some(workspace))?;
            write(bench, (workspace, review), &from, &below)
        })
        .await
    }

    /// Names the key in the log, unless it is there. A no of the rules is no reason to write
    /// nothing: the evidence says what it does not prove.
    async fn name_key(&self, workspace: WorkspaceId, review: ReviewId) -> Result<(), Failure> {
        let vault = self.vault();
        let kept = self.with_bench(move |bench| register(bench, &*vault, (workspace, review)));
        if kept.await?.is_some() {
            self.changed(everything());
            // Without an answer it waits in the outbox.
            drop(self.signed()?.engine.exchange().await);
        }
        Ok(())
    }
}

/// Keeps the command that names the key, unless the log names it or the command waits already.
pub(crate) fn register(
    bench: &Bench<'_>,
    vault: &dyn Vault,
    (workspace, review): (WorkspaceId, ReviewId),
) -> Result<Option<u64>, Failure> {
    let found = crate::draft::review::find(bench, workspace, review)?;
    let key = public(&key(vault, bench.cache.me()?.id)?)?;
    let command = Command::RegisterReviewKey { workspace, review, key };
    let label = in_workspace(bench, workspace, None, Some(found.name))?;
    match keep_all(bench, vec![Draft::plain(command, label)])?.pop() {
        Some(Local::Kept(n)) => Ok(Some(n)),
        Some(Local::Over(_)) | None => Ok(None),
    }
}

/// The public half in the form of the log.
fn public(key: &Key) -> Result<PublicKey, Failure> {
    key.public().parse().map_err(|it| Failure::caused(FailureCode::CopyBroken, &it))
}

/// Where the signing key of a sign-in rests. It goes with the sign-in; what it signed stays
/// checkable, since the public half is in the evidence.
pub(crate) fn key_name(login: LoginId) -> String {
    format!("evidence {login}")
}

/// The signing key of a sign-in on this device, made with its first evidence.
pub(crate) fn key(vault: &dyn Vault, login: LoginId) -> Result<Key, Failure> {
    let name = key_name(login);
    let found = vault.get(&name)?.map(Zeroizing::new);
    let seed = match found.and_then(|it| <[u8; 32]>::try_from(it.as_slice()).ok()) {
        Some(seed) => Zeroizing::new(seed),
        None => {
            let mut seed = Zeroizing::new([0; 32]);
            random::fill(seed.as_mut_slice())?;
            vault.set(&name, seed.as_slice())?;
            seed
        }
    };
    Key::from_seed(&seed).map_err(|it| Failure::caused(FailureCode::CopyBroken, &it))
}

/// Writes the evidence into a new folder below this one; answers its path.
pub(crate) fn write(
    bench: &Bench<'_>,
    (workspace, review): (WorkspaceId, ReviewId),
    from: &From<'_>,
    below: &Path,
) -> Result<EvidenceView, Failure> {
    let pack = pack(bench, workspace, review, from)?;
    let files = muster_evidence::write(&pack, from.key).map_err(|it| cannot(&it))?;
    let name = format!("{} {}", pack.workspace_name, pack.review.name);
    let folder = place::fresh(below, &name, bench.now).map_err(|it| cannot(&it))?;
    for (name, bytes) in files.named() {
        let mut file = fs::File::create_new(folder.join(name)).map_err(|it| cannot(&it))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|it| cannot(&it))?;
    }
    Ok(EvidenceView {
        folder: folder.to_string_lossy().into_owned(),
        fingerprint: fingerprint(&pack.made_by.key),
        key: match (&pack.chain, pack.registered()) {
            (None, _) => EvidenceKey::NoLog,
            (Some(_), Some(_)) => EvidenceKey::InLog,
            (Some(_), None) => EvidenceKey::NotYet,
        },
    })
}

fn pack(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    review: ReviewId,
    from: &From<'_>,
) -> Result<Pack, Failure> {
    let place = bench.place(workspace)?;
    let found = crate::draft::review::find(bench, workspace, review)?;
    let lines = lines(bench, review)?;
    let me = bench.cache.me()?;
    let own = bench.own_roles(workspace)?.into_iter();
    let pack = Pack {
        format: FORMAT,
        program: from.version.to_owned(),
        made_at: bench.now,
        made_by: Signer {
            login: me.id,
            name: me.name,
            address: me.address.to_string(),
            key: from.key.public(),
        },
        server: from.server.to_owned(),
        account_name: place.account.name,
        workspace_name: place.confirmed.unwrap_or(place.workspace).name,
        own_roles: own.map(|it| (format!("own:{}", it.slot), it.name)).collect::<BTreeMap<_, _>>(),
        chain: chain(bench, &found, &lines)?,
        review: found,
        lines,
        changes: Vec::new(),
    };
    Ok(pack.settled())
}

/// Every line as the server has it: what is not sent yet is nothing to prove.
fn lines(bench: &Bench<'_>, review: ReviewId) -> Result<Vec<ReviewLine>, Failure> {
    let all = ReviewLineQuery::of(review, u32::MAX);
    let ReviewLineWindow { rows, .. } = bench.cache.review_lines(&all)?;
    Ok(rows.into_iter().map(|it| it.confirmed.unwrap_or(it.line)).collect())
}

/// The log from the start of the review on, if all of it is here and may be read.
fn chain(
    bench: &Bench<'_>,
    review: &Review,
    lines: &[ReviewLine],
) -> Result<Option<Chain>, Failure> {
    let of = LogOf::Workspace(review.workspace);
    let may = bench.facts(review.workspace)?.permissions().has(Permission::AuditView);
    let is_here = bench.cache.log_state(of)?.is_some_and(|it| it.whole && !it.loading);
    if !may || !is_here {
        return Ok(None);
    }
    let people: BTreeSet<MembershipId> = lines.iter().map(|it| it.membership).collect();
    let events = bench.cache.chain(of, review.started.at)?;
    let chain = Chain::of(of, events, review, &people);
    Ok(Some(chain).filter(|it| !it.events.is_empty()))
}
