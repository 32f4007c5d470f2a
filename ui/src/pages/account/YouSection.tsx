// Who I am here: my name, my addresses, and the proof that an address is mine (E-24). The
// proof is a code that the server mails; without mail there is nothing to prove it by. With any
// address that is proved one can sign in from then on (E-62).

import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { useNotify } from '../../app/notices.tsx';
import { useAppState, useSetState } from '../../app/state.ts';
import type { Me } from '../../backend/types.ts';
import { useForm } from '../../forms/useForm.ts';
import { t } from '../../i18n/text.tsx';
import { AddressProof } from '../../parts/AddressProof.tsx';
import { FailureLine, VerdictButton } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { ChangeAddress } from './ChangeAddress.tsx';
import { RenameMe } from './RenameMe.tsx';
import { ALLOWED, OFFLINE } from './online.ts';

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
      <RenameMe key={me.name} me={me} />
      <Lines label={t('you.addresses')}>
        <ListLine
          name={<bdi>{me.address}</bdi>}
          note={t(me.verified.includes(me.address) ? 'you.signs_in' : 'you.signs_in_unproven')}
        >
          {me.mail && !me.verified.includes(me.address) && (
            <Button onClick={() => setProving(me.address)}>{t('you.prove')}</Button>
          )}
        </ListLine>
        {others.map((address) => (
          <Another key={address} me={me} address={address} />
        ))}
      </Lines>
      {!me.mail && <p>{t('mail.none')}</p>}
      {proving !== null && <ProveDialog address={proving} onClose={() => setProving(null)} />}
    </Section>
  );
}

/** An address that is proved, and not the one to sign in with. */
function Another({ me, address }: { me: Me; address: string }) {
  const backend = useBackend();
  const setState = useSetState();
  const notify = useNotify();
  const offline = useAppState()?.connection.state === 'offline';
  const [changing, setChanging] = useState(false);
  const form = useForm([]);
  const able = offline ? OFFLINE : ALLOWED;
  const drop = () =>
    void form.run(async () => {
      setState(await backend.dropAddress(address));
      notify({ text: t('you.dropped', { address }) });
    });
  const known = { address };
  return (
    <ListLine name={<bdi>{address}</bdi>} note={t('you.proven')}>
      <VerdictButton
        verdict={able}
        known={{ action: t('you.sign_in_with_title', known) }}
        onPress={() => setChanging(true)}
      >
        {t('you.sign_in_with')}
      </VerdictButton>
      <VerdictButton
        verdict={able}
        known={{ action: t('you.drop', known) }}
        look="quiet"
        onPress={drop}
      >
        {t('you.drop', known)}
      </VerdictButton>
      {form.failure !== null && <FailureLine failure={form.failure} known={known} />}
      {changing && (
        <ChangeAddress was={me.address} address={address} onClose={() => setChanging(false)} />
      )}
    </ListLine>
  );
}

function ProveDialog({ address, onClose }: { address: string; onClose: () => void }) {
  return (
    <Dialog
      title={t('you.prove_title')}
      outside="stays"
      onClose={onClose}
      buttons={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      <AddressProof address={address} onProved={onClose} />
    </Dialog>
  );
}
