// The frame around every screen: band, top bar, sidebar, main area and status line. The
// workspace's colour, letters, name and role never leave it (ui.md 1.1, 3.1).

import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import {
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import type { AppState, Connection, Scheme, WorkspaceView } from '../backend/types.ts';
import { AcceptInvitation } from '../forms/later.tsx';
import { t } from '../i18n/text.tsx';
import { CopyToFetch, ErasedCopy, LockedCopy } from '../pages/LockedCopy.tsx';
import { NoWorkspacePage } from '../pages/NoWorkspacePage.tsx';
import { KnownValues } from '../parts/Reason.tsx';
import { SaysNo } from '../parts/RefusableItem.tsx';
import { ownNames, workspaceRoles } from '../parts/words.ts';
import { ActiveContext, useActiveView } from './active.tsx';
import { useBackend } from './context.tsx';
import { request, useGlobalKeys, useRequest } from './globalKeys.ts';
import { keys } from './keys.ts';
import { Opening } from './Opening.tsx';
import { Overlays } from './Overlays.tsx';
import { useOpenedLink } from './openedLink.tsx';
import { contentKind, paths } from './paths.ts';
import { usePinnedKeys } from './pinned.ts';
import { Sidebar } from './Sidebar.tsx';
import { StatusLine } from './StatusLine.tsx';
import styles from './shell.module.css';
import { useAppState, workspaceFilter, workspacesQuery } from './state.ts';
import { TopBar } from './TopBar.tsx';
import { useCopyNews } from './useCopyNews.ts';
import { useDraftsReady } from './useDraftsReady.ts';
import { lastGoneText, useGoneWorkspace, useLastGone } from './useGoneWorkspace.ts';
import { usePlaces } from './usePlaces.ts';
import { useWidth } from './useWidth.ts';

// It shows nothing until it is asked for, so the start does not wait for it.
const RecentWorkspaces = lazy(() =>
  import('./recent.tsx').then((one) => ({ default: one.RecentWorkspaces })),
);

const APART = ['/pending', '/diagnostics'];

// Why there are no workspaces here, where that says nothing about those that somebody is in.
function missingCopy(state: AppState): 'erased' | 'to_fetch' | null {
  if (state.copy.erased) return 'erased';
  const { connection } = state;
  // Nothing was ever fetched into this copy: it was put aside, or is new (D5).
  return connection.last_contact === null && !isFilling(connection) ? 'to_fetch' : null;
}

export function Shell() {
  const backend = useBackend();
  const routed = useParams({ strict: false }).workspace ?? null;
  const state = useAppState();
  const [chosen, setChosen] = useState<string | null>(null);
  const all = useQuery(workspacesQuery(backend, workspaceFilter(), 0)).data;
  const id = routed ?? chosen ?? state?.last_workspace ?? all?.rows[0]?.id ?? null;
  // Leaving a workspace's page for one across workspaces keeps the workspace open.
  if (routed !== null && routed !== chosen) setChosen(routed);
  const [ending] = useState(() => new Map<string, 'delete' | 'leave'>());
  const active = useMemo(() => ({ id, set: setChosen, ending }), [id, ending]);
  const last = useLastGone();
  // What waits, and how things are, can be looked at without any copy.
  const apart = useRouterState({ select: ({ location }) => APART.includes(location.pathname) });
  const missing = all?.total === 0 && state !== undefined ? missingCopy(state) : null;
  if (missing === 'erased' && !apart) return <ErasedCopy />;
  if (missing === 'to_fetch' && !apart) return <CopyToFetch />;
  if (all?.total === 0 && state !== undefined && missing === null) {
    if (isFilling(state.connection)) return <Opening loading={state.connection.loading} />;
    return (
      <IfStillNone>
        <NoWorkspacePage gone={last === null ? null : lastGoneText(last, ending)} />
        <OpenedInvitation />
      </IfStillNone>
    );
  }
  return (
    <ActiveContext.Provider value={active}>
      <Frame />
      <OpenedInvitation />
    </ActiveContext.Provider>
  );
}

// The state and the list are read one by one: a list from before the first download is empty
// whoever it is of. Nobody is told that they are in no workspace before it was read after it.
function IfStillNone({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const read = workspacesQuery(backend, workspaceFilter(), 0);
  const sure = useQuery({ ...read, queryKey: keys.noWorkspaces, gcTime: 0 }).data;
  return sure?.total === 0 ? children : <Opening />;
}

/** The invitation whose link opened the app. */
function OpenedInvitation() {
  const { link, done } = useOpenedLink();
  const navigate = useNavigate();
  if (link === null) return null;
  const enter = (workspace: string) => {
    done();
    void navigate(paths.members(workspace));
  };
  return <AcceptInvitation key={link} link={link} onClose={done} onAccepted={enter} />;
}

/** Whether the first download is still to come, so that nothing yet does not mean nothing. */
function isFilling(connection: Connection): boolean {
  if (connection.loading !== null) return true;
  return connection.last_contact === null && connection.state === 'connecting';
}

function Frame() {
  const view = useActiveView();
  const inside = useParams({ strict: false }).workspace !== undefined;
  const locked = inside && view?.row.locked ? view.row.account : null;
  const width = useWidth();
  const [side, setSide] = useState(true);
  const [drawer, setDrawer] = useState(false);
  const toggle = useCallback(
    () => (width === 'phone' ? setDrawer((open) => !open) : setSide((open) => !open)),
    [width],
  );
  const close = useCallback(() => setDrawer(false), []);
  useSwitcherInDrawer(width === 'phone', drawer, setDrawer);
  useGlobalKeys();
  usePinnedKeys();
  useGoneWorkspace(close);
  useCopyNews();
  useDraftsReady();
  usePlaces();
  useFocusOnTitle(close);
  useWindowTitle(view);
  const sideShown = width === 'wide' || (width === 'middle' && side);
  return (
    <div className={styles.shell} data-colour={view?.row.colour} data-side={sideShown}>
      <div className={styles.band} />
      <TopBar width={width} onMenu={toggle} />
      {sideShown && <Sidebar area="side" />}
      <KnownValues values={knownOf(view)}>
        <SaysNo>
          <main className={styles.main} data-area="main">
            {locked === null ? <Outlet /> : <LockedCopy account={locked} />}
          </main>
        </SaysNo>
      </KnownValues>
      <StatusLine />
      <Overlays />
      <Suspense fallback={null}>
        <RecentWorkspaces />
      </Suspense>
      {drawer && width === 'phone' && (
        <ModalOverlay
          isOpen
          isDismissable
          className={styles.overlay ?? ''}
          onOpenChange={(open) => setDrawer(open)}
        >
          <Modal className={styles.drawer ?? ''} data-colour={view?.row.colour}>
            <AriaDialog aria-label={t('nav.label')} className={styles.drawerBody ?? ''}>
              <Sidebar area="drawer" />
            </AriaDialog>
          </Modal>
        </ModalOverlay>
      )}
    </div>
  );
}

// In a phone's width the switcher is in the drawer (U-28): the key opens the drawer first, and
// asks again once the switcher is there to hear it.
function useSwitcherInDrawer(phone: boolean, open: boolean, setOpen: (open: boolean) => void) {
  const asked = useRef(false);
  useRequest(
    'switcher',
    useCallback(() => {
      if (!phone || open) return;
      asked.current = true;
      setOpen(true);
    }, [phone, open, setOpen]),
  );
  useEffect(() => {
    if (!open || !asked.current) return;
    asked.current = false;
    request('switcher');
  }, [open]);
}

function knownOf(view: WorkspaceView | undefined) {
  if (view === undefined) return {};
  return {
    workspace: view.row.name,
    account: view.row.account_name,
    own: workspaceRoles(view.row, ownNames(view)),
    ...ownNames(view),
  };
}

/** After a change of screen the focus goes to its title; a change within a screen keeps it. */
function useFocusOnTitle(onScreen: () => void): void {
  const screen = useRouterState({
    select: (state) => state.location.pathname.replace(/^\/w\/[^/]+/, '/w'),
  });
  const before = useRef(screen);
  useEffect(() => {
    if (before.current === screen) return undefined;
    before.current = screen;
    onScreen();
    // A page that is read for the first time has its title a few frames later.
    let left = 30;
    let frame = 0;
    const focus = () => {
      const title = document.querySelector<HTMLElement>('main h1');
      left -= 1;
      if (title === null && left > 0) frame = requestAnimationFrame(focus);
      title?.focus();
    };
    frame = requestAnimationFrame(focus);
    return () => cancelAnimationFrame(frame);
  }, [screen, onScreen]);
}

function useWindowTitle(view: WorkspaceView | undefined): void {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const scheme = view?.row.scheme ?? 'owner_led';
  const name = view?.row.name;
  useEffect(() => {
    const page = pageId(path, scheme);
    document.title =
      name === undefined
        ? t('window.title_plain')
        : t('window.title', { workspace: name, page: t(page) });
  }, [path, name, scheme]);
}

const PLACES = ['invitations', 'settings', 'roles'] as const;
const ACROSS = ['home', 'first', 'pending', 'account', 'bin', 'inbox'] as const;

/** The id of the page's name in the catalogue. */
function pageId(path: string, scheme: Scheme): string {
  const [, first = '', , name, kind = ''] = path.split('/');
  if (first !== 'w') return `nav.${ACROSS.find((one) => one === first) ?? 'workspaces'}`;
  if (name === 'contents') return `nav.${contentKind(kind) ?? 'workspaces'}`;
  const here = PLACES.find((one) => one === name);
  return here === undefined ? `nav.members.${scheme}` : `nav.${here}`;
}
