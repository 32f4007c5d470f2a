// How an event stands in a row, the time and the sentence, and what day stands over it.

import type { HistoryRow } from '../../backend/types.ts';
import { count, date, time, when, whole } from '../../i18n/format.ts';
import { T, t, type Values } from '../../i18n/text.tsx';
import type { MarginMark } from '../../parts/MarkSign.tsx';
import member from '../../parts/member.module.css';
import type { Column } from '../../parts/rosterProps.ts';
import styles from './history.module.css';
import { groupOf, sentenceOf, sentenceText } from './sentences.ts';

const DAY = 86_400_000;

function dayOf(row: HistoryRow): string {
  return row.not_sent ? 'not sent' : new Date(row.at).toDateString();
}

/** The rows that begin another day. */
export function firstOfDays(rows: readonly HistoryRow[]): ReadonlySet<string> {
  const first = new Set<string>();
  let day = '';
  for (const row of rows) {
    if (dayOf(row) !== day) first.add(row.id);
    day = dayOf(row);
  }
  return first;
}

function dayText(row: HistoryRow): string {
  if (row.not_sent) return t('history.not_sent');
  const days = Math.round(
    (new Date().setHours(0, 0, 0, 0) - new Date(row.at).setHours(0, 0, 0, 0)) / DAY,
  );
  if (days === 0) return t('history.today');
  return days === 1 ? t('history.yesterday') : date(row.at);
}

export function historyMark(row: HistoryRow): MarginMark {
  if (row.refused !== null) return 'refused';
  return row.not_sent ? 'not_sent' : 'none';
}

/** What stands over the row that begins a day. */
export function dayHeading(row: HistoryRow, days: ReadonlySet<string>): string | null {
  return days.has(row.id) ? dayText(row) : null;
}

export function historyColumns(names: Values): Column<HistoryRow>[] {
  return [
    {
      id: 'what',
      name: t('column.what'),
      width: 'minmax(12rem, 1fr)',
      cell: (row) => (
        <span className={styles.event} title={`${sentenceText(row, names)} · ${whole(row.at)}`}>
          <span className={styles.time} aria-hidden="true">
            {time(row.at)}
          </span>
          <span className="visually-hidden">{row.not_sent ? dayText(row) : when(row.at)} </span>
          <span className={row.not_sent ? styles.waits : styles.sentence}>
            <T {...sentenceOf(row, names)} />
          </span>
          {row.more > 0 && <span className={styles.more}>▸ {count(row.more + 1)}</span>}
        </span>
      ),
    },
    {
      id: 'kind',
      name: t('column.kind'),
      width: '8rem',
      spare: true,
      cell: (row) => {
        const group = groupOf(row.kind);
        return (
          <span className={member.quiet}>
            {row.refused !== null ? row.refused.rule : group && t(`history.what.${group}`)}
          </span>
        );
      },
    },
  ];
}
