//! Tables as CSV: the rows that a list shows, for spreadsheets. No cell is a formula.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use muster_evidence::text::harmless;
use serde::Serialize;

use crate::answer::{Answer, Body};
use crate::args::{Exported, Lines};
use crate::session::Session;
use crate::sheet::Sheet;
use crate::trouble::Trouble;
use crate::{compare, everyone, history, members, pending, place, reviews, workspaces};

#[derive(Serialize)]
struct WrittenForm {
    form: &'static str,
    file: String,
    rows: usize,
}

/// Writes a table as CSV.
pub async fn export(
    session: &Session,
    what: Exported,
    output: Option<&Path>,
    force: bool,
) -> Result<Answer, Trouble> {
    let app = session.app().await?;
    let answer = match what {
        Exported::Workspaces(wanted) => workspaces::workspaces(app, wanted).await?,
        Exported::Members(wanted) => members::members(app, wanted).await?,
        Exported::Invitations { workspace } => members::invitations(app, workspace).await?,
        Exported::Admins { account } => workspaces::admins(app, account).await?,
        Exported::People { search } => everyone::people(app, search).await?,
        Exported::Pending => pending::pending(app).await?,
        Exported::History(wanted) => history::history(app, wanted).await?,
        Exported::Compare(wanted) => compare::compare(app, wanted).await?,
        Exported::Review { review } => reviews::lines(app, &review, Lines::All).await?,
        Exported::Account { account, into } => {
            let account = place::account(app, &account).await?;
            let folder = app.export_account_below(account.id, into).await?;
            let sheet = Sheet::facts(&[("folder", folder.clone())]);
            let form = serde_json::json!({ "form": "exported-account/1", "folder": folder });
            return Ok(Answer::new(sheet, &form));
        }
    };
    written(answer, output, force)
}

fn written(answer: Answer, output: Option<&Path>, force: bool) -> Result<Answer, Trouble> {
    let (Body::Sheet(sheet, _), notes) = (&answer.body, answer.notes.clone()) else {
        return Ok(answer);
    };
    let text = csv(sheet).map_err(|error| Trouble::machine(&error))?;
    let Some(file) = output else {
        return Ok(Answer { notes, ..Answer::text(text) });
    };
    keep(file, text.as_bytes(), force).map_err(|error| cannot(file, &error))?;
    let rows = sheet.rows().len();
    let form = WrittenForm { form: "exported/1", file: file.display().to_string(), rows };
    let facts = [("file", form.file.clone()), ("rows", rows.to_string())];
    Ok(Answer { notes, ..Answer::new(Sheet::facts(&facts), &form) })
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

/// UTF-8 with a mark that spreadsheet programs need, every cell quoted.
fn csv(sheet: &Sheet) -> io::Result<String> {
    let mut form = csv::WriterBuilder::new();
    let mut writer = form.quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.write_record(sheet.heads()).map_err(io::Error::other)?;
    for row in sheet.rows() {
        writer.write_record(row.iter().cloned().map(harmless)).map_err(io::Error::other)?;
    }
    let bytes = writer.into_inner().map_err(|it| io::Error::other(it.to_string()))?;
    Ok(format!("\u{feff}{}", String::from_utf8(bytes).map_err(io::Error::other)?))
}

/// Names and addresses of many people are nobody else's business on this machine.
fn keep(file: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::csv;
    use crate::sheet::Sheet;

    #[test]
    fn e14_no_cell_is_a_formula() {
        let mut sheet = Sheet::new(&["name"]);
        sheet.row(vec!["=HYPERLINK(\"http://x\")".to_owned()]);
        let text = csv(&sheet).expect("memory has room");
        assert_eq!(text, "\u{feff}\"name\"\n\"'=HYPERLINK(\"\"http://x\"\")\"\n");
    }
}
