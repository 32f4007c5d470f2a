// The history in memory: some events of each workspace, made by counting, and two moments
// compared.

import type { Backend } from '../../backend/backend.ts';
import type {
  CompareLine,
  CompareQuestion,
  CompareView,
  HistoryPage,
  HistoryQuery,
  HistoryRow,
  MemberRow,
  OwnRoleName,
} from '../../backend/types.ts';
import type { Memory, Workspace } from '../memory.ts';
import { NOW, permissionsOf, plain } from '../world.ts';
import { failure, workspace } from './core.ts';

type Part = Pick<Backend, 'history' | 'historyEvent' | 'membersAsOf' | 'compare'>;

const MINUTE = 60_000;
const DAY = 86_400_000;

export const historyMore = (): {
  history: HistoryRow[] | null;
  historyPage: Partial<HistoryPage>;
  compare: CompareView | null;
  asOfComplete: boolean;
  asOfRoles: OwnRoleName[];
} => ({ history: null, historyPage: {}, compare: null, asOfComplete: true, asOfRoles: [] });

/** One row of the history. */
export function historyRow(id: string, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id,
    at: NOW - 10 * MINUTE,
    actor: 'Ana Marques',
    actor_is_me: false,
    as_admin: false,
    kind: 'member.roles.changed',
    subject: 'Luis Pereira',
    workspace: 'w1',
    workspace_name: 'Northwind Retail',
    membership: null,
    from_roles: ['read'],
    to_roles: ['write'],
    was: null,
    now: null,
    reason: null,
    more: 0,
    not_sent: false,
    refused: null,
    ...more,
  };
}

function rowsOf({ view, members }: Workspace): HistoryRow[] {
  const place = { workspace: view.row.id, workspace_name: view.row.name };
  const joined = members.map((row, index) =>
    historyRow(`${view.row.id}-e${index}`, {
      ...place,
      at: row.joined,
      kind: 'member.joined',
      subject: row.name,
      membership: row.id,
      from_roles: [],
      to_roles: row.roles,
      actor: row.name,
      actor_is_me: row.me,
    }),
  );
  return joined.sort((a, b) => b.at - a.at);
}

function rows(memory: Memory): HistoryRow[] {
  return (
    memory.more.history ??
    memory.workspaces.flatMap(rowsOf).sort((a, b) => b.at - a.at || a.id.localeCompare(b.id))
  );
}

function fits(query: HistoryQuery, row: HistoryRow): boolean {
  const text = plain(`${row.actor} ${row.subject} ${row.reason ?? ''} ${row.workspace_name}`);
  return (
    (query.workspace === null || row.workspace === query.workspace) &&
    plain(query.text)
      .split(/\s+/)
      .every((word) => text.includes(word)) &&
    (query.kinds.length === 0 || query.kinds.includes(row.kind)) &&
    (query.from === null || row.at >= query.from) &&
    (query.to === null || row.at < query.to) &&
    (query.who === null || row.actor_is_me === (query.who === 'l1'))
  );
}

function line(row: MemberRow, more: Partial<CompareLine> = {}): CompareLine {
  return {
    membership: row.id,
    name: row.name,
    address: row.address,
    letters: row.letters,
    from: row.roles,
    to: row.roles,
    from_state: row.state,
    to_state: row.state,
    gains: [],
    loses: [],
    at: row.joined,
    by: 'Ana Marques',
    came_back: false,
    left_at: null,
    left_by: null,
    not_sent: false,
    ...more,
  };
}

function comparison(memory: Memory, question: CompareQuestion): CompareView {
  const places = memory.workspaces.filter(
    ({ view }) => question.workspace === null || view.row.id === question.workspace,
  );
  return {
    workspaces: places.map(({ view, members }) => {
      const joined = members
        .filter((row) => row.joined > question.from && row.joined <= question.to)
        .map((row) =>
          line(row, {
            from: [],
            from_state: null,
            gains: [...new Set(row.roles.flatMap((role) => permissionsOf(role, view)))],
          }),
        );
      return {
        workspace: view.row.id,
        name: view.row.name,
        account_name: view.row.account_name,
        joined,
        joined_total: joined.length,
        left: [],
        left_total: 0,
        changed: [],
        changed_total: 0,
        unchanged: members.filter((row) => row.joined <= question.from).length,
        same: [],
        complete: true,
        own_from: [],
        own_to: [],
      };
    }),
    complete: true,
    unsent: 0,
  };
}

export function historyBackend(memory: Memory): Part {
  return {
    history: async (query) => {
      const found = rows(memory).filter((row) => fits(query, row));
      const begin = query.before === null ? 0 : Number(query.before);
      const end = begin + query.limit;
      return {
        rows: found.slice(begin, end),
        next: end < found.length ? String(end) : null,
        own_only: false,
        until: memory.state.connection.last_contact,
        chain: { state: 'sound', since: NOW - 400 * DAY, broken_at: null },
        ...memory.more.historyPage,
      };
    },
    historyEvent: async (id) => {
      const row = rows(memory).find((one) => one.id === id);
      if (row === undefined) throw failure('not_found');
      return {
        row,
        folded: [],
        changes: [
          { field: 'given_at', was: null, now: String(row.at) },
          { field: 'ended', was: null, now: JSON.stringify({ at: row.at, by: 'Ana Marques' }) },
          { field: 'roles', was: row.from_roles.join(', '), now: row.to_roles.join(', ') },
        ],
        right: row.as_admin ? 'account_admin' : 'member.manage',
        command: 'member.roles.set/1',
        hash: '9f2c'.repeat(16),
        prev: '41d8'.repeat(16),
        sound: true,
      };
    },
    membersAsOf: async (query, at) => {
      const { members } = workspace(memory, query.workspace);
      const then = members.filter((row) => row.joined <= at);
      const words = plain(query.text).split(/\s+/).filter(Boolean);
      const found = then.filter((row) =>
        words.every((word) => plain(`${row.name} ${row.address}`).includes(word)),
      );
      return {
        at,
        people: then.length,
        matched: found.length,
        complete: memory.more.asOfComplete,
        own_roles: memory.more.asOfRoles,
        rows: found
          .sort((a, b) => a.name.localeCompare(b.name))
          .slice(query.offset, query.offset + query.limit)
          .map((row) => ({
            membership: row.id,
            name: row.name,
            address: row.address,
            letters: row.letters,
            roles: row.roles,
            state: row.state,
            given_by: 'Ana Marques',
            given_at: row.joined,
            joined: row.joined,
            until: row.until?.at ?? null,
          })),
      };
    },
    compare: async (question) => memory.more.compare ?? comparison(memory, question),
  };
}
