//! What must be so in every state.

use stateright::Property;

use super::{
    Device, Disk, Entry, Number, OutcomeSaid, Protocol, State, is_over, number, number_of,
};

impl Protocol {
    pub(super) fn everywhere() -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is carried out twice", |_: &Self, state: &State| {
                let once = |at: usize| !state.history[..at].contains(&state.history[at]);
                (0..state.history.len()).all(once)
            }),
            Property::always("what is told is so", Self::is_told_truly),
            Property::always("a lane is decided in its order", |model: &Self, state: &State| {
                let is_of = |at: &&Number, device| model.plan(**at).device == device;
                state.devices.iter().enumerate().all(|(device, it)| {
                    // What was taken back is there again after a disk was put back.
                    it.was_put_back
                        || state.history.iter().filter(|at| is_of(at, device)).is_sorted()
                })
            }),
            Property::always(
                "nothing stands on what did not happen",
                |model: &Self, state: &State| {
                    state.history.iter().enumerate().all(|(at, it)| {
                        model.plan(*it).dep.is_none_or(|dep| state.history[..at].contains(&dep))
                    })
                },
            ),
            Property::always("what is shown is so", |model: &Self, state: &State| {
                state.devices.iter().all(|it| model.shows_truly(&it.disk, &state.history))
            }),
            Property::always("an outcome is there until it is kept", Self::keeps_outcomes),
            Property::always(
                "a lane forks only where a disk was put back",
                |_: &Self, state: &State| {
                    let forks = |it: &Device| it.answers.iter().any(|it| it.fork.is_some());
                    state.devices.iter().all(|it| it.was_put_back || !forks(it))
                },
            ),
            Property::always("a change and its outcome come together", Self::settles_with_rows),
            Property::always("when faults end it comes to rest", Self::comes_to_rest),
            Property::sometimes("everything is over", |model: &Self, state: &State| {
                let over = |at| state.devices.iter().any(|it| is_over(it.disk.entries[at]));
                let other_rests = |at: &usize| !model.puts_back || model.plans[*at].device == 0;
                (0..3).filter(other_rests).all(over)
            }),
        ]
    }

    pub(super) fn is_told_truly(&self, state: &State) -> bool {
        (0..self.plans.len()).all(|at| {
            let it = &state.devices[self.plans[at].device];
            let happened = state.history.contains(&number(at));
            match it.disk.entries[at] {
                Entry::Over(OutcomeSaid::Applied) => happened,
                Entry::Unmade => !happened,
                Entry::TakenBack | Entry::Over(OutcomeSaid::Refused | OutcomeSaid::Skipped) => {
                    !happened || it.excused[at]
                }
                Entry::Waiting => !happened || it.excused[at],
                Entry::Sending(_) => true,
            }
        })
    }

    pub(super) fn shows_truly(&self, disk: &Disk, history: &[Number]) -> bool {
        let Some(read) = usize::try_from(disk.seq).ok().and_then(|at| history.get(..at)) else {
            return false;
        };
        let is_pending = |it: &(Number, Entry)| matches!(it.1, Entry::Waiting | Entry::Sending(_));
        let pending = self.entries(disk).filter(is_pending).map(|(command, _)| command);
        disk.base == self.value(read) && disk.shown == self.over(disk.base, pending)
    }

    pub(super) fn keeps_outcomes(&self, state: &State) -> bool {
        state.devices.iter().zip(&state.lanes).all(|(it, lane)| {
            it.was_put_back
                || self.entries(&it.disk).all(|(command, entry)| match entry {
                    Entry::Sending(n) if n <= lane.last => {
                        lane.outcomes.iter().any(|kept| (kept.0, kept.1) == (n, command))
                    }
                    _ => true,
                })
        })
    }

    /// Otherwise a command would be replayed onto its own effect (sync.md 4.8).
    pub(super) fn settles_with_rows(&self, state: &State) -> bool {
        state.devices.iter().all(|it| {
            let read = usize::try_from(it.disk.seq).unwrap_or(usize::MAX).min(state.history.len());
            let is_open = |command: &Number| {
                matches!(it.disk.entries[usize::from(*command)], Entry::Sending(_) | Entry::Waiting)
            };
            it.was_put_back || !state.history[..read].iter().any(is_open)
        })
    }

    /// Without any new fault every outbox empties, and every copy is what the server has (S2).
    /// Asked where nothing is under way: losing and stopping leads there from everywhere, and
    /// leaves on the disks what was there.
    pub(super) fn comes_to_rest(&self, state: &State) -> bool {
        let is_under_way = state.devices.iter().any(|it| it.running.is_some());
        if is_under_way || !state.wire.is_empty() {
            return true;
        }
        let mut state = state.clone();
        for _ in 0..4 {
            for device in [0, 1] {
                if self.send(&mut state, device).is_some() {
                    self.arrive(&mut state, 0, false);
                    self.receive(&mut state, device, 0);
                }
            }
        }
        state.devices.iter().enumerate().all(|(device, it)| {
            !Self::wants(&state, device)
                && it.disk.seq == number_of(&state.history)
                && it.disk.shown == self.value(&state.history)
        })
    }
}
