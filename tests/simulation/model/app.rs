//! A device: what it makes, sends, takes back and takes in, and what a stop leaves of it.

use muster_sync::turn::is_undecided;
use muster_sync::{ApiError, OfflineCause};

use super::{
    Answer, Disk, Entry, Flaw, Number, OutcomeSaid, Protocol, Request, State, WIRE, number,
    number_of,
};

impl Protocol {
    /// `overlay::replay`: pending commands over the confirmed row, in order; one that no longer
    /// holds has no effect.
    pub(super) fn replay(&self, disk: &mut Disk) {
        let is_pending = |it: &(Number, Entry)| matches!(it.1, Entry::Waiting | Entry::Sending(_));
        let mut pending: Vec<_> = self.entries(disk).filter(is_pending).collect();
        if self.flaw == Flaw::RebaseForgets && pending.len() > 1 {
            pending.pop();
        }
        disk.shown = self.over(disk.base, pending.into_iter().map(|(command, _)| command));
    }

    pub(super) fn over(&self, base: u8, pending: impl Iterator<Item = Number>) -> u8 {
        pending.fold(base, |shown, command| {
            let plan = self.plan(command);
            if plan.was.is_none_or(|was| was == shown) { plan.to } else { shown }
        })
    }

    /// `Cache::submit`: what is refused at once is told and not kept; the outbox first.
    pub(super) fn make(&self, state: &mut State, command: Number) -> Option<()> {
        let plan = self.plan(command);
        let disk = &mut state.devices[plan.device].disk;
        let is_new = disk.entries[usize::from(command)] == Entry::Unmade;
        let holds = plan.was.is_none_or(|was| was == disk.shown);
        // The outbox counts in the order of making, and the plans of a device are in theirs.
        let mut earlier = disk.entries[..usize::from(command)].iter().zip(&self.plans);
        let is_next = earlier.all(|(it, of)| of.device != plan.device || *it != Entry::Unmade);
        if !(is_new && holds && is_next) {
            return None;
        }
        disk.entries[usize::from(command)] = Entry::Waiting;
        self.replay(disk);
        Some(())
    }

    /// `outbox::undo`: only what was never sent, with what builds on it.
    pub(super) fn take_back(&self, state: &mut State, command: Number) -> Option<()> {
        let disk = &mut state.devices[self.plan(command).device].disk;
        if disk.entries[usize::from(command)] != Entry::Waiting {
            return None;
        }
        disk.entries[usize::from(command)] = Entry::TakenBack;
        for (at, plan) in self.plans.iter().enumerate() {
            if plan.dep == Some(command) && disk.entries[at] == Entry::Waiting {
                disk.entries[at] = Entry::TakenBack;
            }
        }
        self.replay(disk);
        Some(())
    }

    /// `lane::take`: everything that is not settled, with numbers for what has none.
    pub(super) fn request(&self, device: usize, disk: &mut Disk) -> (Request, Vec<Number>) {
        let (mut pushes, mut fresh) = (Vec::new(), Vec::new());
        let mut acked = disk.acked;
        if self.flaw == Flaw::OutcomeNotKept {
            acked = acked.max(disk.next_n - 1);
        }
        for at in 0..disk.entries.len() {
            let n = match disk.entries[at] {
                Entry::Sending(n) if self.flaw != Flaw::RetryWithoutId => n,
                Entry::Waiting | Entry::Sending(_) => {
                    fresh.push(number(at));
                    disk.next_n += 1;
                    disk.next_n - 1
                }
                Entry::Unmade | Entry::TakenBack | Entry::Over(_) => continue,
            };
            disk.entries[at] = Entry::Sending(n);
            // `lane::on_the_wire`: settled ones need no mention.
            let dep = self.plans[at].dep.and_then(|it| match disk.entries[usize::from(it)] {
                Entry::Sending(n) => Some(n),
                _ => None,
            });
            pushes.push((n, number(at), dep));
        }
        (Request { device, heard: true, acked, pushes }, fresh)
    }

    /// Whether an exchange would change anything anywhere; others only make the walk longer.
    pub(super) fn wants(state: &State, device: usize) -> bool {
        let disk = &state.devices[device].disk;
        let unsettled =
            disk.entries.iter().any(|it| matches!(it, Entry::Waiting | Entry::Sending(_)));
        let behind = disk.seq < number_of(&state.history);
        let forgets = state.lanes[device].outcomes.iter().any(|(n, ..)| *n <= disk.acked);
        state.devices[device].running.is_none() && (unsettled || behind || forgets)
    }

    pub(super) fn send(&self, state: &mut State, device: usize) -> Option<()> {
        if !Self::wants(state, device) || state.wire.len() == WIRE {
            return None;
        }
        let it = &mut state.devices[device];
        let (request, fresh) = self.request(device, &mut it.disk);
        it.running = Some(fresh);
        state.wire.push(request);
        state.wire.sort_unstable();
        Some(())
    }

    /// The request certainly never left: `lane::give_back`, if the app's rule says so.
    pub(super) fn nobody_there(&self, state: &mut State, device: usize) -> Option<()> {
        if !Self::wants(state, device) {
            return None;
        }
        let disk = &mut state.devices[device].disk;
        let (_, fresh) = self.request(device, disk);
        if is_undecided(&ApiError::Offline(OfflineCause::Unreachable)) {
            give_back(disk, &fresh);
        }
        Some(())
    }

    /// The end of waiting for an answer, by patience or by a stop.
    pub(super) fn stop(&self, state: &mut State, device: usize) -> Option<()> {
        let it = &mut state.devices[device];
        let fresh = it.running.take()?;
        let lost = ApiError::Offline(OfflineCause::Interrupted);
        if is_undecided(&lost) || self.flaw == Flaw::LostAnswerTakenBack {
            give_back(&mut it.disk, &fresh);
        }
        self.hang_up(state, device);
        Some(())
    }

    /// `apply::settle`: outcomes, then a fork, then how far everything is kept; one commit.
    pub(super) fn keep_outcomes(&self, disk: &mut Disk, answer: &Answer) {
        for (n, status) in &answer.outcomes {
            let Some(at) = disk.entries.iter().position(|it| *it == Entry::Sending(*n)) else {
                continue;
            };
            disk.entries[at] = Entry::Over(*status);
            if *status != OutcomeSaid::Applied {
                self.skip_dependants(disk, number(at));
            }
        }
        if let Some(expected) = answer.fork {
            // `outbox::fork`: what is on the wire gets new numbers, in its order.
            disk.next_n = expected;
            disk.acked = expected - 1;
            for entry in &mut disk.entries {
                if let Entry::Sending(n) = entry {
                    *n = disk.next_n;
                    disk.next_n += 1;
                }
            }
        }
        let sending = disk.entries.iter().filter_map(|it| match it {
            Entry::Sending(n) => Some(*n),
            _ => None,
        });
        disk.acked = disk.acked.max(sending.min().unwrap_or(disk.next_n) - 1);
    }

    pub(super) fn skip_dependants(&self, disk: &mut Disk, command: Number) {
        for (at, plan) in self.plans.iter().enumerate() {
            if plan.dep == Some(command) && disk.entries[at] == Entry::Waiting {
                disk.entries[at] = Entry::Over(OutcomeSaid::Skipped);
            }
        }
    }

    /// `apply::base`: the confirmed row, with how far was read.
    pub(super) fn keep_rows(disk: &mut Disk, answer: &Answer) {
        if answer.seq >= disk.seq {
            (disk.base, disk.seq) = (answer.value, answer.seq);
        }
    }

    pub(super) fn receive(&self, state: &mut State, device: usize, at: usize) -> Option<()> {
        let it = &mut state.devices[device];
        let answer = it.answers.get(at)?.clone();
        self.keep_outcomes(&mut it.disk, &answer);
        Self::keep_rows(&mut it.disk, &answer);
        self.replay(&mut it.disk);
        self.hang_up(state, device);
        Some(())
    }

    /// The outbox has the answer and the mirror has not. The next start replays.
    pub(super) fn tear(&self, state: &mut State, device: usize, at: usize) -> Option<()> {
        let it = &mut state.devices[device];
        let answer = it.answers.get(at)?.clone();
        if self.flaw == Flaw::MirrorFirst {
            Self::keep_rows(&mut it.disk, &answer);
        } else {
            self.keep_outcomes(&mut it.disk, &answer);
        }
        self.replay(&mut it.disk);
        self.hang_up(state, device);
        Some(())
    }

    pub(super) fn keep_disk(&self, state: &mut State, device: usize) -> Option<()> {
        let it = &mut state.devices[device];
        if !self.puts_back || device != 0 || it.kept.is_some() || it.was_put_back {
            return None;
        }
        it.kept = Some(it.disk.clone());
        Some(())
    }

    pub(super) fn put_back(&self, state: &mut State, device: usize) -> Option<()> {
        let it = &mut state.devices[device];
        let mut kept = it.kept.take()?;
        for at in 0..kept.entries.len() {
            // What waited may have gone since.
            it.excused[at] = it.disk.entries[at] != kept.entries[at];
            if it.excused[at] && kept.entries[at] == Entry::Unmade {
                // What was made since is not here any more, and nobody makes the same again.
                kept.entries[at] = Entry::TakenBack;
            }
        }
        it.disk = kept;
        it.was_put_back = true;
        self.hang_up(state, device);
        Some(())
    }
}

/// `lane::give_back`: they wait again, and their numbers are free.
fn give_back(disk: &mut Disk, fresh: &[Number]) {
    for command in fresh {
        let entry = &mut disk.entries[usize::from(*command)];
        if matches!(entry, Entry::Sending(_)) {
            *entry = Entry::Waiting;
        }
    }
    disk.next_n = disk.next_n.saturating_sub(fresh.len() as u64).max(disk.acked + 1);
}
