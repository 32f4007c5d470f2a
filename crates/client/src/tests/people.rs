//! People: the panel, roles, proofs, invitations.

use muster_domain::{
    End, Labels, MemberState, OwnRoles, Permission, PermissionSet, Role, RoleSet, Row, SchemeId,
    Timestamp,
};

use super::world::{
    ACME, LARCH, ME, NORTHWIND, NOW, STUDIO, agency, code, freelancer, invitation, login, member,
    mid, mine, reason, roles, support_lead, text,
};
use crate::invitations;
use crate::members::{Difference, find, row};
use crate::person;
use crate::roles::answer;
use crate::roles_page;
use crate::verdict::Bench;
use crate::view::{
    InvitationStatus, MemberQuery, MemberSort, MemberStatus, ProofSource, RoleQuestion, Verdict,
};
use crate::why::{my_access, proof};

fn query(status: MemberStatus) -> MemberQuery {
    MemberQuery {
        workspace: NORTHWIND,
        text: String::new(),
        roles: RoleSet::NONE,
        label: None,
        changed: None,
        status,
        sort: MemberSort::Name,
        descending: false,
        offset: 0,
        limit: 128,
    }
}

fn names(bench: &Bench<'_>, query: MemberQuery) -> Vec<String> {
    let page = crate::members::page(bench, query).expect("reads");
    page.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn e39_whoever_has_an_end_date_is_counted_and_found() {
    let mut told = agency();
    let mut ends = member(NORTHWIND, 7, "Fay", roles(&[Role::ChatUser]));
    ends.until = Some(End { at: NOW.plus_days(3), roles: None });
    ends.labels = Labels::clean(["night"]).expect("labels");
    told.row(Row::Membership(ends));
    let world = told.heard();
    let bench = world.online();
    assert_eq!(names(&bench, query(MemberStatus::Ending)), ["Fay"]);
    let page = crate::members::page(&bench, query(MemberStatus::Present)).expect("reads");
    assert_eq!((page.counts.ending, page.counts.former), (1, 1));
    let night = MemberQuery { label: Some("night".to_owned()), ..query(MemberStatus::Present) };
    assert_eq!(names(&bench, night), ["Fay"]);
}

#[test]
fn e39_a_day_that_has_come_counts_at_once() {
    let mut told = agency();
    let mut over = member(NORTHWIND, 7, "Fay", roles(&[Role::AgentManager]));
    over.until = Some(End { at: NOW.plus_days(-1), roles: None });
    told.row(Row::Membership(over));
    let world = told.heard();
    let bench = world.online();
    let entry = find(&bench, NORTHWIND, mid(NORTHWIND, 7)).expect("is there");
    assert_eq!(row(&bench, entry, login(ME)).state, MemberState::Expired);
    let view = person::view(&bench, NORTHWIND, mid(NORTHWIND, 7)).expect("is there");
    assert!(view.can.iter().all(|it| !it.has));
    assert_eq!(view.remove, Verdict::Hidden);
}

#[test]
fn e29_earlier_stays_are_told_newest_first() {
    let mut told = agency();
    told.row(Row::Membership({
        let mut again = member(NORTHWIND, 6, "Dora", roles(&[Role::ChatUser]));
        again.login = login(5);
        again.address = super::world::address(5);
        again
    }));
    let world = told.heard();
    let view = person::view(&world.online(), NORTHWIND, mid(NORTHWIND, 6)).expect("is there");
    assert_eq!(view.earlier.len(), 1);
    let stay = &view.earlier[0];
    assert_eq!(stay.roles, roles(&[Role::AgentManager]));
    assert_eq!((stay.ended, stay.ended_by.as_str()), (Some(Timestamp(50)), "Ana"));
    assert_eq!(stay.state, MemberState::Removed);
}

#[test]
fn e40_owners_get_no_end_date_and_others_do() {
    let world = freelancer().heard();
    let bench = world.online();
    let me = person::view(&bench, STUDIO, mid(STUDIO, ME)).expect("is there");
    assert_eq!(code(&me.set_end), "r6.timebox");
    let luis = person::view(&bench, STUDIO, mid(STUDIO, 1)).expect("is there");
    assert_eq!(luis.set_end, Verdict::Allowed);
    assert_eq!(luis.annotate, Verdict::Allowed);
}

#[test]
fn e36_a_reason_that_is_asked_for_makes_no_action_impossible() {
    let mut told = agency();
    told.accounts.accounts[0].reason_required = true;
    let world = told.heard();
    let bench = world.online();
    let view = person::view(&bench, NORTHWIND, mid(NORTHWIND, 3)).expect("is there");
    assert_eq!(view.change_role, Verdict::Allowed);
    assert_eq!(view.remove, Verdict::Allowed);
    let intent = crate::view::Intent::Remove {
        workspace: NORTHWIND,
        member: mid(NORTHWIND, 3),
        reason: Some("  ".to_owned()),
    };
    let draft = crate::draft::draft(&bench, intent).expect("a command");
    assert_eq!(code(&bench.verdict(&draft.command).expect("reads")), "reason.missing");
}

#[test]
fn e32_two_sources_are_two_lines() {
    let world = agency().heard();
    let bench = world.online();
    let of = |permission| proof(&bench, NORTHWIND, mid(NORTHWIND, 10), permission).expect("reads");
    let billing = of(Permission::BillingManage);
    assert!(billing.has);
    assert_eq!(billing.sources.len(), 2);
    assert!(matches!(&billing.sources[0], ProofSource::Role { gives: false, given_by, .. }
        if given_by.as_deref() == Some("Ana")));
    assert!(matches!(&billing.sources[1], ProofSource::AccountAdmin { account, by, .. }
        if *account == LARCH && by.as_deref() == Some("Ana")));
    let chat = of(Permission::ChatUse);
    assert!(matches!(&chat.sources[0], ProofSource::Role { gives: true, .. }));
}

#[test]
fn r9_a_no_names_the_roles_that_would_give_it_and_who_could() {
    let world = agency().heard();
    let no = proof(&world.online(), NORTHWIND, mid(NORTHWIND, 3), Permission::MemberManage)
        .expect("reads");
    assert!(!no.has && !no.suspended);
    assert_eq!(no.roles, roles(&[Role::WorkspaceAdmin]).union(RoleSet::own(0)));
    assert!(no.names.contains(&"Alejandro".to_owned()), "{:?}", no.names);
    assert!(!no.names.contains(&"Chidi".to_owned()));
}

#[test]
fn r9_a_suspended_membership_gives_nothing_and_says_so() {
    let mut told = agency();
    let mut kept_out = member(NORTHWIND, 7, "Fay", roles(&[Role::WorkspaceAdmin]));
    kept_out.state = MemberState::Suspended;
    told.row(Row::Membership(kept_out));
    let world = told.heard();
    let no =
        proof(&world.online(), NORTHWIND, mid(NORTHWIND, 7), Permission::ChatUse).expect("reads");
    assert!(no.suspended && !no.has);
    assert!(matches!(&no.sources[0], ProofSource::Role { gives: true, .. }));
}

#[test]
fn v30_own_roles_stand_in_picker_and_table_by_name() {
    let world = agency().heard();
    let bench = world.online();
    let members = vec![mid(NORTHWIND, 4)];
    let question = RoleQuestion { workspace: NORTHWIND, members, roles: RoleSet::own(0) };
    let picker = answer(&bench, &question).expect("reads");
    let own = picker.options.last().expect("there are options");
    assert_eq!((own.role.as_str(), own.name.as_deref()), ("own:0", Some("Support lead")));
    assert!(own.now);
    assert_eq!(own.permissions, [Permission::MemberView, Permission::MemberManage]);

    let page = roles_page::page(&bench, NORTHWIND).expect("reads");
    let column = page.columns.last().expect("there are columns");
    assert_eq!((column.people, column.name.as_deref()), (Some(1), Some("Support lead")));
    assert_eq!((&column.change, &column.delete), (&Verdict::Allowed, &Verdict::Allowed));
    let holders = roles_page::holders(&bench, NORTHWIND, "own:0").expect("reads");
    assert_eq!(holders.len(), 1);
    assert_eq!(holders[0].name, "Eli");
    assert!(roles_page::holders(&bench, NORTHWIND, "king").is_err());
}

#[test]
fn c5_the_other_scheme_stands_beside_for_comparison() {
    let world = agency().heard();
    let page = roles_page::page(&world.online(), NORTHWIND).expect("reads");
    let other: Vec<_> = page.other.iter().map(|column| column.key.as_str()).collect();
    assert_eq!(other, ["owner", "admin", "write", "read"]);
    assert_eq!(page.scheme, SchemeId::Managed);
    let world = freelancer().heard();
    let page = roles_page::page(&world.online(), STUDIO).expect("reads");
    assert_eq!(page.define, Verdict::Hidden, "this scheme knows no own roles");
    assert!(page.choices.is_empty());
}

/// Northwind as Eli sees it: here as `support lead` only, plus what is named.
fn as_lead(more: PermissionSet) -> super::world::Told {
    let mut told = agency();
    told.accounts.admins.clear();
    told.places.truncate(1);
    let mut lead = support_lead();
    lead.permissions = lead.permissions.union(more);
    let rows = &mut told.places[0].2;
    rows.retain(|row| !matches!(row, Row::Role(_)));
    rows.push(Row::Role(lead.clone()));
    rows.push(Row::Membership(member(NORTHWIND, ME, "Ana", RoleSet::own(0))));
    told.places[0].1 = muster_domain::View::of(lead.permissions);
    told
}

#[test]
fn r5_a_permission_that_i_lack_has_its_reason_among_the_choices() {
    let world = as_lead(PermissionSet::of(&[Permission::RoleDefine])).heard();
    let page = roles_page::page(&world.online(), NORTHWIND).expect("reads");
    let choice = |permission| {
        page.choices.iter().find(|it| it.permission == permission).expect("every permission")
    };
    assert_eq!(page.choices.len(), Permission::ALL.len());
    assert_eq!(choice(Permission::MemberManage).verdict, Verdict::Allowed);
    let billing = &choice(Permission::BillingManage).verdict;
    assert_eq!(code(billing), "r5.wider");
    assert_eq!(text(reason(billing), "names"), "Alejandro");
}

#[test]
fn r2_who_may_give_a_role_holds_everything_that_it_gives() {
    let world = as_lead(PermissionSet::NONE).heard();
    let page = roles_page::page(&world.online(), NORTHWIND).expect("reads");
    let column = |key: &str| page.columns.iter().find(|it| it.key == key).expect("a column");
    assert_eq!(code(&column("agent_manager").give), "r2.grant");
    assert_eq!(column("agent_manager").givers, ["Alejandro"]);
    assert_eq!(column("own:0").give, Verdict::Allowed);
    assert_eq!(column("own:0").givers, ["Alejandro", "Eli"]);
    assert_eq!(code(&column("workspace_admin").give), "r4.owner");
}

#[test]
fn e27_an_invitation_whose_inviter_lost_the_right_waits_for_confirmation() {
    let mut told = agency();
    told.row(Row::Invitation(invitation(30, 1, roles(&[Role::AgentManager]))));
    told.row(Row::Invitation(invitation(31, 3, roles(&[Role::AgentManager]))));
    let world = told.heard();
    let page = invitations::page(&world.online(), NORTHWIND, 0, 128).expect("reads");
    let row = |number: u8| {
        let address = super::world::address(number).to_string();
        page.rows.iter().find(|row| row.address == address).expect("is listed")
    };
    assert_eq!(row(30).state, InvitationStatus::Waiting);
    assert_eq!(row(30).confirm, Verdict::Hidden);
    assert_eq!(row(31).state, InvitationStatus::NeedsConfirmation, "Chidi may not invite");
    assert_eq!(row(31).confirm, Verdict::Allowed);
    assert_eq!(row(31).set_roles, Verdict::Allowed);
    assert_eq!(row(31).message.as_deref(), Some("welcome"));
    let offline = invitations::page(&world.offline(), NORTHWIND, 0, 128).expect("reads");
    let sentence = Verdict::NeedsConnection { sentence: "offline.invitation".to_owned() };
    assert!(offline.rows.iter().all(|row| row.resend == sentence && row.revoke == sentence));
}

#[test]
fn r12_e23_one_that_was_turned_down_is_listed_and_can_be_sent_again_or_dismissed() {
    let mut told = agency();
    let ended = |n: u8, state| {
        let it = invitation(n, 1, roles(&[Role::AgentManager]));
        Row::Invitation(muster_domain::Invitation { state, ..it })
    };
    told.row(ended(30, muster_domain::InvitationState::Declined));
    told.row(ended(31, muster_domain::InvitationState::Accepted));
    let page = invitations::page(&told.heard().online(), NORTHWIND, 0, 128).expect("reads");
    assert_eq!((page.total, page.open), (2, 0));
    let [declined, accepted] = &page.rows[..] else { panic!("{:?}", page.rows) };
    assert_eq!(declined.state, InvitationStatus::Declined);
    assert_eq!((&declined.resend, &declined.revoke), (&Verdict::Allowed, &Verdict::Allowed));
    assert_eq!((&declined.set_roles, &declined.confirm), (&Verdict::Hidden, &Verdict::Hidden));
    assert_eq!(accepted.state, InvitationStatus::Accepted);
    for action in [&accepted.resend, &accepted.revoke, &accepted.set_roles, &accepted.confirm] {
        assert_eq!(*action, Verdict::Hidden);
    }
}

#[test]
fn e37_what_comes_from_a_group_is_changed_there() {
    let mut told = agency();
    let group = muster_domain::GroupId::from_bytes([4; 16]);
    told.accounts.groups = vec![muster_domain::Group {
        id: group,
        account: LARCH,
        name: "Pod 1".to_owned(),
        covers: muster_domain::Covers::Listed(vec![NORTHWIND, ACME]),
        roles: roles(&[Role::AgentManager]),
        people: Vec::new(),
        deleted: false,
    }];
    let mut grouped = member(NORTHWIND, 7, "Fay", roles(&[Role::AgentManager]));
    grouped.group = Some(group);
    told.row(Row::Membership(grouped));
    let world = told.heard();
    let bench = world.online();
    let view = person::view(&bench, NORTHWIND, mid(NORTHWIND, 7)).expect("is there");
    assert_eq!(view.group.as_deref(), Some("Pod 1"));
    assert!(view.row.grouped);
    assert_eq!(code(&view.remove), "group.member");
    assert_eq!(text(reason(&view.remove), "names"), "Ben");
    let why = proof(&bench, NORTHWIND, mid(NORTHWIND, 7), Permission::AgentEdit).expect("reads");
    assert!(
        matches!(&why.sources[0], ProofSource::Role { group: Some(name), .. } if name == "Pod 1")
    );
    assert_eq!(why.names, ["Ben"], "besides me, the other Account Admin");
}

#[test]
fn e32_why_i_have_a_workspace_names_my_role_and_my_reach() {
    let mut told = agency();
    let mut own = member(NORTHWIND, ME, "Ana", roles(&[Role::ContentManager]));
    own.until = Some(End { at: NOW.plus_days(3), roles: None });
    told.row(Row::Membership(own));
    let world = told.heard();
    let access = my_access(&world.online(), NORTHWIND).expect("reads");
    assert!(
        matches!(
            access.sources.as_slice(),
            [
                ProofSource::Role { until: Some(_), gives: true, .. },
                ProofSource::AccountAdmin { .. }
            ]
        ),
        "{access:?}"
    );
    assert!(access.can.iter().all(|it| it.has && it.by_account), "reach gives everything");
    assert_eq!(access.names, ["Ben"], "the other Account Admin");
}

#[test]
fn e32_without_reach_only_the_role_counts() {
    let world = freelancer().heard();
    let access = my_access(&world.online(), STUDIO).expect("reads");
    assert!(matches!(access.sources.as_slice(), [ProofSource::Role { .. }]), "{access:?}");
    assert!(access.can.iter().all(|it| !it.by_account));
}

#[test]
fn r1_gains_keeps_and_loses_share_nothing_and_leave_nothing_out() {
    let (read, write) = (Role::Read.permissions(), Role::AgentManager.permissions());
    let change = Difference::of(read, write);
    assert_eq!(change.gains.union(change.keeps), write);
    assert_eq!(change.loses.union(change.keeps), read);
    assert_eq!(mine(STUDIO).roles.permissions(&OwnRoles::NONE), PermissionSet::ALL);
}
