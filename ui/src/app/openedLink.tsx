// An invitation's link that opened the app, from the system: kept until a page takes it.

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useBackend } from './context.tsx';

interface Opened {
  link: string | null;
  /** The link was dealt with. */
  done: () => void;
}

const OpenedContext = createContext<Opened>({ link: null, done: () => undefined });

export function OpenedLinkProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const [link, setLink] = useState<string | null>(null);
  useEffect(() => {
    const ask = () =>
      backend.openedLink().then(
        (opened) => opened !== null && setLink(opened),
        // Without the answer the link can still be pasted.
        () => undefined,
      );
    void ask();
    return backend.onChanged((changed) => changed.state && void ask());
  }, [backend]);
  const opened = useMemo(() => ({ link, done: () => setLink(null) }), [link]);
  return <OpenedContext value={opened}>{children}</OpenedContext>;
}

export function useOpenedLink(): Opened {
  return useContext(OpenedContext);
}
