// What a change of several people begins with: what it does, or the role that it gives.

import { useQuery } from '@tanstack/react-query';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import type { Role, WorkspaceView } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { ReasonLine, useKnown } from '../parts/Reason.tsx';
import { RoleChoice } from '../parts/RoleChoice.tsx';

interface EffectProps {
  what: 'suspend' | 'remove';
  n: number;
  workspace: string;
  offline: boolean;
}

export function BulkEffect({ what, n, workspace, offline }: EffectProps) {
  const known = useKnown();
  if (offline) {
    return (
      <ReasonLine
        sentence={{ id: 'offline.remove_many', values: known, rule: null }}
        tone="waits"
      />
    );
  }
  return (
    <p>
      <T id={`${what}.effect_many`} values={{ n, workspace }} />
    </p>
  );
}

interface RolesProps {
  view: WorkspaceView;
  members: string[];
  chosen: Role[];
  onChange: (roles: Role[]) => void;
}

export function BulkRoles({ view, members, chosen, onChange }: RolesProps) {
  const backend = useBackend();
  // The options are those of giving a role at all; each person's verdict is in the plan.
  const question = { workspace: view.row.id, members: members.slice(0, 1), roles: chosen };
  const { data: answer } = useQuery({
    queryKey: keys.roles(question),
    queryFn: () => backend.roleAnswer(question),
    placeholderData: (before) => before,
  });
  if (answer === undefined) return null;
  return (
    <RoleChoice
      options={answer.options}
      many={answer.many}
      chosen={chosen}
      label={t('role.choose')}
      showNow={false}
      onChange={onChange}
    />
  );
}
