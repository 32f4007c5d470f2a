//! Access as text: the same access is the same bytes, nothing in a text is lost or guessed, and
//! the text of one state applied to another gives the first, as far as the rules let it.

use std::collections::{BTreeMap, BTreeSet};

use muster_domain::{
    Address, End, Group, MemberState, Membership, PermissionSet, Role, RoleSet, Row, SchemeId,
    Timestamp,
};
use proptest::prelude::*;

use super::world::{
    LARCH, ME, NORTHWIND, NOW, Told, World, agency, invitation, member, roles, support_lead,
};
use crate::access::{Access, answer, collect, parse, write};
use crate::draft::draft;
use crate::view::{AccessAnswer, AccessFault, GapReason, Intent, PlanAct, Verdict};

fn text_of(world: &World) -> String {
    write(&access(world))
}

fn access(world: &World) -> Access {
    collect(&world.online(), NORTHWIND).expect("reads").0
}

fn asked(world: &World, text: &str) -> AccessAnswer {
    answer(&world.online(), NORTHWIND, text).expect("answers")
}

/// What can be wrong, with its line.
fn faults(text: &str) -> Vec<(u32, AccessFault, String)> {
    let errors = parse(text).expect_err("something is wrong");
    errors.into_iter().map(|it| (it.line, it.what, it.found)).collect()
}

fn head(lines: &str) -> String {
    let id = NORTHWIND;
    format!("muster-access 1\nworkspace {id} \"Northwind\"\nscheme managed\n{lines}")
}

#[test]
fn e47_access_text_says_who_has_access_in_one_line_each() {
    let mut told = agency();
    let until = Some(End { at: NOW, roles: None }).map(|it| End { at: NOW.plus_days(9), ..it });
    let bea = member(NORTHWIND, 2, "Bea \"B\" Ng", roles(&[Role::AgentManager]));
    told.row(Row::Membership(Membership { until, state: MemberState::Suspended, ..bea }));
    told.row(Row::Invitation(invitation(8, ME, roles(&[Role::ChatUser]))));
    let world = told.heard();
    let expected = format!(
        "muster-access 1\n\
         workspace {NORTHWIND} \"Northwind\"\n\
         scheme managed\n\
         role \"Support lead\" member.view member.manage\n\
         admin person0@client.example \"Ana\"\n\
         admin person10@client.example \"Ben\"\n\
         person person10@client.example \"Ben\" chat_user\n\
         person person1@client.example \"Alejandro\" workspace_admin\n\
         person person2@client.example \"Bea \\\"B\\\" Ng\" agent_manager suspended until 2027-01-24T08:00:00Z\n\
         person person3@client.example \"Chidi\" chat_user\n\
         person person4@client.example \"Eli\" \"Support lead\"\n\
         invitation person8@client.example \"\" chat_user\n"
    );
    assert_eq!(text_of(&world), expected);
    assert_eq!(text_of(&world.restart()), expected, "the same access is the same bytes");
}

#[test]
fn e47_access_text_of_now_applied_now_changes_nothing() {
    let world = agency().heard();
    let found = asked(&world, &text_of(&world));
    let plan = found.plan.expect("a plan");
    assert_eq!((plan.intents, plan.gaps), (Vec::new(), Vec::new()));
    assert_eq!(found.other, None);
}

#[test]
fn e47_access_text_edited_by_hand_becomes_a_plan() {
    let world = agency().heard();
    let text = text_of(&world)
        .replace("\"Bea\" agent_manager", "\"Bea\" content_manager+chat_user")
        .replace("\"Chidi\" chat_user", "\"Chidi\" chat_user suspended until 2027-02-01")
        .replace("person person4@client.example \"Eli\" \"Support lead\"\n", "")
        + "\n# somebody new\nperson new@x.example \"New\" chat_user\n";
    let plan = asked(&world, &text).plan.expect("a plan");
    let acts: Vec<(PlanAct, &str)> =
        plan.preview.lines.iter().map(|it| (it.act, it.name.as_str())).collect();
    assert_eq!(
        acts,
        [
            (PlanAct::Roles, "Bea"),
            (PlanAct::Suspend, "Chidi"),
            (PlanAct::End, "Chidi"),
            (PlanAct::Invite, "new@x.example"),
            (PlanAct::Remove, "Eli"),
        ]
    );
    assert!(plan.preview.lines.iter().all(|it| it.verdict == Verdict::Allowed));
    assert_eq!(plan.preview.lines[2].until, Some(Timestamp(1_801_440_000_000)));
}

#[test]
fn e47_access_text_with_errors_names_each_line_and_makes_no_plan() {
    let text = head(
        "person nobody \"No\" chat_user\n\
         person a@x.example No chat_user\n\
         person a@x.example \"A\" boss\n\
         person b@x.example \"B\" chat_user until soon\n\
         person c@x.example \"C\" chat_user now\n\
         persn d@x.example \"D\" chat_user\n\
         person e@x.example \"E chat_user\n\
         person f@x.example \"F\" chat_user\n\
         person f@x.example \"F\" chat_user\n\
         scheme managed\n\
         role \"R\" fly\n\
         person g@x.example \"G\" \"No such role\"\n",
    );
    let wrong = |line, what, found: &str| (line, what, found.to_owned());
    use AccessFault as Fault;
    assert_eq!(
        faults(&text),
        [
            wrong(4, Fault::Address, "nobody"),
            wrong(5, Fault::Name, "No"),
            wrong(6, Fault::Twice, "5"),
            wrong(7, Fault::Moment, "soon"),
            wrong(8, Fault::Rest, "now"),
            wrong(9, Fault::Word, "persn"),
            wrong(10, Fault::Name, "E chat_user"),
            wrong(12, Fault::Twice, "11"),
            wrong(13, Fault::Twice, "3"),
            wrong(14, Fault::Permission, "fly"),
        ]
    );
    let world = agency().heard();
    let found = asked(&world, &head("person g@x.example \"G\" \"No such role\"\n"));
    assert!(found.plan.is_none());
    assert_eq!((found.errors[0].line, found.errors[0].what), (4, Fault::OwnRole));
    let found = asked(&world, &head("person g@x.example \"G\" owner\n"));
    assert_eq!((found.errors[0].line, found.errors[0].what), (4, Fault::Role), "other scheme");
}

#[test]
fn e47_access_text_that_is_none_or_too_new_is_told() {
    use AccessFault as Fault;
    assert_eq!(faults("")[0].1, Fault::NoVersion);
    assert_eq!(faults("name,address\n")[0].1, Fault::NoVersion);
    assert_eq!(faults("muster-access 2\n")[0].1, Fault::NewerVersion);
    let missing: Vec<_> = faults("muster-access 1\n").into_iter().map(|it| it.1).collect();
    assert_eq!(missing, [Fault::Workspace, Fault::Scheme]);
    let world = agency().heard();
    let other = text_of(&world).replace("scheme managed", "scheme owner_led");
    assert_eq!(asked(&world, &other).errors[0].what, Fault::Scheme);
}

#[test]
fn e47_access_text_of_another_workspace_says_so() {
    let world = agency().heard();
    let text = text_of(&world).replace(&NORTHWIND.to_string(), &super::world::ACME.to_string());
    assert_eq!(asked(&world, &text).other.as_deref(), Some("Northwind"));
}

#[test]
fn e47_access_text_leaves_no_name_that_breaks_a_line() {
    let world = agency().heard();
    let mut access = access(&world);
    access.people[0].name = "a\"b\\c\nperson x@y.example \"Eve\" owner\u{202e}\u{feff}".to_owned();
    let text = write(&access);
    assert_eq!(text.lines().count(), write(&super::access::access(&world)).lines().count());
    let again = parse(&text).expect("is read");
    assert!(again.people.iter().any(|it| it.name == access.people[0].name));
    assert!(!text.contains('\u{202e}'));
}

#[test]
fn e37_what_comes_from_a_group_is_changed_there() {
    let mut told = agency();
    let group = muster_domain::GroupId::from_bytes([7; 16]);
    told.accounts.groups = vec![Group {
        id: group,
        account: LARCH,
        name: "Pod 1".to_owned(),
        covers: muster_domain::Covers::Listed(vec![NORTHWIND]),
        roles: roles(&[Role::AgentManager]),
        people: Vec::new(),
        deleted: false,
    }];
    let bea = member(NORTHWIND, 2, "Bea", roles(&[Role::AgentManager]));
    told.row(Row::Membership(Membership { group: Some(group), ..bea }));
    let world = told.heard();
    let text = text_of(&world);
    assert!(text.contains("\ngroup \"Pod 1\" agent_manager\n"), "{text}");
    assert!(text.contains("\"Bea\" agent_manager group \"Pod 1\"\n"), "{text}");
    let without: String = text
        .lines()
        .filter(|it| !it.contains("Bea"))
        .fold(String::new(), |text, line| text + line + "\n");
    let plan = asked(&world, &without).plan.expect("a plan");
    assert!(plan.intents.is_empty(), "{:?}", plan.intents);
    assert_eq!((plan.gaps[0].why, plan.gaps[0].of.as_str()), (GapReason::Grouped, "Pod 1"));
}

/// One person of a state, by number.
#[derive(Debug, Clone)]
struct One {
    roles: RoleSet,
    suspended: bool,
    until: Option<(i64, Option<RoleSet>)>,
}

const SOME: [Role; 4] =
    [Role::AgentManager, Role::ContentManager, Role::ChatUser, Role::BillingAdmin];

fn some_roles() -> impl Strategy<Value = RoleSet> {
    let built_in = proptest::sample::subsequence(SOME.to_vec(), 1..3).prop_map(|it| roles(&it));
    prop_oneof![3 => built_in, 1 => Just(RoleSet::own(0))]
}

fn one() -> impl Strategy<Value = One> {
    let lower = prop_oneof![Just(None), Just(Some(roles(&[Role::ChatUser])))];
    let until = proptest::option::weighted(0.3, ((1_i64..400_000_000), lower));
    (some_roles(), any::<bool>(), until).prop_map(|(roles, suspended, until)| One {
        roles,
        suspended,
        until,
    })
}

/// Who is there, and who is invited.
type State = (BTreeMap<u8, One>, BTreeMap<u8, RoleSet>);

fn state() -> impl Strategy<Value = State> {
    let people = proptest::collection::btree_map(20_u8..30, one(), 0..8);
    let invited = proptest::collection::btree_map(30_u8..36, some_roles(), 0..4);
    (people, invited)
}

fn world_of((people, invited): &State) -> World {
    let mut told = Told { accounts: agency().accounts, ..Told::default() };
    let manager = member(NORTHWIND, 1, "Alejandro", roles(&[Role::WorkspaceAdmin]));
    let mut rows = vec![Row::Role(support_lead()), Row::Membership(manager)];
    for (number, one) in people {
        let made = member(NORTHWIND, *number, &format!("Person {number}"), one.roles);
        rows.push(Row::Membership(Membership {
            state: if one.suspended { MemberState::Suspended } else { MemberState::Active },
            until: one.until.map(|(after, roles)| End { at: Timestamp(NOW.0 + after), roles }),
            ..made
        }));
    }
    for (number, roles) in invited {
        rows.push(Row::Invitation(invitation(*number, ME, *roles)));
    }
    let (place, _, _) = agency().places.into_iter().next().expect("Northwind");
    told.place(place, PermissionSet::ALL, rows);
    told.heard()
}

/// Does every line, as if the server took it; answers whom the rules kept as they were.
fn carry_out(world: &World, intents: Vec<Intent>) -> BTreeSet<String> {
    let mut refused = BTreeSet::new();
    for intent in intents {
        let bench = world.online();
        let about = match &intent {
            Intent::Invite { address, .. } => address.clone(),
            Intent::SetRoles { member, .. }
            | Intent::Suspend { member, .. }
            | Intent::Resume { member, .. }
            | Intent::SetEnd { member, .. }
            | Intent::Remove { member, .. } => {
                let entry = world.cache.member(*member).expect("reads").expect("is there");
                entry.member.address.to_string()
            }
            other => format!("{other:?}"),
        };
        let made = draft(&bench, intent).expect("a command");
        let kept = world.cache.submit(&made.command, NOW, made.label).expect("answers");
        if kept.n.is_none() && kept.decision.refusal().is_some() {
            refused.insert(about);
        }
    }
    refused
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn e47_access_text_is_read_as_it_was_written(state in state(), name in "\\PC{0,12}") {
        let world = world_of(&state);
        let mut access = access(&world);
        if let Some(one) = access.people.first_mut() {
            one.name = name;
        }
        let text = write(&access);
        let read = parse(&text).expect("is read");
        prop_assert_eq!(write(&read), text);
    }

    #[test]
    fn r16_e47_access_text_of_one_state_applied_to_another_gives_the_first(a in state(), b in state()) {
        let (there, here) = (world_of(&a), world_of(&b));
        let found = asked(&here, &text_of(&there));
        prop_assert!(found.errors.is_empty(), "{:?}", found.errors);
        let plan = found.plan.expect("a plan");
        let gaps: BTreeSet<String> = plan.gaps.iter().map(|it| it.about.clone()).collect();
        let refused = carry_out(&here, plan.intents);
        let (wanted, got) = (access(&there), access(&here));
        let find = |number: &Address| got.people.iter().find(|it| it.address == *number).cloned();
        let invited: BTreeMap<_, _> =
            got.invitations.iter().map(|it| (it.address.clone(), it.roles.clone())).collect();
        for line in &wanted.people {
            if refused.contains(line.address.as_str()) {
                continue;
            }
            match find(&line.address) {
                Some(is) => {
                    prop_assert_eq!(&is.roles, &line.roles);
                    prop_assert_eq!(is.is_suspended, line.is_suspended);
                    prop_assert_eq!(&is.until, &line.until);
                }
                // Who is not here comes back by invitation, and what that leaves open is said.
                None => {
                    prop_assert_eq!(invited.get(&line.address), Some(&line.roles));
                    let is_less = line.is_suspended || line.until.is_some();
                    prop_assert_eq!(gaps.contains(&line.name), is_less);
                }
            }
        }
        for line in &wanted.invitations {
            prop_assert_eq!(invited.get(&line.address), Some(&line.roles));
        }
        let named = |it: &Address| {
            wanted.people.iter().any(|one| one.address == *it)
                || wanted.invitations.iter().any(|one| one.address == *it)
        };
        for line in &got.people {
            let stays = named(&line.address) || refused.contains(line.address.as_str());
            prop_assert!(stays, "{} is still here", line.address);
        }
        for address in invited.keys() {
            prop_assert!(named(address), "{} is still invited", address);
        }
    }
}

#[test]
fn e47_access_text_of_a_freelancer_names_no_admins() {
    let world = super::world::freelancer().heard();
    let (access, complete) = collect(&world.online(), super::world::STUDIO).expect("reads");
    assert!(complete);
    assert_eq!((access.scheme, access.admins.len()), (SchemeId::OwnerLed, 0));
}
