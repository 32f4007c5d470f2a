// The actions of one record, under their verdicts.

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { contentQuery } from '../../app/contentState.ts';
import { useBackend } from '../../app/context.tsx';
import type { ContentRow, Verdict } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { useKnown } from '../../parts/Reason.tsx';
import { RefusableItem } from '../../parts/RefusableItem.tsx';
import { MenuAt, MenuItem } from '../../primitives/Menu.tsx';
import type { ContentTask } from './ContentTasks.tsx';

interface Props {
  workspace: string;
  row: ContentRow;
  at: Element;
  onClose: () => void;
  onOpen: () => void;
  onTask: (task: ContentTask) => void;
}

export function ContentMenu({ workspace, row, at, onClose, onOpen, onTask }: Props) {
  const backend = useBackend();
  const view = useQuery(contentQuery(backend, workspace, row.id)).data;
  const known = useKnown({ name: row.name });
  const ref = useMemo(() => ({ current: at }), [at]);
  if (view === undefined) return null;
  const item = (name: string, verdict: Verdict, task: 'edit' | 'delete') => (
    <RefusableItem
      name={name}
      verdict={verdict}
      known={known}
      onAction={() => onTask({ task, id: row.id, name: row.name })}
    />
  );
  return (
    <MenuAt at={ref} label={t('roster.more', { name: row.name })} onClose={onClose}>
      <MenuItem name={t('member.open')} onAction={onOpen} />
      {item(t('content.edit'), view.change, 'edit')}
      {item(t('content.delete'), view.delete, 'delete')}
    </MenuAt>
  );
}
