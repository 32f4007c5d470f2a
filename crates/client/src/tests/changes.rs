//! Changes: from intents to commands, plans, what waits, and what was lost.

use muster_domain::{
    Command, ContentBody, Covers, End, GroupId, Labels, Membership, PermissionSet, Plan, Refusal,
    RefusalCode, Role, RoleSet, Row, SchemeId,
};
use muster_protocol::{Invited, Outcome, OutcomeStatus};

use super::world::{
    ACME, ANAS, LARCH, ME, NORTHWIND, NOW, STUDIO, SUPPORT_LEAD, World, agency, code, freelancer,
    invitation, login, member, mid, record, roles,
};
use crate::conflict;
use crate::draft::draft;
use crate::inbox;
use crate::pending::{self, item, name_of};
use crate::plan::{Line, begin, kept_line, preview};
use crate::submit::{Local, Way};
use crate::view::{ConflictValue, FailureCode, Grave, Intent, PendingWhat, Submitted, Verdict};

fn set_roles(number: u8, to: &[Role]) -> Intent {
    Intent::SetRoles {
        workspace: NORTHWIND,
        member: mid(NORTHWIND, number),
        roles: roles(to),
        reason: None,
    }
}

fn remove(number: u8) -> Intent {
    Intent::Remove { workspace: NORTHWIND, member: mid(NORTHWIND, number), reason: None }
}

pub(super) fn submit(world: &World, intent: Intent) -> u64 {
    let made = draft(&world.online(), intent).expect("a command");
    let submission = world.cache.submit(&made.command, NOW, made.label).expect("is kept");
    submission.n.unwrap_or_else(|| panic!("refused: {:?}", submission.decision))
}

/// A row of every kind, so that every intent finds what it is about.
fn furnished() -> World {
    let mut told = agency();
    let mut held = member(NORTHWIND, 7, "Fay", roles(&[Role::AgentManager]));
    held.until = Some(End { at: NOW.plus_days(3), roles: None });
    held.labels = Labels::clean(["night"]).expect("labels");
    held.note = "calls back".to_owned();
    told.row(Row::Membership(held));
    told.row(Row::Invitation(invitation(30, ME, roles(&[Role::ChatUser]))));
    told.row(Row::Content(record(40, "Hello", 2, ContentBody::Prompt { text: String::new() })));
    told.accounts.groups = vec![muster_domain::Group {
        id: GroupId::from_bytes([4; 16]),
        account: LARCH,
        name: "Pod 1".to_owned(),
        covers: Covers::Listed(vec![NORTHWIND]),
        roles: roles(&[Role::ChatUser]),
        people: Vec::new(),
        deleted: false,
    }];
    told.heard()
}

#[test]
fn e42_a_command_is_made_over_what_the_person_looked_at() {
    let world = furnished();
    let bench = world.online();
    let (workspace, fay) = (NORTHWIND, mid(NORTHWIND, 7));
    let of = |intent| draft(&bench, intent).expect("a command").command;
    let end = Intent::SetEnd { workspace, member: fay, end: None };
    assert!(matches!(of(end), Command::SetMemberEnd { was: Some(was), .. }
        if was.at == NOW.plus_days(3)));
    let labels = Intent::LabelMember { workspace, member: fay, labels: Labels::default() };
    assert!(matches!(of(labels), Command::SetMemberLabels { was, .. } if !was.is_empty()));
    let note = Intent::NoteMember { workspace, member: fay, note: String::new() };
    assert!(matches!(of(note), Command::SetMemberNote { was, .. } if was == "calls back"));
    let role = Intent::ChangeRole {
        workspace,
        role: SUPPORT_LEAD,
        name: "Lead".to_owned(),
        permissions: PermissionSet::NONE,
    };
    assert!(matches!(of(role), Command::ChangeRole { was, .. } if !was.is_empty()));
    let rename = Intent::RenameAccount { account: LARCH, name: "Birch".to_owned() };
    assert!(matches!(of(rename), Command::RenameAccount { was, .. } if was == "Larch Agency"));
    let roles = set_roles(7, &[Role::ChatUser]);
    assert!(matches!(of(roles), Command::SetMemberRoles { was, .. }
        if was == RoleSet::of(&[Role::AgentManager])));
}

/// Fay’s roles are changed without a connection; meanwhile somebody gave her others.
fn met_another_change() -> World {
    let world = furnished();
    let made = draft(&world.offline(), set_roles(7, &[Role::ChatUser])).expect("a command");
    world.cache.submit(&made.command, NOW, made.label).expect("is kept");
    world.cache.request("test", 1_000_000).expect("a request");
    let fay = world.cache.member(mid(NORTHWIND, 7)).expect("reads").expect("is there");
    let theirs = roles(&[Role::ContentManager]);
    world.changed(Row::Membership(Membership { roles: theirs, ..fay.confirmed.expect("waits") }));
    let mine = roles(&[Role::ChatUser]);
    let refusal = Refusal::new(RefusalCode::Conflict)
        .with("was", roles(&[Role::AgentManager]))
        .with("now", theirs)
        .with("yours", mine);
    world.decided(Outcome {
        n: 1,
        status: OutcomeStatus::Refused,
        refusal: Some(refusal),
        seq: None,
        at: NOW,
    });
    world
}

#[test]
fn e42_a_conflict_shows_what_it_was_what_it_is_and_what_i_made_of_it() {
    let world = met_another_change();
    let view = pending::view(&world.online()).expect("reads");
    let conflict = view.refused[0].conflict.clone().expect("its three sides");
    let side = |of: &[Role]| ConflictValue::Roles { roles: roles(of) };
    assert_eq!(conflict.was, Some(side(&[Role::AgentManager])));
    assert_eq!(conflict.now, side(&[Role::ContentManager]));
    assert_eq!(conflict.yours, side(&[Role::ChatUser]));
}

#[test]
fn e42_mine_is_made_again_over_what_is_there_now() {
    let world = met_another_change();
    let bench = world.offline();
    let n = pending::view(&bench).expect("reads").refused[0].n;
    let (way, local) = conflict::again(&bench, n).expect("is made again");
    assert!(matches!((way, local), (Way::Queue, Local::Kept(_))));
    let view = pending::view(&bench).expect("reads");
    assert!(matches!(&view.not_sent[0].what, PendingWhat::Roles { was, roles: to, .. }
        if *was == roles(&[Role::ContentManager]) && *to == roles(&[Role::ChatUser])));
    assert_eq!(view.not_sent[0].expected, Verdict::Allowed);
    let gone = conflict::again(&bench, 99).map(|_| ());
    assert_eq!(gone.expect_err("there is none").code, FailureCode::NotFound);
}

/// One intent of every kind that waits or is named on the Pending page by its command.
fn others() -> Vec<(Intent, &'static str, &'static str)> {
    let (workspace, account) = (NORTHWIND, LARCH);
    let group = GroupId::from_bytes([4; 16]);
    let covers = Covers::Listed(vec![NORTHWIND]);
    let invited = muster_domain::InvitationId::from_bytes([30; 16]);
    let prompt = ContentBody::Prompt { text: "x".to_owned() };
    let content = muster_domain::ContentId::from_bytes([40; 16]);
    let name = || "New".to_owned();
    let fay = mid(NORTHWIND, 7);
    vec![
        (Intent::SetEnd { workspace, member: fay, end: None }, "member.end.set/1", "Fay"),
        (
            Intent::LabelMember { workspace, member: fay, labels: Labels::default() },
            "member.labels.set/1",
            "Fay",
        ),
        (
            Intent::NoteMember { workspace, member: fay, note: String::new() },
            "member.note.set/1",
            "Fay",
        ),
        (
            Intent::AddMember { workspace: ACME, person: fay, roles: roles(&[Role::ChatUser]) },
            "member.add/1",
            "Fay",
        ),
        (
            Intent::LabelWorkspace { workspace, labels: Labels::clean(["eu"]).expect("labels") },
            "workspace.labels.set/1",
            "Northwind",
        ),
        (Intent::SetPlan { workspace, plan: Plan::Basic }, "workspace.plan.set/1", "Northwind"),
        (Intent::EndPlan { workspace }, "workspace.plan.end/1", "Northwind"),
        (
            Intent::SetInvitationRoles {
                workspace,
                invitation: invited,
                roles: roles(&[Role::AgentManager]),
            },
            "invitation.roles.set/1",
            "person30@client.example",
        ),
        (
            Intent::DefineRole { workspace, name: name(), permissions: PermissionSet::NONE },
            "role.define/1",
            "New",
        ),
        (
            Intent::ChangeRole {
                workspace,
                role: SUPPORT_LEAD,
                name: name(),
                permissions: PermissionSet::NONE,
            },
            "role.change/1",
            "New",
        ),
        (
            Intent::DeleteRole {
                workspace,
                role: SUPPORT_LEAD,
                holders: Vec::new(),
                others: roles(&[Role::ChatUser]),
            },
            "role.delete/1",
            "Support lead",
        ),
        (
            Intent::CreateContent { workspace, name: name(), body: prompt.clone() },
            "content.create/1",
            "New",
        ),
        (
            Intent::ChangeContent { workspace, content, version: 4, name: name(), body: prompt },
            "content.change/1",
            "New",
        ),
        (Intent::DeleteContent { workspace, content }, "content.delete/1", "Hello"),
        (Intent::RenameAccount { account, name: name() }, "account.rename/1", "New"),
        (
            Intent::SetPolicy {
                account,
                invitation_days: 3,
                lease_days: 3,
                reason_required: true,
                review_days: None,
                second_admin: None,
                name_days: None,
            },
            "account.policy.set/1",
            "Larch Agency",
        ),
        (Intent::AddAdmin { account, person: mid(NORTHWIND, 2) }, "account.admin.add/1", "Bea"),
        (Intent::RemoveAdmin { account, login: login(10) }, "account.admin.remove/1", "Ben"),
        (Intent::LeaveAccount { account }, "account.leave/1", "Larch Agency"),
        (
            Intent::DeleteAccount { account, name: "Larch Agency".to_owned() },
            "account.delete/1",
            "Larch Agency",
        ),
        (
            Intent::ScheduleDeletion { account, name: "Larch Agency".to_owned(), days: 3 },
            "account.delete.schedule/1",
            "Larch Agency",
        ),
        (
            Intent::CreateGroup {
                account,
                name: name(),
                covers: covers.clone(),
                roles: roles(&[Role::ChatUser]),
            },
            "group.create/1",
            "New",
        ),
        (
            Intent::ChangeGroup {
                account,
                group,
                name: name(),
                covers,
                roles: roles(&[Role::ChatUser]),
            },
            "group.change/1",
            "New",
        ),
        (Intent::DeleteGroup { account, group }, "group.delete/1", "Pod 1"),
        (Intent::AddGroupPerson { account, group, person: fay }, "group.person.add/1", "Fay"),
    ]
}

#[test]
fn r13_every_change_is_kept_and_named_on_the_pending_page() {
    for (intent, command, name) in others() {
        let world = furnished();
        let n = submit(&world, intent);
        let entry = world.cache.entry(n).expect("reads").expect("is there");
        let found = item(&world.online(), entry).expect("is shown");
        let wanted = PendingWhat::Other { command: command.to_owned(), name: name.to_owned() };
        assert_eq!(found.what, wanted);
    }
}

#[test]
fn r14_what_waits_and_what_needs_a_connection_are_told_apart() {
    let world = furnished();
    let bench = world.offline();
    let waits = [
        "member.end.set/1",
        "member.labels.set/1",
        "member.note.set/1",
        "workspace.labels.set/1",
        "content.create/1",
        "content.change/1",
        "content.delete/1",
    ];
    for (intent, command, _) in others() {
        let made = draft(&bench, intent).expect("a command").command;
        let sentence = bench.offline_sentence(&made).expect("reads");
        assert_eq!(sentence.is_none(), waits.contains(&command), "{command}: {sentence:?}");
    }
    let sentence = |intent| {
        let made = draft(&bench, intent).expect("a command").command;
        bench.offline_sentence(&made).expect("reads")
    };
    let workspace = NORTHWIND;
    let delete = Intent::DeleteWorkspace { workspace, reason: None };
    assert_eq!(sentence(delete).as_deref(), Some("offline.delete"));
    assert_eq!(sentence(set_roles(1, &[Role::ChatUser])).as_deref(), Some("offline.owner"));
    assert_eq!(sentence(set_roles(3, &[Role::AgentManager])), None);
    let invitation = muster_domain::InvitationId::from_bytes([30; 16]);
    let revoke = Intent::Revoke { workspace, invitation };
    assert_eq!(sentence(revoke).as_deref(), Some("offline.invitation"));
}

#[test]
fn e66_u14_who_creates_a_workspace_is_in_it_as_the_scheme_says() {
    let create = |account: muster_domain::AccountId| Intent::CreateWorkspace {
        account: account.to_string(),
        name: "New".to_owned(),
        plan: Some(Plan::Pro),
        add_me: false,
        labels: Labels::clean(["eu"]).expect("labels"),
    };
    let made = draft(&agency().heard().online(), create(LARCH)).expect("a command");
    assert!(matches!(made.command, Command::CreateWorkspace { membership: None, labels, .. }
        if !labels.is_empty()));
    assert!(made.created.is_some());
    let anas = super::world::ANAS;
    let made = draft(&freelancer().heard().online(), create(anas)).expect("a command");
    assert!(matches!(made.command, Command::CreateWorkspace { membership: Some(_), .. }));
}

#[test]
fn e59_a_number_that_is_no_accounts_is_told_at_its_field() {
    let world = agency().heard();
    let offer = Intent::OfferWorkspace { workspace: NORTHWIND, to: "12 34".to_owned() };
    let failure = draft(&world.online(), offer).err().expect("is none");
    assert_eq!((failure.code, failure.field.as_deref()), (FailureCode::BadRequest, Some("to")));
}

#[test]
fn e47_each_line_of_a_plan_sees_those_before_it() {
    let told = {
        let mut told = freelancer();
        let luis = member(STUDIO, 1, "Luis", roles(&[Role::Owner]));
        told.places[0].2.retain(|row| !matches!(row, Row::Membership(it) if it.name == "Luis"));
        told.row(Row::Membership(luis));
        told
    };
    let world = told.heard();
    let demote = |number| Intent::SetRoles {
        workspace: STUDIO,
        member: mid(STUDIO, number),
        roles: roles(&[Role::Read]),
        reason: None,
    };
    let plan = preview(&world.online(), vec![demote(1), demote(ME)]).expect("reads");
    assert_eq!((plan.allowed, plan.blocked), (1, 1), "either alone would be fine");
    assert_eq!(plan.lines[0].name, "Luis");
    assert_eq!(code(&plan.lines[1].verdict), "r6.demote_self");
    let after = world.cache.member(mid(STUDIO, 1)).expect("reads").expect("is there");
    assert_eq!(after.member.roles, roles(&[Role::Owner]), "nothing was kept");
}

#[test]
fn r16_a_plan_says_who_gains_and_who_loses() {
    let world = agency().heard();
    let intents = vec![
        set_roles(3, &[Role::AgentManager]),
        set_roles(2, &[Role::AgentManager]),
        remove(4),
        remove(99),
    ];
    let plan = preview(&world.online(), intents).expect("reads");
    assert_eq!((plan.allowed, plan.unchanged, plan.blocked, plan.widening), (2, 1, 1, 1));
    let [chidi, _, eli, gone] = plan.lines.as_slice() else { panic!("four lines") };
    assert_eq!((chidi.name.as_str(), chidi.from), ("Chidi", roles(&[Role::ChatUser])));
    assert!(!chidi.gains.is_empty() && chidi.loses.is_empty());
    assert_eq!((eli.from, eli.to), (RoleSet::own(0), RoleSet::NONE));
    assert_eq!(eli.loses.len(), 2, "what the own role gave");
    assert_eq!(gone.verdict, Verdict::Hidden);
}

#[test]
fn e47_carrying_out_keeps_what_can_wait_and_fails_line_by_line() {
    let world = agency().heard();
    let bench = world.offline();
    let delete = Intent::DeleteWorkspace { workspace: ACME, reason: None };
    let intents =
        vec![set_roles(3, &[Role::AgentManager]), remove(99), delete, remove(2), set_roles(4, &[])];
    let lines = begin(&bench, intents).expect("is kept");
    let [changed, gone, ahead, removed, bad] = lines.as_slice() else { panic!("five lines") };
    assert!(matches!(gone, Line::Over(Submitted::Refused { reason })
        if reason.code.key() == "r10.not_visible"));
    assert!(matches!(ahead, Line::Ahead(_)), "deleting needs a connection");
    assert!(matches!(bad, Line::Over(Submitted::Refused { reason })
        if reason.code.key() == "role.scheme"));
    assert_eq!(world.cache.counts().expect("reads").not_sent, 2);
    for line in [changed, removed] {
        let Line::Kept(n) = line else { panic!("can wait") };
        let waits = kept_line(&bench, *n).expect("reads");
        assert!(matches!(waits, Submitted::Queued { .. }));
    }
}

#[test]
fn e42_two_changes_of_one_field_in_one_plan_follow_each_other() {
    let world = agency().heard();
    let intents = || {
        vec![
            set_roles(3, &[Role::AgentManager]),
            set_roles(2, &[Role::ChatUser]),
            set_roles(3, &[Role::ContentManager]),
            set_roles(3, &[]),
            set_roles(3, &[Role::ChatUser]),
        ]
    };
    let plan = preview(&world.online(), intents()).expect("reads");
    assert_eq!((plan.allowed, plan.blocked), (4, 1), "{:?}", plan.lines);
    assert_eq!(code(&plan.lines[3].verdict), "role.scheme", "no roles at all");
    assert_eq!(plan.lines[4].from, roles(&[Role::ContentManager]), "over what was accepted");
    let lines = begin(&world.offline(), intents()).expect("is kept");
    assert_eq!(lines.iter().filter(|line| matches!(line, Line::Kept(_))).count(), 4);
    let after = world.cache.member(mid(NORTHWIND, 3)).expect("reads").expect("is there");
    assert_eq!(after.member.roles, roles(&[Role::ChatUser]));
}

#[test]
fn e3_a_plan_that_takes_the_last_workspace_admin_says_so_on_that_line() {
    let mut told = agency();
    told.row(Row::Membership(member(NORTHWIND, 6, "Ines", roles(&[Role::WorkspaceAdmin]))));
    let world = told.heard();
    let graves = |intents| {
        let plan = preview(&world.online(), intents).expect("reads");
        plan.lines.into_iter().map(|line| line.grave).collect::<Vec<_>>()
    };
    let last = Some(Grave::LastManager);
    assert_eq!(graves(vec![remove(1)]), [None], "Ines stays");
    assert_eq!(graves(vec![remove(1), remove(2), remove(6)]), [None, None, last]);
    let handed = vec![set_roles(2, &[Role::WorkspaceAdmin]), remove(1), remove(6)];
    assert_eq!(graves(handed), [None, None, None], "Bea follows");
    let demoted = vec![set_roles(6, &[Role::ChatUser]), set_roles(1, &[Role::ChatUser])];
    assert_eq!(graves(demoted), [None, last]);
}

#[test]
fn e7_a_plan_that_takes_rights_of_my_own_says_so_on_that_line() {
    let mut told = freelancer();
    told.row(Row::Membership(member(STUDIO, 2, "Mei", roles(&[Role::Owner]))));
    let world = told.heard();
    let change = |number, to: &[Role]| Intent::SetRoles {
        workspace: STUDIO,
        member: mid(STUDIO, number),
        roles: roles(to),
        reason: None,
    };
    let plan = preview(&world.online(), vec![change(1, &[Role::Read]), change(ME, &[Role::Read])]);
    let plan = plan.expect("reads");
    let graves: Vec<_> = plan.lines.iter().map(|line| line.grave).collect();
    assert_eq!(graves, [None, Some(Grave::OwnRights)]);
    let mut told = agency();
    told.row(Row::Membership(member(NORTHWIND, ME, "Ana", roles(&[Role::WorkspaceAdmin]))));
    let world = told.heard();
    let plan = preview(&world.online(), vec![set_roles(ME, &[Role::ChatUser])]).expect("reads");
    assert_eq!(plan.lines[0].grave, None, "an Account Admin can give it back");
}

#[test]
fn r6_a_reason_knows_which_workspace_account_and_member_it_is_about() {
    let world = freelancer().heard();
    let bench = world.online();
    let step = Intent::SetRoles {
        workspace: STUDIO,
        member: mid(STUDIO, ME),
        roles: roles(&[Role::Read]),
        reason: None,
    };
    let made = draft(&bench, step).expect("a command");
    let verdict = bench.verdict(&made.command).expect("reads");
    let reason = super::world::reason(&verdict);
    assert_eq!(reason.code.key(), "r6.demote_self");
    assert_eq!(reason.workspace, Some(STUDIO));
    assert_eq!(reason.account, Some(ANAS));
    assert_eq!(reason.member, Some(mid(STUDIO, ME)));
}

#[test]
fn e22_an_address_that_is_here_already_leads_to_its_member() {
    let world = agency().heard();
    let bench = world.online();
    let command = Command::CreateInvitation {
        workspace: NORTHWIND,
        invitation: muster_domain::InvitationId::from_bytes([70; 16]),
        address: super::world::address(3),
        person: None,
        roles: roles(&[Role::ChatUser]),
        message: None,
    };
    let verdict = bench.verdict(&command).expect("reads");
    let reason = super::world::reason(&verdict);
    assert_eq!(reason.code.key(), "member.exists");
    assert_eq!(reason.member, Some(mid(NORTHWIND, 3)));
}

#[test]
fn r1_a_reason_names_who_could_do_it() {
    let mut told = agency();
    told.accounts.admins.clear();
    told.places.truncate(1);
    told.row(Row::Membership(member(NORTHWIND, ME, "Ana", roles(&[Role::AgentManager]))));
    told.places[0].1 = muster_domain::View::of(Role::AgentManager.permissions());
    let world = told.heard();
    let bench = world.online();
    let made = draft(&bench, remove(3)).expect("a command");
    let verdict = bench.verdict(&made.command).expect("reads");
    let reason = super::world::reason(&verdict);
    assert_eq!((reason.code.key(), reason.rule.as_str()), ("r1.missing", "R1"));
    assert_eq!(super::world::text(reason, "names"), "Alejandro, Eli");
    assert_eq!(super::world::text(reason, "workspace"), "Northwind");
}

#[test]
fn e24_the_inbox_tells_what_waits_and_not_what_is_over() {
    let invited = |number: u8, expires| Invited {
        invitation: muster_domain::InvitationId::from_bytes([number; 16]),
        address: "ana@else.example".to_owned(),
        workspace_name: format!("Place {number}"),
        account_name: "Birch".to_owned(),
        scheme: SchemeId::OwnerLed,
        roles: roles(&[Role::Read]),
        own_roles: vec![super::world::support_lead()],
        inviter_name: "Kim".to_owned(),
        message: Some("hello".to_owned()),
        expires,
    };
    let mut told = freelancer();
    told.accounts.inbox = vec![invited(50, NOW.plus_days(1)), invited(51, NOW.plus_days(-1))];
    let world = told.heard();
    let rows = inbox::rows(&world.online()).expect("reads");
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].workspace_name.as_str(), rows[0].inviter.as_str()), ("Place 50", "Kim"));
    assert_eq!(rows[0].own_names, ["Support lead"]);
}

#[test]
fn r13_commands_are_named_as_they_stand_on_the_wire() {
    let command = Command::LeaveWorkspace { workspace: STUDIO };
    assert_eq!(name_of(&command), "workspace.leave/1");
}

/// A key store that is never asked.
struct NoVault;

impl crate::vault::Vault for NoVault {
    fn check(&self) -> Result<(), crate::vault::VaultError> {
        Ok(())
    }

    fn get(&self, _: &str) -> Result<Option<Vec<u8>>, crate::vault::VaultError> {
        Ok(None)
    }

    fn set(&self, _: &str, _: &[u8]) -> Result<(), crate::vault::VaultError> {
        Ok(())
    }

    fn delete(&self, _: &str) -> Result<(), crate::vault::VaultError> {
        Ok(())
    }
}

#[test]
fn e25_the_app_is_opened_with_an_invitation_and_with_nothing_else() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (told, heard) = std::sync::mpsc::channel();
    let told = std::sync::Mutex::new(told);
    let app = crate::App::new(crate::Config {
        dir: std::path::PathBuf::new(),
        vault: std::sync::Arc::new(NoVault),
        tell: std::sync::Arc::new(move |changed: crate::view::Changed| {
            let told = told.lock().expect("is not poisoned");
            // Nobody listens any more at the end of the test.
            let _ = told.send(changed.state);
        }),
        runtime: runtime.handle().clone(),
        version: "test".to_owned(),
        machine: "test".to_owned(),
    });
    let code = "a".repeat(40);
    for other in ["muster://join?code=short", "muster://settings", &code, "https://x.example/"] {
        app.open_link(other);
        assert_eq!(app.opened_link(), None, "{other}");
    }
    let link = format!("muster://join?server=http%3A%2F%2F127.0.0.1%3A8080&code={code}");
    app.open_link(&link);
    assert!(heard.recv().expect("the page is told"), "to look again");
    assert_eq!(app.opened_link().as_deref(), Some(link.as_str()));
    assert_eq!(app.opened_link(), None, "told once");
}
