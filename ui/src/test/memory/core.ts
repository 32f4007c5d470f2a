// What every part of the backend in memory needs: the world, and how it fails.

import type {
  AccountPage,
  BinRow,
  ContentView,
  ExitPage,
  Failure,
  FailureCode,
  GroupPreview,
  GroupView,
  InboxRow,
  Intent,
  OfferRow,
  PersonPick,
  PlanPreview,
  PlanView,
  Proof,
  RolesPage,
  SchemePreview,
  TransferView,
  Verdict,
} from '../../backend/types.ts';
import type { Memory, Workspace } from '../memory.ts';

/** What lies outside of members and invitations; a test sets what it needs. */
export interface More {
  accounts: AccountPage[];
  people: PersonPick[];
  bin: BinRow[];
  offers: OfferRow[];
  groups: GroupView[];
  inbox: InboxRow[];
  /** The link that opened the app, until it is told. */
  link: string | null;
  plans: PlanView[];
  contents: Map<string, ContentView[]>;
  exit: ExitPage;
  scheme: SchemePreview | null;
  groupPreview: GroupPreview | null;
  transfer: TransferView | null;
  /** Answers instead of the one made from the members. */
  roles: Partial<RolesPage>;
  proof: Proof | null;
  plan: PlanPreview | null;
  /** Verdicts of a plan's lines: key is the member's or the workspace's id. */
  planned: Map<string, Verdict>;
}

export function failure(code: FailureCode, more: Partial<Failure> = {}): Failure {
  return { code, reason: null, field: null, detail: '', ...more };
}

export function workspace(memory: Memory, id: string): Workspace {
  const one = memory.workspaces.find((some) => some.view.row.id === id);
  if (one === undefined) throw failure('not_found');
  return one;
}

/** A change of a subject: null where the intent is another subject's. */
export type Change = (memory: Memory, intent: Intent) => { created: string | null } | null;

export const DONE = { created: null };
