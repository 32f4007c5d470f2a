// Creating a workspace: name with its tile, account, and Basic or Pro side by side with what
// differs (V-8, V-47). It needs a connection; what was typed is kept when there is none.

import { useState } from 'react';
import { useNotify } from '../app/notices.tsx';
import { useAppState } from '../app/state.ts';
import { type Answer, useSubmit } from '../app/useSubmit.ts';
import type { Plan } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { Button } from '../primitives/Button.tsx';
import { Checkbox } from '../primitives/Choice.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { Select, TextField } from '../primitives/Field.tsx';
import styles from './create.module.css';

interface Props {
  onClose: () => void;
  onCreated: (workspace: string | null) => void;
}

const PLANS: readonly Plan[] = ['basic', 'pro'];

export function CreateWorkspace({ onClose, onCreated }: Props) {
  const accounts = useAppState()?.me?.accounts ?? [];
  const submit = useSubmit();
  const notify = useNotify();
  const [name, setName] = useState('');
  const [account, setAccount] = useState(accounts[0]?.id ?? '');
  const [plan, setPlan] = useState<Plan | null>(null);
  const [addMe, setAddMe] = useState(true);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const managed = accounts.find((one) => one.id === account)?.scheme === 'managed';
  const create = async () => {
    const next = await submit({
      intent: 'create_workspace',
      account,
      name: name.trim(),
      plan,
      add_me: addMe,
      labels: [],
    });
    setAnswer(next);
    if (next.result === 'applied') onCreated(next.created);
    if (next.result === 'unanswered') {
      notify({ text: t('notice.unanswered') });
      onCreated(null);
    }
  };
  const label =
    name.trim() === '' || plan === null
      ? t('workspace.create_action')
      : t('workspace.create_as', { name: name.trim(), plan: t(`plan.${plan}`) });
  return (
    <Dialog
      title={t('workspace.create_title')}
      onClose={onClose}
      outside={name === '' ? 'closes' : 'stays'}
      onSubmit={() => void create()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {label}
          </Button>
        </>
      }
    >
      <TextField
        label={t('field.workspace_name')}
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {accounts.length > 1 && (
        <Select
          label={t('field.account')}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        >
          {accounts.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      )}
      <fieldset className={styles.plans}>
        <legend className={styles.legend}>{t('field.plan')}</legend>
        {PLANS.map((one) => (
          <label key={one} className={styles.plan} data-chosen={plan === one}>
            <span className={styles.planName}>
              <input
                type="radio"
                name="plan"
                className={styles.radio}
                checked={plan === one}
                onChange={() => setPlan(one)}
              />
              {t(`plan.${one}`)}
            </span>
            <span className={styles.differs}>{t(`plan.${one}.seats`)}</span>
          </label>
        ))}
      </fieldset>
      <p className={styles.same}>{t('plan.same')}</p>
      {managed && (
        <Checkbox checked={addMe} onChange={setAddMe}>
          {t('workspace.add_me')}
        </Checkbox>
      )}
      {answer !== null && (
        <AnswerLine answer={answer} known={{ action: t('workspace.create_verb') }} />
      )}
    </Dialog>
  );
}
