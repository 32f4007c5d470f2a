// Which members are selected. *Select all* means every row that matches, and rows that arrive
// later are not in it (ui.md 4.3). A new filter starts with nothing selected, so that nobody
// is changed who is not on screen.

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import type { MemberFilter } from '../app/keys.ts';
import { useSpeech } from '../app/speech.tsx';
import { PAGE } from '../backend/backend.ts';
import type { MemberRow } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import type { Selection } from './rosterProps.ts';

interface State {
  scope: string;
  ids: ReadonlySet<string>;
  everything: boolean;
}

const NONE: ReadonlySet<string> = new Set();
// Ids alone come in one answer, however many they are.
const EVERY = 0xffff_ffff;

function lines(rows: readonly MemberRow[]): string {
  return rows.map((one) => one.address).join('\n');
}

export function useSelection(
  filter: MemberFilter,
  scope: string,
  row: (index: number) => MemberRow | undefined,
) {
  const backend = useBackend();
  const { polite } = useSpeech();
  const [state, setState] = useState<State>({ scope, ids: NONE, everything: false });
  const current = state.scope === scope ? state : { scope, ids: NONE, everything: false };
  const set = (ids: ReadonlySet<string>, everything = false) => {
    setState({ scope, ids, everything });
    polite(t('selection.count', { n: ids.size }));
  };
  const ids = () => backend.memberIds({ ...filter, offset: 0, limit: EVERY });
  const between = async (from: number, to: number): Promise<string[]> => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const loaded = Array.from({ length: last - first + 1 }, (_, index) => row(first + index)?.id);
    if (loaded.every((id) => id !== undefined)) return loaded;
    return (await ids()).slice(first, last + 1);
  };
  const selection: Selection = {
    ids: current.ids,
    toggle: (id) => {
      const next = new Set(current.ids);
      if (!next.delete(id)) next.add(id);
      set(next);
    },
    extend: (from, to) => void between(from, to).then((range) => set(new Set(range))),
    all: () => void ids().then((every) => set(new Set(every), true)),
    clear: () => set(NONE),
  };
  /** Every selected row, also those that are not read yet. */
  const selectedRows = async (): Promise<MemberRow[]> => {
    const found: MemberRow[] = [];
    for (let offset = 0; found.length < current.ids.size; offset += PAGE) {
      const { rows } = await backend.members({ ...filter, offset, limit: PAGE });
      if (rows.length === 0) break;
      found.push(...rows.filter((one) => current.ids.has(one.id)));
    }
    return found;
  };
  const copy = (at: MemberRow | undefined): string | Promise<string> => {
    if (current.ids.size === 0) return at?.address ?? '';
    const known: MemberRow[] = [];
    for (let index = 0; index < current.ids.size + PAGE; index += 1) {
      const one = row(index);
      if (one !== undefined && current.ids.has(one.id)) known.push(one);
    }
    if (known.length === current.ids.size) return lines(known);
    return selectedRows().then(lines);
  };
  return { selectedRows, selection, everything: current.everything, copy };
}
