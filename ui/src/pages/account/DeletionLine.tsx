// An account that is going to be deleted says so on its pages, with the ways to take that back
// (E-16) and, where it takes a second Account Admin, to be that one (E-14).

import { useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import type { AccountPage, DeletionView } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { date, whole } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import styles from './account.module.css';

export function DeletionLine({ view }: { view: AccountPage }) {
  return view.deletion === null ? null : <Line view={view} deletion={view.deletion} />;
}

function Line({ view, deletion }: { view: AccountPage; deletion: DeletionView }) {
  const change = useChange();
  const [asked, setAsked] = useState(false);
  const { id: account, name } = view.row;
  const day = date(deletion.at);
  const withdraw = () =>
    change.run({ intent: 'withdraw_deletion', account }, t('notice.withdraw_deletion', { name }));
  const confirm = async () => {
    await change.run(
      { intent: 'confirm_deletion', account },
      t('notice.confirm_deletion', { name, date: day }),
    );
    setAsked(false);
  };
  return (
    <div className={styles.banner} role="status">
      <p>
        <T
          id={deletion.waits ? 'account.deletion_waits_line' : 'account.deletion_set_line'}
          values={{ account: name, date: whole(deletion.at), who: deletion.by }}
        />
      </p>
      <VerdictButton verdict={view.confirm} onPress={() => setAsked(true)}>
        {t('account.confirm')}
      </VerdictButton>
      <VerdictButton verdict={view.withdraw} onPress={() => void withdraw()}>
        {t('account.withdraw')}
      </VerdictButton>
      {change.answer !== null && <AnswerLine answer={change.answer} />}
      {asked && (
        <ConfirmDialog
          title={<T id="account.confirm_ask" values={{ account: name }} />}
          text={t('account.confirm_effect', { date: day })}
          keep={t('account.confirm_keep')}
          action={t('account.confirm_action', { account: name, date: day })}
          onClose={() => setAsked(false)}
          onConfirm={confirm}
        />
      )}
    </div>
  );
}
