// A table on paper: what it is, its heads on every page, its rows. Nothing of it is on screen.

import type { Cell, PrintSheet } from '../../backend/types.ts';
import { count, list, moment, roleNames } from '../../i18n/format.ts';
import { hasText, t } from '../../i18n/text.tsx';
import styles from './print.module.css';

// Words come as ids of the catalogue. A column of a later version is told by its key.
function word(id: string): string {
  if (id.startsWith('export.')) {
    const known = `export.${id.slice('export.'.length)}`;
    if (hasText(known)) return t(known);
  }
  if (hasText(id)) return t(id);
  return id.slice(id.lastIndexOf('.') + 1).replaceAll('_', ' ');
}

/** A cell as its reader reads it. */
export function cellText(cell: Cell): string {
  switch (cell.cell) {
    case 'empty':
      return '';
    case 'text':
      return cell.value;
    case 'number':
      return count(cell.value);
    case 'time':
      return moment(cell.value);
    case 'word':
      return word(cell.value);
    case 'roles':
      return roleNames(cell.value[0], cell.value[1]);
    case 'list':
      return list(cell.value);
  }
}

export function PrintedSheet({ sheet }: { sheet: PrintSheet }) {
  return (
    <div className={styles.sheet} data-testid="print-sheet" data-print="sheet">
      <dl className={styles.about}>
        {sheet.about.map(([name, value]) => (
          <div key={name}>
            <dt>{word(name)}</dt>
            <dd>{cellText(value)}</dd>
          </div>
        ))}
      </dl>
      <table className={styles.table}>
        <thead>
          <tr>
            {sheet.heads.map((head, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a sheet do not move.
              <th key={at} scope="col">
                {cellText(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a sheet do not move.
            <tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: nor do its cells.
                <td key={column} dir="auto">
                  {cellText(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.cut && <p>{t('export.cut', { n: sheet.rows.length })}</p>}
    </div>
  );
}
