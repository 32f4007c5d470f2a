//! Mail: what a change has to say to people outside of the app, written in the transaction of
//! the change and sent by a worker. Without a configured relay nothing is written at all, and
//! invitations go by their copied links.

pub mod announce;
pub mod letter;
pub mod relay;
pub mod worker;

/// Whether changes write letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// They do; a worker sends them.
    Goes,
    /// They do not: there is nothing to send them with.
    None,
}
