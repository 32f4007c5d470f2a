// Offering the workspace to another account by its number; nothing moves before that account
// takes it (E-59).

import { type FormEvent, useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import type { WorkspaceView } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './settings.module.css';

export function OfferSection({ view }: { view: WorkspaceView }) {
  const change = useChange();
  const { row } = view;
  const [to, setTo] = useState('');
  const [asked, setAsked] = useState<'nothing' | 'missing' | 'offer'>('nothing');
  const values = { workspace: row.name, account: row.account_name };
  const able = view.offer.verdict === 'allowed' || view.offer.verdict === 'unknown';
  const press = () => setAsked(to.trim() === '' ? 'missing' : 'offer');
  const offer = async () => {
    await change.run(
      { intent: 'offer_workspace', workspace: row.id, to: to.trim() },
      t('notice.offer', { name: row.name }),
    );
    setAsked('nothing');
  };
  const back = () =>
    void change.run(
      { intent: 'end_offer', workspace: row.id },
      t('notice.end_offer', { name: row.name }),
    );
  return (
    <Section title={t('offer.title')} help={t('offer.help')}>
      {row.offered_to !== null ? (
        <div className={styles.form}>
          <p className={styles.waits}>
            <T id="offer.open" values={{ other: row.offered_to_name ?? row.offered_to }} />
          </p>
          <Button onClick={back}>{t('offer.take_back')}</Button>
        </div>
      ) : (
        <form
          className={styles.form}
          aria-label={t('offer.title')}
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (able) press();
          }}
        >
          <div className={styles.field}>
            <TextField
              label={t('offer.number')}
              help={t('offer.number_help')}
              value={to}
              error={asked === 'missing' ? t('offer.number_missing') : undefined}
              onChange={(event) => setTo(event.target.value)}
            />
          </div>
          <div className={styles.row}>
            <VerdictButton verdict={view.offer} onPress={press}>
              {t('offer.open_dialog')}
            </VerdictButton>
          </div>
        </form>
      )}
      {change.answer !== null && <AnswerLine answer={change.answer} known={values} />}
      {asked === 'offer' && (
        <ConfirmDialog
          title={<T id="offer.ask" values={values} />}
          text={<T id="offer.effect" values={values} />}
          keep={t('action.cancel')}
          action={t('offer.action', values)}
          onClose={() => setAsked('nothing')}
          onConfirm={offer}
        />
      )}
    </Section>
  );
}
