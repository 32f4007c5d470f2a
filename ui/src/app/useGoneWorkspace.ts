// When the open workspace is taken away while somebody looks at it, the window closes it in
// one step and goes to the next one (E-53).

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Backend } from '../backend/backend.ts';
import { asFailure } from '../backend/failure.ts';
import type { LeftWorkspace } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { type Active, useActive, useSwitch } from './active.tsx';
import { useBackend } from './context.tsx';
import { useNotify } from './notices.tsx';
import { paths } from './paths.ts';
import { useSpeech } from './speech.tsx';
import { viewQuery, workspaceFilter } from './state.ts';

export function useGoneWorkspace(onGone: () => void): void {
  const backend = useBackend();
  const navigate = useNavigate();
  const router = useRouter();
  const notify = useNotify();
  const { assertive } = useSpeech();
  const { id, ending } = useActive();
  const switchTo = useSwitch();
  // A switch goes to the same page, or to the nearest that is open there (E-54).
  const go = useRef(switchTo);
  go.current = switchTo;
  const left = useLeft(id);
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
      const news = left.current.get(old.id);
      if (next === undefined) {
        const text =
          own === undefined ? goneText(news, old.name) : t(`notice.${own}`, { name: old.name });
        await navigate(paths.home());
        assertive(text);
        notify({ text });
        return;
      }
      const text =
        own === undefined
          ? goneText(news, old.name, next.name)
          : t(OWN[own], { old: old.name, new: next.name });
      await go.current(next);
      // A page across workspaces stays under a switch; here the workspace itself was closed.
      if (!router.state.location.pathname.startsWith('/w/')) await navigate(paths.home());
      assertive(text);
      notify({ text });
    })();
  }, [gone, id, backend, navigate, router, notify, assertive, ending, left, onGone]);
}

// Workspaces whose access ended. Those that are not open here only get a line.
function useLeft(open: string | null) {
  const backend = useBackend();
  const notify = useNotify();
  const { ending } = useActive();
  const left = useRef(new Map<string, LeftWorkspace>());
  useEffect(
    () =>
      backend.onChanged((changed) => {
        for (const one of changed.left) {
          left.current.set(one.id, one);
          const told = one.mine || one.id === open || ending.has(one.id);
          if (!told) void inFront(backend, () => notify({ text: goneText(one, one.name) }));
        }
      }),
    [backend, notify, open, ending],
  );
  return left;
}

/** Runs it if of all windows this is the one in front: only that one tells (ui.md 3.4). */
async function inFront(backend: Backend, tell: () => void): Promise<void> {
  // Without an answer it is told once too often rather than not at all.
  if (await backend.windowInFront().catch(() => true)) tell();
}

/** The workspace that went last in this run; told where none is left. */
export function useLastGone(): LeftWorkspace | null {
  const backend = useBackend();
  const [last, setLast] = useState<LeftWorkspace | null>(null);
  useEffect(
    () => backend.onChanged((changed) => setLast((before) => changed.left.at(-1) ?? before)),
    [backend],
  );
  return last;
}

/** What is said of it: what this person did, or what was done. */
export function lastGoneText(last: LeftWorkspace, ending: Active['ending']): string {
  const own = ending.get(last.id);
  return own === undefined ? goneText(last, last.name) : t(`notice.${own}`, { name: last.name });
}

// Whoever deleted or left it is told that, and not that it was taken from them.
const OWN = { delete: 'gone.deleted', leave: 'gone.left' } as const;

/** What happened to a workspace, who did it, and where this is instead, if anywhere (E-53). */
export function goneText(news: LeftWorkspace | undefined, old: string, next?: string): string {
  const values = { old, who: news?.by ?? '', new: next ?? '' };
  if (news?.mine === true) return t('gone.mine', values);
  switch (news?.how) {
    case 'removed':
      return t('removed.you', values);
    case 'deleted':
      return t('workspace.deleted', values);
    case 'suspended':
    case 'left':
    case 'ended':
    case 'admin':
    case 'account':
      return t(`gone.${news.how}`, values);
    case 'unknown':
    case undefined:
      return t('gone.workspace', values);
  }
}
