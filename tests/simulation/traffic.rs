//! What goes between cores, caches, network and server: the simulation's driver.

use muster_protocol::Say;
use muster_sync::core::{Chance, Input, Output};
use muster_sync::{ApiError, OfflineCause, turn};

use crate::device::{Ending, Running};
use crate::network::{Passage, Weather, cut};
use crate::oracle;
use crate::server::Heard;
use crate::world::{Arrival, What, World};

impl World {
    /// Tells a core what happened and does what it says.
    pub fn drive(&mut self, device: usize, input: Input) {
        let chance = Chance(self.dice.roll(1_001) as f64 / 1_000.0);
        let it = &mut self.devices[device];
        let moment = it.moment(self.now);
        let boot = it.boot;
        for output in it.core.step(input, moment, chance) {
            match output {
                Output::Exchange => self.begin(device),
                Output::OpenStream => {
                    let stream = self.order;
                    self.devices[device].stream = None;
                    let is_open = self.server.is_up() && !self.weather.loses(&mut self.dice);
                    let after = Weather::CALM.way(&mut self.dice);
                    self.plan(after, What::Stream { device, boot, stream, is_open });
                }
                Output::CloseStream => self.devices[device].stream = None,
                Output::WakeAt(at) => {
                    let it = &mut self.devices[device];
                    it.wake_at = Some(at);
                    let millis = at.0.saturating_sub(it.moment(self.now).0).as_micros();
                    let after = u64::try_from(millis.div_ceil(1_000)).expect("minutes");
                    self.plan(after, What::Wake { device, boot });
                }
                Output::Report(_) => {}
            }
        }
    }

    fn begin(&mut self, device: usize) {
        let it = &mut self.devices[device];
        let boot = it.boot;
        let request = match turn::begin_within(it.cache(), "simulation", self.budget) {
            Ok(request) => request,
            Err(error) => return self.plan(0, What::Broken { device, boot, error }),
        };
        self.exchanges += 1;
        let exchange = self.exchanges;
        let carries_commands = request.carries_commands;
        self.devices[device].running = Some(Running { exchange, carries_commands });
        let bytes = request.bytes;
        match self.weather.request(&mut self.dice) {
            Passage::Fails(error, after) => {
                self.plan(after, What::Reply { device, boot, exchange, answered: Err(error) });
            }
            Passage::Arrives { after, cut: is_cut, again } => {
                let history = self.server.restores;
                let heard = true;
                let mut arrival = Arrival { device, boot, exchange, bytes, heard, history };
                if let Some(later) = again {
                    let heard = self.dice.one_in(2);
                    let copy = Arrival { bytes: arrival.bytes.clone(), heard, ..arrival };
                    self.plan(later, What::Arrive(copy));
                }
                if is_cut {
                    cut(&mut self.dice, &mut arrival.bytes);
                }
                self.plan(after, What::Arrive(arrival));
            }
        }
    }

    pub fn arrive(&mut self, arrival: Arrival) {
        let Arrival { device, boot, exchange, bytes, heard, history } = arrival;
        let (answered, after) = if history == self.server.restores {
            self.answer(device, exchange, &bytes)
        } else {
            (Err(ApiError::Offline(OfflineCause::Interrupted)), 0)
        };
        if heard {
            self.plan(after, What::Reply { device, boot, exchange, answered });
        }
    }

    fn answer(
        &mut self,
        device: usize,
        exchange: u64,
        bytes: &[u8],
    ) -> (Result<Vec<u8>, ApiError>, u64) {
        let way = self.weather.way(&mut self.dice);
        // A device that nobody took a connection from has sent nothing, so that no other copy
        // of it can come; and one that sent something is not told that nobody was there.
        if self.devices[device].refused.contains(&exchange) {
            return (Err(ApiError::Offline(OfflineCause::Interrupted)), way);
        }
        if !self.server.is_up() {
            let is_first = self.devices[device].heard_of < exchange;
            if is_first {
                self.devices[device].refused.insert(exchange);
                return (Err(ApiError::Offline(OfflineCause::Unreachable)), way);
            }
            return (Err(ApiError::Offline(OfflineCause::Interrupted)), way);
        }
        self.devices[device].heard_of = exchange.max(self.devices[device].heard_of);
        let it = &self.devices[device];
        if !it.signed_in {
            return (Err(ApiError::SignedOut), way);
        }
        match self.server.hear(it.login.id, it.id, bytes) {
            Heard::Answer(says) => {
                self.tally.answers += 1;
                let resets = says.iter().filter(|say| matches!(say, Say::Reset { .. }));
                self.tally.resets += resets.count() as u64;
                let forks = says.iter().filter(|say| matches!(say, Say::Fork { .. }));
                self.tally.forks += forks.count() as u64;
                let it = &self.devices[device];
                oracle::nothing_hidden(&self.server, &it.login, &says);
                self.weather.answer(&mut self.dice, &says)
            }
            Heard::Error(error) => (Err(error), way),
            Heard::Died => {
                self.server_may_be_down();
                (Err(ApiError::Offline(OfflineCause::Interrupted)), way)
            }
        }
    }

    /// Somebody starts a server that stopped.
    pub fn server_may_be_down(&mut self) {
        if !self.server.is_up() {
            self.tally.kills += 1;
            for it in &mut self.devices {
                // Its streams end; whoever held one finds out.
                it.is_poked = false;
            }
            let streams: Vec<_> = (0..self.devices.len())
                .filter_map(|at| self.devices[at].stream.map(|stream| (at, stream)))
                .collect();
            for (device, stream) in streams {
                let boot = self.devices[device].boot;
                self.plan(50, What::Stream { device, boot, stream, is_open: false });
            }
            let after = self.dice.roll(20_000);
            self.plan(after, What::StartServer);
        }
    }

    pub fn reply(
        &mut self,
        device: usize,
        boot: u64,
        exchange: u64,
        answered: Result<Vec<u8>, ApiError>,
    ) {
        let wall = self.wall();
        let it = &mut self.devices[device];
        let Some(running) = it.running else { return };
        if it.boot != boot || !it.is_up() || running.exchange != exchange {
            return;
        }
        it.running = None;
        let now = it.time(wall);
        let (result, ending) =
            it.with_cache(|cache| turn::end(cache, running.carries_commands, answered, now));
        if let Ok(applied) = &result {
            it.book.settled(&applied.settled);
            if applied.changed.pending {
                it.look_into_book();
            }
            self.tally.settled += applied.settled.len() as u64;
            self.tally.left += applied.left.len() as u64;
        }
        match ending {
            Ending::Stopped => self.stopped(device),
            Ending::Lives => {
                let it = &mut self.devices[device];
                match &result {
                    Ok(applied) => {
                        it.last_contact = self.now;
                        oracle::after_an_answer(it, applied);
                    }
                    Err(ApiError::Copy(error)) => return self.copy_failed(device, error),
                    Err(_) => {}
                }
                self.drive(device, turn::told(&result));
            }
        }
    }

    pub fn broken(&mut self, device: usize, boot: u64, error: ApiError) {
        let it = &self.devices[device];
        if it.boot != boot || !it.is_up() {
            return;
        }
        let ApiError::Copy(error) = error else { panic!("{error} before the network") };
        self.copy_failed(device, &error);
    }

    /// Only a mirror that was spoilt on purpose may fail; the app is started again then.
    pub fn copy_failed(&mut self, device: usize, error: &str) {
        assert!(self.devices[device].is_damaged, "the copy failed: {error}");
        self.devices[device].quit();
        self.plan(100, What::StartDevice { device });
    }

    /// A device stopped; somebody starts it again.
    pub fn stopped(&mut self, device: usize) {
        self.tally.torn += 1;
        let after = self.dice.roll(20_000);
        self.plan(after, What::StartDevice { device });
    }

    pub fn stream(&mut self, device: usize, boot: u64, stream: u64, is_open: bool) {
        let it = &mut self.devices[device];
        if it.boot != boot || !it.is_up() {
            return;
        }
        if is_open {
            it.stream = Some(stream);
            self.drive(device, Input::StreamOpened);
        } else if it.stream.is_none_or(|open| open == stream) {
            it.stream = None;
            self.drive(device, Input::StreamLost);
        }
    }

    pub fn poke(&mut self) {
        for device in 0..self.devices.len() {
            let it = &self.devices[device];
            let Some(stream) = it.stream.filter(|_| it.is_up() && !it.is_poked) else { continue };
            let boot = it.boot;
            if !self.weather.loses(&mut self.dice) {
                self.devices[device].is_poked = true;
                let after = 250 + self.weather.way(&mut self.dice);
                self.plan(after, What::Poke { device, boot, stream });
            }
        }
    }
}
