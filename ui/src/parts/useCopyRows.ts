// Mod+Shift+C copies rows as text: a line for the heads, a line for each row, tabs between, as a
// sheet takes them (ui.md 4.3). The columns are those that are shown.

import type { ClipboardEvent } from 'react';
import { copyText } from '../app/clipboard.ts';
import { useNotify } from '../app/notices.tsx';
import { t } from '../i18n/text.tsx';
import type { Column, RosterProps } from './rosterProps.ts';

// From how many rows on the window says that they are being read.
const MANY = 2000;

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

/** Copies what is read meanwhile, and says how much it was; nothing read is nothing said. */
function useCopying() {
  const notify = useNotify();
  return async (what: 'rows' | 'addresses', expected: number, text: Promise<string>) => {
    if (expected >= MANY) notify({ text: t('copy.going', { n: expected }) });
    try {
      await copyText(text);
      const n = (await text).split('\n').length;
      notify({ text: t(`copy.${what}`, { n: what === 'rows' ? n - 1 : n }) });
    } catch {
      notify({ text: t('copy.rows_failed') });
    }
  };
}

/** Mod+Shift+C. */
export function useCopyRows<Row>(props: RosterProps<Row>, columns: readonly Column<Row>[]) {
  const copying = useCopying();
  return (at: Row | undefined): void => {
    const { selection, selectedRows } = props;
    const n = selection?.ids.size ?? 0;
    if (!columns.some(({ text }) => text !== undefined)) return;
    if (n > 0 && selectedRows !== undefined) {
      void copying(
        'rows',
        n,
        selectedRows().then((rows) => rowsAsText(columns, rows)),
      );
    } else if (at !== undefined) {
      void copying('rows', 1, Promise.resolve(rowsAsText(columns, [at])));
    }
  };
}

/** Mod+C: one row is there to be copied; what is selected may have to be read first. */
export function useCopyEvent<Row>(props: RosterProps<Row>) {
  const copying = useCopying();
  const notify = useNotify();
  return (event: ClipboardEvent, at: Row | undefined): void => {
    if (props.copy === undefined || String(window.getSelection() ?? '') !== '') return;
    event.preventDefault();
    const text = props.copy(at);
    if (typeof text !== 'string') {
      void copying('addresses', props.selection?.ids.size ?? 0, text);
      return;
    }
    event.clipboardData.setData('text/plain', text);
    const n = props.selection?.ids.size ?? 0;
    if (n > 1) notify({ text: t('copy.addresses', { n }) });
  };
}
