// The roster: every table of the window (ui.md 4.3). A margin holds the state of a row and
// nothing else; one tab stop; the same keys everywhere; rows of one fixed height in one pass.
// Presses are handled once for the whole table, so that a row costs nothing but its cells.

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  Fragment,
  lazy,
  type MouseEvent,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Reading, useReading } from '../app/reading.ts';
import { useWidth } from '../app/useWidth.ts';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { type Room, useColumns } from './columns.ts';
import { Pager } from './Pager.tsx';
import { RosterHead } from './RosterHead.tsx';
import { RosterRow } from './RosterRow.tsx';
import styles from './roster.module.css';
import type { RosterProps } from './rosterProps.ts';
import { useContainerWidth } from './useContainerWidth.ts';
import { useCopyEvent, useCopyRows } from './useCopyRows.ts';
import { usePages, useShowRow } from './usePages.ts';
import { useRosterFocus } from './useRosterFocus.ts';
import { useTextScale } from './useTextScale.ts';

const ColumnsMenu = lazy(() =>
  import('./ColumnsMenu.tsx').then((one) => ({ default: one.ColumnsMenu })),
) as typeof import('./ColumnsMenu.tsx').ColumnsMenu;

// Two lines each, where there is room for one column.
const TALL = 56;
const ROW: Record<Reading<'rows'>, number> = { usual: 40, compact: 32, roomy: 52 };
// What a heading over a row takes besides the row.
const HEADING = 36;
const ROOM = 760;
const MUCH_ROOM = 1000;

function roomOf(width: number): Room {
  return width >= MUCH_ROOM ? 'much' : width >= ROOM ? 'some' : 'little';
}

/** The rows that have a heading, by their place. */
function headed<Row>(
  { total, row }: RosterProps<Row>,
  heading: (row: Row) => string | null,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (let index = 0; index < total; index += 1) {
    const one = row(index);
    const text = one === undefined ? null : heading(one);
    if (text !== null) found.set(index, text);
  }
  return found;
}

export function Roster<Row>(props: RosterProps<Row>) {
  const phone = useWidth() === 'phone';
  const scroller = useRef<HTMLDivElement>(null);
  // Larger text leaves room for as much as a narrower list.
  const scale = useTextScale();
  const room = roomOf(useContainerWidth(scroller) / scale);
  const choice = useColumns(props.list, props.columns, room);
  const columns = choice.shown;
  const [menu, setMenu] = useState<Element | null>(null);
  const row = ROW[useReading('rows')];
  const size = Math.round((phone ? TALL : row) * scale);
  const focusedRow = useRef(0);
  const headingSize = Math.round(HEADING * scale);
  // A list that is scrolled is the same list.
  const headings = useMemo(
    () => (props.heading === undefined ? null : headed(props, props.heading)),
    [props],
  );
  const pages = usePages(props.total, props.listKey);
  const { from } = pages;
  const virtual = useVirtualizer({
    count: pages.shown,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (headings?.has(from + index) ? size + headingSize : size),
    overscan: 12,
    // The focused row stays in the tree when it is scrolled away (ui.md 10.2).
    rangeExtractor: useCallback((range: Range) => {
      const rows = defaultRangeExtractor(range);
      const kept = focusedRow.current;
      if (kept < 0 || kept >= range.count || rows.includes(kept)) return rows;
      return kept < (rows[0] ?? 0) ? [kept, ...rows] : [...rows, kept];
    }, []),
  });
  const where = headings === null ? '' : [...headings.keys()].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new height is measured anew.
  useEffect(() => virtual.measure(), [size, where, from, virtual]);
  const range = virtual.range;
  const { look } = props;
  const first = from + (range?.startIndex ?? 0);
  const last = from + (range?.endIndex ?? 0);
  useEffect(() => look(first, last), [look, first, last]);

  const show = useShowRow(virtual, pages);
  const copyRows = useCopyRows(props, columns);
  const copyEvent = useCopyEvent(props);
  const focus = useRosterFocus(props, {
    columns,
    scroller,
    pages,
    show,
    size,
    copyRows: () => copyRows(props.row(focusedRow.current + from)),
  });
  focusedRow.current = focus.at.row - from;

  const cells = phone ? 1 : columns.length;
  const lead = props.selection === undefined ? 1 : 2;
  const tracks = phone
    ? `var(--margin) ${props.selection === undefined ? '' : '2.25rem '}minmax(0, 1fr) 2.5rem`
    : `var(--margin) ${props.selection === undefined ? '' : '2.25rem '}${columns
        .map((one) => one.width)
        .join(' ')} 2.5rem`;
  const press = (event: MouseEvent) => {
    const asked = (event.target as Element).closest('[data-columns]');
    if (asked === null) focus.press(event);
    else setMenu(asked);
  };
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.total + 1}
        aria-colcount={cells + lead + 1}
        aria-multiselectable={props.selection === undefined ? undefined : true}
        className={styles.roster}
        data-testid="roster"
        data-loaded={props.loaded}
        data-phone={phone || undefined}
        style={
          {
            '--tracks': tracks,
            '--row-size': `${size}px`,
            '--heading-size': `${headingSize}px`,
          } as React.CSSProperties
        }
        onKeyDown={focus.keyDown}
        onFocus={focus.focused}
        onClick={press}
        onContextMenu={focus.contextMenu}
        onCopy={(event) => copyEvent(event, props.row(focus.at.row))}
      >
        <RosterHead
          columns={phone ? [] : columns}
          selection={props.selection}
          sort={props.sort}
          chooses={props.list !== undefined && !phone}
          total={props.total}
          at={focus.at.row === -1 ? focus.at.column : null}
        />
        <div role="rowgroup" className={styles.body} style={{ blockSize: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const index = from + item.index;
            const row = props.row(index);
            const key = row === undefined ? index : props.id(row);
            const heading = headings?.get(index);
            return (
              <Fragment key={key}>
                {heading !== undefined && (
                  <div
                    className={styles.heading}
                    aria-hidden="true"
                    data-testid="heading"
                    style={{ transform: `translateY(${item.start}px)` }}
                  >
                    {heading}
                  </div>
                )}
                <RosterRow
                  index={index}
                  top={heading === undefined ? item.start : item.start + headingSize}
                  row={row}
                  columns={columns}
                  phone={phone}
                  view={props}
                  selected={row !== undefined && (props.selection?.ids.has(props.id(row)) ?? false)}
                  selects={props.selection !== undefined}
                  current={row !== undefined && (props.current?.(row) ?? false)}
                  tab={focus.at.row === index ? focus.at.column : null}
                />
              </Fragment>
            );
          })}
        </div>
      </div>
      {menu !== null && (
        <Suspense fallback={null}>
          <ColumnsMenu
            at={menu}
            all={props.columns}
            columns={choice}
            onClose={() => setMenu(null)}
          />
        </Suspense>
      )}
      {pages.several && <Pager label={props.label} pages={pages} total={props.total} />}
      {virtual.isScrolling && pages.shown > 128 && (
        <div className={styles.where} aria-hidden="true">
          {t('roster.where', { row: count(first + 1), total: count(props.total) })}
        </div>
      )}
    </div>
  );
}
