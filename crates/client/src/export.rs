//! All that this copy holds of an account, as tables in a folder of the person's own (E-14).
//!
//! Tables are opened in spreadsheet programs, which take a cell that begins with `=`, `+`, `-`
//! or `@` for a formula. What other people typed must not run there, so such cells begin with an
//! apostrophe.

pub(crate) mod place;
mod tables;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use muster_domain::AccountId;
use muster_evidence::text::{harmless, moment};

use crate::app::App;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode};

impl App {
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

/// Writes the tables into a new folder below this one; answers its path.
pub(crate) fn write(
    bench: &Bench<'_>,
    account: AccountId,
    below: &Path,
) -> Result<String, Failure> {
    let account = bench.account_of(account)?;
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
        let cells = cells.into_iter().map(harmless);
        self.0.write_record(cells).map_err(|it| cannot(&io::Error::other(it)))
    }

    /// Makes sure that it is on the disk.
    fn end(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|it| cannot(&it))?;
        let file = self.0.into_inner().map_err(|it| cannot(&io::Error::other(it.to_string())))?;
        file.sync_all().map_err(|it| cannot(&it))
    }
}
