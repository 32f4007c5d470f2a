//! A table as a file: whole or not at all.
//!
//! RFC 4180 in UTF-8. It is written beside the place where it is to stand and put there when
//! all of it is on the disk, so that a full disk leaves what was there before.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::about::Told;
use super::cannot;
use super::cell::guarded;
use super::table::{Flow, Rows};
use crate::view::{Cell, Failure};

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    /// With a byte order mark.
    pub mark: bool,
    /// With the lines that say what it is.
    pub about: bool,
}

/// A file in the making.
pub(crate) struct Csv {
    writer: csv::Writer<BufWriter<NamedTempFile>>,
    form: Form,
    width: usize,
    rows: u32,
}

impl Csv {
    /// A file that will stand at this place.
    pub(crate) fn begin(place: &Path, form: Form) -> Result<Self, Failure> {
        let folder = place.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.ok_or_else(|| cannot(&io::ErrorKind::NotFound.into()))?;
        // For its owner's eyes only: it holds names and addresses of many people.
        let file = NamedTempFile::with_prefix_in(".muster-", folder).map_err(|it| cannot(&it))?;
        let mut out = BufWriter::new(file);
        if form.mark {
            out.write_all("\u{feff}".as_bytes()).map_err(|it| cannot(&it))?;
        }
        let mut builder = csv::WriterBuilder::new();
        builder.quote_style(csv::QuoteStyle::Always).terminator(csv::Terminator::CRLF);
        // Every record has as many fields as the heads; shorter ones are filled up here.
        Ok(Self { writer: builder.from_writer(out), form, width: 0, rows: 0 })
    }

    fn record(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), Failure> {
        let mut record: Vec<String> = cells.into_iter().map(guarded).collect();
        record.resize(self.width.max(record.len()), String::new());
        self.writer.write_record(record).map_err(|it| cannot(&io::Error::other(it)))
    }

    /// Puts it where it is to stand; answers how many rows it has.
    pub(crate) fn end(self, place: &Path) -> Result<u32, Failure> {
        let rows = self.rows;
        let out = self.writer.into_inner().map_err(|it| cannot(it.error()))?;
        let file = out.into_inner().map_err(|it| cannot(it.error()))?;
        file.as_file().sync_all().map_err(|it| cannot(&it))?;
        file.persist(place).map_err(|it| cannot(&it.error))?;
        // The name is on the disk only when its folder is.
        if let Some(folder) = place.parent().and_then(|it| File::open(it).ok()) {
            let _ = folder.sync_all();
        }
        Ok(rows)
    }
}

impl Rows for Csv {
    fn begin(&mut self, about: Told, heads: Vec<Cell>) -> Result<(), Failure> {
        self.width = heads.len();
        if self.form.about {
            self.width = self.width.max(2);
            for (name, value) in about {
                self.record([name.to_owned(), value.written()])?;
            }
            self.record([])?;
        }
        self.record(heads.iter().map(Cell::written))
    }

    fn row(&mut self, cells: Vec<Cell>) -> Result<Flow, Failure> {
        self.record(cells.iter().map(Cell::written))?;
        self.rows = self.rows.saturating_add(1);
        Ok(Flow::More)
    }
}
