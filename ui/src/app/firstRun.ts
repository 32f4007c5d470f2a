// The page that comes once for each person on a device, after they signed in (ui.md 5.1). It is
// due from the sign-in on, so that whatever leads elsewhere first only puts it off.

const KEY = 'muster.first_run.';

/** Somebody signed in here. */
export function cameIn(login: string | undefined): void {
  if (login === undefined || localStorage.getItem(KEY + login) !== null) return;
  localStorage.setItem(KEY + login, 'due');
}

const led = new Set<string>();

/** Somebody signed in to accept an invitation: that leads on, and the page waits for a start. */
export function cameInvited(login: string | undefined): void {
  cameIn(login);
  if (login !== undefined) led.add(login);
}

/** Whether their page is still to be shown. */
export function firstRunDue(login: string | undefined): boolean {
  return login !== undefined && !led.has(login) && localStorage.getItem(KEY + login) === 'due';
}

/** It was shown. */
export function firstRunSeen(login: string): void {
  localStorage.setItem(KEY + login, 'seen');
}
