// A value that is copied, not typed: a number or a path. It can be selected by hand where the
// clipboard is not to be had.

import { useRef, useState } from 'react';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './copy.module.css';

export function CopyField({ label, value }: { label: string; value: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'not yet' | 'yes' | 'refused'>('not yet');
  const press = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied('yes');
    } catch {
      setCopied(document.execCommand?.('copy') ? 'yes' : 'refused');
    }
  };
  return (
    <div className={styles.copy}>
      <input
        ref={field}
        className={styles.value}
        aria-label={label}
        readOnly
        value={value}
        onFocus={(event) => event.target.select()}
      />
      <Button onClick={() => void press()}>
        {t(copied === 'yes' ? 'action.copied' : 'action.copy')}
      </Button>
      <span className={styles.hint} role="status">
        {copied === 'refused' ? t('copy.refused') : ''}
      </span>
    </div>
  );
}
