// Icons: lucide, 16 px beside text of the usual size, thin, never read out.

import type { LucideIcon } from 'lucide-react';

export function Icon({ of: Shape }: { of: LucideIcon }) {
  return <Shape size="1rem" strokeWidth={1.75} aria-hidden="true" focusable="false" />;
}
