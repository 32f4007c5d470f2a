// Another address to sign in with (E-62): one that is proved, and the password once more, so that
// an open window alone is not enough.

import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { useNotify } from '../../app/notices.tsx';
import { useSetState } from '../../app/state.ts';
import { useForm } from '../../forms/useForm.ts';
import { T, t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { TextField } from '../../primitives/Field.tsx';

export function ChangeAddress(props: { was: string; address: string; onClose: () => void }) {
  const { was, address, onClose } = props;
  const backend = useBackend();
  const setState = useSetState();
  const notify = useNotify();
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const form = useForm(['password'], { address });
  const save = () => {
    setAsked(true);
    if (password === '') return;
    void form.run(async () => {
      setState(await backend.changeAddress(address, password));
      notify({ text: t('you.signs_in_now', { address }) });
      onClose();
    });
  };
  return (
    <Dialog
      title={t('you.sign_in_with_title', { address })}
      outside="stays"
      onClose={onClose}
      onSubmit={save}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={form.busy}>
            {t('you.sign_in_with_action')}
          </Button>
        </>
      }
    >
      <p>
        <T id="you.sign_in_with_means" values={{ address, was }} />
      </p>
      <TextField
        label={t('field.password')}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        error={asked && password === '' ? t('you.password_missing') : form.error('password')}
        onChange={(event) => setPassword(event.target.value)}
      />
      {form.failure !== null && <FailureLine failure={form.failure} known={{ address }} />}
    </Dialog>
  );
}
