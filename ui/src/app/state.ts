// The app's state and the reads that more than one screen needs.

import { type QueryKey, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Backend, PAGE } from '../backend/backend.ts';
import type {
  AppState,
  InvitationPage,
  MemberPage,
  MemberQuery,
  WorkspaceFilter,
  WorkspacePage,
} from '../backend/types.ts';
import { useBackend } from './context.tsx';
import { keys, type MemberFilter } from './keys.ts';

export function useAppState(): AppState | undefined {
  const backend = useBackend();
  return useQuery({ queryKey: keys.state, queryFn: () => backend.appState() }).data;
}

/** Puts the state that a sign-in, sign-up or sign-out answered in place of everything known. */
export function useReplaceState(): (state: AppState) => void {
  const client = useQueryClient();
  return (state) => {
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'state' });
    client.setQueryData(keys.state, state);
  };
}

/** Takes over a state that a call answered; what is known of the rest stays. */
export function useSetState(): (state: AppState) => void {
  const client = useQueryClient();
  return (state) => client.setQueryData(keys.state, state);
}

// Read when Home is opened: what was known of it before may be of yesterday.
export function digestQuery(backend: Backend) {
  return queryOptions({
    queryKey: [...keys.pending, 'digest'],
    queryFn: () => backend.digest(),
    refetchOnMount: 'always',
  });
}

export function viewQuery(backend: Backend, id: string) {
  return queryOptions({ queryKey: keys.view(id), queryFn: () => backend.workspace(id) });
}

export function membersQuery(backend: Backend, filter: MemberFilter, page: number) {
  const query: MemberQuery = { ...filter, offset: page * PAGE, limit: PAGE };
  return queryOptions<MemberPage, Error, MemberPage, QueryKey>({
    queryKey: keys.members(filter, page),
    queryFn: () => backend.members(query),
  });
}

export function memberQuery(backend: Backend, workspace: string, id: string) {
  return queryOptions({
    queryKey: keys.member(workspace, id),
    queryFn: () => backend.member(workspace, id),
  });
}

/** What the switcher asks for: everything that is not hidden, by its words. */
export function workspaceFilter(more: Partial<WorkspaceFilter> = {}): WorkspaceFilter {
  const all = { text: '', account: null, label: null, plan: null };
  return { ...all, one_owner: false, switcher: false, hidden: false, ...more };
}

export function workspacesQuery(backend: Backend, filter: WorkspaceFilter, page: number) {
  return queryOptions<WorkspacePage, Error, WorkspacePage, QueryKey>({
    queryKey: keys.workspacePage(filter, page),
    queryFn: () => backend.workspaces(filter, page * PAGE, PAGE),
  });
}

/** Told anew with everything else that waits. */
export function draftsQuery(backend: Backend) {
  return queryOptions({
    queryKey: [...keys.pending, 'drafts'] as const,
    queryFn: () => backend.drafts(),
  });
}

export function invitationsQuery(backend: Backend, workspace: string, page: number) {
  return queryOptions<InvitationPage, Error, InvitationPage, QueryKey>({
    queryKey: keys.invitations(workspace, page),
    queryFn: () => backend.invitations(workspace, page * PAGE, PAGE),
  });
}
