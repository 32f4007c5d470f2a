// What a page says of its list, as the parts of a roster share it.

import type { ReactNode } from 'react';
import type { MarginMark } from './MarkSign.tsx';

export interface Column<Row> {
  id: string;
  name: string;
  /** A track of the table's grid. */
  width: string;
  /** Whether a press on the head sorts by it. */
  sorts?: boolean;
  /** Left out where there is little room; the first to go even where there is some. */
  spare?: boolean | 'first';
  /** Shown only where somebody asked for it. */
  asked?: boolean;
  cell: (row: Row) => ReactNode;
  /** What a copy of the row says of it; without it the row is copied without this column. */
  text?: (row: Row) => string;
}

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** Selects all from one row to another. */
  extend: (from: number, to: number) => void;
  all: () => void;
  clear: () => void;
}

export interface RosterProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** Names the list by which the choice of its columns is kept; without one there is none. */
  list?: string;
  total: number;
  row: (index: number) => Row | undefined;
  id: (row: Row) => string;
  name: (row: Row) => string;
  mark: (row: Row) => MarginMark;
  /** What the margin says aloud where it says more than the mark's name. */
  told?: (row: Row) => string;
  /** The second line where a row has two. */
  second: (row: Row) => ReactNode;
  /** What stands over the row where another part of the list begins, such as a day. It is for the
   * eye alone: what is read out of the row says it too. */
  heading?: (row: Row) => string | null;
  /** The address of the row, by which it can be found. */
  address?: (row: Row) => string;
  current?: (row: Row) => boolean;
  loaded: boolean;
  sort?: { by: string; descending: boolean; onSort: (by: string) => void };
  selection?: Selection;
  look: (first: number, last: number) => void;
  onOpen: (row: Row) => void;
  onMenu: (row: Row, at: Element) => void;
  /** F2, or Enter in a cell that can be changed. */
  onChange?: (row: Row) => void;
  onRemove?: (row: Row) => void;
  onFocusRow?: (row: Row) => void;
  onFilter?: () => void;
  /** Letters are commands of the page, so that they do not jump. */
  letters?: 'commands';
  /** A row to be scrolled to and focused; a new value asks anew. */
  reveal?: { id: string; index: number } | undefined;
  /** The place of the next row below a place whose name starts with the letters, among all. */
  onLetters?: (letters: string, after: number) => Promise<number | null>;
  /** What Escape closes before it clears the selection. */
  onEscape?: (() => void) | undefined;
  /** What a copy of the row, or of the selection, puts on the clipboard. */
  copy?: (row: Row | undefined) => string | Promise<string>;
  /** The rows that are selected, wherever in the list they stand. */
  selectedRows?: () => Promise<readonly Row[]>;
  /** Changes with the list's content: the focus then goes back to the first row. */
  listKey: string;
}
