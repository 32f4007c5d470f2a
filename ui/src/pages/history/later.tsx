// What the members page shows of the past, read when it is first asked for, so that the window
// starts with little (ui.md 11).

import { type ComponentProps, lazy, Suspense } from 'react';

const Roster = lazy(() =>
  import('./MembersAsOf.tsx').then((one) => ({ default: one.MembersAsOf })),
);
const Chip = lazy(() => import('./AsOfChip.tsx').then((one) => ({ default: one.AsOfChip })));

export function MembersAsOf(props: ComponentProps<typeof Roster>) {
  return (
    <Suspense fallback={null}>
      <Roster {...props} />
    </Suspense>
  );
}

export function AsOfChip(props: ComponentProps<typeof Chip>) {
  return (
    <Suspense fallback={null}>
      <Chip {...props} />
    </Suspense>
  );
}
