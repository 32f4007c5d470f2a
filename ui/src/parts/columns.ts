// Which columns of a list are shown, as chosen on this device (ui.md 4.3). What was not chosen
// goes by the room there is; what was chosen is shown however little there is.

import { useMemo, useState } from 'react';
import type { Column } from './rosterProps.ts';

const KEY = 'muster.columns.';

export type Room = 'little' | 'some' | 'much';

/** Columns by their id, where somebody chose. */
export type Chosen = Readonly<Record<string, boolean>>;

function stored(list: string): Chosen {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY + list) ?? '{}');
    if (kept === null || typeof kept !== 'object') return {};
    return Object.fromEntries(Object.entries(kept).filter(([, on]) => typeof on === 'boolean'));
  } catch {
    return {};
  }
}

function fits(column: Column<never>, room: Room): boolean {
  if (column.asked) return false;
  return !column.spare || room === 'much' || (room === 'some' && column.spare !== 'first');
}

export interface Columns<Row> {
  shown: readonly Column<Row>[];
  chosen: Chosen;
  choose: (id: string, on: boolean) => void;
  /** Forgets every choice. */
  reset: () => void;
}

/** The columns that are shown; the first is the name and always is. */
export function useColumns<Row>(
  list: string | undefined,
  all: readonly Column<Row>[],
  room: Room,
): Columns<Row> {
  const [chosen, setChosen] = useState<Chosen>(() => (list === undefined ? {} : stored(list)));
  const shown = useMemo(
    () => all.filter((one, at) => at === 0 || (chosen[one.id] ?? fits(one, room))),
    [all, chosen, room],
  );
  const keep = (next: Chosen) => {
    setChosen(next);
    if (list !== undefined) localStorage.setItem(KEY + list, JSON.stringify(next));
  };
  return {
    shown,
    chosen,
    choose: (id, on) => keep({ ...chosen, [id]: on }),
    reset: () => keep({}),
  };
}
