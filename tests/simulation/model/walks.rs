//! The walks: every state that three commands can come to, and each defect found on the way.

use stateright::{Checker, HasDiscoveries, Model};

use super::{Flaw, NEIGHBOURS, Plan, Protocol, RIVALS};

fn whole(plans: [Plan; 3], puts_back: bool) {
    let model = Protocol { plans, flaw: Flaw::None, puts_back };
    let checked = model.checker().threads(2).spawn_bfs().join();
    println!("{} states, {} steps deep", checked.unique_state_count(), checked.max_depth());
    checked.assert_properties();
}

#[test]
fn s3_every_order_of_three_commands_that_exclude_each_other() {
    whole(RIVALS, false);
}

#[test]
fn s3_every_order_of_three_commands_that_always_hold() {
    whole(NEIGHBOURS, false);
}

#[test]
fn s3_every_order_where_a_disk_is_put_back() {
    whole(NEIGHBOURS, true);
}

#[test]
fn s3_the_walk_finds_defects_of_the_protocol() {
    let table = [
        (Flaw::RetryWithoutId, NEIGHBOURS, false, "nothing is carried out twice"),
        (Flaw::OutcomeNotKept, NEIGHBOURS, false, "an outcome is there until it is kept"),
        (Flaw::OutcomeNotKept, NEIGHBOURS, false, "when faults end it comes to rest"),
        (Flaw::LostAnswerTakenBack, NEIGHBOURS, false, "what is told is so"),
        (Flaw::RebaseForgets, NEIGHBOURS, false, "what is shown is so"),
        (Flaw::DependantGoesOn, RIVALS, false, "nothing stands on what did not happen"),
        (Flaw::MirrorFirst, NEIGHBOURS, false, "a change and its outcome come together"),
        (Flaw::NoFork, NEIGHBOURS, true, "when faults end it comes to rest"),
        (Flaw::ForgetsIds, NEIGHBOURS, true, "nothing is carried out twice"),
    ];
    for (flaw, plans, puts_back, promise) in table {
        let model = Protocol { plans, flaw, puts_back };
        let enough = HasDiscoveries::AllOf([promise].into());
        let checked = model.checker().finish_when(enough).spawn_bfs().join();
        let found = checked.discoveries();
        println!("{flaw:?}: {} states", checked.unique_state_count());
        assert!(found.contains_key(promise), "{flaw:?} breaks {promise}: {:?}", found.keys());
    }
}
