// A file of a review with a client, chosen or dropped, with the passphrase that opens it.

import { FileUp } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../i18n/text.tsx';
import { Button } from '../../primitives/Button.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './reviews.module.css';

/** As large as the core takes it, some 100,000 people. */
export const SHEET_BYTES = 64 * 1024 * 1024;

export interface Chosen {
  name: string;
  /** In base64. */
  content: string;
}

interface Props {
  accept: '.muster-review' | '.muster-answer';
  label: string;
  chosen: Chosen | null;
  passphrase: string;
  onFile: (file: File) => void;
  onPassphrase: (text: string) => void;
}

export function SheetFile(props: Props) {
  const { accept, label, chosen, passphrase, onFile, onPassphrase } = props;
  const chooser = useRef<HTMLInputElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here; the button does the same.
    <div
      className={styles.sheet}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const file = event.dataTransfer.files[0];
        if (file !== undefined) onFile(file);
      }}
    >
      <div className={styles.file}>
        {chosen !== null && <bdi className={styles.strong}>{chosen.name}</bdi>}
        <Button icon={FileUp} onClick={() => chooser.current?.click()}>
          {chosen === null ? label : t('sheet.another')}
        </Button>
        <input
          ref={chooser}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={label}
          accept={accept}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) onFile(file);
          }}
        />
      </div>
      <TextField
        label={t('sheet.passphrase.field')}
        value={passphrase}
        autoFocus={chosen !== null}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onPassphrase(event.target.value)}
      />
    </div>
  );
}
