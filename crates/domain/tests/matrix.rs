//! The role matrix: every role × every action × every kind of target, as committed text.
//!
//! A change of the rules shows here as a diff. `MUSTER_WRITE=1` rewrites the file. The server
//! answers an anonymous caller before any rule is asked (401), hence that row's mark.

mod support;

use std::fmt::Write as _;
use std::path::Path;

use muster_domain::{
    Activity, Choice, Colour, Command, ContentBody, ContentKind, Decision, Deletion,
    KnowledgeSource, Labels, MemberState, Offer, Permission, Plan, Reviewer, Role, SchemeId,
    TalkState,
};
use support::asks::{
    accept_offer, add, add_admin, create, day, define, delete, end_offer, end_plan, end_review,
    ends_in, entered, group, hand_out, invite, key_of, label, labels_of, leave, leave_account,
    listed, note, offer, one, remove, rename, restore, resume, review, reviewed_by, schedule, set,
    set_end, set_plan, suspend, verdict, verdict_for, write,
};
use support::{NOW, World, account_id, address, login_id, member_id, review_id, workspace_id};

const FOUNDER: u8 = 1;
const ACTOR: u8 = 2;
const TARGET: u8 = 3;
const SECOND_OWNER: u8 = 4;
const NEWCOMER: u8 = 5;
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

/// A workspace with a second owner-class member, the actor and a target of each role; and a
/// second account, whose admin the founder is too, for moves.
fn world(scheme: SchemeId, actor: Actor, target: Option<Role>) -> World {
    let mut world = World::default();
    world.found(1, 10, FOUNDER, scheme);
    world.found(2, 11, FOUNDER, scheme);
    world.run(FOUNDER, &create(PLACE, 1, "Place", Some(FOUNDER)), NOW);
    world.join(PLACE, SECOND_OWNER, one(scheme.scheme().owner_class_role));
    match actor {
        Actor::Member(role) => drop(world.join(PLACE, ACTOR, one(role))),
        Actor::Suspended(role) => {
            world.join(PLACE, ACTOR, one(role));
            world.member(PLACE, ACTOR).state = MemberState::Suspended;
        }
        Actor::AccountAdmin | Actor::Outsider | Actor::Anonymous => {}
    }
    if let Some(role) = target {
        world.join(PLACE, TARGET, one(role));
    }
    // Somebody of the account who is not in the workspace, to be added.
    world.join(10, NEWCOMER, one(scheme.scheme().roles[1]));
    world
}

fn mark(scheme: SchemeId, actor: Actor, target: Option<Role>, action: &Action) -> String {
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
    (action.prepare)(&mut world);
    match world.ask(number, &action.command, day(1)) {
        Decision::Accept(_) => "yes".to_owned(),
        Decision::NoOp => "same".to_owned(),
        Decision::Refuse(refusal) => refusal.code.key().to_owned(),
        Decision::Hide => "hidden".to_owned(),
        Decision::Unknown => panic!("a complete world leaves nothing unknown"),
    }
}

/// What is tried, and what has to be so for it to make sense.
struct Action {
    name: String,
    command: Command,
    prepare: fn(&mut World),
}

fn action(name: &str, command: Command) -> Action {
    Action { name: name.to_owned(), command, prepare: |_| {} }
}

fn actions(scheme: SchemeId, target: Role) -> Vec<Action> {
    let mut world = World::default();
    world.join(PLACE, TARGET, one(target));
    let mut actions: Vec<_> = scheme
        .scheme()
        .roles
        .iter()
        .map(|role| {
            let command = set(&world, PLACE, TARGET, one(*role));
            action(&format!("set role {}", role.key()), command)
        })
        .collect();
    actions.push(action("suspend", suspend(PLACE, TARGET)));
    actions.push(Action {
        name: "let back in".to_owned(),
        command: resume(PLACE, TARGET),
        prepare: |world| world.member(PLACE, TARGET).state = MemberState::Suspended,
    });
    actions.push(action("remove", remove(PLACE, TARGET)));
    actions.push(action("set end", set_end(&world, PLACE, TARGET, ends_in(9))));
    actions.push(action("label", label(PLACE, TARGET, &["night"])));
    actions.push(action("note", note(PLACE, TARGET, "", "back in May")));
    actions
}

fn workspace_actions(scheme: SchemeId) -> Vec<Action> {
    let workspace = workspace_id(PLACE);
    let labels = Command::SetWorkspaceLabels {
        workspace,
        was: Labels::default(),
        labels: labels_of(&["north"]),
    };
    let mut actions = vec![
        action("rename", rename(PLACE, "Place", "New")),
        action("label", labels),
        action("colour", Command::SetWorkspaceColour { workspace, colour: Some(Colour::Plum) }),
        action("choose plan", set_plan(PLACE, Plan::Basic)),
        action("end plan", end_plan(PLACE)),
        action("delete", delete(PLACE)),
        Action {
            name: "restore".to_owned(),
            command: restore(PLACE),
            prepare: |world| {
                world.run(FOUNDER, &delete(PLACE), NOW);
                world.run(SECOND_OWNER, &delete(PLACE), NOW);
            },
        },
        action("leave", leave(PLACE)),
        action("define role", define(PLACE, 1, &[Permission::ChatUse])),
        action("add", add(PLACE, NEWCOMER, 10, one(scheme.scheme().roles[1]))),
    ];
    for role in scheme.scheme().roles {
        let command = invite(PLACE, 1, address(9), one(*role));
        actions.push(action(&format!("invite as {}", role.key()), command));
    }
    for kind in ContentKind::ALL {
        let command = write(PLACE, 1, "Name", body(*kind));
        actions.push(action(&format!("create {}", kind.key()), command));
    }
    actions.extend(review_actions());
    actions
}

fn review_actions() -> Vec<Action> {
    let others = verdict_for(PLACE, 1, &[SECOND_OWNER], Some(Choice::Keep), None);
    let own = verdict(PLACE, 1, &[ACTOR], Some(Choice::Keep));
    let reviewing = |name: &str, command: Command, prepare: fn(&mut World)| Action {
        name: name.to_owned(),
        command,
        prepare,
    };
    vec![
        action("start review", review(PLACE, 1, &[FOUNDER])),
        reviewing("set reviewers", reviewed_by(PLACE, 1, &[SECOND_OWNER, FOUNDER]), reviewed),
        reviewing("review somebody", others.clone(), reviewed),
        reviewing("review, named", others, reviewed_by_actor),
        reviewing("review oneself, named", own, reviewed_by_actor),
        reviewing("close review", end_review(PLACE, 1), reviewed),
        reviewing("register review key", key_of(PLACE, 1, 1), reviewed),
        reviewing("hand out review, named", hand_out(PLACE, 1, 1, "Client"), reviewed_by_actor),
        reviewing(
            "enter decision, named",
            entered(PLACE, 1, 1, &[SECOND_OWNER], Choice::Keep, None),
            handed_out,
        ),
    ]
}

/// One by the actor and the founder, which was handed to a client.
fn handed_out(world: &mut World) {
    reviewed_by_actor(world);
    world.run(FOUNDER, &hand_out(PLACE, 1, 1, "Client"), NOW);
}

/// A review that the second owner decides in.
fn reviewed(world: &mut World) {
    world.run(SECOND_OWNER, &review(PLACE, 1, &[SECOND_OWNER]), NOW);
}

/// A review whose reviewers are the actor and the founder, whether they may or not: somebody
/// who lost the right after they were named.
fn reviewed_by_actor(world: &mut World) {
    reviewed(world);
    let name = "Named".to_owned();
    let reviewers = [FOUNDER, ACTOR].map(|it| Reviewer { login: login_id(it), name: name.clone() });
    let review = world.reviews.get_mut(&review_id(1)).expect("the second owner may start one");
    review.reviewers = reviewers.to_vec();
}

fn account_actions(scheme: SchemeId) -> Vec<Action> {
    let account = account_id(1);
    vec![
        action("create workspace", create(77, 1, "New", Some(ACTOR))),
        action(
            "rename",
            Command::RenameAccount { account, was: "Account 1".into(), title: "New".into() },
        ),
        action(
            "set policies",
            Command::SetPolicy {
                account,
                invitation_days: 3,
                lease_days: 3,
                reason_required: true,
                review_days: None,
                second_admin: None,
                name_days: None,
            },
        ),
        action("add admin", add_admin(PLACE, SECOND_OWNER)),
        action("leave", leave_account(1)),
        action("schedule deletion", schedule(1, 3)),
        Action {
            name: "confirm deletion".to_owned(),
            command: Command::ConfirmDeletion { account },
            prepare: asked_for_by_another,
        },
        action("create group", group(1, 1, listed(&[PLACE]), one(scheme.scheme().roles[1]))),
        action("offer workspace", offer(PLACE, 2)),
        Action { name: "end offer".to_owned(), command: end_offer(PLACE), prepare: offered },
        Action { name: "accept offer".to_owned(), command: accept_offer(PLACE), prepare: offered },
    ]
}

/// A deletion that takes a second Account Admin, who is not the one that asked for it.
fn asked_for_by_another(world: &mut World) {
    let account = world.account_mut(1);
    account.second_admin = true;
    account.deletion = Some(Deletion {
        at: day(3),
        by: "Person 1".into(),
        login: Some(login_id(FOUNDER)),
        confirmed: false,
    });
}

fn offered(world: &mut World) {
    let (to, at) = (account_id(2), NOW);
    let offer = Offer { to, from: "Account 1".into(), by: "Person 1".into(), at };
    world.workspace_mut(PLACE).offer = Some(offer);
}

fn body(kind: ContentKind) -> ContentBody {
    let (state, text) = (Activity::On, "Text".to_owned());
    match kind {
        ContentKind::Agent => {
            ContentBody::Agent { instructions: text, state, knowledge: Vec::new() }
        }
        ContentKind::Prompt => ContentBody::Prompt { text },
        ContentKind::Knowledge => {
            ContentBody::Knowledge { source: KnowledgeSource::Faq, text, size: 4 }
        }
        ContentKind::Integration => ContentBody::Integration { service: text, state },
        ContentKind::Channel => ContentBody::Channel { medium: text, state },
        ContentKind::Conversation => ContentBody::Conversation {
            person: text.clone(),
            at: NOW,
            channel: text,
            state: TalkState::Open,
        },
        ContentKind::Lead => ContentBody::Lead {
            person: text.clone(),
            contact: text.clone(),
            at: NOW,
            channel: text,
            state: TalkState::Open,
        },
    }
}

fn actors(scheme: SchemeId) -> Vec<Actor> {
    let mut actors: Vec<_> = scheme.scheme().roles.iter().map(|it| Actor::Member(*it)).collect();
    actors.push(Actor::AccountAdmin);
    actors.push(Actor::Suspended(scheme.scheme().owner_class_role));
    actors.push(Actor::Outsider);
    actors.push(Actor::Anonymous);
    actors
}

fn lines(out: &mut String, scheme: SchemeId, target: Option<Role>, actions: &[Action]) {
    for action in actions {
        for actor in actors(scheme) {
            let mark = mark(scheme, actor, target, action);
            let _ = writeln!(out, "{:28} by {:28} {mark}", action.name, actor.name());
        }
    }
}

fn matrix() -> String {
    let mut out = String::from(
        "Who may do what. `yes` allowed, a code refused by that rule, `hidden` not visible,\n\
         `401` no identity, `same` already so. Two owner-class members besides actor and target.\n",
    );
    for scheme in SchemeId::ALL.iter().copied() {
        let _ = writeln!(out, "\n# {}\n\n## the account\n", scheme.key());
        lines(&mut out, scheme, None, &account_actions(scheme));
        let _ = writeln!(out, "\n## the workspace\n");
        lines(&mut out, scheme, None, &workspace_actions(scheme));
        for target in scheme.scheme().roles.iter().copied() {
            let _ = writeln!(out, "\n## a member with role {}\n", target.key());
            lines(&mut out, scheme, Some(target), &actions(scheme, target));
        }
    }
    out
}

/// Every role's permissions, as the Roles page shows them.
fn table() -> String {
    let mut out = String::from("What each built-in role gives.\n");
    for scheme in SchemeId::ALL {
        let roles = scheme.scheme().roles;
        let _ = writeln!(out, "\n# {}\n", scheme.key());
        for permission in Permission::ALL {
            let holds: Vec<_> = roles
                .iter()
                .filter(|role| one(**role).permissions(&Default::default()).has(*permission))
                .map(|role| role.key())
                .collect();
            let _ = writeln!(out, "{:18} {}", permission.key(), holds.join(" "));
        }
    }
    out
}

#[test]
fn r1_the_table_of_roles_and_permissions_is_the_committed_one() {
    committed("role-permissions.txt", &table());
}

#[test]
fn r1_the_role_matrix_is_the_committed_one() {
    committed("role-matrix.txt", &matrix());
}

fn committed(name: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("MUSTER_WRITE").is_some() {
        std::fs::write(&path, wanted).expect("the snapshot can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "the rules changed: look at `MUSTER_WRITE=1 cargo test` and its diff");
}
