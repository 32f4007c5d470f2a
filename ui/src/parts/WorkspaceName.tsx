// The name of a workspace in a row, and in its place the field that changes it (F2).

import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { WorkspaceRow } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { Icon } from '../primitives/Icon.tsx';
import { Tile } from '../primitives/Tile.tsx';
import styles from './workspaceName.module.css';

interface Props {
  row: WorkspaceRow;
  open: boolean;
  renaming: boolean;
  onSave: (name: string) => void;
  onCancel: () => void;
}

export function WorkspaceName({ row, open, renaming, onSave, onCancel }: Props) {
  return (
    <>
      <Tile letters={row.letters} colour={row.colour} />
      {renaming ? (
        <NameField name={row.name} onSave={onSave} onCancel={onCancel} />
      ) : (
        <bdi
          className={row.was === null ? undefined : styles.unsent}
          title={row.was === null ? row.name : t('panel.was', { was: row.was })}
        >
          {row.name}
        </bdi>
      )}
      {row.was !== null && (
        <span className="visually-hidden">{t('panel.was', { was: row.was })}</span>
      )}
      {row.kind === 'personal' && <span className={styles.hint}>{t('workspace.personal')}</span>}
      {open && (
        <span className={styles.open}>
          <Icon of={Check} />
          {t('switcher.open')}
        </span>
      )}
    </>
  );
}

type FieldProps = Pick<Props, 'onSave' | 'onCancel'> & { name: string };

function NameField({ name, onSave, onCancel }: FieldProps) {
  const [value, setValue] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const settled = useRef(false);
  // The menu that it was chosen from gives the focus back to its button when it has gone.
  const ready = useRef(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        ready.current = true;
        field.current?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const settle = (run: () => void) => {
    if (settled.current) return;
    settled.current = true;
    run();
  };
  return (
    <input
      ref={field}
      className={styles.field}
      aria-label={t('workspace.new_name')}
      // biome-ignore lint/a11y/noAutofocus: the field replaces the name that was to be changed.
      autoFocus
      spellCheck={false}
      value={value}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => {
        if (ready.current) settle(() => onSave(value.trim()));
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') settle(() => onSave(value.trim()));
        if (event.key === 'Escape') {
          event.stopPropagation();
          settle(onCancel);
        }
      }}
    />
  );
}
