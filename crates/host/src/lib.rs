//! What Muster's programs find on a person's machine: the folder of everything that is kept in
//! files, and the operating system's key store.
//!
//! The window and the command line are two programs over one folder and one key store; what
//! both have to find in the same place stands here once.

mod folder;
mod vault;

pub use folder::{Folder, FolderError};
pub use vault::SystemVault;
