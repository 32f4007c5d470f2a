//! People across workspaces, joined on this device (E-63), one person with every place, and who
//! alone holds something (ui.md 5.15).

use std::cmp::Reverse;
use std::collections::HashMap;

use muster_cache::{PersonPlace as Place, PersonPlaces, PersonSummary, SingleAdmin, SingleOwner};
use muster_domain::{Account, AccountAdmin, Command, LoginId, WorkspaceId};

use crate::app::App;
use crate::badge;
use crate::members::{changes_known as changes_known_in, margin};
use crate::person;
use crate::verdict::Bench;
use crate::view::{
    ContinuityKind, ContinuityRow, Failure, FailureCode, PeoplePage, PeopleQuery, PersonAdmin,
    PersonOverview, PersonPlace, PersonRow,
};
use crate::workspaces::PAGE;

impl App {
    /// A page of everyone whom I can see.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn people(&self, query: PeopleQuery) -> Result<PeoplePage, Failure> {
        self.with_bench(move |bench| page(bench, &query)).await
    }

    /// One person with every place, and what can be done there.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] for somebody who is nowhere to be seen.
    pub async fn person(&self, login: LoginId) -> Result<PersonOverview, Failure> {
        self.with_bench(move |bench| overview(bench, login)).await
    }

    /// Workspaces with one owner and accounts with one Account Admin; who holds most of them
    /// comes first.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn continuity(&self) -> Result<Vec<ContinuityRow>, Failure> {
        self.with_bench(continuity).await
    }
}

/// A page of people.
pub(crate) fn page(bench: &Bench<'_>, query: &PeopleQuery) -> Result<PeoplePage, Failure> {
    let me = bench.cache.me()?.id;
    let found = bench.cache.people(&query.text, query.offset, query.limit.min(PAGE))?;
    let mut told = HashMap::new();
    let rows = found.rows.into_iter().map(|it| row(bench, it, me, &mut told));
    Ok(PeoplePage {
        matched: found.matched,
        unknown: found.unknown,
        rows: rows.collect::<Result<_, _>>()?,
    })
}

/// Which workspaces tell of changes; each is asked about once.
type Told = HashMap<WorkspaceId, bool>;

fn row(
    bench: &Bench<'_>,
    it: PersonSummary,
    me: LoginId,
    told: &mut Told,
) -> Result<PersonRow, Failure> {
    let (mut last_change, mut changes_known) = (None, true);
    for (workspace, last) in &it.acts {
        let tells = match told.get(workspace) {
            Some(tells) => *tells,
            None => {
                let tells = changes_known_in(bench, *workspace)?;
                told.insert(*workspace, tells);
                tells
            }
        };
        changes_known &= tells;
        last_change = last_change.max(last.filter(|_| tells));
    }
    Ok(PersonRow {
        login: it.login,
        letters: badge::letters(&it.name),
        name: it.name,
        addresses: it.addresses,
        is_me: it.login == me,
        workspaces: it.workspaces,
        owner_of: it.owner_of,
        only_owner_of: it.only_owner_of,
        admin_of: it.admin_of,
        last_change,
        changes_known: changes_known && !it.acts.is_empty(),
        mark: margin(bench, it.mark),
    })
}

/// One person with every place.
pub(crate) fn overview(bench: &Bench<'_>, login: LoginId) -> Result<PersonOverview, Failure> {
    let found = bench.cache.person_places(login)?;
    let PersonPlaces { name, addresses, places, admin_of, unknown, .. } =
        found.ok_or_else(|| Failure::new(FailureCode::NotFound))?;
    Ok(PersonOverview {
        login,
        letters: badge::letters(&name),
        name,
        addresses,
        is_me: bench.cache.me()?.id == login,
        places: places.into_iter().map(|it| place(bench, it)).collect::<Result<_, _>>()?,
        admin_of: admin_of.iter().map(|it| admin(bench, it)).collect::<Result<_, _>>()?,
        unknown,
    })
}

fn place(bench: &Bench<'_>, place: Place) -> Result<PersonPlace, Failure> {
    let Place { entry, workspace, account, other_owners } = place;
    let member = entry.member.at(bench.now);
    let owns = member.state.is_present() && account.rules().is_owner_class(member.roles);
    let (change, remove) = person::change_and_remove(bench, &member, &account)?;
    Ok(PersonPlace {
        workspace: workspace.id,
        workspace_name: workspace.name,
        account_name: account.name,
        membership: member.id,
        roles: member.roles,
        state: member.state,
        until: member.until.map(|it| it.at),
        grouped: member.group.is_some(),
        only_owner: owns && other_owners == Some(0),
        mark: margin(bench, entry.mark),
        change,
        remove,
    })
}

fn admin(
    bench: &Bench<'_>,
    (account, admin): &(Account, AccountAdmin),
) -> Result<PersonAdmin, Failure> {
    let command = Command::RemoveAdmin { account: account.id, login: admin.login };
    Ok(PersonAdmin {
        account: account.id,
        name: account.name.clone(),
        remove: bench.verdict(&command)?,
    })
}

/// Who alone holds something.
pub(crate) fn continuity(bench: &Bench<'_>) -> Result<Vec<ContinuityRow>, Failure> {
    let found = bench.cache.continuity()?;
    let owner = |it: SingleOwner| ContinuityRow {
        kind: ContinuityKind::Owner,
        id: it.workspace.id.to_string(),
        name: it.workspace.name,
        account_name: it.account_name,
        holder_login: it.holder.login,
        holder: it.holder.name,
        also: it.also,
    };
    let admin = |it: SingleAdmin| ContinuityRow {
        kind: ContinuityKind::Admin,
        id: it.account.id.to_string(),
        name: it.account.name.clone(),
        account_name: it.account.name,
        holder_login: it.holder.login,
        holder: it.holder.name,
        also: it.also,
    };
    let owners = found.owners.into_iter().map(owner);
    let mut rows: Vec<ContinuityRow> = owners.chain(found.admins.into_iter().map(admin)).collect();
    rows.sort_by_key(|it| (Reverse(it.also), it.holder.to_lowercase(), it.name.to_lowercase()));
    Ok(rows)
}
