// What can be done with the selected people. It replaces the filter line; it never floats.

import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import type { MemberTask } from './MemberActions.tsx';
import styles from './member.module.css';
import type { Selection } from './Roster.tsx';

interface LineProps {
  selection: Selection;
  all: boolean;
  onTask: (task: MemberTask) => void;
}

export function SelectionLine({ selection, all, onTask }: LineProps) {
  const members = [...selection.ids];
  const n = members.length;
  return (
    <div className={styles.selected} role="toolbar" aria-label={t('selection.label')}>
      <span className={styles.selectedText}>
        {t(all ? 'selection.all' : 'selection.some', { n, shown: count(n) })}
      </span>
      <Button onClick={() => onTask({ task: 'role', members })}>{t('member.change_role')}</Button>
      <Button onClick={() => onTask({ task: 'suspend', members })}>{t('member.suspend')}</Button>
      <Button onClick={() => onTask({ task: 'remove', members })}>{t('member.remove')}</Button>
      <Button look="quiet" onClick={selection.clear}>
        {t('selection.clear')}
      </Button>
    </div>
  );
}
