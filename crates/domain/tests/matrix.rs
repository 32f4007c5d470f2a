//! The role matrix: every role × every action × every kind of target, as committed text.
//!
//! A change of the rules shows here as a diff. `MUSTER_WRITE=1` rewrites the file. The server
//! answers an anonymous caller before any rule is asked (401), hence that row's mark.

mod support;

use std::fmt::Write as _;
use std::path::Path;

use muster_domain::{Command, Decision, MembershipId, Plan, Role, RoleSet, SchemeId, WorkspaceId};
use support::{NOW, World, account_id, address, invitation_id, member_id, workspace_id};

const FOUNDER: u8 = 1;
const ACTOR: u8 = 2;
const TARGET: u8 = 3;
const SECOND_OWNER: u8 = 4;
const PLACE: u8 = 20;

/// Who acts.
#[derive(Clone, Copy)]
enum Actor {
    Member(Role),
    AccountAdmin,
    Suspended(Role),
    Outsider,
    Anonymous,
}

impl Actor {
    fn name(self) -> String {
        match self {
            Actor::Member(role) => role.key().to_owned(),
            Actor::AccountAdmin => "account admin".to_owned(),
            Actor::Suspended(role) => format!("{} (suspended)", role.key()),
            Actor::Outsider => "outsider".to_owned(),
            Actor::Anonymous => "anonymous".to_owned(),
        }
    }
}

/// A workspace with a second owner-class member, the actor and a target of each role.
fn world(scheme: SchemeId, actor: Actor, target: Option<Role>) -> World {
    let mut world = World::default();
    world.found(1, 10, FOUNDER, scheme);
    let place = Command::CreateWorkspace {
        workspace: workspace_id(PLACE),
        account: account_id(1),
        title: "Place".into(),
        plan: Some(Plan::Pro),
        membership: Some(member_id(PLACE, FOUNDER)),
    };
    world.run(FOUNDER, &place, NOW);
    world.join(PLACE, SECOND_OWNER, RoleSet::of(&[scheme.scheme().owner_class_role]));
    match actor {
        Actor::Member(role) => drop(world.join(PLACE, ACTOR, RoleSet::of(&[role]))),
        Actor::Suspended(role) => {
            let id = world.join(PLACE, ACTOR, RoleSet::of(&[role]));
            world.members.get_mut(&id).expect("just joined").state =
                muster_domain::MemberState::Suspended;
        }
        Actor::AccountAdmin | Actor::Outsider | Actor::Anonymous => {}
    }
    if let Some(role) = target {
        world.join(PLACE, TARGET, RoleSet::of(&[role]));
    }
    world
}

fn mark(scheme: SchemeId, actor: Actor, target: Option<Role>, command: &Command) -> String {
    let number = match actor {
        Actor::Anonymous => return "401".to_owned(),
        Actor::AccountAdmin => FOUNDER,
        Actor::Member(_) | Actor::Suspended(_) | Actor::Outsider => ACTOR,
    };
    let mut world = world(scheme, actor, target);
    if matches!(actor, Actor::AccountAdmin) {
        // Only the reach counts here, not the founder's own membership.
        world.members.remove(&member_id(PLACE, FOUNDER));
    }
    match world.ask(number, command, NOW) {
        Decision::Accept(_) => "yes".to_owned(),
        Decision::NoOp => "same".to_owned(),
        Decision::Refuse(refusal) => refusal.code.key().to_owned(),
        Decision::Hide => "hidden".to_owned(),
        Decision::Unknown => panic!("a complete world leaves nothing unknown"),
    }
}

fn actions(scheme: SchemeId, target: Role) -> Vec<(String, Command)> {
    let workspace = workspace_id(PLACE);
    let membership = member_id(PLACE, TARGET);
    let was = RoleSet::of(&[target]);
    let mut actions: Vec<_> = scheme
        .scheme()
        .roles
        .iter()
        .map(|role| {
            let roles = RoleSet::of(&[*role]);
            let command = Command::SetMemberRoles { workspace, membership, was, roles };
            (format!("set role {}", role.key()), command)
        })
        .collect();
    actions.push(("suspend".into(), Command::SuspendMember { workspace, membership }));
    actions.push(("remove".into(), Command::RemoveMember { workspace, membership }));
    actions
}

fn workspace_actions(scheme: SchemeId) -> Vec<(String, Command)> {
    let workspace = workspace_id(PLACE);
    let mut actions = vec![
        (
            "create".to_owned(),
            Command::CreateWorkspace {
                workspace: WorkspaceId::from_bytes([77; 16]),
                account: account_id(1),
                title: "New".into(),
                plan: Some(Plan::Basic),
                membership: Some(MembershipId::from_bytes([78; 16])),
            },
        ),
        (
            "rename".to_owned(),
            Command::RenameWorkspace { workspace, was: "Place".into(), title: "New".into() },
        ),
        ("delete".to_owned(), Command::DeleteWorkspace { workspace }),
        ("leave".to_owned(), Command::LeaveWorkspace { workspace }),
    ];
    for role in scheme.scheme().roles {
        let command = Command::CreateInvitation {
            workspace,
            invitation: invitation_id(1),
            address: address(9),
            person: None,
            roles: RoleSet::of(&[*role]),
        };
        actions.push((format!("invite as {}", role.key()), command));
    }
    actions
}

fn actors(scheme: SchemeId) -> Vec<Actor> {
    let mut actors: Vec<_> = scheme.scheme().roles.iter().map(|it| Actor::Member(*it)).collect();
    actors.push(Actor::AccountAdmin);
    actors.push(Actor::Suspended(scheme.scheme().owner_class_role));
    actors.push(Actor::Outsider);
    actors.push(Actor::Anonymous);
    actors
}

fn matrix() -> String {
    let mut out = String::from(
        "Who may do what. `yes` allowed, a code refused by that rule, `hidden` not visible,\n\
         `401` no identity, `same` already so. Two owner-class members besides actor and target.\n",
    );
    for scheme in SchemeId::ALL.iter().copied() {
        let _ = writeln!(out, "\n# {}\n\n## the workspace\n", scheme.key());
        for (name, command) in workspace_actions(scheme) {
            for actor in actors(scheme) {
                let mark = mark(scheme, actor, None, &command);
                let _ = writeln!(out, "{name:28} by {:28} {mark}", actor.name());
            }
        }
        for target in scheme.scheme().roles.iter().copied() {
            let _ = writeln!(out, "\n## a member with role {}\n", target.key());
            for (name, command) in actions(scheme, target) {
                for actor in actors(scheme) {
                    let mark = mark(scheme, actor, Some(target), &command);
                    let _ = writeln!(out, "{name:28} by {:28} {mark}", actor.name());
                }
            }
        }
    }
    out
}

#[test]
fn the_role_matrix_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/role-matrix.txt");
    let wanted = matrix();
    if std::env::var_os("MUSTER_WRITE").is_some() {
        std::fs::write(&path, &wanted).expect("the snapshot can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "the rules changed: look at `MUSTER_WRITE=1 cargo test` and its diff");
}
