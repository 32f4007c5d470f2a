//! Commands up, rows down: each decided once, in order, under the access of now.

mod support;

use muster_domain::{
    Command, InvitationId, MemberState, MembershipId, Param, Plan, RefusalCode, Role, RoleSet, Row,
    SchemeId, WorkspaceId,
};
use muster_protocol::{
    Ask, Cursor, GrantSet, Have, LaneState, OutcomeStatus, Policy, Push, Say, Want,
};
use reqwest::StatusCode;
use support::{Answer, Person, World, some_id};

async fn agency(world: &World) -> (Person, WorkspaceId) {
    let nora = world.person("Nora Larch", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(world).await;
    (nora, home)
}

/// Somebody who joins a workspace by invitation.
async fn join(
    world: &World,
    by: &mut Person,
    workspace: WorkspaceId,
    address: &str,
    role: Role,
) -> Person {
    let (_, code) = by.invite(world, workspace, address, role).await;
    world.invited(address.split('@').next().unwrap_or("x"), address, &code).await
}

fn rename(workspace: WorkspaceId, was: &str, title: &str) -> Command {
    Command::RenameWorkspace { workspace, was: was.to_owned(), title: title.to_owned() }
}

async fn send(person: &Person, world: &World, acked: u64, pushes: &[Push]) -> Answer {
    let mut asks = vec![person.hello(), Ask::Have(Have::default()), Ask::Lane(LaneState { acked })];
    asks.extend(pushes.iter().cloned().map(Ask::Command));
    person.exchange(world, &asks).await
}

fn statuses(answer: &Answer) -> Vec<(u64, OutcomeStatus)> {
    answer.outcomes.iter().map(|it| (it.n, it.status)).collect()
}

#[tokio::test]
async fn s5_a_command_sent_twice_is_decided_once() {
    let world = World::start().await;
    let (nora, home) = agency(&world).await;
    let grant = nora.grant(&world, home).await;
    let push = nora.push(1, &rename(home, "Nora Larch", "Larch"), grant);
    let first = send(&nora, &world, 0, std::slice::from_ref(&push)).await;
    let second = send(&nora, &world, 0, &[push]).await;
    assert_eq!(first.outcomes, second.outcomes);
    assert_eq!(first.outcomes[0].status, OutcomeStatus::Applied);
    assert_eq!(first.cursors, second.cursors, "nothing happened the second time");
}

#[tokio::test]
async fn s5_another_command_of_the_same_number_is_a_fork() {
    let world = World::start().await;
    let (nora, home) = agency(&world).await;
    let grant = nora.grant(&world, home).await;
    let own = nora.push(1, &rename(home, "Nora Larch", "Larch"), grant);
    let other = nora.push(2, &rename(home, "Larch", "Elm"), grant);
    let clone = nora.push(2, &rename(home, "Larch", "Oak"), grant);
    send(&nora, &world, 0, &[own.clone(), other]).await;
    let answer = send(&nora, &world, 0, &[own, clone]).await;
    assert_eq!(answer.fork, Some(3));
    assert_eq!(statuses(&answer), [(1, OutcomeStatus::Applied)], "the other's stays its own");
    let gone_back = send(&nora, &world, 2, &[]).await;
    assert!(gone_back.outcomes.is_empty(), "kept outcomes are forgotten");
    let restored = nora.push(1, &rename(home, "Elm", "Ash"), grant);
    assert_eq!(send(&nora, &world, 0, &[restored]).await.fork, Some(3));
}

#[tokio::test]
async fn s5_a_disk_that_was_put_back_repeats_nothing_and_loses_nothing() {
    let world = World::start().await;
    let (nora, home) = agency(&world).await;
    let grant = nora.grant(&world, home).await;
    let done = nora.push(1, &rename(home, "Nora Larch", "Larch"), grant);
    let first = send(&nora, &world, 0, std::slice::from_ref(&done)).await;
    let refused = nora.push(2, &rename(home, "Larch", ""), grant);
    let status = statuses(&send(&nora, &world, 1, std::slice::from_ref(&refused)).await);
    assert_eq!(status, [(2, OutcomeStatus::Refused)]);
    send(&nora, &world, 2, &[]).await;
    // The disk is as it was before the first answer, and somebody asks for something new there.
    let new = nora.push(3, &rename(home, "Larch", "Oak"), grant);
    let answer = send(&nora, &world, 0, &[done.clone(), refused.clone(), new.clone()]).await;
    assert_eq!((answer.fork, statuses(&answer).len()), (Some(3), 0));
    let again = [done, refused, new].into_iter().zip(3..).map(|(it, n)| Push { n, ..it });
    let answer = send(&nora, &world, 2, &again.collect::<Vec<_>>()).await;
    use OutcomeStatus::{Applied, Refused};
    assert_eq!(statuses(&answer), [(3, Applied), (4, Refused), (5, Applied)]);
    let (told, known) = (&answer.outcomes[0], &first.outcomes[0]);
    assert_eq!((told.seq, told.at), (known.seq, known.at), "it was carried out the first time");
    let seqs = |answer: &Answer| answer.cursors.iter().map(|it| it.seq).sum::<u64>();
    assert_eq!(seqs(&answer), seqs(&first) + 1, "only what is new happened");
}

#[tokio::test]
async fn s5_the_id_of_anothers_command_is_not_known() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    let ada = join(&world, &mut nora, home, "ada@larch.example", Role::WorkspaceAdmin).await;
    let grant = nora.grant(&world, home).await;
    let hers = Push { n: nora.next, ..nora.push(1, &rename(home, "Nora Larch", "Larch"), grant) };
    let answer = send(&nora, &world, 0, std::slice::from_ref(&hers)).await;
    assert_eq!(answer.outcomes.last().map(|it| it.status), Some(OutcomeStatus::Applied));
    let grant = ada.grant(&world, home).await;
    let same_id = Push { id: hers.id, ..ada.push(1, &rename(home, "Larch", "Larch"), grant) };
    let answer = send(&ada, &world, 0, &[same_id]).await;
    assert_eq!(statuses(&answer), [(1, OutcomeStatus::NoOp)], "it is decided");
}

#[tokio::test]
async fn s5_a_gap_decides_nothing_after_it_and_tells_where_the_line_goes_on() {
    let world = World::start().await;
    let (nora, home) = agency(&world).await;
    let grant = nora.grant(&world, home).await;
    let one = nora.push(1, &rename(home, "Nora Larch", "Larch"), grant);
    let three = nora.push(3, &rename(home, "Larch", "Oak"), grant);
    let answer = send(&nora, &world, 0, &[one, three]).await;
    assert_eq!(statuses(&answer), [(1, OutcomeStatus::Applied)]);
    assert_eq!(answer.fork, Some(2), "or it would be sent under this number for ever");
}

#[tokio::test]
async fn s5_what_a_lane_was_told_survives_a_restart() {
    let mut world = World::start().await;
    let (nora, home) = agency(&world).await;
    let grant = nora.grant(&world, home).await;
    let push = nora.push(1, &rename(home, "Nora Larch", "Larch"), grant);
    let before = send(&nora, &world, 0, std::slice::from_ref(&push)).await;
    world.restart().await;
    let after = send(&nora, &world, 0, &[push]).await;
    assert_eq!(before.outcomes, after.outcomes);
    assert_eq!((before.epoch, before.cursors), (after.epoch, after.cursors));
    let names: Vec<_> = nora
        .everything(&world)
        .await
        .rows
        .into_iter()
        .filter_map(|it| match it.row {
            Row::Workspace(workspace) => Some(workspace.name),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["Larch"]);
}

#[tokio::test]
async fn s8_dependants_of_a_refused_command_are_skipped_and_others_go_on() {
    let world = World::start().await;
    let (nora, home) = agency(&world).await;
    let grant = nora.grant(&world, home).await;
    let account = nora.account(&world).await;
    let (workspace, invitation) =
        (some_id(WorkspaceId::from_bytes), some_id(InvitationId::from_bytes));
    let create = |plan| Command::CreateWorkspace {
        workspace,
        account,
        title: "Harbour".to_owned(),
        plan,
        membership: None,
        labels: Default::default(),
    };
    let invite = Command::CreateInvitation {
        workspace,
        invitation,
        address: nora.login.address.clone(),
        person: None,
        roles: RoleSet::of(&[Role::ChatUser]),
        message: None,
    };
    let mut unknown = nora.push(4, &rename(home, "x", "y"), grant);
    unknown.body = r#"{"name":"workspace.paint/9","args":{"colour":"blue"}}"#.to_owned();
    let pushes = [
        nora.push(1, &create(None), None),
        Push { deps: vec![1], ..nora.push(2, &invite, None) },
        Push { deps: vec![2], ..nora.push(3, &invite, None) },
        unknown,
        nora.push(5, &rename(home, "Nora Larch", "Larch"), grant),
        nora.push(6, &create(Some(Plan::Basic)), None),
        Push { deps: vec![6], ..nora.push(7, &invite, None) },
        nora.push(8, &rename(home, "Larch", "Larch"), grant),
        nora.push(9, &rename(workspace, "Harbour", "Harbor"), None),
    ];
    let answer = send(&nora, &world, 0, &pushes).await;
    use OutcomeStatus::{Applied, NoOp, Refused, Skipped, Unsupported};
    let expected = [
        (1, Refused),
        (2, Skipped),
        (3, Skipped),
        (4, Unsupported),
        (5, Applied),
        (6, Applied),
        (7, Applied),
        (8, NoOp),
        (9, Refused),
    ];
    assert_eq!(statuses(&answer), expected);
    let codes: Vec<_> =
        answer.outcomes.iter().filter_map(|it| it.refusal.as_ref().map(|it| it.code)).collect();
    assert_eq!(codes, [RefusalCode::PlanMissing, RefusalCode::GrantChanged]);
}

#[tokio::test]
async fn d3_commands_made_before_a_removal_are_not_carried_out_after_coming_back() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    let admin = join(&world, &mut nora, home, "w@larch.example", Role::WorkspaceAdmin).await;
    let before = admin.grant(&world, home).await;
    let offline = admin.push(1, &rename(home, "Nora Larch", "Mine"), before);
    let membership = nora.member(&world, home, &admin.login).await.id;
    nora.apply(&world, &Command::RemoveMember { workspace: home, membership, reason: None }).await;
    let answer = send(&admin, &world, 0, std::slice::from_ref(&offline)).await;
    assert_eq!(
        answer.outcomes[0].refusal.as_ref().map(|it| it.code),
        Some(RefusalCode::GrantChanged)
    );
    assert_eq!(answer.grants, Some(vec![]), "no grants left");

    let (_, code) = nora.invite(&world, home, "w@larch.example", Role::WorkspaceAdmin).await;
    admin.accept(&world, &code).await.expect("back");
    let after = admin.grant(&world, home).await;
    assert_ne!(before, after, "access begins anew");
    let late = admin.push(2, &rename(home, "Nora Larch", "Mine"), before);
    let answer = send(&admin, &world, 1, &[late]).await;
    assert_eq!(
        answer.outcomes[0].refusal.as_ref().map(|it| it.code),
        Some(RefusalCode::GrantChanged)
    );
}

#[tokio::test]
async fn grants_change_with_the_view_and_with_nothing_else() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    let it = join(&world, &mut nora, home, "a@larch.example", Role::AgentManager).await;
    let membership = nora.member(&world, home, &it.login).await.id;
    let set = |was: Role, role: Role| Command::SetMemberRoles {
        workspace: home,
        membership,
        was: RoleSet::of(&[was]),
        roles: RoleSet::of(&[role]),
        reason: None,
    };
    let first = it.grant(&world, home).await.expect("access");
    nora.apply(&world, &set(Role::AgentManager, Role::ContentManager)).await;
    assert_eq!(it.grant(&world, home).await, Some(first), "the same view");
    nora.apply(&world, &set(Role::ContentManager, Role::ChatUser)).await;
    let second = it.grant(&world, home).await.expect("access");
    assert!(second > first, "a smaller view");
    nora.apply(&world, &Command::SuspendMember { workspace: home, membership, reason: None }).await;
    assert_eq!(it.grant(&world, home).await, None);
    nora.apply(&world, &Command::ResumeMember { workspace: home, membership }).await;
    assert!(it.grant(&world, home).await.expect("access") > second, "access began anew");
}

#[tokio::test]
async fn e5_two_owners_who_demote_each_other_leave_one() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let workspace = one.new_workspace(&world, "Shared").await;
    let mut two = join(&world, &mut one, workspace, "two@kim.example", Role::Owner).await;
    let demote = |membership: MembershipId| Command::SetMemberRoles {
        workspace,
        membership,
        was: RoleSet::of(&[Role::Owner]),
        roles: RoleSet::of(&[Role::Read]),
        reason: None,
    };
    let of_one = one.member(&world, workspace, &one.login).await.id;
    let of_two = one.member(&world, workspace, &two.login).await.id;
    let (by_one, by_two) = (demote(of_two), demote(of_one));
    let (first, second) = tokio::join!(one.command(&world, &by_one), two.command(&world, &by_two));
    let mut both = [first.status, second.status];
    both.sort_by_key(|status| *status != OutcomeStatus::Applied);
    assert_eq!(both, [OutcomeStatus::Applied, OutcomeStatus::Refused]);
}

#[tokio::test]
async fn r6_e2_the_last_owner_stays_whatever_the_door() {
    let world = World::start().await;
    let mut one = world.person("One", "one@kim.example", SchemeId::OwnerLed).await;
    let workspace = one.new_workspace(&world, "Shared").await;
    let membership = one.member(&world, workspace, &one.login).await.id;
    let step_down = Command::SetMemberRoles {
        workspace,
        membership,
        was: RoleSet::of(&[Role::Owner]),
        roles: RoleSet::of(&[Role::Read]),
        reason: None,
    };
    let cases = [
        (Command::LeaveWorkspace { workspace }, RefusalCode::LastOwnerLeave),
        (step_down, RefusalCode::LastOwnerStepDown),
        (
            Command::SuspendMember { workspace, membership, reason: None },
            RefusalCode::LastOwnerSuspend,
        ),
    ];
    for (command, code) in cases {
        let outcome = one.command(&world, &command).await;
        assert_eq!(outcome.refusal.map(|it| it.code), Some(code), "{command:?}");
    }
}

#[tokio::test]
async fn e42_a_refusal_names_what_is_there_now() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    nora.apply(&world, &rename(home, "Nora Larch", "Larch")).await;
    let outcome = nora.command(&world, &rename(home, "Nora Larch", "Elm")).await;
    let refusal = outcome.refusal.expect("refused");
    assert_eq!(refusal.code, RefusalCode::Conflict);
    assert_eq!(refusal.params.get("now"), Some(&Param::Text("Larch".to_owned())));
}

#[tokio::test]
async fn sync_a_delta_brings_each_changed_row_once() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    let whole = nora.everything(&world).await;
    nora.apply(&world, &rename(home, "Nora Larch", "Larch")).await;
    nora.apply(&world, &rename(home, "Larch", "Elm")).await;
    let member = join(&world, &mut nora, home, "a@larch.example", Role::ChatUser).await;
    let have = Have {
        epoch: Some(whole.epoch),
        cursors: whole.cursors.clone(),
        grants: GrantSet::of(whole.grants.as_deref().unwrap_or_default()),
        want: Vec::new(),
        logs: Vec::new(),
        budget: 0,
    };
    let delta = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
    assert_eq!(delta.grants, None, "the same grants are not told again");
    let mut kinds: Vec<_> = delta
        .rows
        .iter()
        .map(|it| match &it.row {
            Row::Workspace(workspace) => workspace.name.clone(),
            Row::Membership(it) => format!("{} {}", it.address, it.state.key()),
            Row::Invitation(it) => format!("{} {:?}", it.address, it.state),
            it => format!("unexpected {it:?}"),
        })
        .collect();
    kinds.sort();
    assert_eq!(kinds, ["Elm", "a@larch.example Accepted", "a@larch.example active"]);
    assert!(delta.rows.iter().all(|it| it.seq > whole.cursors[0].seq));
    assert!(delta.cursors[0].seq >= delta.rows.iter().map(|it| it.seq).max().unwrap_or_default());
    assert_eq!(member.everything(&world).await.rows.len(), 2);
}

#[tokio::test]
async fn sync_a_large_workspace_comes_in_parts_that_add_up() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    for index in 0..90 {
        let address = format!("p{index}@larch.example");
        if index < 3 {
            join(&world, &mut nora, home, &address, Role::ChatUser).await;
        } else {
            nora.invite(&world, home, &address, Role::ChatUser).await;
        }
    }
    let mut rows = Vec::new();
    let mut after = None;
    let mut parts = 0;
    loop {
        let want = vec![Want { workspace: home, after }];
        let have = Have { want, budget: 1, ..Have::default() };
        let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
        let next = answer.frames.iter().find_map(|it| match it {
            Say::Chunk { next, .. } => *next,
            _ => None,
        });
        assert_eq!(answer.more, next.is_some());
        rows.extend(answer.rows);
        parts += 1;
        if next.is_none() {
            break;
        }
        after = next;
        assert!(parts < 100, "it ends");
    }
    assert!(parts > 1, "the least budget is less than 90 invitations");
    assert_eq!(rows.len(), 1 + 90 + 4);
}

#[tokio::test]
async fn sync_cursors_of_another_history_start_over() {
    let world = World::start().await;
    let (nora, _) = agency(&world).await;
    let whole = nora.everything(&world).await;
    let grants = GrantSet::of(whole.grants.as_deref().unwrap_or_default());
    let ahead: Vec<_> =
        whole.cursors.iter().map(|it| Cursor { seq: it.seq + 1_000, ..*it }).collect();
    let cases = [
        Have {
            epoch: Some(whole.epoch ^ 1),
            cursors: whole.cursors.clone(),
            grants,
            ..Have::default()
        },
        Have { epoch: Some(whole.epoch), cursors: ahead, grants, ..Have::default() },
    ];
    for have in cases {
        let answer = nora.exchange(&world, &[nora.hello(), Ask::Have(have)]).await;
        assert_eq!(answer.grants, whole.grants, "every grant is told again");
        assert_eq!((answer.epoch, answer.cursors), (whole.epoch, whole.cursors.clone()));
    }
}

#[tokio::test]
async fn sync_another_protocol_is_told_to_upgrade_and_nothing_else() {
    let world = World::start().await;
    let (nora, home) = agency(&world).await;
    let grant = nora.grant(&world, home).await;
    for proto in [0, muster_protocol::PROTOCOL + 1] {
        let mut hello = nora.hello();
        if let Ask::Hello { proto: spoken, .. } = &mut hello {
            *spoken = proto;
        }
        let command = Ask::Command(nora.push(1, &rename(home, "Nora Larch", "Elm"), grant));
        let answer = nora.exchange(&world, &[hello, Ask::Have(Have::default()), command]).await;
        assert_eq!(answer.policy, Some(Policy::Upgrade));
        assert_eq!(answer.frames.len(), 2);
    }
    let answer = send(&nora, &world, 0, &[]).await;
    assert!(answer.outcomes.is_empty(), "the command was not decided");
}

#[tokio::test]
async fn sync_json_says_the_same_as_frames() {
    let world = World::start().await;
    let (nora, _) = agency(&world).await;
    let asks = [nora.hello(), Ask::Have(Have::default())];
    let frames = nora.exchange(&world, &asks).await.frames;
    let response = nora.post(&world, "/v1/sync", &asks).await;
    assert_eq!(response.status(), StatusCode::OK);
    let json: Vec<Say> =
        serde_json::from_slice(&response.bytes().await.expect("a body")).expect("frames");
    assert_eq!(frames, json);
}

#[tokio::test]
async fn sync_what_is_no_exchange_is_refused_politely() {
    let world = World::start().await;
    let (nora, _) = agency(&world).await;
    let cases: [&[Ask]; 3] = [&[], &[Ask::Have(Have::default())], &[nora.hello(), nora.hello()]];
    for asks in cases {
        assert_eq!(nora.raw_sync(&world, asks).await.status(), StatusCode::BAD_REQUEST);
    }
    for body in [&b"garbage"[..], b"", &[0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]] {
        let request = world.http.post(world.url("/v1/sync")).bearer_auth(&nora.token);
        let request = request.header("content-type", muster_protocol::FRAMES_TYPE);
        let response = request.body(body.to_vec()).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{body:?}");
    }
}

#[tokio::test]
async fn r9_what_an_account_admin_does_by_reach_is_marked() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    let workspace = some_id(WorkspaceId::from_bytes);
    let create = Command::CreateWorkspace {
        workspace,
        account: nora.account(&world).await,
        title: "Harbour".to_owned(),
        plan: Some(Plan::Pro),
        membership: None,
        labels: Default::default(),
    };
    nora.apply(&world, &create).await;
    nora.apply(&world, &rename(workspace, "Harbour", "Harbor")).await;
    nora.apply(&world, &rename(home, "Nora Larch", "Larch")).await;
    let app = world.running().app();
    let store = app.store.read().expect("a snapshot");
    let marks = |chain| {
        let events = muster_server::history::verified(&*store, chain).expect("a whole chain");
        events.iter().map(|it| (it.kind.clone(), it.as_admin)).collect::<Vec<_>>()
    };
    use muster_protocol::LogOf;
    assert_eq!(
        marks(LogOf::Workspace(workspace)),
        [("workspace.created".to_owned(), true), ("workspace.renamed".to_owned(), true)]
    );
    assert_eq!(
        marks(LogOf::Workspace(home)).last(),
        Some(&("workspace.renamed".to_owned(), false)),
        "as Workspace Admin of that workspace"
    );
}

#[tokio::test]
async fn v40_leaving_ends_access_at_once() {
    let world = World::start().await;
    let (mut nora, home) = agency(&world).await;
    let mut it = join(&world, &mut nora, home, "a@larch.example", Role::WorkspaceAdmin).await;
    it.apply(&world, &Command::LeaveWorkspace { workspace: home }).await;
    let seen = it.everything(&world).await;
    assert_eq!((seen.grants, seen.rows.len(), seen.accounts.len()), (Some(vec![]), 0, 0));
    let rows = nora.everything(&world).await.rows;
    let left = rows.iter().any(|row| {
        matches!(&row.row, Row::Membership(m) if m.login == it.login.id && m.state == MemberState::Left)
    });
    assert!(left, "the others still see who was here");
}

#[tokio::test]
async fn r15_a_device_tells_what_it_erased_and_the_log_keeps_it() {
    let world = World::start().await;
    let (nora, home) = agency(&world).await;
    let erased = muster_protocol::Erased { workspace: home, at: muster_domain::Timestamp(7) };
    let asks = [nora.hello(), Ask::Have(Have::default()), Ask::Erased(erased)];
    nora.exchange(&world, &asks).await;
    let file = rusqlite::Connection::open(world.folder.path().join("muster.db")).expect("a file");
    let sql = "SELECT detail FROM audit WHERE kind = 'copy.erased' AND login = ?1 AND device = ?2";
    let told = [nora.login.id.to_bytes(), nora.device.to_bytes()];
    let found: String = file.query_row(sql, told, |row| row.get(0)).expect("one line");
    assert_eq!(found, format!("{home} 7"));
    let exported = muster_protocol::Exported {
        table: "members".to_owned(),
        workspace: Some(home),
        at: muster_domain::Timestamp(8),
    };
    nora.exchange(&world, &[nora.hello(), Ask::Exported(exported.clone())]).await;
    let sql = sql.replace("copy.erased", "table.exported");
    let found: String = file.query_row(&sql, told, |row| row.get(0)).expect("one line");
    assert_eq!(found, format!("members {home} 8"));
    let named = muster_protocol::Exported { table: "Ana Larch".to_owned(), ..exported };
    let asks = [nora.hello(), Ask::Exported(named)];
    let refused = nora.raw_sync(&world, &asks).await.status();
    assert_eq!(refused, StatusCode::BAD_REQUEST, "nothing that could be a name is kept");
    let many = vec![Ask::Erased(erased); muster_protocol::MAX_ERASED + 1];
    let asks = [vec![nora.hello()], many].concat();
    assert_eq!(nora.raw_sync(&world, &asks).await.status(), StatusCode::BAD_REQUEST);
}
