// Starts the window over a backend.

import { QueryClient } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import type { Backend } from '../backend/backend.ts';
import { App } from './App.tsx';
import { startReading } from './reading.ts';
import { createAppRouter } from './router.tsx';
import { startTheme } from './theme.ts';

/** Everything reads from the local copy, so nothing is retried and nothing grows old by itself. */
export function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

export function mount(backend: Backend): void {
  startTheme();
  startReading();
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no place for the window');
  createRoot(root).render(
    <App backend={backend} client={createClient()} router={createAppRouter()} />,
  );
}
