// What somebody wanted to do without a connection (ui.md 7.3): "Remind me when I’m online" puts
// a line into Pending. It is kept on this device, as ids and an address of the window, without
// any name; signing out forgets it.

import { useSyncExternalStore } from 'react';

const KEPT = 'muster.reminders';

/** One reminder. */
export interface Reminder {
  /** The sentence that said no. */
  sentence: string;
  /** Where it was said: path and search of the window's address. */
  at: string;
  workspace: string | null;
  made: number;
}

const listeners = new Set<() => void>();
let known: { text: string; all: readonly Reminder[] } = { text: '', all: [] };

function isReminder(value: unknown): value is Reminder {
  if (typeof value !== 'object' || value === null) return false;
  const { sentence, at, workspace, made } = value as Partial<Reminder>;
  return (
    typeof sentence === 'string' &&
    typeof at === 'string' &&
    at.startsWith('/') &&
    (workspace === null || typeof workspace === 'string') &&
    typeof made === 'number'
  );
}

function read(): readonly Reminder[] {
  const text = localStorage.getItem(KEPT) ?? '[]';
  if (text === known.text) return known.all;
  let all: readonly Reminder[] = [];
  try {
    const kept: unknown = JSON.parse(text);
    if (Array.isArray(kept)) all = kept.filter(isReminder);
  } catch {
    // Something else wrote there: nothing is to be reminded of.
  }
  known = { text, all };
  return all;
}

function keep(all: readonly Reminder[]): void {
  if (all.length === 0) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, JSON.stringify(all));
  for (const listener of listeners) listener();
}

function isSame(one: Reminder, other: Reminder): boolean {
  return (
    one.sentence === other.sentence && one.at === other.at && one.workspace === other.workspace
  );
}

/** Keeps a reminder; the same one is kept once. */
export function remind(reminder: Reminder): void {
  keep([...read().filter((one) => !isSame(one, reminder)), reminder]);
}

/** Forgets one that was dealt with. */
export function dismiss(reminder: Reminder): void {
  keep(read().filter((one) => !isSame(one, reminder)));
}

/** Forgets all of them. */
export function forgetReminders(): void {
  keep([]);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  // Another window may have made one.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** What is to be reminded of. */
export function useReminders(): readonly Reminder[] {
  return useSyncExternalStore(listen, read);
}
