//! Random histories over both schemes: whatever is tried in whatever order, the rules hold
//! after every accepted change. `MUSTER_SEED=n` repeats a run.

mod support;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use muster_domain::{
    AdminReach, Command, Decision, Event, EventKind, LoginStatus, MemberState, Membership,
    PermissionSet, Plan, Role, RoleSet, Row, SchemeId, Timestamp, WorkspaceKind, WorkspaceStatus,
};
use support::{NOW, World, account_id, address, login_id, workspace_id};

const STEPS: u64 = 60_000;
const PEOPLE: u64 = 7;

/// SplitMix64: small, seedable, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }

    fn byte(&mut self, sides: u64) -> u8 {
        u8::try_from(self.roll(sides)).expect("below 256")
    }
}

fn seed() -> u64 {
    let seed = match std::env::var("MUSTER_SEED") {
        Ok(text) => text.parse().expect("MUSTER_SEED is a number"),
        Err(_) => RandomState::new().hash_one(0),
    };
    println!("MUSTER_SEED={seed}");
    seed
}

fn roles(dice: &mut Dice, scheme: SchemeId) -> RoleSet {
    let known = scheme.scheme().roles;
    let pick =
        |dice: &mut Dice| known[usize::try_from(dice.roll(known.len() as u64)).expect("small")];
    if scheme == SchemeId::Managed && dice.roll(3) == 0 {
        RoleSet::of(&[pick(dice), pick(dice)])
    } else {
        RoleSet::of(&[pick(dice)])
    }
}

struct History {
    world: World,
    dice: Dice,
    scheme: SchemeId,
    now: Timestamp,
    next: u64,
}

impl History {
    fn new(seed: u64, scheme: SchemeId) -> Self {
        let mut world = World::default();
        for person in 1..=u8::try_from(PEOPLE).expect("few") {
            world.login(person);
        }
        world.found(1, 10, 1, scheme);
        Self { world, dice: Dice(seed), scheme, now: NOW, next: 0 }
    }

    fn fresh(&mut self) -> [u8; 16] {
        self.next += 1;
        let mut bytes = [0xEE; 16];
        bytes[8..].copy_from_slice(&self.next.to_be_bytes());
        bytes
    }

    fn any_member(&mut self) -> Option<Membership> {
        let index = usize::try_from(self.dice.roll(self.world.members.len() as u64)).ok()?;
        self.world.members.values().nth(index).cloned()
    }

    fn command(&mut self) -> Option<Command> {
        let member = self.any_member()?;
        let (workspace, membership) = (member.workspace, member.id);
        let scheme = self.scheme;
        Some(match self.dice.roll(12) {
            0 if self.world.workspaces.len() < 6 => Command::CreateWorkspace {
                workspace: muster_domain::WorkspaceId::from_bytes(self.fresh()),
                account: account_id(1),
                title: "W".into(),
                plan: Some(Plan::Pro),
                membership: (self.dice.roll(3) > 0)
                    .then(|| muster_domain::MembershipId::from_bytes(self.fresh())),
            },
            1 => Command::RenameWorkspace { workspace, was: "W".into(), title: "V".into() },
            2 if self.dice.roll(4) == 0 => Command::DeleteWorkspace { workspace },
            3 => Command::LeaveWorkspace { workspace },
            4 => Command::SuspendMember { workspace, membership },
            5 => Command::ResumeMember { workspace, membership },
            6 => Command::RemoveMember { workspace, membership },
            7 | 8 => Command::CreateInvitation {
                workspace,
                invitation: muster_domain::InvitationId::from_bytes(self.fresh()),
                address: address(1 + self.dice.byte(PEOPLE)),
                person: None,
                roles: roles(&mut self.dice, scheme),
            },
            _ => Command::SetMemberRoles {
                workspace,
                membership,
                was: member.roles,
                roles: roles(&mut self.dice, scheme),
            },
        })
    }

    fn step(&mut self) {
        self.now = Timestamp(self.now.0 + i64::from(self.dice.byte(200)) * 60_000);
        if self.dice.roll(40) == 0 {
            self.flip_a_login();
            return;
        }
        if self.dice.roll(4) == 0 {
            self.accept_something();
            return;
        }
        let actor = 1 + self.dice.byte(PEOPLE);
        let Some(command) = self.command() else { return };
        let before = self.world.clone();
        let decision = self.world.run(actor, &command, self.now);
        if let Decision::Accept(events) = &decision {
            assert!(!events.is_empty(), "an accepted command changes something: {command:?}");
            check_grants(&before, actor, events);
        } else {
            assert_eq!(before.log.len(), self.world.log.len(), "a no changes nothing");
        }
        check_floors(&self.world, &command);
    }

    /// Suspending a login is the operator's act; E-38 lets it break no floor, so only a login
    /// whose absence leaves every floor standing is switched off.
    fn flip_a_login(&mut self) {
        let id = login_id(1 + self.dice.byte(PEOPLE));
        let was = self.world.logins[&id].status;
        let flipped = match was {
            LoginStatus::Active => LoginStatus::Suspended,
            LoginStatus::Suspended => LoginStatus::Active,
        };
        let login = self.world.logins.get_mut(&id).expect("made at the start");
        login.status = flipped;
        if !floors_stand(&self.world) {
            self.world.logins.get_mut(&id).expect("made at the start").status = was;
        }
    }

    fn accept_something(&mut self) {
        let open: Vec<_> = self.world.invitations.keys().copied().collect();
        if open.is_empty() {
            return;
        }
        let id = open[usize::try_from(self.dice.roll(open.len() as u64)).expect("small")];
        let actor = 1 + self.dice.byte(PEOPLE);
        let member = muster_domain::MembershipId::from_bytes(self.fresh());
        let decision = self.world.accept_at(actor, id, member, self.now);
        if matches!(decision, Decision::Accept(_)) {
            let joined = &self.world.members[&member];
            assert_eq!(joined.address, self.world.invitations[&id].address, "E-25");
        }
        check_floors(&self.world, &Command::DeleteWorkspace { workspace: workspace_id(0) });
    }
}

/// R2, R3 and R4 stated a second time, over what happened instead of over what was asked.
fn check_grants(before: &World, actor: u8, events: &[Event]) {
    for event in events {
        let Row::Membership(after) = &event.after else { continue };
        if event.kind == EventKind::MemberJoined {
            continue;
        }
        let scheme = before.accounts[&before_account(before, after)].scheme.scheme();
        let may = effective(before, after, actor);
        let Some(Row::Membership(old)) = &event.before else { panic!("an old row") };
        let own = old.login == login_id(actor);
        if event.kind == EventKind::MemberRolesChanged {
            assert!(after.roles.permissions().is_subset(may), "R2");
        }
        if !own {
            assert!(old.roles.permissions().is_subset(may), "R3");
        }
        let crosses = scheme.is_owner_class(old.roles) != scheme.is_owner_class(after.roles);
        if crosses {
            assert!(may.has(muster_domain::Permission::OwnerAssign), "R4");
        }
    }
}

fn before_account(world: &World, member: &Membership) -> muster_domain::AccountId {
    world.workspaces[&member.workspace].account
}

fn effective(world: &World, member: &Membership, actor: u8) -> PermissionSet {
    let account = &world.accounts[&before_account(world, member)];
    let admin = world.admins.get(&(account.id, login_id(actor))).is_some_and(|it| it.active);
    let reach = account.scheme.scheme().account_admin_reach == AdminReach::All;
    let by_roles = world
        .members
        .values()
        .filter(|it| it.workspace == member.workspace && it.login == login_id(actor))
        .filter(|it| it.state == MemberState::Active)
        .fold(PermissionSet::NONE, |set, it| set.union(it.roles.permissions()));
    if admin && reach { PermissionSet::ALL } else { by_roles }
}

fn floors_stand(world: &World) -> bool {
    let workspaces = world.workspaces.values().filter(|it| it.status == WorkspaceStatus::Active);
    workspaces.clone().all(|workspace| {
        let scheme = world.accounts[&workspace.account].scheme.scheme();
        world.owners(workspace.id, scheme.owner_class_role)
            >= usize::try_from(scheme.owner_floor).expect("0 or 1")
    })
}

fn check_floors(world: &World, command: &Command) {
    assert!(floors_stand(world), "R6 after {command:?}");
    for account in world.accounts.values() {
        let active = world
            .workspaces
            .values()
            .filter(|it| it.account == account.id && it.status == WorkspaceStatus::Active);
        assert!(active.count() >= 1, "R7 after {command:?}");
    }
    for workspace in world.workspaces.values() {
        if workspace.kind == WorkspaceKind::Personal {
            assert_eq!(workspace.status, WorkspaceStatus::Active, "R8 after {command:?}");
            assert_eq!(world.owners(workspace.id, Role::Owner), 1, "R8 after {command:?}");
        }
    }
    let mut present = BTreeMap::new();
    for member in world.members.values().filter(|it| it.state.is_present()) {
        let key = (member.workspace, member.login);
        assert!(present.insert(key, member.id).is_none(), "one present membership each");
    }
}

fn run(scheme: SchemeId) {
    let seed = seed();
    let mut rounds = 0;
    let mut steps = 0;
    while steps < STEPS {
        let mut history = History::new(seed.wrapping_add(rounds), scheme);
        for _ in 0..600 {
            history.step();
        }
        assert_log_rebuilds(&history.world);
        steps += 600;
        rounds += 1;
    }
}

/// One log: the last `after` of each entity is the state.
fn assert_log_rebuilds(world: &World) {
    let mut rebuilt = World { logins: world.logins.clone(), ..World::default() };
    for event in &world.log {
        rebuilt.write(event.after.clone());
    }
    assert_eq!(rebuilt.members, world.members);
    assert_eq!(rebuilt.workspaces, world.workspaces);
    assert_eq!(rebuilt.invitations, world.invitations);
}

#[test]
fn r2_r3_r4_r6_r7_r8_hold_on_random_owner_led_histories() {
    run(SchemeId::OwnerLed);
}

#[test]
fn r2_r3_r4_r6_r7_hold_on_random_managed_histories() {
    run(SchemeId::Managed);
}
