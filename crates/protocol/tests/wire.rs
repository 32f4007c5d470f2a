//! The form of every frame and body on the wire: a promise to installed apps and servers.
//! `MUSTER_WRITE=1` rewrites the snapshot; then `PROTOCOL` needs a new version and a line in
//! its history, unless the change only adds an optional field.

use std::path::Path;

use muster_domain::{
    Account, AccountAdmin, AccountId, Address, CommandId, DeviceId, Invitation, InvitationId,
    InvitationState, Login, LoginId, LoginStatus, MemberState, Membership, MembershipId, Plan,
    Refusal, RefusalCode, Role, RoleSet, Row, SchemeId, Timestamp, ViewClass, Workspace,
    WorkspaceId, WorkspaceKind, WorkspaceStatus,
};
use muster_protocol::codec::{from_json, to_json};
use muster_protocol::{
    Ask, CodecError, Cursor, ErrorBody, ErrorCode, Frame, Grant, GrantSet, Have, LaneState,
    Outcome, OutcomeStatus, Policy, Push, Say, Stamped, Want, decode, encode,
};

const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
const ACCOUNT: AccountId = AccountId::from_bytes([2; 16]);
const MEMBER: MembershipId = MembershipId::from_bytes([3; 16]);
const LOGIN: LoginId = LoginId::from_bytes([4; 16]);
const AT: Timestamp = Timestamp(1_700_000_000_000);

fn grant() -> Grant {
    Grant { workspace: WORKSPACE, account: ACCOUNT, view: ViewClass::Members, grant_seq: 7 }
}

fn asks() -> Vec<Ask> {
    vec![
        Ask::Hello {
            proto: 1,
            build: "0.1.0".into(),
            schema: 1,
            rules: 1,
            device: DeviceId::from_bytes([5; 16]),
        },
        Ask::Have(Have {
            epoch: Some(9),
            cursors: vec![Cursor { account: ACCOUNT, seq: 12 }],
            grants: GrantSet::of(&[grant()]),
            want: vec![Want { workspace: WORKSPACE, after: Some(MEMBER) }],
            budget: 1_000_000,
        }),
        Ask::Lane(LaneState { acked: 3 }),
        Ask::Command(Push {
            n: 4,
            id: CommandId::from_bytes([6; 16]),
            body: "{}".into(),
            deps: vec![2],
            grant: Some(7),
            claimed_at: AT,
        }),
    ]
}

fn address() -> Address {
    Address::parse("ana@example.org").expect("a fine address")
}

fn member() -> Row {
    Row::Membership(Membership {
        id: MEMBER,
        workspace: WORKSPACE,
        login: LOGIN,
        name: "Ana".into(),
        address: address(),
        roles: RoleSet::of(&[Role::Owner]),
        state: MemberState::Active,
        until: None,
        given_by: None,
        joined: AT,
        ended: None,
    })
}

fn account() -> Account {
    Account {
        id: ACCOUNT,
        name: "Larch".into(),
        scheme: SchemeId::Managed,
        invitation_days: 7,
        lease_days: 7,
    }
}

/// A row of every kind.
fn rows() -> Vec<Row> {
    vec![
        member(),
        Row::Account(account()),
        Row::AccountAdmin(AccountAdmin {
            account: ACCOUNT,
            login: LOGIN,
            name: "Ana".into(),
            address: address(),
            since: AT,
            active: true,
        }),
        Row::Workspace(Workspace {
            id: WORKSPACE,
            account: ACCOUNT,
            kind: WorkspaceKind::Standard,
            name: "Northwind".into(),
            plan: Plan::Pro,
            status: WorkspaceStatus::Active,
            created: AT,
        }),
        Row::Invitation(Invitation {
            id: InvitationId::from_bytes([7; 16]),
            workspace: WORKSPACE,
            address: address(),
            name: None,
            roles: RoleSet::of(&[Role::Owner]),
            inviter: LOGIN,
            inviter_name: "Ana".into(),
            sent: AT,
            expires: AT.plus_days(7),
            generation: 1,
            state: InvitationState::Open,
        }),
    ]
}

fn says() -> Vec<Say> {
    vec![
        Say::Hello {
            epoch: 9,
            time: AT,
            policy: Policy::Ok,
            login: Login {
                id: LOGIN,
                address: address(),
                name: "Ana".into(),
                status: LoginStatus::Active,
            },
        },
        Say::Outcome(Outcome {
            n: 4,
            status: OutcomeStatus::Refused,
            refusal: Some(Refusal::new(RefusalCode::OwnerOnly)),
            seq: None,
            at: AT,
        }),
        Say::Fork { expected: 5 },
        Say::Grants { all: vec![grant()] },
        Say::Accounts { accounts: vec![account()], admins: vec![] },
        Say::Chunk {
            workspace: WORKSPACE,
            view: ViewClass::Members,
            grant_seq: 7,
            as_of: 12,
            rows: vec![Stamped { seq: 11, row: member() }],
            last: true,
        },
        Say::Rows { rows: rows().into_iter().map(|row| Stamped { seq: 12, row }).collect() },
        Say::End { cursors: vec![Cursor { account: ACCOUNT, seq: 12 }], more: false },
    ]
}

#[test]
fn the_wire_keeps_its_form() {
    let mut wanted = String::new();
    for ask in asks() {
        wanted += &format!("ask {} {}\n", ask.tag(), serde_json::to_string(&ask).expect("json"));
    }
    for say in says() {
        wanted += &format!("say {} {}\n", say.tag(), serde_json::to_string(&say).expect("json"));
    }
    let body = ErrorBody {
        code: ErrorCode::Refused,
        message: "refused".into(),
        field: None,
        refusal: Some(Refusal::new(RefusalCode::WrongPerson)),
    };
    wanted += &format!("error {}\n", serde_json::to_string(&body).expect("json"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/wire.txt");
    if std::env::var_os("MUSTER_WRITE").is_some() {
        std::fs::write(&path, &wanted).expect("the snapshot can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "the wire changed: raise PROTOCOL and tell its history");
}

#[test]
fn frames_come_back_from_bytes_and_from_json() {
    let bytes = encode(&says()).expect("encodes");
    assert_eq!(decode::<Say>(&bytes, 1 << 20).expect("decodes"), says());
    let json = to_json(&says()).expect("encodes");
    assert_eq!(from_json::<Say>(&json, 1 << 20).expect("decodes"), says());
    let json = to_json(&asks()).expect("encodes");
    assert_eq!(from_json::<Ask>(&json, 1 << 20).expect("decodes"), asks());
}

#[test]
fn a_frame_of_an_unknown_kind_is_skipped() {
    let mut plain = vec![0, 0, 0, 3, 99, 0xC0, 0xC0];
    let known = zstd::decode_all(&*encode(&says()[6..]).expect("encodes")).expect("inflates");
    plain.extend(known);
    let bytes = zstd::encode_all(&*plain, 3).expect("deflates");
    assert_eq!(decode::<Say>(&bytes, 1 << 20).expect("decodes"), says()[6..]);
}

#[test]
fn an_unknown_field_is_ignored() {
    let text = r#"[{"frame":"lane","acked":3,"invented_later":true}]"#;
    let frames = from_json::<Ask>(text.as_bytes(), 1 << 20).expect("decodes");
    assert_eq!(frames, vec![Ask::Lane(LaneState { acked: 3 })]);
}

#[test]
fn any_prefix_of_an_answer_is_an_error_or_lacks_its_end() {
    let bytes = encode(&says()).expect("encodes");
    for length in 0..bytes.len() {
        if let Ok(frames) = decode::<Say>(&bytes[..length], 1 << 20) {
            let ends = frames.iter().any(|it| matches!(it, Say::End { .. }));
            assert!(!ends, "a cut answer of {length} bytes looks whole");
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_unfolds() {
    let bomb = zstd::encode_all(&*vec![0; 64 << 20], 3).expect("deflates");
    let result = decode::<Ask>(&bomb, 1 << 20);
    assert!(matches!(result, Err(CodecError::TooLong { .. })));
}

#[test]
fn a_grant_set_does_not_depend_on_order_and_tells_generations_apart() {
    let other = Grant { workspace: WorkspaceId::from_bytes([9; 16]), ..grant() };
    assert_eq!(GrantSet::of(&[grant(), other]), GrantSet::of(&[other, grant()]));
    let again = Grant { grant_seq: 8, ..grant() };
    assert_ne!(GrantSet::of(&[grant()]), GrantSet::of(&[again]));
}
