// Deleting the sign-in itself (E-11): refused with a list of what is in the way; the personal
// account goes with it. The address is typed, and the password proves that it is its person.

import { type FormEvent, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { useAppState, useReplaceState } from '../../app/state.ts';
import { useForm } from '../../forms/useForm.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './account.module.css';
import { ExitFrame } from './ExitFrame.tsx';

export function DeleteSignInPage() {
  return (
    <ExitFrame
      question={{ exit: 'delete_login' }}
      title={t('signin.delete_title')}
      account=""
      action={t('signin.delete_verb')}
      means={<p>{t('signin.delete_means')}</p>}
    >
      {(_, able) => <DeleteForm able={able} />}
    </ExitFrame>
  );
}

function DeleteForm({ able }: { able: boolean }) {
  const backend = useBackend();
  const replace = useReplaceState();
  const address = useAppState()?.me?.address ?? '';
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const form = useForm(['password'], { address });
  const proven = typed.trim().toLowerCase() === address.toLowerCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!able || !proven || password === '') return;
    void form.run(async () => replace(await backend.deleteLogin(password)));
  };
  return (
    <Section title={t('signin.delete_last')}>
      <form
        className={styles.form}
        aria-label={t('signin.delete_last')}
        noValidate
        onSubmit={submit}
      >
        <TextField
          label={t('signin.delete_type', { address })}
          value={typed}
          error={asked && !proven ? t('signin.delete_type', { address }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <TextField
          label={t('field.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          error={
            asked && proven && password === ''
              ? t('signin.delete_password')
              : form.error('password')
          }
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button
          look="danger"
          type="submit"
          aria-busy={form.busy}
          aria-disabled={!able || undefined}
        >
          {t('signin.delete_action')}
        </Button>
        {form.failure !== null && <FailureLine failure={form.failure} />}
      </form>
    </Section>
  );
}
