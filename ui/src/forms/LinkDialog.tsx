// The link of an invitation, to hand over by other means. The engine may refuse the
// clipboard, so the link itself is there to be copied by hand.

import { useRef, useState } from 'react';
import type { LinkView } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './forms.module.css';

interface Props {
  address: string;
  link: LinkView;
  onClose: () => void;
}

async function copy(field: HTMLInputElement): Promise<boolean> {
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}

export function LinkDialog({ address, link, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'not yet' | 'yes' | 'refused'>('not yet');
  const press = async () => {
    if (field.current !== null) setCopied((await copy(field.current)) ? 'yes' : 'refused');
  };
  return (
    <Dialog
      title={t('invitation.link_title')}
      onClose={onClose}
      size="wide"
      buttons={
        <>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button look="main" autoFocus onClick={() => void press()}>
            {t(copied === 'yes' ? 'action.copied' : 'invitation.link')}
          </Button>
        </>
      }
    >
      <p>
        <T id="invitation.link_effect" values={{ address }} />
      </p>
      <input
        ref={field}
        className={styles.link}
        aria-label={t('invitation.link_title')}
        data-testid="invitation-link"
        data-code={link.code}
        readOnly
        value={link.link}
        onFocus={(event) => event.target.select()}
      />
      <p className={styles.hint} role="status">
        {copied === 'refused' ? t('invitation.link_refused') : ''}
      </p>
    </Dialog>
  );
}
