//! Accounts and workspaces over their lives: bins, ends, moves, deletions, and what each of
//! them leaves to whom.

mod support;

use muster_domain::{
    Account, Command, ContentBody, ContentId, Covers, End, GroupId, Labels, MemberState,
    MembershipId, Permission, PermissionSet, Plan, RefusalCode, Role, RoleId, RoleMapping, RoleSet,
    RolesTo, Row, SchemeId, Timestamp, View, WorkspaceId, WorkspaceStatus,
};
use muster_protocol::LogOf;
use muster_protocol::OutcomeStatus;
use muster_server::appoint::{AppointError, Step, Wish, appoint};
use muster_server::mail::Post;
use muster_server::{due, history};
use support::{Answer, Person, World, join, refusal, some_id};

const DAY: i64 = 86_400_000;

async fn agency(world: &World) -> Person {
    world.person("Nora", "nora@larch.example", SchemeId::Managed).await
}

async fn freelancer(world: &World, name: &str) -> Person {
    let address = format!("{}@kim.example", name.to_lowercase());
    world.person(name, &address, SchemeId::OwnerLed).await
}

fn rows<T>(answer: &Answer, pick: impl Fn(&Row) -> Option<T>) -> Vec<T> {
    answer.rows.iter().filter_map(|it| pick(&it.row)).collect()
}

async fn account_of(person: &Person, world: &World) -> Account {
    let id = person.account(world).await;
    let accounts = person.everything(world).await.accounts;
    accounts.into_iter().find(|it| it.id == id).expect("an account")
}

/// Every text that the database holds, as its file's bytes tell it.
fn anywhere(world: &World, word: &str) -> usize {
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    file.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("a checkpoint");
    let tables: Vec<String> = file
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .expect("a query")
        .query_map([], |row| row.get(0))
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("names");
    let mut found = 0;
    for table in tables {
        let mut statement = file.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a query");
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                if let Ok(text) = row.get::<_, String>(column)
                    && text.to_lowercase().contains(word)
                {
                    found += 1;
                }
            }
        }
    }
    found
}

#[tokio::test]
async fn e17_u41_the_bin_holds_for_thirty_days_and_gives_back_what_was_there() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    let mut lead = join(&world, &mut nora, workspace, "Lead", Role::WorkspaceAdmin).await;
    let mut chat = join(&world, &mut nora, workspace, "Chat", Role::ChatUser).await;
    let before = lead.grant(&world, workspace).await.expect("access");
    lead.apply(&world, &Command::DeleteWorkspace { workspace, reason: None }).await;
    for person in [&nora, &lead, &chat] {
        assert_eq!(person.grant(&world, workspace).await, None, "access ends at once");
    }
    let bin = |answer: Answer| answer.wide.bin.iter().map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(bin(nora.everything(&world).await), [workspace]);
    assert_eq!(bin(lead.everything(&world).await), [workspace], "who could delete can restore");
    assert_eq!(bin(chat.everything(&world).await), []);
    let named_alike = Command::CreateWorkspace {
        workspace: some_id(WorkspaceId::from_bytes),
        account: nora.account(&world).await,
        title: "HARBOUR".to_owned(),
        plan: Some(Plan::Basic),
        membership: None,
        labels: Labels::default(),
    };
    assert_eq!(refusal(&mut nora, &world, &named_alike).await, RefusalCode::NameReserved);

    let restore = Command::RestoreWorkspace { workspace };
    assert_eq!(refusal(&mut chat, &world, &restore).await, RefusalCode::NotVisible);
    lead.apply(&world, &restore).await;
    let after = lead.grant(&world, workspace).await.expect("access");
    assert!(after > before, "access began anew");
    assert!(chat.grant(&world, workspace).await.is_some());

    nora.apply(&world, &Command::DeleteWorkspace { workspace, reason: None }).await;
    world.clock.advance(15 * DAY);
    assert_eq!(bin(nora.everything(&world).await), [workspace]);
    world.clock.advance(15 * DAY);
    assert_eq!(bin(nora.everything(&world).await), [], "too late, also before it is erased");
    assert_eq!(due::now(world.running().app()).expect("done"), 1);
    assert_eq!(due::now(world.running().app()).expect("done"), 0);
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    let erased = store.workspace(workspace).expect("it").expect("the name stays");
    assert_eq!(erased.status, WorkspaceStatus::Erased);
    let members = store.memberships_since(workspace, 0).expect("it");
    assert!(members.is_empty(), "its rows are gone");
    let events = history::verified(&*store, LogOf::Workspace(workspace)).expect("a whole chain");
    assert_eq!(events.last().map(|it| it.kind.as_str()), Some("workspace.erased"));
}

#[tokio::test]
async fn e39_e41_a_membership_ends_or_falls_on_its_day_and_nothing_else_does() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let home = nora.home(&world).await;
    let guest = join(&world, &mut nora, home, "Guest", Role::AgentManager).await;
    let temp = join(&world, &mut nora, home, "Temp", Role::AgentManager).await;
    let other = join(&world, &mut nora, home, "Other", Role::AgentManager).await;
    let at = Timestamp(support::BEGIN.0 + 3 * DAY);
    let chat = RoleSet::of(&[Role::ChatUser]);
    for (person, roles) in [(&guest, None), (&temp, Some(chat))] {
        let membership = nora.member(&world, home, &person.login).await.id;
        let end = Some(End { at, roles });
        let set = Command::SetMemberEnd { workspace: home, membership, was: None, end };
        nora.apply(&world, &set).await;
    }
    let of_temp = temp.grant(&world, home).await.expect("access");
    world.clock.set(at);
    // Judged by the server's time, also before anything was written down.
    assert_eq!(guest.grant(&world, home).await, None);
    assert_eq!(temp.everything(&world).await.grants.expect("grants")[0].view, View::OWN);
    assert_eq!(due::now(world.running().app()).expect("done"), 2);
    assert_eq!(due::now(world.running().app()).expect("done"), 0);
    assert!(temp.grant(&world, home).await.expect("access") > of_temp, "another view");
    let seen = nora.everything(&world).await;
    let state = |person: &Person| {
        rows(&seen, |row| match row {
            Row::Membership(it) if it.login == person.login.id => Some((it.state, it.roles)),
            _ => None,
        })
    };
    let agents = RoleSet::of(&[Role::AgentManager]);
    assert_eq!(state(&guest), [(MemberState::Expired, agents)]);
    assert_eq!(state(&temp), [(MemberState::Active, chat)]);
    assert_eq!(state(&other), [(MemberState::Active, agents)]);
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    let events = history::verified(&*store, LogOf::Workspace(home)).expect("a whole chain");
    let ended: Vec<_> = events.iter().filter(|it| it.kind == "member.ended").collect();
    assert_eq!(ended.len(), 2);
    assert!(ended.iter().all(|it| it.actor.to_bytes() == [0; 16]), "nobody acted");
}

#[tokio::test]
async fn v39_v40_v41_e13_leaving_an_account_ends_everything_there_in_one_change() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let (one, two, three) = (
        nora.home(&world).await,
        nora.new_workspace(&world, "Two").await,
        nora.new_workspace(&world, "Three").await,
    );
    let mut guest = join(&world, &mut nora, one, "Guest", Role::ChatUser).await;
    let (_, code) = nora.invite(&world, two, "guest@people.example", Role::AgentManager).await;
    guest.accept(&world, &code).await.expect("a member");
    let (_, open) = nora.invite(&world, three, "guest@people.example", Role::ChatUser).await;
    let account = nora.account(&world).await;
    guest.apply(&world, &Command::LeaveAccount { account }).await;
    let seen = guest.everything(&world).await;
    assert_eq!((seen.grants, seen.accounts.len()), (Some(vec![]), 0));
    let error = guest.accept(&world, &open).await.expect_err("the invitation went as well");
    let code = error.1.refusal.map(|it| it.code);
    assert_eq!(code, Some(RefusalCode::InvitationGone));
    // V-41: only a new invitation lets back in.
    let (_, again) = nora.invite(&world, one, "guest@people.example", Role::ChatUser).await;
    guest.accept(&world, &again).await.expect("back");
}

#[tokio::test]
async fn v42_v43_v44_e14_a_deleted_account_leaves_nothing_of_itself() {
    let world = World::start().await;
    let mut nora = world.person("Ostrich", "ostrich@larch.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(&world, "Ostrich place").await;
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    let member = join(&world, &mut nora, workspace, "Member", Role::AgentManager).await;
    nora.invite(&world, workspace, "invited@ostrich.example", Role::ChatUser).await;
    let account = account_of(&nora, &world).await;
    let record = Command::CreateContent {
        workspace,
        content: some_id(ContentId::from_bytes),
        title: "Ostrich prompt".to_owned(),
        body: ContentBody::Prompt { text: "ostrich text".to_owned() },
    };
    nora.apply(&world, &record).await;
    let role = Command::DefineRole {
        workspace,
        role: some_id(RoleId::from_bytes),
        title: "Ostrich role".to_owned(),
        permissions: PermissionSet::of(&[Permission::AgentView]),
    };
    nora.apply(&world, &role).await;
    let group = Command::CreateGroup {
        account: account.id,
        group: some_id(GroupId::from_bytes),
        title: "Ostrich pod".to_owned(),
        covers: Covers::AllBut(Vec::new()),
        roles: RoleSet::of(&[Role::ChatUser]),
    };
    nora.apply(&world, &group).await;
    let wrong = Command::DeleteAccount { account: account.id, title: "Larch".to_owned() };
    assert_eq!(refusal(&mut nora, &world, &wrong).await, RefusalCode::NameMistyped);
    assert!(anywhere(&world, "ostrich") > 10);
    let right = Command::DeleteAccount { account: account.id, title: account.name };
    nora.apply(&world, &right).await;
    for person in [&nora, &member] {
        let seen = person.everything(&world).await;
        assert_eq!((seen.grants, seen.accounts.len()), (Some(vec![]), 0));
    }
    // The person's own sign-in stays: its name and its address.
    assert_eq!(anywhere(&world, "ostrich"), 2, "V-43");
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    assert_eq!(store.account(account.id).expect("it"), None);
    assert!(store.chain(LogOf::Account(account.id)).expect("it").is_empty());
    assert!(store.chain(LogOf::Workspace(workspace)).expect("it").is_empty());
}

#[tokio::test]
async fn v43_the_history_goes_with_an_account_and_with_nothing_else() {
    let world = World::start().await;
    let nora = agency(&world).await;
    drop(nora);
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    assert!(file.execute("DELETE FROM events", []).is_err(), "events are append-only");
    let guards: i64 =
        file.query_row("SELECT count(*) FROM erasing", [], |row| row.get(0)).expect("a count");
    assert_eq!(guards, 0);
}

#[tokio::test]
async fn e16_a_scheduled_deletion_waits_can_be_withdrawn_and_runs() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let account = account_of(&nora, &world).await;
    let schedule = Command::ScheduleDeletion { account: account.id, title: account.name, days: 14 };
    nora.apply(&world, &schedule).await;
    assert!(account_of(&nora, &world).await.deletion.is_some());
    world.clock.advance(13 * DAY);
    assert_eq!(due::now(world.running().app()).expect("done"), 0);
    nora.apply(&world, &Command::WithdrawDeletion { account: account.id }).await;
    world.clock.advance(2 * DAY);
    assert_eq!(due::now(world.running().app()).expect("done"), 0);
    nora.apply(&world, &schedule).await;
    world.clock.advance(14 * DAY);
    assert_eq!(due::now(world.running().app()).expect("done"), 1);
    assert_eq!(nora.everything(&world).await.accounts, []);
}

#[tokio::test]
async fn e15_deleting_an_account_moves_what_others_own_first() {
    let world = World::start().await;
    let mut one = freelancer(&world, "One").await;
    let shared = one.new_workspace(&world, "Shared").await;
    let two = join(&world, &mut one, shared, "Two", Role::Owner).await;
    let before = two.grant(&world, shared).await.expect("access");
    let account = account_of(&one, &world).await;
    let delete = Command::DeleteAccount { account: account.id, title: account.name };
    one.apply(&world, &delete).await;
    let seen = two.everything(&world).await;
    let grant = seen.grants.clone().expect("grants").into_iter().find(|it| it.workspace == shared);
    let grant = grant.expect("two still owns it");
    assert_eq!(grant.account, two.account(&world).await, "in their own account");
    assert!(grant.grant_seq > before);
    assert!(one.grant(&world, shared).await.is_some(), "one is still a member there");
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    let events = history::verified(&*store, LogOf::Workspace(shared)).expect("a whole chain");
    assert!(events.iter().any(|it| it.kind == "workspace.created"), "its history came along");
    let numbers: Vec<_> = events.iter().map(|it| it.place).collect();
    assert!(numbers.is_sorted(), "numbers only rise: {numbers:?}");
}

#[tokio::test]
async fn u68_e65_stepping_down_moves_the_workspace_to_the_other_owner() {
    let world = World::start().await;
    let mut one = freelancer(&world, "One").await;
    let shared = one.new_workspace(&world, "Shared").await;
    let two = join(&world, &mut one, shared, "Two", Role::Owner).await;
    let membership = one.member(&world, shared, &one.login).await.id;
    let step_down = Command::SetMemberRoles {
        workspace: shared,
        membership,
        was: RoleSet::of(&[Role::Owner]),
        roles: RoleSet::of(&[Role::Write]),
        reason: None,
    };
    one.apply(&world, &step_down).await;
    let account = two.account(&world).await;
    for person in [&one, &two] {
        let grants = person.everything(&world).await.grants.expect("grants");
        let grant = grants.iter().find(|it| it.workspace == shared).expect("access");
        assert_eq!(grant.account, account);
    }
    // R10: what one sends now is decided by the new account's rules and numbered by it.
    let seen = two.everything(&world).await;
    assert!(seen.rows.iter().all(|it| seen.cursors.iter().any(|cursor| it.seq <= cursor.seq)));
}

#[tokio::test]
async fn e59_a_move_needs_both_sides_and_changes_who_reaches_in() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let mut mara = world.person("Mara", "mara@elm.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    let member = join(&world, &mut nora, workspace, "Member", Role::AgentManager).await;
    let to = mara.account(&world).await;
    let accept = Command::AcceptOffer { workspace };
    assert_eq!(refusal(&mut mara, &world, &accept).await, RefusalCode::NotVisible);
    nora.apply(&world, &Command::OfferWorkspace { workspace, to }).await;
    let offers = mara.everything(&world).await.wide.offers;
    assert_eq!(offers.len(), 1);
    assert_eq!((offers[0].workspace, offers[0].people), (workspace, 2));
    assert_eq!(mara.grant(&world, workspace).await, None, "an offer is no access");
    mara.apply(&world, &Command::EndOffer { workspace }).await;
    assert_eq!(mara.everything(&world).await.wide.offers, []);
    let of_member = member.grant(&world, workspace).await.expect("access");
    nora.apply(&world, &Command::OfferWorkspace { workspace, to }).await;
    mara.apply(&world, &accept).await;
    assert!(mara.grant(&world, workspace).await.is_some(), "by reach");
    assert!(member.grant(&world, workspace).await.expect("stays") > of_member);
    // Nora is a member there herself, as its creator; her reach ended.
    let grants = nora.everything(&world).await.grants.expect("grants");
    let grant = grants.iter().find(|it| it.workspace == workspace).expect("as a member");
    assert_eq!(grant.account, to);
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    history::verified(&*store, LogOf::Workspace(workspace)).expect("a whole chain");
    // The history of the account that it left tells of it as well.
    let own = LogOf::Account(nora.account(&world).await);
    let kept = history::verified(&*store, own).expect("a whole chain");
    drop(store);
    assert_eq!(kept.last().map(|it| it.kind.as_str()), Some("account.workspace.parted"));
    let told = nora.told(&world, own, None).await.expect("an admin's to read");
    let line = told.shown().into_iter().next_back().expect("a line");
    assert_eq!((line.actor, line.workspace), (mara.login.id, None));
    assert!(line.after.contains("Harbour"), "{}", line.after);
}

#[tokio::test]
async fn e58_a_change_of_scheme_begins_every_access_anew() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let home = nora.home(&world).await;
    let writer = join(&world, &mut nora, home, "Writer", Role::AgentManager).await;
    let elsewhere = nora.new_workspace(&world, "Elsewhere").await;
    let by_reach = nora.grant(&world, elsewhere).await.expect("access");
    let account = nora.account(&world).await;
    let to = |from: Role, to: Role| RoleMapping {
        workspace: None,
        from: RoleSet::of(&[from]),
        to: RolesTo::BuiltIn(RoleSet::of(&[to])),
    };
    let scheme =
        |scheme, mapping| Command::SetScheme { account, scheme, mapping, widened: Vec::new() };
    let mapping = vec![to(Role::WorkspaceAdmin, Role::Owner), to(Role::AgentManager, Role::Read)];
    nora.apply(&world, &scheme(SchemeId::OwnerLed, mapping)).await;
    assert!(writer.grant(&world, home).await.is_some());
    let back = vec![
        to(Role::Owner, Role::WorkspaceAdmin),
        RoleMapping { workspace: None, from: RoleSet::of(&[Role::Read]), to: RolesTo::Equal },
    ];
    nora.apply(&world, &scheme(SchemeId::Managed, back)).await;
    assert!(nora.grant(&world, elsewhere).await.expect("access") > by_reach);
    let roles = rows(&writer.everything(&world).await, |row| match row {
        Row::Role(it) if !it.deleted => Some(it.permissions),
        _ => None,
    });
    assert_eq!(roles, [Role::Read.permissions()], "an equal set");
}

#[tokio::test]
async fn r5_another_meaning_of_a_role_is_another_grant_for_its_holders() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    nora.apply(&world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    let role = some_id(RoleId::from_bytes);
    let small = PermissionSet::of(&[Permission::WorkspaceView, Permission::AgentView]);
    let large = small.union(PermissionSet::of(&[Permission::LeadView]));
    let title = "Auditor".to_owned();
    let define = Command::DefineRole { workspace, role, title, permissions: small };
    nora.apply(&world, &define).await;
    let holder = join(&world, &mut nora, workspace, "Holder", Role::ChatUser).await;
    let membership = nora.member(&world, workspace, &holder.login).await.id;
    let give =
        |was, roles| Command::SetMemberRoles { workspace, membership, was, roles, reason: None };
    let own = RoleSet::own(0);
    nora.apply(&world, &give(RoleSet::of(&[Role::ChatUser]), own)).await;
    let first = holder.everything(&world).await.grants.expect("grants")[0];
    assert_eq!(first.view, View::of(small));
    let change = |was, title: &str, permissions| Command::ChangeRole {
        workspace,
        role,
        was,
        title: title.to_owned(),
        permissions,
    };
    nora.apply(&world, &change(small, "Reviewer", small)).await;
    let renamed = holder.everything(&world).await.grants.expect("grants")[0];
    assert_eq!(renamed, first, "a name changes no view");
    nora.apply(&world, &change(small, "Reviewer", large)).await;
    let wider = holder.everything(&world).await.grants.expect("grants")[0];
    assert_eq!(wider.view, View::of(large));
    assert!(wider.grant_seq > first.grant_seq);
    nora.apply(&world, &change(large, "Auditor again", large)).await;
    assert_eq!(holder.everything(&world).await.grants.expect("grants")[0], wider);
    let delete = Command::DeleteRole {
        workspace,
        role,
        holders: Vec::new(),
        others: RoleSet::of(&[Role::ChatUser]),
    };
    nora.apply(&world, &delete).await;
    let after = holder.everything(&world).await.grants.expect("grants")[0];
    assert!(after.grant_seq > wider.grant_seq && after.view == View::OWN);
}

#[tokio::test]
async fn e37_v15_a_group_brings_people_where_it_covers_and_its_row_stays_with_the_admins() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let home = nora.home(&world).await;
    let (one, two) =
        (nora.new_workspace(&world, "One").await, nora.new_workspace(&world, "Two").await);
    let staff = join(&world, &mut nora, home, "Staff", Role::ChatUser).await;
    let person = nora.member(&world, home, &staff.login).await.id;
    let account = nora.account(&world).await;
    let group = some_id(GroupId::from_bytes);
    let create = Command::CreateGroup {
        account,
        group,
        title: "Pod 1".to_owned(),
        covers: Covers::AllBut(vec![two]),
        roles: RoleSet::of(&[Role::AgentManager]),
    };
    nora.apply(&world, &create).await;
    nora.apply(&world, &Command::AddGroupPerson { account, group, person }).await;
    assert!(staff.grant(&world, one).await.is_some());
    assert!(staff.grant(&world, two).await.is_none());
    assert_eq!(staff.everything(&world).await.wide.groups, []);
    assert_eq!(nora.everything(&world).await.wide.groups.len(), 1);
    let later = nora.new_workspace(&world, "Later").await;
    assert!(staff.grant(&world, later).await.is_some(), "also where it covers later ones");
    let login = staff.login.id;
    nora.apply(&world, &Command::RemoveGroupPerson { account, group, login }).await;
    assert!(staff.grant(&world, one).await.is_none());
    assert!(staff.grant(&world, home).await.is_some(), "what they had by themself stays");
}

#[tokio::test]
async fn e36_the_reason_stands_in_the_history() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let workspace = some_id(WorkspaceId::from_bytes);
    let account = nora.account(&world).await;
    let create = Command::CreateWorkspace {
        workspace,
        account,
        title: "Harbour".to_owned(),
        plan: Some(Plan::Basic),
        membership: None,
        labels: Labels::default(),
    };
    nora.apply(&world, &create).await;
    let policy = Command::SetPolicy {
        account,
        invitation_days: 7,
        lease_days: 7,
        reason_required: true,
        review_days: None,
        second_admin: None,
        name_days: None,
    };
    nora.apply(&world, &policy).await;
    let delete = |reason: Option<&str>| Command::DeleteWorkspace {
        workspace,
        reason: reason.map(str::to_owned),
    };
    assert_eq!(refusal(&mut nora, &world, &delete(None)).await, RefusalCode::ReasonMissing);
    nora.apply(&world, &delete(Some(" the client left "))).await;
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    let events = history::verified(&*store, LogOf::Workspace(workspace)).expect("a whole chain");
    let last = events.last().expect("an event");
    assert_eq!(last.reason.as_deref(), Some("the client left"));
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    file.execute_batch("DROP TRIGGER events_stay").expect("a thief can");
    let change = "UPDATE events SET reason = 'another' WHERE reason IS NOT NULL";
    assert_eq!(file.execute(change, []).expect("changed"), 1);
    let store = app.store.read().expect("a snapshot");
    assert!(history::verified(&*store, LogOf::Workspace(workspace)).is_err(), "L1: it is chained");
}

#[tokio::test]
async fn r14_commands_without_access_are_decided_by_the_rules_of_now() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    let stale = nora.grant(&world, workspace).await;
    nora.apply(&world, &Command::DeleteWorkspace { workspace, reason: None }).await;
    let push = nora.push(nora.next, &Command::RestoreWorkspace { workspace }, stale);
    let asks = [nora.hello(), muster_protocol::Ask::Command(push)];
    let answer = nora.exchange(&world, &asks).await;
    assert_eq!(answer.outcomes.last().map(|it| it.status), Some(OutcomeStatus::Applied));
}

#[tokio::test]
async fn c13_somebody_of_the_account_can_be_added_without_an_invitation() {
    let world = World::start().await;
    let mut nora = agency(&world).await;
    let home = nora.home(&world).await;
    let other = nora.new_workspace(&world, "Other").await;
    let staff = join(&world, &mut nora, home, "Staff", Role::ChatUser).await;
    let person = nora.member(&world, home, &staff.login).await.id;
    let membership = some_id(MembershipId::from_bytes);
    let roles = RoleSet::of(&[Role::AgentManager]);
    nora.apply(&world, &Command::AddMember { workspace: other, membership, person, roles }).await;
    assert!(staff.grant(&world, other).await.is_some());
}

#[tokio::test]
async fn e38_two_operators_and_two_weeks_make_an_owner_where_none_answers() {
    let world = World::start().await;
    let mut one = freelancer(&world, "One").await;
    let personal = one.home(&world).await;
    let shared = one.new_workspace(&world, "Shared").await;
    let two = join(&world, &mut one, shared, "Two", Role::Write).await;
    let app = world.running().app();
    let try_it = |workspace, address: &str, operator| {
        let address = muster_domain::Address::parse(address).expect("an address");
        appoint(app, &Wish { workspace, address: &address, operator }, Post::None)
    };
    let two_address = two.login.address.as_str();
    assert!(matches!(try_it(personal, two_address, "ann"), Err(AppointError::Personal)));
    assert!(matches!(try_it(shared, "x@y.example", "ann"), Err(AppointError::NoMember)));
    let asked = try_it(shared, two_address, "ann").expect("asked");
    assert_eq!(asked, Step::Asked(support::BEGIN.plus_days(14)));
    world.clock.advance(13 * DAY);
    assert!(matches!(try_it(shared, two_address, "ben"), Err(AppointError::TooEarly(_))));
    world.clock.advance(2 * DAY);
    assert!(matches!(try_it(shared, two_address, "Ann "), Err(AppointError::SameOperator(_))));

    // The owner is back: nothing is done, and it has to be asked for anew.
    one.everything(&world).await;
    assert!(matches!(try_it(shared, two_address, "ben"), Err(AppointError::OwnerIsBack)));
    assert!(matches!(try_it(shared, two_address, "ben"), Ok(Step::Asked(_))));
    world.clock.advance(14 * DAY);
    assert_eq!(try_it(shared, two_address, "ann").expect("done"), Step::Appointed);
    let owner = two.member(&world, shared, &two.login).await;
    assert_eq!(owner.roles, RoleSet::of(&[Role::Owner]));
    let store = app.store.read().expect("a snapshot");
    let events = history::verified(&*store, LogOf::Workspace(shared)).expect("a whole chain");
    let last = events.last().and_then(|it| it.reason.clone()).expect("why");
    assert_eq!(last, "owner unreachable; operators ben and ann");
}

#[tokio::test]
async fn e38_an_agency_needs_no_operator() {
    let world = World::start().await;
    let nora = agency(&world).await;
    let home = nora.home(&world).await;
    let wish = Wish { workspace: home, address: &nora.login.address, operator: "ann" };
    let refused = appoint(world.running().app(), &wish, Post::None);
    assert!(matches!(refused, Err(AppointError::Managed)));
}
