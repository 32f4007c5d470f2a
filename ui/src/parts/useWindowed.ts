// Rows of a long list by pages of the core's answers. What is on screen stays until the rows
// of a new filter are there, so nothing flashes; `scope` is the one thing across which
// nothing may stay: rows of one workspace are never shown in another.

import { type QueryKey, type UseQueryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { PAGE } from '../backend/backend.ts';

interface Page<Row> {
  rows: Row[];
}

type Options<P> = UseQueryOptions<P, Error, P, QueryKey>;

export interface Source<P> {
  scope: string;
  /** Names the filter: a new key is a new list. */
  key: string;
  page: (n: number) => Options<P>;
}

export interface Windowed<P, Row> {
  /** The first page; undefined while nothing of this scope was ever read. */
  head: P | undefined;
  /** The key of the filter that is on screen. */
  shown: string;
  row: (index: number) => Row | undefined;
  /** Tells which rows are in sight. */
  look: (first: number, last: number) => void;
  error: Error | null;
}

// The core answers at most three at a time (ui.md 11).
const PAGES = 3;

export function useWindowed<P extends Page<Row>, Row>(source: Source<P>): Windowed<P, Row> {
  const wanted = useQuery(source.page(0));
  const [shown, setShown] = useState(source);
  const [first, setFirst] = useState(0);
  const [last, setLast] = useState(0);
  const change =
    shown.scope !== source.scope || (shown.key !== source.key && wanted.data !== undefined);
  const current = change ? source : shown;
  if (change) {
    setShown(source);
    setFirst(0);
    setLast(0);
  }
  const from = change ? 0 : first;
  const to = Math.min(change ? 0 : last, from + PAGES - 1);
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const answers = useQueries({ queries: pages.map((n) => current.page(n)) });
  const head = useQuery(current.page(0));
  const row = (index: number): Row | undefined => {
    const page = Math.floor(index / PAGE);
    const data = page === 0 ? head.data : answers[page - from]?.data;
    return data?.rows[index % PAGE];
  };
  const look = useCallback((firstRow: number, lastRow: number) => {
    setFirst(Math.floor(Math.max(0, firstRow) / PAGE));
    setLast(Math.floor(Math.max(0, lastRow) / PAGE));
  }, []);
  return { head: head.data, shown: current.key, row, look, error: wanted.error };
}
