// Signing up makes a sign-in, its account and its first workspace. Which product's rules the
// account follows is asked in plain words (model.md 3.1).

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { cameIn } from '../app/firstRun.ts';
import { useReplaceState } from '../app/state.ts';
import type { Scheme } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import styles from '../pages/welcome.module.css';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Choice } from '../primitives/Choice.tsx';
import { TextField } from '../primitives/Field.tsx';
import { ServerField, type ServerProps } from './ServerField.tsx';
import { useForm } from './useForm.ts';

const SCHEMES: readonly Scheme[] = ['managed', 'owner_led'];

const FIELDS = ['server', 'name', 'address', 'password', 'scheme', 'account_name'];

export function SignUpForm({ server, onServer }: ServerProps) {
  const backend = useBackend();
  const replace = useReplaceState();
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const [scheme, setScheme] = useState<Scheme | null>(null);
  const [account, setAccount] = useState('');
  const [asked, setAsked] = useState(false);
  const form = useForm(FIELDS, { server, address });
  const submit = () => {
    setAsked(true);
    if (scheme === null) return;
    void form.run(async () => {
      const state = await backend.signUp({
        server,
        address,
        password,
        name,
        scheme,
        account_name: scheme === 'managed' ? account : null,
        invitation: null,
      });
      cameIn(state.me?.id);
      replace(state);
    });
  };
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('welcome.signup')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ServerField server={server} onServer={onServer} error={form.error('server')} />
      <TextField
        label={t('field.your_name')}
        autoComplete="name"
        value={name}
        error={form.error('name')}
        onChange={(event) => setName(event.target.value)}
      />
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
        help={t('field.password_help')}
        type="password"
        autoComplete="new-password"
        value={password}
        error={form.error('password')}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Choice
        label={t('field.scheme')}
        many={false}
        items={SCHEMES.map((one) => ({
          value: one,
          name: t(`scheme.${one}`),
          help: t(`scheme.${one}.help`),
        }))}
        chosen={scheme === null ? [] : [scheme]}
        error={asked && scheme === null ? t('scheme.choose') : form.error('scheme')}
        onChange={([one]) => setScheme(SCHEMES.find((known) => known === one) ?? null)}
      />
      {scheme === 'managed' && (
        <TextField
          label={t('field.account_name')}
          autoComplete="organization"
          value={account}
          error={form.error('account_name')}
          onChange={(event) => setAccount(event.target.value)}
        />
      )}
      {form.failure !== null && <FailureLine failure={form.failure} known={{ server, address }} />}
      <div className={styles.buttons}>
        <Button look="main" type="submit" aria-busy={form.busy}>
          {t('signup.action')}
        </Button>
      </div>
    </form>
  );
}
