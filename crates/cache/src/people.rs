//! People across workspaces, and what hangs on one of them (E-63).
//!
//! Joined on this device from rows that may be read anyway; nobody else gets this list. Where
//! the members of a workspace are not here, that is said and not guessed.

use std::collections::{HashMap, HashSet};

use muster_domain::{
    Account, AccountId, LoginId, MembershipId, Part, Timestamp, View, Workspace, WorkspaceId,
    WorkspaceKind, WorkspaceStatus,
};
use rusqlite::{Connection, params};

use crate::error::CacheError;
use crate::fold::{fold_member, words};
use crate::mirror::Mirror;
use crate::types::{
    Continuity, Mark, PeoplePage, PersonPlace, PersonPlaces, PersonSummary, SingleAdmin,
    SingleOwner,
};
use crate::{accounts, marks, members, workspaces};

/// Adminships of one person.
type Adminships = HashMap<LoginId, Vec<muster_domain::AccountAdmin>>;

impl Mirror<'_> {
    /// Everyone who may be seen anywhere, by name, each once.
    pub(crate) fn people(
        &self,
        text: &str,
        offset: u32,
        limit: u32,
    ) -> Result<PeoplePage, CacheError> {
        let admins = self.adminships()?;
        let (matched, page) = self.found(&words(text), &admins, offset, limit)?;
        let marks = self.outbox(marks::all)?;
        let rows = page
            .into_iter()
            .map(|login| self.person_summary(login, &admins, &marks))
            .collect::<Result<_, _>>()?;
        Ok(PeoplePage { matched, rows, unknown: number(&unknown(self.db())?) })
    }

    fn adminships(&self) -> Result<Adminships, CacheError> {
        let mut found = Adminships::new();
        for account in accounts::all(self.db())? {
            for admin in accounts::admins(self.db(), account.id)? {
                found.entry(admin.login).or_default().push(admin);
            }
        }
        Ok(found)
    }

    /// How many people match, and those of the page: one pass over the names in their order.
    /// An Account Admin who is a member nowhere is among them.
    fn found(
        &self,
        words: &[String],
        admins: &Adminships,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<LoginId>), CacheError> {
        let fits = |folded: &str| words.iter().all(|word| folded.contains(word.as_str()));
        let mut besides: Vec<(String, LoginId)> = admins
            .values()
            .flatten()
            .map(|admin| (fold_member(&admin.name, admin.address.as_str()), admin.login))
            .filter(|(folded, _)| fits(folded))
            .collect();
        besides.sort();
        let mut besides = besides.into_iter().peekable();
        let mut seen = HashSet::new();
        let mut page = Vec::new();
        let mut take = |login: LoginId| {
            let at = seen.len();
            if seen.insert(login) && at >= offset as usize && page.len() < limit as usize {
                page.push(login);
            }
        };
        let sql = "SELECT folded, login FROM members WHERE former = 0 ORDER BY folded, login";
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let folded = row.get_ref("folded")?.as_str().unwrap_or_default();
            if !fits(folded) {
                continue;
            }
            while let Some((_, login)) = besides.next_if(|(admin, _)| admin.as_str() < folded) {
                take(login);
            }
            take(LoginId::from_bytes(row.get("login")?));
        }
        besides.for_each(|(_, login)| take(login));
        Ok((u32::try_from(seen.len()).unwrap_or(u32::MAX), page))
    }

    fn person_summary(
        &self,
        login: LoginId,
        admins: &Adminships,
        marks: &HashMap<MembershipId, Mark>,
    ) -> Result<PersonSummary, CacheError> {
        let sql = "SELECT m.id, m.name, m.address, m.new, m.workspace,
                       (SELECT last FROM acted WHERE workspace = m.workspace
                            AND actor = m.login) AS last,
                       m.roles & 17 != 0 AND m.state = 0 AND m.until IS NULL AS owns,
                       (SELECT count(*) FROM members o WHERE o.workspace = m.workspace
                            AND o.roles & 17 != 0 AND o.state = 0 AND o.until IS NULL) AS owners,
                       m.roles & 17 != 0 AND m.state < 2 AS is_owner
                   FROM members m WHERE m.login = ?1 AND m.former = 0 ORDER BY m.joined DESC, m.id";
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = statement.query([login.to_bytes()])?;
        let mut person = PersonSummary {
            login,
            name: String::new(),
            addresses: Vec::new(),
            workspaces: 0,
            owner_of: 0,
            only_owner_of: 0,
            admin_of: 0,
            mark: Mark::None,
            acts: Vec::new(),
        };
        while let Some(row) = rows.next()? {
            if person.name.is_empty() {
                person.name = row.get("name")?;
            }
            add_address(&mut person.addresses, &row.get::<_, String>("address")?);
            person.workspaces += 1;
            let last: Option<i64> = row.get("last")?;
            let workspace = WorkspaceId::from_bytes(row.get("workspace")?);
            person.acts.push((workspace, last.map(Timestamp)));
            person.owner_of += u32::from(row.get::<_, bool>("is_owner")?);
            person.only_owner_of +=
                u32::from(row.get::<_, bool>("owns")? && row.get::<_, u32>("owners")? == 1);
            let new = if row.get("new")? { Mark::New } else { Mark::None };
            let id = MembershipId::from_bytes(row.get("id")?);
            person.mark = person.mark.or(marks.get(&id).copied().unwrap_or(new));
        }
        for admin in admins.get(&login).into_iter().flatten() {
            person.admin_of += 1;
            if person.name.is_empty() {
                person.name.clone_from(&admin.name);
            }
            add_address(&mut person.addresses, admin.address.as_str());
        }
        Ok(person)
    }

    /// Every place in which somebody is; `None` for somebody who is nowhere to be seen.
    pub(crate) fn person_places(&self, login: LoginId) -> Result<Option<PersonPlaces>, CacheError> {
        let admins = self.adminships()?;
        let marks = self.outbox(marks::all)?;
        let summary = self.person_summary(login, &admins, &marks)?;
        let mut admin_of = Vec::new();
        for admin in admins.get(&login).into_iter().flatten() {
            if let Some((account, _)) = accounts::get(self.db(), &admin.account.to_bytes())? {
                admin_of.push((account, admin.clone()));
            }
        }
        let sql = "SELECT m.id FROM members m JOIN workspaces w ON w.id = m.workspace
                   WHERE m.login = ?1 AND m.former = 0 ORDER BY w.folded, w.id";
        let mut statement = self.db().prepare_cached(sql)?;
        let rows = statement.query_map([login.to_bytes()], |row| row.get::<_, [u8; 16]>("id"))?;
        let mut places = Vec::new();
        for id in rows {
            places.extend(self.person_place(MembershipId::from_bytes(id?), &marks)?);
        }
        if places.is_empty() && admin_of.is_empty() {
            return Ok(None);
        }
        Ok(Some(PersonPlaces {
            login,
            name: summary.name,
            addresses: summary.addresses,
            places,
            admin_of,
            unknown: number(&unknown(self.db())?),
        }))
    }

    fn person_place(
        &self,
        id: MembershipId,
        marks: &HashMap<MembershipId, Mark>,
    ) -> Result<Option<PersonPlace>, CacheError> {
        let Some(entry) = self.entry_of(id, marks)? else { return Ok(None) };
        let found = workspaces::get(self.db(), &entry.member.workspace.to_bytes())?;
        let Some((workspace, _)) = found else { return Ok(None) };
        let Some((account, _)) = accounts::get(self.db(), &workspace.account.to_bytes())? else {
            return Ok(None);
        };
        let other_owners = self.other_owners_of(&workspace, id)?;
        Ok(Some(PersonPlace { entry, workspace, account, other_owners }))
    }

    /// Workspaces and accounts that hang on one person, by the knowledge of this copy.
    pub(crate) fn continuity(&self) -> Result<Continuity, CacheError> {
        let mut found = Continuity { unknown: unknown(self.db())?, ..Continuity::default() };
        let mut personal = HashSet::new();
        for account in accounts::all(self.db())? {
            for workspace in workspaces::of_account(self.db(), account.id)? {
                match workspace.kind {
                    WorkspaceKind::Personal => {
                        // Nobody else can own it (R8).
                        personal.insert(account.id);
                    }
                    WorkspaceKind::Standard => {
                        found.owners.extend(self.single_owner(workspace, &account, &found)?);
                    }
                }
            }
        }
        self.single_admins(&mut found, &personal)?;
        count_others(&mut found);
        Ok(found)
    }

    fn single_owner(
        &self,
        workspace: Workspace,
        account: &Account,
        found: &Continuity,
    ) -> Result<Option<SingleOwner>, CacheError> {
        let is_known = !found.unknown.contains(&workspace.id);
        if workspace.status != WorkspaceStatus::Active || !is_known {
            return Ok(None);
        }
        let role = account.rules().owner_class_role;
        let mut owners = members::owners_by_age(self.db(), workspace.id, role)?;
        let Some(holder) = owners.pop().filter(|_| owners.is_empty()) else { return Ok(None) };
        let account_name = account.name.clone();
        Ok(Some(SingleOwner { workspace, account_name, holder, also: 0 }))
    }

    fn single_admins(
        &self,
        found: &mut Continuity,
        personal: &HashSet<AccountId>,
    ) -> Result<(), CacheError> {
        for account in accounts::all(self.db())? {
            let mut admins = accounts::admins(self.db(), account.id)?;
            if admins.is_empty() {
                found.unknown_accounts.push(account.id);
            } else if !personal.contains(&account.id)
                && let Some(holder) = admins.pop().filter(|_| admins.is_empty())
            {
                found.admins.push(SingleAdmin { account, holder, also: 0 });
            }
        }
        Ok(())
    }
}

fn number(workspaces: &[WorkspaceId]) -> u32 {
    u32::try_from(workspaces.len()).unwrap_or(u32::MAX)
}

/// Workspaces whose members are not all here, or not to be seen.
fn unknown(db: &Connection) -> Result<Vec<WorkspaceId>, CacheError> {
    let sql = "SELECT workspace FROM grants WHERE state < 2 OR view & ?1 = 0 ORDER BY workspace";
    let members = View::OWN.with(Part::Members).to_bits();
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![members], |row| row.get::<_, [u8; 16]>("workspace"))?;
    rows.map(|id| Ok(WorkspaceId::from_bytes(id?))).collect()
}

fn add_address(addresses: &mut Vec<String>, address: &str) {
    if !addresses.iter().any(|it| it == address) {
        addresses.push(address.to_owned());
    }
}

/// How many other single places each holder has.
fn count_others(found: &mut Continuity) {
    let mut held: HashMap<LoginId, u32> = HashMap::new();
    let owners = found.owners.iter().map(|it| it.holder.login);
    for login in owners.chain(found.admins.iter().map(|it| it.holder.login)) {
        *held.entry(login).or_default() += 1;
    }
    let others = |login: LoginId| held.get(&login).map_or(0, |number| number - 1);
    for owner in &mut found.owners {
        owner.also = others(owner.holder.login);
    }
    for admin in &mut found.admins {
        admin.also = others(admin.holder.login);
    }
}
