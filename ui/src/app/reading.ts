// How large, how close and how still the window is (ui.md 5.16). These choices belong to the
// person at this device; they hold before the first frame and in every window.

import { useSyncExternalStore } from 'react';

/** What there is to choose, what holds until somebody chooses first. */
const CHOICES = {
  /** Percent of what the system has. */
  text: ['100', '90', '110', '125', '150', '175', '200'],
  rows: ['usual', 'compact', 'roomy'],
  tables: ['scrolled', 'pages'],
  /** Seconds until a notice goes by itself, or that it waits to be closed. */
  notices: ['10', '30', 'closed'],
  movement: ['system', 'less'],
  links: ['usual', 'underlined'],
} as const;

type Choices = typeof CHOICES;

export type ReadingName = keyof Choices;

export type Reading<Name extends ReadingName> = Choices[Name][number];

const KEY = 'muster.reading.';
const CHANGED = 'muster:reading';

const bySize = (one: string, other: string) => Number(one) - Number(other);

/** What can be chosen, in the order in which it is offered. */
export function readingChoices<Name extends ReadingName>(name: Name): readonly Reading<Name>[] {
  const all: readonly Reading<Name>[] = CHOICES[name];
  return name === 'text' ? [...all].sort(bySize) : all;
}

/** The choice as it stands. */
export function reading<Name extends ReadingName>(name: Name): Reading<Name> {
  const all: readonly Reading<Name>[] = CHOICES[name];
  const kept = localStorage.getItem(KEY + name);
  // The first one holds where nothing, or nothing that is known here, was chosen.
  return all.find((one) => one === kept) ?? CHOICES[name][0];
}

export function setReading<Name extends ReadingName>(name: Name, value: Reading<Name>): void {
  localStorage.setItem(KEY + name, value);
  apply();
  window.dispatchEvent(new Event(CHANGED));
}

/** One size up or down; stays where there is none. The answer is the size that holds then. */
export function stepText(step: 1 | -1): Reading<'text'> {
  const sizes = readingChoices('text');
  const next = sizes[sizes.indexOf(reading('text')) + step];
  if (next !== undefined) setReading('text', next);
  return reading('text');
}

function apply(): void {
  const page = document.documentElement;
  const text = reading('text');
  page.style.fontSize = text === '100' ? '' : `${text}%`;
  page.dataset.movement = reading('movement');
  page.dataset.links = reading('links');
}

/** Sets everything before the first frame, and again when another window changed it. */
export function startReading(): void {
  apply();
  window.addEventListener('storage', (event) => {
    if (event.key?.startsWith(KEY) !== true) return;
    apply();
    window.dispatchEvent(new Event(CHANGED));
  });
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

export function useReading<Name extends ReadingName>(name: Name): Reading<Name> {
  return useSyncExternalStore(subscribe, () => reading(name));
}
