// The three widths of ui.md 12: sidebar beside, sidebar that can be closed, drawer.

import { useSyncExternalStore } from 'react';

export type Width = 'wide' | 'middle' | 'phone';

const QUERIES = ['(width < 720px)', '(width < 1100px)'] as const;

function matches(query: string): boolean {
  return typeof matchMedia === 'function' && matchMedia(query).matches;
}

function read(): Width {
  if (matches(QUERIES[0])) return 'phone';
  return matches(QUERIES[1]) ? 'middle' : 'wide';
}

function subscribe(listener: () => void): () => void {
  if (typeof matchMedia !== 'function') return () => {};
  const lists = QUERIES.map((query) => matchMedia(query));
  for (const one of lists) one.addEventListener('change', listener);
  return () => {
    for (const one of lists) one.removeEventListener('change', listener);
  };
}

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, read);
}
