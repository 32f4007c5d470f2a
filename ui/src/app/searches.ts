// What an address says of the pages about reviews, the past and people across workspaces
// (ui.md 3.3). What makes no sense in it is left out.

import type { HintFilter, ReviewFilter } from '../backend/types.ts';

/** What an address says of the list of reviews. */
export interface ReviewsSearch {
  /** The list, even where one review alone would be opened. */
  all?: true;
  /** Those of every workspace. */
  across?: true;
  start?: true;
}

/** What an address says of one review. */
export interface ReviewSearch {
  q?: string;
  show?: ReviewFilter | HintFilter;
  open?: string;
  finish?: true;
}

/** What an address says of the history. */
export interface HistorySearch {
  q?: string;
  /** Who did it, by login, with the name to be shown. */
  who?: string;
  who_name?: string;
  about?: string;
  about_name?: string;
  /** A group of event kinds. */
  what?: HistoryWhat;
  where?: 'account';
  from?: number;
  to?: number;
  open?: string;
}

/** What the history can be narrowed to. */
export type HistoryWhat =
  | 'members'
  | 'roles'
  | 'invitations'
  | 'contents'
  | 'reviews'
  | 'workspace'
  | 'account';

/** What an address says of a comparison. */
export interface CompareSearch {
  from?: number;
  to?: number;
  all?: true;
  /** Without the changes that are not sent yet. */
  sent?: true;
  /** With those who are as they were. */
  same?: true;
}

/** What an address says of the people across workspaces. */
export interface PeopleSearch {
  q?: string;
}

const HINT_FILTERS: readonly HintFilter[] = ['quiet', 'wide'];

/** Whether a filter asks for what the log points out. */
export function isHint(filter: ReviewFilter | HintFilter): filter is HintFilter {
  return HINT_FILTERS.some((one) => one === filter);
}

export const REVIEW_FILTERS: readonly (ReviewFilter | HintFilter)[] = [
  'all',
  'undecided',
  'changed_since',
  'unchanged_since',
  'disputed',
  'kept',
  'changed',
  'removed',
  'external',
  'mine',
  ...HINT_FILTERS,
];

export const HISTORY_WHAT: readonly HistoryWhat[] = [
  'members',
  'roles',
  'invitations',
  'contents',
  'reviews',
  'workspace',
  'account',
];

function known<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function moment(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Only what is there. */
function present<T extends object>(search: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}

function flag(value: unknown): true | undefined {
  return value === true ? true : undefined;
}

export function readReviewsSearch(raw: Record<string, unknown>): ReviewsSearch {
  return present({ all: flag(raw.all), across: flag(raw.across), start: flag(raw.start) });
}

export function readReviewSearch(raw: Record<string, unknown>): ReviewSearch {
  return present({
    q: word(raw.q),
    show: known(REVIEW_FILTERS, raw.show),
    open: word(raw.open),
    finish: flag(raw.finish),
  });
}

export function readHistorySearch(raw: Record<string, unknown>): HistorySearch {
  return present({
    q: word(raw.q),
    who: word(raw.who),
    who_name: word(raw.who_name),
    about: word(raw.about),
    about_name: word(raw.about_name),
    what: known(HISTORY_WHAT, raw.what),
    where: known(['account'] as const, raw.where),
    from: moment(raw.from),
    to: moment(raw.to),
    open: word(raw.open),
  });
}

export function readCompareSearch(raw: Record<string, unknown>): CompareSearch {
  return present({
    from: moment(raw.from),
    to: moment(raw.to),
    all: flag(raw.all),
    sent: flag(raw.sent),
    same: flag(raw.same),
  });
}

export function readPeopleSearch(raw: Record<string, unknown>): PeopleSearch {
  return present({ q: word(raw.q) });
}

/** What an address says of going back to a moment. */
export interface RevertSearch {
  at?: number;
  /** Only one person, by a membership of then or now. */
  member?: string;
  /** The Account Admins of then, too. */
  admins?: true;
}

export function readRevertSearch(raw: Record<string, unknown>): RevertSearch {
  return present({ at: moment(raw.at), member: word(raw.member), admins: flag(raw.admins) });
}
