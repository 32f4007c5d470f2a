//! The write path and its history: random histories decided by the database as by plain maps,
//! chains that hold, and a state that can be rebuilt from its events.

mod model;

use std::collections::BTreeMap;

use model::Model;
use muster_domain::{
    About, AccountId, Activity, Address, CampaignId, Choice, Command, CommandId, ContentBody,
    ContentId, ContentKind, Covers, Decision, End, EventKind, Facts, Founding, GroupId,
    InvitationId, KnowledgeSource, Known, Login, LoginId, LoginStatus, Lookup, MembershipId,
    OwnRoles, PermissionSet, Plan, QuietDays, ReviewId, Role, RoleId, RoleMapping, RoleSet,
    RolesTo, Row, SchemeId, Timestamp, Undecided, WorkspaceId, WorkspaceStatus, decide,
    decide_acceptance, decide_due, found_account,
};
use muster_protocol::{LogOf, LoggedEvent};
use muster_server::history::{row_after, verified};
use muster_server::mail::Post;
use muster_server::store::sqlite::SqliteStore;
use muster_server::store::{Snapshot, Store};
use muster_server::write::{self, Origin, Verdict};

const DAY: i64 = 86_400_000;

/// What these histories cannot come to: a letter that no mail server takes, a workspace without
/// a seat, and the policy of two admins for an end. Each has tests of its own.
const OUT_OF_REACH: [EventKind; 3] =
    [EventKind::InvitationUndelivered, EventKind::InvitationNoSeat, EventKind::DeletionConfirmed];

/// Repeatable chance; its seed is in every message of a failure.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).expect("small")).expect("small")
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Mostly roles that go together, now and then any.
    fn roles(&mut self) -> RoleSet {
        match self.below(8) {
            0 => (0..=self.below(2)).map(|_| self.pick(Role::ALL)).collect(),
            1..=4 => {
                let managed = SchemeId::Managed.scheme().roles;
                (0..=self.below(2)).map(|_| self.pick(managed)).collect()
            }
            _ => RoleSet::of(&[self.pick(SchemeId::OwnerLed.scheme().roles)]),
        }
    }
}

struct History {
    chance: Chance,
    store: SqliteStore,
    model: Model,
    now: Timestamp,
    made: u16,
    logins: Vec<Login>,
    accepted: usize,
    kinds: std::collections::BTreeSet<&'static str>,
    refused: usize,
    /// The state at some moments, and how long each chain was then.
    moments: Vec<(Model, BTreeMap<LogOf, usize>)>,
    _folder: tempfile::TempDir,
}

impl History {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("muster.db"), 2).expect("a store");
        let mut history = Self {
            chance: Chance(seed),
            store,
            model: Model::default(),
            now: Timestamp(1_795_000_000_000),
            made: 0,
            logins: Vec::new(),
            accepted: 0,
            kinds: std::collections::BTreeSet::new(),
            refused: 0,
            moments: Vec::new(),
            _folder: folder,
        };
        for index in 0..6 {
            history.sign_up(index);
        }
        history
    }

    fn new_id(&mut self) -> [u8; 16] {
        self.made += 1;
        let [high, low] = self.made.to_be_bytes();
        let mut id = [low; 16];
        id[0] = high;
        id
    }

    fn sign_up(&mut self, index: usize) {
        let login = Login {
            id: LoginId::from_bytes(self.new_id()),
            address: Address::parse(&format!("p{index}@people.example")).expect("an address"),
            name: format!("Person {index}"),
            status: if index == 5 { LoginStatus::Suspended } else { LoginStatus::Active },
            verified: Vec::new(),
        };
        let tx = self.store.write().expect("a transaction");
        tx.add_login(&login, "$none$", self.now).expect("a login");
        tx.commit().expect("a commit");
        self.model.logins.insert(login.id, login.clone());
        self.logins.push(login.clone());
        if index < 4 {
            let founding = Founding {
                account: AccountId::from_bytes(self.new_id()),
                workspace: WorkspaceId::from_bytes(self.new_id()),
                membership: MembershipId::from_bytes(self.new_id()),
                scheme: SchemeId::ALL[index % 2],
                account_name: None,
                workspace_name: None,
            };
            let events = found_account(&login, founding.clone(), self.now).expect("an account");
            self.model.apply(events);
            let tx = self.store.write().expect("a transaction");
            let verdict = write::found(&*tx, &origin(&login, self.now), founding).expect("written");
            assert!(matches!(verdict, Verdict::Applied(_)));
            tx.commit().expect("a commit");
        }
    }

    /// Accounts end here, so that new ones have to begin.
    fn refound(&mut self) {
        let index = self.chance.below(4);
        let login = self.logins[index].clone();
        let founding = Founding {
            account: AccountId::from_bytes(self.new_id()),
            workspace: WorkspaceId::from_bytes(self.new_id()),
            membership: MembershipId::from_bytes(self.new_id()),
            scheme: SchemeId::ALL[index % 2],
            account_name: None,
            workspace_name: None,
        };
        let events = found_account(&login, founding.clone(), self.now).expect("an account");
        self.model.apply(events);
        let tx = self.store.write().expect("a transaction");
        write::found(&*tx, &origin(&login, self.now), founding).expect("written");
        tx.commit().expect("a commit");
    }

    fn workspace(&mut self) -> WorkspaceId {
        let all: Vec<_> = self.model.workspaces.keys().copied().collect();
        self.chance.pick(&all)
    }

    fn member_of(&mut self, workspace: WorkspaceId) -> (MembershipId, RoleSet) {
        let all: Vec<_> = self
            .model
            .memberships
            .values()
            .filter(|it| it.workspace == workspace || self.chance.0.is_multiple_of(7))
            .map(|it| (it.id, it.roles))
            .collect();
        if all.is_empty() {
            (MembershipId::from_bytes([0; 16]), RoleSet::NONE)
        } else {
            self.chance.pick(&all)
        }
    }

    fn invitation(&mut self) -> InvitationId {
        let all: Vec<_> = self.model.invitations.keys().copied().collect();
        if all.is_empty() { InvitationId::from_bytes([0; 16]) } else { self.chance.pick(&all) }
    }

    fn command(&mut self) -> Command {
        let workspace = self.workspace();
        let (membership, held) = self.member_of(workspace);
        match self.chance.below(40) {
            14..=17 => self.inside(workspace),
            18..=22 => self.account_wide(workspace),
            23 => Command::SetPlan { workspace, plan: self.chance.pick(Plan::ALL) },
            24 if self.chance.below(4) == 0 => Command::EndPlan { workspace },
            25 => {
                let to = self.account();
                Command::OfferWorkspace { workspace, to }
            }
            26 => Command::AcceptOffer { workspace },
            27 => Command::RestoreWorkspace { workspace },
            28..=30 => {
                let was = self.model.memberships.get(&membership).and_then(|it| it.until);
                let roles = (self.chance.below(2) == 0).then(|| self.chance.roles());
                let at = Timestamp(self.now.0 + DAY * (1 + self.chance.below(9) as i64));
                Command::SetMemberEnd { workspace, membership, was, end: Some(End { at, roles }) }
            }
            31 => {
                let note = format!("note {}", self.chance.below(3));
                let was = self.model.memberships.get(&membership).map(|it| it.note.clone());
                Command::SetMemberNote { workspace, membership, was: was.unwrap_or_default(), note }
            }
            32 => {
                let (person, _) = self.member_of(workspace);
                let membership = MembershipId::from_bytes(self.new_id());
                Command::AddMember { workspace, membership, person, roles: self.chance.roles() }
            }
            33..=37 => self.review(workspace),
            0 => self.create(),
            1 => {
                let was = self.model.workspaces[&workspace].name.clone();
                Command::RenameWorkspace { workspace, was, title: format!("W{}", self.made) }
            }
            2 => Command::DeleteWorkspace { workspace, reason: None },
            3 => Command::LeaveWorkspace { workspace },
            4..=6 => {
                let was = if self.chance.below(6) == 0 { self.chance.roles() } else { held };
                let roles = self.chance.roles();
                Command::SetMemberRoles { workspace, membership, was, roles, reason: None }
            }
            7 => Command::SuspendMember { workspace, membership, reason: None },
            8 => Command::ResumeMember { workspace, membership },
            9 => Command::RemoveMember { workspace, membership, reason: None },
            10 => Command::ResendInvitation { workspace, invitation: self.invitation() },
            11 if self.chance.below(3) == 0 => {
                Command::RevokeInvitation { workspace, invitation: self.invitation() }
            }
            _ => {
                let index = self.chance.below(self.logins.len());
                Command::CreateInvitation {
                    workspace,
                    invitation: InvitationId::from_bytes(self.new_id()),
                    address: self.logins[index].address.clone(),
                    person: None,
                    roles: self.chance.roles(),
                    message: None,
                }
            }
        }
    }

    /// An open review of any workspace, or a new one.
    fn review(&mut self, workspace: WorkspaceId) -> Command {
        let open = self.model.reviews.values().filter(|it| it.closed.is_none());
        let open: Vec<_> = open.map(|it| (it.workspace, it.id)).collect();
        let reviewers: Vec<_> =
            (0..=self.chance.below(2)).map(|_| self.logins[self.chance.below(4)].id).collect();
        if open.is_empty() || self.chance.below(5) == 0 {
            return Command::StartReview {
                workspace,
                review: ReviewId::from_bytes(self.new_id()),
                campaign: CampaignId::from_bytes(self.new_id()),
                title: "Review".to_owned(),
                due: Timestamp(self.now.0 + DAY),
                undecided: self.chance.pick(&[Undecided::Leave, Undecided::Suspend]),
                quiet: QuietDays::USUAL,
                reviewers,
            };
        }
        let (workspace, review) = self.chance.pick(&open);
        let lines: Vec<_> =
            self.model.lines.keys().filter(|it| it.0 == review).map(|it| it.1).collect();
        match self.chance.below(8) {
            0 => Command::SetReviewers { workspace, review, reviewers },
            1 | 2 => Command::CloseReview { workspace, review },
            _ if lines.is_empty() => Command::CloseReview { workspace, review },
            3 => {
                let (choice, reason) = (Some(Choice::Keep), None);
                Command::DecideReview { workspace, review, lines, choice, reason }
            }
            _ => {
                let change = Choice::Change(self.chance.roles());
                let choices = [None, Some(Choice::Keep), Some(Choice::Remove), Some(change)];
                let choice = self.chance.pick(&choices);
                let lines = vec![self.chance.pick(&lines)];
                let reason = Some("because".to_owned());
                Command::DecideReview { workspace, review, lines, choice, reason }
            }
        }
    }

    fn account(&mut self) -> AccountId {
        let all: Vec<_> = self.model.accounts.keys().copied().collect();
        self.chance.pick(&all)
    }

    fn permissions(&mut self) -> PermissionSet {
        self.chance.roles().permissions(&OwnRoles::NONE)
    }

    /// Roles of the workspace's own, and records.
    fn inside(&mut self, workspace: WorkspaceId) -> Command {
        let roles: Vec<_> = self
            .model
            .roles
            .values()
            .filter(|it| it.workspace == workspace)
            .map(|it| (it.id, it.permissions, it.slot))
            .collect();
        let records: Vec<_> = self
            .model
            .contents
            .values()
            .filter(|it| it.workspace == workspace || self.chance.0.is_multiple_of(5))
            .map(|it| (it.id, it.version))
            .collect();
        let title = format!("T{}", self.chance.below(3));
        let permissions = self.permissions();
        match self.chance.below(8) {
            0 => {
                let role = RoleId::from_bytes(self.new_id());
                Command::DefineRole { workspace, role, title, permissions }
            }
            1 if !roles.is_empty() => {
                let (role, was, _) = self.chance.pick(&roles);
                Command::ChangeRole { workspace, role, was, title, permissions }
            }
            2 if !roles.is_empty() => {
                let (role, ..) = self.chance.pick(&roles);
                let others = self.chance.roles();
                Command::DeleteRole { workspace, role, holders: Vec::new(), others }
            }
            3 if !roles.is_empty() => {
                let (.., slot) = self.chance.pick(&roles);
                let (membership, was) = self.member_of(workspace);
                let roles = RoleSet::own(slot);
                Command::SetMemberRoles { workspace, membership, was, roles, reason: None }
            }
            4 if !records.is_empty() => {
                let (content, version) = self.chance.pick(&records);
                let body = ContentBody::Prompt { text: format!("{version}") };
                Command::ChangeContent { workspace, content, version, title, body }
            }
            5 if !records.is_empty() => {
                let (content, _) = self.chance.pick(&records);
                Command::DeleteContent { workspace, content }
            }
            6 if !records.is_empty() => {
                let content = ContentId::from_bytes(self.new_id());
                let knowledge = vec![self.chance.pick(&records).0];
                let (instructions, state) = (String::new(), Activity::On);
                let body = ContentBody::Agent { instructions, state, knowledge };
                Command::CreateContent { workspace, content, title, body }
            }
            it => {
                let content = ContentId::from_bytes(self.new_id());
                let body = if it == 7 {
                    ContentBody::Prompt { text: "p".to_owned() }
                } else {
                    let source = KnowledgeSource::Faq;
                    ContentBody::Knowledge { source, text: "k".to_owned(), size: 1 }
                };
                Command::CreateContent { workspace, content, title, body }
            }
        }
    }

    /// Admins, groups, schemes, and accounts that end.
    fn account_wide(&mut self, workspace: WorkspaceId) -> Command {
        let account = self.account();
        let (person, _) = self.member_of(workspace);
        let index = self.chance.below(self.logins.len());
        let login = self.logins[index].id;
        let groups: Vec<_> = self.model.groups.keys().copied().collect();
        let group = if groups.is_empty() {
            GroupId::from_bytes([0; 16])
        } else {
            self.chance.pick(&groups)
        };
        let name = self.model.accounts[&account].name.clone();
        match self.chance.below(24) {
            0..=3 => Command::AddAdmin { account, person },
            4..=5 => Command::RemoveAdmin { account, login },
            6 => Command::LeaveAccount { account },
            7 if self.chance.below(8) == 0 => Command::DeleteAccount { account, title: name },
            8 => Command::ScheduleDeletion { account, title: name, days: 14 },
            9 => Command::ConfirmDeletion { account },
            10..=11 => Command::WithdrawDeletion { account },
            12..=13 => {
                let covers = match self.chance.below(2) {
                    0 => Covers::Listed(vec![workspace]),
                    _ => Covers::AllBut(vec![workspace]),
                };
                let (group, title) = (GroupId::from_bytes(self.new_id()), "Pod".to_owned());
                Command::CreateGroup { account, group, title, covers, roles: self.chance.roles() }
            }
            14..=16 => Command::AddGroupPerson { account, group, person },
            17 => Command::RemoveGroupPerson { account, group, login },
            18 => Command::DeleteGroup { account, group },
            19 => {
                let scheme = self.chance.pick(SchemeId::ALL);
                let to = RolesTo::BuiltIn(RoleSet::of(&[scheme.scheme().owner_class_role]));
                let mapping = Role::ALL
                    .iter()
                    .map(|role| RoleMapping { workspace: None, from: RoleSet::of(&[*role]), to })
                    .collect();
                let widened = self.model.memberships.keys().copied().collect();
                Command::SetScheme { account, scheme, mapping, widened }
            }
            20 => Command::SetPolicy {
                account,
                invitation_days: 3,
                lease_days: 0,
                reason_required: self.chance.below(2) == 0,
                review_days: None,
                second_admin: Some(self.chance.below(2) == 0),
                name_days: None,
            },
            _ => {
                let title = format!("A{}", self.chance.below(5));
                Command::RenameAccount { account, was: name, title }
            }
        }
    }

    /// What happens by itself, decided twice and compared.
    fn time_passes(&mut self) {
        let store = self.store.read().expect("a snapshot");
        let due = store.due(self.now, 50).expect("an answer");
        drop(store);
        let system = Login {
            id: LoginId::from_bytes([0; 16]),
            address: Address::parse("nobody@muster.invalid").expect("an address"),
            name: String::new(),
            status: LoginStatus::Active,
            verified: Vec::new(),
        };
        for due in due {
            let facts = Facts::load_due(&self.model, &system, due, self.now).expect("facts");
            let decision = decide_due(&facts, due, self.now);
            let tx = self.store.write().expect("a transaction");
            let verdict = write::due(&*tx, due, Post::None, self.now).expect("decided");
            tx.commit().expect("a commit");
            self.compare(decision, &verdict, &format!("{due:?}"));
        }
        let rest = self.store.read().expect("a snapshot").due(self.now, 1).expect("an answer");
        assert_eq!(rest, [], "what was due is done");
    }

    fn create(&mut self) -> Command {
        let all: Vec<_> = self.model.accounts.keys().copied().collect();
        let plans = [None, Some(Plan::Basic), Some(Plan::Pro)];
        Command::CreateWorkspace {
            workspace: WorkspaceId::from_bytes(self.new_id()),
            account: self.chance.pick(&all),
            title: format!("W{}", self.made),
            plan: self.chance.pick(&plans),
            membership: (self.chance.below(3) > 0).then(|| MembershipId::from_bytes(self.new_id())),
            labels: Default::default(),
        }
    }

    /// One act, decided twice and compared.
    fn step(&mut self) {
        if self.chance.below(20) == 0 {
            self.now = Timestamp(self.now.0 + DAY * 3);
            self.time_passes();
        }
        if self.model.workspaces.len() < 4 {
            self.refound();
        }
        self.now = Timestamp(self.now.0 + 1_000);
        if self.chance.below(4) == 0 {
            let actor = self.anybody();
            self.accept(actor);
        } else {
            let command = self.command();
            let actor = self.actor(&command);
            let facts = Facts::load(&self.model, &actor, &command, self.now).expect("facts");
            let decision = decide(&facts, &command, self.now);
            let tx = self.store.write().expect("a transaction");
            let verdict = write::run(&*tx, &origin(&actor, self.now), &command).expect("decided");
            tx.commit().expect("a commit");
            self.compare(decision, &verdict, &format!("{command:?}"));
        }
    }

    fn anybody(&mut self) -> Login {
        let index = self.chance.below(self.logins.len());
        self.logins[index].clone()
    }

    /// Mostly somebody who may well do it: the account's admin, or who runs the workspace.
    fn actor(&mut self, command: &Command) -> Login {
        let place = command.workspace();
        let account = match command.about() {
            About::Account(account) => Some(account),
            About::Workspace(id) => self.model.workspaces.get(&id).map(|it| it.account),
        };
        let admins = self.model.admins.values().filter(|it| it.active);
        let mut likely: Vec<_> =
            admins.filter(|it| Some(it.account) == account).map(|it| it.login).collect();
        let strong = RoleSet::of(&[Role::Owner, Role::WorkspaceAdmin]);
        likely.extend(
            self.model
                .memberships
                .values()
                .filter(|it| Some(it.workspace) == place && it.state.is_present())
                .filter(|it| it.roles != it.roles.without(strong))
                .map(|it| it.login),
        );
        if likely.is_empty() || self.chance.below(5) == 0 {
            return self.anybody();
        }
        let login = self.chance.pick(&likely);
        self.model.logins[&login].clone()
    }

    fn accept(&mut self, actor: Login) {
        let id = self.invitation();
        let Some(invitation) = self.model.invitations.get(&id).cloned() else { return };
        let meant = self.logins.iter().find(|it| it.address == invitation.address).cloned();
        let actor = &meant.filter(|_| self.chance.below(4) > 0).unwrap_or(actor);
        let membership = MembershipId::from_bytes(self.new_id());
        let facts = Facts::load_acceptance(&self.model, actor, &invitation, membership, self.now)
            .expect("facts");
        let decision = decide_acceptance(&facts, membership, self.now);
        let tx = self.store.write().expect("a transaction");
        let origin = origin(actor, self.now);
        let verdict = write::accept(&*tx, &origin, &invitation, membership).expect("decided");
        tx.commit().expect("a commit");
        self.compare(decision, &verdict, "acceptance");
    }

    fn compare(&mut self, decision: Decision, verdict: &Verdict, what: &str) {
        match (decision, verdict) {
            (Decision::Accept(events), Verdict::Applied(_)) => {
                self.kinds.extend(events.iter().map(|it| it.kind.key()));
                self.model.apply(events);
                self.accepted += 1;
            }
            (Decision::NoOp, Verdict::NoOp) => {}
            (decision, Verdict::Refused(refusal)) => {
                assert_eq!(decision.refusal().as_ref(), Some(refusal), "{what}");
                self.refused += 1;
            }
            (decision, verdict) => panic!("{what}: {decision:?} but {verdict:?}"),
        }
    }

    /// The state rebuilt from nothing but the events, each chain checked.
    fn rebuilt(&self, store: &dyn Snapshot) -> Model {
        let mut rebuilt = Model { logins: self.model.logins.clone(), ..Model::default() };
        for account in store.accounts().expect("accounts") {
            for chain in store.chains(account).expect("chains") {
                for event in verified(store, chain).expect("a whole chain") {
                    rebuilt.put(row_after(&event).expect("a row"));
                }
            }
        }
        rebuilt
    }

    /// Every chain there is, with its events.
    fn chains(&self, store: &dyn Snapshot) -> BTreeMap<LogOf, Vec<LoggedEvent>> {
        let accounts = store.accounts().expect("accounts");
        let chains = accounts.into_iter().flat_map(|it| store.chains(it).expect("chains"));
        chains.map(|it| (it, store.chain(it).expect("a chain"))).collect()
    }

    fn remember(&mut self) {
        let store = self.store.read().expect("a snapshot");
        let lengths = self.chains(&*store).into_iter().map(|(of, it)| (of, it.len())).collect();
        drop(store);
        self.moments.push((self.model.clone(), lengths));
    }

    /// What the chains said at each moment is what was so then, for all that is still told:
    /// a deleted account took its history along (V-43).
    fn same_past(&self, seed: u64) -> usize {
        let store = self.store.read().expect("a snapshot");
        let chains = self.chains(&*store);
        let mut compared = 0;
        for (then, lengths) in &self.moments {
            for (of, length) in lengths {
                let Some(events) = chains.get(of).filter(|it| it.len() >= *length) else {
                    continue;
                };
                let mut told = Model::default();
                for event in &events[..*length] {
                    told.put(row_after(event).expect("a row"));
                }
                let mut then = then.only(*of);
                let is_erased = |id| self.model.workspaces[id].status == WorkspaceStatus::Erased;
                if matches!(of, LogOf::Workspace(id) if is_erased(id)) {
                    // Its members went with it, and what their tokens stood for (E-64).
                    told.forget_names();
                    then.forget_names();
                }
                assert_eq!(told, then, "seed {seed}, {of:?} up to event {length}");
                compared += length;
            }
        }
        compared
    }

    fn same_answers(&self, store: &dyn Snapshot) {
        for workspace in self.model.workspaces.values() {
            let id = workspace.id;
            assert_eq!(store.workspace(id).expect("it").as_ref(), Some(workspace));
            let members = store.present_members(id).expect("it");
            assert_eq!(members, self.model.present_members(id).expect("it"));
            let open = store.invitations_of(id).expect("it");
            assert_eq!(open, self.model.invitations_of(id).expect("it"));
            for kind in ContentKind::ALL {
                let count = store.content_count(id, *kind).expect("it");
                assert_eq!(count, self.model.content_count(id, *kind).expect("it"));
            }
            let seats = store.seats_taken(id, self.now).expect("it");
            assert_eq!(seats, self.model.seats_taken(id, self.now).expect("it"));
            let others = store.other_workspaces(workspace.account, id).expect("it");
            assert_eq!(others, self.model.other_workspaces(workspace.account, id).expect("it"));
            for role in [Role::Owner, Role::WorkspaceAdmin] {
                let except = MembershipId::from_bytes([0; 16]);
                let owners: Known<u32> = store.other_owners(id, role, except).expect("it");
                assert_eq!(owners, self.model.other_owners(id, role, except).expect("it"));
                let by_age = store.owners_by_age(id, role).expect("it");
                assert_eq!(by_age, self.model.owners_by_age(id, role).expect("it"));
            }
        }
        for membership in self.model.memberships.values() {
            assert_eq!(store.membership(membership.id).expect("it").as_ref(), Some(membership));
        }
        for role in self.model.roles.values() {
            assert_eq!(store.role(role.id).expect("it").as_ref(), Some(role));
        }
        for record in self.model.contents.values() {
            assert_eq!(store.content(record.id).expect("it").as_ref(), Some(record));
        }
        for review in self.model.reviews.values() {
            let id = review.id;
            assert_eq!(store.review(id).expect("it").as_ref(), Some(review));
            let lines = store.review_lines(id).expect("it");
            assert_eq!(lines, self.model.review_lines(id).expect("it"));
            let last = store.last_review(review.workspace).expect("it");
            assert_eq!(last, self.model.last_review(review.workspace).expect("it"));
        }
        for group in self.model.groups.values() {
            assert_eq!(store.group(group.id).expect("it").as_ref(), Some(group));
        }
        for account in self.model.accounts.keys() {
            let admins = store.active_admins(*account).expect("it");
            assert_eq!(admins, self.model.active_admins(*account).expect("it"));
            for login in &self.logins {
                let held = store.memberships_in(*account, login.id).expect("it");
                assert_eq!(held, self.model.memberships_in(*account, login.id).expect("it"));
                let to = store.invitations_to(*account, &login.address).expect("it");
                assert_eq!(to, self.model.invitations_to(*account, &login.address).expect("it"));
            }
        }
        for login in &self.logins {
            let home = store.home_account(login.id).expect("it");
            assert_eq!(home, self.model.home_account(login.id).expect("it"));
        }
        for invitation in self.model.invitations.values() {
            assert_eq!(store.invitation(invitation.id).expect("it").as_ref(), Some(invitation));
        }
    }
}

fn origin(actor: &Login, now: Timestamp) -> Origin<'_> {
    let command = Some(CommandId::from_bytes([9; 16]));
    Origin { actor, command, request: "test", now, post: Post::None }
}

#[test]
fn r13_v49_random_histories_are_decided_alike_and_can_be_rebuilt_as_of_any_moment() {
    let seeds = match std::env::var("MUSTER_SEED") {
        Ok(seed) => vec![seed.parse().expect("a number")],
        Err(_) => (0..12).collect::<Vec<u64>>(),
    };
    let whole = seeds.len() > 1;
    let mut kinds = std::collections::BTreeSet::new();
    let (mut accepted, mut refused, mut told) = (0, 0, 0);
    for seed in seeds {
        println!("MUSTER_SEED={seed}");
        let mut history = History::new(seed);
        for step in 0..500 {
            history.step();
            if step % 25 == 0 {
                history.remember();
            }
        }
        told += history.same_past(seed);
        let store = history.store.read().expect("a snapshot");
        history.same_answers(&*store);
        assert_eq!(history.rebuilt(&*store), history.model, "seed {seed}");
        kinds.append(&mut history.kinds);
        (accepted, refused) = (accepted + history.accepted, refused + history.refused);
    }
    println!("{accepted} accepted, {refused} refused");
    assert!(accepted > 100 && refused > 100, "{accepted} accepted, {refused} refused");
    assert!(told > 1_000, "{told} events were read again as of a moment");
    println!("{} of {} kinds of events: {kinds:?}", kinds.len(), EventKind::ALL.len());
    let is_out = |it: &EventKind| kinds.contains(it.key());
    assert!(!OUT_OF_REACH.iter().any(is_out), "one of them can be reached: count it");
    let reachable = EventKind::ALL.len() - OUT_OF_REACH.len();
    assert!(!whole || kinds.len() * 10 > reachable * 7, "most of what can happen did");
}

#[test]
fn sequence_numbers_have_no_gaps_and_every_change_has_one() {
    let mut history = History::new(77);
    for _ in 0..300 {
        history.step();
    }
    let store = history.store.read().expect("a snapshot");
    let moved = moved_between(&*store);
    let mut checked = 0;
    for account in store.accounts().expect("accounts") {
        let gone = store.account(account).expect("an answer").is_none();
        if gone || moved.contains(&account) {
            // Its numbers went on with what moved, or with all of it.
            continue;
        }
        checked += 1;
        let mut numbers: Vec<u64> = Vec::new();
        for chain in store.chains(account).expect("chains") {
            numbers.extend(store.chain(chain).expect("a chain").iter().map(|it| it.place.seq));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let head = store.head(account).expect("a head");
        assert_eq!(numbers, (1..=head).collect::<Vec<_>>());
    }
    assert!(checked > 0, "some account kept to itself");
}

/// The accounts that a workspace moved from or to.
fn moved_between(store: &dyn Snapshot) -> Vec<AccountId> {
    let mut moved = Vec::new();
    for account in store.accounts().expect("accounts") {
        for chain in store.chains(account).expect("chains") {
            let events = store.chain(chain).expect("a chain");
            for event in events.iter().filter(|it| it.kind == "workspace.moved") {
                let rows = [event.before.as_deref().unwrap_or_default(), event.after.as_str()];
                for row in rows {
                    let Ok(Row::Workspace(it)) = serde_json::from_str(row) else { continue };
                    moved.push(it.account);
                }
            }
        }
    }
    moved
}

#[test]
fn l1_a_changed_event_breaks_its_chain() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("muster.db");
    let store = SqliteStore::open(&path, 2).expect("a store");
    let login = Login {
        id: LoginId::from_bytes([1; 16]),
        address: Address::parse("a@b.example").expect("an address"),
        name: "A".to_owned(),
        status: LoginStatus::Active,
        verified: Vec::new(),
    };
    let workspace = WorkspaceId::from_bytes([3; 16]);
    let founding = Founding {
        account: AccountId::from_bytes([2; 16]),
        workspace,
        membership: MembershipId::from_bytes([4; 16]),
        scheme: SchemeId::Managed,
        account_name: None,
        workspace_name: None,
    };
    let tx = store.write().expect("a transaction");
    tx.add_login(&login, "$none$", Timestamp(0)).expect("a login");
    write::found(&*tx, &origin(&login, Timestamp(1)), founding).expect("written");
    tx.commit().expect("a commit");
    let chain = LogOf::Workspace(workspace);
    assert_eq!(verified(&*store.read().expect("a snapshot"), chain).expect("whole").len(), 2);

    let thief = rusqlite::Connection::open(&path).expect("the file");
    let change = "UPDATE events SET after = replace(after, 'basic', 'pro') WHERE ord = 2";
    assert!(thief.execute(change, []).is_err(), "events are append-only");
    thief.execute_batch("DROP TRIGGER events_stay").expect("a thief can");
    assert_eq!(thief.execute(change, []).expect("changed"), 1);
    assert!(verified(&*store.read().expect("a snapshot"), chain).is_err());
}

#[test]
fn a_newer_file_is_refused_and_an_old_one_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("muster.db");
    let epoch = SqliteStore::open(&path, 84).expect("new").read().expect("it").epoch().expect("it");
    let again = SqliteStore::open(&path, 99).expect("again");
    assert_eq!(again.read().expect("it").epoch().expect("it"), epoch);
    drop(again);
    let file = rusqlite::Connection::open(&path).expect("the file");
    file.pragma_update(None, "user_version", 1_000).expect("a version");
    let error = SqliteStore::open(&path, 1).err().expect("refused");
    assert_eq!(error.to_string(), "database has schema 1000, this build knows 14");
}

#[test]
fn a_dropped_transaction_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(&folder.path().join("muster.db"), 2).expect("a store");
    let login = Login {
        id: LoginId::from_bytes([1; 16]),
        address: Address::parse("a@b.example").expect("an address"),
        name: "A".to_owned(),
        status: LoginStatus::Active,
        verified: Vec::new(),
    };
    let tx = store.write().expect("a transaction");
    tx.add_login(&login, "$none$", Timestamp(0)).expect("a login");
    drop(tx);
    let tx = store.write().expect("a transaction");
    assert_eq!(tx.login(login.id).expect("an answer"), None);
    tx.savepoint().expect("a mark");
    tx.add_login(&login, "$none$", Timestamp(0)).expect("a login");
    tx.rollback_to().expect("taken back");
    tx.commit().expect("a commit");
    assert_eq!(store.read().expect("a snapshot").login(login.id).expect("an answer"), None);
}

#[test]
fn rows_of_events_read_back_as_they_were() {
    let history = History::new(3);
    let store = history.store.read().expect("a snapshot");
    let account = *history.model.accounts.keys().next().expect("an account");
    let events = store.chain(LogOf::Account(account)).expect("a chain");
    let kinds: Vec<_> = events.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds, ["account.created", "account.admin.added"]);
    assert!(matches!(row_after(&events[0]).expect("a row"), Row::Account(_)));
}

/// Every released schema's file is brought up to date with all that is in it.
#[test]
fn d8_a_file_of_the_first_schema_goes_on_and_its_bin_gets_its_dates() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("muster.db");
    let first = include_str!("../src/store/sqlite/migrations/2026_11_21_first.sql");
    let file = rusqlite::Connection::open(&path).expect("a file");
    file.execute_batch(first).expect("the first schema");
    file.execute_batch(
        "INSERT INTO meta VALUES (1, 42);
         INSERT INTO logins VALUES (zeroblob(16), 'ada@larch.example', 'Ada', 'active', 1);
         INSERT INTO accounts VALUES (x'01010101010101010101010101010101', 'Larch', 'managed', 7, 7, 3, 1);
         INSERT INTO workspaces VALUES (x'02020202020202020202020202020202',
             x'01010101010101010101010101010101', 'standard', 'Old', 'basic', 'trashed', 5, 1, 2, 2, 0);
         INSERT INTO events VALUES (x'01010101010101010101010101010101', 2, 0,
             x'02020202020202020202020202020202', 77, zeroblob(16), 0, 'workspace.deleted', NULL,
             '{}', NULL, 'test', zeroblob(32),
             x'188a7e39a44b49edd4127ac75d8fb4d9bccb6b2ca8d59f92379078078ef63e5a');
         PRAGMA user_version = 1;",
    )
    .expect("rows of the first schema");
    drop(file);
    let store = SqliteStore::open(&path, 9).expect("brought up to date");
    let store = store.read().expect("a snapshot");
    assert_eq!(store.epoch().expect("it"), 42, "the same history");
    let id = WorkspaceId::from_bytes([2; 16]);
    let trashed = store.workspace(id).expect("it").expect("there").trashed.expect("dates");
    assert_eq!((trashed.at, trashed.by.as_str()), (Timestamp(77), "Ada"));
    let chain = verified(&*store, LogOf::Workspace(id)).expect("hashed as it always was");
    assert_eq!(chain.len(), 1, "L1");
    let login = store.login(LoginId::from_bytes([0; 16])).expect("it").expect("there");
    assert!(login.verified.is_empty());
    assert_eq!(store.due(Timestamp(78 + 31 * DAY), 9).expect("it").len(), 1);
}
