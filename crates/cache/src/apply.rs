//! One answer of the server, applied in one transaction of the mirror (sync.md 3, 4.17).
//!
//! Order: put the confirmed rows back, take the server's rows in, settle the outcomes in the
//! outbox (durable), replay what is left, commit the mirror. A stop between the two commits
//! leaves an outbox that knows more than the mirror, which the next opening and the next
//! exchange repair; never the other way round.

use std::collections::{BTreeMap, BTreeSet};

use muster_domain::{
    About, AccountId, Login, LoginId, Membership, Part, Row, Timestamp, View, WorkspaceId,
};
use muster_protocol::{
    After, Cursor, Grant, LogOf, LogWant, Logged, Outcome, Policy, RecordSet, Say, Stamped,
};
use rusqlite::{Connection, TransactionBehavior};

use crate::error::CacheError;
use crate::grants::{self, Held, Progress};
use crate::members::{self, Taken};
use crate::overlay::Touched;
use crate::row::{self, Key, Over, workspace_of};
use crate::types::{Applied, Change, Settled};
use crate::writer::Asked;
use crate::{accounts, contents, lane, lease, log, meta, outbox, overlay, roster};

/// An answer, taken apart.
pub(crate) struct Answer<'a> {
    pub(crate) epoch: u64,
    pub(crate) time: Timestamp,
    pub(crate) policy: Policy,
    pub(crate) login: &'a Login,
    frames: &'a [Say],
    cursors: &'a [Cursor],
    more: bool,
}

impl<'a> Answer<'a> {
    /// The answer, if it has its beginning and its end.
    pub(crate) fn new(frames: &'a [Say]) -> Result<Self, CacheError> {
        match frames {
            [
                Say::Hello { epoch, time, policy, login },
                frames @ ..,
                Say::End { cursors, more },
            ] => Ok(Self {
                epoch: *epoch,
                time: *time,
                policy: *policy,
                login,
                frames,
                cursors,
                more: *more,
            }),
            _ => Err(CacheError::CutOff),
        }
    }

    fn outcomes(&self) -> impl Iterator<Item = &'a Outcome> {
        self.frames.iter().filter_map(|frame| match frame {
            Say::Outcome(outcome) => Some(outcome),
            _ => None,
        })
    }

    /// Whether it brings parts of workspaces that are fetched whole.
    pub(crate) fn brings_parts(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame, Say::Chunk { .. }))
    }

    fn fork(&self) -> Option<u64> {
        self.frames.iter().find_map(|frame| match frame {
            Say::Fork { expected } => Some(*expected),
            _ => None,
        })
    }
}

/// What is known while an answer is applied.
struct Delta<'a> {
    db: &'a Connection,
    me: LoginId,
    /// What unsent changes touched before.
    own: Touched,
    change: Change,
    /// Workspaces of which something arrived.
    touched: BTreeSet<WorkspaceId>,
    /// Those of them that became whole, so that they are counted from the ground up.
    completed: BTreeSet<WorkspaceId>,
    left: Vec<WorkspaceId>,
    erased: bool,
    /// Whether grants or parts of workspaces arrived, so that asking for the rest makes sense.
    progressed: bool,
    /// The same of the history: rows or events came.
    log_progressed: bool,
    /// The highest number of a row that came of each workspace.
    heads: BTreeMap<WorkspaceId, u64>,
}

/// The mirror's side of an answer, not committed yet.
pub(crate) struct Staged {
    pub(crate) applied: Applied,
    /// Whether rows were erased, so that the log has to go as well.
    pub(crate) erased: bool,
    /// Whether the server was restored from a backup (sync.md 4.10).
    pub(crate) is_restored: bool,
    /// Whether it says of every account whether anything of it may be seen.
    pub(crate) lists_accounts: bool,
}

/// Brings the confirmed rows up to the answer; unsent changes are out of the way afterwards.
pub(crate) fn base(
    db: &Connection,
    answer: &Answer<'_>,
    asked: &Asked,
    now: Timestamp,
) -> Result<Staged, CacheError> {
    let own = overlay::touched(db)?;
    overlay::restore(db)?;
    let mut delta = Delta {
        db,
        me: answer.login.id,
        change: Change { rosters: own.workspaces.clone(), ..Change::default() },
        own,
        touched: BTreeSet::new(),
        completed: BTreeSet::new(),
        left: Vec::new(),
        erased: false,
        progressed: false,
        log_progressed: false,
        heads: BTreeMap::new(),
    };
    let is_restored = meta::epoch(db)?.is_some_and(|known| known != answer.epoch);
    if is_restored {
        // sync.md 4.10: numbers mean something else now. Everything is fetched again, and
        // this answer was made for cursors that no longer hold.
        meta::empty(db)?;
        delta.erased = true;
        delta.change.workspaces = true;
    }
    delta.about_me(answer)?;
    lease::contact(db, answer, now)?;
    if !is_restored {
        delta.frames(answer, asked)?;
        delta.follow(answer, &asked.logs)?;
    }
    for workspace in &delta.completed {
        roster::recount(db, *workspace)?;
    }
    delta.change.workspaces |= !delta.touched.is_empty()
        || !delta.change.rosters.is_empty()
        || !delta.change.contents.is_empty();
    delta.change.rosters.extend(delta.touched);
    delta.change.contents.extend(delta.own.contents);
    let names_accounts = answer.frames.iter().any(|it| matches!(it, Say::Accounts(_)));
    Ok(Staged {
        lists_accounts: answer.policy == Policy::Ok
            && !is_restored
            && (names_accounts || !delta.left.is_empty()),
        applied: Applied {
            changed: delta.change,
            more: answer.more
                || is_restored
                || (delta.progressed && grants::loading(db)?.is_some())
                || (delta.log_progressed && log::is_behind(db)?),
            server_time: answer.time,
            policy: answer.policy,
            settled: Vec::new(),
            left: delta.left,
        },
        erased: delta.erased,
        is_restored,
    })
}

impl Delta<'_> {
    fn about_me(&mut self, answer: &Answer<'_>) -> Result<(), CacheError> {
        let before = meta::me(self.db)?;
        if before.as_ref().is_some_and(|me| me.id != answer.login.id) {
            return Err(CacheError::Foreign);
        }
        self.change.workspaces |= before.as_ref() != Some(answer.login);
        meta::set_me(self.db, answer.login)?;
        meta::set_epoch(self.db, answer.epoch)?;
        meta::set_last_contact(self.db, answer.time)
    }

    /// Grants first, so that no row outside of them gets in, whatever the order of frames.
    fn frames(&mut self, answer: &Answer<'_>, asked: &Asked) -> Result<(), CacheError> {
        for frame in answer.frames {
            if let Say::Grants { all } = frame {
                self.grants(all)?;
            }
        }
        let mut listed: Option<BTreeSet<AccountId>> = None;
        for frame in answer.frames {
            match frame {
                Say::Accounts(held) => {
                    listed = Some(held.accounts.iter().map(|it| it.id).collect());
                    self.change.workspaces |= accounts::replace(self.db, held)?;
                }
                Say::Chunk { workspace, view, grant_seq, rows, next, as_of: _ } => {
                    if self.goes_on(*workspace, asked)? {
                        self.chunk(*workspace, (*view, *grant_seq), rows, *next)?;
                    }
                }
                Say::Rows { rows } => rows.iter().try_for_each(|row| self.row(row))?,
                Say::Log { of, events, whole, through, more, anew } => {
                    // One that was not asked for is the answer to another request.
                    if let Some(want) = asked.logs.iter().find(|want| want.of == *of) {
                        let after = want.after.filter(|_| !anew);
                        let asked = LogWant { after, ..*want };
                        self.log(&asked, events, (*whole, *through, *more, *anew))?;
                    }
                }
                Say::Gone { all } => self.change.gone.extend(all.iter().cloned()),
                // Grants came first; outcomes and forks belong to the outbox.
                Say::Grants { .. }
                | Say::Outcome(_)
                | Say::Fork { .. }
                // After everything else.
                | Say::Reset { .. }
                | Say::Hello { .. }
                | Say::End { .. } => {}
            }
        }
        for frame in answer.frames {
            if let Say::Reset { workspace, records } = frame {
                self.reset(*workspace, *records, answer.cursors)?;
            }
        }
        for cursor in answer.cursors {
            self.log_progressed |= grants::keep_cursor(self.db, cursor)?;
        }
        match listed {
            Some(listed) => self.forget_accounts(&listed),
            // An answer that lists no accounts says nothing of them, unless access ended.
            None if self.left.is_empty() => Ok(()),
            None => self.forget_accounts(&BTreeSet::new()),
        }
    }

    /// A part of a history, if it is one that may be seen.
    fn log(
        &mut self,
        want: &LogWant,
        events: &[Logged],
        (whole, through, more, anew): (bool, u64, bool, bool),
    ) -> Result<(), CacheError> {
        let LogWant { of, after, .. } = *want;
        let account = match of {
            LogOf::Workspace(id) => grants::get(self.db, id)?.map(|held| held.grant.account),
            LogOf::Account(id) => accounts::is_admin(self.db, id, self.me)?.then_some(id),
        };
        let Some(account) = account else { return Ok(()) };
        let part = log::Part { of, account, after, events, whole, through, more, anew };
        if log::take(self.db, &part)? == log::News::Some {
            self.log_progressed = true;
            self.change.history = true;
            // Erased names are to leave the write-ahead log as well.
            self.erased |= anew;
        }
        Ok(())
    }

    /// What the rows and cursors of this answer say about the histories: how far they go now,
    /// and whose are to be followed.
    fn follow(&mut self, answer: &Answer<'_>, asked: &[LogWant]) -> Result<(), CacheError> {
        for (workspace, seq) in &self.heads {
            log::rows_came(self.db, LogOf::Workspace(*workspace), *seq)?;
        }
        self.log_progressed |= !self.heads.is_empty();
        let administered = accounts::administered(self.db, self.me)?;
        self.erased |= log::follow_accounts(self.db, &administered)?;
        let told = |of: &LogOf| {
            let is_it = |frame: &Say| matches!(frame, Say::Log { of: told, .. } if told == of);
            answer.frames.iter().any(is_it)
        };
        let silent: Vec<LogOf> = asked.iter().map(|want| want.of).filter(|of| !told(of)).collect();
        log::unanswered(self.db, &silent)
    }

    fn saw(&mut self, workspace: WorkspaceId, seq: u64) {
        let head = self.heads.entry(workspace).or_default();
        *head = seq.max(*head);
    }

    /// Accounts in which nothing is left: no workspace, and nothing that this answer lists.
    fn forget_accounts(&mut self, listed: &BTreeSet<AccountId>) -> Result<(), CacheError> {
        for account in grants::accounts_without(self.db)? {
            if !listed.contains(&account) {
                accounts::forget(self.db, account)?;
                self.erased = true;
                self.change.workspaces = true;
            }
        }
        Ok(())
    }

    /// The full list of grants: what is gone is erased, what is new or began anew is wanted.
    fn grants(&mut self, all: &[Grant]) -> Result<(), CacheError> {
        let held = grants::all(self.db)?;
        for grant in held.iter().filter(|held| !all.contains(held)) {
            grants::leave(self.db, grant.workspace)?;
            self.erased = true;
            self.change.workspaces = true;
            self.change.rosters.insert(grant.workspace);
            self.change.contents.insert(grant.workspace);
            if !all.iter().any(|it| it.workspace == grant.workspace) {
                self.left.push(grant.workspace);
            }
        }
        for grant in all.iter().filter(|grant| !held.contains(grant)) {
            // Rows of a workspace that was created here and had no grant yet come again.
            grants::leave(self.db, grant.workspace)?;
            grants::enter(self.db, grant)?;
            self.change.workspaces = true;
            self.progressed = true;
        }
        Ok(())
    }

    /// Whether a part of a workspace begins where what is here ends. It does not where it was
    /// asked for under a grant that this very answer replaces: the download begins anew, and
    /// what is before that part would never come.
    fn goes_on(&self, workspace: WorkspaceId, asked: &Asked) -> Result<bool, CacheError> {
        let Some(held) = grants::get(self.db, workspace)? else { return Ok(false) };
        let want = asked.parts.iter().find(|want| want.workspace == workspace);
        Ok(held.after == want.and_then(|want| want.after))
    }

    fn chunk(
        &mut self,
        workspace: WorkspaceId,
        under: (View, u64),
        rows: &[Stamped],
        next: Option<After>,
    ) -> Result<(), CacheError> {
        let Some(held) = grants::get(self.db, workspace)? else { return Ok(()) };
        if under != (held.grant.view, held.grant.grant_seq) {
            return Ok(());
        }
        for stamped in rows.iter().filter(|it| workspace_of(&it.row) == Some(workspace)) {
            if self.may_hold(&held, &stamped.row) {
                self.saw(workspace, stamped.seq);
                row::put(self.db, &stamped.row, stamped.seq, Over::Older)?;
            }
        }
        let is_whole = next.is_none() || held.is_whole();
        let progress = if is_whole { Progress::Whole } else { Progress::Partial };
        grants::arrived(self.db, workspace, progress, next.filter(|_| !is_whole))?;
        self.progressed = true;
        self.touched.insert(workspace);
        self.change.contents.insert(workspace);
        if progress == Progress::Whole {
            self.completed.insert(workspace);
        }
        Ok(())
    }

    /// The server has forgotten deletions that may not have come here (sync.md 4.4). What differs
    /// is fetched again from its beginning; unsent changes wait and are replayed over it. The
    /// history forgets nothing, and goes on to where the rows are, though no row says so.
    fn reset(
        &mut self,
        workspace: WorkspaceId,
        records: RecordSet,
        cursors: &[Cursor],
    ) -> Result<(), CacheError> {
        let Some(held) = grants::get(self.db, workspace)? else { return Ok(()) };
        if let Some(read) = cursors.iter().find(|it| it.account == held.grant.account) {
            self.saw(workspace, read.seq);
        }
        if held.is_whole() && contents::records(self.db, workspace)? == records {
            return Ok(());
        }
        contents::forget(self.db, workspace)?;
        grants::arrived(self.db, workspace, Progress::Wanted, None)?;
        self.progressed = true;
        self.touched.insert(workspace);
        self.change.contents.insert(workspace);
        Ok(())
    }

    /// Whether the view holds this row; what it does not hold has no business here (R10).
    fn may_hold(&self, held: &Held, row: &Row) -> bool {
        let view = held.grant.view;
        match row {
            Row::Workspace(_) | Row::Role(_) => true,
            Row::Membership(it) => it.login == self.me || view.has(Part::Members),
            Row::Invitation(_) => view.has(Part::Invitations),
            Row::Content(it) => view.has(Part::of(it.kind())),
            Row::Review(_) | Row::ReviewLine(_) => view.has(Part::Reviews),
            Row::Account(_) | Row::AccountAdmin(_) | Row::Group(_) => false,
        }
    }

    fn row(&mut self, stamped: &Stamped) -> Result<(), CacheError> {
        let Some(workspace) = workspace_of(&stamped.row) else { return self.of_account(stamped) };
        let Some(held) = grants::get(self.db, workspace)? else { return Ok(()) };
        if !self.may_hold(&held, &stamped.row) {
            return Ok(());
        }
        self.saw(workspace, stamped.seq);
        match &stamped.row {
            Row::Membership(member) => self.member(&held, stamped, member),
            Row::Content(_) => {
                if row::put(self.db, &stamped.row, stamped.seq, Over::Older)? {
                    self.change.contents.insert(workspace);
                }
                Ok(())
            }
            Row::Workspace(_)
            | Row::Invitation(_)
            | Row::Role(_)
            | Row::Review(_)
            | Row::ReviewLine(_) => {
                if row::put(self.db, &stamped.row, stamped.seq, Over::Older)? {
                    self.touched.insert(workspace);
                }
                Ok(())
            }
            Row::Account(_) | Row::AccountAdmin(_) | Row::Group(_) => Ok(()),
        }
    }

    fn member(
        &mut self,
        held: &Held,
        stamped: &Stamped,
        member: &Membership,
    ) -> Result<(), CacheError> {
        let is_new = held.is_whole() && !self.own.keys.contains(&Key::of(&stamped.row));
        let before = match members::take(self.db, member, stamped.seq, is_new)? {
            Taken::Known => return Ok(()),
            Taken::Came => None,
            Taken::Changed(before) => Some(before),
        };
        self.touched.insert(member.workspace);
        if held.is_whole() {
            roster::adjust(self.db, before.as_deref(), member)?;
        }
        Ok(())
    }

    /// A row of an account: taken in where something of the account may be seen.
    fn of_account(&mut self, stamped: &Stamped) -> Result<(), CacheError> {
        let account = match &stamped.row {
            Row::Account(it) => it.id,
            Row::AccountAdmin(it) => it.account,
            Row::Group(it) => it.account,
            Row::Workspace(_)
            | Row::Membership(_)
            | Row::Invitation(_)
            | Row::Role(_)
            | Row::Content(_)
            | Row::Review(_)
            | Row::ReviewLine(_) => return Ok(()),
        };
        let is_known = accounts::get(self.db, &account.to_bytes())?.is_some();
        if is_known && row::put(self.db, &stamped.row, stamped.seq, Over::Older)? {
            self.change.workspaces = true;
        }
        Ok(())
    }
}

/// The outbox's side of an answer, committed before the mirror's.
pub(crate) fn settle(
    outbox: &mut Connection,
    answer: &Answer<'_>,
    staged: &mut Staged,
    now: Timestamp,
    is_held: impl Fn(About) -> Result<bool, CacheError>,
) -> Result<(), CacheError> {
    let applied = &mut staged.applied;
    let tx = outbox.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut settled = Vec::new();
    for outcome in answer.outcomes() {
        settled.extend(lane::settle(&tx, outcome, answer.epoch)?);
    }
    let mut changed = !settled.is_empty();
    if let Some(expected) = answer.fork().or(staged.is_restored.then_some(1)) {
        // A restored server may have fewer numbers than were given. It answers the first
        // one with the number that it expects.
        outbox::fork(&tx, expected)?;
        changed = true;
    }
    for workspace in &applied.left {
        // Even where nothing waits: what was settled and what is drafted names people too.
        lane::lose_access(&tx, *workspace, answer.time)?;
        lane::note_erased(&tx, *workspace, answer.time)?;
        changed = true;
    }
    if answer.policy == Policy::Ok && !staged.is_restored {
        // The list of grants is whole now: what went with its lease is here again, or lost.
        for workspace in outbox::veiled(&tx)? {
            if !is_held(About::Workspace(workspace))? {
                lane::lose_access(&tx, workspace, answer.time)?;
            }
            outbox::unveil(&tx, workspace)?;
            changed = true;
        }
    }
    if staged.lists_accounts {
        for account in lane::accounts(&tx)? {
            if !is_held(About::Account(account))? {
                lane::lose_account(&tx, account, answer.time)?;
                changed = true;
            }
        }
    }
    if !changed {
        return Ok(());
    }
    for workspace in workspaces_of(&tx, &settled)? {
        if !is_held(About::Workspace(workspace))? {
            // It was on its way when access ended; now it need not be sent again.
            lane::redact(&tx, workspace)?;
        }
    }
    lane::acknowledge(&tx)?;
    lane::prune(&tx, now)?;
    tx.commit()?;
    applied.changed.pending = true;
    applied.more |= answer.fork().is_some();
    // The server waits to be told that it is erased.
    applied.more |= !applied.left.is_empty();
    // The next ones of a line longer than a request.
    applied.more |= !settled.is_empty() && outbox::counts(outbox)?.not_sent > 0;
    // A settled command changes its row's mark even where its row did not change.
    for workspace in workspaces_of(outbox, &settled)? {
        applied.changed.rosters.insert(workspace);
        applied.changed.contents.insert(workspace);
        applied.changed.workspaces = true;
    }
    applied.settled = settled;
    Ok(())
}

/// The workspaces of settled commands.
fn workspaces_of(
    outbox: &Connection,
    settled: &[Settled],
) -> Result<BTreeSet<WorkspaceId>, CacheError> {
    let mut workspaces = BTreeSet::new();
    for it in settled {
        workspaces.extend(outbox::entry(outbox, it.n)?.and_then(|entry| entry.workspace));
    }
    Ok(workspaces)
}
