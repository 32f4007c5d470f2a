//! Tables as CSV: the rows that a list shows, for spreadsheets. No cell is a formula.

use std::io;
use std::path::{Path, PathBuf};

use muster_client::App;
use muster_client::view::{AccountRow, ExportForm, ExportTable, PeopleQuery};
use serde::Serialize;

use crate::answer::Answer;
use crate::args::{Exported, Lines};
use crate::place::{self, PAGE};
use crate::session::{Session, as_of_contact};
use crate::sheet::Sheet;
use crate::trouble::Trouble;
use crate::{compare, history, members, reviews, workspaces};

/// Where a table goes, and how.
pub struct Form<'a> {
    /// The file; without it, standard output.
    pub output: Option<&'a Path>,
    /// Whether a file that is there is written over.
    pub force: bool,
    /// Whether the lines that say what it is are left out.
    pub bare: bool,
}

#[derive(Serialize)]
struct WrittenForm {
    form: &'static str,
    file: String,
    rows: u32,
}

/// Writes a table as CSV: the same table, by the same code, as the window's.
pub async fn export(session: &Session, what: Exported, form: Form<'_>) -> Result<Answer, Trouble> {
    let app = session.app().await?;
    let table = match what {
        Exported::Workspaces(wanted) => {
            ExportTable::Workspaces { filter: workspaces::filter(wanted) }
        }
        Exported::Members(wanted) => members::table(app, &wanted).await?,
        Exported::Invitations { workspace } => {
            ExportTable::Invitations { workspace: place::workspace(app, &workspace).await?.id }
        }
        Exported::Admins { account } => {
            ExportTable::Admins { account: administered(app, account).await?.id }
        }
        Exported::People { search } => {
            let text = search.unwrap_or_default();
            ExportTable::People { query: PeopleQuery { text, offset: 0, limit: PAGE } }
        }
        Exported::Pending => ExportTable::Pending,
        Exported::History(wanted) => {
            ExportTable::History { query: history::query(app, wanted).await? }
        }
        Exported::Compare(wanted) => {
            ExportTable::Compare { question: compare::question(app, &wanted).await? }
        }
        Exported::Review { review } => {
            let row = place::review(app, &review).await?;
            ExportTable::ReviewLines { query: reviews::query(&row, Lines::All) }
        }
        Exported::Account { account, into } => return whole(app, &account, into).await,
    };
    written(app, table, form).await
}

/// The account that is named, or the only one that the person administers.
async fn administered(app: &App, account: Option<String>) -> Result<AccountRow, Trouble> {
    if let Some(named) = account {
        return place::account(app, &named).await;
    }
    let mut rows: Vec<AccountRow> =
        app.accounts().await?.into_iter().filter(|it| it.admin).collect();
    match (rows.pop(), rows.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => Err(Trouble::usage(
            "You administer more than one account.",
            "name the account; `muster-cli list accounts` has them",
        )),
        (None, _) => {
            Err(Trouble::not_found("You administer no account.", "ask one of its Account Admins"))
        }
    }
}

/// All that the copy holds of an account.
async fn whole(app: &App, account: &str, into: Option<PathBuf>) -> Result<Answer, Trouble> {
    let account = place::account(app, account).await?;
    let folder = app.export_account_below(account.id, into).await?;
    let sheet = Sheet::facts(&[("folder", folder.clone())]);
    let form = serde_json::json!({ "form": "exported-account/1", "folder": folder });
    Ok(Answer::new(sheet, &form))
}

async fn written(app: &App, table: ExportTable, form: Form<'_>) -> Result<Answer, Trouble> {
    let asked = ExportForm { table, mark: true, about: !form.bare };
    let Some(named) = form.output else {
        let text = app.export_text(asked).await?;
        return as_of_contact(app, Answer::text(text)).await;
    };
    if !form.force && named.exists() {
        return Err(cannot(named, &io::ErrorKind::AlreadyExists.into()));
    }
    let file = std::path::absolute(named).map_err(|error| cannot(named, &error))?;
    let rows = app.export_table(asked, file).await?.rows;
    let form = WrittenForm { form: "exported/1", file: named.display().to_string(), rows };
    let facts = [("file", form.file.clone()), ("rows", rows.to_string())];
    as_of_contact(app, Answer::new(Sheet::facts(&facts), &form)).await
}

fn cannot(file: &Path, error: &io::Error) -> Trouble {
    let trouble = Trouble::machine(error);
    let message = format!("`{}` was not written: {error}.", file.display());
    let way_out = match error.kind() {
        io::ErrorKind::AlreadyExists => "name another file, or write over it with `--force`",
        _ => "check the folder and the room on the disk",
    };
    Trouble { message, way_out: Some(way_out.to_owned()), ..trouble }
}
