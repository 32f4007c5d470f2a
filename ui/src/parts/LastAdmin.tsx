// Taking the last Workspace Admin away is allowed in an account whose admins reach every
// workspace, but never by accident (E-3): it is said what comes of it, with a way to name a
// successor first.

import type { MemberRow, WorkspaceView } from '../backend/types.ts';
import { ReasonLine, useKnown } from './Reason.tsx';

/** Whether this is the only Workspace Admin, as the core counts them. */
export function isLastAdmin(view: WorkspaceView, row: MemberRow): boolean {
  const admin = row.state === 'active' && row.roles.includes('workspace_admin');
  return view.row.scheme === 'managed' && admin && view.row.owners === 1;
}

/** What comes of it, with the way to name somebody first. */
export function LastAdmin({ view }: { view: WorkspaceView }) {
  const known = useKnown({ workspace: view.row.name });
  const about = { workspace: view.row.id, account: view.row.account };
  return (
    <ReasonLine
      sentence={{ id: 'r6.managed_last', values: known, rule: 'R6', about }}
      tone="waits"
    />
  );
}
