//! Workspaces, accounts and reviews by what a person calls them. A name that fits two things is
//! told with both ids, and nothing is guessed.

use muster_client::App;
use muster_client::view::{AccountRow, ReviewRow, WorkspaceFilter, WorkspaceRow};

use crate::trouble::Trouble;

/// The most rows in one answer of the core.
pub const PAGE: u32 = 128;

/// Every workspace that fits, hidden ones too.
pub async fn workspaces(app: &App, filter: &WorkspaceFilter) -> Result<Vec<WorkspaceRow>, Trouble> {
    let mut rows = Vec::new();
    loop {
        let offset = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let filter = WorkspaceFilter { hidden: true, ..filter.clone() };
        let page = app.workspaces(filter, offset, PAGE).await?;
        let is_last = page.rows.is_empty();
        rows.extend(page.rows);
        if is_last || rows.len() >= page.matched as usize {
            return Ok(rows);
        }
    }
}

/// The one workspace of this name or id.
pub async fn workspace(app: &App, named: &str) -> Result<WorkspaceRow, Trouble> {
    let rows = workspaces(app, &WorkspaceFilter::default()).await?;
    one(named, "workspace", rows, |it| (it.id.to_string(), it.name.clone()))
}

/// The one account of this name or id.
pub async fn account(app: &App, named: &str) -> Result<AccountRow, Trouble> {
    let rows = app.accounts().await?;
    one(named, "account", rows, |it| (it.id.to_string(), it.name.clone()))
}

/// The one review of this id or name.
pub async fn review(app: &App, named: &str) -> Result<ReviewRow, Trouble> {
    let rows = app.reviews(None).await?.rows;
    one(named, "review", rows, |it| (it.id.to_string(), it.name.clone()))
}

fn one<T>(
    named: &str,
    what: &str,
    rows: Vec<T>,
    of: impl Fn(&T) -> (String, String),
) -> Result<T, Trouble> {
    let wanted = named.trim().to_lowercase();
    let fits = |row: &T| {
        let (id, name) = of(row);
        id == wanted || name.to_lowercase() == wanted
    };
    let mut found: Vec<T> = rows.into_iter().filter(|row| fits(row)).collect();
    match found.len() {
        0 => Err(Trouble::not_found(
            format!("There is no {what} `{named}` that you may see."),
            format!("`muster-cli {}` says what there is", lists(what)),
        )),
        1 => Ok(found.remove(0)),
        _ => {
            let ids: Vec<String> = found.iter().map(|row| of(row).0).collect();
            Err(Trouble::usage(
                format!("More than one {what} is called `{named}`."),
                format!("use its id: {}", ids.join(", ")),
            ))
        }
    }
}

fn lists(what: &str) -> &'static str {
    match what {
        "account" => "list accounts",
        "review" => "review list",
        _ => "list workspaces",
    }
}

#[cfg(test)]
mod tests {
    use super::one;
    use crate::exit::Exit;

    #[test]
    fn a_name_that_fits_two_is_not_guessed() {
        let rows =
            || vec![("1".to_owned(), "Acme".to_owned()), ("2".to_owned(), "acme".to_owned())];
        let find = |named| one(named, "workspace", rows(), Clone::clone);
        assert_eq!(find("2").map(|it| it.0), Ok("2".to_owned()));
        let twice = find("ACME").expect_err("two fit");
        assert_eq!(twice.exit, Exit::Usage);
        assert_eq!(twice.way_out.as_deref(), Some("use its id: 1, 2"));
        assert_eq!(find("other").expect_err("none fits").exit, Exit::NotFound);
    }
}
