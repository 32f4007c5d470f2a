// Drafts of invitations are never sent by themselves; when there is contact again they are
// called to mind (ui.md 7.3).

import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { t } from '../i18n/text.tsx';
import { useBackend } from './context.tsx';
import { useNotify } from './notices.tsx';
import { paths } from './paths.ts';
import { useAppState } from './state.ts';

export function useDraftsReady(): void {
  const backend = useBackend();
  const notify = useNotify();
  const navigate = useNavigate();
  const state = useAppState()?.connection.state;
  const wasOffline = useRef(false);
  useEffect(() => {
    if (state === 'offline') wasOffline.current = true;
    if (state !== 'online' || !wasOffline.current) return;
    wasOffline.current = false;
    const look = async () => {
      const n = (await backend.drafts()).length;
      if (n === 0) return;
      notify({
        text: t('notice.drafts_ready', { n }),
        action: { label: t('notice.drafts_look'), run: () => void navigate(paths.pending()) },
      });
    };
    // Without an answer the page Pending still lists them.
    look().catch(() => {});
  }, [state, backend, notify, navigate]);
}
