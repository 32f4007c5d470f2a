//! What comes up: reminders, and the start page that lists them (ui.md 3.2, V-49).

use muster_domain::{AccountId, MembershipId, ReviewId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A place in the window that a line or a notification leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Place {
    /// The start page.
    Home,
    /// The Pending page.
    Pending,
    /// What hangs on one person.
    Continuity,
    /// The list of workspaces.
    Workspaces,
    /// Invitations to me.
    Inbox,
    /// The members of a workspace, or one of them.
    Members {
        /// Where.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// Whose panel.
        #[ts(type = "string | null")]
        open: Option<MembershipId>,
    },
    /// The members of a workspace whose membership ends by itself.
    Ending {
        /// Where.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// The invitations of a workspace.
    Invitations {
        /// Where.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// The reviews of a workspace.
    Reviews {
        /// Where.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// One review.
    Review {
        /// Where.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// Which.
        #[ts(type = "string")]
        review: ReviewId,
    },
    /// The history of a workspace from a moment on.
    History {
        /// Where.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// From when.
        #[ts(type = "number")]
        from: Timestamp,
    },
    /// The settings of a workspace.
    Settings {
        /// Where.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// Where a workspace is moved to another account.
    Move {
        /// Which.
        #[ts(type = "string")]
        workspace: WorkspaceId,
    },
    /// An account's page.
    Account {
        /// Which.
        #[ts(type = "string")]
        account: AccountId,
    },
}

impl Place {
    /// The workspace that it is in.
    pub(crate) const fn workspace(self) -> Option<WorkspaceId> {
        match self {
            Self::Members { workspace, .. }
            | Self::Ending { workspace }
            | Self::Invitations { workspace }
            | Self::Reviews { workspace }
            | Self::Review { workspace, .. }
            | Self::History { workspace, .. }
            | Self::Settings { workspace }
            | Self::Move { workspace } => Some(workspace),
            Self::Home
            | Self::Pending
            | Self::Continuity
            | Self::Workspaces
            | Self::Inbox
            | Self::Account { .. } => None,
        }
    }
}

/// A kind of reminder; each can be switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// An access review is due, or the next one should be started.
    Review,
    /// An invitation expires.
    Invitation,
    /// A membership ends.
    End,
    /// A workspace or an account hangs on one person.
    Single,
    /// Something that the person asked to be reminded of.
    Asked,
}

impl ReminderKind {
    /// Every kind, in the order in which they are shown.
    pub(crate) const ALL: &[ReminderKind] =
        &[Self::Review, Self::Invitation, Self::End, Self::Single, Self::Asked];

    /// Its key on this device.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Invitation => "invitation",
            Self::End => "end",
            Self::Single => "single",
            Self::Asked => "asked",
        }
    }
}

/// Whether a kind of reminder is shown on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ReminderChoice {
    /// The kind.
    pub kind: ReminderKind,
    /// Whether it is on.
    pub on: bool,
}

/// A reminder for the system to show: what comes up, without the name of any person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// What it is about.
    pub kind: ReminderKind,
    /// How many of them came up together.
    pub count: u32,
    /// Whether the day is over already.
    pub over: bool,
    /// The name of the workspace, where it is about one.
    pub workspace: Option<String>,
    /// Where a press leads.
    pub place: Place,
}

/// The start page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Digest {
    /// What needs me, the most pressing first.
    pub needs: Vec<DigestLine>,
    /// What comes up within two weeks.
    pub soon: Vec<DigestLine>,
    /// What others changed since I was last here.
    pub news: Vec<DigestLine>,
    /// When I was last here; unknown on the first day.
    #[ts(type = "number | null")]
    pub since: Option<Timestamp>,
    /// As of when this is.
    #[ts(type = "number | null")]
    pub until: Option<Timestamp>,
}

/// One line of the start page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DigestLine {
    /// What it says.
    pub what: DigestWhat,
    /// Where it leads.
    pub place: Place,
    /// The name of the workspace or account, where it is about one.
    pub name: Option<String>,
    /// When it is due, ends, or was.
    #[ts(type = "number | null")]
    pub at: Option<Timestamp>,
    /// What takes it off the list, where the person does.
    pub done: Option<Done>,
}

/// A line that the person takes off the start page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "off", rename_all = "snake_case")]
pub enum Done {
    /// What they asked to be reminded of.
    Asked {
        /// Its number on this device.
        id: i32,
    },
    /// A workspace that came to an account of theirs, and stays there.
    Received {
        /// Which.
        #[ts(type = "string")]
        workspace: WorkspaceId,
        /// When it came.
        #[ts(type = "number")]
        at: Timestamp,
    },
}

/// What a line of the start page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum DigestWhat {
    /// Invitations to me.
    Inbox {
        /// How many.
        n: u32,
    },
    /// Changes that were refused.
    Refused {
        /// How many.
        n: u32,
    },
    /// Changes that are not sent yet.
    NotSent {
        /// How many.
        n: u32,
    },
    /// Invitations that are written and not sent.
    Drafts {
        /// How many.
        n: u32,
    },
    /// Something that the person asked to be reminded of.
    Asked,
    /// A workspace is in an account of mine now, because somebody let go of it (E-15, E-65).
    Received {
        /// The account's name.
        account: String,
        /// Who let go of it.
        who: String,
        /// Whether another account of mine could have it instead.
        other: bool,
    },
    /// A review in which I decide.
    Review {
        /// Its name.
        review: String,
        /// How many nobody decided about.
        undecided: u32,
        /// Whether its day is over.
        over: bool,
    },
    /// The next review of a workspace should be started.
    Rhythm {
        /// Whether its day is over.
        over: bool,
    },
    /// Invitations of a workspace that wait for somebody to stand in for their inviter (E-27).
    Confirm {
        /// How many.
        n: u32,
    },
    /// Invitations of a workspace that expire.
    Expiring {
        /// How many.
        n: u32,
    },
    /// Memberships of a workspace that end.
    Ending {
        /// How many.
        n: u32,
    },
    /// My own membership of a workspace ends.
    MineEnds,
    /// Workspaces with one owner.
    SingleOwners {
        /// How many.
        n: u32,
    },
    /// Accounts with one Account Admin.
    SingleAdmins {
        /// How many.
        n: u32,
    },
    /// What others changed in a workspace.
    Changes {
        /// How many acts.
        n: u32,
    },
    /// More than this page lists.
    More {
        /// How many.
        n: u32,
    },
}
