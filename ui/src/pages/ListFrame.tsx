// A page that is a list: what stands over the rows, the rows, and beside them the panel of the
// one that is open. In a narrow window the panel is a page of its own (ui.md 4.4).

import { type ReactNode, useEffect } from 'react';
import { useSpeech } from '../app/speech.tsx';
import { useWidth } from '../app/useWidth.ts';
import styles from './members.module.css';

interface Props {
  /** The panel; false while none is open. */
  panel: ReactNode;
  /** Menus and dialogs, which stand over everything. */
  over?: ReactNode;
  children: ReactNode;
}

export function ListFrame({ panel, over, children }: Props) {
  const phone = useWidth() === 'phone';
  const open = panel !== false && panel !== null && panel !== undefined;
  return (
    <div className={styles.split}>
      <div className={styles.list} hidden={phone && open}>
        {children}
      </div>
      {panel}
      {over}
    </div>
  );
}

/** Gives the focus back to the row whose panel was closed, once the list shows it again. */
export function backToRow(id: string | null | undefined): void {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus(), 0);
}

/** Gives the focus to the rows, from the field that filters them. */
export function toRows(): void {
  document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
}

// Counts are said once, half a second after the last key.
const SAY_MS = 500;

/** Says how many there are while they are filtered; null says nothing. */
export function useSpokenCount(text: string | null): void {
  const { polite } = useSpeech();
  useEffect(() => {
    if (text === null) return undefined;
    const timer = setTimeout(() => polite(text), SAY_MS);
    return () => clearTimeout(timer);
  }, [text, polite]);
}
