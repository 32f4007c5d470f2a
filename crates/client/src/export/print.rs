//! A table for paper, and what its file is called.

use super::about::{From, Told};
use super::place::safe;
use super::table::{self, Flow, Rows};
use crate::verdict::Bench;
use crate::view::{Cell, ExportTable, Failure, PrintSheet};
use muster_evidence::text::moment;

/// More rows than this are nothing to read on paper: some hundred pages.
const PRINTED: usize = 5_000;

impl Rows for PrintSheet {
    fn begin(&mut self, about: Told, heads: Vec<Cell>) -> Result<(), Failure> {
        let line = |(name, value): (&str, Cell)| {
            (format!("export.about.{}", name.replace(' ', "_")), value)
        };
        self.about = about.into_iter().map(line).collect();
        self.heads = heads;
        Ok(())
    }

    fn row(&mut self, cells: Vec<Cell>) -> Result<Flow, Failure> {
        if self.rows.len() == PRINTED {
            self.cut = true;
            return Ok(Flow::Enough);
        }
        self.rows.push(cells);
        Ok(Flow::More)
    }
}

/// A table for paper.
pub(crate) fn sheet(
    bench: &Bench<'_>,
    from: &From,
    asked: &ExportTable,
) -> Result<PrintSheet, Failure> {
    let mut sheet = PrintSheet::default();
    table::table(bench, from, asked, &mut sheet)?;
    Ok(sheet)
}

/// Takes the name out of what a table says it is, and no rows.
#[derive(Default)]
struct Name(Vec<String>);

impl Rows for Name {
    fn begin(&mut self, about: Told, _: Vec<Cell>) -> Result<(), Failure> {
        let part = |wanted: &str| {
            about.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.written())
        };
        let place = part("workspace").or_else(|| part("account"));
        let day = part("as of").map(|it| it.chars().take(moment_day()).collect());
        self.0 = [place, part("table"), part("kind"), day].into_iter().flatten().collect();
        Ok(())
    }

    fn row(&mut self, _: Vec<Cell>) -> Result<Flow, Failure> {
        Ok(Flow::Enough)
    }
}

/// How much of a moment is its day.
fn moment_day() -> usize {
    let text = moment(muster_domain::Timestamp(0));
    text.find('T').unwrap_or(text.len())
}

/// What a file with this table is to be called: `Northwind members 2026-11-22.csv`.
pub(crate) fn name(bench: &Bench<'_>, from: &From, asked: &ExportTable) -> Result<String, Failure> {
    let mut name = Name::default();
    table::table(bench, from, asked, &mut name)?;
    Ok(format!("{}.csv", safe(&name.0.join(" "))))
}
