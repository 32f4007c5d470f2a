// One row of a roster. It renders again only when its own data, its selection or its focus
// changes.

import { memo, type ReactNode } from 'react';
import { t } from '../i18n/text.tsx';
import { MarkSign } from './MarkSign.tsx';
import styles from './roster.module.css';
import type { Column, RosterProps } from './rosterProps.ts';
import { markName } from './words.ts';

interface RowProps<Row> {
  index: number;
  top: number;
  row: Row | undefined;
  columns: readonly Column<Row>[];
  view: RosterProps<Row>;
  phone: boolean;
  selected: boolean;
  selects: boolean;
  current: boolean;
  /** The focused cell, -1 for the row itself, null if the focus is elsewhere. */
  tab: number | null;
}

// `view` holds functions of the row alone, so a new one does not make a row differ; what they
// read is in `row` and `columns`.
function same<Row>(a: RowProps<Row>, b: RowProps<Row>): boolean {
  return (
    a.row === b.row &&
    a.top === b.top &&
    a.index === b.index &&
    a.columns === b.columns &&
    a.phone === b.phone &&
    a.selected === b.selected &&
    a.selects === b.selects &&
    a.current === b.current &&
    a.tab === b.tab
  );
}

function RowShape<Row>(props: RowProps<Row>) {
  const { index, top, row, columns, view, phone, tab } = props;
  const place = { transform: `translateY(${top}px)` };
  if (row === undefined) {
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        tabIndex={tab === null ? -1 : 0}
        className={styles.row}
        data-index={index}
        style={place}
      >
        <div role="gridcell" className={styles.margin} />
        <div role="gridcell" className={styles.waiting}>
          <span className={styles.number}>{index + 1}</span>
          <span className={styles.bar} />
          <span className={styles.bar} />
        </div>
      </div>
    );
  }
  const mark = view.mark(row);
  const name = view.name(row);
  const told = view.told?.(row) ?? markName(mark);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selects ? props.selected : undefined}
      aria-current={props.current ? 'true' : undefined}
      tabIndex={tab === -1 ? 0 : -1}
      className={styles.row}
      data-testid="row"
      data-index={index}
      data-id={view.id(row)}
      data-address={view.address?.(row)}
      data-mark={mark}
      style={place}
    >
      <div role="gridcell" className={styles.margin} title={told || undefined}>
        {mark !== 'none' && <MarkSign mark={mark} />}
        {told !== '' && <span className="visually-hidden">{told}</span>}
      </div>
      {props.selects && (
        <div role="gridcell" className={styles.check}>
          <input
            type="checkbox"
            tabIndex={-1}
            className={styles.box}
            aria-label={t('roster.select', { name })}
            checked={props.selected}
            readOnly
            data-check
          />
        </div>
      )}
      {phone ? (
        <div role="rowheader" className={styles.two} tabIndex={tab === 0 ? 0 : -1} data-column={0}>
          <span className={styles.line}>{columns[0]?.cell(row)}</span>
          <span className={styles.second}>{view.second(row)}</span>
        </div>
      ) : (
        columns.map((column, at) => (
          <Cell key={column.id} at={at} tab={tab === at}>
            {column.cell(row)}
          </Cell>
        ))
      )}
      <div role="gridcell" className={styles.more}>
        <button
          type="button"
          className={styles.moreButton}
          tabIndex={tab === (phone ? 1 : columns.length) ? 0 : -1}
          aria-haspopup="menu"
          aria-label={t('roster.more', { name })}
          data-more
          data-column={phone ? 1 : columns.length}
        />
      </div>
    </div>
  );
}

function Cell({ at, tab, children }: { at: number; tab: boolean; children: ReactNode }) {
  return (
    <div
      role={at === 0 ? 'rowheader' : 'gridcell'}
      className={at === 0 ? `${styles.cell} ${styles.name}` : styles.cell}
      tabIndex={tab ? 0 : -1}
      data-column={at}
    >
      {children}
    </div>
  );
}

export const RosterRow = memo(RowShape, same) as typeof RowShape;
