//! Where people are, and what they see of other places (V-20, V-22, V-48, U-14, U-19, U-42, U-52,
//! E-31, E-56, E-66).

use muster_domain::{
    AccountId, Command, Labels, MembershipId, Plan, RefusalCode, Role, RoleSet, Row, SchemeId,
    WorkspaceId,
};

use crate::support::{Person, World, join, refusal, some_id};
use crate::{row, workspaces};

fn creates(account: AccountId, title: &str, membership: Option<MembershipId>) -> Command {
    Command::CreateWorkspace {
        workspace: some_id(WorkspaceId::from_bytes),
        account,
        title: title.to_owned(),
        plan: Some(Plan::Basic),
        membership,
        labels: Labels::default(),
    }
}

/// Where somebody has a part, in order.
async fn places(person: &Person, world: &World) -> Vec<WorkspaceId> {
    let grants = person.everything(world).await.grants.expect("grants");
    let mut ids: Vec<_> = grants.into_iter().map(|it| it.workspace).collect();
    ids.sort_unstable();
    ids
}

/// The names of the members that somebody is told of, in order.
async fn names(person: &Person, world: &World) -> Vec<String> {
    let told = person.everything(world).await.rows.into_iter();
    let mut names: Vec<_> = told
        .filter_map(|it| match it.row {
            Row::Membership(it) => Some(it.name),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn v20_v48_an_account_admin_sees_every_workspace_and_every_other_admin() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let account = nora.account(&world).await;
    let create = creates(account, "Without Nora", None);
    nora.apply(&world, &create).await;
    let mara = world.person("Mara", "mara@elm.example", SchemeId::Managed).await;
    let tomas = join(&world, &mut nora, home, "Tomas", Role::ChatUser).await;
    assert_eq!(places(&tomas, &world).await, [home]);
    assert!(tomas.everything(&world).await.admins.is_empty(), "of no concern to him");

    let person = nora.member(&world, home, &tomas.login).await.id;
    nora.apply(&world, &Command::AddAdmin { account, person }).await;
    let all = places(&nora, &world).await;
    assert_eq!(all.len(), 2);
    assert_eq!(places(&tomas, &world).await, all, "V-20");
    assert_eq!(workspaces(&tomas.everything(&world).await).len(), 2, "with what is in them");
    for admin in [&nora, &tomas] {
        let admins = admin.everything(&world).await.admins;
        assert_eq!(admins.iter().filter(|it| it.active).count(), 2, "V-48");
    }
    assert_eq!(mara.everything(&world).await.admins.len(), 1, "her own account's and no other");
    assert!(places(&mara, &world).await.iter().all(|it| !all.contains(it)));
}

#[tokio::test]
async fn v22_u19_u52_each_clients_people_are_in_their_own_workspace_with_a_role_of_there() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let harbour = nora.new_workspace(&world, "Harbour").await;
    let orchard = nora.new_workspace(&world, "Orchard").await;
    let ines = join(&world, &mut nora, harbour, "Ines", Role::WorkspaceAdmin).await;
    let otto = join(&world, &mut nora, orchard, "Otto", Role::WorkspaceAdmin).await;
    assert_eq!(places(&ines, &world).await, [harbour], "U-52");
    assert_eq!(places(&otto, &world).await, [orchard], "U-52");
    assert_eq!(names(&ines, &world).await, ["Ines", "Nora"], "U-52: and of nobody else");
    assert_eq!(names(&otto, &world).await, ["Nora", "Otto"]);

    // Somebody of one team is added to another one, with another role.
    let person = nora.member(&world, harbour, &ines.login).await.id;
    let membership = some_id(MembershipId::from_bytes);
    let chat = RoleSet::of(&[Role::ChatUser]);
    let add = Command::AddMember { workspace: orchard, membership, person, roles: chat };
    nora.apply(&world, &add).await;
    let here = nora.member(&world, harbour, &ines.login).await.roles;
    let there = otto.member(&world, orchard, &ines.login).await.roles;
    assert_eq!(here, RoleSet::of(&[Role::WorkspaceAdmin]), "U-19");
    assert_eq!(there, chat, "V-22, U-19");
    assert_eq!(places(&otto, &world).await, [orchard], "the others stay where they are");
    let was = row(&nora, &world, orchard).await.name;
    let title = "Ours".to_owned();
    let rename = Command::RenameWorkspace { workspace: orchard, was, title };
    let mut ines = ines;
    assert_eq!(refusal(&mut ines, &world, &rename).await, RefusalCode::Missing, "U-19");
}

#[tokio::test]
async fn u14_e66_who_creates_a_workspace_is_its_owner_or_an_admin_who_chose_not_to_be_in_it() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let account = one.account(&world).await;
    let without = creates(account, "Without", None);
    assert_eq!(refusal(&mut one, &world, &without).await, RefusalCode::FounderMissing, "U-14");
    for title in ["First", "Second"] {
        let workspace = one.new_workspace(&world, title).await;
        let mine = one.member(&world, workspace, &one.login).await;
        assert_eq!(mine.roles, RoleSet::of(&[Role::Owner]), "U-14");
    }

    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let account = nora.account(&world).await;
    let within = nora.new_workspace(&world, "With me").await;
    for workspace in [home, within] {
        let mine = nora.member(&world, workspace, &nora.login).await;
        assert_eq!(mine.roles, RoleSet::of(&[Role::WorkspaceAdmin]), "E-66");
    }
    nora.apply(&world, &creates(account, "Without me", None)).await;
    let all = places(&nora, &world).await;
    let workspace = *all.iter().find(|it| ![home, within].contains(it)).expect("the third");
    assert!(nora.grant(&world, workspace).await.is_some(), "by reach");
    let told = nora.everything(&world).await.rows;
    let is_in = |row: &Row| matches!(row, Row::Membership(it) if it.workspace == workspace);
    assert!(!told.iter().any(|it| is_in(&it.row)), "E-66: a clean list of members");
}

#[tokio::test]
async fn u42_leaving_a_workspace_ends_that_membership_and_no_other() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let (left, kept) =
        (one.new_workspace(&world, "Left").await, one.new_workspace(&world, "Kept").await);
    let mut wim = join(&world, &mut one, left, "Wim", Role::Write).await;
    let (_, code) = one.invite(&world, kept, "wim@people.example", Role::Read).await;
    wim.accept(&world, &code).await.expect("a member there too");
    let before = places(&wim, &world).await;
    wim.apply(&world, &Command::LeaveWorkspace { workspace: left }).await;
    let after: Vec<_> = before.into_iter().filter(|it| *it != left).collect();
    assert_eq!(places(&wim, &world).await, after);
    assert_eq!(one.member(&world, kept, &wim.login).await.roles, RoleSet::of(&[Role::Read]));
}

#[tokio::test]
async fn e56_two_workspaces_of_one_account_may_have_one_name() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let first = nora.new_workspace(&world, "Harbour").await;
    let second = nora.new_workspace(&world, "Harbour").await;
    let third = nora.new_workspace(&world, "Orchard").await;
    let (was, title) = ("Orchard".to_owned(), "Harbour".to_owned());
    nora.apply(&world, &Command::RenameWorkspace { workspace: third, was, title }).await;
    for workspace in [first, second, third] {
        assert_eq!(row(&nora, &world, workspace).await.name, "Harbour");
    }
}

#[tokio::test]
async fn e31_the_lease_of_an_account_is_told_and_what_was_removed_is_named_at_the_next_contact() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let account = nora.everything(&world).await.accounts.remove(0);
    assert_eq!(account.lease_days, 7, "unless it says otherwise");
    let chat = join(&world, &mut nora, home, "Chat", Role::ChatUser).await;
    let policy = Command::SetPolicy {
        account: account.id,
        invitation_days: account.invitation_days,
        lease_days: 0,
        reason_required: false,
        review_days: None,
        second_admin: None,
        name_days: None,
    };
    nora.apply(&world, &policy).await;
    let told = chat.everything(&world).await.accounts.remove(0);
    assert_eq!(told.lease_days, 0, "E-31: no offline, told to everybody with a copy");
    let membership = nora.member(&world, home, &chat.login).await.id;
    nora.apply(&world, &Command::RemoveMember { workspace: home, membership, reason: None }).await;
    let seen = chat.everything(&world).await;
    assert_eq!((seen.grants, seen.rows.len()), (Some(vec![]), 0), "E-31");
}
