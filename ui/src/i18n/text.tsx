// The words of the window. Every text has an id in the catalogue (src/locales); components
// hold ids only. Names inside a sentence are isolated, so that a name in another writing
// direction cannot turn the sentence around (ui.md 10.13).

import { i18n } from '@lingui/core';
import { Fragment, type ReactNode } from 'react';
import { messages } from '../locales/en.po';

export type Values = Record<string, string | number | null | undefined>;

export const LOCALE = 'en';

const known: Record<string, unknown> = { ...messages };

// Loading more adds to what was loaded, so the catalogue itself is not handed over.
i18n.load(LOCALE, { ...messages });
i18n.activate(LOCALE);

/** Takes in the texts of pages that are read when they are first opened. */
export function addTexts(more: typeof messages): void {
  Object.assign(known, more);
  i18n.load(LOCALE, more);
}

/** Whether the catalogue has this id. */
export function hasText(id: string): boolean {
  return known[id] !== undefined;
}

/** The text with this id. */
export function t(id: string, values: Values = {}): string {
  return i18n._(id, withPresence(values));
}

// A sentence may leave out what is not known: `{has_names, select, yes {…} other {…}}`.
function withPresence(values: Values): Record<string, string | number> {
  const all: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === '') continue;
    all[key] = value;
    all[`has_${key}`] = 'yes';
  }
  return all;
}

const NAMES = new Set([
  'account',
  'address',
  'group',
  'inviter',
  'key',
  'name',
  'names',
  'now',
  'other',
  'was',
  'who',
  'workspace',
  'yours',
]);
const OPEN = '\uE000';
const CLOSE = '\uE001';

/** The text with this id, its names isolated. */
export function T({ id, values = {} }: { id: string; values?: Values }): ReactNode {
  const marked: Values = {};
  for (const [key, value] of Object.entries(values)) {
    marked[key] =
      typeof value === 'string' && value !== '' && NAMES.has(key)
        ? `${OPEN}${value}${CLOSE}`
        : value;
  }
  return isolate(t(id, marked));
}

function isolate(text: string): ReactNode {
  return text.split(OPEN).map((part, index) => {
    const end = part.indexOf(CLOSE);
    if (end < 0) return part;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence do not move.
      <Fragment key={index}>
        <bdi>{part.slice(0, end)}</bdi>
        {part.slice(end + 1)}
      </Fragment>
    );
  });
}
