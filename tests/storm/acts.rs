//! What a person does who works without a pause: changes of every kind that waits in the
//! outbox, and some that do not, made from what their own copy shows.

use muster_client::App;
use muster_client::view::{
    ContentQuery, ContentSort, Failure, FailureCode, Intent, MemberRow, Submitted, WorkspaceFilter,
    WorkspaceRow,
};
use muster_domain::{
    Activity, ContentBody, ContentKind, Labels, MemberState, Plan, Role, RoleSet, SchemeId,
    WorkspaceId,
};

use crate::dice::Dice;
use crate::people::{everybody, invitation};

/// What became of it, as far as the storm has to know.
pub enum Done {
    /// The app has accepted it under this number.
    Kept(u32),
    /// Anything else that may happen to a change.
    Otherwise,
}

/// Somebody in front of the app.
pub struct Hands {
    pub app: App,
    pub dice: Dice,
}

impl Hands {
    /// Does one thing.
    ///
    /// # Panics
    /// When the app fails in a way that no line and no colleague can be the cause of.
    pub async fn act(&mut self) -> Done {
        match self.try_act().await {
            Ok(done) => done,
            Err(failure) => {
                assert!(may_happen(failure.code), "the app failed: {failure:?}");
                Done::Otherwise
            }
        }
    }

    async fn try_act(&mut self) -> Result<Done, Failure> {
        if self.dice.roll(30) == 0 {
            return self.think_again().await;
        }
        let page = self.app.workspaces(WorkspaceFilter::default(), 0, 128).await?;
        let loaded: Vec<_> = page.rows.into_iter().filter(|it| it.loaded).collect();
        let Some(place) = self.dice.pick(&loaded).cloned() else { return Ok(Done::Otherwise) };
        if self.dice.roll(60) == 0 {
            let name = format!("Guest {}", self.dice.roll(1_000_000));
            self.app.invite(invitation(place.id, &name, weakest(place.scheme))).await?;
            return Ok(Done::Otherwise);
        }
        let intent = match self.dice.roll(10) {
            0 | 1 => Some(self.about_place(&place)),
            2..=6 => self.about_member(&place, &loaded).await?,
            _ => self.about_record(place.id).await?,
        };
        let Some(intent) = intent else { return Ok(Done::Otherwise) };
        Ok(match self.app.submit(intent).await? {
            Submitted::Queued { n } => Done::Kept(n),
            Submitted::Applied { .. }
            | Submitted::NoOp
            | Submitted::Refused { .. }
            | Submitted::NeedsConnection { .. }
            | Submitted::Unanswered => Done::Otherwise,
        })
    }

    /// Takes back what was not sent, clears the tray, sends by hand.
    async fn think_again(&mut self) -> Result<Done, Failure> {
        let pending = self.app.pending().await?;
        match self.dice.roll(3) {
            0 => {
                if let Some(item) = pending.not_sent.last() {
                    self.app.pending_undo(item.n).await?;
                }
            }
            1 => {
                if let Some(item) = pending.refused.last() {
                    self.app.pending_discard(item.n).await?;
                }
            }
            _ => {
                self.app.send_now().await?;
            }
        }
        Ok(Done::Otherwise)
    }

    fn about_place(&mut self, place: &WorkspaceRow) -> Intent {
        let workspace = place.id;
        match self.dice.roll(12) {
            0..=5 => {
                let name = format!("Place {}", self.dice.roll(1_000_000));
                Intent::RenameWorkspace { workspace, name }
            }
            6..=9 => Intent::LabelWorkspace { workspace, labels: self.labels() },
            10 => {
                let plan = if self.dice.roll(2) == 0 { Plan::Pro } else { Plan::Basic };
                Intent::SetPlan { workspace, plan }
            }
            _ => Intent::RenameAccount {
                account: place.account.parse().expect("an id"),
                name: format!("Firm {}", self.dice.roll(1_000)),
            },
        }
    }

    fn labels(&mut self) -> Labels {
        let known = ["north", "south", "retail", "health"];
        let chosen = known.iter().filter(|_| self.dice.roll(2) == 0);
        Labels::clean(chosen).expect("short words")
    }

    async fn about_member(
        &mut self,
        place: &WorkspaceRow,
        places: &[WorkspaceRow],
    ) -> Result<Option<Intent>, Failure> {
        let workspace = place.id;
        if self.dice.roll(8) == 0 {
            return self.add_somebody(place, places).await;
        }
        let page = self.app.members(everybody(workspace)).await?;
        let Some(member) = self.dice.pick(&page.rows).cloned() else { return Ok(None) };
        if member.state == MemberState::Suspended && self.dice.roll(4) > 0 {
            return Ok(Some(Intent::Resume { workspace, member: member.id }));
        }
        Ok(Some(self.change(workspace, place.scheme, &member)))
    }

    fn change(&mut self, workspace: WorkspaceId, scheme: SchemeId, row: &MemberRow) -> Intent {
        let (member, reason) = (row.id, None);
        match self.dice.roll(16) {
            0..=5 => {
                let known = scheme.scheme().roles;
                let mut roles = RoleSet::of(&[*self.dice.pick(known).expect("a scheme has roles")]);
                if scheme == SchemeId::Managed && self.dice.roll(3) == 0 {
                    let second = *self.dice.pick(known).expect("a scheme has roles");
                    roles = roles.union(RoleSet::of(&[second]));
                }
                Intent::SetRoles { workspace, member, roles, reason }
            }
            6 | 7 => Intent::Suspend { workspace, member, reason },
            8 => Intent::Remove { workspace, member, reason },
            9..=12 => Intent::LabelMember { workspace, member, labels: self.labels() },
            _ => {
                let note = format!("Note {}", self.dice.roll(1_000));
                Intent::NoteMember { workspace, member, note }
            }
        }
    }

    /// Brings somebody from another workspace of the account, perhaps not for the first time.
    async fn add_somebody(
        &mut self,
        place: &WorkspaceRow,
        places: &[WorkspaceRow],
    ) -> Result<Option<Intent>, Failure> {
        let others: Vec<_> =
            places.iter().filter(|it| it.account == place.account && it.id != place.id).collect();
        let Some(other) = self.dice.pick(&others).map(|it| it.id) else { return Ok(None) };
        let page = self.app.members(everybody(other)).await?;
        let person = self.dice.pick(&page.rows).map(|it| it.id);
        let role = *self.dice.pick(place.scheme.scheme().roles).expect("a scheme has roles");
        Ok(person.map(|person| Intent::AddMember {
            workspace: place.id,
            person,
            roles: RoleSet::of(&[role]),
        }))
    }

    async fn about_record(&mut self, workspace: WorkspaceId) -> Result<Option<Intent>, Failure> {
        let query = ContentQuery {
            workspace,
            kind: if self.dice.roll(2) == 0 { ContentKind::Prompt } else { ContentKind::Agent },
            text: String::new(),
            sort: ContentSort::Name,
            descending: false,
            offset: 0,
            limit: 128,
        };
        let page = self.app.contents(query.clone()).await?;
        let name = format!("Record {}", self.dice.roll(1_000_000));
        let body = self.body(query.kind);
        let enough = page.rows.len() > 12;
        let Some(row) = self.dice.pick(&page.rows).filter(|_| enough || self.dice.roll(3) > 0)
        else {
            return Ok(Some(Intent::CreateContent { workspace, name, body }));
        };
        if enough || self.dice.roll(5) == 0 {
            return Ok(Some(Intent::DeleteContent { workspace, content: row.id }));
        }
        let seen = self.app.content(workspace, row.id).await?;
        let (content, version) = (row.id, seen.version);
        Ok(Some(Intent::ChangeContent { workspace, content, version, name, body }))
    }

    fn body(&mut self, kind: ContentKind) -> ContentBody {
        let text =
            format!("Text {}", "word ".repeat(usize::try_from(self.dice.roll(60)).unwrap_or(0)));
        if kind == ContentKind::Prompt {
            return ContentBody::Prompt { text };
        }
        let state = if self.dice.roll(2) == 0 { Activity::On } else { Activity::Off };
        ContentBody::Agent { instructions: text, state, knowledge: Vec::new() }
    }
}

/// The role that nobody minds giving.
fn weakest(scheme: SchemeId) -> Role {
    match scheme {
        SchemeId::OwnerLed => Role::Read,
        SchemeId::Managed => Role::ChatUser,
    }
}

/// What a bad line, a colleague or an earlier change of one's own may cause.
fn may_happen(code: FailureCode) -> bool {
    [
        FailureCode::Refused,
        FailureCode::NotFound,
        FailureCode::Offline,
        FailureCode::NotMuster,
        FailureCode::ServerFault,
        FailureCode::OnItsWay,
        FailureCode::CannotUndo,
    ]
    .contains(&code)
}
