//! What becomes of a command: over at once, waiting in the outbox, or answered by the server.

use muster_cache::{EntryState, OutboxEntry, Submission, Undone};
use muster_domain::{About, Command, Decision, Known, Refusal};
use muster_protocol::OutcomeStatus;

use crate::app::App;
use crate::draft::{Draft, draft};
use crate::pending::everything;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Intent, Reason, Submitted};

/// What became of a draft in this copy.
pub(crate) enum Local {
    /// It waits in the outbox under this number.
    Kept(u64),
    /// It is over.
    Over(Submitted),
}

/// Whether a command waits for its verdict or goes to the outbox and is over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Queue,
    Online,
}

impl App {
    /// Does what a person asks for, as far as that is possible now.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked or written; a rule's no is a result.
    pub async fn submit(&self, intent: Intent) -> Result<Submitted, Failure> {
        let (way, local, created) = self
            .with_bench(move |bench| {
                let draft = draft(bench, intent)?;
                let (way, local) = start(bench, &draft)?;
                Ok((way, local, draft.created))
            })
            .await?;
        self.changed(everything());
        match (way, local) {
            (_, Local::Over(submitted)) => Ok(submitted),
            (Way::Queue, Local::Kept(n)) => {
                self.signed()?.engine.wake();
                Ok(queued(n))
            }
            (Way::Online, Local::Kept(n)) => self.settle(n, created).await,
        }
    }

    /// Sends a command now and says what the server made of it.
    pub(crate) async fn settle(
        &self,
        n: u64,
        created: Option<String>,
    ) -> Result<Submitted, Failure> {
        let answered = self.signed()?.engine.exchange().await.is_ok();
        let submitted = self.with_bench(move |bench| outcome(bench, n, created, answered)).await?;
        self.changed(everything());
        Ok(submitted)
    }
}

/// Keeps a draft, unless it needs a connection and there is none.
pub(crate) fn start(bench: &Bench<'_>, draft: &Draft) -> Result<(Way, Local), Failure> {
    if bench.cache.is_read_only() {
        // A connection would not help.
        return Err(Failure::new(FailureCode::FolderReadOnly));
    }
    // E-44: what takes back something unsent needs no server.
    if bench.cache.cancels(&draft.command)?.is_some() {
        return Ok((Way::Queue, keep(bench, draft)?));
    }
    match bench.offline_sentence(&draft.command)? {
        None => Ok((Way::Queue, keep(bench, draft)?)),
        Some(sentence) if !bench.is_online() => {
            // A rule's no is said first: it would still be one with a connection.
            let decision = bench.cache.predict(&draft.command, bench.now)?;
            let submitted = match over(bench, &draft.command, decision)? {
                Some(submitted) => submitted,
                None => Submitted::NeedsConnection { sentence },
            };
            Ok((Way::Online, Local::Over(submitted)))
        }
        Some(_) => Ok((Way::Online, keep(bench, draft)?)),
    }
}

/// What is told of a command that waits in the outbox.
pub(crate) fn queued(n: u64) -> Submitted {
    Submitted::Queued { n: u32::try_from(n).unwrap_or(u32::MAX) }
}

/// What became of a command that was sent at once. One that nobody took is taken back.
pub(crate) fn outcome(
    bench: &Bench<'_>,
    n: u64,
    created: Option<String>,
    answered: bool,
) -> Result<Submitted, Failure> {
    let Some(entry) = bench.cache.entry(n)? else { return Ok(Submitted::Unanswered) };
    if let Some(outcome) = &entry.outcome {
        let told = told(bench, &entry, outcome, created)?;
        if matches!(told, Submitted::Refused { .. }) {
            // The person reads the reason where they acted, not in the tray.
            bench.cache.discard(n, bench.now)?;
        }
        return Ok(told);
    }
    let still_here = entry.state == EntryState::Waiting;
    if !answered && still_here && bench.cache.undo(n, bench.now)? == Undone::Done {
        let sentence = match &entry.command {
            Some(command) => bench.offline_sentence(command)?,
            None => None,
        };
        let sentence = sentence.unwrap_or_else(|| "offline.online_only".to_owned());
        return Ok(Submitted::NeedsConnection { sentence });
    }
    Ok(Submitted::Unanswered)
}

/// Why an entry of the outbox is refused, also where its command cannot be read.
pub(crate) fn reason(
    bench: &Bench<'_>,
    entry: &OutboxEntry,
    refusal: Refusal,
) -> Result<Reason, Failure> {
    match &entry.command {
        Some(command) => bench.reason_of(command, refusal),
        None => bench.reason(entry.workspace.map(About::Workspace), refusal),
    }
}

fn told(
    bench: &Bench<'_>,
    entry: &OutboxEntry,
    outcome: &muster_protocol::Outcome,
    created: Option<String>,
) -> Result<Submitted, Failure> {
    Ok(match outcome.status {
        OutcomeStatus::Applied => Submitted::Applied { created },
        OutcomeStatus::NoOp => Submitted::NoOp,
        OutcomeStatus::Refused => match &outcome.refusal {
            Some(refusal) => Submitted::Refused { reason: reason(bench, entry, refusal.clone())? },
            None => Submitted::Unanswered,
        },
        // Pending tells these with their own words.
        OutcomeStatus::Skipped | OutcomeStatus::Unsupported | OutcomeStatus::Quarantined => {
            Submitted::Unanswered
        }
    })
}

/// Keeps a draft in the outbox unless the rules of this copy end it at once.
fn keep(bench: &Bench<'_>, draft: &Draft) -> Result<Local, Failure> {
    let (command, label) = (&draft.command, draft.label.clone());
    let submission = match draft.line {
        None => bench.cache.submit(command, bench.now, label)?,
        Some(line) => bench.cache.submit_plan_line(line, command, bench.now, label)?,
    };
    local(bench, &draft.command, submission)
}

/// Keeps many drafts, all in one transaction.
pub(crate) fn keep_all(bench: &Bench<'_>, drafts: Vec<Draft>) -> Result<Vec<Local>, Failure> {
    let commands: Vec<_> = drafts.into_iter().map(|it| (it.command, it.label)).collect();
    let submissions = bench.cache.submit_all(&commands, bench.now)?;
    let each = commands.iter().zip(submissions);
    each.map(|((command, _), submission)| local(bench, command, submission)).collect()
}

fn local(bench: &Bench<'_>, command: &Command, submission: Submission) -> Result<Local, Failure> {
    // E-44: it took back what was never sent, so that both are over.
    if submission.cancelled.is_some() {
        return Ok(Local::Over(Submitted::Applied { created: None }));
    }
    match (submission.n, over(bench, command, submission.decision)?) {
        (Some(n), _) => Ok(Local::Kept(n)),
        (None, Some(submitted)) => Ok(Local::Over(submitted)),
        (None, None) => Err(Failure::new(FailureCode::CopyBroken)),
    }
}

/// What is over before anything is sent.
fn over(
    bench: &Bench<'_>,
    command: &Command,
    decision: Decision,
) -> Result<Option<Submitted>, Failure> {
    Ok(match decision {
        Decision::Accept(_) | Decision::Unknown => None,
        Decision::NoOp => Some(Submitted::NoOp),
        Decision::Refuse(_) | Decision::Hide => {
            let refusal = decision.refusal().expect("a no has a refusal");
            let reason: Reason = bench.reason_of(command, refusal)?;
            Some(Submitted::Refused { reason })
        }
    })
}

/// Whether a whole collection is known, as an option.
pub(crate) fn known<T>(known: Known<Option<T>>) -> Option<T> {
    match known {
        Known::Known(value) => value,
        Known::Unknown => None,
    }
}
