// Access reviews in memory: a frozen list of a workspace's members, and decisions about it.

import type { Backend } from '../../backend/backend.ts';
import type {
  DecidedView,
  Intent,
  MemberRow,
  PlanLine,
  ReviewCounts,
  ReviewFinish,
  ReviewLineRow,
  ReviewLineView,
  ReviewQuery,
  ReviewRow,
  ReviewView,
  SheetView,
  Submitted,
} from '../../backend/types.ts';
import { isUnsent } from '../../pages/reviews/reviewWords.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, NOW, plain, refused } from '../world.ts';
import { type Change, DONE, failure, type MemoryReview, type More, workspace } from './core.ts';
import { planLine, planOf } from './plan.ts';

type Part = Pick<
  Backend,
  | 'reviews'
  | 'review'
  | 'reviewLines'
  | 'reviewLine'
  | 'reviewPeople'
  | 'startReviews'
  | 'reviewFinish'
  | 'reviewCarryOut'
  | 'reviewEvidence'
  | 'suggestPassphrase'
  | 'handOutReview'
  | 'answerLook'
  | 'answerEnter'
  | 'openedSheet'
  | 'sheetOpen'
  | 'sheetClose'
  | 'sheet'
  | 'sheetLines'
  | 'sheetLine'
  | 'sheetRoles'
  | 'sheetDecide'
  | 'sheetAnswer'
>;

const DAY = 86_400_000;
const USUAL = '@northwind.example';

export const reviewMore = (): Pick<More, 'reviews' | 'nextReview' | 'answer' | 'openedSheet'> => ({
  reviews: [],
  nextReview: null,
  answer: null,
  openedSheet: null,
});

function reviewLine(row: MemberRow, index: number, all: readonly MemberRow[]): ReviewLineView {
  const changed = index % 4 !== 3;
  const external = !row.address.endsWith(USUAL);
  const owns = row.roles.includes('owner') || row.roles.includes('workspace_admin');
  return {
    row: {
      membership: row.id,
      name: row.name,
      address: row.address,
      letters: row.letters,
      roles: row.roles,
      state: row.state,
      standpoint: 'undecided',
      to: [],
      decided_at: null,
      changed_since: changed,
      is_me: row.me,
      mark: 'none',
      gone: false,
      now_roles: row.roles,
    },
    given_by: 'Ana Marques',
    given_at: row.joined,
    joined: row.joined,
    last: changed ? null : { at: NOW - 90 * DAY, by: 'Ana Marques', choice: 'keep', to: row.roles },
    same_roles: all.filter((one) => one.roles.join() === row.roles.join()).length,
    people: all.length,
    decided: [],
    keep: ALLOWED,
    change: ALLOWED,
    refused: null,
    remove: owns
      ? refused('r6.review', 'R6', { name: { type: 'text', value: row.name } })
      : ALLOWED,
    keep_needs_reason: row.me,
    hints: [
      ...(external ? (['external'] as const) : []),
      ...(owns ? (['single_owner', 'owner_class'] as const) : []),
      ...(changed ? (['never_reviewed'] as const) : []),
    ],
    used: null,
  };
}

/** A review of a workspace over its present members. */
export function reviewOf(
  memory: Memory,
  at: string,
  n: number,
  more: Partial<ReviewRow> = {},
): MemoryReview {
  const { view, members } = workspace(memory, at);
  const lines = members.map(reviewLine);
  const row: ReviewRow = {
    id: `rv${n}`,
    campaign: `c${n}`,
    workspace: at,
    workspace_name: view.row.name,
    account_name: view.row.account_name,
    name: 'Q4 review',
    due: NOW + 14 * DAY,
    overdue: false,
    started: NOW - DAY,
    started_by: 'Alex Meyer',
    closed: null,
    closed_by: null,
    people: lines.length,
    decided: 0,
    disputed: 0,
    pending: 0,
    reviewers: ['Alex Meyer'],
    mine: true,
    ...more,
  };
  const made: MemoryReview = {
    view: {
      row,
      undecided: 'leave',
      counts: {} as ReviewCounts,
      hints: { quiet_days: 90, quiet: 0, wide: 0, many_admins: null },
      reviewers: row.reviewers.map((name, index) => ({
        login: `l${index + 1}`,
        name,
        is_me: name === 'Alex Meyer',
      })),
      set_reviewers: ALLOWED,
      finish: ALLOWED,
    },
    lines,
  };
  count(made);
  return made;
}

function count(one: MemoryReview): void {
  const n = (test: (row: ReviewLineRow) => boolean) =>
    one.lines.filter((line) => test(line.row)).length;
  const counts: ReviewCounts = {
    all: one.lines.length,
    undecided: n((row) => row.standpoint === 'undecided'),
    kept: n((row) => row.standpoint === 'keep'),
    changed: n((row) => row.standpoint === 'change'),
    removed: n((row) => row.standpoint === 'remove'),
    disputed: n((row) => row.standpoint === 'disputed'),
    changed_since: n((row) => row.changed_since),
    unchanged_since: n((row) => !row.changed_since),
    external: n((row) => !row.address.endsWith(USUAL)),
  };
  const row: ReviewRow = {
    ...one.view.row,
    decided: counts.all - counts.undecided,
    disputed: counts.disputed,
    pending: n((line) => isUnsent(line.mark)),
  };
  one.view = { ...one.view, row, counts };
}

function find(memory: Memory, at: string, id: string): MemoryReview {
  const one = memory.more.reviews.find(
    ({ view }) => view.row.id === id && view.row.workspace === at,
  );
  if (one === undefined) throw failure('not_found');
  return one;
}

function fits(query: ReviewQuery, line: ReviewLineView): boolean {
  const { row } = line;
  const words = plain(query.text).split(/\s+/).filter(Boolean);
  if (!words.every((word) => plain(`${row.name} ${row.address}`).includes(word))) return false;
  if (query.hint === 'quiet' && !line.hints.includes('quiet')) return false;
  if (query.hint === 'wide' && !line.hints.includes('role_wider')) return false;
  switch (query.filter) {
    case 'all':
      return true;
    case 'undecided':
    case 'disputed':
      return row.standpoint === query.filter;
    case 'kept':
      return row.standpoint === 'keep';
    case 'changed':
      return row.standpoint === 'change';
    case 'removed':
      return row.standpoint === 'remove';
    case 'changed_since':
      return row.changed_since;
    case 'unchanged_since':
      return !row.changed_since;
    case 'external':
      return line.hints.includes('external');
    case 'mine':
      return line.decided.some((decided) => decided.is_me);
  }
}

/** What the decisions come to. */
export function settle(line: ReviewLineView, decided: DecidedView[]): ReviewLineView {
  const [first] = decided;
  const same = decided.every(
    (one) => one.choice === first?.choice && one.to.join() === first.to.join(),
  );
  return {
    ...line,
    decided,
    row: {
      ...line.row,
      standpoint: first === undefined ? 'undecided' : same ? first.choice : 'disputed',
      to: first !== undefined && same ? first.to : [],
      decided_at: decided.at(-1)?.at ?? null,
      mark: decided.some((one) => one.pending) ? 'not_sent' : 'none',
    },
  };
}

function decide(memory: Memory, intent: Intent & { intent: 'decide_review' }): void {
  const one = find(memory, intent.workspace, intent.review);
  const offline = memory.state.connection.state === 'offline';
  const { choice } = intent;
  one.lines = one.lines.map((line) => {
    if (!intent.lines.includes(line.row.membership)) return line;
    const others = line.decided.filter((decided) => !decided.is_me);
    if (choice === null) return settle(line, others);
    const mine: DecidedView = {
      name: 'Alex Meyer',
      at: NOW,
      choice: choice.choice,
      to: choice.choice === 'change' ? choice.roles : [],
      reason: intent.reason,
      client: null,
      is_me: true,
      pending: offline,
    };
    return settle(line, [...others, mine]);
  });
  count(one);
}

function left(one: MemoryReview): ReviewLineView[] {
  return one.lines.filter(
    ({ row }) =>
      (row.standpoint === 'change' && row.now_roles.join() !== row.to.join()) ||
      (row.standpoint === 'remove' && !row.gone),
  );
}

function lineOf(memory: Memory, one: MemoryReview, line: ReviewLineView): PlanLine {
  return planLine(line.row.name, {
    workspace_name: one.view.row.workspace_name,
    from: line.row.roles,
    to: line.row.to,
    verdict: memory.more.planned.get(line.row.membership) ?? ALLOWED,
  });
}

function finish(memory: Memory, one: MemoryReview): ReviewFinish {
  const lines = left(one);
  const { counts } = one.view;
  return {
    kept: counts.kept,
    changed: counts.changed,
    removed: counts.removed,
    not_reviewed: counts.undecided,
    suspended: 0,
    disputed: counts.disputed,
    done: counts.changed + counts.removed - lines.length,
    memberships: lines.map((line) => line.row.membership),
    preview: planOf(lines.map((line) => lineOf(memory, one, line))),
    close:
      memory.state.connection.state === 'offline'
        ? { verdict: 'needs_connection', sentence: 'offline.online_only' }
        : ALLOWED,
  };
}

function carryOut(memory: Memory, one: MemoryReview, asked: string[]) {
  const results = left(one)
    .filter((line) => asked.includes(line.row.membership))
    .map((line) => {
      const verdict = memory.more.planned.get(line.row.membership) ?? ALLOWED;
      const result: Submitted =
        verdict.verdict === 'refused'
          ? { result: 'refused', reason: verdict.reason }
          : { result: 'applied', created: null };
      return { membership: line.row.membership, name: line.row.name, result };
    });
  const done = new Set(
    results.filter((line) => line.result.result === 'applied').map((line) => line.membership),
  );
  one.lines = one.lines.map((line) =>
    done.has(line.row.membership)
      ? {
          ...line,
          row: {
            ...line.row,
            now_roles: line.row.to,
            gone: line.row.standpoint === 'remove',
          },
        }
      : line,
  );
  const open = left(one).length + one.view.counts.disputed;
  if (open === 0) {
    const row = { ...one.view.row, closed: NOW, closed_by: 'Alex Meyer' };
    one.view = { ...one.view, row };
  }
  memory.emit({ rosters: [one.view.row.workspace] });
  const closed: Submitted | null = open === 0 ? { result: 'applied', created: null } : null;
  return { lines: results, closed, open };
}

/** What opens the files of a review with a client. */
export const SHEET_PASSPHRASE = 'kq3x-7mwp-te9a-zz4d-b2hf';

function onSheet(memory: Memory): MemoryReview {
  const [one] = memory.more.reviews;
  if (one === undefined) throw failure('sheet.other');
  return one;
}

function sheetOf(memory: Memory): SheetView {
  const { view } = onSheet(memory);
  const hidden = { verdict: 'hidden' } as const;
  return {
    review: { ...view, set_reviewers: hidden, finish: hidden },
    client: 'Mia of Northwind',
    from: 'Alex Meyer',
    own_roles: [],
  };
}

export function reviewsBackend(memory: Memory, submit: (intent: Intent) => Submitted): Part {
  return {
    reviews: async (at) => ({
      rows: memory.more.reviews
        .map(({ view }) => view.row)
        .filter((row) => at === null || row.workspace === at)
        .sort((a, b) => Number(a.closed !== null) - Number(b.closed !== null) || a.due - b.due),
      start:
        memory.state.connection.state === 'offline'
          ? { verdict: 'needs_connection', sentence: 'offline.review' }
          : ALLOWED,
      startable: memory.workspaces.map((one) => one.view.row.id),
      next_due: memory.more.nextReview,
    }),
    review: async (at, id): Promise<ReviewView> => find(memory, at, id).view,
    reviewLines: async (query) => {
      const rows = find(memory, query.workspace, query.review)
        .lines.filter((line) => fits(query, line))
        .map((line) => line.row)
        .sort((a, b) => Number(b.changed_since) - Number(a.changed_since));
      return { matched: rows.length, rows: rows.slice(query.offset, query.offset + query.limit) };
    },
    reviewLine: async (at, id, membership) => {
      const { lines } = find(memory, at, id);
      const line = lines.find((one) => one.row.membership === membership);
      if (line === undefined) throw failure('not_found');
      return line;
    },
    reviewPeople: async (at, text) =>
      workspace(memory, at)
        .members.filter(
          (row) =>
            (row.me || row.roles.some((role) => ['owner', 'admin'].includes(role))) &&
            plain(`${row.name} ${row.address}`).includes(plain(text)),
        )
        .map((row) => ({
          login: row.me ? 'l1' : `l-${row.id}`,
          name: row.name,
          address: row.address,
          letters: row.letters,
          is_me: row.me,
          as_admin: false,
        })),
    startReviews: async (form) => {
      if (memory.state.connection.state === 'offline') {
        return form.workspaces.map(() => ({
          result: 'needs_connection',
          sentence: 'offline.review',
        }));
      }
      return form.workspaces.map((at): Submitted => {
        const given = memory.answers.shift();
        if (given !== undefined) return given;
        const n = memory.more.reviews.length + 1;
        const one = reviewOf(memory, at, n, { name: form.name, due: form.due, started: NOW });
        const hints = { ...one.view.hints, quiet_days: form.quiet_days };
        one.view = { ...one.view, undecided: form.undecided, hints };
        memory.more.reviews.push(one);
        memory.emit({ rosters: [at] });
        return { result: 'applied', created: one.view.row.id };
      });
    },
    reviewFinish: async (at, id) => finish(memory, find(memory, at, id)),
    reviewCarryOut: async (at, id, asked) => {
      if (memory.state.connection.state === 'offline') {
        const closed = submit({ intent: 'close_review', workspace: at, review: id });
        return { lines: [], closed, open: left(find(memory, at, id)).length };
      }
      return carryOut(memory, find(memory, at, id), asked);
    },
    suggestPassphrase: async () => 'kq3x-7mwp-te9a-zz4d-b2hf',
    handOutReview: async (form) => {
      if (form.passphrase.trim().length < 12) throw failure('sheet.weak');
      const one = find(memory, form.workspace, form.review);
      return {
        file: `Downloads/${one.view.row.name}/review.muster-review`,
        submitted: { result: 'queued', n: 1 },
      };
    },
    answerLook: async (file) => {
      if (memory.more.answer === null) throw failure('sheet.other');
      if (file.passphrase !== SHEET_PASSPHRASE) throw failure('sheet.passphrase');
      return memory.more.answer;
    },
    answerEnter: async (_file, leftOut) => {
      const lines = memory.more.answer?.lines ?? [];
      const entered = lines.filter(
        (one) => one.verdict.verdict === 'allowed' && !leftOut.includes(one.membership),
      );
      return { entered: entered.length };
    },
    openedSheet: async () => {
      const sheet = memory.more.openedSheet;
      memory.more.openedSheet = null;
      return sheet;
    },
    sheetOpen: async (form) => {
      if (form.passphrase !== SHEET_PASSPHRASE) throw failure('sheet.passphrase');
      return sheetOf(memory);
    },
    sheetClose: async () => null,
    sheet: async () => sheetOf(memory),
    sheetLines: async (query) => {
      const rows = onSheet(memory)
        .lines.filter((line) => fits(query, line))
        .map((line) => line.row);
      return { matched: rows.length, rows: rows.slice(query.offset, query.offset + query.limit) };
    },
    sheetLine: async (membership) => {
      const line = onSheet(memory).lines.find((one) => one.row.membership === membership);
      if (line === undefined) throw failure('not_found');
      return line;
    },
    sheetRoles: async () => {
      throw failure('not_found');
    },
    sheetDecide: async (intent) => {
      if (intent.intent !== 'decide_review') throw failure('bad_request');
      decide(memory, intent);
      return { result: 'applied', created: null };
    },
    sheetAnswer: async () => 'Downloads/decided/decisions.muster-answer',
    reviewEvidence: async () => ({
      folder: 'Downloads/Muster Q4 review 2026-11-20',
      fingerprint: '0a1b 2c3d',
      key: 'in_log' as const,
    }),
  };
}

export const changeReviews: Change = (memory, intent) => {
  switch (intent.intent) {
    case 'decide_review':
      decide(memory, intent);
      memory.emit({ rosters: [intent.workspace] });
      return DONE;
    case 'set_reviewers': {
      const one = find(memory, intent.workspace, intent.review);
      const people = workspace(memory, intent.workspace).members;
      const reviewers = intent.reviewers.map((login) => {
        const name = people.find((row) => `l-${row.id}` === login)?.name ?? 'Alex Meyer';
        return { login, name, is_me: login === 'l1' };
      });
      const row = { ...one.view.row, reviewers: reviewers.map((some) => some.name) };
      one.view = { ...one.view, reviewers, row };
      memory.emit({ rosters: [intent.workspace] });
      return DONE;
    }
    case 'close_review':
      carryOut(memory, find(memory, intent.workspace, intent.review), []);
      return DONE;
    default:
      return null;
  }
};
