// Where the addresses come from: pasted, or out of a file whose columns are shown and can be
// changed (ui.md 5.5).

import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { ImportPreview } from '../backend/types.ts';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Select, TextArea } from '../primitives/Field.tsx';
import styles from './forms.module.css';
import type { Import } from './useImport.ts';

export function InviteSource({ source, error }: { source: Import; error: string | undefined }) {
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void source.takeFile(file);
  };
  return (
    // Dropping is a second way only: the button beside it chooses the same file.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    <div
      className={styles.drop}
      data-over={over}
      data-testid="import-drop"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {source.file === null && (
        <TextArea
          label={t('invite.addresses')}
          help={t('invite.addresses_help')}
          autoFocus
          rows={4}
          value={source.text}
          error={error}
          onChange={(event) => source.setText(event.target.value)}
        />
      )}
      <div className={styles.fileRow}>
        {source.file !== null && (
          <span className={styles.file}>
            <bdi>{source.file.name}</bdi>
          </span>
        )}
        <Button icon={FileUp} onClick={() => chooser.current?.click()}>
          {t(source.file === null ? 'invite.choose_file' : 'invite.other_file')}
        </Button>
        {source.file !== null && (
          <Button look="quiet" onClick={source.dropFile}>
            {t('invite.without_file')}
          </Button>
        )}
        <input
          ref={chooser}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('invite.choose_file')}
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void source.takeFile(file);
          }}
        />
        {source.file === null && <span className={styles.hint}>{t('invite.drop')}</span>}
      </div>
    </div>
  );
}

export function Recognised({ preview, source }: { preview: ImportPreview; source: Import }) {
  const { columns, address_column, name_column } = preview;
  const options = columns.map((name, index) => ({
    index,
    name: name || t('import.column', { n: index + 1 }),
  }));
  return (
    <>
      <p>
        {t(`import.format.${preview.format}`)}{' '}
        {t('import.lines', { n: preview.lines, shown: count(preview.lines) })}
      </p>
      {preview.format === 'table' && columns.length > 0 && (
        <div className={styles.columns}>
          <Select
            label={t('import.address_column')}
            value={address_column ?? ''}
            onChange={(event) => void source.setColumns(Number(event.target.value), name_column)}
          >
            {options.map((one) => (
              <option key={one.index} value={one.index}>
                {one.name}
              </option>
            ))}
          </Select>
          <Select
            label={t('import.name_column')}
            value={name_column ?? ''}
            onChange={(event) =>
              void source.setColumns(
                address_column,
                event.target.value === '' ? null : Number(event.target.value),
              )
            }
          >
            <option value="">{t('import.no_column')}</option>
            {options.map((one) => (
              <option key={one.index} value={one.index}>
                {one.name}
              </option>
            ))}
          </Select>
        </div>
      )}
    </>
  );
}
