//! Which members to show, and what is shown of each.

use muster_domain::{Membership, MembershipId, RoleSet, Timestamp, WorkspaceId};

use super::Mark;

/// Which states of membership to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MemberStatus {
    /// Active and suspended, and those whom only an unsent change takes off the list.
    #[default]
    Present,
    /// Active only.
    Active,
    /// Suspended only.
    Suspended,
    /// Those who left, were removed or whose day has come.
    Former,
}

/// What members are sorted by; ties go by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MemberSort {
    /// By name.
    #[default]
    Name,
    /// By address.
    Address,
    /// By roles.
    Role,
    /// By state.
    Status,
    /// By day of joining.
    Joined,
    /// By the day on which it ends; those without one come last.
    Ends,
    /// By when they last changed anything in the workspace; those who never did come before the
    /// oldest change.
    Acted,
}

/// Members by when they last changed anything in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acted {
    /// At this time or later.
    Since(Timestamp),
    /// Not since this time, though they were members by then.
    NotSince(Timestamp),
    /// Never, as far as the history that is here knows.
    Never,
}

/// Which members to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberWindowQuery {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Words in name or address, in any order, accents ignored.
    pub text: String,
    /// Only members with one of these roles; the empty set is all.
    pub roles: RoleSet,
    /// Only members with this label.
    pub label: Option<String>,
    /// Only members with an end date.
    pub ends: bool,
    /// Only members who changed something, or nothing, as this has it.
    pub acted: Option<Acted>,
    /// Which states.
    pub status: MemberStatus,
    /// Sorted by this.
    pub sort: MemberSort,
    /// The other way round.
    pub descending: bool,
    /// The first row asked for.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

impl MemberWindowQuery {
    /// The present members of a workspace by name.
    pub fn of(workspace: WorkspaceId, limit: u32) -> Self {
        Self {
            workspace,
            text: String::new(),
            roles: RoleSet::NONE,
            label: None,
            ends: false,
            acted: None,
            status: MemberStatus::Present,
            sort: MemberSort::Name,
            descending: false,
            offset: 0,
            limit,
        }
    }
}

/// A page of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberWindow {
    /// Present members, confirmed.
    pub people: u32,
    /// Active owner-class members, confirmed.
    pub owners: u32,
    /// Present members that an unsent change removes.
    pub leaving: u32,
    /// How many match.
    pub matched: u32,
    /// Confirmed counts for the status chips.
    pub counts: MemberCounts,
    /// The asked rows.
    pub rows: Vec<MemberEntry>,
}

/// Counts by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemberCounts {
    /// Active.
    pub active: u32,
    /// Suspended.
    pub suspended: u32,
    /// Left, removed or expired.
    pub former: u32,
}

/// Who holds which roles in a workspace, unsent changes in place. One query answers for the
/// built-in roles and for the workspace's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleHolders {
    /// Each set of roles that somebody present holds, with how many hold exactly it.
    pub sets: Vec<(RoleSet, u32)>,
}

impl RoleHolders {
    /// How many present members hold at least one of these roles.
    pub fn count(&self, roles: RoleSet) -> u32 {
        let holds = |set: &RoleSet| *set != set.without(roles);
        self.sets.iter().filter(|(set, _)| holds(set)).map(|(_, number)| number).sum()
    }
}

/// One member of a list, as the server last told it and with unsent changes.
///
/// A membership whose day has come since (E-39) stands here in its old state, with the day in
/// `member.until`, until the server's next answer brings the end: so page, filter and counts
/// always speak of the same state. Whoever shows a row asks [`Membership::at`] for what it is
/// now; the rules do so by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberEntry {
    /// The member, with unsent changes.
    pub member: Membership,
    /// The confirmed member, where an unsent change touches it.
    pub confirmed: Option<Membership>,
    /// The mark.
    pub mark: Mark,
}

impl MemberEntry {
    /// The membership's id.
    pub fn id(&self) -> MembershipId {
        self.member.id
    }
}
