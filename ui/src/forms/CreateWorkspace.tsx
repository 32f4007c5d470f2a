// Creating a workspace: name, account, Basic or Pro side by side with what differs (V-8, V-47),
// labels. It needs a connection; what was typed is kept when there is none.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { labelsQuery } from '../app/accountState.ts';
import { useBackend } from '../app/context.tsx';
import { useNotify } from '../app/notices.tsx';
import { useAppState } from '../app/state.ts';
import { type Answer, useSubmit } from '../app/useSubmit.ts';
import type { Plan } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { LabelsField } from '../parts/LabelsField.tsx';
import { PlanCompare } from '../parts/PlanCompare.tsx';
import { useSimilarName } from '../parts/useSimilarName.ts';
import { Button } from '../primitives/Button.tsx';
import { Checkbox } from '../primitives/Choice.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { Select, TextField } from '../primitives/Field.tsx';
import styles from './create.module.css';

interface Props {
  onClose: () => void;
  onCreated: (workspace: string | null) => void;
}

export function CreateWorkspace({ onClose, onCreated }: Props) {
  const accounts = useAppState()?.me?.accounts ?? [];
  const submit = useSubmit();
  const notify = useNotify();
  const [name, setName] = useState('');
  const [account, setAccount] = useState(accounts[0]?.id ?? '');
  const [plan, setPlan] = useState<Plan | null>(null);
  const [labels, setLabels] = useState<string[]>([]);
  const [addMe, setAddMe] = useState(true);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const backend = useBackend();
  const inUse = useQuery(labelsQuery(backend)).data ?? [];
  const similar = useSimilarName(account, name.trim());
  const within = accounts.find((one) => one.id === account)?.name;
  const managed = accounts.find((one) => one.id === account)?.scheme === 'managed';
  const create = async () => {
    const next = await submit({
      intent: 'create_workspace',
      account,
      name: name.trim(),
      plan,
      add_me: addMe,
      labels,
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
      {similar !== null && (
        <p className={styles.similar} role="status">
          <T id="name.similar" values={{ other: similar, account: within }} />
        </p>
      )}
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
      <PlanCompare chosen={plan} onChoose={setPlan} />
      <LabelsField label={t('column.labels')} labels={labels} known={inUse} onChange={setLabels} />
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
