//! Every rule, requirement and edge case by its id, on a small world.

#[path = "../support/mod.rs"]
mod support;

/// What every one of these files uses.
mod prelude {
    pub use muster_domain::*;

    pub use crate::support::asks::*;
    pub use crate::support::*;
}

mod founding;
mod invitations;
mod members;
mod owners;
mod visible;
mod workspaces;
