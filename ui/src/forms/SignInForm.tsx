// Signing in with address and password.

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { cameIn } from '../app/firstRun.ts';
import { useReplaceState } from '../app/state.ts';
import { t } from '../i18n/text.tsx';
import styles from '../pages/welcome.module.css';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { TextField } from '../primitives/Field.tsx';
import { ServerField, type ServerProps } from './ServerField.tsx';
import { useForm } from './useForm.ts';

export function SignInForm({ server, onServer }: ServerProps) {
  const backend = useBackend();
  const replace = useReplaceState();
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(['server', 'address', 'password'], { server, address });
  const submit = () =>
    form.run(async () => {
      const state = await backend.signIn({ server, address, password });
      cameIn(state.me?.id);
      replace(state);
    });
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('welcome.signin')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ServerField server={server} onServer={onServer} error={form.error('server')} />
      <TextField
        label={t('field.address')}
        type="email"
        autoComplete="username"
        value={address}
        error={form.error('address')}
        onChange={(event) => setAddress(event.target.value)}
      />
      <TextField
        label={t('field.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        error={form.error('password')}
        onChange={(event) => setPassword(event.target.value)}
      />
      {form.failure !== null && <FailureLine failure={form.failure} known={{ server, address }} />}
      <div className={styles.buttons}>
        <Button look="main" type="submit" aria-busy={form.busy}>
          {t('signin.action')}
        </Button>
      </div>
    </form>
  );
}
