use crate::prelude::*;

#[test]
fn names_are_trimmed_and_hidden_characters_refused() {
    let mut world = owner_led();
    assert_eq!(world.ask(ANA, &rename(TEAM, "Team", "  Team "), NOW), Decision::NoOp);
    for bad in ["", "   ", "a\u{202e}b", "line\nbreak", &"x".repeat(81)] {
        let command = rename(TEAM, "Team", bad);
        assert_refused(&world.ask(ANA, &command, NOW), RefusalCode::BadName);
    }
}

#[test]
fn r13_a_known_id_is_never_used_again() {
    let mut world = owner_led();
    let command = create_on(TEAM, 1, "Twice", Some(250), Some(Plan::Pro));
    assert_refused(&world.ask(ANA, &command, Timestamp(NOW.0 + 1)), RefusalCode::IdUsed);
}
