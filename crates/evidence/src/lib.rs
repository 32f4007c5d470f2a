//! Evidence of an access review (ui.md 5.8): a page for people, a table for their programs, and
//! a pack that a program checks without any server.
//!
//! Everything is made from the pack alone, so that the checker makes page and table again and
//! compares. The crate reads no clock, no file and no key store: the program hands it bytes.

mod check;
mod files;
mod html;
mod pack;
mod seal;
mod table;
pub mod text;

pub use check::{Report, Tampered, check};
pub use files::{CSV, Files, HTML, PACK, SEAL, write};
pub use pack::{Chain, Change, FORMAT, Pack, Signer};
pub use seal::{BadKey, Key, fingerprint, is_answer_of};
