// Taking the last Workspace Admin away is allowed in an account whose admins reach every
// workspace, but never by accident (E-3): it is said what comes of it, with a way to name a
// successor first.

import { useNavigate } from '@tanstack/react-router';
import { useNotify } from '../app/notices.tsx';
import { paths } from '../app/paths.ts';
import type { MemberRow, WorkspaceView } from '../backend/types.ts';
import { role } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { ReasonLine, useKnown } from './Reason.tsx';

/** Whether this is the only Workspace Admin, as the core counts them. */
export function isLastAdmin(view: WorkspaceView, row: MemberRow): boolean {
  const admin = row.state === 'active' && row.roles.includes('workspace_admin');
  return view.row.scheme === 'managed' && admin && view.row.owners === 1;
}

/** Goes to the list, where somebody else can be given the role. */
export function useNameSuccessor(view: WorkspaceView): () => void {
  const navigate = useNavigate();
  const notify = useNotify();
  const owner = view.row.scheme === 'managed' ? 'workspace_admin' : 'owner';
  return () => {
    notify({ text: t('successor.how', { role: role(owner) }) });
    void navigate(paths.members(view.row.id));
  };
}

export function LastAdmin({ view, onLeave }: { view: WorkspaceView; onLeave: () => void }) {
  const known = useKnown({ workspace: view.row.name });
  const successor = useNameSuccessor(view);
  return (
    <ReasonLine
      sentence={{ id: 'r6.managed_last', values: known, rule: 'R6' }}
      tone="waits"
      ways={
        <Button
          look="link"
          onClick={() => {
            onLeave();
            successor();
          }}
        >
          {t('successor.name')}
        </Button>
      }
    />
  );
}
