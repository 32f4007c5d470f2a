// What opens over everything by a key: the palette and the shortcuts. Read when first asked for.

import { lazy, Suspense, useCallback, useState } from 'react';
import { useRequest } from './globalKeys.ts';

const Palette = lazy(() =>
  import('../parts/Palette.tsx').then((one) => ({ default: one.Palette })),
);
const Shortcuts = lazy(() =>
  import('../parts/Shortcuts.tsx').then((one) => ({ default: one.Shortcuts })),
);

export function Overlays() {
  const [open, setOpen] = useState<'none' | 'palette' | 'shortcuts'>('none');
  useRequest(
    'palette',
    useCallback(() => setOpen('palette'), []),
  );
  useRequest(
    'shortcuts',
    useCallback(() => setOpen('shortcuts'), []),
  );
  const close = () => setOpen('none');
  return (
    <Suspense fallback={null}>
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'shortcuts' && <Shortcuts onClose={close} />}
    </Suspense>
  );
}
