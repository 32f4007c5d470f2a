// The rows of the workspaces that were opened last, from their views, which the switch has read
// already. The open one and pinned ones are left out: they stand elsewhere.

import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { recentIds } from '../app/recent.ts';
import { viewQuery } from '../app/state.ts';
import type { WorkspaceRow } from '../backend/types.ts';

export function useRecent(open: string | null, enabled: boolean): WorkspaceRow[] {
  const backend = useBackend();
  const [ids] = useState(recentIds);
  const views = useQueries({
    queries: ids.map((id) => ({ ...viewQuery(backend, id), enabled, retry: false })),
  });
  if (!enabled) return [];
  return views.flatMap((view) => {
    const row = view.isError ? undefined : view.data?.row;
    if (row === undefined || row.id === open || row.pinned !== null || row.hidden) return [];
    return [row];
  });
}
