// Which keys do what everywhere, and what somebody chose instead (ui.md 9). The choice is kept
// on this device and read at each press, so that it holds in every window at once. Keys of
// lists, dialogs and the switcher are fixed: they are those of the platform or single letters,
// which can be turned off as a whole (singleKeys).

import { isMac, mod } from './platform.ts';

const DEFAULTS = {
  palette: 'Mod+K',
  switch: 'Mod+O',
  invite: 'Mod+I',
  pending: 'Mod+Shift+P',
  workspaces: 'Mod+Shift+O',
  manage: 'Mod+,',
  window: 'Mod+N',
  undo: 'Mod+Z',
  redo: 'Mod+Shift+Z',
  back: 'Mod+[',
  forward: 'Mod+]',
  shortcuts: 'Mod+/',
} as const;

export type Bound = keyof typeof DEFAULTS;

export const BOUND = Object.keys(DEFAULTS) as Bound[];

const KEY = 'muster.keys';

// What fields, lists, the switcher, the size of text and the system need.
const TAKEN = /^Mod\+(Shift\+C|Shift\+Tab|Tab|[ACFPVX0-9+=−-]|Home|End|Enter|Delete|Backspace)$/;
const TAKEN_MAC = /^Mod\+[HMQW]$/;
const FUNCTION = /^(Mod\+)?(Shift\+)?F(\d{1,2})$/;
// Shortcuts, rename, areas, and the menu of a row.
const FIXED = [1, 2, 6, 10];

/** The keys of a press, as they are kept; null while only a modifier is held. */
export function pressed(event: KeyboardEvent): string | null {
  if (['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'Dead'].includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return `${mod(event) ? 'Mod+' : ''}${event.shiftKey ? 'Shift+' : ''}${key}`;
}

/** How keys are written for the reader. */
export function written(keys: string): string {
  return keys.replace('Mod', isMac ? '⌘' : 'Ctrl');
}

function kept(): Partial<Record<Bound, string>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (value === null || typeof value !== 'object') return {};
    const entries = Object.entries(value).filter(
      ([name, keys]) => name in DEFAULTS && typeof keys === 'string' && canBe(keys),
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

/** Every action with its keys as they are now. */
export function bindings(): Record<Bound, string> {
  return { ...DEFAULTS, ...kept() };
}

/** What a press does, if it does anything everywhere. */
export function boundTo(event: KeyboardEvent): Bound | null {
  const keys = event.altKey ? null : pressed(event);
  if (keys === null) return null;
  const now = bindings();
  return BOUND.find((one) => now[one] === keys) ?? null;
}

/** Whether keys can be chosen at all: with the command key, or a function key that is free. */
function canBe(keys: string): boolean {
  const fn = FUNCTION.exec(keys)?.[3];
  if (fn !== undefined) return !FIXED.includes(Number(fn));
  if (!keys.startsWith('Mod+') || TAKEN.test(keys)) return false;
  return !(isMac && TAKEN_MAC.test(keys));
}

export type Choice = 'done' | 'needs_modifier' | 'taken' | { by: Bound };

/** Chooses keys for an action; what stands in the way is told, and then nothing changes. */
export function choose(action: Bound, keys: string): Choice {
  if (!keys.startsWith('Mod+') && !FUNCTION.test(keys)) return 'needs_modifier';
  if (!canBe(keys)) return 'taken';
  const now = bindings();
  const by = BOUND.find((one) => one !== action && now[one] === keys);
  if (by !== undefined) return { by };
  const { [action]: _before, ...rest } = kept();
  const next = keys === DEFAULTS[action] ? rest : { ...rest, [action]: keys };
  localStorage.setItem(KEY, JSON.stringify(next));
  return 'done';
}

/** Whether anything was chosen. */
export function isChanged(): boolean {
  return Object.keys(kept()).length > 0;
}

/** Everything as at first. */
export function forgetBindings(): void {
  localStorage.removeItem(KEY);
}
