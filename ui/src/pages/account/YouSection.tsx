// Who I am here: my name, my addresses, and the proof that an address is mine (E-24). The
// proof is a code that the server mails; without mail there is nothing to prove it by.

import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { useNotify } from '../../app/notices.tsx';
import { useReplaceState } from '../../app/state.ts';
import type { Me } from '../../backend/types.ts';
import { useForm } from '../../forms/useForm.ts';
import { T, t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Facts, Lines, ListLine, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { TextField } from '../../primitives/Field.tsx';

export function YouSection({ me }: { me: Me }) {
  const [proving, setProving] = useState<string | null>(null);
  const others = me.verified.filter((one) => one !== me.address);
  return (
    <Section
      title={t('you.title')}
      action={
        me.mail ? <Button onClick={() => setProving('')}>{t('you.add_address')}</Button> : undefined
      }
    >
      <Facts facts={[[t('column.name'), <bdi key="name">{me.name}</bdi>]]} />
      <Lines label={t('you.addresses')}>
        {[me.address, ...others].map((address) => (
          <Address
            key={address}
            address={address}
            proven={me.verified.includes(address)}
            {...(me.mail ? { onProve: () => setProving(address) } : {})}
          />
        ))}
      </Lines>
      {!me.mail && <p>{t('mail.none')}</p>}
      {proving !== null && <ProveDialog address={proving} onClose={() => setProving(null)} />}
    </Section>
  );
}

function Address(props: { address: string; proven: boolean; onProve?: () => void }) {
  return (
    <ListLine
      name={<bdi>{props.address}</bdi>}
      note={t(props.proven ? 'you.proven' : 'you.not_proven')}
    >
      {!props.proven && props.onProve !== undefined && (
        <Button onClick={props.onProve}>{t('you.prove')}</Button>
      )}
    </ListLine>
  );
}

function ProveDialog({ address, onClose }: { address: string; onClose: () => void }) {
  const backend = useBackend();
  const replace = useReplaceState();
  const notify = useNotify();
  const [typed, setTyped] = useState(address);
  const [code, setCode] = useState('');
  const [sent, setSent] = useState(false);
  const form = useForm(['address', 'code'], { address: typed });
  const submit = () =>
    form.run(async () => {
      if (!sent) {
        await backend.addressCode(typed.trim());
        setSent(true);
        return;
      }
      const state = await backend.addressConfirm(typed.trim(), code.trim());
      replace(state);
      notify({ text: t('you.proved', { address: typed.trim() }) });
      onClose();
    });
  return (
    <Dialog
      title={t('you.prove_title')}
      outside={sent ? 'stays' : 'closes'}
      onClose={onClose}
      onSubmit={() => void submit()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={form.busy}>
            {t(sent ? 'you.confirm' : 'you.send_code')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('field.address')}
        type="email"
        autoFocus={address === ''}
        readOnly={sent || address !== ''}
        value={typed}
        error={form.error('address')}
        onChange={(event) => setTyped(event.target.value)}
      />
      {sent && (
        <>
          <p>
            <T id="you.code_sent" values={{ address: typed.trim() }} />
          </p>
          <TextField
            label={t('you.code')}
            autoFocus
            value={code}
            error={form.error('code')}
            onChange={(event) => setCode(event.target.value)}
          />
        </>
      )}
      {form.failure !== null && <FailureLine failure={form.failure} />}
    </Dialog>
  );
}
