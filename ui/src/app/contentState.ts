// The reads about what is inside a workspace, and which agent is selected in it. Everything
// lies under the workspace's key: nothing of another one can be read from here (U-45).

import { type QueryKey, queryOptions, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type Backend, PAGE } from '../backend/backend.ts';
import type { ContentKind, ContentPage, ContentRow } from '../backend/types.ts';
import { useBackend } from './context.tsx';
import { type ContentFilter, keys } from './keys.ts';

/** All records of one kind, by name. */
export function allOf(workspace: string, kind: ContentKind): ContentFilter {
  return { workspace, kind, text: '', sort: 'name', descending: false };
}

export function contentsQuery(backend: Backend, filter: ContentFilter, page: number) {
  return queryOptions<ContentPage, Error, ContentPage, QueryKey>({
    queryKey: keys.contents(filter, page),
    queryFn: () => backend.contents({ ...filter, offset: page * PAGE, limit: PAGE }),
  });
}

export function contentQuery(backend: Backend, workspace: string, id: string) {
  return queryOptions({
    queryKey: keys.content(workspace, id),
    queryFn: () => backend.content(workspace, id),
  });
}

// The agent chosen in each workspace of this window. It belongs to the workspace: a switch
// never carries it over (U-35).
const chosen = new Map<string, string>();
const listeners = new Set<() => void>();

/** Selects an agent of a workspace. */
export function selectAgent(workspace: string, agent: string): void {
  chosen.set(workspace, agent);
  for (const tell of listeners) tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The selected agent of a workspace: the one chosen here, else its first (U-36). */
export function useSelectedAgent(workspace: string | null, has: boolean): ContentRow | undefined {
  const backend = useBackend();
  const asked = useSyncExternalStore(subscribe, () =>
    workspace === null ? undefined : chosen.get(workspace),
  );
  const enabled = workspace !== null && has;
  const at = workspace ?? '';
  const first = useQuery({ ...contentsQuery(backend, allOf(at, 'agent'), 0), enabled });
  const rows = enabled ? first.data?.rows : undefined;
  const near = rows?.find((row) => row.id === asked);
  const far = useQuery({
    ...contentQuery(backend, at, asked ?? ''),
    enabled: enabled && asked !== undefined && rows !== undefined && near === undefined,
    retry: false,
  });
  if (asked !== undefined && near === undefined && far.data !== undefined && !far.isError) {
    return far.data.row;
  }
  return near ?? rows?.find((row) => !row.deleted) ?? rows?.[0];
}
