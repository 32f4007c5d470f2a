// How the copy on this device is, as Diagnostics and Manage Account ask for it.

import { queryOptions } from '@tanstack/react-query';
import { keys } from '../../app/keys.ts';
import type { Backend } from '../../backend/backend.ts';
import { t } from '../../i18n/text.tsx';

export function diagnosticsQuery(backend: Backend) {
  return queryOptions({
    queryKey: keys.diagnostics,
    queryFn: () => backend.diagnostics(),
    refetchOnMount: 'always',
  });
}

export function size(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  return t('diagnostics.megabytes', {
    n: megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes),
  });
}
