// The invitations of the signed-in person, and the addresses that are proved to be theirs.

import { useAppState } from '../app/state.ts';
import { t } from '../i18n/text.tsx';
import { AddressProof } from '../parts/AddressProof.tsx';
import { Inbox } from '../parts/Inbox.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './forms.module.css';

interface Props {
  onClose: () => void;
  onAccepted: (workspace: string) => void;
}

export function InboxDialog({ onClose, onAccepted }: Props) {
  const me = useAppState()?.me;
  return (
    <Dialog
      title={t('inbox.title')}
      onClose={onClose}
      outside="stays"
      size="wide"
      buttons={
        <Button onClick={onClose} autoFocus>
          {t('action.close')}
        </Button>
      }
    >
      <Inbox onAccepted={onAccepted} />
      <section className={styles.addresses}>
        <h3>{t('inbox.addresses')}</h3>
        <p className={styles.hint}>{t('inbox.addresses_help')}</p>
        <ul>
          {(me?.verified ?? []).map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <AddressProof />
      </section>
    </Dialog>
  );
}
