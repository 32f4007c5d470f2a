//! Members, roles, invitations and ownership through the whole system.

use muster_client::view::{
    Intent, InvitationStatus, MemberQuery, MemberStatus, PlanRun, Submitted, Verdict,
};
use muster_domain::{
    End, Labels, MemberState, Permission, PermissionSet, Plan, RefusalCode, Role, RoleSet,
    SchemeId, Timestamp,
};

use crate::people::everybody;
use crate::people::server::Server;
use crate::{account_of, enters, founder, joins, loses, one, refused, workspace};

#[tokio::test(flavor = "multi_thread")]
async fn u68_u69_u70_r11_e65_ownership_goes_in_two_steps_and_the_workspace_follows() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;
    let me = ana.member(team, "Ana").await.id;

    let down =
        Intent::SetRoles { workspace: team, member: me, roles: one(Role::Admin), reason: None };
    assert_eq!(refused(&ana, down.clone()).await, RefusalCode::LastOwnerStepDown, "R6");
    let view = ana.app.transfer(team).await.expect("the checklist");
    assert!(view.owners.is_empty());
    let member = ana.member(team, "Bo").await.id;
    ana.apply(Intent::SetRoles { workspace: team, member, roles: one(Role::Owner), reason: None })
        .await;
    let view = ana.app.transfer(team).await.expect("the checklist");
    assert_eq!(view.owners.len(), 1, "confirmed");
    ana.apply(down).await;
    let home = account_of(&bo).await.to_string();
    bo.until("the workspace in Bo's account", async || {
        let row = bo.app.workspace(team).await.ok()?.row;
        (row.account == home && row.my_roles == one(Role::Owner)).then_some(())
    })
    .await;
    ana.until("Ana as admin of it", async || {
        let row = ana.app.workspace(team).await.ok()?.row;
        (row.my_roles == one(Role::Admin)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e5_e6_two_owners_who_demote_each_other_leave_one() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Owner).await;
    let (a, b) = (ana.member(team, "Ana").await.id, bo.member(team, "Bo").await.id);
    let demote =
        |member| Intent::SetRoles { workspace: team, member, roles: one(Role::Read), reason: None };
    let (first, second) = tokio::join!(ana.app.submit(demote(b)), bo.app.submit(demote(a)));
    let outcomes = [first.expect("answers"), second.expect("answers")];
    let applied = outcomes.iter().filter(|it| matches!(it, Submitted::Applied { .. })).count();
    assert_eq!(applied, 1, "{outcomes:?}");
    bo.until("one owner", async || {
        let page = bo.app.members(everybody(team)).await.ok()?;
        (page.owners == 1).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r5_v30_a_workspace_defines_gives_changes_and_deletes_a_role_of_its_own() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let place = workspace(&nora, "Harbour", Plan::Pro).await;
    let tomas = joins(&server, &nora, place, "Tomas", Role::ChatUser).await;
    let lead = PermissionSet::of(&[
        Permission::WorkspaceView,
        Permission::MemberView,
        Permission::LeadView,
    ]);
    nora.apply(Intent::DefineRole {
        workspace: place,
        name: "Lead desk".into(),
        permissions: lead,
    })
    .await;
    let role = nora
        .until("the role", async || {
            nora.app.workspace(place).await.ok()?.own_roles.first().cloned()
        })
        .await;
    assert_eq!((role.key.as_str(), role.name.as_str()), ("own:0", "Lead desk"));
    let member = nora.member(place, "Tomas").await.id;
    let roles = RoleSet::own(0);
    let give = Intent::SetRoles { workspace: place, member, roles, reason: None };
    assert!(matches!(nora.app.submit(give).await, Ok(Submitted::Queued { .. })));
    tomas
        .until("what the role gives", async || {
            let view = tomas.app.workspace(place).await.ok()?;
            (view.sees_members && view.permissions.contains(&Permission::LeadView)).then_some(())
        })
        .await;
    let proof = nora.app.why(place, member, Permission::LeadView).await.expect("a proof");
    assert!(proof.has && !proof.sources.is_empty());
    let nothing = Intent::DeleteRole {
        workspace: place,
        role: role.id,
        holders: Vec::new(),
        others: RoleSet::NONE,
    };
    assert_eq!(refused(&nora, nothing).await, RefusalCode::RoleNeedsReplacement);
    let others = one(Role::ChatUser);
    nora.apply(Intent::DeleteRole { workspace: place, role: role.id, holders: Vec::new(), others })
        .await;
    tomas
        .until("the role to be gone", async || {
            let view = tomas.app.workspace(place).await.ok()?;
            (!view.sees_members && view.row.my_roles == others).then_some(())
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn v10_own_roles_are_a_feature_of_pro() {
    let server = Server::start();
    let nora = founder(&server, "Nora", SchemeId::Managed).await;
    let place = workspace(&nora, "Small", Plan::Basic).await;
    let define = Intent::DefineRole {
        workspace: place,
        name: "Desk".into(),
        permissions: PermissionSet::of(&[Permission::LeadView]),
    };
    assert_eq!(refused(&nora, define).await, RefusalCode::PlanFeature);
}

#[tokio::test(flavor = "multi_thread")]
async fn e39_e40_e29_members_are_labelled_noted_time_boxed_and_remembered() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;
    let member = ana.member(team, "Bo").await.id;
    let me = ana.member(team, "Ana").await.id;
    let end = Some(End { at: Timestamp(4_102_444_800_000), roles: None });
    let own = Intent::SetEnd { workspace: team, member: me, end };
    assert_eq!(refused(&ana, own).await, RefusalCode::OwnerTimebox, "E-40");
    for intent in [
        Intent::SetEnd { workspace: team, member, end },
        Intent::LabelMember {
            workspace: team,
            member,
            labels: Labels::clean(["support"]).expect("fine"),
        },
        Intent::NoteMember { workspace: team, member, note: "knows the shop".into() },
    ] {
        assert!(matches!(ana.app.submit(intent).await, Ok(Submitted::Queued { .. })));
    }
    ana.all_sent().await;
    let view = bo
        .until("what Ana wrote", async || {
            let view = bo.app.member(team, member).await.ok()?;
            (view.note == "knows the shop").then_some(view)
        })
        .await;
    assert_eq!(view.row.until, end);
    assert_eq!(view.row.labels.iter().collect::<Vec<_>>(), ["support"]);

    let remove = Intent::Remove { workspace: team, member, reason: None };
    assert!(matches!(ana.app.submit(remove).await, Ok(Submitted::Queued { .. })));
    loses(&bo, team).await;
    let former = MemberQuery { status: MemberStatus::Former, ..everybody(team) };
    let page = ana.app.members(former).await.expect("the former ones");
    assert_eq!(page.rows[0].state, MemberState::Removed);
    let preview = ana.app.import_text(team, view.row.address.clone()).await.expect("a preview");
    assert_eq!(preview.rows[0].former, one(Role::Write), "E-29: the former role is offered");
}

#[tokio::test(flavor = "multi_thread")]
async fn e47_a_bulk_change_tells_each_line_and_does_what_is_allowed() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Write).await;
    let me = ana.member(team, "Ana").await.id;
    let member = ana.member(team, "Bo").await.id;
    let intents: Vec<Intent> = [member, me]
        .into_iter()
        .map(|member| Intent::Remove { workspace: team, member, reason: None })
        .collect();
    let preview = ana.app.plan(intents.clone()).await.expect("a preview");
    assert_eq!((preview.allowed, preview.blocked), (1, 1), "{preview:?}");
    assert!(matches!(preview.lines[1].verdict, Verdict::Refused { .. }), "R6");
    let result = ana.app.carry_out(PlanRun { intents }).await.expect("results");
    assert!(matches!(result.lines[0], Submitted::Queued { .. } | Submitted::Applied { .. }));
    assert!(matches!(result.lines[1], Submitted::Refused { .. }), "{result:?}");
    loses(&bo, team).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn e27_r12_an_invitation_waits_for_somebody_who_can_give_its_role() {
    let server = Server::start();
    let ana = founder(&server, "Ana", SchemeId::OwnerLed).await;
    let team = workspace(&ana, "Team", Plan::Pro).await;
    let bo = joins(&server, &ana, team, "Bo", Role::Admin).await;
    let link = bo.invite(team, "Cleo", Role::Admin).await;
    let member = ana.member(team, "Bo").await.id;
    let roles = one(Role::Read);
    let demote = Intent::SetRoles { workspace: team, member, roles, reason: None };
    assert!(matches!(ana.app.submit(demote).await, Ok(Submitted::Queued { .. })));
    ana.all_sent().await;
    let cleo = founder(&server, "Cleo", SchemeId::OwnerLed).await;
    let failure = cleo.app.invitation_accept(link.clone()).await.expect_err("not confirmed");
    assert_eq!(failure.reason.expect("a reason").code, RefusalCode::InviterLostRight);
    let row = ana
        .until("the invitation that needs confirmation", async || {
            let page = ana.app.invitations(team, 0, 10).await.ok()?;
            let needs = InvitationStatus::NeedsConfirmation;
            page.rows.into_iter().find(|row| row.state == needs)
        })
        .await;
    ana.apply(Intent::ConfirmInvitation { workspace: team, invitation: row.id }).await;
    cleo.app.invitation_accept(link).await.expect("confirmed");
    enters(&cleo, team).await;
}
