// Which lines of a review are selected to be kept together. Those that changed since the last
// review have to be looked at first, one by one (ui.md 5.8): they are left out until then.

import { useCallback, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { everyLine, type LineFilter } from '../../app/reviewState.ts';
import { useSpeech } from '../../app/speech.tsx';
import type { ReviewLineRow } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import type { Selection } from '../../parts/rosterProps.ts';

interface State {
  scope: string;
  rows: ReadonlyMap<string, ReviewLineRow>;
  everything: boolean;
}

export interface LineSelection {
  chosen: Selection;
  rows: readonly ReviewLineRow[];
  /** Whether it is all that match. */
  everything: boolean;
  looked: ReadonlySet<string>;
  /** Remembers that somebody was looked at. */
  look: (line: string) => void;
  /** How often a key asked to keep the selection. */
  asks: number;
  ask: () => void;
}

const NONE: ReadonlyMap<string, ReviewLineRow> = new Map();

export function useLineSelection(
  filter: LineFilter,
  row: (index: number) => ReviewLineRow | undefined,
): LineSelection {
  const backend = useBackend();
  const { polite } = useSpeech();
  const scope = JSON.stringify(filter);
  const [state, setState] = useState<State>({ scope, rows: NONE, everything: false });
  const [looked, setLooked] = useState<ReadonlySet<string>>(new Set());
  const [asks, setAsks] = useState(0);
  const current = state.scope === scope ? state : { scope, rows: NONE, everything: false };
  const set = (rows: Iterable<ReviewLineRow>, everything = false) => {
    const next = new Map([...rows].map((one) => [one.membership, one]));
    setState({ scope, rows: next, everything });
    polite(t('selection.count', { n: next.size }));
  };
  const find = (id: string): ReviewLineRow | undefined => {
    // A row that can be pressed is near the others that are read.
    for (let index = 0; index < 100_000; index += 1) {
      const one = row(index);
      if (one?.membership === id) return one;
      if (one === undefined && index > 1024) return undefined;
    }
    return undefined;
  };
  const between = async (from: number, to: number): Promise<ReviewLineRow[]> => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const near = Array.from({ length: last - first + 1 }, (_, index) => row(first + index));
    if (near.every((one) => one !== undefined)) return near;
    return (await everyLine(backend, filter)).slice(first, last + 1);
  };
  const chosen: Selection = {
    ids: new Set(current.rows.keys()),
    toggle: (id) => {
      const next = new Map(current.rows);
      const one = find(id);
      if (!next.delete(id) && one !== undefined) next.set(id, one);
      set(next.values());
    },
    extend: (from, to) => void between(from, to).then((rows) => set(rows)),
    all: () => void everyLine(backend, filter).then((rows) => set(rows, true)),
    clear: () => set([]),
  };
  const look = useCallback((line: string) => setLooked((before) => new Set(before).add(line)), []);
  const ask = () => setAsks((n) => n + 1);
  return {
    chosen,
    rows: [...current.rows.values()],
    everything: current.everything,
    looked,
    look,
    asks,
    ask,
  };
}
