//! What people do at their devices.

use muster_cache::{CacheError, Label};
use muster_domain::{Decision, Timestamp};
use muster_sync::core::Input;

use crate::asks::Asker;
use crate::device::Ending;
use crate::server::read;
use crate::setup;
use crate::world::World;

impl World {
    pub fn act(&mut self, device: usize) {
        match self.dice.roll(16) {
            0 => self.accept_an_invitation(device),
            1..=3 => self.tidy_up(device),
            _ => {
                for _ in 0..=self.dice.roll(4) {
                    if self.devices[device].is_up() {
                        self.tally.steps += 1;
                        self.ask(device);
                    }
                }
            }
        }
    }

    fn ask(&mut self, device: usize) {
        let now = self.devices[device].time(self.wall());
        let (dice, atlas) = (&mut self.dice, &mut self.atlas);
        let it = &mut self.devices[device];
        let command = it.cache().read(|mirror| Ok(Asker { dice, atlas, mirror, now }.command()));
        let command = match command {
            Ok(Some(command)) => command,
            Ok(None) => return,
            Err(error) => return self.copy_failed(device, &error.to_string()),
        };
        let label = Label::default();
        let (done, ending) = it.with_cache(|cache| {
            let submission = cache.submit(&command, now, label)?;
            let entry = submission.n.map(|n| cache.entry(n)).transpose()?.flatten();
            Ok::<_, CacheError>((submission, entry))
        });
        let (submission, entry) = match done {
            Ok(done) => done,
            Err(error) if ending == Ending::Lives => {
                return self.copy_failed(device, &error.to_string());
            }
            Err(error) => panic!("{error}"),
        };
        // E-44: what takes back something that was never sent is not kept, and neither is that.
        // A change that undoes one that is not sent yet takes it back and leaves nothing (E-44).
        let is_kept = matches!(submission.decision, Decision::Accept(_) | Decision::Unknown)
            && submission.cancelled.is_none();
        assert!(is_kept == entry.is_some(), "kept or told: {submission:?}");
        if let Some(entry) = entry {
            self.tally.accepted += 1;
            it.book.kept(entry);
        } else if submission.cancelled.is_some() {
            it.look_into_book();
        }
        match ending {
            Ending::Stopped => self.stopped(device),
            Ending::Lives => self.drive(device, Input::LocalChange),
        }
    }

    fn accept_an_invitation(&mut self, device: usize) {
        if !self.server.is_up() {
            return;
        }
        let login = self.devices[device].login.clone();
        let now = Timestamp(self.wall());
        let open = {
            let store = self.server.app().store.read().expect("a snapshot");
            read(store.inbox(&login.address, now))
        };
        if let Some(invitation) = self.dice.pick(&open) {
            setup::accept(&mut self.server, &mut self.atlas, &login, invitation.id);
            self.server_may_be_down();
        }
    }

    /// Takes something back, discards what was refused, ends and starts the app, or opens another
    /// workspace.
    fn tidy_up(&mut self, device: usize) {
        let now = self.devices[device].time(self.wall());
        let choice = self.dice.roll(8);
        let it = &mut self.devices[device];
        it.look_into_book();
        match choice {
            0..=2 => {
                let pending = it.cache().pending().expect("reads");
                let Some(entry) = self.dice.pick(&pending) else { return };
                let (done, ending) = it.with_cache(|cache| cache.undo(entry.n, now));
                it.look_into_book();
                match (done, ending) {
                    (_, Ending::Stopped) => self.stopped(device),
                    (Ok(_), Ending::Lives) => self.drive(device, Input::LocalChange),
                    (Err(error), _) => self.copy_failed(device, &error.to_string()),
                }
            }
            3 => {
                for entry in it.cache().refused().expect("reads") {
                    it.cache().discard(entry.n, now).expect("discards");
                }
            }
            4 if self.dice.one_in(3) => self.restart(device),
            _ => {
                let known = self.atlas.workspaces.clone();
                let Some(workspace) = self.dice.pick(&known) else { return };
                if let Err(error) = it.cache().prefer(workspace) {
                    self.copy_failed(device, &error.to_string());
                }
            }
        }
    }

    /// The session of a device ends, or its person signs in again.
    pub fn sign_in(&mut self, device: usize) {
        let it = &mut self.devices[device];
        it.signed_in = true;
        if it.is_up() {
            self.drive(device, Input::Demand);
        }
    }
}
