//! The sentences of the two guides at the server's own door: what a sign-up makes, what each
//! role of either scheme may, and what stays next door. The rules alone are tested where they
//! are; here the store, the grants and the answers have to keep them as well.

#[path = "guides/both.rs"]
mod both;
#[path = "guides/contents.rs"]
mod contents;
#[path = "guides/owners.rs"]
mod owners;
#[path = "guides/people.rs"]
mod people;
#[path = "guides/personal.rs"]
mod personal;
#[path = "guides/plans.rs"]
mod plans;
mod support;

use muster_domain::{
    Activity, Address, Command, ContentBody, ContentId, InvitationId, KnowledgeSource,
    MembershipId, Plan, RefusalCode, Role, RoleSet, Row, SchemeId, Workspace, WorkspaceId,
};
use support::{Answer, Person, World, join, some_id};

fn workspaces(answer: &Answer) -> Vec<Workspace> {
    let rows = answer.rows.iter().filter_map(|it| match &it.row {
        Row::Workspace(it) => Some(it.clone()),
        _ => None,
    });
    rows.collect()
}

async fn row(person: &Person, world: &World, id: WorkspaceId) -> Workspace {
    let seen = workspaces(&person.everything(world).await);
    seen.into_iter().find(|it| it.id == id).expect("is seen")
}

/// What somebody asks of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    Rename,
    Invite,
    Agent,
    Knowledge,
    Plan,
    Owner,
    Delete,
}

const ALL: [Asks; 7] = [
    Asks::Rename,
    Asks::Invite,
    Asks::Agent,
    Asks::Knowledge,
    Asks::Plan,
    Asks::Owner,
    Asks::Delete,
];

/// The command, over what somebody who sees everything knows of the workspace.
async fn asked(asks: Asks, world: &World, all: &Person, at: WorkspaceId, top: Role) -> Command {
    let held = row(all, world, at).await;
    let made = |body| {
        let content = some_id(ContentId::from_bytes);
        Command::CreateContent { workspace: at, content, title: "Front desk".to_owned(), body }
    };
    let invites = |role: Role| {
        let invitation = some_id(InvitationId::from_bytes);
        let address = format!("guest-{invitation}@else.example");
        Command::CreateInvitation {
            workspace: at,
            invitation,
            address: Address::parse(&address).expect("an address"),
            person: None,
            roles: RoleSet::of(&[role]),
            message: None,
        }
    };
    match asks {
        Asks::Rename => {
            let title = format!("{} too", held.name);
            Command::RenameWorkspace { workspace: at, was: held.name, title }
        }
        Asks::Invite => invites(if top == Role::Owner { Role::Read } else { Role::ChatUser }),
        Asks::Owner => invites(top),
        Asks::Agent => made(ContentBody::Agent {
            instructions: String::new(),
            state: Activity::On,
            knowledge: Vec::new(),
        }),
        Asks::Knowledge => made(ContentBody::Knowledge {
            source: KnowledgeSource::Faq,
            text: "Open from nine.".to_owned(),
            size: 15,
        }),
        Asks::Plan => {
            let plan = if held.plan == Plan::Basic { Plan::Pro } else { Plan::Basic };
            Command::SetPlan { workspace: at, plan }
        }
        Asks::Delete => Command::DeleteWorkspace { workspace: at, reason: None },
    }
}

/// Holds what the server lets somebody do against what the guide says of their role.
async fn holds(
    world: &World,
    person: &mut Person,
    all: &mut Person,
    (at, top): (WorkspaceId, Role),
    may: &[Asks],
) {
    let name = person.login.name.clone();
    // Deleting comes last, and only of those who may not.
    for asks in ALL.into_iter().filter(|it| *it != Asks::Delete || !may.contains(it)) {
        let command = asked(asks, world, all, at, top).await;
        let outcome = person.command(world, &command).await;
        assert_eq!(outcome.refusal.is_none(), may.contains(&asks), "{name}, {asks:?}: {outcome:?}");
    }
    // Whoever comes next finds room again.
    let _ = all.command(world, &Command::SetPlan { workspace: at, plan: Plan::Pro }).await;
}

#[tokio::test]
async fn v1_v2_v3_v5_v7_v9_v11_v13_v14_an_account_and_its_workspaces() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let seen = nora.everything(&world).await;
    assert_eq!((seen.accounts.len(), seen.admins.len()), (1, 1), "V-1, V-2");
    let account = seen.accounts[0].id;
    let home = nora.home(&world).await;
    let mut later = Vec::new();
    for (title, plan) in [("Sales", Plan::Basic), ("Support", Plan::Pro)] {
        let workspace = some_id(WorkspaceId::from_bytes);
        // Nobody is a member of it: V-14 has to come from the account alone.
        let create = Command::CreateWorkspace {
            workspace,
            account,
            title: title.to_owned(),
            plan: Some(plan),
            membership: None,
            labels: Default::default(),
        };
        nora.apply(&world, &create).await;
        later.push((workspace, plan));
    }
    let seen = workspaces(&nora.everything(&world).await);
    assert!(seen.iter().all(|it| it.account == account), "V-5");
    for (workspace, plan) in &later {
        let held = seen.iter().find(|it| it.id == *workspace).expect("V-11");
        assert_eq!(held.plan, *plan, "V-7, V-9");
        for asks in [Asks::Rename, Asks::Agent, Asks::Knowledge, Asks::Plan] {
            let command = asked(asks, &world, &nora, *workspace, Role::WorkspaceAdmin).await;
            nora.apply(&world, &command).await;
        }
    }
    for (workspace, _) in later {
        nora.apply(&world, &Command::DeleteWorkspace { workspace, reason: None }).await;
    }
    let last = Command::DeleteWorkspace { workspace: home, reason: None };
    let refusal = nora.command(&world, &last).await.refusal.expect("V-3");
    assert_eq!(refusal.code, RefusalCode::LastWorkspace);
}

#[tokio::test]
async fn v23_v24_v25_v26_v27_v28_v29_v31_v32_each_role_does_what_it_is_for_and_nothing_next_door() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let here = nora.home(&world).await;
    let next_door = nora.new_workspace(&world, "Next door").await;
    let top = Role::WorkspaceAdmin;
    nora.apply(&world, &Command::SetPlan { workspace: here, plan: Plan::Pro }).await;
    let roles: [(&str, Role, &[Asks]); 5] = [
        ("Chat", Role::ChatUser, &[]),
        ("Bill", Role::BillingAdmin, &[Asks::Plan]),
        ("Cora", Role::ContentManager, &[Asks::Knowledge]),
        ("Agnes", Role::AgentManager, &[Asks::Agent]),
        ("Wanda", Role::WorkspaceAdmin, &ALL),
    ];
    for (name, role, may) in roles {
        let mut person = join(&world, &mut nora, here, name, role).await;
        assert_eq!(nora.member(&world, here, &person.login).await.roles, RoleSet::of(&[role]));
        holds(&world, &mut person, &mut nora, (here, top), may).await;
        let seen = person.everything(&world).await;
        let grants = seen.grants.clone().expect("grants");
        assert!(grants.iter().all(|it| it.workspace == here), "V-23, V-32: {name}");
        assert!(workspaces(&seen).iter().all(|it| it.id == here), "V-23: {name}");
        let command = asked(Asks::Rename, &world, &nora, next_door, top).await;
        let outcome = person.command(&world, &command).await;
        assert!(outcome.refusal.is_some(), "V-32: {name}, {outcome:?}");
    }
}

#[tokio::test]
async fn u3_u10_u11_u12_u53_u54_u55_u56_u59_u60_u61_the_ladder_holds_at_the_server() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let shared = one.new_workspace(&world, "Shared").await;
    let home = one.home(&world).await;
    let login = one.login.clone();
    let mine = one.member(&world, home, &login).await.roles;
    assert_eq!(mine, RoleSet::of(&[Role::Owner]), "U-3");
    one.apply(&world, &Command::SetPlan { workspace: shared, plan: Plan::Pro }).await;
    let content: &[Asks] = &[Asks::Agent, Asks::Knowledge];
    let team: &[Asks] = &[Asks::Rename, Asks::Invite, Asks::Agent, Asks::Knowledge];
    let ladder = [("Rhea", Role::Read, &[][..]), ("Wim", Role::Write, content)];
    for (name, role, may) in ladder.into_iter().chain([("Ada", Role::Admin, team)]) {
        let mut person = join(&world, &mut one, shared, name, role).await;
        holds(&world, &mut person, &mut one, (shared, Role::Owner), may).await;
        // U-10 to U-12: the owner of a home of their own, and this role here.
        let own = person.home(&world).await;
        let login = person.login.clone();
        assert_eq!(person.member(&world, own, &login).await.roles, RoleSet::of(&[Role::Owner]));
        assert_eq!(person.member(&world, shared, &login).await.roles, RoleSet::of(&[role]));
    }
    for asks in [Asks::Rename, Asks::Owner, Asks::Plan, Asks::Delete] {
        let command = asked(asks, &world, &one, shared, Role::Owner).await;
        one.apply(&world, &command).await;
    }
}

#[tokio::test]
async fn u63_u64_u65_e4_e8_the_last_owner_stays_at_the_server() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let shared = one.new_workspace(&world, "Shared").await;
    let mut ada = join(&world, &mut one, shared, "Ada", Role::Admin).await;
    let two = join(&world, &mut one, shared, "Two", Role::Owner).await;
    let login = one.login.clone();
    let mine = one.member(&world, shared, &login).await.id;
    let theirs = one.member(&world, shared, &two.login).await.id;
    let removes = |membership: MembershipId| Command::RemoveMember {
        workspace: shared,
        membership,
        reason: None,
    };
    let refused = ada.command(&world, &removes(theirs)).await.refusal;
    assert!(refused.is_some(), "E-8: an admin removes no owner, however many there are");
    let suspend = Command::SuspendMember { workspace: shared, membership: theirs, reason: None };
    one.apply(&world, &suspend).await;
    let demote = Command::SetMemberRoles {
        workspace: shared,
        membership: mine,
        was: RoleSet::of(&[Role::Owner]),
        roles: RoleSet::of(&[Role::Write]),
        reason: None,
    };
    let doors = [demote, removes(mine), Command::LeaveWorkspace { workspace: shared }];
    for door in doors {
        let refusal = one.command(&world, &door).await.refusal;
        let refusal = refusal.unwrap_or_else(|| panic!("E-4, U-63: {door:?} was let through"));
        assert_eq!(refusal.code.rule(), "R6", "{door:?}");
    }
}
