// What every part of the backend in memory needs: the world, and how it fails.

import type {
  AccountPage,
  AnswerLook,
  BinRow,
  CompareView,
  ContentView,
  ContinuityRow,
  DeviceRow,
  DraftRow,
  ExitPage,
  Failure,
  FailureCode,
  GroupPreview,
  GroupView,
  HistoryPage,
  HistoryRow,
  InboxRow,
  Intent,
  OfferRow,
  OpenedSheet,
  OwnRoleName,
  PersonPick,
  PlanPreview,
  PlanView,
  Proof,
  ReviewLineView,
  ReviewView,
  RolesPage,
  SchemePreview,
  TransferView,
  Verdict,
} from '../../backend/types.ts';
import type { Memory, Workspace } from '../memory.ts';
import type { PlansMore } from './plans.ts';
import type { ReminderMore } from './reminders.ts';

/** What lies outside of members and invitations; a test sets what it needs. */
export interface More extends PlansMore {
  accounts: AccountPage[];
  people: PersonPick[];
  bin: BinRow[];
  offers: OfferRow[];
  groups: GroupView[];
  inbox: InboxRow[];
  devices: DeviceRow[];
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
  /** The workspaces that were opened, the last first. */
  opened: string[];
  /** Verdicts of a plan's lines: key is the member's or the workspace's id. */
  planned: Map<string, Verdict>;
  reviews: MemoryReview[];
  /** Exports, reminders and Home (memory/reminders.ts). */
  reminders: ReminderMore;
  /** What a client's answer says; none where the file is another one. */
  answer: AnswerLook | null;
  /** The review file that the app was opened with, until it is told. */
  openedSheet: OpenedSheet | null;
  /** When the next review is due. */
  nextReview: number | null;
  /** The rows of the history, newest first; where there are none, some are made. */
  history: HistoryRow[] | null;
  /** Answers instead of the one made. */
  historyPage: Partial<HistoryPage>;
  compare: CompareView | null;
  /** Whether the copy knows the roster of any day. */
  asOfComplete: boolean;
  /** The own roles of then. */
  asOfRoles: OwnRoleName[];
  continuity: ContinuityRow[] | null;
  drafts: DraftRow[];
}

/** A review with its lines, as a test or the window's dialog made it. */
export interface MemoryReview {
  view: ReviewView;
  lines: ReviewLineView[];
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
