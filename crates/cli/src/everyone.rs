//! People across all workspaces, joined on this computer (E-63).

use muster_client::App;
use muster_client::view::PeopleQuery;
use serde::Serialize;

use crate::answer::Answer;
use crate::place::PAGE;
use crate::session::as_of_contact;
use crate::sheet::Sheet;
use crate::trouble::Trouble;

#[derive(Serialize)]
struct PeopleForm {
    form: &'static str,
    /// In how many workspaces the copy does not hold the members, so that people are missing.
    unknown_workspaces: u32,
    people: Vec<PersonForm>,
}

#[derive(Serialize)]
struct PersonForm {
    login: String,
    name: String,
    addresses: Vec<String>,
    workspaces: u32,
    owner_of: u32,
    only_owner_of: u32,
    admin_of: u32,
}

/// The people that fit.
pub async fn people(app: &App, search: Option<String>) -> Result<Answer, Trouble> {
    let heads = ["name", "address", "workspaces", "owner of", "only owner of", "admin of"];
    let mut sheet = Sheet::new(&heads);
    let mut people = Vec::new();
    let mut query = PeopleQuery { text: search.unwrap_or_default(), offset: 0, limit: PAGE };
    let unknown = loop {
        let page = app.people(query.clone()).await?;
        let is_last = page.rows.is_empty();
        for row in page.rows {
            sheet.row(vec![
                row.name.clone(),
                row.addresses.join(", "),
                row.workspaces.to_string(),
                row.owner_of.to_string(),
                row.only_owner_of.to_string(),
                row.admin_of.to_string(),
            ]);
            people.push(PersonForm {
                login: row.login.to_string(),
                name: row.name,
                addresses: row.addresses,
                workspaces: row.workspaces,
                owner_of: row.owner_of,
                only_owner_of: row.only_owner_of,
                admin_of: row.admin_of,
            });
        }
        query.offset = u32::try_from(people.len()).unwrap_or(u32::MAX);
        if is_last || query.offset >= page.matched {
            break page.unknown;
        }
    };
    let form = PeopleForm { form: "people/1", unknown_workspaces: unknown, people };
    let answer = as_of_contact(app, Answer::new(sheet, &form)).await?;
    Ok(match unknown {
        0 => answer,
        some => answer.note(format!("the members of {some} workspaces are not in this copy")),
    })
}
