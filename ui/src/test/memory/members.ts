// The people of the workspaces in memory: lists of them, one of them, and what giving them a
// role would do.

import type {
  MemberPage,
  MemberQuery,
  MemberRow,
  MemberView,
  Permission,
  Role,
  RoleAnswer,
  RoleQuestion,
  WorkspaceView,
} from '../../backend/types.ts';
import { PERMISSIONS } from '../../backend/types.ts';
import type { Backend } from '../../backend/backend.ts';
import type { Memory, Workspace } from '../memory.ts';
import {
  ALLOWED,
  HIDDEN,
  member,
  NOW,
  options,
  permissionsOf,
  plain,
  workspaceRow,
  workspaceView,
} from '../world.ts';
import { failure, workspace } from './core.ts';
import { ME } from './session.ts';

export function people(count: number, workspace: WorkspaceView['row']): MemberRow[] {
  const rows = Array.from({ length: count }, (_, index) =>
    member(index, workspace.scheme, workspace.id),
  );
  const mine = rows[Math.min(1, rows.length - 1)];
  if (mine !== undefined) {
    rows[Math.min(1, rows.length - 1)] = {
      ...mine,
      ...{ name: ME.name, address: ME.address, letters: 'AM', me: true },
      roles: workspace.my_roles.length > 0 ? [...workspace.my_roles] : mine.roles,
      state: 'active',
    };
  }
  return rows;
}

export function place(
  index: number,
  name: string,
  count: number,
  more: Partial<WorkspaceView['row']> = {},
): Workspace {
  const row = workspaceRow(index, name, { people: count, ...more });
  return { view: workspaceView(row), members: people(count, row), invitations: [], admins: [] };
}

function matches(query: MemberQuery, row: MemberRow): boolean {
  const gone = row.state === 'left' || row.state === 'removed' || row.state === 'expired';
  const wanted = {
    present: !gone || row.state_was !== null,
    // Whom only an unsent change removes stays listed (E-45).
    active: (gone ? row.state_was : row.state) === 'active',
    suspended: row.state === 'suspended',
    ending: !gone && row.until !== null,
    former: gone && row.state_was === null,
  }[query.status];
  const words = plain(query.text).split(/\s+/).filter(Boolean);
  const inText = words.every((word) => plain(`${row.name} ${row.address}`).includes(word));
  const inRoles = query.roles.length === 0 || row.roles.some((role) => query.roles.includes(role));
  const { changed } = query;
  const last = row.last_change ?? 0;
  const since = (days: number) => NOW - days * 86_400_000;
  const inChange =
    changed === null ||
    {
      lately: last >= since(30),
      not_for_thirty: last < since(30),
      not_for_ninety: last < since(90),
      never: row.last_change === null,
    }[changed];
  const inLabel = query.label === null || row.labels.includes(query.label);
  return wanted && inText && inRoles && inLabel && inChange;
}

const SORTS: Record<MemberQuery['sort'], (row: MemberRow) => string> = {
  name: (row) => row.name,
  address: (row) => row.address,
  role: (row) => row.roles.join(),
  status: (row) => row.state,
  joined: (row) => String(1e15 - row.joined),
  changed: (row) => String(1e15 + (row.last_change ?? 0)),
};

function found(memory: Memory, query: MemberQuery): MemberRow[] {
  const { members } = workspace(memory, query.workspace);
  const key = SORTS[query.sort];
  const rows = members.filter((row) => matches(query, row));
  rows.sort((a, b) => key(a).localeCompare(key(b)) || a.name.localeCompare(b.name));
  return query.descending ? rows.reverse() : rows;
}

function memberPage(memory: Memory, query: MemberQuery): MemberPage {
  const { members, view, admins } = workspace(memory, query.workspace);
  const rows = found(memory, query);
  const state = (one: MemberRow['state']) => members.filter((row) => row.state === one).length;
  return {
    people: members.filter((row) => (row.state_was ?? row.state) !== 'removed').length,
    owners: members.filter(
      (row) => row.roles.includes('owner') || row.roles.includes('workspace_admin'),
    ).length,
    leaving: members.filter((row) => row.state === 'removed' && row.state_was !== null).length,
    matched: rows.length,
    counts: {
      active: state('active'),
      suspended: state('suspended'),
      ending: members.filter((row) => row.until !== null).length,
      former: state('removed') + state('left') + state('expired'),
    },
    changes_known: memory.changesKnown,
    account_admins: view.row.scheme === 'managed' ? admins : [],
    rows: rows.slice(query.offset, query.offset + query.limit),
  };
}

function memberView(memory: Memory, id: string, at: string): MemberView {
  const { members, view } = workspace(memory, at);
  const row = members.find((one) => one.id === id);
  if (row === undefined) throw failure('not_found');
  const has = new Set(row.roles.flatMap((role) => permissionsOf(role, view)));
  const mine = memory.pending.not_sent.filter(
    (one) => 'person' in one.what && one.what.person === row.name,
  );
  const no = memory.pending.refused.find(
    (one) => 'person' in one.what && one.what.person === row.name,
  );
  return {
    row,
    given_by: 'Ana Marques',
    given_at: row.joined,
    group: row.grouped ? 'Pod 1' : null,
    note: '',
    changes_known: memory.changesKnown,
    earlier: [],
    set_end: ALLOWED,
    annotate: ALLOWED,
    account_admin: false,
    can: PERMISSIONS.map((permission) => ({
      permission,
      has: has.has(permission),
      by_roles: row.roles.filter((role) => permissionsOf(role, view).includes(permission)),
      by_account: false,
    })),
    change_role: ALLOWED,
    suspend: row.state === 'active' ? ALLOWED : HIDDEN,
    resume: row.state === 'suspended' ? ALLOWED : HIDDEN,
    remove: ALLOWED,
    refused: no ?? null,
    not_sent: mine,
    ...memory.verdicts.get(id),
  };
}

function roleAnswer(memory: Memory, question: RoleQuestion): RoleAnswer {
  const { view, members } = workspace(memory, question.workspace);
  const asked = question.members.flatMap((id) => members.filter((row) => row.id === id));
  const held = asked[0]?.roles ?? [];
  const permissions = (roles: readonly Role[]): Set<Permission> =>
    new Set(roles.flatMap((role) => permissionsOf(role, view)));
  const before = permissions(held);
  const after = permissions(question.roles);
  const no = question.roles.map((role) => memory.giving[role]).find((one) => one !== undefined);
  return {
    many: view.row.scheme === 'managed',
    options: options(view, held, memory.giving),
    gains: PERMISSIONS.filter((one) => after.has(one) && !before.has(one)),
    keeps: PERMISSIONS.filter((one) => after.has(one) && before.has(one)),
    loses: PERMISSIONS.filter((one) => !after.has(one) && before.has(one)),
    verdicts: asked.map((row) => ({
      member: row.id,
      name: row.name,
      roles: row.roles,
      verdict:
        memory.verdicts.get(row.id)?.change_role ??
        no ??
        (row.roles.join() === question.roles.join() ? { verdict: 'no_op' } : ALLOWED),
      loses: [...permissions(row.roles)].some((one) => !after.has(one)),
    })),
  };
}

type Members = 'members' | 'member' | 'memberIds' | 'memberStarting' | 'roleAnswer';

export function membersBackend(memory: Memory): Pick<Backend, Members> {
  return {
    members: async (query) => memberPage(memory, query),
    member: async (at, id) => memberView(memory, id, at),
    memberIds: async (query) => found(memory, query).map((row) => row.id),
    memberStarting: async (query, letters, after) => {
      const rows = found(memory, query);
      const starts = (row: MemberRow) => plain(row.name).startsWith(plain(letters));
      const next = rows.findIndex((row, at) => at > after && starts(row));
      const place = next < 0 ? rows.findIndex(starts) : next;
      return place < 0 ? null : place;
    },
    roleAnswer: async (question) => roleAnswer(memory, question),
  };
}
