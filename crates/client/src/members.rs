//! The roster, the person panel and the role picker.

use muster_cache::{Mark as CacheMark, MemberEntry, MemberWindowQuery};
use muster_domain::{
    Account, AdminReach, Command, LoginId, MemberState, Membership, MembershipId, Permission,
    PermissionSet, RoleSet, WorkspaceId,
};

use crate::app::App;
use crate::badge;
use crate::pending;
use crate::verdict::Bench;
use crate::view::{
    Ability, AdminView, Failure, FailureCode, Mark, MemberCounts, MemberPage, MemberQuery,
    MemberRow, MemberSort, MemberStatus, MemberView, PendingItem, Verdict,
};
use crate::workspaces::PAGE;

impl App {
    /// A page of the members that match.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for a workspace that is not there.
    pub async fn members(&self, query: MemberQuery) -> Result<MemberPage, Failure> {
        self.with_cache(move |cache, link| page(&Bench { cache, link }, query)).await
    }

    /// The ids of all members that match, for *select all*.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn member_ids(&self, query: MemberQuery) -> Result<Vec<MembershipId>, Failure> {
        self.with_cache(move |cache, _| Ok(cache.member_ids(&window(query, u32::MAX))?)).await
    }

    /// One member in the panel.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for somebody who is not there.
    pub async fn member(
        &self,
        workspace: WorkspaceId,
        id: MembershipId,
    ) -> Result<MemberView, Failure> {
        self.with_cache(move |cache, link| view(&Bench { cache, link }, workspace, id)).await
    }
}

fn window(query: MemberQuery, most: u32) -> MemberWindowQuery {
    MemberWindowQuery {
        workspace: query.workspace,
        text: query.text,
        roles: query.roles,
        status: match query.status {
            MemberStatus::Present => muster_cache::MemberStatus::Present,
            MemberStatus::Active => muster_cache::MemberStatus::Active,
            MemberStatus::Suspended => muster_cache::MemberStatus::Suspended,
            MemberStatus::Former => muster_cache::MemberStatus::Former,
        },
        sort: match query.sort {
            MemberSort::Name => muster_cache::MemberSort::Name,
            MemberSort::Address => muster_cache::MemberSort::Address,
            MemberSort::Role => muster_cache::MemberSort::Role,
            MemberSort::Status => muster_cache::MemberSort::Status,
            MemberSort::Joined => muster_cache::MemberSort::Joined,
        },
        descending: query.descending,
        offset: query.offset,
        limit: query.limit.min(most),
    }
}

fn page(bench: &Bench<'_>, query: MemberQuery) -> Result<MemberPage, Failure> {
    let account =
        bench.account(query.workspace)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let found = bench.cache.members(&window(query, PAGE))?;
    Ok(MemberPage {
        people: found.people,
        owners: found.owners,
        leaving: found.leaving,
        matched: found.matched,
        counts: MemberCounts {
            active: found.counts.active,
            suspended: found.counts.suspended,
            former: found.counts.former,
        },
        account_admins: with_reach(bench, &account)?,
        rows: rows(bench, found.rows)?,
    })
}

/// R9: Account Admins are named where they have rights.
fn with_reach(bench: &Bench<'_>, account: &Account) -> Result<Vec<AdminView>, Failure> {
    match account.rules().account_admin_reach {
        AdminReach::None => Ok(Vec::new()),
        AdminReach::All => Ok(bench
            .cache
            .admins(account.id)?
            .into_iter()
            .filter(|it| it.active)
            .map(|it| AdminView { name: it.name, address: it.address.to_string(), since: it.since })
            .collect()),
    }
}

fn rows(bench: &Bench<'_>, entries: Vec<MemberEntry>) -> Result<Vec<MemberRow>, Failure> {
    let me = bench.cache.me()?.id;
    Ok(entries.into_iter().map(|entry| row(bench, entry, me)).collect())
}

fn row(bench: &Bench<'_>, entry: MemberEntry, me: LoginId) -> MemberRow {
    let MemberEntry { member, confirmed, mark } = entry;
    let roles_were = confirmed.as_ref().map(|it| it.roles).filter(|it| *it != member.roles);
    let state_was = confirmed.as_ref().map(|it| it.state).filter(|it| *it != member.state);
    MemberRow {
        id: member.id,
        letters: badge::letters(&member.name),
        address: member.address.to_string(),
        name: member.name,
        roles: member.roles,
        roles_were,
        state: member.state,
        state_was,
        joined: member.joined,
        ended: member.ended.as_ref().map(|it| it.at),
        ended_by: member.ended.map(|it| it.by),
        me: member.login == me,
        mark: match mark {
            CacheMark::None => Mark::None,
            CacheMark::New => Mark::New,
            CacheMark::NotSent => Mark::NotSent,
            CacheMark::Sending if bench.is_online() => Mark::Sending,
            // A try that nobody answers sends nothing; the mark does not flicker with it.
            CacheMark::Sending => Mark::NotSent,
            CacheMark::Refused => Mark::Refused,
        },
    }
}

/// A member of this workspace, or the failure that says there is none.
pub(crate) fn find(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: MembershipId,
) -> Result<MemberEntry, Failure> {
    bench
        .cache
        .member(id)?
        .filter(|entry| entry.member.workspace == workspace)
        .ok_or_else(|| Failure::new(FailureCode::NotFound))
}

fn view(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    id: MembershipId,
) -> Result<MemberView, Failure> {
    let entry = find(bench, workspace, id)?;
    let account = bench.account(workspace)?.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    let admins = bench.cache.admins(account.id)?;
    let member = entry.member.clone();
    let account_admin = admins.iter().any(|it| it.active && it.login == member.login);
    let by_account = account_admin && account.rules().account_admin_reach == AdminReach::All;
    let (not_sent, refused) = changes(bench, id)?;
    let own = Own { bench, workspace, member: &member };
    Ok(MemberView {
        given_by: member.given_by.clone(),
        account_admin,
        can: abilities(&member, by_account),
        change_role: own.change_role(&account)?,
        suspend: own.unless(MemberState::Suspended, own.suspend())?,
        resume: own.unless(MemberState::Active, own.resume())?,
        remove: own.verdict(&own.remove())?,
        refused,
        not_sent,
        row: row(bench, entry, bench.cache.me()?.id),
    })
}

/// E-32: what the person can do, permission by permission, with every source.
fn abilities(member: &Membership, by_account: bool) -> Vec<Ability> {
    let roles = match member.state {
        MemberState::Active => member.roles,
        MemberState::Suspended | MemberState::Left | MemberState::Removed => RoleSet::NONE,
    };
    Permission::ALL
        .iter()
        .copied()
        .map(|permission| {
            let by_roles: RoleSet =
                roles.iter().filter(|role| role.permissions().has(permission)).collect();
            let has = by_account || !by_roles.is_empty();
            Ability { permission, has, by_roles, by_account }
        })
        .collect()
}

/// The changes that stand on a member: those not sent, and the newest refused one.
fn changes(
    bench: &Bench<'_>,
    id: MembershipId,
) -> Result<(Vec<PendingItem>, Option<PendingItem>), Failure> {
    let about = |entry: &muster_cache::OutboxEntry| {
        entry.command.as_ref().and_then(Command::membership) == Some(id)
    };
    let waiting = bench.cache.pending()?;
    let not_sent = waiting.into_iter().filter(|it| about(it));
    let not_sent = not_sent.map(|it| pending::item(bench, it)).collect::<Result<_, _>>()?;
    let refused = bench.cache.refused()?.into_iter().find(|it| about(it));
    Ok((not_sent, refused.map(|it| pending::item(bench, it)).transpose()?))
}

/// The actions on one member.
struct Own<'a> {
    bench: &'a Bench<'a>,
    workspace: WorkspaceId,
    member: &'a Membership,
}

impl Own<'_> {
    fn suspend(&self) -> Command {
        Command::SuspendMember { workspace: self.workspace, membership: self.member.id }
    }

    fn resume(&self) -> Command {
        Command::ResumeMember { workspace: self.workspace, membership: self.member.id }
    }

    fn remove(&self) -> Command {
        Command::RemoveMember { workspace: self.workspace, membership: self.member.id }
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
        let mut first_no = Verdict::Hidden;
        for role in account.rules().roles {
            let roles = RoleSet::of(&[*role]);
            if roles == self.member.roles {
                continue;
            }
            let command = Command::SetMemberRoles {
                workspace: self.workspace,
                membership: self.member.id,
                was: self.member.roles,
                roles,
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

/// What a change of roles gives and takes.
pub(crate) struct Difference {
    pub gains: PermissionSet,
    pub keeps: PermissionSet,
    pub loses: PermissionSet,
}

impl Difference {
    pub(crate) fn of(before: PermissionSet, after: PermissionSet) -> Self {
        Self {
            gains: after.without(before),
            keeps: after.intersection(before),
            loses: before.without(after),
        }
    }
}
