//! What goes wrong with machines, sessions and clocks.

use muster_sync::core::Input;

use crate::device::Device;
use crate::disk::{self, Left};
use crate::network::Weather;
use crate::world::{What, World};
use crate::{older, oracle};

const HOUR: i64 = 3_600_000;

/// How many machines of a world are cloned at most; each costs as much as any other.
const CLONES: u64 = 2;

impl World {
    /// One thing goes wrong, and the next is planned.
    pub fn fault(&mut self) {
        let pause = if self.is_wild { 500 + self.dice.roll(20_000) } else { 1_000_000 };
        self.plan(pause, What::Fault);
        if !self.is_wild {
            return;
        }
        let device = usize::try_from(self.dice.roll(self.devices.len() as u64)).expect("few");
        match self.dice.roll(33) {
            0..=2 => self.kill(device, Left::Everything),
            3 | 4 => {
                let share = self.dice.roll(1_001);
                self.kill(device, Left::LogUpTo(share));
            }
            5..=8 => self.devices[device].is_torn_next = true,
            9 if self.dice.one_in(2) => self.spoil(device),
            9 => self.lose_mirror(device),
            10..=12 => {
                if self.server.is_up() {
                    // Within one of the next requests, wherever that is then.
                    let fuse = 1 + self.dice.roll(60);
                    self.server.light(i64::try_from(fuse).expect("small"));
                }
            }
            13 => {
                if self.server.is_up() {
                    self.server.kill();
                    self.server_may_be_down();
                }
            }
            14 => self.weather = Weather::any(&mut self.dice),
            15 => self.jumped += i64::try_from(self.dice.roll(40)).expect("small") * HOUR,
            16 => {
                let hours = i64::try_from(self.dice.roll(2_000)).expect("small") - 1_000;
                self.devices[device].skew = hours * HOUR;
            }
            17 | 18 => self.devices[device].signed_in = false,
            19 | 20 => self.sign_in(device),
            21 | 22 => self.grow_old(device),
            23 if self.server.is_up() && self.dice.one_in(4) => {
                if self.server.restore() {
                    self.server_may_be_down();
                }
            }
            23 => {}
            26 | 29 => self.put_disk_back(),
            31 => self.clone_device(device),
            27 | 28 | 30 => {
                let it = &mut self.devices[device];
                if it.is_up() && !it.is_damaged {
                    it.keep_disk();
                }
            }
            _ => {
                if self.server.is_up() {
                    self.server.keep_backup();
                }
            }
        }
    }

    /// The files are those of the first version of the app, with what they hold now.
    fn grow_old(&mut self, device: usize) {
        let it = &mut self.devices[device];
        if it.is_up() && !it.is_damaged {
            it.quit();
            older::outbox(&it.disk);
            older::mirror(&it.disk, &it.login);
            it.cursors = (0, std::collections::BTreeMap::new());
            self.plan(1_000, What::StartDevice { device });
        }
    }

    /// The whole disk is put back from a backup: it sends again what was decided long ago, and
    /// gives numbers again that others have (sync.md 4.9).
    fn put_disk_back(&mut self) {
        let kept: Vec<usize> =
            (0..self.devices.len()).filter(|at| self.devices[*at].has_kept_disk()).collect();
        let Some(device) = self.dice.pick(&kept) else { return };
        self.devices[device].put_disk_back(self.now);
        self.tally.put_back += 1;
        // Clones may have seen the end of what this one sends once more.
        let (id, open) = (self.devices[device].id, self.devices[device].book.open());
        if self.devices.iter().filter(|it| it.id == id).count() > 1 {
            for it in self.devices.iter_mut().filter(|it| it.id == id) {
                it.book.sent_elsewhere(&open);
            }
        }
        self.drive(device, Input::Started);
    }

    /// From now on two machines with the same disk are alive: the same lane, two of each
    /// command that waits (sync.md 4.9).
    fn clone_device(&mut self, device: usize) {
        let it = &mut self.devices[device];
        if !it.is_up() || it.is_damaged || self.tally.clones == CLONES {
            return;
        }
        self.tally.clones += 1;
        let name = format!("clone-{}", self.tally.clones);
        let base = it.disk.base().with_file_name(name);
        let clone = it.cloned(base);
        self.devices.push(clone);
        let device = self.devices.len() - 1;
        self.plan(100, What::StartDevice { device });
        self.plan(1_000, What::Act { device });
    }

    fn kill(&mut self, device: usize, left: Left) {
        let it = &mut self.devices[device];
        if it.is_up() {
            it.kill(left);
            self.tally.kills += 1;
            let after = self.dice.roll(20_000);
            self.plan(after, What::StartDevice { device });
        }
    }

    /// The app is ended and started: what it shows is a function of what it knows (sync.md 3).
    pub fn restart(&mut self, device: usize) {
        let now = self.now;
        let it = &mut self.devices[device];
        if !it.is_up() || it.is_damaged {
            return;
        }
        // An end in order shows what was held back of a first download.
        it.cache().show().expect("a sound copy");
        let shown = oracle::contents(it.probe());
        it.quit();
        it.start(now);
        oracle::same(&shown, &oracle::contents(it.probe()), "a restart changes nothing");
        self.drive(device, Input::Started);
    }

    fn lose_mirror(&mut self, device: usize) {
        self.devices[device].lose_mirror();
        self.plan(1_000, What::StartDevice { device });
    }

    fn spoil(&mut self, device: usize) {
        let at = self.dice.roll(1 << 20);
        let it: &mut Device = &mut self.devices[device];
        if it.is_up() {
            it.kill(Left::LogUpTo(0));
            it.is_damaged = true;
            disk::damage(&it.disk.file(disk::MIRROR), at);
            self.plan(1_000, What::StartDevice { device });
        }
    }
}
