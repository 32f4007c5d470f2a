// A backend in memory, for the window's tests and for looking at it without the core. It
// decides nothing: verdicts are those that a test puts into it.

import type { Backend } from '../backend/backend.ts';
import type {
  AppState,
  Changed,
  Failure,
  ImportPreview,
  ImportRow,
  Intent,
  InvitationRow,
  InviteResult,
  MemberPage,
  MemberQuery,
  MemberRow,
  MemberView,
  PendingItem,
  PendingView,
  Permission,
  Role,
  RoleAnswer,
  RoleQuestion,
  Submitted,
  Verdict,
  WorkspaceView,
} from '../backend/types.ts';
import { PERMISSIONS } from '../backend/types.ts';
import { accountBackend, accountMore, changeAccount } from './memory/account.ts';
import { changeContents, contentsBackend } from './memory/contents.ts';
import { failure, type More, workspace } from './memory/core.ts';
import { diagnostics } from './memory/diagnostics.ts';
import { draftRow, everybodyBackend, everybodyMore } from './memory/everybody.ts';
import { historyBackend, historyMore } from './memory/history.ts';
import { inboxBackend } from './memory/inbox.ts';
import { changePeople } from './memory/people.ts';
import { changePlaces, PLANS, placesBackend } from './memory/places.ts';
import { planBackend } from './memory/plan.ts';
import { plansBackend, plansMore } from './memory/plans.ts';
import { reminderMore, remindersBackend } from './memory/reminders.ts';
import { changeReviews, reviewMore, reviewsBackend } from './memory/reviews.ts';
import { changeRoles, rolesBackend } from './memory/roles.ts';
import {
  ALLOWED,
  HIDDEN,
  item,
  member,
  NOW,
  options,
  permissionsOf,
  plain,
  workspaceRow,
  workspaceView,
} from './world.ts';

export { failure };

export interface Workspace {
  view: WorkspaceView;
  members: MemberRow[];
  invitations: InvitationRow[];
  admins: MemberPage['account_admins'];
}

export interface Memory {
  state: AppState;
  workspaces: Workspace[];
  pending: PendingView;
  /** Verdicts of single members: key is the member's id. */
  verdicts: Map<string, Partial<Omit<MemberView, 'row'>>>;
  /** Verdicts of giving a role. */
  giving: Partial<Record<Role, Verdict>>;
  /** Failures that a call is to answer. */
  failures: Partial<Record<keyof Backend, Failure>>;
  /** What a submitted change is answered with, instead of being made. */
  answers: Submitted[];
  /** What a file is read as. */
  file: ImportPreview | null;
  invited: InviteResult | null;
  /** What is answered when a refused change is made again. */
  applied: Submitted;
  /** Every call, in order. */
  /** Accounts, the bin, groups, contents and the rest (memory/core.ts). */
  more: More;
  calls: { name: string; args: unknown[] }[];
  emit: (changed: Partial<Changed>) => void;
  backend: Backend;
}

const ME = { id: 'l1', name: 'Alex Meyer', address: 'alex@larch.example' };

function signedIn(): AppState {
  return {
    phase: 'ready',
    problem: null,
    server: 'http://127.0.0.1:8471',
    me: {
      ...ME,
      verified: [ME.address],
      inbox: 0,
      mail: true,
      accounts: [{ id: 'a1', name: 'Larch Agency', scheme: 'managed' }],
    },
    connection: {
      state: 'online',
      last_contact: Date.now() - 60_000,
      offline_since: null,
      next_try: null,
      loading: null,
    },
    counts: { not_sent: 0, refused: 0, needs_you: 0 },
    only_here: { plans: 0, drafts: 0, reminders: 0 },
    copy: { leases: [], erased: false, rebuilt: null, saved: null, lost: null },
    last_workspace: 'w1',
    version: '0.1.0',
  };
}

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
  const inLabel = query.label === null || row.labels.includes(query.label);
  return wanted && inText && inRoles && inLabel;
}

const SORTS: Record<MemberQuery['sort'], (row: MemberRow) => string> = {
  name: (row) => row.name,
  address: (row) => row.address,
  role: (row) => row.roles.join(),
  status: (row) => row.state,
  joined: (row) => String(1e15 - row.joined),
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

const WHAT: Partial<
  Record<
    Intent['intent'],
    (row: MemberRow, intent: Intent) => [PendingItem['what'], Partial<MemberRow>]
  >
> = {
  set_roles: (row, intent) => {
    const roles = intent.intent === 'set_roles' ? intent.roles : [];
    return [
      { what: 'roles', person: row.name, was: row.roles, roles },
      { roles, roles_were: row.roles },
    ];
  },
  suspend: (row) => [
    { what: 'suspend', person: row.name },
    { state: 'suspended', state_was: row.state },
  ],
  resume: (row) => [
    { what: 'resume', person: row.name },
    { state: 'active', state_was: row.state },
  ],
  set_end: (row, intent) => [
    { what: 'other', command: 'member.end.set/1', name: row.name },
    { until: intent.intent === 'set_end' ? intent.end : null },
  ],
  label_member: (row, intent) => [
    { what: 'other', command: 'member.labels.set/1', name: row.name },
    { labels: intent.intent === 'label_member' ? intent.labels : [] },
  ],
  note_member: (row) => [{ what: 'other', command: 'member.note.set/1', name: row.name }, {}],
  remove: (row) => [
    { what: 'remove', person: row.name },
    { state: 'removed', state_was: row.state },
  ],
};

function change(memory: Memory, intent: Intent): Submitted {
  const given = memory.answers.shift();
  if (given !== undefined) return given;
  const offline = memory.state.connection.state === 'offline';
  if ('member' in intent) {
    const at = workspace(memory, intent.workspace);
    const row = at.members.find((one) => one.id === intent.member);
    const made = row === undefined ? undefined : WHAT[intent.intent]?.(row, intent);
    if (row === undefined || made === undefined) throw failure('not_found');
    const n = memory.pending.not_sent.length + memory.pending.sent.length + 1;
    const next: MemberRow = { ...row, ...made[1], mark: offline ? 'not_sent' : 'none' };
    if (!offline) Object.assign(next, { roles_were: null, state_was: null });
    at.members = at.members.map((one) => (one.id === row.id ? next : one));
    if (intent.intent === 'note_member') {
      memory.verdicts.set(row.id, { ...memory.verdicts.get(row.id), note: intent.note });
    }
    if (!offline) memory.emit({ rosters: [intent.workspace] });
    if (!offline) return { result: 'applied', created: null };
    memory.pending.not_sent.push(
      item(n, { what: made[0], workspace: intent.workspace, workspace_name: at.view.row.name }),
    );
    memory.state = {
      ...memory.state,
      counts: { ...memory.state.counts, not_sent: memory.pending.not_sent.length },
    };
    memory.emit({ state: true, pending: true, rosters: [intent.workspace] });
    return { result: 'queued', n };
  }
  if (intent.intent === 'rename_workspace') {
    const at = workspace(memory, intent.workspace);
    const { row } = at.view;
    at.view = { ...at.view, row: { ...row, name: intent.name, was: offline ? row.name : null } };
    memory.emit({ workspaces: true, rosters: [intent.workspace] });
    return offline ? { result: 'queued', n: 99 } : { result: 'applied', created: null };
  }
  if (intent.intent === 'create_workspace') {
    if (offline) return { result: 'needs_connection', sentence: 'offline.online_only' };
    if (intent.plan === null) {
      return { result: 'refused', reason: { code: 'plan.choose', rule: 'V-8', params: {} } };
    }
    const id = memory.workspaces.length + 1;
    memory.workspaces.push(place(id, intent.name, 1, { plan: intent.plan, my_roles: ['owner'] }));
    memory.emit({ workspaces: true });
    return { result: 'applied', created: `w${id}` };
  }
  if (offline && intent.intent !== 'label_workspace' && intent.intent !== 'decide_review') {
    return { result: 'needs_connection', sentence: 'offline.online_only' };
  }
  for (const subject of [
    changeReviews,
    changePeople,
    changeRoles,
    changePlaces,
    changeContents,
    changeAccount,
  ]) {
    const made = subject(memory, intent);
    if (made !== null) return { result: 'applied', created: made.created };
  }
  return { result: 'applied', created: null };
}

const EMPTY_COUNTS: ImportPreview['counts'] = {
  ready: 0,
  members: 0,
  invited: 0,
  look: 0,
  left_out: 0,
  repeated: 0,
};

/** A preview over rows that a test names. */
export function preview(rows: ImportRow[], more: Partial<ImportPreview> = {}): ImportPreview {
  const counts = { ...EMPTY_COUNTS };
  const group = { member: 'members', invited: 'invited' } as const;
  for (const row of rows) {
    const key =
      row.status === 'member' || row.status === 'invited' ? group[row.status] : row.status;
    counts[key] += 1;
  }
  return {
    format: 'pasted',
    columns: [],
    address_column: null,
    name_column: null,
    lines: rows.length,
    counts,
    rows,
    ...more,
  };
}

export function line(number: number, address: string, more: Partial<ImportRow> = {}): ImportRow {
  return {
    line: number,
    address,
    name: null,
    external: false,
    status: 'ready',
    reason: null,
    roles: [],
    former: [],
    former_until: null,
    ...more,
  };
}

function readText(memory: Memory, at: string, source: string): ImportPreview {
  const { members } = workspace(memory, at);
  const seen = new Set<string>();
  const rows = source
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((raw, index): ImportRow => {
      const address = raw.toLowerCase();
      const here = members.find((row) => row.address === address);
      if (here !== undefined)
        return line(index + 1, address, { status: 'member', roles: here.roles });
      if (!/^[^@]+@[^@]+\.[^@]+$/.test(address)) {
        return line(index + 1, raw, { status: 'look', reason: 'not_an_address' });
      }
      if (seen.has(address))
        return line(index + 1, address, { status: 'repeated', reason: 'repeat' });
      seen.add(address);
      return line(index + 1, address);
    });
  return preview(rows);
}

/** A world of its own for one test. */
export function createMemory(): Memory {
  const listeners = new Set<(changed: Changed) => void>();
  const memory: Memory = {
    state: signedIn(),
    workspaces: [
      place(1, 'Northwind Retail', 40),
      place(2, 'Acme Health', 6, { my_roles: ['owner'], owners: 1 }),
      place(3, 'Alex’s workspace', 1, {
        kind: 'personal',
        my_roles: ['owner'],
        owners: 1,
        plan: 'basic',
        account_name: 'Alex Meyer',
      }),
      place(4, 'Blue Lake Travel', 30, { my_roles: ['read'], owners: null }),
    ],
    pending: { not_sent: [], refused: [], sent: [] },
    verdicts: new Map(),
    giving: {},
    failures: {},
    answers: [],
    file: null,
    invited: null,
    applied: { result: 'applied', created: null },
    calls: [],
    more: {
      ...accountMore(),
      ...everybodyMore(),
      ...plansMore(),
      ...historyMore(),
      ...reviewMore(),
      reminders: reminderMore(),
      bin: [],
      offers: [],
      inbox: [],
      link: null,
      plans: [...PLANS],
      contents: new Map(),
      transfer: null,
      roles: {},
      proof: null,
      plan: null,
      opened: [],
      planned: new Map(),
    },
    emit: (changed) => {
      const whole: Changed = {
        state: false,
        workspaces: false,
        rosters: [],
        accounts: false,
        left: [],
        pending: false,
        ...changed,
      };
      for (const one of listeners) one(whole);
    },
    backend: undefined as unknown as Backend,
  };
  memory.backend = recorded(memory, backend(memory, listeners));
  return memory;
}

// Every call is written down, answers later, and fails where a test says so.
function recorded(memory: Memory, inner: Backend): Backend {
  const outer: Partial<Record<keyof Backend, unknown>> = {
    onChanged: inner.onChanged,
    onPlace: inner.onPlace,
  };
  for (const name of Object.keys(inner) as (keyof Backend)[]) {
    if (name === 'onChanged' || name === 'onPlace') continue;
    outer[name] = async (...args: unknown[]) => {
      memory.calls.push({ name, args });
      const no = memory.failures[name];
      if (no !== undefined) throw no;
      return (inner[name] as (...some: unknown[]) => unknown)(...args);
    };
  }
  return outer as Backend;
}

function backend(memory: Memory, listeners: Set<(changed: Changed) => void>): Backend {
  const settle = (list: 'not_sent' | 'refused', n: number) => {
    memory.pending[list] = memory.pending[list].filter((one) => one.n !== n);
    memory.state = {
      ...memory.state,
      counts: {
        not_sent: memory.pending.not_sent.length,
        refused: memory.pending.refused.length,
        needs_you: 0,
      },
    };
    memory.emit({
      state: true,
      pending: true,
      rosters: memory.workspaces.map((one) => one.view.row.id),
    });
    return null;
  };
  const enter = () => {
    memory.state = signedIn();
    return memory.state;
  };
  return {
    ...accountBackend(memory),
    ...contentsBackend(memory),
    ...everybodyBackend(memory),
    ...historyBackend(memory),
    ...inboxBackend(memory),
    ...placesBackend(memory),
    ...remindersBackend(memory),
    ...planBackend(memory, (intent) => change(memory, intent)),
    ...plansBackend(
      memory,
      (intents) => memory.backend.plan(intents),
      (intent) => change(memory, intent),
    ),
    ...reviewsBackend(memory, (intent) => change(memory, intent)),
    ...rolesBackend(memory),
    appState: async () => memory.state,
    checkServer: async () => 'Larch',
    signUp: async () => enter(),
    signIn: async () => enter(),
    diagnostics: async () => diagnostics(memory.state),
    lostRead: async () => {
      memory.state = { ...memory.state, copy: { ...memory.state.copy, lost: null } };
      return memory.state;
    },
    putOutboxAside: async (typed) => {
      if (typed !== ME.address) throw failure('bad_request');
      memory.state = signedIn();
      return memory.state;
    },
    signOut: async (unsent) => {
      const { counts, only_here } = memory.state;
      if (unsent === 'keep' && counts.not_sent > 0) throw failure('signout.unsent');
      if (unsent === 'keep' && Object.values(only_here).some((n) => n > 0))
        throw failure('signout.only_here');
      memory.state = { ...memory.state, phase: 'signed_out', me: null };
      return memory.state;
    },
    invitationLook: async () => ({
      server: 'http://127.0.0.1:8471',
      address: 'luis@northwind.example',
      workspace_name: 'Northwind Retail',
      account_name: 'Larch Agency',
      scheme: 'managed',
      roles: ['content_manager'],
      own_names: [],
      inviter_name: 'Ana Marques',
      message: null,
      expires: NOW + 7 * 86_400_000,
    }),
    invitationAccept: async () => 'w2',
    workspace: async (id) => workspace(memory, id).view,
    workspaceOpened: async (id) => {
      memory.more.opened = [id, ...memory.more.opened.filter((one) => one !== id)];
      return null;
    },
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
    submit: async (intent) => change(memory, intent),
    invitations: async (at, offset, limit) => {
      const { invitations } = workspace(memory, at);
      const isOpen = (row: InvitationRow) => !['declined', 'accepted'].includes(row.state);
      const rows = invitations.slice(offset, offset + limit);
      return { total: invitations.length, open: invitations.filter(isOpen).length, rows };
    },
    invitationLink: async () => ({
      link: 'muster://127.0.0.1:8471/invitation/7YB2-Q0KD-4MZR-XH31',
      code: '7YB2-Q0KD-4MZR-XH31',
    }),
    importText: async (at, source) => readText(memory, at, source),
    importFile: async (_at, _content, address, name) => {
      if (memory.file === null) throw failure('import.no_addresses');
      return {
        ...memory.file,
        address_column: address ?? memory.file.address_column,
        name_column: name ?? memory.file.name_column,
      };
    },
    invite: async ({ people, workspace, roles, message }) => {
      if (memory.state.connection.state !== 'offline') {
        return memory.invited ?? { sent: people.length, unanswered: 0, drafted: 0, refused: [] };
      }
      const drafts = people.map((one, n) => draftRow(n, { ...one, workspace, roles, message }));
      memory.more.drafts = [...memory.more.drafts, ...drafts];
      return { sent: 0, unanswered: 0, drafted: drafts.length, refused: [] };
    },
    pending: async () => ({ ...memory.pending }),
    pendingUndo: async (n) => settle('not_sent', n),
    pendingDiscard: async (n) => settle('refused', n),
    pendingApply: async (n) => {
      if (memory.applied.result === 'applied') await settle('refused', n);
      return memory.applied;
    },
    sendNow: async () => memory.state.connection,
    windowReady: async () => null,
    windowOpen: async () => null,
    windowInFront: async () => true,
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
