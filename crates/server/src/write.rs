//! The one write path: facts, decision, rows, event and numbers in one transaction.
//!
//! Whoever changes anything comes through here: commands of a lane, sign-up, acceptance, the
//! sample data. The caller commits; nothing is visible or durable before.

use std::collections::BTreeMap;

use muster_domain::mention::Act;
use muster_domain::{
    AccountId, Command, CommandId, Decision, Due, Event, EventKind, Facts, Founding, Invitation,
    InvitationId, InvitationTrouble, Known, Login, LoginId, LoginStatus, Membership, MembershipId,
    Refusal, Row, Timestamp, WorkspaceId, decide, decide_acceptance, decide_decline, decide_due,
    decide_trouble, found_account,
};
use muster_protocol::{LogOf, LogPlace, LoggedEvent, mentions};

mod acts;
mod rows;

use crate::change::Change;
use crate::mail::{Post, announce};
use crate::store::{ActOf, StoreError, Tx};
use acts::Doers;
use rows::{Numbers, Views, json, workspace_of};

/// Why a write could not be carried out, other than a rule's no.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The decision lacked a fact, although the store has them all.
    #[error("the rules could not decide")]
    Undecided,
}

/// Who asks for a change, and how it came here.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Who acts.
    pub actor: &'a Login,
    /// The command's id, for what came through a lane.
    pub command: Option<CommandId>,
    /// The request's id.
    pub request: &'a str,
    /// The server's time.
    pub now: Timestamp,
    /// Whether letters are written about it.
    pub post: Post,
}

/// What became of a request for a change.
#[derive(Debug)]
pub enum Verdict {
    /// It is written.
    Applied(Applied),
    /// It was so already.
    NoOp,
    /// The rules said no.
    Refused(Refusal),
}

/// A written change.
#[derive(Debug)]
pub struct Applied {
    /// The account's number of it.
    pub seq: u64,
    /// Whom to tell.
    pub change: Change,
}

/// Decides a command by the present state and writes what follows.
///
/// # Errors
/// See [`WriteError`]; the transaction is then to be dropped or rolled back.
pub fn run(tx: &dyn Tx, origin: &Origin<'_>, command: &Command) -> Result<Verdict, WriteError> {
    let facts = Facts::load(tx, origin.actor, command, origin.now)?;
    let decision = decide(&facts, command, origin.now);
    let as_admin =
        matches!(decision, Decision::Accept(_)) && is_by_reach(facts, command, origin.now);
    let reason = command.reason().map(str::trim).filter(|reason| !reason.is_empty());
    settle(tx, origin, decision, &How { as_admin, reason })
}

/// Whether the actor may do it as Account Admin only. The facts are used up: of a review of many
/// people they are large, and the question is asked only where the answer can be yes.
fn is_by_reach(mut facts: Facts, command: &Command, now: Timestamp) -> bool {
    let reaches = facts.account.as_ref().is_some_and(|account| {
        account.rules().account_admin_reach == muster_domain::AdminReach::All
    });
    if !reaches || !facts.actor.is_account_admin {
        return false;
    }
    facts.actor.is_account_admin = false;
    if matches!(command, Command::StartReview { .. }) {
        // Who is put on the list does not decide who may take it.
        facts.members = Known::Known(Vec::new());
        facts.last_review = Known::Known(Vec::new());
    }
    !matches!(decide(&facts, command, now), Decision::Accept(_))
}

/// Does what has come to its time, if it still has. Nobody acts; the history says so.
///
/// # Errors
/// See [`WriteError`].
pub fn due(tx: &dyn Tx, due: Due, post: Post, now: Timestamp) -> Result<Verdict, WriteError> {
    let system = system();
    let facts = Facts::load_due(tx, &system, due, now)?;
    let origin = Origin { actor: &system, command: None, request: "due", now, post };
    settle(tx, &origin, decide_due(&facts, due, now), &How::PLAIN)
}

/// Gives a member the roles that the operators decided on (E-38); the history says why.
///
/// # Errors
/// See [`WriteError`].
pub fn appoint(
    tx: &dyn Tx,
    before: &Membership,
    after: Membership,
    reason: &str,
    (post, now): (Post, Timestamp),
) -> Result<Applied, WriteError> {
    let system = system();
    let origin = Origin { actor: &system, command: None, request: "operator", now, post };
    let event = Event {
        kind: EventKind::MemberRolesChanged,
        before: Some(Row::Membership(before.clone())),
        after: Row::Membership(after),
    };
    apply(tx, &origin, &How { as_admin: false, reason: Some(reason) }, &[event])
}

/// Who stands in the history for what happens by itself.
fn system() -> Login {
    Login {
        id: LoginId::from_bytes([0; 16]),
        address: muster_domain::Address::parse("nobody@muster.invalid")
            .expect("a constant address is an address"),
        name: String::new(),
        status: LoginStatus::Active,
        verified: Vec::new(),
    }
}

/// Makes the actor a member by an invitation whose link they have shown.
///
/// # Errors
/// See [`WriteError`].
pub fn accept(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    invitation: &Invitation,
    membership: MembershipId,
) -> Result<Verdict, WriteError> {
    let facts = Facts::load_acceptance(tx, origin.actor, invitation, membership, origin.now)?;
    settle(tx, origin, decide_acceptance(&facts, membership, origin.now), &How::PLAIN)
}

/// Turns down an invitation whose link the actor has shown, or whose address is theirs.
///
/// # Errors
/// See [`WriteError`].
pub fn decline(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    invitation: &Invitation,
) -> Result<Verdict, WriteError> {
    let nobody = MembershipId::from_bytes([0; 16]);
    let facts = Facts::load_acceptance(tx, origin.actor, invitation, nobody, origin.now)?;
    settle(tx, origin, decide_decline(&facts, origin.now), &How::PLAIN)
}

/// Notes what came into the way of one sending of an invitation, for whoever sent it.
///
/// # Errors
/// See [`WriteError`].
pub fn trouble(
    tx: &dyn Tx,
    (invitation, generation): (InvitationId, u32),
    trouble: InvitationTrouble,
    now: Timestamp,
) -> Result<Verdict, WriteError> {
    let Some(found) = tx.invitation(invitation)? else { return Ok(Verdict::NoOp) };
    let system = system();
    let post = Post::None;
    let origin = Origin { actor: &system, command: None, request: "trouble", now, post };
    settle(tx, &origin, decide_trouble(&found, generation, trouble, now), &How::PLAIN)
}

/// Founds an account for the actor, with its first workspace.
///
/// # Errors
/// See [`WriteError`].
pub fn found(tx: &dyn Tx, origin: &Origin<'_>, founding: Founding) -> Result<Verdict, WriteError> {
    match found_account(origin.actor, founding, origin.now) {
        Ok(events) => settle(tx, origin, Decision::Accept(events), &How::PLAIN),
        Err(refusal) => Ok(Verdict::Refused(refusal)),
    }
}

/// What the history says of a change besides what it changed.
struct How<'a> {
    /// Whether the actor could do it only as Account Admin (R9).
    as_admin: bool,
    /// Why, in the actor's words.
    reason: Option<&'a str>,
}

impl How<'_> {
    const PLAIN: How<'static> = How { as_admin: false, reason: None };
}

fn settle(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    decision: Decision,
    how: &How<'_>,
) -> Result<Verdict, WriteError> {
    match decision {
        Decision::Accept(events) => Ok(Verdict::Applied(apply(tx, origin, how, &events)?)),
        Decision::NoOp => Ok(Verdict::NoOp),
        Decision::Refuse(refusal) => Ok(Verdict::Refused(refusal)),
        Decision::Hide => {
            Ok(Verdict::Refused(Refusal::new(muster_domain::RefusalCode::NotVisible)))
        }
        Decision::Unknown => Err(WriteError::Undecided),
    }
}

/// Writes rows and events, under one new number of each account that the change is in.
fn apply(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    how: &How<'_>,
    events: &[Event],
) -> Result<Applied, WriteError> {
    let numbers = Numbers::draw(tx, events)?;
    let views = Views::load(tx, events)?;
    let mut change = Change::new();
    let mut chains = Chains { doers: Doers::of(tx, events)?, ..Chains::default() };
    for (event, ord) in events.iter().zip(0_u32..) {
        let (account, seq) = numbers.of(tx, event)?;
        if let Row::Account(ending) = &event.after
            && numbers.is_erased(account)
        {
            announce::farewell(tx, origin, ending)?;
        }
        rows::put(tx, event, seq, &views)?;
        change.note(account, event);
        if !numbers.is_erased(account) {
            acts::note(tx, origin, (event, events), &mut chains.doers)?;
        }
        if numbers.is_erased(account) {
            // Its history is gone; that it was there is for the operator alone to know.
            tx.append_audit(&rows::erased(origin, account))?;
        } else {
            append(tx, origin, how, event, (&mut chains, account, seq, ord))?;
        }
    }
    for workspace in change.workspaces() {
        if let Some(seq) = numbers.of_workspace(workspace) {
            tx.touch_workspace(workspace, seq)?;
        }
    }
    announce::announce(tx, origin, events)?;
    Ok(Applied { seq: numbers.first(), change })
}

/// What one change asks of the chains that it goes into: once, however many events it has.
#[derive(Default)]
struct Chains {
    tails: BTreeMap<LogOf, [u8; 32]>,
    people: People,
    doers: Doers,
}

impl Chains {
    /// What the next event of a chain follows on.
    fn tail(&self, tx: &dyn Tx, chain: LogOf) -> Result<[u8; 32], StoreError> {
        self.tails.get(&chain).map_or_else(|| tx.chain_tail(chain), |tail| Ok(*tail))
    }
}

/// Where a name stands in rows, and the name.
type Called = (AccountId, Option<WorkspaceId>, String);

/// Whose the names are that rows quote, as far as this change asked.
#[derive(Default)]
struct People(BTreeMap<Called, LoginId>);

impl People {
    fn whose(
        &mut self,
        tx: &dyn Tx,
        (account, workspace): (AccountId, Option<WorkspaceId>),
        name: &str,
    ) -> Result<Option<LoginId>, StoreError> {
        let called = (account, workspace, name.to_owned());
        if let Some(found) = self.0.get(&called) {
            return Ok(Some(*found));
        }
        // Nobody now may be somebody after the next event of the same change.
        let found = tx.whose(account, workspace, name)?;
        self.0.extend(found.map(|login| (called, login)));
        Ok(found)
    }
}

/// The rows of an event as they are chained: with tokens for people (E-64).
struct Sealed {
    before: Option<Row>,
    after: Row,
    names: BTreeMap<String, String>,
}

impl Sealed {
    fn of(
        tx: &dyn Tx,
        origin: &Origin<'_>,
        event: &Event,
        (account, workspace): (AccountId, Option<WorkspaceId>),
        (people, doers): (&mut People, &Doers),
    ) -> Result<Self, WriteError> {
        let mut failed = None;
        let of = ActOf::of(&event.after);
        let mut who = |act: Act, name: &str| match doers.get(tx, of, act)? {
            Some(login) => Ok(Some(login)),
            None if name == origin.actor.name => Ok(Some(origin.actor.id)),
            // Written before this was written down, or by somebody for something elsewhere.
            None => people.whose(tx, (account, workspace), name),
        };
        let mut whose = |act: Act, name: &str| match name {
            // It happened by itself.
            "" => None,
            name => who(act, name).unwrap_or_else(|error: StoreError| {
                failed = Some(error);
                None
            }),
        };
        let mut sealed = Self {
            before: event.before.clone(),
            after: event.after.clone(),
            names: BTreeMap::new(),
        };
        for row in sealed.before.iter_mut().chain([&mut sealed.after]) {
            mentions::seal(row, &mut whose, &mut sealed.names);
        }
        failed.map_or(Ok(sealed), |error| Err(error.into()))
    }
}

fn append(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    how: &How<'_>,
    event: &Event,
    (chains, account, seq, ord): (&mut Chains, AccountId, u64, u32),
) -> Result<(), WriteError> {
    let workspace = workspace_of(&event.after);
    let chain = workspace.map_or(LogOf::Account(account), LogOf::Workspace);
    let asked = (&mut chains.people, &chains.doers);
    let sealed = Sealed::of(tx, origin, event, (account, workspace), asked)?;
    let mut logged = LoggedEvent {
        account,
        place: LogPlace { seq, ord },
        workspace,
        at: origin.now,
        actor: origin.actor.id,
        actor_name: origin.actor.name.clone(),
        as_admin: how.as_admin,
        kind: event.kind.key().to_owned(),
        before: sealed.before.as_ref().map(json),
        after: json(&sealed.after),
        names: sealed.names,
        command: origin.command,
        request: origin.request.to_owned(),
        reason: how.reason.map(str::to_owned),
        prev: chains.tail(tx, chain)?,
        hash: [0; 32],
    };
    logged.hash = logged.computed_hash();
    tx.append_event(&logged)?;
    chains.tails.insert(chain, logged.hash);
    Ok(())
}
