// Who I am here: my name, my addresses, and the proof that an address is mine (E-24). The
// proof is a code that the server mails; without mail there is nothing to prove it by.

import { useState } from 'react';
import type { Me } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { AddressProof } from '../../parts/AddressProof.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { RenameMe } from './RenameMe.tsx';

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
