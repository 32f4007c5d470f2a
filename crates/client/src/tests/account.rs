//! Manage Account: the page, exits, exports, the scheme, groups.

use std::fs;

use muster_domain::{
    Covers, Deletion, Group, GroupId, GroupPerson, Role, RoleMapping, RoleSet, RolesTo, Row,
    SchemeId, Timestamp,
};

use super::world::{
    ACME, ANAS, LARCH, ME, NORTHWIND, NOW, PERSONAL, STUDIO, Told, account, address, admin, agency,
    code, freelancer, login, member, mid, mine, roles, text, workspace,
};
use crate::view::{ExitPage, ExitQuestion, Fate, Intent, SchemePreview, SchemeQuestion, Verdict};
use crate::{accounts, exit, export, groups, scheme_preview};

#[test]
fn v18_v19_v20_the_page_lists_the_admins_since_when_and_by_whom() {
    let world = agency().heard();
    let page = accounts::page(&world.online(), LARCH).expect("is there");
    let admins: Vec<_> = page.admins.iter().map(|it| (it.name.as_str(), it.me)).collect();
    assert_eq!(admins, [("Ana", true), ("Ben", false)]);
    assert_eq!(page.admins[1].by.as_deref(), Some("Ana"));
    assert_eq!(page.admins[1].since, Timestamp(10));
    assert_eq!(page.admins[1].remove, Verdict::Allowed);
    assert_eq!((page.add_admin, page.rename, page.policy), Default3::ALLOWED);
    assert_eq!(page.row.workspaces, 2);
    assert_eq!(page.withdraw, Verdict::Hidden, "no deletion is set");
    let people = accounts::people(&world.online(), LARCH, "chi").expect("reads");
    assert_eq!(people.len(), 1, "once, although in two workspaces");
}

/// Three verdicts that are all allowed.
struct Default3;

impl Default3 {
    const ALLOWED: (Verdict, Verdict, Verdict) =
        (Verdict::Allowed, Verdict::Allowed, Verdict::Allowed);
}

#[test]
fn v33_who_is_no_admin_sees_none_of_it() {
    let mut told = agency();
    told.accounts.admins.retain(|it| it.login != login(ME));
    told.row(Row::Membership(member(NORTHWIND, ME, "Ana", roles(&[Role::WorkspaceAdmin]))));
    let world = told.heard();
    let page = accounts::page(&world.online(), LARCH).expect("is there");
    assert!(!page.row.admin);
    assert!(page.admins.is_empty());
    for verdict in [page.rename, page.policy, page.add_admin, page.scheme_change] {
        assert_eq!(verdict, Verdict::Hidden);
    }
}

#[test]
fn v48_more_than_three_admins_are_many() {
    let mut told = agency();
    let many = |told: &Told| {
        accounts::page(&told.clone().heard().online(), LARCH).expect("is there").many_admins
    };
    told.accounts.admins.push(admin(LARCH, 11, "Cy"));
    assert!(!many(&told));
    told.accounts.admins.push(admin(LARCH, 12, "Di"));
    assert!(many(&told));
}

#[test]
fn r7_e33_the_last_admin_cannot_be_removed() {
    let mut told = agency();
    told.accounts.admins.truncate(1);
    let world = told.heard();
    let page = accounts::page(&world.online(), LARCH).expect("is there");
    assert_eq!(code(&page.admins[0].remove), "r7.admin");
}

#[test]
fn e16_a_deletion_that_is_set_can_be_withdrawn() {
    let mut told = agency();
    told.accounts.accounts[0].deletion = Some(deletion_by_ben());
    let world = told.heard();
    let page = accounts::page(&world.online(), LARCH).expect("is there");
    assert_eq!(page.withdraw, Verdict::Allowed);
    assert_eq!(page.confirm, Verdict::Hidden, "nobody has to say yes to it");
    let deletion = page.deletion.expect("is set");
    assert_eq!((deletion.by.as_str(), deletion.waits), ("Ben", false));
}

fn deletion_by_ben() -> Deletion {
    let at = NOW.plus_days(5);
    Deletion { at, by: "Ben".to_owned(), login: None, confirmed: false }
}

#[test]
fn e14_a_deletion_that_takes_two_admins_waits_for_the_second_one() {
    let mut told = agency();
    told.accounts.accounts[0].second_admin = true;
    let world = told.heard();
    let page = accounts::page(&world.online(), LARCH).expect("is there");
    assert_eq!(code(&page.delete_now), "account.second_admin");
    assert_eq!(page.confirm, Verdict::Hidden, "nothing was asked for");
    let mut told = agency();
    told.accounts.accounts[0].second_admin = true;
    told.accounts.accounts[0].deletion = Some(deletion_by_ben());
    let world = told.heard();
    let page = accounts::page(&world.online(), LARCH).expect("is there");
    assert!(page.deletion.expect("is set").waits);
    assert_eq!((page.confirm, page.delete_now), (Verdict::Allowed, Verdict::Allowed));
}

#[test]
fn e20_an_account_with_a_personal_workspace_keeps_admin_and_scheme() {
    let world = freelancer().heard();
    let page = accounts::page(&world.online(), ANAS).expect("is there");
    assert!(page.personal);
    assert_eq!(page.add_admin, Verdict::Hidden);
    assert_eq!(code(&page.scheme_change), "r8.account");
}

#[test]
fn e20_the_preview_of_another_scheme_says_that_a_personal_workspace_is_in_the_way() {
    let preview = preview(freelancer(), SchemeId::Managed, Vec::new());
    assert_eq!(code(&preview.verdict), "r8.account");
}

fn exits(told: Told, question: ExitQuestion) -> ExitPage {
    exit::page(&told.heard().online(), question).expect("reads")
}

fn fates(page: &ExitPage) -> Vec<(&str, Fate)> {
    page.places.iter().map(|it| (it.name.as_str(), it.fate)).collect()
}

#[test]
fn e12_the_last_admin_may_not_leave_and_hears_why() {
    let mut told = agency();
    let question = ExitQuestion::LeaveAccount { account: LARCH };
    let page = exits(told.clone(), question);
    assert!(page.blockers.is_empty());
    assert_eq!(fates(&page), [("Acme Health", Fate::Left), ("Northwind", Fate::Left)]);
    told.accounts.admins.truncate(1);
    let page = exits(told, question);
    assert_eq!(page.blockers.len(), 1);
    assert_eq!(page.blockers[0].account, Some(LARCH));
    assert_eq!(page.blockers[0].reason.code.key(), "r7.admin");
    assert_eq!(code(&page.verdict), "r7.admin");
}

#[test]
fn e12_each_workspace_without_another_owner_is_named() {
    let mut told = Told::default();
    told.accounts.accounts = vec![account(ANAS, "Luis", SchemeId::OwnerLed)];
    for (id, name) in [(STUDIO, "Studio"), (ACME, "Workshop")] {
        let rows = vec![
            Row::Membership(mine(id)),
            Row::Membership(member(id, 1, "Luis", roles(&[Role::Write]))),
        ];
        told.place(workspace(id, ANAS, name), muster_domain::PermissionSet::ALL, rows);
    }
    let page = exits(told, ExitQuestion::LeaveAccount { account: ANAS });
    let blocked: Vec<_> =
        page.blockers.iter().map(|it| (it.name.as_str(), it.reason.code.key())).collect();
    assert_eq!(blocked, [("Studio", "r6.leave"), ("Workshop", "r6.leave")]);
}

#[test]
fn e14_deleting_an_agency_ends_every_workspace_and_counts_everybody_once() {
    let page = exits(agency(), ExitQuestion::DeleteAccount { account: LARCH });
    assert_eq!(fates(&page), [("Acme Health", Fate::Deleted), ("Northwind", Fate::Deleted)]);
    assert_eq!(page.people, 5, "Chidi is in both, Dora is gone");
    assert_eq!(page.verdict, Verdict::Allowed);
}

#[test]
fn e15_other_owners_keep_their_workspace_and_other_people_are_in_the_way() {
    let question = ExitQuestion::DeleteAccount { account: ANAS };
    let page = exits(freelancer(), question);
    assert_eq!(page.blockers.len(), 1);
    assert_eq!(page.blockers[0].workspace, Some(STUDIO));
    assert_eq!(page.blockers[0].reason.code.key(), "exit.sole_owner");
    assert_eq!(text(&page.blockers[0].reason, "workspace"), "Studio");

    let mut told = freelancer();
    let luis = member(STUDIO, 1, "Luis", roles(&[Role::Owner]));
    told.places[0].2 = vec![Row::Membership(mine(STUDIO)), Row::Membership(luis)];
    let page = exits(told, question);
    assert!(page.blockers.is_empty());
    assert_eq!(fates(&page), [("Ana’s workspace", Fate::Deleted), ("Studio", Fate::Moves)]);
}

#[test]
fn e11_deleting_a_sign_in_lists_what_is_in_the_way_everywhere() {
    let mut told = freelancer();
    let mut larch = agency();
    larch.accounts.admins.truncate(1);
    told.accounts.accounts.extend(larch.accounts.accounts);
    told.accounts.admins.extend(larch.accounts.admins);
    told.places.extend(larch.places);
    let world = told.heard();
    let page = exit::page(&world.online(), ExitQuestion::DeleteLogin).expect("reads");
    let blocked: Vec<_> =
        page.blockers.iter().map(|it| (it.name.as_str(), it.reason.code.key())).collect();
    assert!(blocked.contains(&("Larch Agency", "r7.admin")), "{blocked:?}");
    assert!(blocked.contains(&("Studio", "exit.sole_owner")), "{blocked:?}");
    assert_eq!(blocked.len(), 2);
    let fates = fates(&page);
    assert!(fates.contains(&("Ana’s workspace", Fate::Deleted)), "{fates:?}");
    assert!(fates.contains(&("Northwind", Fate::Left)), "{fates:?}");
    assert!(matches!(page.verdict, Verdict::Refused { .. }));
}

#[test]
fn e11_without_anything_in_the_way_it_only_needs_a_connection() {
    let mut told = freelancer();
    told.places.remove(0);
    let world = told.heard();
    let page = exit::page(&world.online(), ExitQuestion::DeleteLogin).expect("reads");
    assert_eq!(page.verdict, Verdict::Allowed);
    let page = exit::page(&world.offline(), ExitQuestion::DeleteLogin).expect("reads");
    assert!(matches!(page.verdict, Verdict::NeedsConnection { .. }));
    assert_eq!(page.places[0].workspace, PERSONAL);
}

#[test]
fn e14_an_export_holds_every_table_and_no_formula() {
    let mut told = agency();
    told.row(Row::Membership(member(NORTHWIND, 7, "=HYPERLINK(\"x\")", RoleSet::own(0))));
    told.accounts.accounts[0].name = "../Larch".to_owned();
    let world = told.heard();
    let below = world.dir.path().join("out");
    let folder = export::write(&world.online(), LARCH, &below).expect("is written");
    assert!(folder.starts_with(&*below.to_string_lossy()), "{folder}");
    let again = export::write(&world.online(), LARCH, &below).expect("is written");
    assert_ne!(folder, again, "nothing is written over");
    let read = |name: &str| {
        let path = std::path::Path::new(&folder).join(name);
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let members = read("members.csv");
    assert!(members.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{members}");
    assert!(members.contains("Support lead"), "own roles by name");
    assert!(members.contains("Dora"), "former members too");
    assert_eq!(members.lines().count(), 9, "heads, seven in Northwind, one in Acme");
    for (name, wanted) in [
        ("account.csv", "managed"),
        ("admins.csv", "Ben"),
        ("workspaces.csv", "Acme Health"),
        ("invitations.csv", "sent"),
        ("roles.csv", "member.manage"),
        ("groups.csv", "group"),
        ("contents.csv", "body"),
    ] {
        assert!(read(name).contains(wanted), "{name}");
    }
}

fn preview(told: Told, scheme: SchemeId, mapping: Vec<RoleMapping>) -> SchemePreview {
    let account = told.accounts.accounts[0].id;
    let question = SchemeQuestion { account, scheme, mapping };
    scheme_preview::preview(&told.heard().online(), &question).expect("reads")
}

fn to(from: RoleSet, to: &[Role]) -> RoleMapping {
    RoleMapping { workspace: None, from, to: RolesTo::BuiltIn(roles(to)) }
}

#[test]
fn e58_every_set_of_roles_has_a_line_with_a_suggestion_where_one_is_safe() {
    let preview = preview(agency(), SchemeId::OwnerLed, Vec::new());
    let line = |from: RoleSet| {
        preview.lines.iter().find(|it| it.from == from).expect("each set has a line")
    };
    let write = Some(RolesTo::BuiltIn(roles(&[Role::Write])));
    let owner = Some(RolesTo::BuiltIn(roles(&[Role::Owner])));
    assert_eq!(line(roles(&[Role::WorkspaceAdmin])).suggested, owner);
    assert_eq!(line(roles(&[Role::AgentManager])).suggested, write);
    assert_eq!(line(roles(&[Role::ContentManager])).suggested, write);
    assert_eq!(line(roles(&[Role::ChatUser])).suggested, None, "read would widen it");
    assert_eq!(line(roles(&[Role::ChatUser])).people, 2);
    let own = line(RoleSet::own(0));
    assert_eq!(
        (own.workspace, own.own_names.as_slice()),
        (Some(NORTHWIND), &["Support lead".to_owned()][..])
    );
    assert_eq!(code(&preview.verdict), "scheme.mapping");
}

#[test]
fn e58_the_way_to_an_agency_keeps_rights_equal() {
    let mut told = freelancer();
    told.places.truncate(1);
    let preview =
        preview(told, SchemeId::Managed, vec![to(roles(&[Role::Write]), &[Role::WorkspaceAdmin])]);
    let line =
        |role: Role| preview.lines.iter().find(|it| it.from == roles(&[role])).expect("a line");
    let both = roles(&[Role::AgentManager, Role::ContentManager]);
    assert_eq!(line(Role::Write).suggested, Some(RolesTo::BuiltIn(both)));
    assert_eq!(line(Role::Owner).suggested, Some(RolesTo::BuiltIn(roles(&[Role::WorkspaceAdmin]))));
    assert_eq!(preview.widened.len(), 1, "Luis would gain");
    assert_eq!(preview.widened[0].name, "Luis");
}

#[test]
fn r16_who_would_end_up_with_more_is_named_and_taken_as_ticked() {
    let mut told = agency();
    told.places.truncate(1);
    let mapping = vec![
        to(roles(&[Role::WorkspaceAdmin]), &[Role::Owner]),
        to(roles(&[Role::AgentManager]), &[Role::Write]),
        to(roles(&[Role::ChatUser]), &[Role::Read]),
        RoleMapping { workspace: Some(NORTHWIND), ..to(RoleSet::own(0), &[Role::Read]) },
    ];
    let preview = preview(told, SchemeId::OwnerLed, mapping);
    let mut names: Vec<_> = preview.widened.iter().map(|it| it.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Bea", "Ben", "Chidi", "Eli"], "an owner had everything before");
    assert_eq!(preview.verdict, Verdict::Allowed);
}

/// An agency with a pod over Northwind, whose one person is Fay.
fn pod() -> Told {
    let mut told = agency();
    told.accounts.groups = vec![Group {
        id: GroupId::from_bytes([4; 16]),
        account: LARCH,
        name: "Pod 1".to_owned(),
        covers: Covers::Listed(vec![NORTHWIND]),
        roles: roles(&[Role::ChatUser]),
        people: vec![GroupPerson { login: login(7), name: "Fay".to_owned(), address: address(7) }],
        deleted: false,
    }];
    let mut fay = member(NORTHWIND, 7, "Fay", roles(&[Role::ChatUser]));
    fay.group = Some(GroupId::from_bytes([4; 16]));
    told.row(Row::Membership(fay));
    told
}

#[test]
fn e37_a_change_of_a_group_shows_every_membership_it_touches() {
    let world = pod().heard();
    let bench = world.online();
    let listed = groups::groups(&bench, LARCH).expect("reads");
    assert_eq!((listed[0].name.as_str(), listed[0].workspaces), ("Pod 1", 1));
    let intent = Intent::ChangeGroup {
        account: LARCH,
        group: GroupId::from_bytes([4; 16]),
        name: "Pod 1".to_owned(),
        covers: Covers::AllBut(Vec::new()),
        roles: roles(&[Role::AgentManager]),
    };
    let preview = groups::preview(&bench, intent).expect("reads");
    assert_eq!(preview.verdict, Verdict::Allowed);
    assert_eq!((preview.total, preview.widening), (2, 2), "more in Northwind, new in Acme");
    let acme = preview.lines.iter().find(|it| it.workspace_name == "Acme Health").expect("a line");
    assert_eq!((acme.name.as_str(), acme.from), ("Fay", RoleSet::NONE));
    let gone = Intent::DeleteGroup { account: LARCH, group: GroupId::from_bytes([4; 16]) };
    let preview = groups::preview(&bench, gone).expect("reads");
    assert_eq!((preview.total, preview.widening), (1, 0));
    assert_eq!(preview.lines[0].to, RoleSet::NONE);
    let other = Intent::LeaveAccount { account: LARCH };
    assert!(groups::preview(&bench, other).is_err(), "not about a group");
}

#[test]
fn e37_adding_somebody_of_the_account_to_a_group_is_previewed() {
    let world = pod().heard();
    let intent = Intent::AddGroupPerson {
        account: LARCH,
        group: GroupId::from_bytes([4; 16]),
        person: mid(ACME, 3),
    };
    let preview = groups::preview(&world.online(), intent).expect("reads");
    assert_eq!(preview.total, 0, "Chidi is in Northwind by himself and stays so");
    assert_eq!(preview.verdict, Verdict::Allowed);
}
