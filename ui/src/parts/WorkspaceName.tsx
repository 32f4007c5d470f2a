// The name of a workspace in a row, and in its place the field that changes it (F2).

import { Check } from 'lucide-react';
import { useRef, useState } from 'react';
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
  const settled = useRef(false);
  const settle = (run: () => void) => {
    if (settled.current) return;
    settled.current = true;
    run();
  };
  return (
    <input
      className={styles.field}
      aria-label={t('workspace.new_name')}
      // biome-ignore lint/a11y/noAutofocus: the field replaces the name that was to be changed.
      autoFocus
      spellCheck={false}
      value={value}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => settle(() => onSave(value.trim()))}
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
