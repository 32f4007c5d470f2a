//! The serialised form of commands, refusals and ids: promises to outboxes and installed apps.

mod support;

use muster_domain::{
    Activity, Choice, Colour, Command, ContentBody, Covers, End, KnowledgeSource, Labels, Param,
    Permission, PermissionSet, Plan, Refusal, RefusalCode, Replacement, Role, RoleMapping, RoleSet,
    RolesTo, SchemeId, TalkState, Undecided,
};
use support::asks::{
    can, end_review, entered, hand_out, key_of, labels_of, one, review_with, reviewed_by, verdict,
    verdict_for,
};
use support::{
    NOW, account_id, address, content_id, group_id, invitation_id, login_id, member_id, role_id,
    workspace_id,
};

fn policy(review_days: Option<u16>, second_admin: Option<bool>) -> Command {
    Command::SetPolicy {
        account: account_id(4),
        invitation_days: 7,
        lease_days: 0,
        reason_required: true,
        review_days,
        second_admin,
        name_days: None,
    }
}

fn account_commands() -> Vec<Command> {
    let account = account_id(4);
    let person = member_id(1, 2);
    let mapping = vec![
        RoleMapping {
            workspace: None,
            from: one(Role::Write),
            to: RolesTo::BuiltIn(one(Role::AgentManager)),
        },
        RoleMapping { workspace: Some(workspace_id(1)), from: one(Role::Read), to: RolesTo::Equal },
    ];
    vec![
        Command::RenameAccount { account, was: "Old".into(), title: "New".into() },
        policy(None, None),
        policy(Some(90), None),
        policy(None, Some(true)),
        Command::AddAdmin { account, person },
        Command::RemoveAdmin { account, login: login_id(5) },
        Command::LeaveAccount { account },
        Command::DeleteAccount { account, title: "Name".into() },
        Command::ScheduleDeletion { account, title: "Name".into(), days: 14 },
        Command::ConfirmDeletion { account },
        Command::WithdrawDeletion { account },
        Command::SetScheme {
            account,
            scheme: SchemeId::Managed,
            mapping,
            widened: vec![member_id(1, 2)],
        },
    ]
}

fn workspace_commands() -> Vec<Command> {
    let workspace = workspace_id(1);
    let created = |labels: Labels| Command::CreateWorkspace {
        workspace,
        account: account_id(4),
        title: "Name".into(),
        plan: Some(Plan::Basic),
        membership: Some(member_id(1, 2)),
        labels,
    };
    vec![
        created(Labels::default()),
        created(labels_of(&["north", "sales"])),
        Command::RenameWorkspace { workspace, was: "Old".into(), title: "New".into() },
        Command::SetWorkspaceLabels {
            workspace,
            was: Labels::default(),
            labels: labels_of(&["north"]),
        },
        Command::SetWorkspaceColour { workspace, colour: Some(Colour::Harbor) },
        Command::SetWorkspaceColour { workspace, colour: None },
        Command::SetPlan { workspace, plan: Plan::Pro },
        Command::EndPlan { workspace },
        Command::DeleteWorkspace { workspace, reason: None },
        Command::RestoreWorkspace { workspace },
        Command::LeaveWorkspace { workspace },
        Command::OfferWorkspace { workspace, to: account_id(5) },
        Command::EndOffer { workspace },
        Command::AcceptOffer { workspace },
    ]
}

fn member_commands() -> Vec<Command> {
    let workspace = workspace_id(1);
    let membership = member_id(1, 2);
    let (was, roles) = (one(Role::Read), RoleSet::own(3).union(one(Role::ChatUser)));
    let reason = Some("left the project".to_owned());
    let until = |roles| Some(End { at: NOW, roles });
    vec![
        Command::AddMember { workspace, membership, person: member_id(2, 2), roles },
        Command::SetMemberRoles { workspace, membership, was, roles, reason: None },
        Command::SetMemberRoles { workspace, membership, was, roles, reason: reason.clone() },
        Command::SetMemberEnd { workspace, membership, was: None, end: until(None) },
        Command::SetMemberEnd { workspace, membership, was: until(Some(was)), end: None },
        Command::SetMemberLabels {
            workspace,
            membership,
            was: Labels::default(),
            labels: labels_of(&["night"]),
        },
        Command::SetMemberNote {
            workspace,
            membership,
            was: String::new(),
            note: "back in May".into(),
        },
        Command::SuspendMember { workspace, membership, reason: reason.clone() },
        Command::ResumeMember { workspace, membership },
        Command::RemoveMember { workspace, membership, reason },
        Command::RemoveMember { workspace, membership, reason: None },
    ]
}

fn invitation_commands() -> Vec<Command> {
    let workspace = workspace_id(1);
    let invitation = invitation_id(3);
    let roles = one(Role::Write);
    let create = |message| Command::CreateInvitation {
        workspace,
        invitation,
        address: address(5),
        person: Some("Ana".into()),
        roles,
        message,
    };
    vec![
        create(None),
        create(Some("Welcome".to_owned())),
        Command::ResendInvitation { workspace, invitation },
        Command::SetInvitationRoles { workspace, invitation, roles },
        Command::ConfirmInvitation { workspace, invitation },
        Command::RevokeInvitation { workspace, invitation },
    ]
}

fn role_commands() -> Vec<Command> {
    let workspace = workspace_id(1);
    let role = role_id(6);
    let permissions = can(&[Permission::WorkspaceView, Permission::MemberView]);
    vec![
        Command::DefineRole { workspace, role, title: "Night shift".into(), permissions },
        Command::ChangeRole {
            workspace,
            role,
            was: PermissionSet::NONE,
            title: "Day shift".into(),
            permissions,
        },
        Command::DeleteRole {
            workspace,
            role,
            holders: vec![Replacement {
                membership: member_id(1, 2),
                roles: one(Role::WorkspaceAdmin),
            }],
            others: one(Role::ChatUser),
        },
    ]
}

fn bodies() -> Vec<ContentBody> {
    let state = Activity::On;
    let (person, channel) = ("Mia".to_owned(), "Website".to_owned());
    vec![
        ContentBody::Agent {
            instructions: "Be kind".into(),
            state,
            knowledge: vec![content_id(8)],
        },
        ContentBody::Prompt { text: "Hello".into() },
        ContentBody::Knowledge {
            source: KnowledgeSource::Website,
            text: "https://example.org".into(),
            size: 1024,
        },
        ContentBody::Integration { service: "CRM".into(), state: Activity::Off },
        ContentBody::Channel { medium: "website".into(), state },
        ContentBody::Conversation {
            person: person.clone(),
            at: NOW,
            channel: channel.clone(),
            state: TalkState::Open,
        },
        ContentBody::Lead {
            person,
            contact: "mia@example.org".into(),
            at: NOW,
            channel,
            state: TalkState::Closed,
        },
    ]
}

fn content_commands() -> Vec<Command> {
    let workspace = workspace_id(1);
    let content = content_id(7);
    let create = |body| Command::CreateContent { workspace, content, title: "Name".into(), body };
    let mut commands: Vec<_> = bodies().into_iter().map(create).collect();
    let body = ContentBody::Prompt { text: "Bye".into() };
    let title = "Name".to_owned();
    commands.push(Command::ChangeContent { workspace, content, version: 2, title, body });
    commands.push(Command::DeleteContent { workspace, content });
    commands
}

fn group_commands() -> Vec<Command> {
    let (account, group) = (account_id(4), group_id(9));
    let roles = one(Role::AgentManager);
    let title = "Pod 1".to_owned();
    vec![
        Command::CreateGroup {
            account,
            group,
            title: title.clone(),
            covers: Covers::Listed(vec![workspace_id(1)]),
            roles,
        },
        Command::ChangeGroup {
            account,
            group,
            title,
            covers: Covers::AllBut(vec![workspace_id(1)]),
            roles,
        },
        Command::DeleteGroup { account, group },
        Command::AddGroupPerson { account, group, person: member_id(1, 2) },
        Command::RemoveGroupPerson { account, group, login: login_id(2) },
    ]
}

fn review_commands() -> Vec<Command> {
    let roles = one(Role::Read);
    vec![
        review_with(1, 9, &[2, 3], Undecided::Leave),
        review_with(1, 9, &[2], Undecided::Suspend),
        reviewed_by(1, 9, &[3]),
        verdict_for(1, 9, &[2, 3], Some(Choice::Keep), None),
        verdict(1, 9, &[2], Some(Choice::Change(roles))),
        verdict(1, 9, &[2], Some(Choice::Remove)),
        verdict_for(1, 9, &[2], None, None),
        end_review(1, 9),
        key_of(1, 9, 4),
        hand_out(1, 9, 5, "Mia of Northwind"),
        entered(1, 9, 5, &[2, 3], Choice::Keep, None),
        entered(1, 9, 5, &[2], Choice::Change(roles), Some("less is enough")),
    ]
}

fn commands() -> Vec<Command> {
    [
        account_commands(),
        workspace_commands(),
        member_commands(),
        invitation_commands(),
        role_commands(),
        content_commands(),
        group_commands(),
        review_commands(),
    ]
    .concat()
}

/// The names of all commands, as the reader of unknown ones lists them.
fn names() -> Vec<String> {
    let unknown = serde_json::from_str::<Command>(r#"{"name":"?","args":{}}"#);
    let text = unknown.expect_err("there is no such command").to_string();
    let quoted = text.split('`').skip(1).step_by(2).map(str::to_owned);
    quoted.filter(|it| it != "?").collect()
}

#[test]
fn every_command_keeps_its_form() {
    let lines: Vec<_> = commands()
        .iter()
        .map(|it| serde_json::to_string(it).expect("commands serialise"))
        .collect();
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/commands.jsonl");
    let wanted = lines.join("\n") + "\n";
    if std::env::var_os("MUSTER_WRITE").is_some() {
        std::fs::write(&path, &wanted).expect("the snapshot can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "a command's form changed: give it a new version instead");
    for (line, command) in lines.iter().zip(commands()) {
        let back: Command = serde_json::from_str(line).expect("its own form is read");
        assert_eq!(back, command);
    }
}

#[test]
fn every_command_is_among_the_forms() {
    let shown: Vec<String> = commands()
        .iter()
        .map(|it| serde_json::to_value(it).expect("commands serialise")["name"].to_string())
        .collect();
    assert!(names().len() > 40, "{:?}", names());
    for name in names() {
        assert!(shown.contains(&format!("\"{name}\"")), "no form of {name}");
    }
}

/// What older apps sent before there were reasons, messages and labels.
#[test]
fn older_forms_are_still_read() {
    for line in include_str!("snapshots/commands-1.jsonl").lines() {
        serde_json::from_str::<Command>(line).expect("a form that was shipped is read");
    }
}

#[test]
fn a_refusal_is_read_back_with_its_values() {
    let refusal = Refusal::new(RefusalCode::GrantTooWide)
        .with("role", RoleSet::of(&[Role::Owner]))
        .with("permission", Permission::BillingManage)
        .with("n", 3);
    let text = serde_json::to_string(&refusal).expect("refusals serialise");
    assert!(text.contains("\"r2.grant\""), "{text}");
    let back: Refusal = serde_json::from_str(&text).expect("its own form is read");
    assert_eq!(back.params["n"], Param::Number(3));
    assert_eq!(back, refusal);
}

#[test]
fn refusal_codes_and_permissions_are_listed_once() {
    let mut keys: Vec<_> = RefusalCode::ALL.iter().map(|it| it.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), RefusalCode::ALL.len());
    assert!(RefusalCode::ALL.iter().all(|it| !it.rule().is_empty()));
}

/// Omicron's and Zed's properties of role combination, over every pair and triple of sets of
/// two roles.
#[test]
fn r1_combining_roles_is_commutative_associative_idempotent_and_never_takes_away() {
    let sets: Vec<PermissionSet> = Role::ALL.iter().map(|it| it.permissions()).collect();
    for a in &sets {
        assert_eq!(a.union(*a), *a);
        for b in &sets {
            assert_eq!(a.union(*b), b.union(*a));
            assert!(a.is_subset(a.union(*b)));
            for c in &sets {
                assert_eq!(a.union(*b).union(*c), a.union(b.union(*c)));
            }
        }
    }
}

#[test]
fn c6_u54_owner_admin_write_read_are_nested_and_the_managed_roles_are_not() {
    let nested = [Role::Read, Role::Write, Role::Admin, Role::Owner];
    for pair in nested.windows(2) {
        assert!(pair[0].permissions().is_subset(pair[1].permissions()));
    }
    let agents = Role::AgentManager.permissions();
    let content = Role::ContentManager.permissions();
    assert!(!agents.is_subset(content) && !content.is_subset(agents), "C-6");
}
