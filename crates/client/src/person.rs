//! The person panel: one member, what they can do, and what can be done with them.

use muster_cache::{MemberStatus, MemberWindowQuery, OutboxEntry};
use muster_domain::{
    Account, AdminReach, Command, End, GroupId, MemberState, Membership, MembershipId, OwnRoles,
    Permission, RoleSet, WorkspaceId, facts::own_of,
};

use crate::app::App;
use crate::members::{changes_known, find, row};
use crate::pending;
use crate::roles::trial_reason;
use crate::verdict::Bench;
use crate::view::{
    Ability, EarlierStay, Failure, FailureCode, MemberRow, MemberView, PendingItem, Verdict,
};

/// How many earlier stays are read at most.
const EARLIER: u32 = 64;

impl App {
    /// One member in the panel.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for somebody who is not there.
    pub async fn member(
        &self,
        workspace: WorkspaceId,
        id: MembershipId,
    ) -> Result<MemberView, Failure> {
        self.with_bench(move |bench| view(bench, workspace, id)).await
    }
}

/// One member in the panel.
pub(crate) fn view(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: MembershipId,
) -> Result<MemberView, Failure> {
    let entry = find(bench, workspace, id)?;
    let account = bench.account(workspace)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let own = own_of(&bench.own_roles(workspace)?);
    let admins = bench.cache.admins(account.id)?;
    let member = entry.member.clone().at(bench.now);
    let account_admin = admins.iter().any(|it| it.active && it.login == member.login);
    let by_account = account_admin && account.rules().account_admin_reach == AdminReach::All;
    let (not_sent, refused) = changes(bench, |command| command.membership() == Some(id))?;
    let acts = Acts { bench, workspace, member: &member };
    let changes_known = changes_known(bench, workspace)?;
    let last_change = bench.cache.last_act(workspace, member.login)?;
    Ok(MemberView {
        changes_known,
        given_by: member.given_by.clone(),
        given_at: member.given_at,
        group: group_name(bench, &account, member.group)?,
        note: member.note.clone(),
        earlier: earlier(bench, &member)?,
        set_end: acts.verdict(&acts.set_end())?,
        annotate: acts.verdict(&acts.annotate())?,
        account_admin,
        can: abilities(Some(&member), &own, by_account),
        change_role: acts.change_role(&account)?,
        suspend: acts.unless(MemberState::Suspended, acts.suspend())?,
        resume: acts.unless(MemberState::Active, acts.resume())?,
        remove: acts.verdict(&acts.remove())?,
        refused,
        not_sent,
        row: MemberRow {
            last_change: last_change.filter(|_| changes_known),
            ..row(bench, entry, bench.cache.me()?.id)
        },
    })
}

/// Changing somebody's role at all, and removing them.
pub(crate) fn change_and_remove(
    bench: &Bench<'_>,
    member: &Membership,
    account: &Account,
) -> Result<(Verdict, Verdict), Failure> {
    let acts = Acts { bench, workspace: member.workspace, member };
    Ok((acts.change_role(account)?, acts.verdict(&acts.remove())?))
}

/// The group that a membership comes from, by name where I may see it, else empty (E-37).
pub(crate) fn group_name(
    bench: &Bench<'_>,
    account: &Account,
    group: Option<GroupId>,
) -> Result<Option<String>, Failure> {
    let Some(id) = group else { return Ok(None) };
    let found = bench.cache.groups(account.id)?.into_iter().find(|it| it.id == id);
    Ok(Some(found.map(|it| it.name).unwrap_or_default()))
}

/// E-29: the person's earlier memberships here, the newest first.
fn earlier(bench: &Bench<'_>, member: &Membership) -> Result<Vec<EarlierStay>, Failure> {
    let query = MemberWindowQuery {
        text: member.address.to_string(),
        status: MemberStatus::Former,
        ..MemberWindowQuery::of(member.workspace, EARLIER)
    };
    let found = bench.cache.members(&query)?.rows.into_iter().map(|it| it.member);
    let mut stays: Vec<EarlierStay> = found
        .filter(|it| it.login == member.login && it.id != member.id)
        .map(|it| EarlierStay {
            roles: it.roles,
            joined: it.joined,
            ended: it.ended.as_ref().map(|end| end.at),
            ended_by: it.ended.map(|end| end.by).unwrap_or_default(),
            state: it.state,
        })
        .collect();
    stays.sort_by_key(|it| std::cmp::Reverse((it.ended, it.joined)));
    Ok(stays)
}

/// E-32: what the person can do, permission by permission, with every source.
pub(crate) fn abilities(
    member: Option<&Membership>,
    own: &OwnRoles,
    by_account: bool,
) -> Vec<Ability> {
    let roles = match member.map(|it| (it.state, it.roles)) {
        Some((MemberState::Active, roles)) => roles,
        Some((
            MemberState::Suspended
            | MemberState::Left
            | MemberState::Removed
            | MemberState::Expired,
            _,
        ))
        | None => RoleSet::NONE,
    };
    let ability = |permission: Permission| {
        let by_roles: RoleSet =
            roles.each().filter(|role| role.permissions(own).has(permission)).collect();
        let has = by_account || !by_roles.is_empty();
        Ability { permission, has, by_roles, by_account }
    };
    Permission::ALL.iter().copied().map(ability).collect()
}

/// The changes that stand on something: those not sent, and the newest refused one.
pub(crate) fn changes(
    bench: &Bench<'_>,
    about: impl Fn(&Command) -> bool,
) -> Result<(Vec<PendingItem>, Option<PendingItem>), Failure> {
    let about = |entry: &OutboxEntry| entry.command.as_ref().is_some_and(&about);
    let waiting = bench.cache.pending()?.into_iter().filter(|it| about(it));
    let not_sent = waiting.map(|it| pending::item(bench, it)).collect::<Result<_, _>>()?;
    let refused = bench.cache.refused()?.into_iter().find(|it| about(it));
    Ok((not_sent, refused.map(|it| pending::item(bench, it)).transpose()?))
}

/// The actions on one member. Where a change has a value, any that differs will do.
struct Acts<'a> {
    bench: &'a Bench<'a>,
    workspace: WorkspaceId,
    member: &'a Membership,
}

impl Acts<'_> {
    fn suspend(&self) -> Command {
        let (workspace, membership) = (self.workspace, self.member.id);
        Command::SuspendMember { workspace, membership, reason: trial_reason() }
    }

    fn resume(&self) -> Command {
        Command::ResumeMember { workspace: self.workspace, membership: self.member.id }
    }

    fn remove(&self) -> Command {
        let (workspace, membership) = (self.workspace, self.member.id);
        Command::RemoveMember { workspace, membership, reason: trial_reason() }
    }

    fn set_end(&self) -> Command {
        let day = |days| Some(End { at: self.bench.now.plus_days(days), roles: None });
        let end = if self.member.until == day(30) { day(31) } else { day(30) };
        Command::SetMemberEnd {
            workspace: self.workspace,
            membership: self.member.id,
            was: self.member.until,
            end,
        }
    }

    fn annotate(&self) -> Command {
        let was = self.member.note.clone();
        let note = if was == "…" { "…." } else { "…" }.to_owned();
        Command::SetMemberNote { workspace: self.workspace, membership: self.member.id, was, note }
    }

    /// The verdict, with actions on somebody who is gone left out.
    fn verdict(&self, command: &Command) -> Result<Verdict, Failure> {
        if self.member.state.is_present() {
            self.bench.verdict(command)
        } else {
            Ok(Verdict::Hidden)
        }
    }

    /// Suspending somebody suspended, or letting in somebody active, is absent.
    fn unless(&self, state: MemberState, command: Command) -> Result<Verdict, Failure> {
        if self.member.state == state { Ok(Verdict::Hidden) } else { self.verdict(&command) }
    }

    /// Changing the role is possible if some other role can be given.
    fn change_role(&self, account: &Account) -> Result<Verdict, Failure> {
        let built_in = account.rules().roles.iter().map(|role| RoleSet::of(&[*role]));
        let own = self.bench.own_roles(self.workspace)?.into_iter();
        let own = own.map(|role| RoleSet::own(role.slot));
        let mut first_no = Verdict::Hidden;
        for roles in built_in.chain(own).filter(|roles| *roles != self.member.roles) {
            let command = Command::SetMemberRoles {
                workspace: self.workspace,
                membership: self.member.id,
                was: self.member.roles,
                roles,
                reason: trial_reason(),
            };
            let verdict = self.verdict(&command)?;
            match verdict {
                Verdict::Allowed | Verdict::Unknown | Verdict::NoOp => {
                    return Ok(Verdict::Allowed);
                }
                Verdict::Refused { .. } | Verdict::NeedsConnection { .. } => {
                    if first_no == Verdict::Hidden {
                        first_no = verdict;
                    }
                }
                Verdict::Hidden => {}
            }
        }
        Ok(first_no)
    }
}
