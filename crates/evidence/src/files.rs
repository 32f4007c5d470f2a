//! The files of the evidence.

use std::io;

use crate::pack::Pack;
use crate::seal::{self, Key};
use crate::{html, table};

/// The page's name.
pub const HTML: &str = "review.html";
/// The table's name.
pub const CSV: &str = "review.csv";
/// The pack's name.
pub const PACK: &str = "pack.json";
/// The seal's name.
pub const SEAL: &str = "pack.sig";

/// The files' contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The page.
    pub html: Vec<u8>,
    /// The table.
    pub csv: Vec<u8>,
    /// The pack.
    pub pack: Vec<u8>,
    /// The seal.
    pub seal: Vec<u8>,
}

impl Files {
    /// Each with its name.
    pub fn named(&self) -> [(&'static str, &[u8]); 4] {
        [(HTML, &self.html), (CSV, &self.csv), (PACK, &self.pack), (SEAL, &self.seal)]
    }

    /// Those that the seal is over, in its order.
    pub(crate) fn sealed(&self) -> [(&'static str, &[u8]); 3] {
        [(PACK, &self.pack), (CSV, &self.csv), (HTML, &self.html)]
    }
}

/// The files of a pack, sealed.
///
/// # Errors
/// When the pack has no form, which does not happen to one of this program.
pub fn write(pack: &Pack, key: &Key) -> io::Result<Files> {
    let mut form = serde_json::to_vec_pretty(pack)?;
    form.push(b'\n');
    let mut files = Files {
        html: html::page(pack).into_bytes(),
        csv: table::table(pack)?,
        pack: form,
        seal: Vec::new(),
    };
    files.seal = seal::seal(&files.sealed(), key);
    Ok(files)
}
