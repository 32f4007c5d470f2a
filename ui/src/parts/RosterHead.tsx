// The head of a roster: its names, and by a press its order.

import { Columns3 } from 'lucide-react';
import { t } from '../i18n/text.tsx';
import { Icon } from '../primitives/Icon.tsx';
import styles from './roster.module.css';
import type { Column, RosterProps, Selection } from './rosterProps.ts';

interface HeadProps<Row> {
  columns: readonly Column<Row>[];
  selection: Selection | undefined;
  sort: RosterProps<Row>['sort'];
  /** Whether the columns can be chosen. */
  chooses: boolean;
  total: number;
  /** The focused cell of the head, counted like those of a row; null if none. */
  at: number | null;
}

export function RosterHead<Row>(props: HeadProps<Row>) {
  const { columns, selection, sort, chooses, total, at } = props;
  const everything = selection !== undefined && total > 0 && selection.ids.size >= total;
  return (
    <div role="row" aria-rowindex={1} className={styles.head} data-empty={columns.length === 0}>
      <div role="columnheader" className={styles.margin} tabIndex={-1}>
        <span className="visually-hidden">{t('roster.margin')}</span>
      </div>
      {selection !== undefined && (
        <div role="columnheader" className={styles.check} tabIndex={-1}>
          <input
            type="checkbox"
            tabIndex={-1}
            className={styles.box}
            aria-label={t('roster.select_all')}
            checked={everything}
            readOnly
            data-all
          />
        </div>
      )}
      {columns.map((column, index) => {
        const sorted = sort?.by === column.id;
        return (
          <div
            key={column.id}
            role="columnheader"
            tabIndex={-1}
            className={styles.headCell}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
          >
            {column.sorts ? (
              <button
                type="button"
                className={styles.sort}
                tabIndex={at === index ? 0 : -1}
                data-sort={column.id}
              >
                {column.name}
                <span aria-hidden="true">{sorted ? (sort.descending ? ' ↓' : ' ↑') : ''}</span>
              </button>
            ) : (
              column.name
            )}
          </div>
        );
      })}
      <div role="columnheader" className={styles.moreHead} tabIndex={-1}>
        {chooses ? (
          <button
            type="button"
            className={styles.columns}
            tabIndex={at === columns.length ? 0 : -1}
            aria-haspopup="menu"
            aria-label={t('columns.choose')}
            title={t('columns.choose')}
            data-columns
          >
            <Icon of={Columns3} />
          </button>
        ) : (
          <span className="visually-hidden">{t('roster.actions')}</span>
        )}
      </div>
    </div>
  );
}
