// What every part may ask for: the backend, the app's state, the spoken line and the notice.

import { createContext, type ReactNode, useContext } from 'react';
import type { Backend } from '../backend/backend.ts';

const BackendContext = createContext<Backend | null>(null);

export function BackendProvider({ backend, children }: { backend: Backend; children: ReactNode }) {
  return <BackendContext.Provider value={backend}>{children}</BackendContext.Provider>;
}

export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (backend === null) throw new Error('there is no backend around this component');
  return backend;
}
