// What stands in the switcher's list, place by place: from ten workspaces on pinned ones and
// recent ones under heads of their own, then all of them (ui.md 4.1); else one list.

export type SwitcherHead = 'pinned' | 'recent' | 'all';

export type SwitcherEntry =
  | { what: 'head'; head: SwitcherHead }
  /** One of the answered rows, by its number there. */
  | { what: 'listed'; index: number };

export interface SwitcherEntries {
  count: number;
  options: number;
  at: (place: number) => SwitcherEntry;
  /** The number of an option among the options, from 1. */
  position: (place: number) => number;
  /** The place of the option nearest to one, looking in a direction first. */
  nearest: (place: number, step: 1 | -1) => number;
}

/** From this many on, the list has groups. */
export const GROUPED_FROM = 10;

interface Parts {
  matched: number;
  /** How many of the first rows are pinned: the core answers those first. */
  pinned: number;
  /** How many after them were opened last. */
  recent: number;
  grouped: boolean;
}

export function switcherEntries({ matched, pinned, recent, grouped }: Parts): SwitcherEntries {
  const front: SwitcherEntry[] = [];
  let from = 0;
  const group = (head: SwitcherHead, n: number) => {
    if (n > 0) front.push({ what: 'head', head });
    for (let end = from + n; from < end; from += 1) front.push({ what: 'listed', index: from });
  };
  if (grouped) {
    group('pinned', pinned);
    group('recent', recent);
    if (front.length > 0) front.push({ what: 'head', head: 'all' });
  }
  const heads = front.filter((entry) => entry.what === 'head').length;
  const count = front.length + Math.max(0, matched - from);
  const at = (place: number): SwitcherEntry =>
    front[place] ?? { what: 'listed', index: place - front.length + from };
  const isOption = (place: number) => at(place).what !== 'head';
  const search = (place: number, step: 1 | -1): number | null => {
    for (let next = place; next >= 0 && next < count; next += step) {
      if (isOption(next)) return next;
    }
    return null;
  };
  return {
    count,
    options: count - heads,
    at,
    position: (place) =>
      place + 1 - front.slice(0, place).filter((entry) => entry.what === 'head').length,
    nearest: (place, step) => {
      const inside = Math.max(0, Math.min(count - 1, place));
      return search(inside, step) ?? search(inside, step === 1 ? -1 : 1) ?? 0;
    },
  };
}
