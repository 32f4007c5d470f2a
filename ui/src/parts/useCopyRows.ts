// Mod+Shift+C copies rows as text: a line for the heads, a line for each row, tabs between, as a
// sheet takes them (ui.md 4.3). The columns are those that are shown.

import { useNotify } from '../app/notices.tsx';
import { t } from '../i18n/text.tsx';
import type { Column, RosterProps } from './rosterProps.ts';

// A tab or a line's end within a value would tear the row apart.
function cellText(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').trim();
}

/** Rows as text with tabs, under their heads. */
export function rowsAsText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const said = columns.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  const lines = rows.map((row) => said.map(({ text }) => cellText(text(row))));
  return [said.map(({ name }) => name), ...lines].map((line) => line.join('\t')).join('\n');
}

export function useCopyRows<Row>(props: RosterProps<Row>, columns: readonly Column<Row>[]) {
  const notify = useNotify();
  return (at: Row | undefined): void => {
    const { selection, selectedRows } = props;
    const chosen = (selection?.ids.size ?? 0) > 0 && selectedRows !== undefined;
    const run = async () => {
      try {
        const rows = chosen ? await selectedRows() : at === undefined ? [] : [at];
        if (rows.length === 0) return;
        await navigator.clipboard.writeText(rowsAsText(columns, rows));
        notify({ text: t('copy.rows', { n: rows.length }) });
      } catch {
        notify({ text: t('copy.rows_failed') });
      }
    };
    if (columns.some(({ text }) => text !== undefined)) void run();
  };
}
