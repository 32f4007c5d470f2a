// What can be done with several people at once: the change of each, and what is said when it is
// done.

import type { End, Intent, Role } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';

export type BulkWhat = 'role' | 'suspend' | 'remove' | 'end';

/** What is to be changed, as far as it was said. */
export interface BulkDraft {
  roles: readonly Role[];
  end: End | null;
  reason: string | null;
}

/** The change of one member; null while it is not yet said what to change. */
export function intentOf(
  what: BulkWhat,
  workspace: string,
  member: string,
  draft: BulkDraft,
): Intent | null {
  const { reason } = draft;
  switch (what) {
    case 'role':
      if (draft.roles.length === 0) return null;
      return { intent: 'set_roles', workspace, member, roles: [...draft.roles], reason };
    case 'end':
      return draft.end === null ? null : { intent: 'set_end', workspace, member, end: draft.end };
    case 'suspend':
    case 'remove':
      return { intent: what, workspace, member, reason };
  }
}

export function doneText(what: BulkWhat, n: number): string {
  const id = { role: 'notice.role_many', end: 'notice.end_many' } as const;
  return what === 'role' || what === 'end' ? t(id[what], { n }) : t(`notice.${what}`, { n });
}
