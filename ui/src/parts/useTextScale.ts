// How much larger the text is than the rows of a list were drawn for: whoever sets larger text in
// the system gets taller rows too, so that no line is cut (WCAG 1.4.4).

import { useSyncExternalStore } from 'react';

const DRAWN_FOR = 16;

function read(): number {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return size > DRAWN_FOR ? size / DRAWN_FOR : 1;
}

// Nothing tells of a new size of text but what is measured by it.
function subscribe(listener: () => void): () => void {
  if (typeof ResizeObserver !== 'function') return () => {};
  const probe = document.createElement('span');
  probe.setAttribute('aria-hidden', 'true');
  probe.style.cssText = 'position:absolute;inline-size:1rem;block-size:0;visibility:hidden';
  document.body.append(probe);
  const observer = new ResizeObserver(listener);
  observer.observe(probe);
  return () => {
    observer.disconnect();
    probe.remove();
  };
}

/** At least 1: smaller text leaves rows as they are, to be hit. */
export function useTextScale(): number {
  return useSyncExternalStore(subscribe, read);
}
