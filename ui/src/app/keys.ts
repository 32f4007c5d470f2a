// Query keys, built in this one place. Everything of a workspace lies under its id, so that
// one change of a roster makes exactly that workspace read again.

import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type {
  Changed,
  CompareQuestion,
  ContentQuery,
  ExitQuestion,
  HistoryQuery,
  Intent,
  MemberQuery,
  Permission,
  RevertQuestion,
  ReviewQuery,
  Role,
  RoleQuestion,
  SchemeQuestion,
  WorkspaceFilter,
} from '../backend/types.ts';

/** Which members, without which rows of them. */
export type MemberFilter = Omit<MemberQuery, 'offset' | 'limit'>;

/** Which records, without which rows of them. */
export type ContentFilter = Omit<ContentQuery, 'offset' | 'limit'>;

export const keys = {
  state: ['state'] as const,
  /** Under the state: what changes one may change the other. */
  diagnostics: ['state', 'diagnostics'] as const,
  /** Where I am signed in. */
  devices: ['devices'] as const,
  pending: ['pending'] as const,
  workspaces: ['workspaces'] as const,
  /** Whether there is none at all. */
  noWorkspaces: ['workspaces', 'none'] as const,
  /** Every list of the switcher. */
  switcher: ['workspaces', { switcher: true }] as const,
  workspacePage: (filter: WorkspaceFilter, page: number) => ['workspaces', filter, page] as const,
  /** Every workspace of an account, for choosing among them. */
  workspacesOf: (account: string) => ['workspaces', 'of', account] as const,
  workspacesAll: (filter: WorkspaceFilter) => ['workspaces', 'all', filter] as const,
  workspaceLabels: ['workspaces', 'labels'] as const,
  similarName: (account: string, name: string, except: string | null) =>
    ['workspaces', 'similar', account, name, except] as const,
  plans: ['plans'] as const,
  accounts: ['accounts'] as const,
  accountList: ['accounts', 'list'] as const,
  account: (id: string) => ['accounts', 'one', id] as const,
  accountsPeople: ['accounts', 'people'] as const,
  accountPeople: (id: string, text: string) => ['accounts', 'people', id, text] as const,
  exit: (question: ExitQuestion) => ['accounts', 'exit', question] as const,
  scheme: (question: SchemeQuestion) => ['accounts', 'scheme', question] as const,
  groups: (account: string) => ['accounts', 'groups', account] as const,
  bin: ['accounts', 'bin'] as const,
  groupPreview: (intent: Intent) => ['accounts', 'group-preview', intent] as const,
  offers: ['accounts', 'offers'] as const,
  workspace: (id: string) => ['w', id] as const,
  view: (id: string) => ['w', id, 'view'] as const,
  members: (filter: MemberFilter, page: number) =>
    ['w', filter.workspace, 'members', filter, page] as const,
  member: (workspace: string, id: string) => ['w', workspace, 'member', id] as const,
  roles: (question: RoleQuestion) => ['w', question.workspace, 'roles', question] as const,
  invitations: (workspace: string, page: number) => ['w', workspace, 'invitations', page] as const,
  contents: (filter: ContentFilter, page: number) =>
    ['w', filter.workspace, 'contents', filter, page] as const,
  content: (workspace: string, id: string) => ['w', workspace, 'content', id] as const,
  /** The names of all knowledge of a workspace, for choosing among it. */
  knowledgeOf: (workspace: string) => ['w', workspace, 'contents', 'knowledge'] as const,
  selectedAgent: (workspace: string) => ['agent', workspace] as const,
  transfer: (workspace: string) => ['w', workspace, 'transfer'] as const,
  rolesPage: (workspace: string) => ['w', workspace, 'rolesPage'] as const,
  roleHolders: (workspace: string, role: Role) => ['w', workspace, 'holders', role] as const,
  why: (workspace: string, member: string, permission: Permission) =>
    ['w', workspace, 'why', member, permission] as const,
  myAccess: (workspace: string) => ['w', workspace, 'myAccess'] as const,
  inbox: ['accounts', 'inbox'] as const,
  /** Of one workspace; null is of all. */
  reviews: (workspace: string | null) =>
    workspace === null ? (['across', 'reviews'] as const) : (['w', workspace, 'reviews'] as const),
  review: (workspace: string, id: string) => ['w', workspace, 'review', id] as const,
  reviewLines: (filter: Omit<ReviewQuery, 'offset' | 'limit'>, page: number) =>
    ['w', filter.workspace, 'reviewLines', filter, page] as const,
  reviewLine: (workspace: string, review: string, line: string) =>
    ['w', workspace, 'reviewLine', review, line] as const,
  reviewPeople: (workspace: string, text: string) => ['w', workspace, 'reviewers', text] as const,
  reviewFinish: (workspace: string, review: string) =>
    ['w', workspace, 'reviewFinish', review] as const,
  history: (filter: Omit<HistoryQuery, 'before' | 'limit'>) =>
    filter.workspace === null
      ? (['across', 'history', filter] as const)
      : (['w', filter.workspace, 'history', filter] as const),
  recent: (workspace: string, address: string) => ['w', workspace, 'recent', address] as const,
  historyEvent: (id: string) => ['event', id] as const,
  asOf: (filter: MemberFilter, at: number, page: number) =>
    ['w', filter.workspace, 'asOf', filter, at, page] as const,
  /** What lies across workspaces, read again when any roster changes. */
  across: ['across'] as const,
  compare: (question: CompareQuestion) => ['across', 'compare', question] as const,
  people: (text: string, page: number) => ['across', 'people', text, page] as const,
  person: (login: string) => ['across', 'person', login] as const,
  continuity: ['across', 'continuity'] as const,
  savedPlans: ['across', 'plans'] as const,
  savedPlan: (n: number) => ['across', 'plans', n] as const,
  revert: (question: RevertQuestion) => ['across', 'revert', question] as const,
  accessText: (workspace: string) => ['w', workspace, 'accessText'] as const,
};

/** Makes what changed be read again; what is on screen stays until the answer is there. */
export function invalidate(client: QueryClient, changed: Changed): void {
  if (changed.state) void client.invalidateQueries({ queryKey: keys.state });
  if (changed.pending) {
    void client.invalidateQueries({ queryKey: keys.pending });
    void client.invalidateQueries({ queryKey: keys.savedPlans });
  }
  if (changed.accounts) void client.invalidateQueries({ queryKey: keys.accounts });
  if (changed.workspaces) {
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({
      predicate: (query) => query.queryKey[0] === 'w' && query.queryKey[2] === 'view',
    });
  }
  // Whoever is removed from a roster is nobody to be chosen elsewhere (E-46).
  if (changed.rosters.length > 0) {
    void client.invalidateQueries({ queryKey: keys.accountsPeople });
  }
  for (const id of changed.rosters) {
    void client.invalidateQueries({ queryKey: keys.workspace(id) });
  }
  if (changed.history) {
    void client.invalidateQueries({ predicate: ({ queryKey }) => tellsOfThePast(queryKey) });
  }
  if (changed.rosters.length > 0 || changed.accounts || changed.workspaces || changed.history) {
    void client.invalidateQueries({ queryKey: keys.across });
  }
}

// What is read from the events, or says whether all of them are here: the last change of a
// member, what a line of a review says somebody used.
const OF_THE_PAST = [
  'history',
  'recent',
  'asOf',
  'member',
  'members',
  'review',
  'reviewLine',
  'reviewLines',
];

function tellsOfThePast([of, , what]: QueryKey): boolean {
  return of === 'w' && typeof what === 'string' && OF_THE_PAST.includes(what);
}

/** Makes everything but the state itself be read again: what may be done, and why not, is
 * another answer with a connection than without one (R14). */
export function invalidateVerdicts(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.state[0] });
}
