//! From an intent to a command, and from a command to what became of it.

use muster_cache::{EntryState, Label, Submission, Undone};
use muster_domain::{
    AccountId, Command, Decision, InvitationId, Known, Lookup as _, MembershipId, RoleSet,
    SchemeId, WorkspaceId,
};
use muster_protocol::OutcomeStatus;

use crate::app::App;
use crate::clock;
use crate::members::find;
use crate::pending::everything;
use crate::random;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, Intent, Reason, Submitted};

/// A command with what is shown of it, and the id of what it creates.
pub(crate) struct Draft {
    pub command: Command,
    pub label: Label,
    pub created: Option<String>,
}

/// What became of a draft in this copy.
pub(crate) enum Local {
    /// It waits in the outbox under this number.
    Kept(u64),
    /// It is over.
    Over(Submitted),
}

/// Whether a command waits for its verdict or goes to the outbox and is over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Queue,
    Online,
}

impl App {
    /// Does what a person asks for, as far as that is possible now.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked or written; a rule's no is a result.
    pub async fn submit(&self, intent: Intent) -> Result<Submitted, Failure> {
        let draft =
            self.with_cache(move |cache, link| draft(&Bench { cache, link }, intent)).await?;
        let created = draft.created.clone();
        let (way, local) = self
            .with_cache(move |cache, link| {
                let bench = Bench { cache, link };
                let sentence = bench.offline_sentence(&draft.command)?;
                match sentence {
                    None => Ok((Way::Queue, keep(&bench, &draft)?)),
                    Some(sentence) if !bench.is_online() => {
                        // A rule's no is said first: it would still be one with a connection.
                        let decision = cache.predict(&draft.command, clock::now())?;
                        let submitted = match over(&bench, &draft.command, decision)? {
                            Some(submitted) => submitted,
                            None => Submitted::NeedsConnection { sentence },
                        };
                        Ok((Way::Online, Local::Over(submitted)))
                    }
                    Some(_) => Ok((Way::Online, keep(&bench, &draft)?)),
                }
            })
            .await?;
        self.changed(everything());
        match (way, local) {
            (_, Local::Over(submitted)) => Ok(submitted),
            (Way::Queue, Local::Kept(n)) => {
                self.signed()?.engine.wake();
                Ok(Submitted::Queued { n: u32::try_from(n).unwrap_or(u32::MAX) })
            }
            (Way::Online, Local::Kept(n)) => self.settle(n, created).await,
        }
    }

    /// Sends a command now and says what the server made of it.
    async fn settle(&self, n: u64, created: Option<String>) -> Result<Submitted, Failure> {
        let exchanged = self.signed()?.engine.exchange().await;
        let submitted = self
            .with_cache(move |cache, link| {
                let bench = Bench { cache, link };
                let Some(entry) = cache.entry(n)? else { return Ok(Submitted::Unanswered) };
                if let Some(outcome) = &entry.outcome {
                    let told = told(&bench, entry.workspace, outcome, created)?;
                    if matches!(told, Submitted::Refused { .. }) {
                        // The person reads the reason where they acted, not in the tray.
                        cache.discard(n, clock::now())?;
                    }
                    return Ok(told);
                }
                let still_here = entry.state == EntryState::Waiting;
                if exchanged.is_err() && still_here && cache.undo(n, clock::now())? == Undone::Done
                {
                    let sentence = match &entry.command {
                        Some(command) => bench.offline_sentence(command)?,
                        None => None,
                    };
                    let sentence = sentence.unwrap_or_else(|| "offline.online_only".to_owned());
                    return Ok(Submitted::NeedsConnection { sentence });
                }
                Ok(Submitted::Unanswered)
            })
            .await?;
        self.changed(everything());
        Ok(submitted)
    }
}

fn told(
    bench: &Bench<'_>,
    workspace: Option<WorkspaceId>,
    outcome: &muster_protocol::Outcome,
    created: Option<String>,
) -> Result<Submitted, Failure> {
    Ok(match outcome.status {
        OutcomeStatus::Applied => Submitted::Applied { created },
        OutcomeStatus::NoOp => Submitted::NoOp,
        OutcomeStatus::Refused => match &outcome.refusal {
            Some(refusal) => {
                Submitted::Refused { reason: bench.reason(workspace, refusal.clone())? }
            }
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
    let submission = bench.cache.submit(&draft.command, clock::now(), draft.label.clone())?;
    local(bench, &draft.command, submission)
}

/// Keeps many drafts, all in one transaction.
pub(crate) fn keep_all(bench: &Bench<'_>, drafts: Vec<Draft>) -> Result<Vec<Local>, Failure> {
    let commands: Vec<_> = drafts.into_iter().map(|it| (it.command, it.label)).collect();
    let submissions = bench.cache.submit_all(&commands, clock::now())?;
    let each = commands.iter().zip(submissions);
    each.map(|((command, _), submission)| local(bench, command, submission)).collect()
}

fn local(bench: &Bench<'_>, command: &Command, submission: Submission) -> Result<Local, Failure> {
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
            let reason: Reason = bench.reason(command.workspace(), refusal)?;
            Some(Submitted::Refused { reason })
        }
    })
}

/// The command of an intent, with the state that it is based on.
fn draft(bench: &Bench<'_>, intent: Intent) -> Result<Draft, Failure> {
    match intent {
        Intent::CreateWorkspace { account, name, plan, add_me } => {
            create(bench, &account, name, plan, add_me)
        }
        Intent::RenameWorkspace { workspace, name } => {
            let was = name_of(bench, workspace)?;
            let command = Command::RenameWorkspace { workspace, was: was.clone(), title: name };
            Ok(plain(command, was, None))
        }
        Intent::DeleteWorkspace { workspace } => {
            let name = name_of(bench, workspace)?;
            Ok(plain(Command::DeleteWorkspace { workspace }, name, None))
        }
        Intent::LeaveWorkspace { workspace } => {
            let name = name_of(bench, workspace)?;
            Ok(plain(Command::LeaveWorkspace { workspace }, name, None))
        }
        Intent::SetRoles { workspace, member, roles } => {
            about(bench, workspace, member, |membership, was| Command::SetMemberRoles {
                workspace,
                membership,
                was,
                roles,
            })
        }
        Intent::Suspend { workspace, member } => {
            about(bench, workspace, member, |membership, _| Command::SuspendMember {
                workspace,
                membership,
            })
        }
        Intent::Resume { workspace, member } => about(bench, workspace, member, |membership, _| {
            Command::ResumeMember { workspace, membership }
        }),
        Intent::Remove { workspace, member } => about(bench, workspace, member, |membership, _| {
            Command::RemoveMember { workspace, membership }
        }),
        Intent::Resend { workspace, invitation } => invited(
            bench,
            workspace,
            invitation,
            Command::ResendInvitation { workspace, invitation },
        ),
        Intent::Revoke { workspace, invitation } => invited(
            bench,
            workspace,
            invitation,
            Command::RevokeInvitation { workspace, invitation },
        ),
    }
}

fn plain(command: Command, workspace_name: String, person: Option<String>) -> Draft {
    Draft { command, label: Label { workspace_name, person }, created: None }
}

fn create(
    bench: &Bench<'_>,
    account: &str,
    name: String,
    plan: Option<muster_domain::Plan>,
    add_me: bool,
) -> Result<Draft, Failure> {
    let account: AccountId =
        account.parse().map_err(|it| Failure::caused(FailureCode::BadRequest, &it))?;
    let accounts = bench.cache.accounts()?;
    let scheme = accounts.iter().find(|it| it.id == account).map(|it| it.scheme);
    let workspace = WorkspaceId::from_bytes(random::id()?);
    let membership = match (scheme, add_me) {
        // U-14: the creator always becomes owner there; E-66: a choice for an agency.
        (Some(SchemeId::Managed), false) => None,
        (Some(SchemeId::Managed | SchemeId::OwnerLed) | None, _) => {
            Some(MembershipId::from_bytes(random::id()?))
        }
    };
    let command =
        Command::CreateWorkspace { workspace, account, title: name.clone(), plan, membership };
    Ok(Draft { created: Some(workspace.to_string()), ..plain(command, name, None) })
}

/// The name of a workspace as it stands with unsent changes.
pub(crate) fn name_of(bench: &Bench<'_>, workspace: WorkspaceId) -> Result<String, Failure> {
    let entry = bench.cache.workspace(workspace)?;
    entry.map(|it| it.workspace.name).ok_or_else(|| Failure::new(FailureCode::NotFound))
}

fn about(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    member: MembershipId,
    command: impl FnOnce(MembershipId, RoleSet) -> Command,
) -> Result<Draft, Failure> {
    let entry = find(bench, workspace, member)?;
    let name = name_of(bench, workspace)?;
    Ok(plain(command(member, entry.member.roles), name, Some(entry.member.name)))
}

fn invited(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    invitation: InvitationId,
    command: Command,
) -> Result<Draft, Failure> {
    let found = bench.cache.read(|mirror| mirror.invitation(invitation))?;
    let address = found
        .filter(|it| it.workspace == workspace)
        .map(|it| it.address.to_string())
        .ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    Ok(plain(command, name_of(bench, workspace)?, Some(address)))
}

/// Whether a whole collection is known, as an option.
pub(crate) fn known<T>(known: Known<Option<T>>) -> Option<T> {
    match known {
        Known::Known(value) => value,
        Known::Unknown => None,
    }
}
