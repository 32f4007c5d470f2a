//! What Muster's programs find on a person's machine: the folder of everything that is kept in
//! files, the operating system's key store, and the machine's own name.
//!
//! The window and the command line are two programs over one folder and one key store; what
//! both have to find in the same place stands here once.

mod folder;
mod machine;
mod vault;

pub use folder::{Folder, FolderError};
pub use machine::machine;
pub use vault::SystemVault;
