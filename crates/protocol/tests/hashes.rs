//! What the hash of an event covers, and that it stays what it was: chains of existing
//! databases are checked by every later version (L1).

use muster_domain::{AccountId, CommandId, LoginId, Timestamp, WorkspaceId};
use muster_protocol::{LogPlace, Logged, LoggedEvent};

const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
const ACCOUNT: AccountId = AccountId::from_bytes([2; 16]);
const LOGIN: LoginId = LoginId::from_bytes([4; 16]);
const AT: Timestamp = Timestamp(1_700_000_000_000);

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
        names: std::collections::BTreeMap::new(),
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

#[test]
fn l1_v49_a_hash_covers_every_field_and_seals_say_nothing() {
    let [Logged::Shown(event), _, sealed] = &logged()[..] else { panic!("shown, shown, sealed") };
    assert!(sealed.is_sound(), "a seal says nothing that could be wrong");
    let sound = LoggedEvent { hash: event.computed_hash(), ..(**event).clone() };
    assert!(Logged::Shown(Box::new(sound.clone())).is_sound());
    let bends: [fn(&mut LoggedEvent); 14] = [
        |it| it.account = AccountId::from_bytes([9; 16]),
        |it| it.place.seq += 1,
        |it| it.place.ord += 1,
        |it| it.workspace = None,
        |it| it.at = it.at.plus_days(1),
        |it| it.actor = LoginId::from_bytes([9; 16]),
        |it| it.as_admin = false,
        |it| it.kind.push('x'),
        |it| it.before = None,
        |it| it.after.push(' '),
        |it| it.command = None,
        |it| it.request.push('x'),
        |it| it.reason = None,
        |it| it.prev = [9; 32],
    ];
    for (number, bend) in bends.iter().enumerate() {
        let mut bent = sound.clone();
        bend(&mut bent);
        assert!(!Logged::Shown(Box::new(bent)).is_sound(), "field {number} is not covered");
    }
    let renamed = LoggedEvent { actor_name: "Anna".into(), ..sound };
    assert!(Logged::Shown(Box::new(renamed)).is_sound(), "today's name is beside the chain");
}

/// An event of the first released chains and its hash, as a database keeps them: what was
/// chained once is checked by every later version.
#[test]
fn l1_the_hash_of_an_event_stays_what_it_was() {
    let [Logged::Shown(event), Logged::Shown(plain), _] = &logged()[..] else {
        panic!("two shown")
    };
    let hex = |hash: [u8; 32]| hash.iter().map(|it| format!("{it:02x}")).collect::<String>();
    assert_eq!(
        hex(event.computed_hash()),
        "dce951544080fa7eb3c90d5018f80cbaed65a6ddb3912c40359b6cbc1bc3bb4b"
    );
    assert_eq!(
        hex(plain.computed_hash()),
        "89e66a5efe611c88dc9c56551da863e322182ffc1dbb4142bc359ea98ef5f320"
    );
}
