//! Workspaces, accounts and their admins.

use muster_client::App;
use muster_client::view::{WorkspaceFilter, WorkspaceRow};
use serde::Serialize;

use crate::answer::Answer;
use crate::args::Workspaces;
use crate::form::{Named, RoleForm};
use crate::moment::written;
use crate::place;
use crate::roles::{self, OwnNames};
use crate::session::as_of_contact;
use crate::sheet::Sheet;
use crate::trouble::Trouble;
use crate::words::{self, Values};

#[derive(Serialize)]
struct WorkspacesForm {
    form: &'static str,
    workspaces: Vec<WorkspaceForm>,
}

#[derive(Serialize)]
struct WorkspaceForm {
    id: String,
    name: String,
    account: Named,
    scheme: &'static str,
    kind: &'static str,
    plan: &'static str,
    my_roles: Vec<RoleForm>,
    account_admin: bool,
    people: Option<u32>,
    owners: Option<u32>,
    labels: Vec<String>,
    not_sent: u32,
    refused: u32,
    loaded: bool,
    locked: bool,
    hidden: bool,
}

/// Which workspaces fit.
pub fn filter(wanted: Workspaces) -> WorkspaceFilter {
    WorkspaceFilter {
        text: wanted.search.unwrap_or_default(),
        label: wanted.label,
        one_owner: wanted.one_owner,
        ..WorkspaceFilter::default()
    }
}

/// The workspaces that fit.
pub async fn workspaces(app: &App, wanted: Workspaces) -> Result<Answer, Trouble> {
    let rows = place::workspaces(app, &filter(wanted)).await?;
    let heads = ["workspace", "account", "my role", "people", "owners", "plan", "labels", "id"];
    let mut sheet = Sheet::new(&heads);
    let mut forms = Vec::new();
    for row in rows {
        let names = own_names(app, &row).await;
        let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
        sheet.row(vec![
            row.name.clone(),
            row.account_name.clone(),
            my_roles(&row, &names),
            number(row.people),
            number(row.owners),
            row.plan.key().to_owned(),
            row.labels.iter().collect::<Vec<_>>().join(", "),
            row.id.to_string(),
        ]);
        forms.push(form(row, &names));
    }
    let form = WorkspacesForm { form: "workspaces/1", workspaces: forms };
    as_of_contact(app, Answer::new(sheet, &form)).await
}

fn my_roles(row: &WorkspaceRow, names: &OwnNames) -> String {
    if row.my_roles.is_empty() {
        return words::say("role.account_admin", &Values::new());
    }
    roles::cell(row.my_roles, names)
}

fn form(row: WorkspaceRow, names: &OwnNames) -> WorkspaceForm {
    WorkspaceForm {
        id: row.id.to_string(),
        account: Named { id: row.account, name: row.account_name },
        scheme: row.scheme.key(),
        kind: match row.kind {
            muster_domain::WorkspaceKind::Personal => "personal",
            muster_domain::WorkspaceKind::Standard => "standard",
        },
        plan: row.plan.key(),
        my_roles: roles::forms(row.my_roles, names),
        account_admin: row.account_admin,
        people: row.people,
        owners: row.owners,
        labels: row.labels.iter().map(str::to_owned).collect(),
        not_sent: row.not_sent,
        refused: row.refused,
        loaded: row.loaded,
        locked: row.locked,
        hidden: row.hidden,
        name: row.name,
    }
}

/// The names of own roles, asked for only where I hold one.
async fn own_names(app: &App, row: &WorkspaceRow) -> OwnNames {
    if row.my_roles.iter_own().next().is_none() {
        return OwnNames::new();
    }
    // A workspace that is locked or still on its way keeps its keys for names.
    app.workspace(row.id).await.map(|it| roles::own_names(&it)).unwrap_or_default()
}

#[derive(Serialize)]
struct AccountsForm {
    form: &'static str,
    accounts: Vec<AccountForm>,
}

#[derive(Serialize)]
struct AccountForm {
    id: String,
    name: String,
    scheme: &'static str,
    admin: bool,
    workspaces: u32,
}

/// The accounts that the person has something in.
pub async fn accounts(app: &App) -> Result<Answer, Trouble> {
    let mut sheet = Sheet::new(&["account", "scheme", "admin", "workspaces", "id"]);
    let mut accounts = Vec::new();
    for row in app.accounts().await? {
        sheet.row(vec![
            row.name.clone(),
            row.scheme.key().to_owned(),
            if row.admin { "yes" } else { "no" }.to_owned(),
            row.workspaces.to_string(),
            row.id.to_string(),
        ]);
        accounts.push(AccountForm {
            id: row.id.to_string(),
            name: row.name,
            scheme: row.scheme.key(),
            admin: row.admin,
            workspaces: row.workspaces,
        });
    }
    as_of_contact(app, Answer::new(sheet, &AccountsForm { form: "accounts/1", accounts })).await
}

#[derive(Serialize)]
struct AdminsForm {
    form: &'static str,
    admins: Vec<AdminForm>,
}

#[derive(Serialize)]
struct AdminForm {
    account: Named,
    login: String,
    name: String,
    address: String,
    since: String,
    by: Option<String>,
}

/// The Account Admins of one account, or of each that the person administers.
pub async fn admins(app: &App, account: Option<String>) -> Result<Answer, Trouble> {
    let accounts = match account {
        Some(named) => vec![place::account(app, &named).await?],
        None => app.accounts().await?.into_iter().filter(|it| it.admin).collect(),
    };
    let mut sheet = Sheet::new(&["account", "name", "address", "since", "made by"]);
    let mut admins = Vec::new();
    for account in accounts {
        for row in app.account(account.id).await?.admins {
            sheet.row(vec![
                account.name.clone(),
                row.name.clone(),
                row.address.clone(),
                written(row.since),
                row.by.clone().unwrap_or_default(),
            ]);
            admins.push(AdminForm {
                account: Named { id: account.id.to_string(), name: account.name.clone() },
                login: row.login.to_string(),
                name: row.name,
                address: row.address,
                since: written(row.since),
                by: row.by,
            });
        }
    }
    as_of_contact(app, Answer::new(sheet, &AdminsForm { form: "admins/1", admins })).await
}
