//! All that this copy holds of an account, as tables in a folder of the person's own (E-14).
//!
//! Tables are opened in spreadsheet programs, which take a cell that begins with `=`, `+`, `-`
//! or `@` for a formula. What other people typed must not run there, so such cells begin with an
//! apostrophe.

mod place;
mod tables;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use muster_domain::{AccountId, Timestamp};

use crate::app::App;
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode};

impl App {
    /// Writes all that this copy holds of the account into a folder; answers its path.
    ///
    /// # Errors
    /// [`FailureCode::CannotWrite`] when the files cannot be written.
    pub async fn export_account(&self, account: AccountId) -> Result<String, Failure> {
        let dir = self.dir().to_owned();
        self.with_bench(move |bench| {
            let below = place::downloads().unwrap_or_else(|| dir.join("exports"));
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

fn cannot(error: &io::Error) -> Failure {
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

/// The cell as text that no spreadsheet program calculates.
fn harmless(cell: String) -> String {
    let risky = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.trim_start_matches(' ').starts_with(risky) { format!("'{cell}") } else { cell }
}

/// A moment in the form that every program reads: `2026-11-22T02:31:24Z`.
fn moment(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1_000);
    let (day, clock) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date(day);
    let (hour, minute, second) = (clock / 3_600, clock / 60 % 60, clock % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of a day counted from 1970, by the Gregorian calendar.
fn date(day: i64) -> (i64, i64, i64) {
    // Days are counted from 1 March of the year 0, so that the leap day is a year's last.
    let since = day + 719_468;
    let era = since.div_euclid(146_097);
    let of_era = since.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use muster_domain::Timestamp;

    use super::{harmless, moment};

    #[test]
    fn e14_moments_are_written_by_the_calendar() {
        for (at, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_827_696_000, "2000-02-29T12:34:56Z"),
            (1_763_778_684_999, "2025-11-22T02:31:24Z"),
            (-1_000, "1969-12-31T23:59:59Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(moment(Timestamp(at)), text);
        }
    }

    #[test]
    fn e14_no_cell_is_a_formula() {
        for risky in ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert!(harmless(risky.to_owned()).starts_with('\''), "{risky:?}");
        }
        for plain in ["Ana", "", "a=b", "'quoted", "1 + 1"] {
            assert_eq!(harmless(plain.to_owned()), plain);
        }
    }
}
