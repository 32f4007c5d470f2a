//! Accounts as a whole: what comes with them, what the rules may ask, what their pages show.

use muster_domain::{
    Account, AccountAdmin, AccountStatus, Command, ContentKind, Covers, Decision, Ended, Group,
    GroupId, GroupPerson, InvitationId, Known, Lookup, Membership, Offer, Part, RefusalCode, Role,
    RoleSet, Row, SchemeId, Timestamp, Workspace, WorkspaceId, WorkspaceStatus,
};
use muster_protocol::{Accounts, Invited, Offered, Say};

use super::world::*;
use crate::{Label, WorkspaceFilter, WorkspaceQuery};

fn binned(id: WorkspaceId, name: &str, at: i64) -> Workspace {
    Workspace {
        status: WorkspaceStatus::Trashed,
        trashed: Some(Ended { at: Timestamp(at), by: "Ana Larch".to_owned() }),
        ..workspace(id, name)
    }
}

fn group(number: u8, name: &str) -> Group {
    Group {
        id: GroupId::from_bytes([number; 16]),
        account: account_id(),
        name: name.to_owned(),
        covers: Covers::Listed(vec![ws(1)]),
        roles: RoleSet::of(&[Role::AgentManager]),
        people: vec![GroupPerson {
            login: login_id(1),
            name: "Alejandro Ruiz".to_owned(),
            address: member(ws(1), 1, "x").address,
        }],
        deleted: false,
    }
}

fn offered(number: u8, at: i64) -> Offered {
    Offered {
        workspace: ws(number),
        name: format!("Offered {number}"),
        people: 4,
        offer: Offer {
            to: account_id(),
            from: "Birch".to_owned(),
            by: "Bo".to_owned(),
            at: Timestamp(at),
        },
    }
}

fn invited(number: u8, expires: i64) -> Invited {
    Invited {
        invitation: InvitationId::from_bytes([number; 16]),
        address: "ana@larch.example".to_owned(),
        workspace_name: "Elsewhere".to_owned(),
        account_name: "Birch".to_owned(),
        scheme: SchemeId::OwnerLed,
        roles: RoleSet::of(&[Role::Write]),
        own_roles: Vec::new(),
        inviter_name: "Bo".to_owned(),
        message: Some("welcome".to_owned()),
        expires: Timestamp(expires),
    }
}

fn everything() -> Accounts {
    let second = AccountAdmin {
        login: login_id(3),
        name: "Chidi Anagonye".to_owned(),
        since: Timestamp(9),
        by: Some("Ana Larch".to_owned()),
        ..admin()
    };
    Accounts {
        admins: vec![second, admin()],
        bin: vec![binned(ws(20), "Old Shop", 5), binned(ws(21), "Éclair", 8)],
        groups: vec![group(2, "pod b"), group(1, "Pod A")],
        offers: vec![offered(31, 9), offered(30, 2)],
        inbox: vec![invited(41, 90), invited(40, 20)],
        ..held()
    }
}

fn world() -> World {
    let world = World::northwind();
    world.apply(answer(1, 11, vec![Say::Accounts(everything())]));
    world
}

#[test]
fn v17_what_accounts_hold_is_listed_in_order() {
    let world = world();
    let cache = &world.cache;
    let admins = cache.admins(account_id()).expect("reads");
    let admins: Vec<_> = admins.iter().map(|it| (it.name.as_str(), it.by.as_deref())).collect();
    assert_eq!(admins, [("Ana Larch", None), ("Chidi Anagonye", Some("Ana Larch"))]);
    let groups = cache.groups(account_id()).expect("reads");
    assert_eq!(groups.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Pod A", "pod b"]);
    let bin = cache.bin(0, 1).expect("reads");
    assert_eq!((bin.total, bin.rows[0].name.as_str()), (2, "Éclair"));
    assert_eq!(cache.bin(1, 9).expect("reads").rows[0].name, "Old Shop");
    let offers = cache.offers().expect("reads");
    assert_eq!(offers.iter().map(|it| it.workspace).collect::<Vec<_>>(), [ws(30), ws(31)]);
    let inbox = cache.inbox().expect("reads");
    assert_eq!(inbox.iter().map(|it| it.expires.0).collect::<Vec<_>>(), [20, 90]);
}

#[test]
fn what_accounts_hold_is_replaced_whole_and_told_only_when_it_differs() {
    let world = world();
    let again = world.apply(answer(1, 11, vec![Say::Accounts(everything())]));
    assert!(!again.changed.workspaces, "the same again is no news");
    let mut less = everything();
    less.bin.pop();
    less.offers.clear();
    less.inbox.remove(0);
    less.groups.remove(0);
    less.admins.remove(0);
    let done = world.apply(answer(1, 11, vec![Say::Accounts(less)]));
    assert!(done.changed.workspaces);
    let cache = &world.cache;
    assert_eq!(cache.bin(0, 9).expect("reads").total, 1);
    assert!(cache.offers().expect("reads").is_empty());
    assert_eq!(cache.inbox().expect("reads").len(), 1);
    assert_eq!(cache.groups(account_id()).expect("reads").len(), 1);
    assert_eq!(cache.admins(account_id()).expect("reads").len(), 1);
    // An answer that says nothing of accounts takes nothing away.
    let quiet = world.apply(answer(1, 12, vec![]));
    assert!(!quiet.changed.workspaces);
    assert_eq!(cache.inbox().expect("reads").len(), 1);
}

#[test]
fn e13_an_account_that_is_no_longer_listed_is_forgotten_with_all_of_it() {
    let world = world();
    let grants = Say::Grants { all: vec![] };
    world.apply(answer(1, 12, vec![grants, Say::Accounts(Accounts::default())]));
    assert!(world.cache.accounts().expect("reads").is_empty());
    assert!(world.cache.admins(account_id()).expect("reads").is_empty());
    assert!(world.cache.groups(account_id()).expect("reads").is_empty());
    assert_eq!(world.cache.bin(0, 9).expect("reads").total, 0);
}

#[test]
fn e17_a_name_in_the_bin_is_known_to_be_taken_and_to_be_free_only_by_reach() {
    let world = world();
    let ask = |world: &World, name: &str| {
        world.cache.read(|mirror| mirror.name_in_bin(account_id(), name)).expect("reads")
    };
    assert_eq!(ask(&world, "ÉCLAIR"), Known::Known(Some(Timestamp(8))), "without regard to case");
    assert_eq!(ask(&world, "Eclair"), Known::Known(None), "an accent is another name");
    let mut others = everything();
    others.admins.retain(|it| it.login != me().id);
    world.apply(answer(1, 12, vec![Say::Accounts(others)]));
    assert_eq!(ask(&world, "old shop"), Known::Known(Some(Timestamp(5))));
    assert_eq!(ask(&world, "New Shop"), Known::Unknown);
}

#[test]
fn e17_a_workspace_from_the_bin_is_restored_by_its_own_row() {
    let world = world();
    let restore = Command::RestoreWorkspace { workspace: ws(20) };
    // Groups may give people roles there, and what is in the bin is not here.
    let now = Timestamp(6);
    let decision = world.cache.predict(&restore, now).expect("decides");
    assert!(matches!(decision, Decision::Accept(_)), "{decision:?}");
    world.cache.submit(&restore, now, Label::default()).expect("is kept");
    let bin = world.cache.bin(0, 9).expect("reads");
    assert_eq!((bin.total, bin.rows[0].id), (1, ws(21)), "it is out of the bin meanwhile");
    let entry = world.cache.workspace(ws(20)).expect("reads").expect("is listed");
    assert_eq!(entry.workspace.status, WorkspaceStatus::Active);
}

/// The questions about whole collections, as one copy answers them.
#[derive(Debug, PartialEq, Eq)]
struct Answers {
    admins: bool,
    workspaces: bool,
    members: bool,
    held: bool,
    owners: bool,
    invitations: bool,
    invited: bool,
    groups: bool,
    agents: bool,
    leads: bool,
}

fn answers(world: &World) -> Answers {
    fn is_known<T>(known: Known<T>) -> bool {
        known.known().is_some()
    }
    let account = account_id();
    let address = me().address;
    world
        .cache
        .read(|mirror| {
            Ok(Answers {
                admins: is_known(mirror.active_admins(account)?),
                workspaces: is_known(mirror.workspaces_of(account)?),
                members: is_known(mirror.present_members(ws(1))?),
                held: is_known(mirror.memberships_in(account, me().id)?),
                owners: is_known(mirror.owners_by_age(ws(1), Role::WorkspaceAdmin)?),
                invitations: is_known(mirror.invitations_of(ws(1))?),
                invited: is_known(mirror.invitations_to(account, &address)?),
                groups: is_known(mirror.groups_of(account)?),
                agents: is_known(mirror.content_count(ws(1), ContentKind::Agent)?),
                leads: is_known(mirror.content_count(ws(1), ContentKind::Lead)?),
            })
        })
        .expect("reads")
}

const ALL_KNOWN: Answers = Answers {
    admins: true,
    workspaces: true,
    members: true,
    held: true,
    owners: true,
    invitations: true,
    invited: true,
    groups: true,
    agents: true,
    leads: true,
};

#[test]
fn s7_an_admin_with_reach_knows_everything_once_everything_is_here() {
    assert_eq!(answers(&world()), ALL_KNOWN);
    // One workspace more that has not arrived, and what concerns all of them is open again.
    let world = world();
    let all = vec![grant(ws(1)), grant(ws(2))];
    world.apply(answer(1, 12, vec![Say::Grants { all }, Say::Accounts(everything())]));
    let open = Answers { workspaces: false, held: false, invited: false, ..ALL_KNOWN };
    assert_eq!(answers(&world), open);
}

#[test]
fn s7_a_member_knows_what_the_view_holds_and_no_more() {
    let nothing = Answers {
        admins: false,
        workspaces: false,
        members: false,
        held: false,
        owners: false,
        invitations: false,
        invited: false,
        groups: false,
        agents: false,
        leads: false,
    };
    let check = |parts: &[Part], expected: Answers| {
        let world = World::empty();
        let rows = vec![stamped(10, Row::Workspace(workspace(ws(1), "Northwind")))];
        let accounts = Accounts { accounts: vec![account()], ..Accounts::default() };
        world.apply(narrow(parts, rows, accounts));
        assert_eq!(answers(&world), expected, "with {parts:?}");
    };
    check(&[], Answers { ..nothing });
    check(&[Part::Members], Answers { members: true, owners: true, ..nothing });
    check(&[Part::Invitations], Answers { invitations: true, ..nothing });
    check(&[Part::Agents], Answers { agents: true, ..nothing });
    check(&[Part::Leads], Answers { leads: true, ..nothing });
}

#[test]
fn s7_seats_need_members_and_invitations() {
    let known = |parts: &[Part]| {
        let world = World::empty();
        let rows = vec![stamped(10, Row::Workspace(workspace(ws(1), "Northwind")))];
        world.apply(narrow(parts, rows, held()));
        world.cache.read(|mirror| mirror.seats_taken(ws(1), NOW)).expect("reads")
    };
    assert_eq!(known(&[Part::Members]), Known::Unknown);
    assert_eq!(known(&[Part::Invitations]), Known::Unknown);
    assert_eq!(known(&[Part::Members, Part::Invitations]), Known::Known(0));
}

#[test]
fn e65_only_ones_own_home_is_known() {
    let world = world();
    let home = |name: &str, number: u8, since: i64| {
        let account = Account {
            id: muster_domain::AccountId::from_bytes([number; 16]),
            name: name.to_owned(),
            scheme: SchemeId::OwnerLed,
            ..account()
        };
        let admin = AccountAdmin { account: account.id, since: Timestamp(since), ..admin() };
        (account, admin)
    };
    let ask = |world: &World, login| {
        world.cache.read(|mirror| mirror.home_account(login)).expect("reads")
    };
    assert_eq!(ask(&world, me().id), Known::Known(None));
    assert_eq!(ask(&world, login_id(1)), Known::Unknown);
    let mut more = everything();
    for (account, admin) in [home("A younger one", 51, 9), home("The oldest", 52, 4)] {
        more.accounts.push(account);
        more.admins.push(admin);
    }
    world.apply(answer(1, 12, vec![Say::Accounts(more)]));
    let found = ask(&world, me().id).known().flatten().expect("has one");
    assert_eq!(found.name, "The oldest");
}

#[test]
fn a_deleted_account_is_none_to_the_rules() {
    let world = world();
    let mut gone = everything();
    gone.accounts[0].status = AccountStatus::Deleted;
    world.apply(answer(1, 12, vec![Say::Accounts(gone)]));
    let found = world.cache.read(|mirror| Lookup::account(mirror, account_id())).expect("reads");
    assert_eq!(found, None);
}

#[test]
fn r7_changes_of_an_account_show_until_they_are_decided_and_go_when_refused() {
    let world = world();
    let rename = Command::RenameAccount {
        account: account_id(),
        was: "Larch Agency".to_owned(),
        title: "Larch & Co".to_owned(),
    };
    let define = Command::DefineRole {
        workspace: ws(1),
        role: muster_domain::RoleId::from_bytes([77; 16]),
        title: "Editor".to_owned(),
        permissions: own_role(ws(1), 0, "x").permissions,
    };
    let make = Command::CreateGroup {
        account: account_id(),
        group: GroupId::from_bytes([78; 16]),
        title: "Pod C".to_owned(),
        covers: Covers::AllBut(Vec::new()),
        roles: RoleSet::of(&[Role::ChatUser]),
    };
    let appoint = Command::AddAdmin { account: account_id(), person: mid(1) };
    for command in [rename, define, make, appoint] {
        world.submit(command);
    }
    let cache = &world.cache;
    let state = || {
        (
            cache.accounts().expect("reads")[0].name.clone(),
            cache.own_roles(ws(1)).expect("reads").len(),
            cache.groups(account_id()).expect("reads").len(),
            cache.admins(account_id()).expect("reads").len(),
        )
    };
    assert_eq!(state(), ("Larch & Co".to_owned(), 1, 3, 3));
    world.request();
    let says = (1..=4).map(refused).chain([Say::Accounts(everything())]).collect();
    world.apply(answer(1, 12, says));
    assert_eq!(state(), ("Larch Agency".to_owned(), 0, 2, 2));
}

#[test]
fn e34_people_of_an_account_are_found_once_each() {
    let world = world();
    let all = vec![grant(ws(1)), grant(ws(2))];
    let twice = Membership { id: mid(11), ..member(ws(2), 1, "Alejandro Ruiz") };
    let gone =
        Membership { state: muster_domain::MemberState::Left, ..member(ws(2), 12, "Bea Gone") };
    let rows = vec![
        stamped(12, Row::Workspace(workspace(ws(2), "Southwind"))),
        stamped(12, Row::Membership(twice)),
        stamped(12, Row::Membership(gone)),
        stamped(12, Row::Membership(member(ws(2), 13, "Zed Last"))),
    ];
    let frames = vec![Say::Grants { all }, Say::Accounts(everything()), chunk(ws(2), rows)];
    world.apply(answer(1, 12, frames));
    let names = |text: &str, limit| {
        let found = world.cache.in_account(account_id(), text, limit).expect("reads");
        found.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names("", 9), ["Alejandro Ruiz", "Bea Åström", "Chidi Anagonye", "Zed Last"]);
    assert_eq!(names("", 2), ["Alejandro Ruiz", "Bea Åström"]);
    assert_eq!(names("astrom bea", 9), ["Bea Åström"]);
    world.submit(remove(2));
    assert!(names("bea", 9).is_empty(), "whom an unsent change removes cannot be chosen");
    let other = muster_domain::AccountId::from_bytes([1; 16]);
    assert!(world.cache.in_account(other, "", 9).expect("reads").is_empty());
    let plan: String = world.cache.with_mirror(|db| {
        let sql = "EXPLAIN QUERY PLAN SELECT id, login, workspace FROM members WHERE former = 0
                   AND instr(folded, 'a') > 0 ORDER BY folded, login, workspace";
        db.query_row(sql, [], |row| row.get("detail")).expect("explains")
    });
    assert!(plan.contains("COVERING INDEX members_people"), "{plan}");
}

#[test]
fn e12_leaving_shows_where_one_is_the_only_owner() {
    let world = world();
    let mine = |id: u32, number: u8, role| Membership {
        id: mid(id),
        login: me().id,
        roles: RoleSet::of(&[role]),
        ..member(ws(number), 0, "Ana Larch")
    };
    let all = [1, 2, 3].map(|number| grant(ws(number))).to_vec();
    let other = Membership {
        roles: RoleSet::of(&[Role::WorkspaceAdmin]),
        ..member(ws(2), 14, "Other Owner")
    };
    let southwind = vec![
        stamped(12, Row::Workspace(workspace(ws(2), "Southwind"))),
        stamped(12, Row::Membership(mine(21, 2, Role::WorkspaceAdmin))),
        stamped(12, Row::Membership(other)),
    ];
    let alone = vec![
        stamped(12, Row::Workspace(workspace(ws(3), "Alone"))),
        stamped(12, Row::Membership(mine(22, 3, Role::WorkspaceAdmin))),
    ];
    let frames = vec![
        Say::Grants { all },
        Say::Accounts(everything()),
        Say::Rows { rows: vec![stamped(12, Row::Membership(mine(23, 1, Role::ChatUser)))] },
        chunk(ws(2), southwind),
        chunk(ws(3), alone),
    ];
    world.apply(answer(1, 12, frames));
    let places = world.cache.memberships_of_me(account_id()).expect("reads");
    let told: Vec<_> =
        places.iter().map(|it| (it.workspace.name.as_str(), it.people, it.only_owner)).collect();
    assert_eq!(
        told,
        [
            ("Alone", Some(1), Known::Known(true)),
            ("Northwind", Some(4), Known::Known(false)),
            ("Southwind", Some(2), Known::Known(false)),
        ]
    );
    let losing = world.cache.losing_access(account_id(), 1, 1).expect("reads");
    assert_eq!((losing.workspaces, losing.memberships, losing.complete), (3, 7, true));
    assert_eq!(losing.rows.len(), 1);
    assert_eq!(
        (losing.rows[0].workspace.name.as_str(), losing.rows[0].people),
        ("Northwind", Some(4))
    );
}

#[test]
fn e14_who_does_not_see_all_is_told_that_the_numbers_are_not_all() {
    let world = World::empty();
    let rows = vec![stamped(10, Row::Workspace(workspace(ws(1), "Northwind")))];
    let accounts = Accounts { accounts: vec![account()], ..Accounts::default() };
    world.apply(narrow(&[], rows, accounts));
    let losing = world.cache.losing_access(account_id(), 0, 9).expect("reads");
    assert_eq!((losing.workspaces, losing.memberships, losing.complete), (1, 0, false));
    assert_eq!(losing.rows[0].people, None);
}

#[test]
fn v12_workspaces_are_filtered_by_account_label_plan_and_single_owner() {
    let world = World::empty();
    let other = Account {
        id: muster_domain::AccountId::from_bytes([8; 16]),
        name: "Birch".to_owned(),
        ..account()
    };
    let places = [
        Workspace { labels: labels(&["North", "Retail"]), ..workspace(ws(1), "Alpha") },
        Workspace {
            labels: labels(&["North"]),
            plan: muster_domain::Plan::Basic,
            ..workspace(ws(2), "Beta")
        },
        Workspace { account: other.id, ..workspace(ws(3), "Gamma") },
    ];
    let mut all: Vec<_> = places.iter().map(|it| grant(it.id)).collect();
    all[2].account = other.id;
    let accounts = Accounts { accounts: vec![account(), other.clone()], ..held() };
    let mut frames = vec![Say::Grants { all }, Say::Accounts(accounts)];
    for (number, place) in (1..).zip(&places) {
        let owner = |number: u32| Membership {
            roles: RoleSet::of(&[Role::WorkspaceAdmin]),
            ..member(place.id, number, "Owner")
        };
        let mut rows = vec![
            stamped(10, Row::Workspace(place.clone())),
            stamped(10, Row::Membership(owner(number))),
        ];
        if place.id == ws(1) {
            rows.push(stamped(10, Row::Membership(owner(70))));
        }
        frames.push(chunk(place.id, rows));
    }
    world.apply(answer(1, 10, frames));
    let names = |filter: WorkspaceFilter, text: &str| {
        let query =
            WorkspaceQuery { text: text.to_owned(), filter, limit: 9, ..Default::default() };
        let window = world.cache.workspaces(&query).expect("reads");
        assert_eq!((window.total, window.matched as usize), (3, window.rows.len()));
        window.rows.into_iter().map(|it| it.workspace.name).collect::<Vec<_>>()
    };
    let all = WorkspaceFilter::default;
    let label = |label: &str| WorkspaceFilter { label: Some(label.to_owned()), ..all() };
    assert_eq!(names(label("North"), ""), ["Alpha", "Beta"]);
    assert_eq!(names(label("Retail"), ""), ["Alpha"]);
    assert!(names(label("Nor"), "").is_empty());
    assert_eq!(names(label("North"), "beta"), ["Beta"]);
    assert_eq!(names(WorkspaceFilter { account: Some(other.id), ..all() }, ""), ["Gamma"]);
    let basic = WorkspaceFilter { plan: Some(muster_domain::Plan::Basic), ..all() };
    assert_eq!(names(basic, ""), ["Beta"]);
    let one_owner = WorkspaceFilter { one_owner: true, ..all() };
    assert_eq!(names(one_owner.clone(), ""), ["Beta", "Gamma"]);
    assert_eq!(
        names(WorkspaceFilter { label: Some("North".to_owned()), ..one_owner }, ""),
        ["Beta"]
    );
    let in_use = world.cache.workspace_labels().expect("reads");
    assert_eq!(in_use, [("North".to_owned(), 2), ("Retail".to_owned(), 1)]);
}

#[test]
fn v8_a_plan_and_an_offer_stand_in_the_entry() {
    let world = World::northwind();
    let row = Workspace {
        plan_ended: Some(Timestamp(3)),
        offer: Some(offered(1, 2).offer),
        ..workspace(ws(1), "Northwind")
    };
    let rows = vec![stamped(12, Row::Workspace(row.clone()))];
    world.apply(answer(1, 12, vec![Say::Rows { rows }]));
    let entry = world.cache.workspace(ws(1)).expect("reads").expect("is there");
    assert_eq!(entry.workspace, row);
    let decision = world.cache.predict(&create(1, "x", agent(&[])), NOW).expect("decides");
    assert_eq!(decision.refusal().expect("is refused").code, RefusalCode::PlanOver);
}
