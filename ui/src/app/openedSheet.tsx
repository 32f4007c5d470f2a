// A review file in this app: one that it was opened with, or that somebody wants to choose. While
// it is there, it stands in place of everything else, signed in or not.

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { OpenedSheet } from '../backend/types.ts';
import { useBackend } from './context.tsx';
import { Opening } from './Opening.tsx';

const Page = lazy(() =>
  import('../pages/reviews/SheetPage.tsx').then((one) => ({ default: one.SheetPage })),
);

export function WithSheet({ children }: { children: (choose: () => void) => ReactNode }) {
  const backend = useBackend();
  const [opened, setOpened] = useState<OpenedSheet | null>(null);
  const [choosing, setChoosing] = useState(false);
  useEffect(() => {
    const ask = () =>
      backend.openedSheet().then(
        (sheet) => sheet !== null && setOpened(sheet),
        // Without the answer the file can still be chosen.
        () => undefined,
      );
    void ask();
    return backend.onChanged((changed) => changed.state && void ask());
  }, [backend]);
  if (opened === null && !choosing) return children(() => setChoosing(true));
  const close = () => {
    setOpened(null);
    setChoosing(false);
  };
  return (
    <Suspense fallback={<Opening />}>
      <Page opened={opened} onClose={close} />
    </Suspense>
  );
}
