//! Every rule, requirement and edge case by its id, on a small world.

#[path = "../support/mod.rs"]
mod support;

/// What every one of these files uses.
mod prelude {
    pub use muster_domain::*;

    pub use crate::support::asks::*;
    pub use crate::support::*;
}

mod admins;
mod codes;
mod contents;
mod ends;
mod exits;
mod founding;
mod groups;
mod invitations;
mod members;
mod moves;
mod owners;
mod plans;
mod reviews;
mod roles;
mod schemes;
mod visible;
mod workspaces;
