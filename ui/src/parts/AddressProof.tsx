// Proving that an address is one's own by a code that the server mails there (E-24), so that an
// invitation to it can be accepted (E-25).

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { useNotify } from '../app/notices.tsx';
import { useAppState, useSetState } from '../app/state.ts';
import { useForm } from '../forms/useForm.ts';
import { T, t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { TextField } from '../primitives/Field.tsx';
import styles from './inbox.module.css';
import { FailureLine, ReasonLine } from './Reason.tsx';

interface Props {
  address?: string;
  onProved?: () => void;
}

export function AddressProof({ address: given = '', onProved }: Props) {
  const backend = useBackend();
  const me = useAppState()?.me;
  const setState = useSetState();
  const notify = useNotify();
  const [address, setAddress] = useState(given);
  const [code, setCode] = useState('');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm(['address', 'code'], { address });
  if (me?.mail === false) {
    return <ReasonLine sentence={{ id: 'mail.none', values: {}, rule: null }} tone="quiet" />;
  }
  const send = () =>
    form.run(async () => {
      await backend.addressCode(address.trim());
      setSentTo(address.trim());
      setCode('');
    });
  const confirm = () =>
    form.run(async () => {
      if (sentTo === null) return;
      setState(await backend.addressConfirm(sentTo, code.trim()));
      notify({ text: t('notice.proved', { address: sentTo }) });
      setSentTo(null);
      setAddress('');
      onProved?.();
    });
  return (
    <div className={styles.proof} role="group" aria-label={t('proof.label')}>
      {sentTo === null ? (
        <TextField
          label={t('proof.address')}
          type="email"
          autoFocus={onProved !== undefined}
          value={address}
          error={form.error('address')}
          onChange={(event) => setAddress(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
      ) : (
        <>
          <p>
            <T id="proof.sent" values={{ address: sentTo }} />
          </p>
          <TextField
            label={t('proof.code')}
            autoFocus
            autoComplete="one-time-code"
            value={code}
            error={form.error('code')}
            onChange={(event) => setCode(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              void confirm();
            }}
          />
        </>
      )}
      {form.failure !== null && <FailureLine failure={form.failure} known={{ address }} />}
      <div className={styles.buttons}>
        {sentTo === null ? (
          <Button aria-busy={form.busy} onClick={() => void send()}>
            {t('proof.send')}
          </Button>
        ) : (
          <>
            <Button look="main" aria-busy={form.busy} onClick={() => void confirm()}>
              {t('proof.confirm')}
            </Button>
            <Button look="quiet" onClick={() => setSentTo(null)}>
              {t('proof.other')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
