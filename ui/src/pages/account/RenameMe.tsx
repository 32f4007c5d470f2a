// One's own name, changed in place (U-4, E-57): it is said anew wherever one is a member, and
// workspaces keep their names. Only the server can do that, so it needs a connection.

import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { useNotify } from '../../app/notices.tsx';
import { useAppState, useSetState } from '../../app/state.ts';
import type { Me } from '../../backend/types.ts';
import { useForm } from '../../forms/useForm.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine, VerdictButton } from '../../parts/Reason.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './account.module.css';
import { ALLOWED, OFFLINE } from './online.ts';

export function RenameMe({ me }: { me: Me }) {
  const backend = useBackend();
  const setState = useSetState();
  const notify = useNotify();
  const offline = useAppState()?.connection.state === 'offline';
  const [name, setName] = useState(me.name);
  const form = useForm(['name'], { name });
  const next = name.trim();
  const save = () => {
    if (next === '' || next === me.name) return;
    void form.run(async () => {
      setState(await backend.renameLogin(next));
      notify({ text: t('you.renamed', { name: next }) });
    });
  };
  return (
    <form
      className={styles.form}
      aria-label={t('you.name_title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!offline) save();
      }}
    >
      <TextField
        label={t('you.name')}
        autoComplete="name"
        value={name}
        error={form.error('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <p>{t('you.name_hint')}</p>
      <div className={styles.row}>
        <VerdictButton
          verdict={offline ? OFFLINE : ALLOWED}
          known={{ action: t('you.rename') }}
          onPress={save}
        >
          {t('you.rename')}
        </VerdictButton>
      </div>
      {form.failure !== null && <FailureLine failure={form.failure} known={{ name }} />}
    </form>
  );
}
