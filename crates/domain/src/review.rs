//! Access reviews (V-49, E-48..51): for each person of a workspace, whether they should still
//! have access. Starting freezes the list; decisions take effect only when the changes that
//! follow from them are carried out, as ordinary commands under the ordinary rules.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::ids::{CampaignId, HandOutId, LoginId, MembershipId, ReviewId, WorkspaceId};
use crate::object::{Ended, MemberState, Membership};
use crate::public_key::PublicKey;
use crate::quiet_days::QuietDays;
use crate::role_set::RoleSet;
use crate::scheme::Scheme;
use crate::time::Timestamp;

/// One access review of one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// The workspace whose people it asks about.
    pub workspace: WorkspaceId,
    /// What it was started together with: reviews of several workspaces share one.
    pub campaign: CampaignId,
    /// Its name.
    pub name: String,
    /// When it should be done.
    pub due: Timestamp,
    /// What happens at its end to people whom nobody decided about (E-50).
    pub undecided: Undecided,
    /// After how many days without a change somebody is pointed out.
    #[serde(default, skip_serializing_if = "QuietDays::is_usual")]
    pub quiet: QuietDays,
    /// Who decides.
    pub reviewers: Vec<Reviewer>,
    /// How many lines were frozen.
    pub lines: u32,
    /// When it was started and by whom; the list is as it was then.
    pub started: Ended,
    /// When it was closed and by whom.
    #[serde(default)]
    pub closed: Option<Ended>,
    /// The keys with which its people sign evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<SigningKey>,
    /// The clients to whom its list was handed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed_out: Vec<HandOut>,
}

/// A key that somebody signs evidence of a review with. The server wrote down that a session of
/// theirs named it, so the log says whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// Whose.
    pub login: LoginId,
    /// Their name.
    pub name: String,
    /// The public half.
    pub key: PublicKey,
    /// Since when, by the server's clock.
    pub at: Timestamp,
}

/// A list that left the account: a client without a sign-in decides about it in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOut {
    /// Its id, which the file carries.
    pub id: HandOutId,
    /// To whom, as whoever made the file called them.
    pub client: String,
    /// Who made the file.
    pub by: String,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// The public half of the key in the file; what comes back is signed with the other half.
    pub key: PublicKey,
}

/// Somebody who decides in a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    /// The person.
    pub login: LoginId,
    /// Their name.
    pub name: String,
}

/// What happens to people whom nobody decided about. They are never counted as kept (E-50).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undecided {
    /// Nothing; they are reported as not reviewed.
    Leave,
    /// They are suspended with the other changes, unless they are of the owner class.
    Suspend,
}

/// One person of a review, as they were when it was started, and what was decided since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewLine {
    /// The review.
    pub review: ReviewId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The membership; with the review it is the line's key.
    pub membership: MembershipId,
    /// The person.
    pub login: LoginId,
    /// Their name then.
    pub name: String,
    /// Their address then.
    pub address: Address,
    /// Their roles then.
    pub roles: RoleSet,
    /// Active or suspended.
    pub state: MemberState,
    /// Name of who had given the roles.
    pub given_by: Option<String>,
    /// When the roles had been given.
    pub given_at: Option<Timestamp>,
    /// When they joined.
    pub joined: Timestamp,
    /// What the review before this one decided about the same membership.
    #[serde(default)]
    pub last: Option<LastReview>,
    /// What each reviewer decided last; at most one of each. Earlier ones are in the log.
    #[serde(default)]
    pub decided: Vec<Decided>,
}

/// What an earlier review said of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastReview {
    /// When it was decided.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What.
    pub choice: Choice,
    /// The roles that were held after it.
    pub roles: RoleSet,
}

/// What one reviewer decided about one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The reviewer.
    pub by: LoginId,
    /// Their name.
    pub name: String,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// What.
    pub choice: Choice,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The client who decided it in a file, where the reviewer only entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
}

/// What can be decided about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", content = "roles", rename_all = "snake_case")]
pub enum Choice {
    /// The access stays as it is.
    Keep,
    /// They hold these roles instead.
    Change(RoleSet),
    /// The access ends.
    Remove,
}

/// What the reviewers' decisions about one line come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standpoint {
    /// Nobody decided.
    Undecided,
    /// Everybody who decided says the same.
    Agreed(Choice),
    /// Two say different things; one of them has to give way (ui.md 5.8).
    Disputed,
}

impl ReviewLine {
    /// What the decisions come to.
    pub fn standpoint(&self) -> Standpoint {
        let Some(first) = self.decided.first() else { return Standpoint::Undecided };
        if self.decided.iter().all(|it| it.choice == first.choice) {
            Standpoint::Agreed(first.choice)
        } else {
            Standpoint::Disputed
        }
    }

    /// Whether the person's roles are others than after the last review, or there was none.
    pub fn changed_since_last(&self) -> bool {
        self.last.as_ref().is_none_or(|last| last.roles != self.roles)
    }
}

impl ReviewLine {
    /// Whether nothing is left to carry out; `held` is the membership as it is now, if it is
    /// present. Whoever is gone leaves nothing to do, nor to disagree about. Undecided lines
    /// ask for something only where they are to be suspended, and never of an owner (E-50).
    pub fn is_done(&self, undecided: Undecided, rules: &Scheme, held: Option<&Membership>) -> bool {
        let Some(held) = held.filter(|it| it.state.is_present()) else { return true };
        match self.standpoint() {
            Standpoint::Undecided => match undecided {
                Undecided::Leave => true,
                Undecided::Suspend => {
                    held.state == MemberState::Suspended || rules.is_owner_class(held.roles)
                }
            },
            Standpoint::Agreed(Choice::Keep) => true,
            Standpoint::Agreed(Choice::Change(roles)) => held.roles == roles,
            Standpoint::Agreed(Choice::Remove) | Standpoint::Disputed => false,
        }
    }
}

impl Review {
    /// The list that was handed out under this id.
    pub fn hand_out(&self, id: HandOutId) -> Option<&HandOut> {
        self.handed_out.iter().find(|it| it.id == id)
    }

    /// Whose this signing key is, as far as the review says.
    pub fn signer(&self, key: PublicKey) -> Option<&SigningKey> {
        self.keys.iter().find(|it| it.key == key)
    }

    /// Whether the person decides in it.
    pub fn has_reviewer(&self, login: LoginId) -> bool {
        self.reviewers.iter().any(|it| it.login == login)
    }
}
