// What can be done with the selected people. It replaces the filter line; it never floats.

import type { BulkWhat } from '../forms/bulkChange.ts';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import type { MemberTask } from './MemberActions.tsx';
import styles from './member.module.css';
import type { Selection } from './rosterProps.ts';

interface LineProps {
  selection: Selection;
  all: boolean;
  onTask: (task: MemberTask) => void;
}

const BULK: readonly BulkWhat[] = ['role', 'suspend', 'remove', 'end'];
const NAMES = {
  role: 'change_role',
  suspend: 'suspend',
  remove: 'remove',
  end: 'set_end',
} as const;

export function SelectionLine({ selection, all, onTask }: LineProps) {
  const members = [...selection.ids];
  const n = members.length;
  return (
    <div className={styles.selected} role="toolbar" aria-label={t('selection.label')}>
      <span className={styles.selectedText}>
        {t(all ? 'selection.all' : 'selection.some', { n, shown: count(n) })}
      </span>
      {BULK.map((what) => (
        <Button key={what} onClick={() => onTask({ task: 'many', what, members })}>
          {t(`member.${NAMES[what]}`)}
        </Button>
      ))}
      <Button look="quiet" onClick={selection.clear}>
        {t('selection.clear')}
      </Button>
    </div>
  );
}
