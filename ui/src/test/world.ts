// Data for the window's tests: an agency and a person of their own, made by counting, so that
// every run has the same.

import type {
  BuiltInRole,
  MemberRow,
  PendingItem,
  Permission,
  Reason,
  Role,
  RoleOption,
  Scheme,
  Verdict,
  WorkspaceRow,
  WorkspaceView,
} from '../backend/types.ts';
import { PERMISSIONS } from '../backend/types.ts';
import { SCHEME_ROLES } from '../parts/schemes.ts';

export const NOW = Date.UTC(2026, 10, 20, 10, 42);

const FIRST = 'Adaeze Alejandro Björk Chen Dmitri Eleni Farah Gustav Hana Ines Jonas Kemi'.split(
  ' ',
);
const LAST =
  'Okafor Ruiz Lindqvist Wei Sokolov Papadaki Haddad Berg Tanaka Duarte Weber Adeyemi'.split(' ');

export const ALLOWED: Verdict = { verdict: 'allowed' };
export const HIDDEN: Verdict = { verdict: 'hidden' };

export function refused(
  code: Reason['code'],
  rule: string,
  params: Reason['params'] = {},
): Verdict {
  return { verdict: 'refused', reason: { code, rule, params } };
}

export function text(value: string): { type: 'text'; value: string } {
  return { type: 'text', value };
}

function letters(name: string): string {
  const words = name.split(' ');
  return `${words[0]?.[0] ?? ''}${words.at(-1)?.[0] ?? ''}`.toUpperCase();
}

/** The permissions of each role, as the rule book prints them. */
export const ROLE_PERMISSIONS: Record<BuiltInRole, readonly Permission[]> = (() => {
  const look: Permission[] = [
    'ws.view',
    'member.view',
    'agent.view',
    'knowledge.view',
    'conversation.view',
    'lead.view',
    'chat.use',
  ];
  const agents: Permission[] = ['agent.edit', 'prompt.edit', 'integration.edit', 'channel.edit'];
  const manage: Permission[] = [
    'ws.rename',
    'ws.settings',
    'member.manage',
    'audit.view',
    'review.run',
    'export.run',
  ];
  return {
    owner: PERMISSIONS,
    workspace_admin: PERMISSIONS,
    admin: [...look, ...agents, 'knowledge.edit', ...manage],
    write: [...look, ...agents, 'knowledge.edit'],
    read: look,
    agent_manager: [...look, ...agents],
    content_manager: [...look, 'knowledge.edit'],
    billing_admin: ['ws.view', 'billing.view', 'billing.manage'],
    chat_user: ['chat.use'],
  };
})();

/** The permissions of a role, a workspace's own one as the workspace tells them. */
export function permissionsOf(role: Role, view?: WorkspaceView): readonly Permission[] {
  const own = view?.own_roles.find((one) => one.key === role);
  return own?.permissions ?? ROLE_PERMISSIONS[role as BuiltInRole] ?? [];
}

/** As the search reads words: without accents and capitals. */
export function plain(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function member(index: number, scheme: Scheme, workspace: string): MemberRow {
  const first = FIRST[index % FIRST.length] ?? '';
  const last = LAST[Math.floor(index / FIRST.length) % LAST.length] ?? '';
  const round = Math.floor(index / (FIRST.length * LAST.length));
  const name = round === 0 ? `${first} ${last}` : `${first} ${last} ${round}`;
  const offered = SCHEME_ROLES[scheme];
  const role = offered[index === 0 ? 0 : 1 + (index % (offered.length - 1))] ?? 'read';
  return {
    id: `${workspace}-m${index}`,
    name,
    address: `${first}.${last}${round || ''}@northwind.example`.toLowerCase(),
    letters: letters(`${first} ${last}`),
    roles: [role],
    roles_were: null,
    state: index % 17 === 16 ? 'suspended' : 'active',
    state_was: null,
    joined: NOW - (index + 3) * 5 * 86_400_000,
    ended: null,
    ended_by: null,
    until: null,
    labels: [],
    note: '',
    last_change: null,
    grouped: false,
    given_by: 'Ana Marques',
    me: false,
    mark: 'none',
  };
}

export function workspaceRow(
  index: number,
  name: string,
  more: Partial<WorkspaceRow> = {},
): WorkspaceRow {
  return {
    id: `w${index}`,
    name,
    was: null,
    account: 'a1',
    account_name: 'Larch Agency',
    same_name: false,
    scheme: 'owner_led',
    kind: 'standard',
    plan: index % 2 === 0 ? 'pro' : 'basic',
    my_roles: ['admin'],
    account_admin: false,
    people: 1_284,
    owners: 2,
    colour: index % 12,
    letters: letters(name),
    not_sent: 0,
    refused: 0,
    needs_you: 0,
    loaded: true,
    locked: false,
    labels: [],
    plan_ended: false,
    over: 0,
    hidden: false,
    pinned: null,
    offered_to: null,
    offered_to_name: null,
    ends: null,
    ...more,
  };
}

export function workspaceView(row: WorkspaceRow, more: Partial<WorkspaceView> = {}): WorkspaceView {
  const permissions = [...new Set(row.my_roles.flatMap((role) => permissionsOf(role)))];
  const manages = permissions.includes('member.manage');
  const sees = permissions.includes('member.view');
  return {
    row,
    permissions,
    reasoned: [],
    sees_members: sees,
    sees_invitations: manages,
    rename: manages ? ALLOWED : HIDDEN,
    delete: permissions.includes('ws.delete') ? ALLOWED : HIDDEN,
    leave: ALLOWED,
    invite: manages ? ALLOWED : HIDDEN,
    invitations: manages ? 12 : null,
    seats_free: row.plan === 'basic' ? 16 : null,
    own_roles: [],
    contents: [],
    label: manages ? ALLOWED : HIDDEN,
    billing: permissions.includes('billing.manage') ? ALLOWED : HIDDEN,
    offer: HIDDEN,
    billing_names: ['Adaeze Okafor'],
    member_labels: [],
    ...more,
  };
}

export function options(
  view: WorkspaceView,
  held: readonly Role[],
  verdicts: Partial<Record<Role, Verdict>>,
): RoleOption[] {
  const own: Role[] = view.own_roles.map((one) => one.key);
  return [...SCHEME_ROLES[view.row.scheme], ...own].map((role) => ({
    role,
    name: view.own_roles.find((one) => one.key === role)?.name ?? null,
    permissions: [...permissionsOf(role, view)],
    now: held.includes(role),
    verdict: verdicts[role] ?? ALLOWED,
  }));
}

export function item(n: number, more: Partial<PendingItem> = {}): PendingItem {
  return {
    n,
    what: { what: 'remove', person: 'Eleni Papadaki' },
    workspace: 'w1',
    workspace_name: 'Northwind Retail',
    made: NOW - 20 * 60_000,
    expected: ALLOWED,
    outcome: null,
    sending: false,
    ...more,
  };
}
