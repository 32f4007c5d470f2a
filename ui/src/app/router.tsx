// The routes. Addresses live behind the hash, so that the window needs no server for them.

import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  type RouterHistory,
} from '@tanstack/react-router';
import { HomePage } from '../pages/HomePage.tsx';
import { InvitationsPage } from '../pages/InvitationsPage.tsx';
import { MembersPage } from '../pages/MembersPage.tsx';
import { NotAvailable } from '../pages/NotAvailable.tsx';
import { PendingPage } from '../pages/PendingPage.tsx';
import { WorkspacesPage } from '../pages/WorkspacesPage.tsx';
import { ROUTES, readMembersSearch } from './paths.ts';
import { Shell } from './Shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotAvailable });

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: HomePage }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.members,
    validateSearch: readMembersSearch,
    component: MembersPage,
  }),
  createRoute({ getParentRoute: () => root, path: ROUTES.invitations, component: InvitationsPage }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.workspaces,
    validateSearch: (raw: Record<string, unknown>): { q?: string; create?: true } => ({
      ...(typeof raw.q === 'string' && raw.q !== '' ? { q: raw.q } : {}),
      ...(raw.create === true ? { create: true } : {}),
    }),
    component: WorkspacesPage,
  }),
  createRoute({ getParentRoute: () => root, path: ROUTES.pending, component: PendingPage }),
] as const;

export function createAppRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({ routeTree: root.addChildren(routes), history, defaultPreload: false });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
