// When the open workspace is taken away while somebody looks at it, the window closes it in
// one step and goes to the next one (E-53).

import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { asFailure } from '../backend/failure.ts';
import { t } from '../i18n/text.tsx';
import { useActive } from './active.tsx';
import { useBackend } from './context.tsx';
import { useNotify } from './notices.tsx';
import { paths } from './paths.ts';
import { useSpeech } from './speech.tsx';
import { viewQuery, workspaceFilter } from './state.ts';

export function useGoneWorkspace(onGone: () => void): void {
  const backend = useBackend();
  const navigate = useNavigate();
  const notify = useNotify();
  const { assertive } = useSpeech();
  const { id, set, ending } = useActive();
  const view = useQuery({ ...viewQuery(backend, id ?? ''), enabled: id !== null });
  const seen = useRef<{ id: string; name: string } | null>(null);
  if (view.data !== undefined && !view.isError) {
    seen.current = { id: view.data.row.id, name: view.data.row.name };
  }
  const gone = view.isError && asFailure(view.error).code === 'not_found';
  useEffect(() => {
    const old = seen.current;
    if (!gone || old === null || old.id !== id) return;
    seen.current = null;
    void (async () => {
      const page = await backend.workspaces(workspaceFilter(), 0, 2);
      const next = page.rows.find((row) => row.id !== old.id);
      onGone();
      const own = ending.get(old.id);
      if (next === undefined) {
        if (own !== undefined) notify({ text: t(`notice.${own}`, { name: old.name }) });
        await navigate(paths.home());
        return;
      }
      const text = t(sentenceOf(own), { old: old.name, new: next.name });
      set(next.id);
      assertive(text);
      notify({ text });
      await navigate(paths.members(next.id));
    })();
  }, [gone, id, backend, navigate, notify, assertive, set, ending, onGone]);
}

// Whoever deleted or left it is told that, and not that it was taken from them.
function sentenceOf(own: 'delete' | 'leave' | undefined): string {
  switch (own) {
    case 'delete':
      return 'gone.deleted';
    case 'leave':
      return 'gone.left';
    case undefined:
      return 'gone.workspace';
  }
}
