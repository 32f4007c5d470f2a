//! Invitations that were made without a connection (E-44, R14): they wait on this device, are
//! looked at again with the verdicts of then, and go when somebody sends them.

use muster_cache::{DraftEntry, Label, OutboxEntry};
use muster_domain::{Command, RoleSet};
use muster_protocol::OutcomeStatus;

use crate::app::App;
use crate::draft::Draft;
use crate::pending::everything;
use crate::submit::reason;
use crate::verdict::Bench;
use crate::view::{DraftRow, Failure, FailureCode, InviteResult, RefusedAddress, Verdict};

impl App {
    /// The drafts, oldest first, each with what the rules expect of sending it now.
    ///
    /// # Errors
    /// [`Failure`] when the outbox cannot be asked.
    pub async fn drafts(&self) -> Result<Vec<DraftRow>, Failure> {
        self.with_bench(list).await
    }

    /// Takes a draft away.
    ///
    /// # Errors
    /// [`FailureCode::CannotUndo`] when it is not there any more.
    pub async fn draft_remove(&self, n: u32) -> Result<(), Failure> {
        let removed =
            self.with_bench(move |bench| Ok(bench.cache.remove_drafts(&[n.into()], bench.now)?));
        if removed.await? == 0 {
            return Err(Failure::new(FailureCode::CannotUndo));
        }
        self.changed(everything());
        Ok(())
    }

    /// Sends these drafts. What the rules refuse is listed and stays a draft.
    ///
    /// # Errors
    /// [`FailureCode::Offline`] without a connection; then nothing was sent.
    pub async fn drafts_send(&self, drafts: Vec<u32>) -> Result<InviteResult, Failure> {
        let ids: Vec<u64> = drafts.into_iter().map(u64::from).collect();
        let going = self
            .with_bench(move |bench| {
                if !bench.is_online() {
                    return Err(Failure::new(FailureCode::Offline));
                }
                begin(bench, &ids)
            })
            .await?;
        let numbers: Vec<u64> = going.sent.iter().map(|(n, _)| *n).collect();
        if !numbers.is_empty() {
            self.exchange_until_settled(&numbers).await?;
        }
        let result = self.with_bench(move |bench| settled(bench, going)).await;
        self.changed(everything());
        result
    }
}

/// The drafts as the page shows them.
pub(crate) fn list(bench: &Bench<'_>) -> Result<Vec<DraftRow>, Failure> {
    let mut rows = Vec::new();
    for entry in bench.cache.drafts(None)? {
        rows.push(row(bench, entry)?);
    }
    Ok(rows)
}

/// What cannot be read any more, or says nothing since access ended, can only be taken away.
fn row(bench: &Bench<'_>, entry: DraftEntry) -> Result<DraftRow, Failure> {
    let (name, roles, message, verdict) = match &entry.command {
        Some(command @ Command::CreateInvitation { person, roles, message, .. }) => {
            let decision = bench.cache.predict(command, bench.now)?;
            let verdict = bench.of_decision(command, decision)?;
            (person.clone(), *roles, message.clone(), verdict)
        }
        _ => (None, RoleSet::NONE, None, Verdict::Hidden),
    };
    let workspace_name = match entry.workspace {
        Some(id) => bench.cache.workspace(id)?.map(|it| it.workspace.name),
        None => None,
    };
    Ok(DraftRow {
        n: u32::try_from(entry.id).unwrap_or(u32::MAX),
        workspace: entry.workspace,
        workspace_name: workspace_name.unwrap_or(entry.label.workspace_name),
        address: entry.address.or(entry.label.person).unwrap_or_default(),
        name,
        roles,
        message,
        made: entry.made_at,
        verdict,
    })
}

/// Keeps invitations as drafts. What the rules of this copy refuse is said at once.
pub(crate) fn keep(
    bench: &Bench<'_>,
    drafts: Vec<(String, Draft)>,
) -> Result<InviteResult, Failure> {
    let mut result = InviteResult { sent: 0, unanswered: 0, drafted: 0, refused: Vec::new() };
    let mut kept: Vec<(Command, Label)> = Vec::new();
    for (address, draft) in drafts {
        let decision = bench.cache.predict(&draft.command, bench.now)?;
        match decision.refusal() {
            Some(refusal) => {
                let reason = bench.reason_of(&draft.command, refusal)?;
                result.refused.push(RefusedAddress { address, reason });
            }
            None => kept.push((draft.command, draft.label)),
        }
    }
    result.drafted = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    bench.cache.add_drafts(&kept, bench.now)?;
    Ok(result)
}

/// Drafts on their way, by their numbers in the outbox.
struct Going {
    sent: Vec<(u64, String)>,
    refused: Vec<RefusedAddress>,
}

fn begin(bench: &Bench<'_>, ids: &[u64]) -> Result<Going, Failure> {
    let waiting: Vec<DraftEntry> = bench.cache.drafts(None)?;
    let mut going = Going { sent: Vec::new(), refused: Vec::new() };
    for (id, submission) in bench.cache.send_drafts(ids, bench.now)? {
        let Some(entry) = waiting.iter().find(|it| it.id == id) else { continue };
        let address = entry.address.clone().unwrap_or_default();
        match (submission.n, submission.decision.refusal(), &entry.command) {
            (Some(n), _, _) => going.sent.push((n, address)),
            (None, Some(refusal), Some(command)) => {
                let reason = bench.reason_of(command, refusal)?;
                going.refused.push(RefusedAddress { address, reason });
            }
            (None, _, _) => {}
        }
    }
    Ok(going)
}

fn settled(bench: &Bench<'_>, going: Going) -> Result<InviteResult, Failure> {
    let mut result = InviteResult { sent: 0, unanswered: 0, drafted: 0, refused: going.refused };
    for (n, address) in going.sent {
        let Some(entry) = bench.cache.entry(n)? else { continue };
        result.count(bench, &entry, address)?;
    }
    Ok(result)
}

impl InviteResult {
    /// Counts what became of one invitation. A refusal is told here and leaves the tray.
    pub(crate) fn count(
        &mut self,
        bench: &Bench<'_>,
        entry: &OutboxEntry,
        address: String,
    ) -> Result<(), Failure> {
        let outcome = entry.outcome.as_ref();
        match (outcome.map(|it| it.status), outcome.and_then(|it| it.refusal.clone())) {
            (Some(OutcomeStatus::Refused), Some(refusal)) => {
                let reason = reason(bench, entry, refusal)?;
                bench.cache.discard(entry.n, bench.now)?;
                self.refused.push(RefusedAddress { address, reason });
            }
            (Some(OutcomeStatus::Applied | OutcomeStatus::NoOp), _) => self.sent += 1,
            (
                None
                | Some(
                    OutcomeStatus::Refused
                    | OutcomeStatus::Skipped
                    | OutcomeStatus::Unsupported
                    | OutcomeStatus::Quarantined,
                ),
                _,
            ) => self.unanswered += 1,
        }
        Ok(())
    }
}
