// The open workspace of this window and the one way to change it.

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import type { Backend } from '../backend/backend.ts';
import type { Scheme, WorkspaceRow, WorkspaceView } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { membersFilter } from '../pages/membersFilter.ts';
import { workspaceRoles } from '../parts/words.ts';
import { useBackend } from './context.tsx';
import { useNotify } from './notices.tsx';
import { type MembersSearch, paths, readMembersSearch } from './paths.ts';
import { useSpeech } from './speech.tsx';
import { invitationsQuery, membersQuery, viewQuery } from './state.ts';

export interface Active {
  id: string | null;
  /** Opens a workspace without leaving a page that lies across workspaces. */
  set: (id: string) => void;
  /** What this person does to a workspace that then goes, by its id: no news when it has gone. */
  ending: Map<string, 'delete' | 'leave'>;
}

export const ActiveContext = createContext<Active>({
  id: null,
  set: () => {},
  ending: new Map(),
});

export function useActive(): Active {
  return useContext(ActiveContext);
}

/** The open workspace's view; never that of another one. */
export function useActiveView(): WorkspaceView | undefined {
  const backend = useBackend();
  const { id } = useActive();
  return useQuery({ ...viewQuery(backend, id ?? ''), enabled: id !== null }).data;
}

/** Whether the open workspace was never here, as behind a link to somebody else's. */
export function useIsMissing(): boolean {
  const backend = useBackend();
  const { id } = useActive();
  const view = useQuery({ ...viewQuery(backend, id ?? ''), enabled: id !== null });
  return view.isError && view.data === undefined;
}

type Page = 'members' | 'invitations' | 'across';

function usePage(): { page: Page; search: Record<string, unknown> } {
  const location = useRouterState({ select: (state) => state.location });
  const search = location.search as Record<string, unknown>;
  if (/^\/w\/[^/]+\/members/.test(location.pathname)) return { page: 'members', search };
  if (/^\/w\/[^/]+\/invitations/.test(location.pathname)) return { page: 'invitations', search };
  return { page: 'across', search };
}

// A switch is one frame: what the new workspace shows first is read before anything changes.
// If the copy takes longer than this, the change goes first and the rows follow.
const READ_FIRST_MS = 150;

async function readFirst(
  client: QueryClient,
  backend: Backend,
  id: string,
  page: Page,
  search: MembersSearch,
): Promise<WorkspaceView | undefined> {
  const view = client.ensureQueryData(viewQuery(backend, id));
  const reads: Promise<unknown>[] = [view];
  if (page === 'members') {
    reads.push(client.ensureQueryData(membersQuery(backend, membersFilter(id, search), 0)));
  }
  if (page === 'invitations') {
    reads.push(client.ensureQueryData(invitationsQuery(backend, id, 0)));
  }
  const late = new Promise((resolve) => setTimeout(resolve, READ_FIRST_MS));
  await Promise.race([Promise.allSettled(reads), late]);
  return client.getQueryData(viewQuery(backend, id).queryKey);
}

// Filters stay where they make sense: roles only within a scheme. The open panel never stays.
function keep(search: MembersSearch, from: Scheme | undefined, to: Scheme): MembersSearch {
  const { open: _open, role, ...rest } = search;
  return role !== undefined && from === to ? { ...rest, role } : rest;
}

/** Switches this window to a workspace; it stays on the same page where that is possible. */
export function useSwitch(): (row: WorkspaceRow) => Promise<void> {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { page, search } = usePage();
  const active = useActive();
  const from = useActiveView()?.row.scheme;
  const { assertive } = useSpeech();
  const notify = useNotify();
  return async (row) => {
    const kept = keep(readMembersSearch(search), from, row.scheme);
    const view = await readFirst(client, backend, row.id, page, kept);
    active.set(row.id);
    assertive(t('switch.spoken', { name: row.name, role: workspaceRoles(row) }));
    void backend.workspaceOpened(row.id);
    if (page === 'across') return;
    const open = page === 'members' ? view?.sees_members : view?.sees_invitations;
    if (open !== false) {
      await navigate(page === 'members' ? paths.members(row.id, kept) : paths.invitations(row.id));
      return;
    }
    const nearest = page === 'invitations' && view?.sees_members ? 'members' : 'workspaces';
    await navigate(nearest === 'members' ? paths.members(row.id) : paths.workspaces());
    notify({
      text: t('go.nearest', {
        page: t(page === 'members' ? `nav.members.${row.scheme}` : 'nav.invitations'),
        workspace: row.name,
        parent: t(nearest === 'members' ? `nav.members.${row.scheme}` : 'nav.workspaces'),
      }),
    });
  };
}
