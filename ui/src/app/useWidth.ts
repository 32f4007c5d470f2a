// The three widths of ui.md 12: sidebar beside, sidebar that can be closed, drawer. They are
// measured in text, as the container queries of the style sheets are: text at twice its size is
// laid out like half the width.

import { useSyncExternalStore } from 'react';
import { textSize, watchText } from './textSize.ts';

export type Width = 'wide' | 'middle' | 'phone';

// In rem: 720 and 1100 px where nobody chose another size of text.
const PHONE = 45;
const MIDDLE = 68.75;

function read(): Width {
  const room = window.innerWidth / textSize();
  if (room < PHONE) return 'phone';
  return room < MIDDLE ? 'middle' : 'wide';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  const stop = watchText(listener);
  return () => {
    window.removeEventListener('resize', listener);
    stop();
  };
}

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, read);
}
