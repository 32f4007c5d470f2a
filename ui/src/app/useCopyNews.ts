// What became of the copy at this start, said once: it was damaged and is fetched again, or
// unsent changes were saved out of a damaged file (ui.md 8.2, copy.broken).

import { useEffect, useRef } from 'react';
import { t } from '../i18n/text.tsx';
import { useNotify } from './notices.tsx';
import { useAppState } from './state.ts';

export function useCopyNews(): void {
  const state = useAppState();
  const notify = useNotify();
  const told = useRef(false);
  const rebuilt = state?.copy.rebuilt ?? null;
  const saved = state?.copy.saved ?? null;
  const waiting = state?.counts.not_sent ?? 0;
  useEffect(() => {
    if (told.current || (rebuilt === null && saved === null)) return;
    told.current = true;
    notify({
      text:
        saved === null
          ? t(`copy.rebuilt.${rebuilt}`, { n: waiting })
          : t('copy.saved', { n: saved }),
    });
  }, [rebuilt, saved, waiting, notify]);
}
