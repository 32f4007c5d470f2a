// The keys and presses of a roster (ui.md 9, Lists). The table has one tab stop: a row, or a
// cell of it reached with the arrows to the side.

import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import { mod } from '../app/globalKeys.ts';
import { singleKeys } from '../app/singleKeys.ts';
import type { Column, RosterProps } from './rosterProps.ts';
import type { Pages } from './usePages.ts';

interface At {
  /** -1 is the head. */
  row: number;
  /** -1 is the row itself. */
  column: number;
}

interface Around<Row> {
  columns: readonly Column<Row>[];
  scroller: RefObject<HTMLDivElement | null>;
  /** Which rows are shown. */
  pages: Pages;
  /** Brings a row into sight. */
  show: (index: number) => void;
  size: number;
  /** Copies the row, or what is selected, as text with tabs. */
  copyRows: () => void;
}

export function useRosterFocus<Row>(props: RosterProps<Row>, around: Around<Row>) {
  const { columns, scroller, pages, show, size } = around;
  const { total } = props;
  const [at, setAt] = useState<At>({ row: 0, column: -1 });
  const [key, setKey] = useState(props.listKey);
  const anchor = useRef<number | null>(null);
  // Where a key asked the focus to go, until it is there. By place and not a mere flag: the
  // effect of an earlier frame may run between the key and the frame that the key causes.
  const wanted = useRef<At | null>(null);

  if (key !== props.listKey) {
    // Another list: its first row, and nothing scrolled.
    setKey(props.listKey);
    setAt({ row: 0, column: -1 });
  } else if (at.row >= total && total > 0) {
    setAt({ row: total - 1, column: at.column });
  } else if (at.row >= 0 && (at.row < pages.from || at.row >= pages.from + pages.shown)) {
    // Another page: what the tab key reaches is on it.
    if (pages.shown > 0) setAt({ row: pages.from, column: -1 });
  }
  const seen = useRef(props.listKey);
  useEffect(() => {
    if (seen.current === props.listKey) return;
    seen.current = props.listKey;
    anchor.current = null;
    show(0);
  });

  // The row to focus may have to be scrolled into the tree first.
  useEffect(() => {
    if (wanted.current !== at) return;
    const element = find(scroller.current, at);
    if (element === null) return;
    const here = document.activeElement;
    const moved = here !== null && here !== document.body && !scroller.current?.contains(here);
    // A row that is not read yet gives way to another element, which takes the focus over.
    const waits =
      at.row >= 0 && element.closest<HTMLElement>('[data-index]')?.dataset.id === undefined;
    if (!waits || moved) wanted.current = null;
    if (!moved) element.focus({ preventScroll: true });
  });

  // What the page asks to be revealed may have to be scrolled into the tree and read first.
  const { reveal } = props;
  const revealing = useRef({ asked: reveal, done: reveal });
  useEffect(() => {
    const { current } = revealing;
    if (reveal === undefined || current.done === reveal) return;
    const element = scroller.current?.querySelector<HTMLElement>(
      `[data-id="${CSS.escape(reveal.id)}"]`,
    );
    if (element != null) {
      current.done = reveal;
      element.focus();
    } else if (current.asked !== reveal) {
      current.asked = reveal;
      show(reveal.index);
    }
  });

  const go = (row: number, column: number) => {
    const to = Math.max(total > 0 ? -1 : 0, Math.min(total - 1, row));
    const next = { row: to, column: to === -1 ? Math.max(0, column) : column };
    wanted.current = next;
    setAt(next);
    if (to >= 0) {
      show(to);
      const item = props.row(to);
      if (item !== undefined) props.onFocusRow?.(item);
    }
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / size) - 2);

  const act = (row: Row, element: Element) => {
    if (at.column === columns.length) props.onMenu(row, element);
    else if (columns[at.column]?.id === 'role' && props.onChange) props.onChange(row);
    else props.onOpen(row);
  };

  const select = (event: KeyboardEvent, to: number) => {
    if (props.selection === undefined || !event.shiftKey) {
      anchor.current = null;
      return;
    }
    anchor.current ??= at.row;
    props.selection.extend(anchor.current, Math.max(0, Math.min(total - 1, to)));
  };

  const steps = (event: KeyboardEvent): number | null => {
    switch (event.key) {
      case 'ArrowDown':
        return at.row + 1;
      case 'ArrowUp':
        return at.row - 1;
      case 'PageDown':
        return at.row + page;
      case 'PageUp':
        return Math.max(0, at.row - page);
      case 'Home':
        return 0;
      case 'End':
        return total - 1;
      default:
        return null;
    }
  };

  const rowKey = (event: KeyboardEvent): boolean => {
    const row = props.row(at.row);
    const element = event.target as Element;
    if (row === undefined) return false;
    if (event.key === 'Enter') act(row, element);
    else if (event.key === ' ' && props.selection !== undefined) {
      props.selection.toggle(props.id(row));
    } else if (event.key === '.' && singleKeys() === 'on') props.onMenu(row, element);
    else if (event.key === 'ContextMenu') props.onMenu(row, element);
    else if (event.key === 'F10' && event.shiftKey) props.onMenu(row, element);
    else if (event.key === 'F2' && props.onChange) props.onChange(row);
    else if (event.key === 'Delete' && props.onRemove) props.onRemove(row);
    else return false;
    return true;
  };

  const letters = useRef({ typed: '', at: 0 });
  // Letters typed within a second belong together; the same letter again goes on to the next.
  const jump = (letter: string) => {
    const now = Date.now();
    const before = now - letters.current.at < 1_000 ? letters.current.typed : '';
    const typed = before === letter ? letter : before + letter;
    letters.current = { typed, at: now };
    // A longer word may still be that of the row itself.
    const after = Math.max(-1, typed.length > 1 ? at.row - 1 : at.row);
    const place = props.onLetters?.(typed, after) ?? Promise.resolve(among(typed, after));
    void place.then((found) => {
      if (found !== null && letters.current.typed === typed) go(found, -1);
    });
  };
  // Rows that are here; a list that may have more asks the core.
  const among = (typed: string, after: number): number | null => {
    for (let step = 1; step <= total; step += 1) {
      const place = (after + step) % total;
      const row = props.row(place);
      if (row !== undefined && folded(props.name(row)).startsWith(folded(typed))) return place;
    }
    return null;
  };

  const handled = (event: KeyboardEvent): boolean => {
    if (mod(event)) {
      const letter = event.key.toLowerCase();
      if (letter === 'a' && !event.shiftKey && props.selection !== undefined) props.selection.all();
      else if (letter === 'c' && event.shiftKey) around.copyRows();
      else if (letter === 'f' && props.onFilter) props.onFilter();
      else if (event.key === 'Home') go(0, at.column);
      else if (event.key === 'End') go(total - 1, at.column);
      else return false;
      return true;
    }
    if (event.altKey) return false;
    const step = steps(event);
    if (step !== null) {
      select(event, step);
      go(event.shiftKey ? Math.max(0, step) : step, at.column);
      return true;
    }
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const side = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
      const move = (event.key === 'ArrowRight' ? 1 : -1) * side;
      go(at.row, Math.max(-1, Math.min(columns.length, at.column + move)));
      return true;
    }
    if (event.key === '/' && props.onFilter && singleKeys() === 'on') {
      props.onFilter();
      return true;
    }
    if (event.key === 'Escape' && props.onEscape !== undefined) {
      props.onEscape();
      return true;
    }
    if (event.key === 'Escape' && (props.selection?.ids.size ?? 0) > 0) {
      props.selection?.clear();
      return true;
    }
    if (at.row === -1) return false;
    if (rowKey(event)) return true;
    const isLetter = /^[\p{L}\p{N}]$/u.test(event.key);
    if (!isLetter || props.letters === 'commands' || singleKeys() === 'off') return false;
    jump(event.key);
    return true;
  };

  const keyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    // A field inside a row, such as a name being changed, keeps its keys.
    if (event.nativeEvent.isComposing || target.matches('input:not([type="checkbox"])')) return;
    // What a menu over the list hears comes up here as well.
    if (!event.currentTarget.contains(target)) return;
    if (handled(event)) event.preventDefault();
  };

  const press = (event: MouseEvent) => {
    const target = event.target as Element;
    const sort = target.closest<HTMLElement>('[data-sort]')?.dataset.sort;
    if (sort !== undefined) {
      props.sort?.onSort(sort);
      return;
    }
    if (target.closest('[data-all]') !== null) {
      const { selection } = props;
      if (selection !== undefined && selection.ids.size > 0) selection.clear();
      else selection?.all();
      return;
    }
    if (target.closest('input:not([type="checkbox"]), form') !== null) return;
    const index = indexOf(target);
    const row = index === null ? undefined : props.row(index);
    if (index === null || row === undefined) return;
    setAt({ row: index, column: -1 });
    const check = target.closest('[data-check]') !== null;
    if (props.selection !== undefined && (check || event.shiftKey || mod(event))) {
      if (event.shiftKey) props.selection.extend(anchor.current ?? at.row, index);
      else props.selection.toggle(props.id(row));
      anchor.current ??= index;
      return;
    }
    anchor.current = null;
    const more = target.closest('[data-more]');
    if (more !== null) props.onMenu(row, more);
    else props.onOpen(row);
  };

  const contextMenu = (event: MouseEvent) => {
    const index = indexOf(event.target as Element);
    const row = index === null ? undefined : props.row(index);
    if (index === null || row === undefined) return;
    event.preventDefault();
    setAt({ row: index, column: -1 });
    props.onMenu(row, event.target as Element);
  };

  // A press or a returning focus moves the tab stop along with it.
  const focused = (event: FocusEvent) => {
    const target = event.target as HTMLElement;
    const index = indexOf(target);
    const column = target.dataset.column;
    if (index === null) return;
    const next = { row: index, column: column === undefined ? -1 : Number(column) };
    if (next.row !== at.row || (column !== undefined && next.column !== at.column)) setAt(next);
  };

  return { at, keyDown, press, contextMenu, focused };
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function indexOf(element: Element): number | null {
  const value = element.closest<HTMLElement>('[data-index]')?.dataset.index;
  return value === undefined ? null : Number(value);
}

function find(grid: HTMLElement | null, at: At): HTMLElement | null {
  if (grid === null) return null;
  if (at.row === -1) {
    const head = '[role="columnheader"] button';
    return grid.querySelector<HTMLElement>(`${head}[tabindex="0"]`) ?? grid.querySelector(head);
  }
  const row = grid.querySelector<HTMLElement>(`[data-index="${at.row}"]`);
  if (row === null || at.column === -1) return row;
  return row.querySelector<HTMLElement>(`[data-column="${at.column}"]`) ?? row;
}
