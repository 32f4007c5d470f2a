// What the palette can do with the people who are selected on the page (ui.md 4.2). The page
// that has a selection puts it here; the palette asks when it opens.

import { useEffect } from 'react';

/** Something to be done with all of them; its id names it in the catalogue. */
export interface SelectedAction {
  id: 'role' | 'suspend' | 'remove' | 'end';
  run: () => void;
}

export interface Selected {
  n: number;
  actions: readonly SelectedAction[];
}

let now: Selected | null = null;

/** Offers a selection to the palette for as long as it is there. */
export function useOfferSelected(selected: Selected | null): void {
  useEffect(() => {
    now = selected;
    return () => {
      now = null;
    };
  }, [selected]);
}

/** What is selected on the page at this moment. */
export function selectedNow(): Selected | null {
  return now;
}
