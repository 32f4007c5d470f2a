//! Handing a workspace over, as a checklist: make somebody an owner, then step down
//! (R11, U-68 to U-70, E-65).

use muster_cache::{MemberEntry, MemberStatus, MemberWindowQuery, WorkspaceEntry};
use muster_domain::{
    Command, Event, EventKind, Membership, RefusalCode, RoleSet, WorkspaceId, WorkspaceKind,
    facts::own_of,
};
use muster_domain::{Decision, Refusal};

use crate::app::App;
use crate::members::{Difference, row, rows};
use crate::place::trial_invitation;
use crate::roles::trial_reason;
use crate::verdict::Bench;
use crate::view::{Failure, StepDown, TransferView, Verdict};

/// How many owners are listed.
const OWNERS: u32 = 128;

impl App {
    /// The checklist of handing over a workspace.
    ///
    /// # Errors
    /// [`crate::view::FailureCode::NotFound`] for a workspace that is not there.
    pub async fn transfer(&self, workspace: WorkspaceId) -> Result<TransferView, Failure> {
        self.with_bench(move |bench| view(bench, workspace)).await
    }
}

/// The checklist.
pub(crate) fn view(bench: &Bench<'_>, workspace: WorkspaceId) -> Result<TransferView, Failure> {
    let entry = bench.place(workspace)?;
    let (owners, waiting) = owners(bench, &entry)?;
    let mine = entry.my_membership.clone();
    let (step_down, moves) = match &mine {
        Some(held) => steps_down(bench, &entry, held)?,
        None => (Vec::new(), false),
    };
    let me = match mine {
        Some(held) => bench.cache.member(held.id)?.map(|it| row(bench, it, held.login)),
        None => None,
    };
    Ok(TransferView {
        verdict: verdict(bench, &entry)?,
        owners: rows(bench, owners)?,
        waiting: rows(bench, waiting)?,
        me,
        step_down,
        moves,
    })
}

/// Whether it can be handed over at all: a personal one never (R8), another one by whoever can
/// make owners.
fn verdict(bench: &Bench<'_>, entry: &WorkspaceEntry) -> Result<Verdict, Failure> {
    let id = entry.workspace.id;
    if entry.workspace.kind == WorkspaceKind::Personal {
        let refusal = Refusal::new(RefusalCode::PersonalTransfer);
        let command = Command::OfferWorkspace { workspace: id, to: entry.account.id };
        return bench.of_decision(&command, Decision::Refuse(refusal));
    }
    let owner = RoleSet::of(&[entry.account.rules().owner_class_role]);
    Ok(match bench.verdict(&trial_invitation(id, owner)?)? {
        // Somebody who is here already needs no seat.
        Verdict::Refused { reason } if reason.code == RefusalCode::NoSeat => Verdict::Allowed,
        Verdict::Unknown => Verdict::Allowed,
        other => other,
    })
}

/// The other owners: confirmed ones, and those whom only an unanswered change makes (E-4).
fn owners(
    bench: &Bench<'_>,
    entry: &WorkspaceEntry,
) -> Result<(Vec<MemberEntry>, Vec<MemberEntry>), Failure> {
    let rules = entry.account.rules();
    let me = bench.cache.me()?.id;
    let query = MemberWindowQuery {
        roles: RoleSet::of(&[rules.owner_class_role]),
        status: MemberStatus::Active,
        ..MemberWindowQuery::of(entry.workspace.id, OWNERS)
    };
    let found = bench.cache.members(&query)?.rows.into_iter();
    let others = found.filter(|it| it.member.login != me);
    Ok(others.partition(|it| {
        it.confirmed.as_ref().is_none_or(|confirmed| rules.is_owner_class(confirmed.roles))
    }))
}

/// Stepping down to each lower role, and whether the workspace then follows its new owner.
fn steps_down(
    bench: &Bench<'_>,
    entry: &WorkspaceEntry,
    held: &Membership,
) -> Result<(Vec<StepDown>, bool), Failure> {
    let rules = entry.account.rules();
    if !rules.is_owner_class(held.roles) {
        return Ok((Vec::new(), false));
    }
    let own = own_of(&bench.own_roles(entry.workspace.id)?);
    let (mut steps, mut moves) = (Vec::new(), false);
    for role in rules.roles.iter().filter(|role| **role != rules.owner_class_role) {
        let roles = RoleSet::of(&[*role]);
        let command = Command::SetMemberRoles {
            workspace: entry.workspace.id,
            membership: held.id,
            was: held.roles,
            roles,
            reason: trial_reason(),
        };
        let decision = bench.cache.predict(&command, bench.now)?;
        moves |= matches!(&decision, Decision::Accept(events) if events.iter().any(is_move));
        let loses = Difference::of(held.roles.permissions(&own), roles.permissions(&own)).loses;
        let verdict = bench.of_decision(&command, decision)?;
        steps.push(StepDown { roles, loses: loses.iter().collect(), verdict });
    }
    Ok((steps, moves || follows(bench, entry)?))
}

fn is_move(event: &Event) -> bool {
    event.kind == EventKind::WorkspaceMoved
}

/// E-65: where Account Admins have no reach, a workspace in my own account follows the new
/// owner. Which account that is, this copy does not know.
fn follows(bench: &Bench<'_>, entry: &WorkspaceEntry) -> Result<bool, Failure> {
    let rules = entry.account.rules();
    if rules.account_admin_reach == muster_domain::AdminReach::All || !entry.account_admin {
        return Ok(false);
    }
    let admins = bench.cache.admins(entry.account.id)?;
    Ok(admins.iter().filter(|it| it.active).count() == 1)
}
