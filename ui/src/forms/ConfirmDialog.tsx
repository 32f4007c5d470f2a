// Asking before something is taken away: the safe button has the focus, and above a number of
// people that number is typed.

import { type ReactNode, useState } from 'react';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextField } from '../primitives/Field.tsx';

interface Props {
  title: ReactNode;
  text: ReactNode;
  keep: string;
  action: string;
  /** A number to be typed; null asks for none. */
  typed?: number | null;
  children?: ReactNode;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
}

export function ConfirmDialog(props: Props) {
  const { title, text, keep, action, typed = null, children, onClose, onConfirm } = props;
  const [value, setValue] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const proven = typed === null || value.trim() === String(typed);
  const confirm = async () => {
    setAsked(true);
    if (!proven || busy) return;
    setBusy(true);
    await onConfirm();
    setBusy(false);
  };
  const label = t('end.type_number', { n: typed ?? 0 });
  return (
    <Dialog
      role="alertdialog"
      title={title}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose} autoFocus>
            {keep}
          </Button>
          <Button look="danger" aria-busy={busy} onClick={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {typed !== null && (
        <TextField
          label={label}
          inputMode="numeric"
          value={value}
          error={asked && !proven ? label : undefined}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
      {children}
    </Dialog>
  );
}
