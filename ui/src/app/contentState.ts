// The reads about what is inside a workspace, and which agent is selected in it. Everything
// lies under the workspace's key: nothing of another one can be read from here (U-45).

import {
  type QueryClient,
  type QueryKey,
  queryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
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

// The agent chosen in each workspace of this window, kept as long as the person is signed in.
// It belongs to the workspace: a switch never carries it over (U-35).
function chosenAgent(workspace: string) {
  return queryOptions({
    queryKey: keys.selectedAgent(workspace),
    queryFn: (): string | null => null,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

function setAgent(client: QueryClient, workspace: string, agent: string): void {
  client.setQueryData(chosenAgent(workspace).queryKey, agent);
}

/** Selects an agent of a workspace. */
export function useSelectAgent(): (workspace: string, agent: string) => void {
  const client = useQueryClient();
  return (workspace, agent) => setAgent(client, workspace, agent);
}

/** The selected agent of a workspace: the one chosen here, else its first (U-36). */
export function useSelectedAgent(workspace: string | null, has: boolean): ContentRow | undefined {
  const backend = useBackend();
  const at = workspace ?? '';
  const asked = useQuery(chosenAgent(at)).data ?? undefined;
  const enabled = workspace !== null && has;
  const first = useQuery({ ...contentsQuery(backend, allOf(at, 'agent'), 0), enabled });
  const rows = enabled ? first.data?.rows : undefined;
  const near = rows?.find((row) => row.id === asked);
  const far = useQuery({
    ...contentQuery(backend, at, asked ?? ''),
    enabled: enabled && asked !== undefined && rows !== undefined && near === undefined,
    retry: false,
  });
  if (!enabled) return undefined;
  if (asked !== undefined && near === undefined && far.data !== undefined && !far.isError) {
    return far.data.row;
  }
  return near ?? rows?.find((row) => !row.deleted) ?? rows?.[0];
}
