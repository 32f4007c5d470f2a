//! Workspaces: lists, the open one, the bin, offers, handing over, names.

use muster_domain::{
    Ended, Labels, Offer, Permission, Plan, Role, Row, Timestamp, WorkspaceId, WorkspaceStatus,
};
use muster_protocol::Offered;

use super::world::{
    ACME, ANAS, LARCH, ME, NORTHWIND, NOW, PERSONAL, STUDIO, Told, agency, code, freelancer,
    member, mid, mine, reason, roles, text, workspace,
};
use crate::place;
use crate::shelf;
use crate::similar::similar;
use crate::transfer;
use crate::verdict::Bench;
use crate::view::{Intent, Verdict, WorkspaceFilter, WorkspaceRow};
use crate::workspaces::{page, plans};

fn rows(bench: &Bench<'_>, filter: WorkspaceFilter) -> Vec<WorkspaceRow> {
    page(bench, filter, 0, 128).expect("reads").rows
}

fn names(bench: &Bench<'_>, filter: WorkspaceFilter) -> Vec<String> {
    rows(bench, filter).into_iter().map(|row| row.name).collect()
}

#[test]
fn v12_workspaces_are_found_by_label_plan_and_account() {
    let mut told = agency();
    told.places[0].0.labels = Labels::clean(["retail"]).expect("labels");
    let world = told.heard();
    let bench = world.online();
    let all = WorkspaceFilter::default();
    assert_eq!(names(&bench, all.clone()), ["Acme Health", "Northwind"]);
    let label = WorkspaceFilter { label: Some("retail".to_owned()), ..all.clone() };
    assert_eq!(names(&bench, label), ["Northwind"]);
    let plan = WorkspaceFilter { plan: Some(Plan::Basic), ..all.clone() };
    assert_eq!(names(&bench, plan), ["Acme Health"]);
    let elsewhere = WorkspaceFilter { account: Some(ANAS), ..all };
    assert!(names(&bench, elsewhere).is_empty());
}

#[test]
fn e19_a_hidden_workspace_is_left_out_unless_asked_for() {
    let world = freelancer().heard();
    let bench = world.online();
    world.cache.set_hidden(PERSONAL, muster_cache::Tick::On).expect("is kept");
    world.cache.set_pinned(&[STUDIO]).expect("is kept");
    assert_eq!(names(&bench, WorkspaceFilter::default()), ["Studio"]);
    let all = rows(&bench, WorkspaceFilter { hidden: true, ..WorkspaceFilter::default() });
    let marks: Vec<_> = all.iter().map(|row| (row.name.as_str(), row.hidden, row.pinned)).collect();
    assert!(marks.contains(&("Ana’s workspace", true, None)), "{marks:?}");
    assert!(marks.contains(&("Studio", false, Some(1))), "{marks:?}");
}

#[test]
fn e61_over_the_plan_is_counted_and_e60_its_end_shown() {
    let mut told = agency();
    told.places[1].0.plan_ended = Some(Timestamp(7));
    for number in 20..=120 {
        told.places[1].2.push(Row::Membership(member(
            ACME,
            number,
            &format!("Person {number}"),
            roles(&[Role::ChatUser]),
        )));
    }
    let world = told.heard();
    let acme = place::view(&world.online(), ACME).expect("is there");
    assert_eq!(acme.row.people, Some(102));
    assert_eq!(acme.row.over, 2, "102 people on 100 seats");
    assert!(acme.row.plan_ended);
    assert_eq!(code(&acme.invite), "plan.ended");
    let northwind = place::view(&world.online(), NORTHWIND).expect("is there");
    assert_eq!((northwind.row.over, northwind.row.plan_ended), (0, false));
}

#[test]
fn v10_v47_plans_are_told_as_the_rules_have_them() {
    let plans = plans();
    assert_eq!(plans.len(), Plan::ALL.len());
    for view in plans {
        let limits = view.plan.limits();
        assert_eq!(view.seats, limits.seats);
        assert_eq!(view.own_roles, limits.own_roles);
    }
}

#[test]
fn u62_who_handles_billing_is_named_to_those_who_do_not() {
    let mut told = freelancer();
    told.places.truncate(1);
    let (studio, _, _) = told.places.remove(0);
    let rows = vec![
        Row::Membership(member(STUDIO, ME, "Ana", roles(&[Role::Admin]))),
        Row::Membership(member(STUDIO, 1, "Luis", roles(&[Role::Owner]))),
    ];
    told.accounts.admins.clear();
    told.place(studio, Role::Admin.permissions(), rows);
    let world = told.heard();
    let view = place::view(&world.online(), STUDIO).expect("is there");
    assert_eq!(view.billing_names, ["Luis"]);
    assert_eq!(code(&view.billing), "r1.missing");
    assert_eq!(text(reason(&view.billing), "names"), "Luis");
    assert_eq!(view.offer, Verdict::Hidden, "only Account Admins offer a workspace");
    assert_eq!(code(&view.delete), "r1.missing");
}

#[test]
fn e56_a_name_that_looks_like_another_of_the_account_is_found() {
    let world = agency().heard();
    let bench = world.online();
    let found = |name: &str| similar(&bench, LARCH, name, None).expect("reads");
    assert_eq!(found("N0RTHWlND").as_deref(), Some("Northwind"));
    assert_eq!(found("acrne health").as_deref(), Some("Acme Health"));
    assert_eq!(found("Southwind"), None);
    let other_account = similar(&bench, ANAS, "Northwind", None).expect("reads");
    assert_eq!(other_account, None, "another account");
    let renamed = similar(&bench, LARCH, "NorthWind", Some(NORTHWIND)).expect("reads");
    assert_eq!(renamed, None, "a workspace is no match for itself");
    let renamed = similar(&bench, LARCH, "NorthWind", Some(ACME)).expect("reads");
    assert_eq!(renamed.as_deref(), Some("Northwind"));
}

#[test]
fn e17_the_bin_tells_until_when_and_who_can_take_it_out() {
    let mut told = agency();
    let mut gone = workspace(WorkspaceId::from_bytes([7; 16]), LARCH, "Blue Lake");
    gone.status = WorkspaceStatus::Trashed;
    gone.trashed = Some(Ended { at: NOW.plus_days(-2), by: "Ben".to_owned() });
    told.accounts.bin = vec![gone];
    let world = told.heard();
    let rows = shelf::bin(&world.online()).expect("reads");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].name.as_str(), rows[0].by.as_str()), ("Blue Lake", "Ben"));
    assert_eq!(rows[0].account_name, "Larch Agency");
    assert_eq!(rows[0].until, NOW.plus_days(28));
    assert_eq!(rows[0].restore, Verdict::Allowed);
    let offline = shelf::bin(&world.offline()).expect("reads");
    assert!(matches!(offline[0].restore, Verdict::NeedsConnection { .. }));
}

#[test]
fn e59_an_offer_names_both_sides() {
    let mut told = agency();
    let offer =
        Offer { to: LARCH, from: "Birch".to_owned(), by: "Kim".to_owned(), at: Timestamp(9) };
    let workspace = WorkspaceId::from_bytes([7; 16]);
    told.accounts.offers = vec![Offered { workspace, name: "Tern".to_owned(), people: 12, offer }];
    let world = told.heard();
    let rows = shelf::offers(&world.online()).expect("reads");
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!((row.name.as_str(), row.from.as_str(), row.by.as_str()), ("Tern", "Birch", "Kim"));
    assert_eq!((row.to_name.as_str(), row.people), ("Larch Agency", 12));
    for intent in [Intent::AcceptOffer { workspace }, Intent::EndOffer { workspace }] {
        let draft = crate::draft::draft(&world.online(), intent).expect("a command");
        assert_eq!(draft.label.workspace_name, "Tern");
        let submission = world.cache.submit(&draft.command, NOW, draft.label).expect("is kept");
        assert!(submission.n.is_some(), "the server is asked: {:?}", submission.decision);
    }
}

#[test]
fn e59_the_account_that_a_workspace_is_offered_to_is_named_where_it_is_known() {
    let mut told = agency();
    let offer = |to| Offer { to, from: "Larch".to_owned(), by: "Ana".to_owned(), at: Timestamp(9) };
    told.places[0].0.offer = Some(offer(LARCH));
    told.places[1].0.offer = Some(offer(ANAS));
    let world = told.heard();
    let names: Vec<_> = rows(&world.online(), WorkspaceFilter::default())
        .into_iter()
        .map(|row| (row.name, row.offered_to_name))
        .collect();
    let larch = Some("Larch Agency".to_owned());
    assert_eq!(names, [("Acme Health".to_owned(), None), ("Northwind".to_owned(), larch)]);
}

#[test]
fn e39_a_membership_of_mine_that_ends_says_when() {
    let mut told = agency();
    let mut own = member(ACME, ME, "Ana", roles(&[Role::ContentManager]));
    own.until = Some(muster_domain::End { at: NOW.plus_days(3), roles: None });
    told.places[1].2.push(Row::Membership(own));
    let world = told.heard();
    let ends: Vec<_> =
        rows(&world.online(), WorkspaceFilter::default()).into_iter().map(|row| row.ends).collect();
    assert_eq!(ends, [Some(NOW.plus_days(3)), None]);
}

#[test]
fn e36_what_only_reach_allows_is_named_where_a_reason_is_wanted() {
    let mut told = agency();
    told.row(Row::Membership(member(NORTHWIND, ME, "Ana", roles(&[Role::ContentManager]))));
    told.accounts.accounts[0].reason_required = true;
    let view = place::view(&told.clone().heard().online(), NORTHWIND).expect("is there");
    assert!(view.reasoned.contains(&Permission::MemberManage));
    assert!(view.reasoned.contains(&Permission::WorkspaceDelete));
    assert!(!view.reasoned.contains(&Permission::KnowledgeEdit), "my own role gives that");
    told.accounts.accounts[0].reason_required = false;
    let view = place::view(&told.heard().online(), NORTHWIND).expect("is there");
    assert!(view.reasoned.is_empty(), "nothing is asked where the account does not");
}

#[test]
fn e59_offering_is_open_to_account_admins() {
    let world = agency().heard();
    let view = place::view(&world.online(), NORTHWIND).expect("is there");
    assert_eq!(view.offer, Verdict::Allowed, "to whom, only the server can know");
    let view = place::view(&world.offline(), NORTHWIND).expect("is there");
    assert!(matches!(view.offer, Verdict::NeedsConnection { .. }));
    let world = freelancer().heard();
    let view = place::view(&world.online(), PERSONAL).expect("is there");
    assert_eq!(code(&view.offer), "r8.transfer");
}

/// A studio with these people besides me.
fn studio(others: Vec<Row>) -> Told {
    let mut told = freelancer();
    told.places[0].2 = [vec![Row::Membership(mine(STUDIO))], others].concat();
    told
}

#[test]
fn r11_u68_stepping_down_waits_for_a_confirmed_owner() {
    let luis = member(STUDIO, 1, "Luis", roles(&[Role::Write]));
    let world = studio(vec![Row::Membership(luis)]).heard();
    let bench = world.online();
    let view = transfer::view(&bench, STUDIO).expect("is there");
    assert_eq!(view.verdict, Verdict::Allowed);
    assert!(view.owners.is_empty() && view.waiting.is_empty());
    assert_eq!(view.step_down.len(), 3, "admin, write, read");
    assert_eq!(code(&view.step_down[0].verdict), "r6.demote_self");

    let intent = Intent::SetRoles {
        workspace: STUDIO,
        member: mid(STUDIO, 1),
        roles: roles(&[Role::Owner]),
        reason: None,
    };
    let draft = crate::draft::draft(&bench, intent).expect("a command");
    world.cache.submit(&draft.command, NOW, draft.label).expect("is kept");
    let view = transfer::view(&bench, STUDIO).expect("is there");
    let waiting: Vec<_> = view.waiting.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(waiting, ["Luis"], "he is no owner before the server says so");
    assert!(view.owners.is_empty());
}

#[test]
fn u70_e65_with_a_second_owner_one_can_step_down_and_the_workspace_follows() {
    let luis = member(STUDIO, 1, "Luis", roles(&[Role::Owner]));
    let world = studio(vec![Row::Membership(luis)]).heard();
    let view = transfer::view(&world.online(), STUDIO).expect("is there");
    assert_eq!(view.owners.len(), 1);
    assert!(view.moves, "my account holds it, and I am its only admin");
    let admin = &view.step_down[0];
    assert_eq!(admin.roles, roles(&[Role::Admin]));
    assert!(admin.loses.contains(&Permission::BillingManage));
    // Whether Luis has an account that can hold it, only the server knows.
    assert!(matches!(admin.verdict, Verdict::Allowed | Verdict::Unknown), "{:?}", admin.verdict);
    let offline = transfer::view(&world.offline(), STUDIO).expect("is there");
    let sentence = Verdict::NeedsConnection { sentence: "offline.owner".to_owned() };
    assert_eq!(offline.step_down[0].verdict, sentence);
}

#[test]
fn r8_a_personal_workspace_is_never_handed_over() {
    let world = freelancer().heard();
    let view = transfer::view(&world.online(), PERSONAL).expect("is there");
    assert_eq!(code(&view.verdict), "r8.transfer");
}

#[test]
fn r10_a_workspace_that_is_not_there_is_not_found() {
    let world = agency().heard();
    let nowhere = WorkspaceId::from_bytes([77; 16]);
    let failure = place::view(&world.online(), nowhere).expect_err("is not there");
    assert_eq!(failure.code, crate::view::FailureCode::NotFound);
}
