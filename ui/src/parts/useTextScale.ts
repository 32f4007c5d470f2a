// How much larger the text is than the rows of a list were drawn for: whoever sets larger text in
// the system or the window gets taller rows too, so that no line is cut (WCAG 1.4.4).

import { useSyncExternalStore } from 'react';
import { DRAWN_FOR, textSize, watchText } from '../app/textSize.ts';

function read(): number {
  return Math.max(1, textSize() / DRAWN_FOR);
}

/** At least 1: smaller text leaves rows as they are, to be hit. */
export function useTextScale(): number {
  return useSyncExternalStore(watchText, read);
}
