// The one polite and the one assertive line of the whole app (ui.md 10.5).

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

interface Speech {
  /** Counts, totals, “Sent”. */
  polite(text: string): void;
  /** Refusals of what was just done, a switch of workspace. */
  assertive(text: string): void;
}

const SpeechContext = createContext<Speech>({ polite: () => {}, assertive: () => {} });

export function useSpeech(): Speech {
  return useContext(SpeechContext);
}

// The same words twice are read twice only if the text differs, so a second time ends with
// a space that nobody hears.
function again(before: string, text: string): string {
  return before === text ? `${text}\u00a0` : text;
}

export function SpeechProvider({ children }: { children: ReactNode }) {
  const [quiet, setQuiet] = useState('');
  const [loud, setLoud] = useState('');
  const polite = useCallback((text: string) => setQuiet((before) => again(before, text)), []);
  const assertive = useCallback((text: string) => setLoud((before) => again(before, text)), []);
  const speech = useMemo(() => ({ polite, assertive }), [polite, assertive]);
  return (
    <SpeechContext.Provider value={speech}>
      {children}
      <div className="visually-hidden" role="status" aria-live="polite" data-react-aria-top-layer>
        {quiet}
      </div>
      <div className="visually-hidden" role="alert" aria-live="assertive" data-react-aria-top-layer>
        {loud}
      </div>
    </SpeechContext.Provider>
  );
}
