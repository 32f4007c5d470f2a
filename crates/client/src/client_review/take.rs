//! Taking a client's answer in: first a look at it, then ordinary decisions of whoever enters
//! it, which name the client.

use std::collections::{BTreeMap, BTreeSet};

use muster_domain::{
    Choice, Command, Decided, HandOut, LoginId, MembershipId, Review, ReviewLine, Standpoint,
};

use super::forms::{Answer, Said, Unproved};
use super::lock::Passphrase;
use crate::app::{App, blocking};
use crate::draft::{Draft, in_workspace};
use crate::invitations::bytes_of as content;
use crate::pending::everything;
use crate::reviews::{chosen, standpoint};
use crate::submit::{Local, keep_all};
use crate::verdict::Bench;
use crate::view::{
    AnswerEntered, AnswerFile, AnswerLine, AnswerLook, AnswerMeets, Failure, FailureCode,
    Submitted, Verdict,
};

/// How many lines one command keeps at most.
const MOST_LINES: usize = 500;

impl App {
    /// What a client's answer says, and what entering it would come to.
    ///
    /// # Errors
    /// What is wrong with the file, each with its own sentence.
    pub async fn answer_look(&self, file: AnswerFile) -> Result<AnswerLook, Failure> {
        let (file, unproved) = opened(file).await?;
        self.with_bench(move |bench| look(bench, &file, &unproved)).await
    }

    /// Enters a client's answer as decisions of mine, but for the lines left out. Without a
    /// connection they wait like all decisions.
    ///
    /// # Errors
    /// As for looking at it.
    pub async fn answer_enter(
        &self,
        file: AnswerFile,
        leave_out: Vec<MembershipId>,
    ) -> Result<AnswerEntered, Failure> {
        let (file, unproved) = opened(file).await?;
        let left: BTreeSet<MembershipId> = leave_out.into_iter().collect();
        let entered = self.with_bench(move |bench| enter(bench, &file, &unproved, &left)).await?;
        self.signed()?.engine.wake();
        self.changed(everything());
        Ok(entered)
    }
}

async fn opened(file: AnswerFile) -> Result<(AnswerFile, Unproved), Failure> {
    blocking(move || {
        let bytes = content(&file.content)?;
        let unproved = read(&bytes, &file.passphrase)?;
        Ok((file, unproved))
    })
    .await
}

/// Opens an answer; whose it is is not proved by that.
pub(crate) fn read(bytes: &[u8], passphrase: &str) -> Result<Unproved, Failure> {
    Unproved::open(bytes, &Passphrase::typed(passphrase))
}

/// The answer, if it is one to what was handed out of this open review.
fn proved<'a>(
    bench: &Bench<'_>,
    file: &AnswerFile,
    unproved: &'a Unproved,
) -> Result<(Review, HandOut, &'a Answer), Failure> {
    let review = crate::draft::review::find(bench, file.workspace, file.review)?;
    let (workspace, of, hand_out) = unproved.claims();
    if (workspace, of) != (review.workspace, review.id) {
        return Err(Failure::new(FailureCode::AnswerOther));
    }
    if review.closed.is_some() {
        return Err(Failure::new(FailureCode::AnswerClosed));
    }
    let handed = review.hand_out(hand_out).cloned();
    let handed = handed.ok_or_else(|| Failure::new(FailureCode::AnswerUnknown))?;
    let answer = unproved.proved(handed.key)?;
    Ok((review, handed, answer))
}

/// One line of an answer beside what is decided about it here.
struct Met<'a> {
    membership: MembershipId,
    said: &'a Said,
    line: Option<ReviewLine>,
}

fn met<'a>(
    bench: &Bench<'_>,
    review: &Review,
    answer: &'a Answer,
) -> Result<Vec<Met<'a>>, Failure> {
    let lines =
        bench.cache.review_lines(&muster_cache::ReviewLineQuery::of(review.id, u32::MAX))?;
    let mut lines: BTreeMap<MembershipId, ReviewLine> =
        lines.rows.into_iter().map(|it| (it.line.membership, it.line)).collect();
    let mut seen = BTreeSet::new();
    let said = answer.said.iter().filter(|(id, _)| seen.insert(*id));
    Ok(said.map(|(id, said)| Met { membership: *id, said, line: lines.remove(id) }).collect())
}

/// How a client's word meets those that are there.
fn meets(line: &ReviewLine, said: &Said, client: &str, me: LoginId) -> AnswerMeets {
    let mine = line.decided.iter().find(|it| it.by == me);
    let is_same = |it: &Decided| {
        it.choice == said.choice && it.reason == said.reason && it.client.as_deref() == Some(client)
    };
    if mine.is_some_and(is_same) {
        return AnswerMeets::Same;
    }
    if line.decided.iter().any(|it| it.by != me && it.choice != said.choice) {
        return AnswerMeets::Differs;
    }
    match mine {
        Some(mine) if mine.choice != said.choice => AnswerMeets::Replaces,
        Some(_) | None => AnswerMeets::New,
    }
}

fn command(review: &Review, handed: &HandOut, lines: Vec<MembershipId>, said: &Said) -> Command {
    Command::EnterReview {
        workspace: review.workspace,
        review: review.id,
        hand_out: handed.id,
        lines,
        choice: said.choice,
        reason: said.reason.clone(),
    }
}

/// What entering an answer would come to, line by line.
pub(crate) fn look(
    bench: &Bench<'_>,
    file: &AnswerFile,
    unproved: &Unproved,
) -> Result<AnswerLook, Failure> {
    let (review, handed, answer) = proved(bench, file, unproved)?;
    let me = bench.cache.me()?.id;
    let mut lines = Vec::new();
    for met in met(bench, &review, answer)? {
        let ask = command(&review, &handed, vec![met.membership], met.said);
        let (now, now_to) = met
            .line
            .as_ref()
            .map_or_else(|| standpoint(Standpoint::Undecided), |it| standpoint(it.standpoint()));
        let by = met.line.iter().flat_map(|it| &it.decided).map(|it| it.name.clone());
        let (choice, to) = chosen(met.said.choice);
        lines.push(AnswerLine {
            membership: met.membership,
            name: met.line.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
            choice,
            to,
            reason: met.said.reason.clone(),
            now,
            now_to,
            now_by: by.collect(),
            meets: met
                .line
                .as_ref()
                .map_or(AnswerMeets::New, |it| meets(it, met.said, &handed.client, me)),
            verdict: bench.verdict(&ask)?,
        });
    }
    lines.sort_by_key(|it| it.name.to_lowercase());
    let count = |fits: &dyn Fn(&AnswerLine) -> bool| {
        u32::try_from(lines.iter().filter(|it| fits(it)).count()).unwrap_or(u32::MAX)
    };
    Ok(AnswerLook {
        client: handed.client,
        handed_by: handed.by,
        handed_at: handed.at,
        answered_at: answer.at,
        people: review.lines,
        same: count(&|it| it.meets == AnswerMeets::Same),
        refused: count(&|it| matches!(it.verdict, Verdict::Refused { .. } | Verdict::Hidden)),
        lines,
    })
}

/// Keeps the decisions, those to keep in as few commands as they fit in.
pub(crate) fn enter(
    bench: &Bench<'_>,
    file: &AnswerFile,
    unproved: &Unproved,
    leave_out: &BTreeSet<MembershipId>,
) -> Result<AnswerEntered, Failure> {
    let (review, handed, answer) = proved(bench, file, unproved)?;
    let me = bench.cache.me()?.id;
    let mut kept: BTreeMap<Option<String>, Vec<MembershipId>> = BTreeMap::new();
    let mut commands = Vec::new();
    for met in met(bench, &review, answer)? {
        let Some(line) = &met.line else { continue };
        let is_same = meets(line, met.said, &handed.client, me) == AnswerMeets::Same;
        if is_same || leave_out.contains(&met.membership) {
            continue;
        }
        let ask = command(&review, &handed, vec![met.membership], met.said);
        // A line that the rules refuse must not take those with it that they do not.
        if matches!(bench.verdict(&ask)?, Verdict::Refused { .. } | Verdict::Hidden) {
            continue;
        }
        match met.said.choice {
            Choice::Keep => kept.entry(met.said.reason.clone()).or_default().push(met.membership),
            Choice::Change(_) | Choice::Remove => commands.push(ask),
        }
    }
    for (reason, lines) in kept {
        let said = Said { choice: Choice::Keep, reason, at: answer.at };
        let some = lines.chunks(MOST_LINES);
        commands.extend(some.map(|it| command(&review, &handed, it.to_vec(), &said)));
    }
    let lines: Vec<usize> = commands.iter().map(lines_of).collect();
    let label = in_workspace(bench, review.workspace, None, Some(handed.client))?;
    let drafts = commands.into_iter().map(|it| Draft::plain(it, label.clone())).collect();
    let entered = keep_all(bench, drafts)?.into_iter().zip(lines);
    let taken = entered.filter(|(local, _)| match local {
        Local::Kept(_) => true,
        Local::Over(over) => matches!(over, Submitted::Applied { .. } | Submitted::NoOp),
    });
    let entered = taken.map(|(_, lines)| lines).sum::<usize>();
    Ok(AnswerEntered { entered: u32::try_from(entered).unwrap_or(u32::MAX) })
}

const fn lines_of(command: &Command) -> usize {
    match command {
        Command::EnterReview { lines, .. } => lines.len(),
        _ => 0,
    }
}
