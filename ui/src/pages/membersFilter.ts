// What the members page asks the core for, from what its address says.

import type { MemberFilter } from '../app/keys.ts';
import type { MembersSearch } from '../app/paths.ts';

export function membersFilter(workspace: string, search: MembersSearch): MemberFilter {
  return {
    workspace,
    text: search.q ?? '',
    roles: search.role ?? [],
    label: search.label ?? null,
    changed: search.changed ?? null,
    status: search.status ?? 'present',
    sort: search.sort ?? 'name',
    descending: search.desc === true,
  };
}
