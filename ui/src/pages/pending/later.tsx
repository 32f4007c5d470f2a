// What the Pending page shows only where there is some of it, read when it is first asked for,
// so that the window starts with little (ui.md 11).

import { type ComponentProps, lazy, Suspense } from 'react';

const Later = lazy(() => import('./Conflicts.tsx').then((one) => ({ default: one.Conflicts })));

export function Conflicts(props: ComponentProps<typeof Later>) {
  return (
    <Suspense fallback={null}>
      <Later {...props} />
    </Suspense>
  );
}
