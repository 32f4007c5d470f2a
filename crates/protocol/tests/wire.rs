//! The form of every frame and body on the wire: a promise to installed apps and servers.
//! `MUSTER_WRITE=1` rewrites the snapshot; then `PROTOCOL` needs a new version and a line in
//! its history, unless the change only adds an optional field.

use std::path::Path;

use muster_domain::{
    Account, AccountAdmin, AccountId, AccountStatus, Activity, Address, CampaignId, Choice, Colour,
    CommandId, Content, ContentBody, ContentId, Covers, Decided, Deletion, DeviceId, End, Ended,
    Group, GroupId, GroupPerson, HandOut, HandOutId, Invitation, InvitationId, InvitationState,
    KnowledgeSource, Labels, LastReview, Login, LoginId, LoginStatus, MemberState, Membership,
    MembershipId, Offer, OwnRole, Part, Permission, PermissionSet, Plan, PublicKey, QuietDays,
    Refusal, RefusalCode, Review, ReviewId, ReviewLine, Reviewer, Role, RoleId, RoleSet, Row,
    SchemeId, SigningKey, TalkState, Timestamp, Undecided, View, Workspace, WorkspaceId,
    WorkspaceKind, WorkspaceStatus,
};
use muster_protocol::codec::{decode, encode, from_json, to_json};
use muster_protocol::http::{
    Accepted, AddressCode, AddressConfirm, ChangeAddress, DeleteLogin, Devices, DropAddress,
    EndDevice, FoundAccount, Founded, InboxRequest, InvitationCode, InvitationLink, InvitationView,
    LinkRequest, RenameLogin, ServerInfo, Session, SignIn, SignUp, SignedInDevice,
};
use muster_protocol::{
    Accounts, After, Ask, CodecError, Cursor, Erased, ErrorBody, ErrorCode, Exported, Frame, Gone,
    GoneHow, Grant, GrantSet, Have, Invited, LaneState, LogOf, LogPlace, LogWant, Logged,
    LoggedEvent, Offered, Outcome, OutcomeStatus, PROTOCOL, Policy, Push, RecordSet, Say, Stamped,
    Want,
};

const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
const ACCOUNT: AccountId = AccountId::from_bytes([2; 16]);
const MEMBER: MembershipId = MembershipId::from_bytes([3; 16]);
const LOGIN: LoginId = LoginId::from_bytes([4; 16]);
const AT: Timestamp = Timestamp(1_700_000_000_000);

fn grant() -> Grant {
    let view = View::OWN.with(Part::Members).with(Part::Leads);
    Grant { workspace: WORKSPACE, account: ACCOUNT, view, grant_seq: 7 }
}

fn asks() -> Vec<Ask> {
    vec![
        Ask::Hello {
            proto: PROTOCOL,
            build: "0.1.0".into(),
            schema: 1,
            rules: 2,
            device: DeviceId::from_bytes([5; 16]),
        },
        Ask::Have(Have {
            epoch: Some(9),
            cursors: vec![Cursor { account: ACCOUNT, seq: 12 }],
            grants: GrantSet::of(&[grant()]),
            want: [
                None,
                Some(After::Member(MEMBER)),
                Some(After::Members),
                Some(After::Content(ContentId::from_bytes([8; 16]))),
                Some(After::Contents),
                Some(After::Line { review: REVIEW, membership: MEMBER }),
            ]
            .map(|after| Want { workspace: WORKSPACE, after })
            .to_vec(),
            logs: vec![
                LogWant { of: LogOf::Workspace(WORKSPACE), after: None, through: 0 },
                LogWant {
                    of: LogOf::Account(ACCOUNT),
                    after: Some(LogPlace { seq: 11, ord: 2 }),
                    through: 12,
                },
            ],
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
        Ask::Erased(Erased { workspace: WORKSPACE, at: AT }),
        Ask::Exported(Exported { table: "members".into(), workspace: Some(WORKSPACE), at: AT }),
    ]
}

fn address() -> Address {
    Address::parse("ana@example.org").expect("a fine address")
}

fn labels() -> Labels {
    Labels::clean(["Support", "North"]).expect("fine labels")
}

fn member() -> Row {
    Row::Membership(Membership {
        id: MEMBER,
        workspace: WORKSPACE,
        login: LOGIN,
        name: "Ana".into(),
        address: address(),
        roles: RoleSet::of(&[Role::AgentManager]).union(RoleSet::own(3)),
        state: MemberState::Expired,
        until: Some(End { at: AT, roles: Some(RoleSet::of(&[Role::ChatUser])) }),
        given_by: Some("Bea".into()),
        given_at: Some(AT),
        labels: labels(),
        note: "on leave".into(),
        group: Some(GROUP),
        joined: AT,
        ended: Some(Ended { at: AT, by: String::new() }),
    })
}

const GROUP: GroupId = GroupId::from_bytes([9; 16]);

fn account() -> Account {
    Account {
        id: ACCOUNT,
        name: "Larch".into(),
        scheme: SchemeId::Managed,
        invitation_days: 7,
        lease_days: 7,
        reason_required: true,
        review_days: 90,
        second_admin: true,
        second_admin_until: None,
        name_days: 0,
        parted: None,
        deletion: Some(Deletion { at: AT, by: "Ana".into(), login: Some(LOGIN), confirmed: false }),
        status: AccountStatus::Active,
    }
}

fn admin() -> AccountAdmin {
    AccountAdmin {
        account: ACCOUNT,
        login: LOGIN,
        name: "Ana".into(),
        address: address(),
        since: AT,
        by: Some("Bea".into()),
        active: true,
    }
}

fn offer() -> Offer {
    Offer { to: ACCOUNT, from: "Birch".into(), by: "Bea".into(), at: AT }
}

fn workspace() -> Workspace {
    Workspace {
        id: WORKSPACE,
        account: ACCOUNT,
        kind: WorkspaceKind::Standard,
        name: "Northwind".into(),
        plan: Plan::Pro,
        status: WorkspaceStatus::Trashed,
        created: AT,
        labels: labels(),
        plan_ended: Some(AT),
        trashed: Some(Ended { at: AT, by: "Ana".into() }),
        offer: Some(offer()),
        colour: Some(Colour::Harbor),
    }
}

fn group() -> Group {
    Group {
        id: GROUP,
        account: ACCOUNT,
        name: "Pod 1".into(),
        covers: Covers::AllBut(vec![WORKSPACE]),
        roles: RoleSet::of(&[Role::AgentManager]),
        people: vec![GroupPerson { login: LOGIN, name: "Ana".into(), address: address() }],
        deleted: false,
    }
}

fn own_role() -> OwnRole {
    OwnRole {
        id: RoleId::from_bytes([10; 16]),
        workspace: WORKSPACE,
        slot: 3,
        name: "Editor".into(),
        permissions: PermissionSet::of(&[Permission::AgentView, Permission::AgentEdit]),
        by: "Ana".into(),
        deleted: false,
    }
}

const REVIEW: ReviewId = ReviewId::from_bytes([12; 16]);

fn review() -> Review {
    Review {
        id: REVIEW,
        workspace: WORKSPACE,
        campaign: CampaignId::from_bytes([13; 16]),
        name: "Autumn".into(),
        due: AT,
        undecided: Undecided::Suspend,
        quiet: QuietDays::new(60).expect("so many can be"),
        reviewers: vec![Reviewer { login: LOGIN, name: "Ana".into() }],
        lines: 3,
        started: Ended { at: AT, by: "Ana".into() },
        closed: Some(Ended { at: AT, by: "Bea".into() }),
        keys: vec![SigningKey {
            login: LOGIN,
            name: "Ana".into(),
            key: PublicKey::from_bytes([17; 32]),
            at: AT,
        }],
        handed_out: vec![HandOut {
            id: HandOutId::from_bytes([18; 16]),
            client: "Mia of Northwind".into(),
            by: "Ana".into(),
            at: AT,
            key: PublicKey::from_bytes([19; 32]),
        }],
    }
}

fn review_line() -> ReviewLine {
    let decided = |choice, reason: Option<&str>| Decided {
        by: LOGIN,
        name: "Ana".into(),
        at: AT,
        choice,
        reason: reason.map(str::to_owned),
        client: reason.map(|_| "Mia of Northwind".into()),
    };
    let roles = RoleSet::of(&[Role::Read]);
    ReviewLine {
        review: REVIEW,
        workspace: WORKSPACE,
        membership: MEMBER,
        login: LOGIN,
        name: "Ana".into(),
        address: address(),
        roles,
        state: MemberState::Active,
        given_by: Some("Bea".into()),
        given_at: Some(AT),
        joined: AT,
        last: Some(LastReview { at: AT, by: "Bea".into(), choice: Choice::Keep, roles }),
        decided: vec![
            decided(Choice::Keep, None),
            decided(Choice::Change(roles), Some("less is enough")),
            decided(Choice::Remove, Some("left")),
        ],
    }
}

/// What stands in a history: an act by command, one that came otherwise, and a sealed one.
fn logged() -> Vec<Logged> {
    let shown = LoggedEvent {
        account: ACCOUNT,
        place: LogPlace { seq: 11, ord: 0 },
        workspace: Some(WORKSPACE),
        at: AT,
        actor: LOGIN,
        actor_name: "Ana".into(),
        as_admin: true,
        kind: "workspace.renamed".into(),
        names: [("sign-in:01".to_owned(), "Ana".to_owned())].into(),
        before: Some("{}".into()),
        after: "{}".into(),
        command: Some(CommandId::from_bytes([6; 16])),
        request: "r1".into(),
        reason: Some("asked for".into()),
        prev: [0; 32],
        hash: [14; 32],
    };
    let plain = LoggedEvent {
        place: LogPlace { seq: 11, ord: 1 },
        workspace: None,
        as_admin: false,
        before: None,
        command: None,
        reason: None,
        prev: [14; 32],
        hash: [15; 32],
        ..shown.clone()
    };
    let place = LogPlace { seq: 12, ord: 0 };
    vec![
        Logged::Shown(Box::new(shown)),
        Logged::Shown(Box::new(plain)),
        Logged::Sealed { place, prev: [15; 32], hash: [16; 32] },
    ]
}

/// A record of every kind.
fn bodies() -> Vec<ContentBody> {
    vec![
        ContentBody::Agent {
            instructions: "be kind".into(),
            state: Activity::On,
            knowledge: vec![ContentId::from_bytes([11; 16])],
        },
        ContentBody::Prompt { text: "hello".into() },
        ContentBody::Knowledge {
            source: KnowledgeSource::Website,
            text: "https://example.org".into(),
            size: 12,
        },
        ContentBody::Integration { service: "Zeta".into(), state: Activity::Off },
        ContentBody::Channel { medium: "website".into(), state: Activity::On },
        ContentBody::Conversation {
            person: "Cy".into(),
            at: AT,
            channel: "website".into(),
            state: TalkState::Open,
        },
        ContentBody::Lead {
            person: "Cy".into(),
            contact: "cy@example.org".into(),
            at: AT,
            channel: "website".into(),
            state: TalkState::Closed,
        },
    ]
}

fn content(body: ContentBody) -> Content {
    Content {
        id: ContentId::from_bytes([8; 16]),
        workspace: WORKSPACE,
        name: "Greeter".into(),
        body,
        creator: LOGIN,
        creator_name: "Ana".into(),
        created: AT,
        updated: AT,
        updated_by: "Bea".into(),
        version: 2,
        deleted: false,
    }
}

/// A row of every kind.
fn rows() -> Vec<Row> {
    let mut rows = vec![
        member(),
        Row::Account(account()),
        Row::AccountAdmin(admin()),
        Row::Workspace(workspace()),
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
            state: InvitationState::Declined,
            message: Some("welcome".into()),
            trouble: None,
        }),
        Row::Role(own_role()),
        Row::Group(group()),
        Row::Review(review()),
        Row::ReviewLine(review_line()),
    ];
    rows.extend(bodies().into_iter().map(|body| Row::Content(content(body))));
    rows
}

fn held() -> Accounts {
    Accounts {
        accounts: vec![account()],
        admins: vec![admin()],
        bin: vec![workspace()],
        groups: vec![group()],
        offers: vec![Offered {
            workspace: WORKSPACE,
            name: "Northwind".into(),
            people: 12,
            offer: offer(),
        }],
        inbox: vec![Invited {
            invitation: InvitationId::from_bytes([7; 16]),
            address: "ana@example.org".into(),
            workspace_name: "Northwind".into(),
            account_name: "Larch".into(),
            scheme: SchemeId::Managed,
            roles: RoleSet::own(3),
            own_roles: vec![own_role()],
            inviter_name: "Bea".into(),
            message: Some("welcome".into()),
            expires: AT,
        }],
    }
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
                status: LoginStatus::Deleted,
                verified: vec![address()],
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
        Say::Gone {
            all: vec![Gone { workspace: WORKSPACE, how: GoneHow::Removed, by: Some("Ana".into()) }],
        },
        Say::Reset { workspace: WORKSPACE, records: RecordSet { count: 2, digest: 7 } },
        Say::Accounts(held()),
        Say::Chunk {
            workspace: WORKSPACE,
            view: grant().view,
            grant_seq: 7,
            as_of: 12,
            rows: vec![Stamped { seq: 11, row: member() }],
            next: Some(After::Members),
        },
        Say::Rows { rows: rows().into_iter().map(|row| Stamped { seq: 12, row }).collect() },
        Say::Log {
            of: LogOf::Workspace(WORKSPACE),
            events: logged(),
            whole: true,
            through: 12,
            more: false,
            anew: true,
        },
        Say::End { cursors: vec![Cursor { account: ACCOUNT, seq: 12 }], more: false },
    ]
}

/// The bodies of the requests around the exchange.
fn requests() -> Vec<(&'static str, String)> {
    fn json(body: impl serde::Serialize) -> String {
        serde_json::to_string(&body).expect("json")
    }
    let device = DeviceId::from_bytes([5; 16]);
    let (address, password) = ("ana@example.org".to_owned(), "a long one".to_owned());
    let code = "c0de".to_owned();
    let invitation = InvitationId::from_bytes([7; 16]);
    let login = Login {
        id: LOGIN,
        address: self::address(),
        name: "Ana".into(),
        status: LoginStatus::Active,
        verified: Vec::new(),
    };
    vec![
        (
            "server",
            json(ServerInfo {
                product: "muster".into(),
                name: "Larch".into(),
                build: "0.1.0".into(),
                proto: PROTOCOL,
                oldest_proto: PROTOCOL,
                rules: 2,
                mail: true,
            }),
        ),
        (
            "sign-up",
            json(SignUp {
                address: address.clone(),
                password: password.clone(),
                name: "Ana".into(),
                scheme: Some(SchemeId::OwnerLed),
                account_name: None,
                workspace_name: None,
                invitation: Some(code.clone()),
                device,
                device_name: "anas-laptop, Linux".into(),
            }),
        ),
        (
            "sign-in",
            json(SignIn {
                address: address.clone(),
                password: password.clone(),
                device,
                device_name: "anas-laptop, Linux".into(),
            }),
        ),
        (
            "devices",
            json(Devices {
                devices: vec![SignedInDevice {
                    device,
                    name: "anas-laptop, Linux".into(),
                    since: Timestamp(1_700_000_000_000),
                    last_used: Timestamp(1_700_000_100_000),
                    here: true,
                }],
            }),
        ),
        ("end-device", json(EndDevice { device })),
        (
            "found-account",
            json(FoundAccount {
                scheme: SchemeId::Managed,
                account_name: Some("Larch".into()),
                workspace_name: None,
            }),
        ),
        ("founded", json(Founded { account: ACCOUNT, workspace: WORKSPACE })),
        ("session", json(Session { token: "t0ken".into(), login })),
        ("invitation-code", json(InvitationCode { code: code.clone() })),
        (
            "invitation-view",
            json(InvitationView {
                address: address.clone(),
                workspace_name: "Northwind".into(),
                account_name: "Larch".into(),
                scheme: SchemeId::Managed,
                roles: RoleSet::own(3),
                own_roles: vec![own_role()],
                inviter_name: "Bea".into(),
                message: None,
                expires: AT,
            }),
        ),
        ("inbox", json(InboxRequest { invitation })),
        ("address-code", json(AddressCode { address: address.clone() })),
        ("address-confirm", json(AddressConfirm { address: address.clone(), code: code.clone() })),
        ("login-name", json(RenameLogin { name: "Ana Marques".into() })),
        (
            "login-address",
            json(ChangeAddress { address: address.clone(), password: password.clone() }),
        ),
        ("address-drop", json(DropAddress { address })),
        ("login-delete", json(DeleteLogin { password })),
        ("accepted", json(Accepted { workspace: WORKSPACE })),
        ("link-request", json(LinkRequest { workspace: WORKSPACE, invitation })),
        ("link", json(InvitationLink { code })),
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
    for (name, body) in requests() {
        wanted += &format!("{name} {body}\n");
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
    assert!(matches!(decode::<Ask>(&bomb, 1 << 20), Err(CodecError::TooLong { .. })));
}

#[test]
fn a_view_of_bits_that_are_no_part_is_refused() {
    let text = r#"[{"frame":"grants","all":[{"workspace":"01010101010101010101010101010101",
        "account":"02020202020202020202020202020202","view":256,"grant_seq":1}]}]"#;
    assert!(matches!(from_json::<Say>(text.as_bytes(), 1 << 20), Err(CodecError::Json(_))));
}

#[test]
fn a_grant_set_tells_views_apart() {
    let narrower = Grant { view: View::OWN, ..grant() };
    assert_ne!(GrantSet::of(&[grant()]), GrantSet::of(&[narrower]));
}

#[test]
fn a_grant_set_does_not_depend_on_order_and_tells_generations_apart() {
    let other = Grant { workspace: WorkspaceId::from_bytes([9; 16]), ..grant() };
    assert_eq!(GrantSet::of(&[grant(), other]), GrantSet::of(&[other, grant()]));
    let again = Grant { grant_seq: 8, ..grant() };
    assert_ne!(GrantSet::of(&[grant()]), GrantSet::of(&[again]));
}
