// The open workspace of this window and the one way to change it.

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import type { Backend } from '../backend/backend.ts';
import type { ContentKind, Scheme, WorkspaceRow, WorkspaceView } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { membersFilter } from '../pages/membersFilter.ts';
import { workspaceRoles } from '../parts/words.ts';
import { allOf, contentsQuery } from './contentState.ts';
import { asFailure } from '../backend/failure.ts';
import { useBackend } from './context.tsx';
import { keys } from './keys.ts';
import { useNotify } from './notices.tsx';
import {
  type ContentsSearch,
  contentKind,
  type MembersSearch,
  paths,
  readContentsSearch,
  readMembersSearch,
  readSettingsSearch,
} from './paths.ts';
import { readCompareSearch } from './searches.ts';
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

type Page =
  | 'members'
  | 'invitations'
  | 'roles'
  | 'settings'
  | 'reviews'
  | 'history'
  | 'compare'
  | ContentKind
  | 'across';

const PAGES = [
  'members',
  'invitations',
  'roles',
  'settings',
  'reviews',
  'history',
  'compare',
] as const;

function usePage(): { page: Page; search: Record<string, unknown> } {
  const location = useRouterState({ select: (state) => state.location });
  const search = location.search as Record<string, unknown>;
  const [, name, part] = /^\/w\/[^/]+\/([^/]+)(?:\/([^/]+))?/.exec(location.pathname) ?? [];
  const kind = name === 'contents' ? contentKind(part ?? '') : undefined;
  return { page: kind ?? PAGES.find((one) => one === name) ?? 'across', search };
}

/** Whether a page is open to this person in that workspace; unknown counts as open. */
function isOpen(page: Page, view: WorkspaceView | undefined): boolean {
  if (view === undefined) return true;
  switch (page) {
    case 'members':
    case 'roles':
      return view.sees_members;
    case 'invitations':
      return view.sees_invitations;
    case 'reviews':
      return view.permissions.includes('review.run');
    case 'compare':
      return view.permissions.includes('audit.view');
    case 'history':
    case 'settings':
    case 'across':
      return true;
    default:
      return view.contents.some((one) => one.kind === page);
  }
}

function pageName(page: Page, scheme: Scheme): string {
  return t(page === 'members' ? `nav.members.${scheme}` : `nav.${page}`);
}

// Filters stay where they make sense; what was opened or selected never does (U-35).
function keptContents(search: Record<string, unknown>): ContentsSearch {
  const { open: _open, ...rest } = readContentsSearch(search);
  return rest;
}

function pathOf(page: Page, id: string, kept: MembersSearch, search: Record<string, unknown>) {
  switch (page) {
    case 'members':
      return paths.members(id, kept);
    case 'invitations':
      return paths.invitations(id);
    case 'roles':
      return paths.roles(id);
    case 'settings':
      return paths.settings(id, readSettingsSearch(search).tab);
    case 'reviews':
      return paths.reviews(id);
    case 'history':
      return paths.history(id);
    case 'compare':
      return paths.compare(id, readCompareSearch(search));
    case 'across':
      return paths.workspaces();
    default:
      return paths.contents(id, page, keptContents(search));
  }
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
  raw: Record<string, unknown>,
): Promise<WorkspaceView | undefined> {
  const view = client.ensureQueryData(viewQuery(backend, id));
  const reads: Promise<unknown>[] = [view];
  if (page === 'members') {
    reads.push(client.ensureQueryData(membersQuery(backend, membersFilter(id, search), 0)));
  }
  if (page === 'invitations') {
    reads.push(client.ensureQueryData(invitationsQuery(backend, id, 0)));
  }
  const kind = contentKind(page);
  if (kind !== undefined) {
    const { q = '', sort = 'name', desc = false } = keptContents(raw);
    const filter = { ...allOf(id, kind), text: q, sort, descending: desc };
    reads.push(client.ensureQueryData(contentsQuery(backend, filter, 0)));
  }
  const late = new Promise((resolve) => setTimeout(resolve, READ_FIRST_MS));
  await Promise.race([Promise.allSettled(reads), late]);
  return client.getQueryData(viewQuery(backend, id).queryKey);
}

// Filters stay where they make sense: roles only within a scheme, labels in no other workspace. The open panel never stays.
function keep(search: MembersSearch, from: Scheme | undefined, to: Scheme): MembersSearch {
  const { open: _open, task: _task, at: _at, role, label: _label, ...rest } = search;
  return role !== undefined && from === to ? { ...rest, role } : rest;
}

/** Remembers it as opened; the switcher's list is read again while nobody looks at it. */
export async function noteOpened(client: QueryClient, backend: Backend, id: string): Promise<void> {
  await backend.workspaceOpened(id);
  await client.invalidateQueries({ queryKey: keys.switcher });
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
    const view = await readFirst(client, backend, row.id, page, kept, search);
    // What was told of the workspace before has no place in this one.
    notify(null);
    active.set(row.id);
    assertive(t('switch.spoken', { name: row.name, role: workspaceRoles(row) }));
    void noteOpened(client, backend, row.id);
    if (page === 'across') return;
    if (isOpen(page, view)) {
      await navigate(pathOf(page, row.id, kept, search));
      return;
    }
    const nearest: Page = page !== 'members' && view?.sees_members ? 'members' : 'across';
    await navigate(pathOf(nearest, row.id, {}, {}));
    notify({
      text: t('go.nearest', {
        page: pageName(page, row.scheme),
        workspace: row.name,
        parent: nearest === 'across' ? t('nav.workspaces') : pageName(nearest, row.scheme),
      }),
    });
  };
}

/** Where a window on a workspace begins: on this page if it is open there, else near it. */
function firstPage(page: Page, view: WorkspaceView | undefined): Page {
  if (page !== 'across' && isOpen(page, view)) return page;
  if (view?.sees_members !== false) return 'members';
  return view.contents[0]?.kind ?? 'history';
}

/** Opens one more window: on that workspace, or without one on what this window shows (E-55). */
export function useNewWindow(): (row?: WorkspaceRow) => Promise<void> {
  const backend = useBackend();
  const client = useQueryClient();
  const router = useRouter();
  const { page, search } = usePage();
  const from = useActiveView()?.row.scheme;
  const notify = useNotify();
  const address = async (row: WorkspaceRow) => {
    const kept = keep(readMembersSearch(search), from, row.scheme);
    const view = await readFirst(client, backend, row.id, page, kept, search);
    const first = firstPage(page, view);
    const stays = first === page;
    return router.buildLocation(pathOf(first, row.id, stays ? kept : {}, stays ? search : {})).href;
  };
  return async (row) => {
    try {
      await backend.windowOpen(row === undefined ? router.state.location.href : await address(row));
    } catch (thrown) {
      notify({ text: t(asFailure(thrown).code) });
    }
  };
}
