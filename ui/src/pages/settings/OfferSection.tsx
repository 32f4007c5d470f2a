// Moving the workspace to another account (E-59): to one of my own at once, since I speak for
// both sides (E-15); to another one by its number, and nothing moves before it is taken there.

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { accountsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { useChange } from '../../app/useChange.ts';
import type { AccountRow, WorkspaceView } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Select, TextField } from '../../primitives/Field.tsx';
import styles from './settings.module.css';

/** Accounts of mine that could hold it instead. */
function useOwn({ row }: WorkspaceView): AccountRow[] {
  const accounts = useQuery(accountsQuery(useBackend())).data ?? [];
  return accounts.filter((one) => one.admin && one.id !== row.account && one.scheme === row.scheme);
}

export function OfferSection({ view }: { view: WorkspaceView }) {
  const change = useChange();
  const own = useOwn(view);
  const { row } = view;
  const values = { workspace: row.name, account: row.account_name };
  const back = () =>
    void change.run(
      { intent: 'end_offer', workspace: row.id },
      t('notice.end_offer', { name: row.name }),
    );
  const move = async (to: string) => {
    const chosen = own.find((one) => one.id === to);
    const answer = await change.run(
      { intent: 'offer_workspace', workspace: row.id, to },
      chosen === undefined ? t('notice.offer', { name: row.name }) : null,
    );
    // An offer that nobody knows to be there cannot be taken; it is, once the answer is here.
    if (chosen === undefined || (answer?.result !== 'applied' && answer?.result !== 'no_op')) {
      return;
    }
    await change.run(
      { intent: 'accept_offer', workspace: row.id },
      t('notice.accept_offer', { name: row.name, account: chosen.name }),
    );
  };
  return (
    <Section title={t('offer.title')} help={t(own.length > 0 ? 'offer.help_own' : 'offer.help')}>
      {row.offered_to !== null ? (
        <div className={styles.form}>
          <p className={styles.waits}>
            <T id="offer.open" values={{ other: row.offered_to_name ?? row.offered_to }} />
          </p>
          <Button onClick={back}>{t('offer.take_back')}</Button>
        </div>
      ) : (
        <OfferForm view={view} own={own} onMove={move} />
      )}
      {change.answer !== null && <AnswerLine answer={change.answer} known={values} />}
    </Section>
  );
}

interface FormProps {
  view: WorkspaceView;
  own: readonly AccountRow[];
  onMove: (to: string) => Promise<void>;
}

function OfferForm({ view, own, onMove }: FormProps) {
  const [chosen, setChosen] = useState('');
  const [number, setNumber] = useState('');
  const [asked, setAsked] = useState<'nothing' | 'missing' | 'move'>('nothing');
  const { row } = view;
  const mine = own.find((one) => one.id === chosen);
  const to = mine === undefined ? number.trim() : mine.id;
  const able = view.offer.verdict === 'allowed' || view.offer.verdict === 'unknown';
  const press = () => setAsked(to === '' ? 'missing' : 'move');
  const values = {
    workspace: row.name,
    account: row.account_name,
    other: mine?.name ?? null,
    reach: row.scheme === 'managed' ? 'yes' : null,
  };
  const move = async () => {
    await onMove(to);
    setAsked('nothing');
  };
  return (
    <form
      className={styles.form}
      aria-label={t('offer.title')}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (able) press();
      }}
    >
      {own.length > 0 && (
        <Select
          label={t('offer.to')}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value="">{t('offer.to_number')}</option>
          {own.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
      {mine === undefined && (
        <div className={styles.field}>
          <TextField
            label={t('offer.number')}
            help={t('offer.number_help')}
            value={number}
            error={asked === 'missing' ? t('offer.number_missing') : undefined}
            onChange={(event) => setNumber(event.target.value)}
          />
        </div>
      )}
      <div className={styles.row}>
        <VerdictButton verdict={view.offer} onPress={press}>
          {mine === undefined ? t('offer.open_dialog') : t('offer.move_dialog')}
        </VerdictButton>
      </div>
      {asked === 'move' && (
        <ConfirmDialog
          title={<T id={mine === undefined ? 'offer.ask' : 'offer.ask_own'} values={values} />}
          text={<T id={mine === undefined ? 'offer.effect' : 'offer.effect_own'} values={values} />}
          keep={t('action.cancel')}
          action={t(mine === undefined ? 'offer.action' : 'offer.action_own', values)}
          onClose={() => setAsked('nothing')}
          onConfirm={move}
        />
      )}
    </form>
  );
}
