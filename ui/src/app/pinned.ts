// Pinned workspaces of this device: their order, pinning, and the keys that open them.

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Backend } from '../backend/backend.ts';
import type { WorkspaceRow } from '../backend/types.ts';
import { useSwitch } from './active.tsx';
import { useBackend } from './context.tsx';
import { mod } from './globalKeys.ts';
import { keys } from './keys.ts';
import { workspaceFilter, workspacesQuery } from './state.ts';

/** The pinned ones in their order; the core answers them before all others. */
export async function pinnedRows(client: QueryClient, backend: Backend): Promise<WorkspaceRow[]> {
  const filter = workspaceFilter({ switcher: true, hidden: true });
  const first = await client.fetchQuery(workspacesQuery(backend, filter, 0));
  return first.rows
    .filter((row) => row.pinned !== null)
    .sort((a, b) => (a.pinned ?? 0) - (b.pinned ?? 0));
}

/** Pins a workspace as the last one, or takes its pin away. */
export function usePin(): (row: WorkspaceRow) => Promise<void> {
  const backend = useBackend();
  const client = useQueryClient();
  return async (row) => {
    const kept = (await pinnedRows(client, backend)).map((one) => one.id);
    const rest = kept.filter((id) => id !== row.id);
    await backend.setPinned(row.pinned === null ? [...rest, row.id] : rest);
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({ queryKey: keys.view(row.id) });
  };
}

/** Mod+1 to 9 open the pinned workspaces, as pinned (ui.md 9). */
export function usePinnedKeys(): void {
  const backend = useBackend();
  const client = useQueryClient();
  const go = useSwitch();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.shiftKey || event.altKey) return;
      if (!mod(event) || !/^[1-9]$/.test(event.key)) return;
      if (document.querySelector('[aria-modal="true"], [data-testid="dialog"]') !== null) return;
      event.preventDefault();
      void (async () => {
        const rows = await pinnedRows(client, backend);
        const row = rows[Number(event.key) - 1];
        if (row !== undefined) await go(row);
      })();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [backend, client, go]);
}
