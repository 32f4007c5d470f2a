// Long lists in pages instead of one that is scrolled, for whoever chose it (ui.md 5.16): a page
// has a beginning and an end, and is the same one again when one comes back to it.

import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useReading } from '../app/reading.ts';

/** How many rows a page has. */
const ROWS = 50;

export interface Pages {
  /** Whether there is more than one. */
  several: boolean;
  page: number;
  count: number;
  /** The place of the first row that is shown, among all. */
  from: number;
  /** How many rows are shown. */
  shown: number;
  turn: (page: number) => void;
}

/** Which rows of a list are shown: all, or those of a page. Another list begins at its first. */
export function usePages(total: number, listKey: string): Pages {
  const paged = useReading('tables') === 'pages';
  const [wanted, setWanted] = useState({ listKey, page: 0 });
  const count = paged ? Math.max(1, Math.ceil(total / ROWS)) : 1;
  const page = wanted.listKey === listKey ? Math.min(wanted.page, count - 1) : 0;
  const from = page * ROWS;
  return {
    several: count > 1,
    page,
    count,
    from,
    shown: paged ? Math.min(ROWS, total - from) : total,
    turn: (next) => setWanted({ listKey, page: next }),
  };
}

/** Brings a row into sight, by its place among all; its page is turned to first. */
export function useShowRow(virtual: Virtualizer<HTMLDivElement, Element>, pages: Pages) {
  const { from, page, several, turn } = pages;
  const next = useRef<number | null>(null);
  useEffect(() => {
    if (next.current === null) return;
    virtual.scrollToIndex(next.current - from);
    next.current = null;
  }, [virtual, from]);
  return (index: number) => {
    const on = several ? Math.floor(index / ROWS) : page;
    if (on === page) {
      virtual.scrollToIndex(index - from);
    } else {
      next.current = index;
      turn(on);
    }
  };
}
