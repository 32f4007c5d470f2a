//! A change of scheme under consideration: what becomes of each set of roles, and who would
//! end up with more (E-58, R16).

use std::collections::BTreeMap;

use muster_cache::{MemberWindowQuery, WorkspaceEntry};
use muster_domain::{
    Account, Command, Decision, MembershipId, OwnRole, OwnRoles, Refusal, RefusalCode, Role,
    RoleMapping, RoleSet, RolesTo, SchemeId, WorkspaceId, facts::own_of,
};

use crate::accounts::{am_admin, has_personal, places};
use crate::app::App;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, SchemeLine, SchemePreview, SchemeQuestion, WidenedMember};

/// How many members that would gain are named.
const WIDENED: usize = 1_000;

/// How many members are read at a time.
const BATCH: u32 = 1_024;

impl App {
    /// What a change of scheme would do with what was chosen so far.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for an account that I do not administer.
    pub async fn scheme_preview(&self, question: SchemeQuestion) -> Result<SchemePreview, Failure> {
        self.with_bench(move |bench| preview(bench, &question)).await
    }
}

/// One workspace of the account.
struct Spot {
    entry: WorkspaceEntry,
    roles: Vec<OwnRole>,
    own: OwnRoles,
    /// Sets of roles that somebody holds or is offered, with how many hold each.
    sets: BTreeMap<RoleSet, u32>,
}

/// What a change of scheme would do.
pub(crate) fn preview(
    bench: &Bench<'_>,
    question: &SchemeQuestion,
) -> Result<SchemePreview, Failure> {
    let account = bench.account_of(question.account)?;
    if !am_admin(bench, account.id)? {
        return Err(Failure::new(FailureCode::NotFound));
    }
    let spots = spots(bench, &account)?;
    let widened = widened(bench, question, &spots)?;
    let command = Command::SetScheme {
        account: account.id,
        scheme: question.scheme,
        mapping: question.mapping.clone(),
        widened: widened.iter().map(|it| it.member).collect::<Vec<MembershipId>>(),
    };
    Ok(SchemePreview {
        lines: lines(question, &spots),
        verdict: if account.scheme != question.scheme && has_personal(bench, &account)? {
            let refusal = Refusal::new(RefusalCode::PersonalAccount);
            bench.of_decision(&command, Decision::Refuse(refusal))?
        } else {
            bench.verdict(&command)?
        },
        widened: widened.into_iter().take(WIDENED).collect(),
    })
}

fn spots(bench: &Bench<'_>, account: &Account) -> Result<Vec<Spot>, Failure> {
    let spot = |entry: WorkspaceEntry| {
        let id = entry.workspace.id;
        let roles = bench.own_roles(id)?;
        let mut sets: BTreeMap<RoleSet, u32> = BTreeMap::new();
        for (set, number) in bench.cache.role_holders(id)?.sets {
            *sets.entry(set).or_default() += number;
        }
        for invitation in bench.cache.invitations(id, 0, u32::MAX)?.1 {
            sets.entry(invitation.roles).or_default();
        }
        Ok(Spot { entry, own: own_of(&roles), roles, sets })
    };
    places(bench, account.id)?.into_iter().map(spot).collect()
}

/// What was chosen for a set of roles: for this workspace, else for all.
fn chosen(question: &SchemeQuestion, spot: WorkspaceId, from: RoleSet) -> Option<RolesTo> {
    let fits = |it: &&RoleMapping| it.from == from && it.workspace.is_none_or(|id| id == spot);
    let own = from.iter_own().next().is_some();
    let found = question.mapping.iter().filter(fits).max_by_key(|it| it.workspace.is_some());
    found.filter(|it| !own || it.workspace.is_some()).map(|it| it.to)
}

/// Sets of built-in roles mean the same everywhere and have one line; those with a role of a
/// workspace's own have one for that workspace.
fn lines(question: &SchemeQuestion, spots: &[Spot]) -> Vec<SchemeLine> {
    let mut lines: BTreeMap<(Option<WorkspaceId>, RoleSet), SchemeLine> = BTreeMap::new();
    for spot in spots {
        let id = spot.entry.workspace.id;
        for (from, people) in &spot.sets {
            let own = from.iter_own().next().is_some();
            let workspace = own.then_some(id);
            let line = lines.entry((workspace, *from)).or_insert_with(|| SchemeLine {
                workspace,
                workspace_name: own.then(|| spot.entry.workspace.name.clone()),
                from: *from,
                own_names: own_names(spot, *from),
                people: 0,
                suggested: suggested(question.scheme, *from),
                chosen: chosen(question, id, *from),
            });
            line.people += people;
        }
    }
    lines.into_values().collect()
}

fn own_names(spot: &Spot, roles: RoleSet) -> Vec<String> {
    let held = spot.roles.iter().filter(|role| roles.has_own(role.slot));
    held.map(|role| role.name.clone()).collect()
}

/// E-58: the counterparts that are safe, or as close as the other product has. What has none
/// is chosen by hand.
fn suggested(to: SchemeId, from: RoleSet) -> Option<RolesTo> {
    let of = |roles: &[Role]| Some(RolesTo::BuiltIn(RoleSet::of(roles)));
    match to {
        SchemeId::Managed if from == RoleSet::of(&[Role::Owner]) => of(&[Role::WorkspaceAdmin]),
        SchemeId::Managed if from == RoleSet::of(&[Role::Write]) => {
            of(&[Role::AgentManager, Role::ContentManager])
        }
        SchemeId::Managed => Some(RolesTo::Equal),
        SchemeId::OwnerLed if from.has(Role::WorkspaceAdmin) => of(&[Role::Owner]),
        SchemeId::OwnerLed => {
            let managers = RoleSet::of(&[Role::AgentManager, Role::ContentManager]);
            // Either manager may chat anyway.
            let rest = from.without(RoleSet::of(&[Role::ChatUser]));
            let are_managers = !rest.is_empty() && rest.without(managers).is_empty();
            are_managers.then_some(RolesTo::BuiltIn(RoleSet::of(&[Role::Write])))
        }
    }
}

/// R16: everybody whose permissions would grow.
fn widened(
    bench: &Bench<'_>,
    question: &SchemeQuestion,
    spots: &[Spot],
) -> Result<Vec<WidenedMember>, Failure> {
    let rules = question.scheme.scheme();
    let mut widened = Vec::new();
    for spot in spots {
        let id = spot.entry.workspace.id;
        for from in spot.sets.keys().copied() {
            let Some(RolesTo::BuiltIn(to)) = chosen(question, id, from) else { continue };
            let before = from.permissions(&spot.own);
            let grows = !to.permissions(&OwnRoles::NONE).is_subset(before);
            // An owner has no end date, so one that is set falls away (E-40).
            if grows || rules.is_owner_class(to) {
                for (member, ends) in holders(bench, id, from)? {
                    if grows || ends {
                        let workspace_name = spot.entry.workspace.name.clone();
                        widened.push(WidenedMember {
                            member: member.0,
                            name: member.1,
                            workspace_name,
                            from,
                            to,
                        });
                    }
                }
            }
        }
    }
    Ok(widened)
}

type Holder = ((MembershipId, String), bool);

/// The present members who hold exactly these roles, and whether their time is limited.
fn holders(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    roles: RoleSet,
) -> Result<Vec<Holder>, Failure> {
    let mut query = MemberWindowQuery { roles, ..MemberWindowQuery::of(workspace, BATCH) };
    let mut found = Vec::new();
    loop {
        let rows = bench.cache.members(&query)?.rows;
        let is_last = rows.len() < BATCH as usize;
        let members = rows.into_iter().map(|it| it.member.at(bench.now));
        let exact = members.filter(|it| it.roles == roles && it.state.is_present());
        found.extend(exact.map(|it| ((it.id, it.name), it.until.is_some())));
        if is_last {
            return Ok(found);
        }
        query.offset += BATCH;
    }
}
