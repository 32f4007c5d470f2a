//! The plan preview (ui.md 4.9): many changes at once, each with its verdict, seen before they
//! are made, and then carried out (E-47, R16).

use std::collections::HashMap;

use muster_domain::{
    AccountId, AdminReach, Command, Decision, Event, Invitation, MemberState, Membership, OwnRoles,
    Permission, PermissionSet, Refusal, RefusalCode, RoleSet, Row, Timestamp, WorkspaceId,
    facts::own_of,
};

use crate::app::App;
use crate::draft::{Draft, draft};
use crate::grave::Managers;
use crate::members::Difference;
use crate::pending::everything;
use crate::rebase::rehearse;
use crate::submit::{Local, keep_all, outcome, queued};
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, Intent, PlanAct, PlanLine, PlanPreview, PlanResult, PlanRun, Submitted,
    Verdict,
};

impl App {
    /// What would become of these one after another; nothing is kept.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn plan(&self, intents: Vec<Intent>) -> Result<PlanPreview, Failure> {
        self.with_bench(move |bench| preview(bench, intents)).await
    }

    /// Does these one after another, a result for each. What can wait is kept in one
    /// transaction, so that a stop leaves all of it or none; the rest goes one by one.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked or written.
    pub async fn carry_out(&self, run: PlanRun) -> Result<PlanResult, Failure> {
        let mut lines = self.with_bench(move |bench| begin(bench, run.intents)).await?;
        let kept: Vec<u64> = lines.iter().filter_map(Line::number).collect();
        self.changed(everything());
        if !kept.is_empty() {
            self.signed()?.engine.wake();
            let is_online = self.with_bench(|bench| Ok(bench.is_online())).await?;
            if is_online {
                self.exchange_until_settled(&kept).await?;
            }
        }
        let mut results = Vec::with_capacity(lines.len());
        for line in lines.drain(..) {
            results.push(match line {
                Line::Over(submitted) => submitted,
                Line::Kept(n) => self.with_bench(move |bench| kept_line(bench, n)).await?,
                Line::Ahead(intent) => self.submit(*intent).await?,
            });
        }
        self.changed(everything());
        Ok(PlanResult { lines: results })
    }
}

/// How far one line of a plan has come.
pub(crate) enum Line {
    Over(Submitted),
    Kept(u64),
    /// It needs a connection and goes by itself.
    Ahead(Box<Intent>),
}

impl Line {
    const fn number(&self) -> Option<u64> {
        match self {
            Line::Kept(n) => Some(*n),
            Line::Over(_) | Line::Ahead(_) => None,
        }
    }
}

/// Keeps what can wait, all in one transaction.
pub(crate) fn begin(bench: &Bench<'_>, intents: Vec<Intent>) -> Result<Vec<Line>, Failure> {
    let mut lines = Vec::with_capacity(intents.len());
    let (mut drafts, mut at) = (Vec::new(), Vec::new());
    for (index, intent) in intents.into_iter().enumerate() {
        let made = match draft(bench, intent.clone()) {
            // What is gone by now fails alone.
            Err(failure) if failure.code == FailureCode::NotFound => {
                let reason = bench.reason(None, Refusal::new(RefusalCode::NotVisible))?;
                lines.push(Line::Over(Submitted::Refused { reason }));
                continue;
            }
            made => made?,
        };
        if bench.offline_sentence(&made.command)?.is_none() {
            at.push(index);
            drafts.push(made);
        }
        lines.push(Line::Ahead(Box::new(intent)));
    }
    rehearse(bench, drafts.iter_mut())?;
    for (index, local) in at.into_iter().zip(keep_all(bench, drafts)?) {
        lines[index] = match local {
            Local::Kept(n) => Line::Kept(n),
            Local::Over(submitted) => Line::Over(submitted),
        };
    }
    Ok(lines)
}

/// What became of a line that was kept: the server's word if it came, else that it waits.
pub(crate) fn kept_line(bench: &Bench<'_>, n: u64) -> Result<Submitted, Failure> {
    match bench.cache.outcome(n)? {
        Some(_) => outcome(bench, n, None, true),
        None => Ok(queued(n)),
    }
}

/// What would become of these one after another.
pub(crate) fn preview(bench: &Bench<'_>, intents: Vec<Intent>) -> Result<PlanPreview, Failure> {
    let mut drafts: Vec<Option<Draft>> = intents
        .into_iter()
        .map(|intent| match draft(bench, intent) {
            Ok(draft) => Ok(Some(draft)),
            // What is gone by now is a line that cannot be done, not the end of the plan.
            Err(failure) if failure.code == FailureCode::NotFound => Ok(None),
            Err(failure) => Err(failure),
        })
        .collect::<Result<_, Failure>>()?;
    let mut decisions = rehearse(bench, drafts.iter_mut().flatten())?.into_iter();
    let mut before = Before::new(bench);
    let mut managers = Managers::new(bench);
    let mut preview =
        PlanPreview { lines: Vec::new(), allowed: 0, blocked: 0, unchanged: 0, widening: 0 };
    for draft in &drafts {
        let line = match (draft, draft.as_ref().and_then(|_| decisions.next())) {
            (Some(draft), Some(decision)) => {
                let grave = managers.grave(&draft.command, &decision)?;
                PlanLine { grave, ..line(&mut before, draft, decision)? }
            }
            (_, _) => gone(),
        };
        preview.count(&line);
        preview.lines.push(line);
    }
    Ok(preview)
}

impl PlanPreview {
    fn count(&mut self, line: &PlanLine) {
        match line.verdict {
            Verdict::Allowed | Verdict::Unknown => {
                self.allowed += 1;
                self.widening += u32::from(!line.gains.is_empty());
            }
            Verdict::NoOp => self.unchanged += 1,
            Verdict::Refused { .. } | Verdict::Hidden | Verdict::NeedsConnection { .. } => {
                self.blocked += 1;
            }
        }
    }
}

/// A line whose object is not there any more.
pub(crate) fn gone() -> PlanLine {
    PlanLine {
        name: String::new(),
        workspace_name: String::new(),
        act: PlanAct::Other,
        until: None,
        from: RoleSet::NONE,
        to: RoleSet::NONE,
        gains: Vec::new(),
        loses: Vec::new(),
        verdict: Verdict::Hidden,
        grave: None,
    }
}

/// What a command does, as the window says it.
const fn act_of(command: &Command) -> PlanAct {
    match command {
        Command::SetMemberRoles { .. } => PlanAct::Roles,
        Command::SetMemberEnd { .. } => PlanAct::End,
        Command::SuspendMember { .. } => PlanAct::Suspend,
        Command::ResumeMember { .. } => PlanAct::Resume,
        Command::RemoveMember { .. } => PlanAct::Remove,
        Command::AddMember { .. } => PlanAct::Add,
        Command::CreateInvitation { .. } => PlanAct::Invite,
        Command::SetInvitationRoles { .. } => PlanAct::InvitationRoles,
        Command::RevokeInvitation { .. } => PlanAct::Revoke,
        Command::AddAdmin { .. } => PlanAct::AddAdmin,
        Command::RemoveAdmin { .. } => PlanAct::RemoveAdmin,
        _ => PlanAct::Other,
    }
}

/// The day that a command sets.
fn until_of(command: &Command) -> Option<Timestamp> {
    match command {
        Command::SetMemberEnd { end, .. } => end.map(|it| it.at),
        _ => None,
    }
}

fn line(before: &mut Before<'_>, draft: &Draft, decision: Decision) -> Result<PlanLine, Failure> {
    let shown = match &decision {
        Decision::Accept(events) => match events.iter().find(|it| is_about(it, &draft.command)) {
            Some(event) => Some(line_of(before, event)?),
            None => None,
        },
        Decision::NoOp | Decision::Refuse(_) | Decision::Hide | Decision::Unknown => {
            wanted(before, &draft.command)?
        }
    };
    let label = &draft.label;
    let name = label.person.as_ref().or(label.object.as_ref()).unwrap_or(&label.workspace_name);
    let shown = shown.unwrap_or_else(gone);
    Ok(PlanLine {
        name: name.clone(),
        workspace_name: label.workspace_name.clone(),
        act: act_of(&draft.command),
        until: until_of(&draft.command),
        verdict: before.bench.of_decision(&draft.command, decision)?,
        ..shown
    })
}

/// The event of the one membership, invitation or adminship that a command is about; others
/// follow from it.
fn is_about(event: &Event, command: &Command) -> bool {
    match (&event.after, command.membership()) {
        (Row::Membership(after), Some(id)) => after.id == id,
        (Row::Membership(_), None) => true,
        // C-13: who is added may have been invited; that invitation ends on the way.
        (Row::Invitation(_), None) => !matches!(command, Command::AddMember { .. }),
        (Row::AccountAdmin(_), None) => true,
        _ => false,
    }
}

/// What a refused or undecided command asked for.
fn wanted(before: &mut Before<'_>, command: &Command) -> Result<Option<PlanLine>, Failure> {
    let joining = match command {
        Command::AddMember { workspace, roles, .. }
        | Command::CreateInvitation { workspace, roles, .. }
        | Command::SetInvitationRoles { workspace, roles, .. } => Some((*workspace, *roles)),
        _ => None,
    };
    if let Some((workspace, roles)) = joining {
        return Ok(Some(before.compare(workspace, "", RoleSet::NONE, roles)?));
    }
    if let Command::AddAdmin { account, .. } = command {
        return Ok(Some(before.reach(*account, Reach::Begins)?));
    }
    let Some(id) = command.membership() else { return Ok(None) };
    let Some(entry) = before.bench.cache.member(id)? else { return Ok(None) };
    let held = entry.member.at(before.bench.now);
    let to = match command {
        Command::SetMemberRoles { roles, .. } => *roles,
        Command::RemoveMember { .. } | Command::SuspendMember { .. } => RoleSet::NONE,
        _ => held.roles,
    };
    let from = in_force(&held);
    Ok(Some(before.compare(held.workspace, &held.name, from, to)?))
}

/// The roles that give something now.
fn in_force(member: &Membership) -> RoleSet {
    match member.state {
        MemberState::Active => member.roles,
        MemberState::Suspended
        | MemberState::Left
        | MemberState::Removed
        | MemberState::Expired => RoleSet::NONE,
    }
}

/// A membership, invitation or adminship before and after, as a line that can be done.
pub(crate) fn line_of(before: &mut Before<'_>, event: &Event) -> Result<PlanLine, Failure> {
    let after = match &event.after {
        Row::Membership(after) => after,
        Row::Invitation(after) => return invited(before, event.before.as_ref(), after),
        Row::AccountAdmin(after) => {
            let reach = if after.active { Reach::Begins } else { Reach::Ends };
            let line = before.reach(after.account, reach)?;
            return Ok(PlanLine { verdict: Verdict::Allowed, ..line });
        }
        _ => return Ok(gone()),
    };
    let from = match &event.before {
        Some(Row::Membership(held)) => in_force(&held.clone().at(before.bench.now)),
        Some(_) | None => RoleSet::NONE,
    };
    let line = before.compare(after.workspace, &after.name, from, in_force(after))?;
    Ok(PlanLine { verdict: Verdict::Allowed, ..line })
}

/// An invitation before and after: what it would give counts as given (R16).
fn invited(
    before: &mut Before<'_>,
    held: Option<&Row>,
    after: &Invitation,
) -> Result<PlanLine, Failure> {
    let now = before.bench.now;
    let from = match held {
        Some(Row::Invitation(held)) if held.is_open(now) => held.roles,
        Some(_) | None => RoleSet::NONE,
    };
    let to = if after.is_open(now) { after.roles } else { RoleSet::NONE };
    let line = before.compare(after.workspace, after.address.as_str(), from, to)?;
    Ok(PlanLine { verdict: Verdict::Allowed, ..line })
}

/// Whether somebody gets the reach of an Account Admin or loses it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Begins,
    Ends,
}

/// What workspaces are called and what their roles give, each read once.
pub(crate) struct Before<'a> {
    bench: &'a Bench<'a>,
    known: HashMap<WorkspaceId, (String, OwnRoles)>,
}

impl<'a> Before<'a> {
    pub(crate) fn new(bench: &'a Bench<'a>) -> Self {
        Self { bench, known: HashMap::new() }
    }

    fn known(&mut self, id: WorkspaceId) -> Result<&(String, OwnRoles), Failure> {
        if !self.known.contains_key(&id) {
            let name = self.bench.cache.workspace(id)?.map(|it| it.workspace.name);
            let own = own_of(&self.bench.own_roles(id)?);
            self.known.insert(id, (name.unwrap_or_default(), own));
        }
        self.known.get(&id).ok_or_else(|| Failure::new(FailureCode::CopyBroken))
    }

    /// What adminship gives in every workspace of the account.
    fn reach(&self, account: AccountId, reach: Reach) -> Result<PlanLine, Failure> {
        let given = match self.bench.account_of(account)?.rules().account_admin_reach {
            AdminReach::All => Permission::ALL.to_vec(),
            AdminReach::None => Vec::new(),
        };
        let (gains, loses) = match reach {
            Reach::Begins => (given, Vec::new()),
            Reach::Ends => (Vec::new(), given),
        };
        Ok(PlanLine { gains, loses, ..gone() })
    }

    fn compare(
        &mut self,
        workspace: WorkspaceId,
        name: &str,
        from: RoleSet,
        to: RoleSet,
    ) -> Result<PlanLine, Failure> {
        let (workspace_name, own) = self.known(workspace)?;
        let change = Difference::of(from.permissions(own), to.permissions(own));
        let list = |set: PermissionSet| set.iter().collect();
        Ok(PlanLine {
            name: name.to_owned(),
            workspace_name: workspace_name.clone(),
            act: PlanAct::Other,
            until: None,
            from,
            to,
            gains: list(change.gains),
            loses: list(change.loses),
            verdict: Verdict::Hidden,
            grave: None,
        })
    }
}
