// The account's name, changed in place.

import { useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import type { AccountPage } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './account.module.css';

export function RenameAccount({ view }: { view: AccountPage }) {
  const change = useChange();
  const [name, setName] = useState(view.row.name);
  const save = () => {
    const next = name.trim();
    if (next === '' || next === view.row.name) return;
    void change.run(
      { intent: 'rename_account', account: view.row.id, name: next },
      t('notice.rename', { name: next }),
    );
  };
  return (
    <form
      className={styles.form}
      aria-label={t('account.name_title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (view.rename.verdict === 'allowed' || view.rename.verdict === 'unknown') save();
      }}
    >
      <TextField
        label={t('column.name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className={styles.row}>
        <VerdictButton verdict={view.rename} onPress={save}>
          {t('account.rename')}
        </VerdictButton>
      </div>
      {change.answer !== null && <AnswerLine answer={change.answer} known={{ name }} />}
    </form>
  );
}
