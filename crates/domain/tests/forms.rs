//! The serialised form of commands, refusals and ids: promises to outboxes and installed apps.

mod support;

use muster_domain::{
    Command, Param, Permission, PermissionSet, Plan, Refusal, RefusalCode, Role, RoleSet,
};
use support::{account_id, address, invitation_id, member_id, workspace_id};

fn commands() -> Vec<Command> {
    let workspace = workspace_id(1);
    let membership = member_id(1, 2);
    let invitation = invitation_id(3);
    let roles = RoleSet::of(&[Role::Write]);
    vec![
        Command::CreateWorkspace {
            workspace,
            account: account_id(4),
            title: "Name".into(),
            plan: Some(Plan::Basic),
            membership: Some(membership),
        },
        Command::RenameWorkspace { workspace, was: "Old".into(), title: "New".into() },
        Command::DeleteWorkspace { workspace },
        Command::LeaveWorkspace { workspace },
        Command::SetMemberRoles { workspace, membership, was: RoleSet::of(&[Role::Read]), roles },
        Command::SuspendMember { workspace, membership },
        Command::ResumeMember { workspace, membership },
        Command::RemoveMember { workspace, membership },
        Command::CreateInvitation {
            workspace,
            invitation,
            address: address(5),
            person: Some("Ana".into()),
            roles,
        },
        Command::ResendInvitation { workspace, invitation },
        Command::RevokeInvitation { workspace, invitation },
    ]
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
fn u54_owner_admin_write_read_are_nested_and_the_managed_roles_are_not() {
    let nested = [Role::Read, Role::Write, Role::Admin, Role::Owner];
    for pair in nested.windows(2) {
        assert!(pair[0].permissions().is_subset(pair[1].permissions()));
    }
    let agents = Role::AgentManager.permissions();
    let content = Role::ContentManager.permissions();
    assert!(!agents.is_subset(content) && !content.is_subset(agents), "C-6");
}
