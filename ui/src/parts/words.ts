// Short phrases that several screens say in the same way.

import type { Mark, MemberRow, PendingItem, PendingWhat, WorkspaceRow } from '../backend/types.ts';
import { roles } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';

/** My role in a workspace, for the switcher and the Workspaces page. */
export function workspaceRoles(row: WorkspaceRow): string {
  if (row.my_roles.length === 0) return t('role.account_admin');
  const own = roles(row.my_roles);
  return row.account_admin ? t('role.with_account_admin', { roles: own }) : own;
}

/** A person's name; without one, the address. */
export function personName(row: Pick<MemberRow, 'name' | 'address'>): string {
  return row.name === '' ? row.address : row.name;
}

/** What the margin says aloud. */
export function markName(mark: Mark): string {
  return mark === 'none' ? '' : t(`mark.${mark}`);
}

function whatValues(what: PendingWhat): Record<string, string> {
  switch (what.what) {
    case 'create':
      return { name: what.name };
    case 'rename':
      return { was: what.was, name: what.name };
    case 'roles':
      return { name: what.person, was: roles(what.was), now: roles(what.roles) };
    case 'suspend':
    case 'resume':
    case 'remove':
      return { name: what.person };
    case 'invite':
      return { address: what.address, role: roles(what.roles) };
    case 'resend':
    case 'revoke':
      return { address: what.address };
    case 'delete':
    case 'leave':
    case 'unreadable':
      return {};
  }
}

/** A change as id and values of its sentence. */
export function changeText(item: PendingItem): { id: string; values: Record<string, string> } {
  return {
    id: `change.${item.what.what}`,
    values: { workspace: item.workspace_name, ...whatValues(item.what) },
  };
}
