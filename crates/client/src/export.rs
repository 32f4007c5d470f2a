//! Tables on their way out: one as a file or onto paper, and all that this copy holds of an
//! account, as tables in a folder of the person's own (E-14).
//!
//! Tables are opened in spreadsheet programs, which take a cell that begins with `=`, `+`, `-`
//! or `@` for a formula. What other people typed must not run there: see `cell`.

mod about;
mod cell;
mod file;
pub(crate) mod place;
mod print;
pub(crate) mod table;
mod tables;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use muster_domain::{AccountId, WorkspaceId};
use muster_evidence::text::moment;
use muster_protocol::Exported as Told;

use crate::app::App;
use crate::verdict::Bench;
use crate::view::{ExportForm, ExportTable, Exported, Failure, FailureCode, PrintSheet};
#[cfg(test)]
pub(crate) use print::sheet;

pub(crate) use about::From;
use cell::guarded;
use file::{Csv, Form};

/// How often a table is begun again that changes while it is read.
const TRIES: u32 = 3;

impl App {
    /// What a file with this table is to be called.
    ///
    /// # Errors
    /// [`FailureCode::MayNotExport`] without the right to; [`FailureCode::NotFound`] for
    /// something that is not there.
    pub async fn export_name(&self, table: ExportTable) -> Result<String, Failure> {
        let from = self.from()?;
        self.with_bench(move |bench| print::name(bench, &from, &table)).await
    }

    /// Writes a table into this file: all rows that match, whole or not at all.
    ///
    /// # Errors
    /// [`FailureCode::MayNotExport`] without the right to; [`FailureCode::CannotWrite`] and
    /// [`FailureCode::DiskFull`] when the file cannot be written.
    pub async fn export_table(&self, form: ExportForm, file: PathBuf) -> Result<Exported, Failure> {
        let from = self.from()?;
        self.with_bench(move |bench| write_table(bench, &from, &form, &file)).await
    }

    /// A table for paper.
    ///
    /// # Errors
    /// [`FailureCode::MayNotExport`] without the right to export it.
    pub async fn print_sheet(&self, table: ExportTable) -> Result<PrintSheet, Failure> {
        let from = self.from()?;
        self.with_bench(move |bench| {
            let sheet = print::sheet(bench, &from, &table)?;
            noted(bench, table.key(), table.workspace())?;
            Ok(sheet)
        })
        .await
    }

    /// A table as the text that its file would have.
    ///
    /// # Errors
    /// As [`App::export_table`].
    pub async fn export_text(&self, form: ExportForm) -> Result<String, Failure> {
        let from = self.from()?;
        self.with_bench(move |bench| {
            let folder = tempfile::tempdir().map_err(|it| cannot(&it))?;
            let file = folder.path().join("table.csv");
            write_table(bench, &from, &form, &file)?;
            fs::read_to_string(&file).map_err(|it| cannot(&it))
        })
        .await
    }

    fn from(&self) -> Result<From, Failure> {
        Ok(From { server: self.signed()?.api.server().to_owned(), version: self.version() })
    }

    /// Writes all that this copy holds of the account into a folder; answers its path.
    ///
    /// # Errors
    /// [`FailureCode::CannotWrite`] when the files cannot be written.
    pub async fn export_account(&self, account: AccountId) -> Result<String, Failure> {
        self.export_account_below(account, None).await
    }

    /// The same into a new folder below the one that is named.
    ///
    /// # Errors
    /// As [`App::export_account`].
    pub async fn export_account_below(
        &self,
        account: AccountId,
        below: Option<PathBuf>,
    ) -> Result<String, Failure> {
        let dir = self.dir().to_owned();
        self.with_bench(move |bench| {
            let below = below.or_else(place::downloads).unwrap_or_else(|| dir.join("exports"));
            write(bench, account, &below)
        })
        .await
    }
}

/// Writes one table; begins again if it changes meanwhile.
pub(crate) fn write_table(
    bench: &Bench<'_>,
    from: &From,
    form: &ExportForm,
    file: &Path,
) -> Result<Exported, Failure> {
    let name = file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let mut tried = 1;
    loop {
        let mut csv = Csv::begin(file, Form { mark: form.mark, about: form.about })?;
        match table::table(bench, from, &form.table, &mut csv) {
            Ok(()) => {
                noted(bench, form.table.key(), form.table.workspace())?;
                return Ok(Exported { name, rows: csv.end(file)? });
            }
            Err(failure) if failure.code == FailureCode::Moved && tried < TRIES => tried += 1,
            Err(failure) => return Err(failure),
        }
    }
}

/// Keeps for the operator's audit table that something leaves the copy: which, and never what is
/// in it. Without that nothing leaves; the server hears of it at the next contact.
pub(crate) fn noted(
    bench: &Bench<'_>,
    table: &str,
    workspace: Option<WorkspaceId>,
) -> Result<(), Failure> {
    let exported = Told { table: table.to_owned(), workspace, at: bench.now };
    Ok(bench.cache.note_exported(&exported)?)
}

/// Writes the tables into a new folder below this one; answers its path.
pub(crate) fn write(
    bench: &Bench<'_>,
    account: AccountId,
    below: &Path,
) -> Result<String, Failure> {
    let account = bench.account_of(account)?;
    noted(bench, "account", None)?;
    let folder = place::fresh(below, &account.name, bench.now).map_err(|it| cannot(&it))?;
    tables::write(bench, &account, &folder)?;
    Ok(folder.to_string_lossy().into_owned())
}

pub(crate) fn cannot(error: &io::Error) -> Failure {
    let code = match error.kind() {
        io::ErrorKind::StorageFull => FailureCode::DiskFull,
        _ => FailureCode::CannotWrite,
    };
    Failure::caused(code, error)
}

/// One table on the disk.
struct Sheet(csv::Writer<fs::File>);

impl Sheet {
    /// Begins a table with its heads.
    fn begin(folder: &Path, name: &str, heads: &[&str]) -> Result<Self, Failure> {
        let mut file = fs::File::create_new(folder.join(name)).map_err(|it| cannot(&it))?;
        // Without it some programs take UTF-8 for an older encoding.
        file.write_all("\u{feff}".as_bytes()).map_err(|it| cannot(&it))?;
        let mut form = csv::WriterBuilder::new();
        let writer = form.quote_style(csv::QuoteStyle::Always).from_writer(file);
        let mut sheet = Self(writer);
        sheet.row(heads.iter().map(|head| (*head).to_owned()))?;
        Ok(sheet)
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Failure> {
        let cells = cells.into_iter().map(guarded);
        self.0.write_record(cells).map_err(|it| cannot(&io::Error::other(it)))
    }

    /// Makes sure that it is on the disk.
    fn end(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|it| cannot(&it))?;
        let file = self.0.into_inner().map_err(|it| cannot(&io::Error::other(it.to_string())))?;
        file.sync_all().map_err(|it| cannot(&it))
    }
}
