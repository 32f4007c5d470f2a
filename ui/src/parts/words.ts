// Short phrases that several screens say in the same way.

import type {
  MemberRow,
  OwnRoleName,
  PendingItem,
  PendingWhat,
  WorkspaceRow,
  WorkspaceView,
} from '../backend/types.ts';
import { roles } from '../i18n/format.ts';
import { hasText, t, type Values } from '../i18n/text.tsx';
import type { MarginMark } from './MarkSign.tsx';

/** The names of a workspace's own roles by their keys, as `role` and `KnownValues` take them. */
export function ownNames(view: WorkspaceView | undefined): Values {
  return Object.fromEntries((view?.own_roles ?? []).map((one) => [one.key, one.name]));
}

/** The names that roles of a workspace's own had, by their keys. */
export function namesThen(own: readonly OwnRoleName[] | undefined): Values {
  return Object.fromEntries((own ?? []).map((one) => [one.role, one.name]));
}

/** The same values without the names of one workspace's own roles, for another workspace. */
export function withoutOwnRoles(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith('own:')));
}

/** My role in a workspace, for the switcher and the Workspaces page. */
export function workspaceRoles(row: WorkspaceRow, names: Values = {}): string {
  if (row.my_roles.length === 0) return t('role.account_admin');
  const own = roles(row.my_roles, names);
  return row.account_admin ? t('role.with_account_admin', { roles: own }) : own;
}

/** A person's name; without one, the address. */
export function personName(row: Pick<MemberRow, 'name' | 'address'>): string {
  return row.name === '' ? row.address : row.name;
}

/** What the margin says aloud. */
export function markName(mark: MarginMark): string {
  return mark === 'none' ? '' : t(`mark.${mark}`);
}

function whatValues(what: PendingWhat, names: Values): Record<string, string> {
  switch (what.what) {
    case 'create':
      return { name: what.name };
    case 'rename':
      return { was: what.was, name: what.name };
    case 'roles':
      return { name: what.person, was: roles(what.was, names), now: roles(what.roles, names) };
    case 'suspend':
    case 'resume':
    case 'remove':
      return { name: what.person };
    case 'invite':
      return { address: what.address, role: roles(what.roles, names) };
    case 'resend':
    case 'revoke':
      return { address: what.address };
    case 'delete':
    case 'leave':
    case 'unreadable':
      return {};
    case 'other':
      return { name: what.name };
  }
}

/** A change as id and values of its sentence. */
export function changeText(
  item: PendingItem,
  names: Values = {},
): { id: string; values: Record<string, string> } {
  return {
    id: changeId(item.what),
    values: { workspace: item.workspace_name, ...whatValues(item.what, names) },
  };
}

// A command that has no sentence here was made by a newer version of the core.
function changeId(what: PendingWhat): string {
  if (what.what !== 'other') return `change.${what.what}`;
  const id = `command.${what.command.replace(/\/\d+$/, '')}`;
  return hasText(id) ? id : 'change.other';
}
