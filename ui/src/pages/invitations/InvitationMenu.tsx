// The actions of one invitation, each with its verdict (ui.md 5.6).

import { useMemo } from 'react';
import type { InvitationRow } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { type InvitationTask, invitationActions } from '../../parts/invitationActions.ts';
import { useKnown } from '../../parts/Reason.tsx';
import { RefusableItem } from '../../parts/RefusableItem.tsx';
import { MenuAt } from '../../primitives/Menu.tsx';

interface MenuProps {
  row: InvitationRow;
  at: Element;
  offline: boolean;
  onClose: () => void;
  onTask: (task: InvitationTask) => void;
}

export function InvitationMenu({ row, at, offline, onClose, onTask }: MenuProps) {
  const ref = useMemo(() => ({ current: at }), [at]);
  const known = useKnown({ address: row.address, inviter: row.inviter });
  return (
    <MenuAt at={ref} label={t('roster.more', { name: row.address })} onClose={onClose}>
      {invitationActions(row, offline).map(({ task, name, verdict }) => (
        <RefusableItem
          key={task}
          name={name}
          verdict={verdict ?? undefined}
          known={known}
          onAction={() => onTask(task)}
        />
      ))}
    </MenuAt>
  );
}
