//! The server: its turn with a request.

use muster_protocol::OutcomeStatus;
use muster_server::sync::{Place, place};

use super::{Answer, Flaw, Number, OutcomeSaid, Protocol, Request, State, WIRE, number_of};

impl Protocol {
    /// `Run::step` of the server's lane for one command; `None` ends the turn with a fork.
    pub(super) fn decide(&self, state: &mut State, request: &Request, at: usize) -> Option<()> {
        let (n, command, dep) = request.pushes[at];
        let lane = &state.lanes[request.device];
        let kept = lane.outcomes.iter().find(|it| it.0 == n).map(|it| it.1);
        match place(lane.last, n, kept.as_ref(), &command) {
            Place::Next => {}
            Place::Known => return Some(()),
            Place::Astray if self.flaw == Flaw::NoFork && n <= lane.last => return Some(()),
            Place::Astray => return None,
        }
        let known_by_id = self.flaw != Flaw::RetryWithoutId && self.flaw != Flaw::ForgetsIds;
        let status = if known_by_id && state.history.contains(&command) {
            OutcomeStatus::Applied
        } else {
            self.settle(state, request.device, command, dep)
        };
        if status == OutcomeStatus::Applied && !(known_by_id && state.history.contains(&command)) {
            state.history.push(command);
        }
        let lane = &mut state.lanes[request.device];
        lane.last = n;
        lane.outcomes.push((n, command, OutcomeSaid::of(status)));
        Some(())
    }

    /// `Run::settle`: what builds on nothing is skipped; the row must be as it was.
    pub(super) fn settle(
        &self,
        state: &State,
        device: usize,
        command: Number,
        dep: Option<u64>,
    ) -> OutcomeStatus {
        let plan = self.plan(command);
        let outcome_of = |n| state.lanes[device].outcomes.iter().find(|it| it.0 == n);
        let stands = dep.and_then(outcome_of).is_none_or(|it| it.2 == OutcomeSaid::Applied);
        if !stands && self.flaw != Flaw::DependantGoesOn {
            return OutcomeStatus::Skipped;
        }
        let holds = plan.was.is_none_or(|was| was == self.value(&state.history));
        if holds || (self.flaw == Flaw::DependantGoesOn && plan.dep.is_some()) {
            OutcomeStatus::Applied
        } else {
            OutcomeStatus::Refused
        }
    }

    /// A whole turn of the server: `Run::decide`, then `answer::compose`.
    pub(super) fn serve(&self, state: &mut State, request: &Request) -> Answer {
        let mut fork = None;
        let mut own = Vec::new();
        for at in 0..request.pushes.len() {
            if self.decide(state, request, at).is_none() {
                fork = Some(state.lanes[request.device].last + 1);
                break;
            }
            own.push(request.pushes[at].0);
        }
        let lane = &mut state.lanes[request.device];
        if fork.is_none() {
            lane.outcomes.retain(|it| it.0 > request.acked);
        }
        let told = lane.outcomes.iter().filter(|it| fork.is_none() || own.contains(&it.0));
        Answer {
            outcomes: told.map(|it| (it.0, it.2)).collect(),
            fork,
            value: self.value(&state.history),
            seq: number_of(&state.history),
        }
    }

    pub(super) fn arrive(&self, state: &mut State, at: usize, copy_stays: bool) -> Option<()> {
        let request = state.wire.get(at)?.clone();
        if !copy_stays {
            state.wire.remove(at);
        }
        let answer = self.serve(state, &request);
        let answers = &mut state.devices[request.device].answers;
        if request.heard && !answers.contains(&answer) && answers.len() < WIRE {
            answers.push(answer);
            answers.sort_unstable();
        }
        Some(())
    }

    /// What was committed is there; nobody is answered.
    pub(super) fn server_stops(&self, state: &mut State, at: usize, decided: usize) -> Option<()> {
        let request = state.wire.get(at)?.clone();
        if decided > request.pushes.len() {
            return None;
        }
        state.wire.remove(at);
        for command in 0..decided {
            self.decide(state, &request, command)?;
        }
        Some(())
    }
}
