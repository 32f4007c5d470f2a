// The window: which of the start screens, or the shell, is shown.

import {
  type QueryClient,
  QueryClientProvider,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useRef, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Backend } from '../backend/backend.ts';
import { asFailure } from '../backend/failure.ts';
import type { ConnectionState } from '../backend/types.ts';
import { LOCALE } from '../i18n/text.tsx';
import { ProblemPage, StartFailed } from '../pages/StartFailed.tsx';
import { WelcomePage } from '../pages/WelcomePage.tsx';
import styles from './app.module.css';
import { BackendProvider, useBackend } from './context.tsx';
import { invalidate, invalidateVerdicts, keys } from './keys.ts';
import { NoticeProvider } from './notices.tsx';
import { Opening } from './Opening.tsx';
import { OpenedLinkProvider } from './openedLink.tsx';
import { WithSheet } from './openedSheet.tsx';
import { paths } from './paths.ts';
import { noting } from './redo.ts';
import type { AppRouter } from './router.tsx';
import { SpeechProvider } from './speech.tsx';
import { useTextKeys } from './useTextKeys.ts';

interface AppProps {
  backend: Backend;
  client: QueryClient;
  router: AppRouter;
}

export function App({ backend, client, router }: AppProps) {
  const noted = useMemo(() => noting(backend), [backend]);
  return (
    <I18nProvider locale={LOCALE}>
      <QueryClientProvider client={client}>
        <BackendProvider backend={noted}>
          <SpeechProvider>
            <NoticeProvider>
              <OpenedLinkProvider>
                <Start router={router} />
              </OpenedLinkProvider>
            </NoticeProvider>
          </SpeechProvider>
        </BackendProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}

function Start({ router }: { router: AppRouter }) {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => backend.onChanged((changed) => invalidate(client, changed)), [backend, client]);
  const state = useQuery({ queryKey: keys.state, queryFn: () => backend.appState() });
  // Whoever signs in next starts at the beginning, not where somebody else was.
  const signedOut = state.data?.phase === 'signed_out';
  useEffect(() => {
    if (signedOut) void router.navigate({ ...paths.home(), replace: true });
  }, [signedOut, router]);
  useVerdictsOf(state.data?.connection.state);
  useTextKeys();
  useWindowReady(state.data !== undefined || state.isError);
  return (
    <div
      className={styles.app}
      data-testid="app"
      data-phase={state.data?.phase}
      data-connection={state.data?.connection.state}
    >
      {state.isError ? (
        <StartFailed failure={asFailure(state.error)} onAgain={() => void state.refetch()} />
      ) : (
        <WithSheet>
          {(choose) => <Phase phase={state.data?.phase} router={router} onSheet={choose} />}
        </WithSheet>
      )}
    </div>
  );
}

// Verdicts are read together with the state, so those on the page may be of the connection before.
function useVerdictsOf(connection: ConnectionState | undefined): void {
  const client = useQueryClient();
  const online = connection === undefined ? undefined : connection === 'online';
  const before = useRef(online);
  useEffect(() => {
    if (before.current !== undefined && before.current !== online) invalidateVerdicts(client);
    before.current = online;
  }, [client, online]);
}

interface PhaseProps {
  phase: string | undefined;
  router: AppRouter;
  onSheet: () => void;
}

function Phase({ phase, router, onSheet }: PhaseProps) {
  switch (phase) {
    case 'signed_out':
      return <WelcomePage onSheet={onSheet} />;
    case 'no_key_store':
    case 'blocked':
      return <ProblemPage />;
    case 'ready':
      return <RouterProvider router={router} />;
    default:
      return <Opening />;
  }
}

// The window is created hidden and shown with its first frame. A hidden window may paint no
// frame at all, so a short timer stands in for it.
const FRAME_MS = 60;

function useWindowReady(painted: boolean): void {
  const backend = useBackend();
  const told = useRef(false);
  useEffect(() => {
    if (!painted || told.current) return;
    const tell = () => {
      if (told.current) return;
      told.current = true;
      void backend.windowReady();
    };
    requestAnimationFrame(() => setTimeout(tell, 0));
    setTimeout(tell, FRAME_MS);
  }, [backend, painted]);
}
