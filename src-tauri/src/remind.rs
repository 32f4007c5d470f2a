//! Reminders as notifications of the system, shown from here alone: the page has no permission
//! for them. A press brings the window to the front and opens the place.
//!
//! Whoever sees the screen can read a notification, so none names a person. The name of the
//! workspace is its title, which no desktop reads as markup.

use std::thread;

use muster_client::view::{Place, Reminder, ReminderKind};
use notify_rust::Notification;
use tauri::{AppHandle, Emitter as _};

use crate::window;

/// The event that tells the page to open a place.
const OPEN: &str = "open_place";

/// What a press on the notification itself is called by the desktop.
const PRESSED: &str = "default";

/// Shows reminders.
pub(crate) fn show(app: &AppHandle, reminders: Vec<Reminder>) {
    for reminder in reminders {
        let app = app.clone();
        // One thread for each, since it waits for a press; there are five kinds at most.
        let begun =
            thread::Builder::new().name("reminder".to_owned()).spawn(move || one(&app, &reminder));
        if let Err(error) = begun {
            tracing::warn!(%error, "a reminder could not be shown");
        }
    }
}

fn one(app: &AppHandle, reminder: &Reminder) {
    let mut notification = Notification::new();
    notification
        .appname("Muster")
        .summary(reminder.workspace.as_deref().unwrap_or("Muster"))
        .body(&sentence(reminder))
        .icon("muster")
        .action(PRESSED, "Open");
    match notification.show() {
        Ok(shown) => wait(shown, app, reminder.place),
        // A desktop without notifications: what comes up stands on the start page too.
        Err(error) => tracing::info!(%error, "the system shows no notifications"),
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn wait(shown: notify_rust::NotificationHandle, app: &AppHandle, place: Place) {
    shown.wait_for_action(|action| {
        if action == PRESSED {
            open(app, place);
        }
    });
}

/// The other systems bring the window to the front by themselves.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn wait<T>(_shown: T, _app: &AppHandle, _place: Place) {}

#[cfg(all(unix, not(target_os = "macos")))]
fn open(app: &AppHandle, place: Place) {
    window::to_front(app);
    // Only the window in front goes there; the others stay with what they show.
    let Some(front) = window::in_front(app) else { return };
    if let Err(error) = app.emit_to(front.label(), OPEN, place) {
        tracing::warn!(%error, "the page was not told of a place");
    }
}

/// What it says.
fn sentence(reminder: &Reminder) -> String {
    let n = reminder.count;
    match (reminder.kind, n, reminder.over) {
        (ReminderKind::Review, 1, false) => "An access review is due soon.".to_owned(),
        (ReminderKind::Review, 1, true) => "An access review is due.".to_owned(),
        (ReminderKind::Review, _, _) => format!("{n} access reviews are due."),
        (ReminderKind::Invitation, 1, _) => "An invitation expires within a day.".to_owned(),
        (ReminderKind::Invitation, _, _) => format!("{n} invitations expire within a day."),
        (ReminderKind::End, 1, _) => "A membership ends within a week.".to_owned(),
        (ReminderKind::End, _, _) => format!("{n} memberships end within a week."),
        (ReminderKind::Single, 1, _) => "One workspace or account hangs on one person.".to_owned(),
        (ReminderKind::Single, _, _) => format!("{n} workspaces or accounts hang on one person."),
        (ReminderKind::Asked, 1, _) => "You asked to be reminded.".to_owned(),
        (ReminderKind::Asked, _, _) => format!("You asked to be reminded of {n} things."),
    }
}

#[cfg(test)]
mod tests {
    use muster_client::view::{Place, Reminder, ReminderKind};

    use super::sentence;

    #[test]
    fn v49_every_reminder_has_a_sentence_for_one_and_for_many() {
        let kinds = [
            ReminderKind::Review,
            ReminderKind::Invitation,
            ReminderKind::End,
            ReminderKind::Single,
            ReminderKind::Asked,
        ];
        for kind in kinds {
            let of = |count, over| {
                let workspace = None;
                sentence(&Reminder { kind, count, over, workspace, place: Place::Home })
            };
            assert!(of(3, false).contains('3'), "{kind:?}");
            assert_ne!(of(1, false), of(3, false), "{kind:?}");
            assert!(of(1, true).ends_with('.'), "{kind:?}");
        }
    }
}
