// Every address of the window, built in this one place (ui.md 3.3).

import type { MemberSort, MemberStatus, Role } from '../backend/types.ts';

export interface MembersSearch {
  q?: string;
  role?: Role[];
  label?: string;
  status?: MemberStatus;
  sort?: MemberSort;
  desc?: true;
  open?: string;
}

/** What is changed in an address; `undefined` takes a part out. */
export type MembersChange = {
  [K in keyof MembersSearch]?: MembersSearch[K] | undefined;
};

export const ROUTES = {
  members: '/w/$workspace/members',
  invitations: '/w/$workspace/invitations',
  workspaces: '/workspaces',
  pending: '/pending',
} as const;

/** A page of one workspace, by which a switch stays on the same page (U-34). */
export type WorkspacePageName = 'members' | 'invitations';

export const paths = {
  home: () => ({ to: '/' }) as const,
  members: (workspace: string, search: MembersSearch = {}) =>
    ({ to: ROUTES.members, params: { workspace }, search }) as const,
  invitations: (workspace: string) => ({ to: ROUTES.invitations, params: { workspace } }) as const,
  workspaces: (search: { q?: string; create?: true } = {}) =>
    ({ to: ROUTES.workspaces, search }) as const,
  pending: () => ({ to: ROUTES.pending }) as const,
};

const STATUSES: readonly MemberStatus[] = ['present', 'active', 'suspended', 'ending', 'former'];
const SORTS: readonly MemberSort[] = ['name', 'address', 'role', 'status', 'joined'];

function known<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((one) => one === value);
}

/** Reads what an address says of the members page; what makes no sense is left out. */
export function readMembersSearch(raw: Record<string, unknown>): MembersSearch {
  const search: MembersSearch = {};
  if (typeof raw.q === 'string' && raw.q !== '') search.q = raw.q;
  if (Array.isArray(raw.role) && raw.role.length > 0) search.role = raw.role as Role[];
  if (typeof raw.label === 'string' && raw.label !== '') search.label = raw.label;
  const status = known(STATUSES, raw.status);
  if (status !== undefined && status !== 'present') search.status = status;
  const sort = known(SORTS, raw.sort);
  if (sort !== undefined && sort !== 'name') search.sort = sort;
  if (raw.desc === true) search.desc = true;
  if (typeof raw.open === 'string' && raw.open !== '') search.open = raw.open;
  return search;
}
