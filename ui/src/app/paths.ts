// Every address of the window, built in this one place (ui.md 3.3).

import type {
  ContentKind,
  ContentSort,
  LastChange,
  MemberSort,
  MemberStatus,
  Plan,
  Role,
} from '../backend/types.ts';
import type {
  CompareSearch,
  HistorySearch,
  PeopleSearch,
  RevertSearch,
  ReviewSearch,
  ReviewsSearch,
} from './searches.ts';

export interface MembersSearch {
  q?: string;
  role?: Role[];
  label?: string;
  /** By when they last changed anything here. */
  changed?: LastChange;
  status?: MemberStatus;
  sort?: MemberSort;
  desc?: true;
  open?: string;
  /** The moment at which the roster is looked at; without one it is now. */
  at?: number;
  /** A dialog that a way out leads to. */
  task?: MembersTask;
}

/** What the members page can be asked to open. */
export type MembersTask = 'successor' | 'role' | 'suspend' | 'remove' | 'invite';

/** What is changed in an address; `undefined` takes a part out. */
export type MembersChange = {
  [K in keyof MembersSearch]?: MembersSearch[K] | undefined;
};

/** What an address says of the Workspaces page. */
export interface WorkspacesSearch {
  q?: string;
  account?: string;
  label?: string;
  plan?: Plan;
  one?: true;
  group?: WorkspaceGrouping;
  create?: true;
}

/** What the workspaces are grouped by (V-12). */
export type WorkspaceGrouping = 'account' | 'label' | 'plan';

/** A part of a workspace's settings. */
export type SettingsTab = 'general' | 'plan' | 'transfer' | 'end';

/** What an address says of an account's page. */
export interface AccountSearch {
  /** Adding an Account Admin is asked for. */
  add?: true;
}

/** What an address says of a list of records. */
export interface ContentsSearch {
  q?: string;
  sort?: ContentSort;
  desc?: true;
  open?: string;
}

export const ROUTES = {
  members: '/w/$workspace/members',
  invitations: '/w/$workspace/invitations',
  roles: '/w/$workspace/roles',
  home: '/home',
  first: '/first',
  workspaces: '/workspaces',
  pending: '/pending',
  bin: '/bin',
  settings: '/w/$workspace/settings',
  contents: '/w/$workspace/contents/$kind',
  reviews: '/w/$workspace/reviews',
  review: '/w/$workspace/reviews/$review',
  history: '/w/$workspace/history',
  compare: '/w/$workspace/compare',
  revert: '/w/$workspace/revert',
  access: '/w/$workspace/access',
  plans: '/plans',
  plan: '/plans/$plan',
  people: '/people',
  person: '/people/$login',
  leaver: '/people/$login/leaver',
  continuity: '/continuity',
  manage: '/account',
  diagnostics: '/diagnostics',
  account: '/account/$account',
  group: '/account/$account/groups/$group',
  scheme: '/account/$account/scheme',
  leaveAccount: '/account/$account/leave',
  deleteAccount: '/account/$account/delete',
  deleteSignIn: '/account/sign-in',
} as const;

/** A page of one workspace, by which a switch stays on the same page (U-34). */
export type WorkspacePageName = 'members' | 'invitations';

export const paths = {
  home: () => ({ to: '/' }) as const,
  first: () => ({ to: ROUTES.first }) as const,
  digest: () => ({ to: ROUTES.home }) as const,
  members: (workspace: string, search: MembersSearch = {}) =>
    ({ to: ROUTES.members, params: { workspace }, search }) as const,
  roles: (workspace: string) => ({ to: ROUTES.roles, params: { workspace } }) as const,
  invitations: (workspace: string) => ({ to: ROUTES.invitations, params: { workspace } }) as const,
  workspaces: (search: WorkspacesSearch = {}) => ({ to: ROUTES.workspaces, search }) as const,
  pending: () => ({ to: ROUTES.pending }) as const,
  bin: () => ({ to: ROUTES.bin }) as const,
  diagnostics: () => ({ to: ROUTES.diagnostics }) as const,
  settings: (workspace: string, tab: SettingsTab = 'general') =>
    ({
      to: ROUTES.settings,
      params: { workspace },
      search: tab === 'general' ? {} : { tab },
    }) as const,
  contents: (workspace: string, kind: ContentKind, search: ContentsSearch = {}) =>
    ({ to: ROUTES.contents, params: { workspace, kind }, search }) as const,
  reviews: (workspace: string, search: ReviewsSearch = {}) =>
    ({ to: ROUTES.reviews, params: { workspace }, search }) as const,
  review: (workspace: string, review: string, search: ReviewSearch = {}) =>
    ({ to: ROUTES.review, params: { workspace, review }, search }) as const,
  history: (workspace: string, search: HistorySearch = {}) =>
    ({ to: ROUTES.history, params: { workspace }, search }) as const,
  compare: (workspace: string, search: CompareSearch = {}) =>
    ({ to: ROUTES.compare, params: { workspace }, search }) as const,
  revert: (workspace: string, search: RevertSearch) =>
    ({ to: ROUTES.revert, params: { workspace }, search }) as const,
  access: (workspace: string) => ({ to: ROUTES.access, params: { workspace } }) as const,
  plans: () => ({ to: ROUTES.plans }) as const,
  plan: (n: number) => ({ to: ROUTES.plan, params: { plan: String(n) } }) as const,
  people: (search: PeopleSearch = {}) => ({ to: ROUTES.people, search }) as const,
  person: (login: string) => ({ to: ROUTES.person, params: { login } }) as const,
  leaver: (login: string) => ({ to: ROUTES.leaver, params: { login } }) as const,
  continuity: () => ({ to: ROUTES.continuity }) as const,
  manage: () => ({ to: ROUTES.manage }) as const,
  account: (account: string, search: AccountSearch = {}) =>
    ({ to: ROUTES.account, params: { account }, search }) as const,
  group: (account: string, group: string) =>
    ({ to: ROUTES.group, params: { account, group } }) as const,
  scheme: (account: string) => ({ to: ROUTES.scheme, params: { account } }) as const,
  leaveAccount: (account: string) => ({ to: ROUTES.leaveAccount, params: { account } }) as const,
  deleteAccount: (account: string) => ({ to: ROUTES.deleteAccount, params: { account } }) as const,
  deleteSignIn: () => ({ to: ROUTES.deleteSignIn }) as const,
};

const STATUSES: readonly MemberStatus[] = ['present', 'active', 'suspended', 'ending', 'former'];
const SORTS: readonly MemberSort[] = ['name', 'address', 'role', 'status', 'joined', 'changed'];

/** What the roster can be narrowed to by when people last changed anything. */
export const LAST_CHANGES: readonly LastChange[] = [
  'lately',
  'not_for_thirty',
  'not_for_ninety',
  'never',
];

const MEMBER_TASKS: readonly MembersTask[] = ['successor', 'role', 'suspend', 'remove', 'invite'];

function known<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}

/** Reads what an address says of the members page; what makes no sense is left out. */
export function readMembersSearch(raw: Record<string, unknown>): MembersSearch {
  const search: MembersSearch = {};
  if (typeof raw.q === 'string' && raw.q !== '') search.q = raw.q;
  if (Array.isArray(raw.role) && raw.role.length > 0) search.role = raw.role as Role[];
  if (typeof raw.label === 'string' && raw.label !== '') search.label = raw.label;
  const changed = known(LAST_CHANGES, raw.changed);
  if (changed !== undefined) search.changed = changed;
  const status = known(STATUSES, raw.status);
  if (status !== undefined && status !== 'present') search.status = status;
  const sort = known(SORTS, raw.sort);
  if (sort !== undefined && sort !== 'name') search.sort = sort;
  if (raw.desc === true) search.desc = true;
  if (typeof raw.open === 'string' && raw.open !== '') search.open = raw.open;
  if (typeof raw.at === 'number' && Number.isFinite(raw.at)) search.at = raw.at;
  const task = known(MEMBER_TASKS, raw.task);
  if (task !== undefined) search.task = task;
  return search;
}

export const SETTINGS_TABS: readonly SettingsTab[] = ['general', 'plan', 'transfer', 'end'];
export const CONTENT_KINDS: readonly ContentKind[] = [
  'agent',
  'prompt',
  'knowledge',
  'integration',
  'channel',
  'conversation',
  'lead',
];
const GROUPINGS: readonly WorkspaceGrouping[] = ['account', 'label', 'plan'];
const PLANS: readonly Plan[] = ['basic', 'pro'];

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads what an address says of the Workspaces page. */
export function readWorkspacesSearch(raw: Record<string, unknown>): WorkspacesSearch {
  const search: WorkspacesSearch = {};
  const q = word(raw.q);
  if (q !== undefined) search.q = q;
  const account = word(raw.account);
  if (account !== undefined) search.account = account;
  const label = word(raw.label);
  if (label !== undefined) search.label = label;
  const plan = known(PLANS, raw.plan);
  if (plan !== undefined) search.plan = plan;
  if (raw.one === true) search.one = true;
  const group = known(GROUPINGS, raw.group);
  if (group !== undefined) search.group = group;
  if (raw.create === true) search.create = true;
  return search;
}

/** Reads which part of the settings an address names. */
export function readSettingsSearch(raw: Record<string, unknown>): { tab?: SettingsTab } {
  const tab = known(SETTINGS_TABS, raw.tab);
  return tab === undefined || tab === 'general' ? {} : { tab };
}

/** Reads what an address says of an account's page. */
export function readAccountSearch(raw: Record<string, unknown>): AccountSearch {
  return raw.add === true ? { add: true } : {};
}

/** The kind of records that an address names, if it is one. */
export function contentKind(raw: string): ContentKind | undefined {
  return known(CONTENT_KINDS, raw);
}

/** Reads what an address says of a list of records. */
export function readContentsSearch(raw: Record<string, unknown>): ContentsSearch {
  const search: ContentsSearch = {};
  const q = word(raw.q);
  if (q !== undefined) search.q = q;
  if (raw.sort === 'updated') search.sort = 'updated';
  if (raw.desc === true) search.desc = true;
  const open = word(raw.open);
  if (open !== undefined) search.open = open;
  return search;
}
