// Signing in again after the session ended: only the password is asked, nothing twice. Whoever
// changed their address on another device meanwhile can say so (E-62).

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { useReplaceState } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { AppState, Failure } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextField } from '../primitives/Field.tsx';

export function SignInAgain({ state, onClose }: { state: AppState; onClose: () => void }) {
  const backend = useBackend();
  const replace = useReplaceState();
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const server = state.server ?? '';
  const known = state.me?.address ?? '';
  const [other, setOther] = useState<string | null>(null);
  const address = other?.trim() ?? known;
  const submit = async () => {
    try {
      replace(await backend.signIn({ server, address, password }));
      onClose();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return (
    <Dialog
      title={t('signin.again')}
      onClose={onClose}
      onSubmit={() => void submit()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {t('signin.action')}
          </Button>
        </>
      }
    >
      <p>
        <T id="signin.again_help" values={{ address: known, server }} />
      </p>
      {other === null ? (
        <p>
          <Button look="link" onClick={() => setOther('')}>
            {t('signin.again_other')}
          </Button>
        </p>
      ) : (
        <TextField
          label={t('field.address')}
          type="email"
          autoComplete="username"
          autoFocus
          value={other}
          onChange={(event) => setOther(event.target.value)}
        />
      )}
      <TextField
        label={t('field.password')}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {failure !== null && <FailureLine failure={failure} known={{ server }} />}
    </Dialog>
  );
}
