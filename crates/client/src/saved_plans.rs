//! Plans that are kept (ui.md 4.9): thought of now, looked at again with the verdicts of then,
//! carried out line by line and, after a break, on from where they stood.
//!
//! What became of a line is told by the command that it became: both are kept in one
//! transaction, so that a stop in between cannot have a line made twice.

use std::collections::BTreeMap;

use muster_cache::{EntryState, OutboxEntry, PlanDraft, PlanEntry, PlanLineEntry, PlanPlace};
use muster_domain::{Permission, Refusal, RefusalCode, RoleSet};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::draft::draft;
use crate::pending::everything;
use crate::plan::{gone, kept_line, preview};
use crate::submit::{Local, Way, queued, reason, start};
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, Intent, PlanAct, PlanDrift, PlanLine, PlanVerdict, SavePlan,
    SavedLineState, SavedPlanLine, SavedPlanRow, SavedPlanView, Submitted, Verdict,
};

/// How long the name of a plan is at most, in characters.
const LONGEST_NAME: usize = 200;

/// How many lines a plan has at most.
const MOST_LINES: usize = 20_000;

impl App {
    /// The plans that are kept, the newest first.
    ///
    /// # Errors
    /// [`Failure`] when the outbox cannot be asked.
    pub async fn saved_plans(&self) -> Result<Vec<SavedPlanRow>, Failure> {
        self.with_bench(list).await
    }

    /// Keeps a plan; answers its number.
    ///
    /// # Errors
    /// [`FailureCode::BadRequest`] without a name or a line, or when it is too large;
    /// [`Failure`] when the outbox cannot be written.
    pub async fn save_plan(&self, plan: SavePlan) -> Result<u32, Failure> {
        let n = self.with_bench(move |bench| save(bench, plan)).await?;
        self.changed(everything());
        Ok(n)
    }

    /// One plan, everything in it checked anew.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for one that is not there.
    pub async fn saved_plan(&self, n: u32) -> Result<SavedPlanView, Failure> {
        self.with_bench(move |bench| view(bench, n)).await
    }

    /// Calls a plan something else.
    ///
    /// # Errors
    /// [`FailureCode::BadRequest`] without a name, [`FailureCode::CannotUndo`] for a plan that
    /// is not there any more.
    pub async fn rename_saved_plan(&self, n: u32, name: String) -> Result<(), Failure> {
        let name = named(&name)?;
        let done = self.with_bench(move |bench| Ok(bench.cache.rename_plan(n.into(), &name)?));
        self.taken_off(done.await?)
    }

    /// Takes a plan away. What was carried out of it stays.
    ///
    /// # Errors
    /// [`FailureCode::CannotUndo`] for a plan that is not there any more.
    pub async fn delete_saved_plan(&self, n: u32) -> Result<(), Failure> {
        let done =
            self.with_bench(move |bench| Ok(bench.cache.remove_plan(n.into(), bench.now)?));
        self.taken_off(done.await?)
    }

    /// Brings a plan back that was taken away.
    ///
    /// # Errors
    /// [`FailureCode::CannotUndo`] when that is too long ago.
    pub async fn restore_saved_plan(&self, n: u32) -> Result<(), Failure> {
        let done = self.with_bench(move |bench| Ok(bench.cache.restore_plan(n.into())?));
        self.taken_off(done.await?)
    }

    /// Takes a line out of a plan that was not carried out.
    ///
    /// # Errors
    /// [`FailureCode::CannotUndo`] for a line that was, or is not there.
    pub async fn drop_saved_line(&self, n: u32, line: u32) -> Result<(), Failure> {
        let place = PlanPlace { plan: n.into(), line };
        let done = self.with_bench(move |bench| Ok(bench.cache.drop_plan_line(place)?));
        self.taken_off(done.await?)
    }

    /// Carries out one line of a plan, unless that was done before.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a line that is not there; [`Failure`] when the copy cannot
    /// be asked or written. A rule's no is a result.
    pub async fn run_saved_line(&self, n: u32, line: u32) -> Result<Submitted, Failure> {
        let place = PlanPlace { plan: n.into(), line };
        let (way, local, created) = self.with_bench(move |bench| begin(bench, place)).await?;
        self.changed(everything());
        let submitted = match (way, local) {
            (_, Local::Over(submitted)) => submitted,
            (Way::Queue, Local::Kept(n)) => {
                self.signed()?.engine.wake();
                if self.with_bench(|bench| Ok(bench.is_online())).await? {
                    self.exchange_until_settled(&[n]).await?;
                }
                self.with_bench(move |bench| kept_line(bench, n)).await?
            }
            (Way::Online, Local::Kept(n)) => self.settle(n, created).await?,
        };
        if let Some(word) = told_word(&submitted) {
            self.with_bench(move |bench| Ok(bench.cache.tell_plan_line(place, word)?)).await?;
        }
        self.changed(everything());
        Ok(submitted)
    }
}

/// What stays true of a line when its command is long forgotten.
const fn told_word(submitted: &Submitted) -> Option<&'static str> {
    match submitted {
        Submitted::Applied { .. } => Some(APPLIED),
        Submitted::NoOp => Some(NO_OP),
        Submitted::Queued { .. }
        | Submitted::Refused { .. }
        | Submitted::NeedsConnection { .. }
        | Submitted::Unanswered => None,
    }
}

const APPLIED: &str = "applied";
const NO_OP: &str = "no_op";

/// What a line looked like when it was kept.
#[derive(Serialize, Deserialize)]
struct Seen {
    name: String,
    workspace: String,
    act: PlanAct,
    from: RoleSet,
    to: RoleSet,
    gains: Vec<Permission>,
    verdict: PlanVerdict,
}

impl Seen {
    fn of(line: &PlanLine) -> Self {
        Self {
            name: line.name.clone(),
            workspace: line.workspace_name.clone(),
            act: line.act,
            from: line.from,
            to: line.to,
            gains: line.gains.clone(),
            verdict: word(&line.verdict),
        }
    }

    /// The line as it was, for one that is over.
    fn line(self) -> PlanLine {
        PlanLine {
            name: self.name,
            workspace_name: self.workspace,
            act: self.act,
            from: self.from,
            to: self.to,
            gains: self.gains,
            ..gone()
        }
    }

    /// What is different now; `None` if nothing is.
    fn drift(&self, now: &PlanLine) -> Option<PlanDrift> {
        let verdict = word(&now.verdict);
        let more = now.gains.iter().filter(|it| !self.gains.contains(it)).copied().collect();
        let drift = PlanDrift {
            was: Some(self.verdict).filter(|was| *was != verdict && !is_contact(*was, verdict)),
            from: Some(self.from).filter(|from| *from != now.from),
            more,
        };
        let is_same = drift.was.is_none() && drift.from.is_none() && drift.more.is_empty();
        Some(drift).filter(|_| !is_same)
    }
}

/// Whether two verdicts differ by nothing but the connection.
fn is_contact(was: PlanVerdict, is: PlanVerdict) -> bool {
    matches!(
        (was, is),
        (PlanVerdict::Able, PlanVerdict::NeedsConnection)
            | (PlanVerdict::NeedsConnection, PlanVerdict::Able)
    )
}

const fn word(verdict: &Verdict) -> PlanVerdict {
    match verdict {
        Verdict::Allowed | Verdict::Unknown => PlanVerdict::Able,
        Verdict::NoOp => PlanVerdict::Unchanged,
        Verdict::NeedsConnection { .. } => PlanVerdict::NeedsConnection,
        Verdict::Refused { .. } | Verdict::Hidden => PlanVerdict::Blocked,
    }
}

fn bad(field: &str) -> Failure {
    Failure { field: Some(field.to_owned()), ..Failure::new(FailureCode::BadRequest) }
}

fn named(name: &str) -> Result<String, Failure> {
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() { Err(bad("name")) } else { Ok(name) }
}

/// A value of ours as text; such values always have one.
fn text<T: Serialize>(value: &T) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|it| Failure::caused(FailureCode::BadRequest, &it))
}

/// Keeps a plan; answers its number.
pub(crate) fn save(bench: &Bench<'_>, plan: SavePlan) -> Result<u32, Failure> {
    let name = named(&plan.name)?;
    if plan.intents.is_empty() || plan.intents.len() > MOST_LINES {
        return Err(bad("intents"));
    }
    let seen = preview(bench, plan.intents.clone())?.lines;
    let lines: Vec<PlanDraft> = plan
        .intents
        .iter()
        .zip(&seen)
        .map(|(intent, line)| {
            Ok(PlanDraft {
                body: text(intent)?,
                seen: text(&Seen::of(line))?,
                about: intent.about().map_err(|_| bad("intents"))?,
            })
        })
        .collect::<Result<_, Failure>>()?;
    let n = bench.cache.add_plan(&name, &text(&plan.source)?, &lines, bench.now)?;
    Ok(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The plans that are kept.
pub(crate) fn list(bench: &Bench<'_>) -> Result<Vec<SavedPlanRow>, Failure> {
    bench.cache.plans()?.into_iter().map(|plan| row(bench, plan)).collect()
}

fn row(bench: &Bench<'_>, plan: PlanEntry) -> Result<SavedPlanRow, Failure> {
    let mut done = 0;
    for line in &plan.lines {
        done += u32::from(is_past(&state(bench, line)?));
    }
    Ok(SavedPlanRow {
        n: u32::try_from(plan.id).unwrap_or(u32::MAX),
        name: plan.name,
        source: serde_json::from_str(&plan.source).ok(),
        made: plan.made_at,
        lines: u32::try_from(plan.lines.len()).unwrap_or(u32::MAX),
        done,
    })
}

/// Whether nothing is left to do of a line.
const fn is_past(state: &SavedLineState) -> bool {
    match state {
        SavedLineState::Waiting
        | SavedLineState::Done
        | SavedLineState::AlreadySo
        | SavedLineState::Past => true,
        SavedLineState::Open
        | SavedLineState::Refused { .. }
        | SavedLineState::Untold
        | SavedLineState::Unknown => false,
    }
}

/// How far a line has come.
fn state(bench: &Bench<'_>, line: &PlanLineEntry) -> Result<SavedLineState, Failure> {
    let told = match line.told.as_deref() {
        Some(APPLIED) => Some(SavedLineState::Done),
        Some(NO_OP) => Some(SavedLineState::AlreadySo),
        Some(_) | None => None,
    };
    if let Some(n) = line.command {
        return Ok(match bench.cache.entry(n)? {
            Some(entry) => of_entry(bench, line, &entry)?,
            None => told.unwrap_or(SavedLineState::Past),
        });
    }
    Ok(match told {
        Some(told) => told,
        None => open(line),
    })
}

/// A line that waits to be carried out, as far as it can be read.
fn open(line: &PlanLineEntry) -> SavedLineState {
    match &line.body {
        None => SavedLineState::Untold,
        Some(body) if serde_json::from_str::<Intent>(body).is_err() => SavedLineState::Unknown,
        Some(_) => SavedLineState::Open,
    }
}

fn of_entry(
    bench: &Bench<'_>,
    line: &PlanLineEntry,
    entry: &OutboxEntry,
) -> Result<SavedLineState, Failure> {
    Ok(match entry.state {
        EntryState::Waiting | EntryState::Sending => SavedLineState::Waiting,
        EntryState::Settled => SavedLineState::Done,
        // It was taken back, so it is to be done again.
        EntryState::Undone => open(line),
        EntryState::Refused | EntryState::Discarded if line.body.is_none() => {
            SavedLineState::Untold
        }
        EntryState::Refused | EntryState::Discarded => {
            let refusal = entry.outcome.as_ref().and_then(|it| it.refusal.clone());
            let refusal = refusal.unwrap_or_else(|| Refusal::new(RefusalCode::NotVisible));
            SavedLineState::Refused { reason: reason(bench, entry, refusal)? }
        }
    })
}

/// One plan, everything in it checked anew.
pub(crate) fn view(bench: &Bench<'_>, n: u32) -> Result<SavedPlanView, Failure> {
    let plan = bench.cache.plan(n.into())?;
    let plan = plan.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let mut states = Vec::with_capacity(plan.lines.len());
    let (mut asked, mut intents) = (Vec::new(), Vec::new());
    for line in &plan.lines {
        let state = state(bench, line)?;
        let can_be_done = matches!(state, SavedLineState::Open | SavedLineState::Refused { .. });
        if can_be_done && let Some(intent) = intent_of(line) {
            asked.push(line.line);
            intents.push(intent);
        }
        states.push(state);
    }
    // Each line sees those before it, as it will when they are carried out.
    let checked = preview(bench, intents)?.lines;
    let mut now: BTreeMap<u32, PlanLine> = asked.into_iter().zip(checked).collect();
    let lines = plan.lines.iter().zip(states).map(|(line, state)| {
        let seen: Option<Seen> = line.seen.as_deref().and_then(|it| serde_json::from_str(it).ok());
        let now = now.remove(&line.line);
        let since = now.as_ref().zip(seen.as_ref()).and_then(|(now, seen)| seen.drift(now));
        let now = fill(now, seen);
        SavedPlanLine { line: line.line, state, now, since }
    });
    Ok(SavedPlanView {
        n,
        source: serde_json::from_str(&plan.source).ok(),
        made: plan.made_at,
        lines: lines.collect(),
        name: plan.name,
    })
}

/// A line as it would be done now, or as it was kept. What is gone by now keeps its name.
fn fill(now: Option<PlanLine>, seen: Option<Seen>) -> PlanLine {
    match (now, seen) {
        (Some(now), Some(seen)) if now.name.is_empty() => {
            PlanLine { verdict: now.verdict, ..seen.line() }
        }
        (Some(now), _) => now,
        (None, Some(seen)) => seen.line(),
        (None, None) => gone(),
    }
}

fn intent_of(line: &PlanLineEntry) -> Option<Intent> {
    serde_json::from_str(line.body.as_deref()?).ok()
}

/// Makes the command of a line, unless it was made before and stands.
fn begin(bench: &Bench<'_>, place: PlanPlace) -> Result<(Way, Local, Option<String>), Failure> {
    let over = |submitted| Ok((Way::Queue, Local::Over(submitted), None));
    let not_there = || Failure::new(FailureCode::NotFound);
    let plan = bench.cache.plan(place.plan)?.ok_or_else(not_there)?;
    let line = plan.lines.iter().find(|it| it.line == place.line).ok_or_else(not_there)?;
    match state(bench, line)? {
        SavedLineState::Waiting => return over(queued(line.command.unwrap_or_default())),
        SavedLineState::Done | SavedLineState::Past => {
            return over(Submitted::Applied { created: None });
        }
        SavedLineState::AlreadySo => return over(Submitted::NoOp),
        SavedLineState::Open
        | SavedLineState::Refused { .. }
        | SavedLineState::Untold
        | SavedLineState::Unknown => {}
    }
    let intent = intent_of(line).ok_or_else(not_there)?;
    let made = match draft(bench, intent) {
        Err(failure) if failure.code == FailureCode::NotFound => {
            let reason = bench.reason(None, Refusal::new(RefusalCode::NotVisible))?;
            return over(Submitted::Refused { reason });
        }
        made => made?,
    };
    let made = crate::draft::Draft { line: Some(place), ..made };
    let (way, local) = start(bench, &made)?;
    Ok((way, local, made.created))
}
