//! The permission rules written a second time, as tables and sentences of their own, and
//! compared with the rule book: over every finite case, and over random ones.
//!
//! Nothing of the rule book is used here but its types: no role table, no scheme, no guard.
//! `MUSTER_SEED=n` repeats a run, `MUSTER_ORACLE=n` sets how many random cases there are.

mod support;

use muster_domain::{
    Activity, Command, ContentBody, Decision, KnowledgeSource, MemberState, PermissionSet, Plan,
    Role, RoleSet, SchemeId,
};
use support::asks::{
    create, day, define, delete, end_plan, ends_in, invite, label, note, one, remove, rename,
    resume, review, set, set_end, set_plan, suspend, write,
};
use support::random::{Dice, number, seed};
use support::{NOW, World, address, role_id, workspace_id};

const FOUNDER: u8 = 1;
const ACTOR: u8 = 2;
const TARGET: u8 = 3;
const SECOND_OWNER: u8 = 4;
const PLACE: u8 = 20;

/// What each role gives, as letters: one for each permission in the order of [`LETTERS`].
const TABLE: &[(&str, &str, &str)] = &[
    // scheme, role, letters
    ("owner_led", "owner", "vnsdomgDaAPkKICclxbByrE"),
    ("owner_led", "admin", "vnsmgaAPkKICclxyrE"),
    ("owner_led", "write", "vmaAPkKICclx"),
    ("owner_led", "read", "vmakclx"),
    ("managed", "workspace_admin", "vnsdomgDaAPkKICclxbByrE"),
    ("managed", "agent_manager", "vmaAPkICclx"),
    ("managed", "content_manager", "vmakKclx"),
    ("managed", "billing_admin", "vbB"),
    ("managed", "chat_user", "x"),
];

/// The letter of each permission's key.
const LETTERS: &[(&str, char)] = &[
    ("ws.view", 'v'),
    ("ws.rename", 'n'),
    ("ws.settings", 's'),
    ("ws.delete", 'd'),
    ("owner.assign", 'o'),
    ("member.view", 'm'),
    ("member.manage", 'g'),
    ("role.define", 'D'),
    ("agent.view", 'a'),
    ("agent.edit", 'A'),
    ("prompt.edit", 'P'),
    ("knowledge.view", 'k'),
    ("knowledge.edit", 'K'),
    ("integration.edit", 'I'),
    ("channel.edit", 'C'),
    ("conversation.view", 'c'),
    ("lead.view", 'l'),
    ("chat.use", 'x'),
    ("billing.view", 'b'),
    ("billing.manage", 'B'),
    ("audit.view", 'y'),
    ("review.run", 'r'),
    ("export.run", 'E'),
];

/// Permissions as a plain text of letters.
type Letters = String;

fn everything() -> Letters {
    LETTERS.iter().map(|(_, letter)| letter).collect()
}

fn of_role(key: &str) -> Letters {
    let row = TABLE.iter().find(|(_, role, _)| *role == key).expect("a role of the table");
    row.2.to_owned()
}

fn within(inner: &str, outer: &str) -> bool {
    inner.chars().all(|letter| outer.contains(letter))
}

fn joined(one: &str, other: &str) -> Letters {
    let mut all = one.to_owned();
    all.extend(other.chars().filter(|letter| !one.contains(*letter)));
    all
}

/// Roles as the oracle sees them: keys, and for roles of the workspace's own their letters.
#[derive(Debug, Clone, PartialEq)]
struct Roles {
    keys: Vec<&'static str>,
    own: Vec<(u8, Letters)>,
}

impl Roles {
    fn built_in(keys: &[&'static str]) -> Self {
        Self { keys: keys.to_vec(), own: Vec::new() }
    }

    fn letters(&self) -> Letters {
        let built_in = self.keys.iter().fold(String::new(), |all, key| joined(&all, &of_role(key)));
        self.own.iter().fold(built_in, |all, (_, letters)| joined(&all, letters))
    }

    fn count(&self) -> usize {
        self.keys.len() + self.own.len()
    }

    /// Whether one member of the scheme can hold them together.
    fn fit(&self, scheme: &str) -> bool {
        let known = |key: &&str| TABLE.iter().any(|(of, role, _)| *of == scheme && role == key);
        let number = if scheme == "managed" { self.count() >= 1 } else { self.count() == 1 };
        let own = self.own.is_empty() || scheme == "managed";
        self.keys.iter().all(known) && own && number
    }

    fn has_owner_class(&self) -> bool {
        self.keys.iter().any(|key| *key == "owner" || *key == "workspace_admin")
    }

    fn real(&self) -> RoleSet {
        let built_in = self.keys.iter().map(|key| Role::from_key(key).expect("a role"));
        let own = self.own.iter().map(|(slot, _)| RoleSet::own(*slot));
        built_in.map(one).chain(own).collect()
    }
}

/// What is tried.
#[derive(Debug, Clone)]
enum Act {
    Rename,
    Delete,
    Plan,
    EndPlan,
    Define(Letters),
    Invite(Roles),
    Set(Roles),
    End,
    Suspend,
    Resume,
    Remove,
    Label,
    Note,
    Write(&'static str),
    /// A review of the workspace by the actor, or one by the two owners.
    Review(Reviewed),
}

#[derive(Debug, Clone, Copy)]
enum Reviewed {
    ByActor,
    ByOwners,
}

/// Who stands where. Besides them there are two owner-class members who count.
#[derive(Debug, Clone)]
struct Case {
    scheme: SchemeId,
    actor: Option<Roles>,
    actor_suspended: bool,
    actor_is_admin: bool,
    target: Roles,
    target_suspended: bool,
    target_is_admin: bool,
    act: Act,
}

/// What the answer should be: allowed (or so already), refused, or not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Hidden,
}

/// The rules a second time: who has what, and what each act asks for.
fn answer(case: &Case) -> Answer {
    let managed = case.scheme == SchemeId::Managed;
    let scheme = if managed { "managed" } else { "owner_led" };
    let reach = if managed && case.actor_is_admin { everything() } else { String::new() };
    let held = match &case.actor {
        Some(roles) if !case.actor_suspended => roles.letters(),
        Some(_) | None => String::new(),
    };
    let has = joined(&reach, &held);
    if has.is_empty() {
        return Answer::Hidden;
    }
    let allowed = match &case.act {
        Act::Rename => has.contains('n'),
        Act::Delete => has.contains('d'),
        Act::Plan | Act::EndPlan => has.contains('B'),
        Act::Define(letters) => managed && has.contains('D') && within(letters, &has),
        Act::Invite(roles) => has.contains('g') && gives(roles, scheme, &has),
        Act::Write(kind) => {
            let (see, edit) = match *kind {
                "agent" => ('a', 'A'),
                "prompt" => ('a', 'P'),
                "knowledge" => ('k', 'K'),
                "integration" => ('a', 'I'),
                _ => ('a', 'C'),
            };
            if !has.contains(see) {
                return Answer::Hidden;
            }
            has.contains(edit)
        }
        // Account Admins without reach and suspended people are hidden above already.
        Act::Review(Reviewed::ByActor | Reviewed::ByOwners) => has.contains('r'),
        Act::Set(_)
        | Act::End
        | Act::Suspend
        | Act::Resume
        | Act::Remove
        | Act::Label
        | Act::Note => {
            if !has.contains('m') {
                return Answer::Hidden;
            }
            has.contains('g') && about_member(case, scheme, &has)
        }
    };
    if allowed { Answer::Yes } else { Answer::No }
}

/// R2 and R4 for roles that are given.
fn gives(roles: &Roles, scheme: &str, has: &str) -> bool {
    roles.fit(scheme)
        && within(&roles.letters(), has)
        && (!roles.has_owner_class() || has.contains('o'))
}

/// R2, R3, R4 and E-40 for the other member.
fn about_member(case: &Case, scheme: &str, has: &str) -> bool {
    let target = &case.target;
    let by_reach =
        if case.target_is_admin && scheme == "managed" { everything() } else { String::new() };
    let weaker = within(&joined(&target.letters(), &by_reach), has);
    let owners = !target.has_owner_class() || has.contains('o');
    match &case.act {
        Act::Set(roles) => {
            let crosses = target.has_owner_class() != roles.has_owner_class();
            let may_cross = !crosses || has.contains('o');
            weaker && may_cross && roles.fit(scheme) && within(&roles.letters(), has)
        }
        Act::End => weaker && !target.has_owner_class(),
        Act::Suspend | Act::Remove => weaker && owners,
        Act::Resume => weaker && owners && gives(target, scheme, has),
        Act::Label | Act::Note => true,
        Act::Rename
        | Act::Delete
        | Act::Plan
        | Act::EndPlan
        | Act::Define(_)
        | Act::Invite(_)
        | Act::Write(_)
        | Act::Review(_) => false,
    }
}

/// A world in which two other owner-class members count, so that no floor speaks.
fn world(case: &Case) -> World {
    let mut world = World::default();
    world.found(1, 10, FOUNDER, case.scheme);
    world.run(FOUNDER, &create(PLACE, 1, "Place", Some(FOUNDER)), NOW);
    world.join(PLACE, SECOND_OWNER, one(case.scheme.scheme().owner_class_role));
    // An owner with an account keeps the workspace somewhere when another steps down (E-65).
    world.found(2, 11, SECOND_OWNER, SchemeId::OwnerLed);
    let given = match &case.act {
        Act::Set(roles) | Act::Invite(roles) => Some(roles),
        _ => None,
    };
    let own = case.actor.iter().chain([&case.target]).chain(given).flat_map(|it| it.own.clone());
    for (slot, letters) in own {
        let role = muster_domain::OwnRole {
            id: role_id(slot + 1),
            workspace: workspace_id(PLACE),
            slot,
            name: format!("Own {slot}"),
            permissions: real(&letters),
            by: String::new(),
            deleted: false,
        };
        world.roles.insert(role.id, role);
    }
    if let Some(roles) = &case.actor {
        world.join(PLACE, ACTOR, roles.real());
        if case.actor_suspended {
            world.member(PLACE, ACTOR).state = MemberState::Suspended;
        }
    }
    world.join(PLACE, TARGET, case.target.real());
    if case.target_suspended {
        world.member(PLACE, TARGET).state = MemberState::Suspended;
    }
    for (login, is_admin) in [(ACTOR, case.actor_is_admin), (TARGET, case.target_is_admin)] {
        if is_admin {
            let mut admin =
                world.admins[&(support::account_id(1), support::login_id(FOUNDER))].clone();
            admin.login = world.person(login).id;
            world.admins.insert((admin.account, admin.login), admin);
        }
    }
    world
}

fn real(letters: &str) -> PermissionSet {
    let of = |key: &str| {
        let found = LETTERS.iter().find(|(it, _)| *it == key);
        found.expect("every permission has a letter").1
    };
    let all = muster_domain::Permission::ALL.iter().copied();
    all.filter(|it| letters.contains(of(it.key()))).collect()
}

fn command(case: &Case, world: &World) -> Command {
    match &case.act {
        Act::Rename => rename(PLACE, "Place", "New"),
        Act::Delete => delete(PLACE),
        Act::Plan => set_plan(PLACE, Plan::Basic),
        Act::EndPlan => end_plan(PLACE),
        Act::Define(letters) => {
            let Command::DefineRole { workspace, role, title, .. } = define(PLACE, 99, &[]) else {
                unreachable!("it defines a role")
            };
            Command::DefineRole { workspace, role, title, permissions: real(letters) }
        }
        Act::Invite(roles) => invite(PLACE, 1, address(9), roles.real()),
        Act::Set(roles) => set(world, PLACE, TARGET, roles.real()),
        Act::End => set_end(world, PLACE, TARGET, ends_in(9)),
        Act::Suspend => suspend(PLACE, TARGET),
        Act::Resume => resume(PLACE, TARGET),
        Act::Remove => remove(PLACE, TARGET),
        Act::Label => label(PLACE, TARGET, &["night"]),
        Act::Note => note(PLACE, TARGET, "", "back in May"),
        Act::Write(kind) => write(PLACE, 1, "Name", body(kind)),
        Act::Review(Reviewed::ByActor) => review(PLACE, 1, &[ACTOR]),
        Act::Review(Reviewed::ByOwners) => review(PLACE, 1, &[FOUNDER, SECOND_OWNER]),
    }
}

fn body(kind: &str) -> ContentBody {
    let (text, state) = ("Text".to_owned(), Activity::On);
    match kind {
        "agent" => ContentBody::Agent { instructions: text, state, knowledge: Vec::new() },
        "prompt" => ContentBody::Prompt { text },
        "knowledge" => ContentBody::Knowledge { source: KnowledgeSource::Faq, text, size: 4 },
        "integration" => ContentBody::Integration { service: text, state },
        _ => ContentBody::Channel { medium: text, state },
    }
}

#[track_caller]
fn compare(case: &Case) {
    let mut world = world(case);
    let command = command(case, &world);
    let decision = world.ask(ACTOR, &command, day(1));
    let found = match &decision {
        Decision::Accept(_) | Decision::NoOp => Answer::Yes,
        Decision::Refuse(_) => Answer::No,
        Decision::Hide => Answer::Hidden,
        Decision::Unknown => panic!("a whole world leaves nothing unknown: {case:#?}"),
    };
    assert_eq!(found, answer(case), "the rule book says {decision:?} to {case:#?}");
}

fn keys(scheme: SchemeId) -> Vec<&'static str> {
    let name = if scheme == SchemeId::Managed { "managed" } else { "owner_led" };
    TABLE.iter().filter(|(of, _, _)| *of == name).map(|(_, role, _)| *role).collect()
}

/// Every set of one and two built-in roles that a member can hold.
fn sets(scheme: SchemeId) -> Vec<Roles> {
    let keys = keys(scheme);
    let mut sets: Vec<_> = keys.iter().map(|key| Roles::built_in(&[key])).collect();
    if scheme == SchemeId::Managed {
        for (at, first) in keys.iter().enumerate() {
            sets.extend(keys[at + 1..].iter().map(|second| Roles::built_in(&[first, second])));
        }
    }
    sets
}

fn acts(scheme: SchemeId) -> Vec<Act> {
    let mut acts = vec![
        Act::Rename,
        Act::Delete,
        Act::Plan,
        Act::EndPlan,
        Act::Define("v".into()),
        Act::Define(everything()),
        Act::End,
        Act::Suspend,
        Act::Resume,
        Act::Remove,
        Act::Label,
        Act::Note,
    ];
    acts.extend([Reviewed::ByActor, Reviewed::ByOwners].map(Act::Review));
    acts.extend(["agent", "prompt", "knowledge", "integration", "channel"].map(Act::Write));
    for roles in sets(scheme) {
        acts.push(Act::Invite(roles.clone()));
        acts.push(Act::Set(roles));
    }
    // Roles of the other scheme, none, and too many.
    let other = if scheme == SchemeId::Managed { "read" } else { "chat_user" };
    for keys in [vec![other], vec![], vec!["owner", "read"]] {
        acts.push(Act::Invite(Roles::built_in(&keys)));
        acts.push(Act::Set(Roles::built_in(&keys)));
    }
    acts
}

#[test]
fn r1_r2_r3_r4_every_set_of_roles_against_every_act_and_target() {
    for scheme in SchemeId::ALL.iter().copied() {
        let mut cases = 0_u32;
        let actors = sets(scheme).into_iter().map(Some).chain([None]);
        for (actor, actor_is_admin) in actors.flat_map(|it| [(it.clone(), false), (it, true)]) {
            for target in sets(scheme) {
                for act in acts(scheme) {
                    // Where the target is not asked about, one is enough.
                    let about_target = !matches!(
                        act,
                        Act::Rename
                            | Act::Delete
                            | Act::Plan
                            | Act::EndPlan
                            | Act::Define(_)
                            | Act::Invite(_)
                            | Act::Write(_)
                            | Act::Review(_)
                    );
                    if !about_target && target != sets(scheme)[0] {
                        continue;
                    }
                    compare(&Case {
                        scheme,
                        actor: actor.clone(),
                        actor_suspended: false,
                        actor_is_admin,
                        target: target.clone(),
                        target_suspended: matches!(act, Act::Resume),
                        target_is_admin: false,
                        act,
                    });
                    cases += 1;
                }
            }
        }
        assert!(cases > 500, "{cases} cases of {}", scheme.key());
    }
}

struct Chance {
    dice: Dice,
    scheme: SchemeId,
    own: Vec<(u8, Letters)>,
}

impl Chance {
    fn new(dice: Dice) -> Self {
        let mut chance = Self { dice, scheme: SchemeId::OwnerLed, own: Vec::new() };
        if chance.dice.one_in(4) {
            return chance;
        }
        chance.scheme = SchemeId::Managed;
        for slot in 0..3 {
            let letters = chance.letters();
            chance.own.push((slot, letters));
        }
        chance
    }

    fn letters(&mut self) -> Letters {
        let likely = 1 + self.dice.roll(4);
        let some: Letters = everything().chars().filter(|_| self.dice.one_in(likely)).collect();
        some
    }

    fn roles(&mut self) -> Roles {
        let keys = keys(self.scheme);
        let first = self.dice.pick(&keys).expect("some");
        if self.scheme == SchemeId::OwnerLed {
            return Roles::built_in(&[first]);
        }
        let mut roles = Roles { keys: Vec::new(), own: Vec::new() };
        if self.dice.one_in(2) {
            roles.keys.push(first);
        }
        for own in self.own.clone() {
            if self.dice.one_in(3) {
                roles.own.push(own);
            }
        }
        if roles.count() == 0 {
            roles.own.extend(self.own.first().cloned());
        }
        roles
    }

    fn case(&mut self) -> Case {
        let actor = (!self.dice.one_in(8)).then(|| self.roles());
        let target = self.roles();
        let act = self.act();
        Case {
            scheme: self.scheme,
            actor,
            actor_suspended: self.dice.one_in(10),
            actor_is_admin: self.dice.one_in(4),
            target,
            target_suspended: matches!(act, Act::Resume) || self.dice.one_in(6),
            target_is_admin: self.dice.one_in(6),
            act,
        }
    }

    fn act(&mut self) -> Act {
        let all = acts(self.scheme);
        match self.dice.roll(6) {
            0 => Act::Define(self.letters()),
            1 => Act::Invite(self.roles()),
            2 | 3 => Act::Set(self.roles()),
            _ => self.dice.pick(&all).expect("some"),
        }
    }
}

#[test]
fn r1_r2_r3_r4_r5_random_cases_agree_with_the_oracle() {
    let seed = seed();
    let cases = number("MUSTER_ORACLE", 10_000);
    for at in 0..cases {
        compare(&Chance::new(Dice(seed.wrapping_add(at.wrapping_mul(0x9E37)))).case());
    }
    println!("{cases} random cases");
}

#[test]
fn v25_v31_u54_u55_u56_u57_u58_the_table_says_what_the_roles_give() {
    for (scheme, key, letters) in TABLE {
        let role = Role::from_key(key).expect("a role");
        assert_eq!(role.permissions(), real(letters), "{scheme} {key}");
    }
    assert_eq!(TABLE.len(), Role::ALL.len());
    assert_eq!(real(&everything()), PermissionSet::ALL);
}
