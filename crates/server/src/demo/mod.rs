//! Sample data: an agency and a freelancer with a year behind them, written by the same path
//! as everybody's changes. The same every time, apart from the day it ends on.

mod agency;
mod chance;
mod freelancer;
mod names;
mod partner;
mod plan;
mod records;
mod reviews;
mod world;

use muster_domain::Timestamp;

use crate::app::App;
use crate::password::{self, PasswordError};
use crate::store::StoreError;
use crate::write::WriteError;

/// Everybody's password in the sample data.
pub const PASSWORD: &str = "muster-demo-2026";

/// How much sample data.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// Workspaces of the agency's clients.
    pub workspaces: usize,
    /// People of the agency and its clients.
    pub people: usize,
}

impl Default for Scale {
    fn default() -> Self {
        Self { workspaces: 40, people: 1_500 }
    }
}

/// Why there is no sample data.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder has data already.
    #[error("data folder is not empty")]
    NotEmpty,
    /// The numbers make no story.
    #[error("sample data needs at least 2 workspaces and 10 people")]
    TooSmall,
    /// The story breaks a rule.
    #[error("story was refused with `{0}`")]
    Refused(&'static str),
    /// The story contradicts itself.
    #[error("story lacks {0}")]
    Story(&'static str),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A write failed.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

/// One of the sign-ins to show around with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignIn {
    /// The address.
    pub address: &'static str,
    /// Who that is.
    pub who: &'static str,
}

/// The sign-ins to show around with.
pub const SIGN_INS: &[SignIn] = &[
    SignIn { address: agency::ADMIN.1, who: "Account Admin of Larch Agency" },
    SignIn { address: agency::LEAD.1, who: "Workspace Admin of several clients" },
    SignIn { address: agency::BUILDER.1, who: "Agent Manager of several clients" },
    SignIn { address: agency::CLIENT.1, who: "Workspace Admin at one client" },
    SignIn { address: agency::BILLING.1, who: "Billing Admin at one client" },
    SignIn { address: agency::CHAT.1, who: "Chat User at one client" },
    SignIn { address: freelancer::OWNER.1, who: "freelancer, owner of their workspaces" },
    SignIn { address: freelancer::WRITER.1, who: "member with write at the freelancer" },
    SignIn { address: partner::ADMIN.1, who: "Account Admin of Elm Studio, which offers a move" },
];

/// What was written.
#[derive(Debug, Clone, Copy)]
pub struct Filled {
    /// Changes, each in its event or several.
    pub changes: usize,
}

/// Fills an empty server; the year ends at `now`.
///
/// # Errors
/// See [`DemoError`].
pub fn fill(app: &App, scale: Scale, now: Timestamp) -> Result<Filled, DemoError> {
    if scale.workspaces < 2 || scale.people < 10 {
        return Err(DemoError::TooSmall);
    }
    if !app.store.read()?.accounts()?.is_empty() {
        return Err(DemoError::NotEmpty);
    }
    let phc = password::hash(PASSWORD)?;
    let mut world = world::World::new(&*app.store, phc, now.plus_days(-365));
    let invited = agency::tell(&mut world, scale, now)?;
    freelancer::tell(&mut world, &invited, now)?;
    partner::tell(&mut world, &invited, now)?;
    Ok(Filled { changes: world.finish()? })
}
