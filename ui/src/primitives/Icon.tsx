// Icons: lucide, 16 px, thin, never read out.

import type { LucideIcon } from 'lucide-react';

export function Icon({ of: Shape }: { of: LucideIcon }) {
  return <Shape size={16} strokeWidth={1.75} aria-hidden="true" focusable="false" />;
}
