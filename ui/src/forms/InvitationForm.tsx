// Coming with an invitation before being signed in: the link or code is looked at first, then
// the invited person signs in or signs up, and the invitation is accepted with it.

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { cameInvited } from '../app/firstRun.ts';
import { useOpenedLink } from '../app/openedLink.tsx';
import { useReplaceState } from '../app/state.ts';
import type { InvitationLook } from '../backend/types.ts';
import { date, roleNames } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import styles from '../pages/welcome.module.css';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Choice } from '../primitives/Choice.tsx';
import { TextField } from '../primitives/Field.tsx';
import { ServerField, type ServerProps } from './ServerField.tsx';
import { useForm } from './useForm.ts';

/** What an invitation gives, in words. */
export function LookText({ look }: { look: InvitationLook }) {
  return (
    <div className={styles.look}>
      <p>
        <T
          id="invitation.look"
          values={{
            inviter: look.inviter_name,
            address: look.address,
            workspace: look.workspace_name,
            account: look.account_name,
            role: roleNames(look.roles, look.own_names),
          }}
        />
      </p>
      {look.message !== null && <blockquote className={styles.message}>{look.message}</blockquote>}
      <p className={styles.quiet}>{t('invitation.until', { date: date(look.expires) })}</p>
    </div>
  );
}

export function InvitationForm({ server, onServer }: ServerProps) {
  const backend = useBackend();
  const { link } = useOpenedLink();
  const [code, setCode] = useState(link ?? '');
  const [look, setLook] = useState<InvitationLook | null>(null);
  const form = useForm(['server', 'code'], { server });
  if (look !== null) {
    return (
      <Enter look={look} code={code} server={look.server || server} onBack={() => setLook(null)} />
    );
  }
  const submit = () =>
    form.run(async () => setLook(await backend.invitationLook(server || null, code.trim())));
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('welcome.invitation')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={t('field.code')}
        help={t('field.code_help')}
        value={code}
        error={form.error('code')}
        onChange={(event) => setCode(event.target.value)}
      />
      <ServerField server={server} onServer={onServer} error={form.error('server')} />
      {form.failure !== null && <FailureLine failure={form.failure} known={{ server }} />}
      <div className={styles.buttons}>
        <Button look="main" type="submit" aria-busy={form.busy}>
          {t('invitation.look_action')}
        </Button>
      </div>
    </form>
  );
}

interface EnterProps {
  look: InvitationLook;
  code: string;
  server: string;
  onBack: () => void;
}

const WHO = ['new', 'known'] as const;

function Enter({ look, code, server, onBack }: EnterProps) {
  const backend = useBackend();
  const replace = useReplaceState();
  const [who, setWho] = useState<(typeof WHO)[number]>('new');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { address } = look;
  const known = { server, address, inviter: look.inviter_name, workspace: look.workspace_name };
  const form = useForm(['name', 'password'], known);
  const signUp = async () => {
    const state = await backend.signUp({
      server,
      address,
      password,
      name,
      scheme: look.scheme === 'managed' ? null : look.scheme,
      account_name: null,
      invitation: code.trim(),
    });
    cameInvited(state.me?.id);
    replace(state);
  };
  const signIn = async () => {
    const state = await backend.signIn({ server, address, password });
    const workspace = await backend.invitationAccept(code.trim());
    cameInvited(state.me?.id);
    replace({ ...state, last_workspace: workspace });
  };
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t('welcome.invitation')}
      onSubmit={(event) => {
        event.preventDefault();
        void form.run(who === 'new' ? signUp : signIn);
      }}
    >
      <LookText look={look} />
      <Choice
        label={t('invitation.who')}
        labelShown="no"
        many={false}
        items={WHO.map((one) => ({ value: one, name: t(`invitation.who.${one}`) }))}
        chosen={[who]}
        onChange={([one]) => setWho(one === 'known' ? 'known' : 'new')}
      />
      {who === 'new' && (
        <TextField
          label={t('field.your_name')}
          autoComplete="name"
          value={name}
          error={form.error('name')}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <TextField
        label={t('field.password')}
        help={who === 'new' ? t('field.password_help') : undefined}
        type="password"
        autoComplete={who === 'new' ? 'new-password' : 'current-password'}
        value={password}
        error={form.error('password')}
        onChange={(event) => setPassword(event.target.value)}
      />
      {form.failure !== null && <FailureLine failure={form.failure} known={known} />}
      <div className={styles.buttons}>
        <Button look="main" type="submit" aria-busy={form.busy}>
          {t(who === 'new' ? 'invitation.signup' : 'invitation.signin')}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t('invitation.other')}
        </Button>
      </div>
    </form>
  );
}
