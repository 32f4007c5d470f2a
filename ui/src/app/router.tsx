// The routes. Addresses live behind the hash, so that the window needs no server for them.

import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { HomePage } from '../pages/HomePage.tsx';
import { MembersPage } from '../pages/MembersPage.tsx';
import { NotAvailable } from '../pages/NotAvailable.tsx';
import {
  ROUTES,
  readAccountSearch,
  readContentsSearch,
  readMembersSearch,
  readSettingsSearch,
  readWorkspacesSearch,
} from './paths.ts';
import { Shell } from './Shell.tsx';
import {
  readCompareSearch,
  readHistorySearch,
  readPeopleSearch,
  readRevertSearch,
  readReviewSearch,
  readReviewsSearch,
} from './searches.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotAvailable });

// Pages that are not part of the daily round are read when they are first opened, so that the
// window starts with little (ui.md 11).
const accounts = () => import('../pages/account/pages.ts');
const workspaces = () => import('../pages/workspaces/WorkspacesPage.tsx');
const settings = () => import('../pages/settings/SettingsPage.tsx');
const past = () => import('../pages/history/pages.ts');
const people = () => import('../pages/people/pages.ts');
const plans = () => import('../pages/plans/pages.ts');
const diagnostics = () => import('../pages/diagnostics/pages.ts');
const reviews = () => import('../pages/reviews/pages.ts');

const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: HomePage }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.members,
    validateSearch: readMembersSearch,
    component: MembersPage,
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.invitations,
    component: lazyRouteComponent(() => import('../pages/InvitationsPage.tsx'), 'InvitationsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.workspaces,
    validateSearch: readWorkspacesSearch,
    component: lazyRouteComponent(workspaces, 'WorkspacesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.home,
    component: lazyRouteComponent(() => import('../pages/digest/DigestPage.tsx'), 'DigestPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.first,
    component: lazyRouteComponent(() => import('../pages/first/FirstRunPage.tsx'), 'FirstRunPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.pending,
    component: lazyRouteComponent(() => import('../pages/PendingPage.tsx'), 'PendingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.contents,
    validateSearch: readContentsSearch,
    component: lazyRouteComponent(
      () => import('../pages/contents/ContentsPage.tsx'),
      'ContentsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.settings,
    validateSearch: readSettingsSearch,
    component: lazyRouteComponent(settings, 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.roles,
    component: lazyRouteComponent(() => import('../pages/roles/RolesPage.tsx'), 'RolesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.reviews,
    validateSearch: readReviewsSearch,
    component: lazyRouteComponent(reviews, 'ReviewsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.review,
    validateSearch: readReviewSearch,
    component: lazyRouteComponent(reviews, 'ReviewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.history,
    validateSearch: readHistorySearch,
    component: lazyRouteComponent(past, 'HistoryPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.compare,
    validateSearch: readCompareSearch,
    component: lazyRouteComponent(past, 'ComparePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.revert,
    validateSearch: readRevertSearch,
    component: lazyRouteComponent(plans, 'RevertPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.access,
    component: lazyRouteComponent(plans, 'AccessPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.plans,
    component: lazyRouteComponent(plans, 'SavedPlansPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.plan,
    component: lazyRouteComponent(plans, 'SavedPlanPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.people,
    validateSearch: readPeopleSearch,
    component: lazyRouteComponent(people, 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.person,
    component: lazyRouteComponent(people, 'PersonPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.leaver,
    component: lazyRouteComponent(people, 'LeaverPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.continuity,
    component: lazyRouteComponent(people, 'ContinuityPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.bin,
    component: lazyRouteComponent(() => import('../pages/workspaces/BinPage.tsx'), 'BinPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.diagnostics,
    component: lazyRouteComponent(diagnostics, 'DiagnosticsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.manage,
    component: lazyRouteComponent(accounts, 'AccountsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.account,
    validateSearch: readAccountSearch,
    component: lazyRouteComponent(accounts, 'AccountPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.group,
    component: lazyRouteComponent(accounts, 'GroupPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.scheme,
    component: lazyRouteComponent(accounts, 'SchemePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.leaveAccount,
    component: lazyRouteComponent(accounts, 'LeaveAccountPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.deleteAccount,
    component: lazyRouteComponent(accounts, 'DeleteAccountPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: ROUTES.deleteSignIn,
    component: lazyRouteComponent(accounts, 'DeleteSignInPage'),
  }),
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
