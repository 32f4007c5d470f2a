// A backend in memory, for the window's tests and for looking at it without the core. It
// decides nothing: verdicts are those that a test puts into it.

import type { Backend } from '../backend/backend.ts';
import type {
  AppState,
  Changed,
  Failure,
  ImportPreview,
  InvitationRow,
  InviteResult,
  MemberPage,
  MemberRow,
  MemberView,
  PendingView,
  Role,
  Submitted,
  Verdict,
  WorkspaceView,
} from '../backend/types.ts';
import { accountBackend, accountMore } from './memory/account.ts';
import { change } from './memory/change.ts';
import { contentsBackend } from './memory/contents.ts';
import { failure, type More, workspace } from './memory/core.ts';
import { everybodyBackend, everybodyMore } from './memory/everybody.ts';
import { historyBackend, historyMore } from './memory/history.ts';
import { devices, inboxBackend } from './memory/inbox.ts';
import { invitingBackend, line, preview } from './memory/inviting.ts';
import { membersBackend, people, place } from './memory/members.ts';
import { pendingBackend } from './memory/pending.ts';
import { PLANS, placesBackend } from './memory/places.ts';
import { planBackend } from './memory/plan.ts';
import { plansBackend, plansMore } from './memory/plans.ts';
import { reminderMore, remindersBackend } from './memory/reminders.ts';
import { reviewMore, reviewsBackend } from './memory/reviews.ts';
import { rolesBackend } from './memory/roles.ts';
import { sessionBackend, signedIn } from './memory/session.ts';

export { failure, line, people, place, preview };

export interface Workspace {
  view: WorkspaceView;
  members: MemberRow[];
  invitations: InvitationRow[];
  admins: MemberPage['account_admins'];
}

export interface Memory {
  state: AppState;
  workspaces: Workspace[];
  pending: PendingView;
  /** Verdicts of single members: key is the member's id. */
  verdicts: Map<string, Partial<Omit<MemberView, 'row'>>>;
  /** Whether all of every history is here. */
  changesKnown: boolean;
  /** Verdicts of giving a role. */
  giving: Partial<Record<Role, Verdict>>;
  /** Failures that a call is to answer. */
  failures: Partial<Record<keyof Backend, Failure>>;
  /** What a submitted change is answered with, instead of being made. */
  answers: Submitted[];
  /** What a file is read as. */
  file: ImportPreview | null;
  invited: InviteResult | null;
  /** What is answered when a refused change is made again. */
  applied: Submitted;
  /** Every call, in order. */
  /** Accounts, the bin, groups, contents and the rest (memory/core.ts). */
  more: More;
  calls: { name: string; args: unknown[] }[];
  emit: (changed: Partial<Changed>) => void;
  backend: Backend;
}

/** A world of its own for one test. */
export function createMemory(): Memory {
  const listeners = new Set<(changed: Changed) => void>();
  const memory: Memory = {
    state: signedIn(),
    workspaces: [
      place(1, 'Northwind Retail', 40),
      place(2, 'Acme Health', 6, { my_roles: ['owner'], owners: 1 }),
      place(3, 'Alex’s workspace', 1, {
        kind: 'personal',
        my_roles: ['owner'],
        owners: 1,
        plan: 'basic',
        account_name: 'Alex Meyer',
      }),
      place(4, 'Blue Lake Travel', 30, { my_roles: ['read'], owners: null }),
    ],
    pending: { not_sent: [], refused: [], sent: [] },
    verdicts: new Map(),
    changesKnown: false,
    giving: {},
    failures: {},
    answers: [],
    file: null,
    invited: null,
    applied: { result: 'applied', created: null },
    calls: [],
    more: {
      ...accountMore(),
      ...everybodyMore(),
      ...plansMore(),
      ...historyMore(),
      ...reviewMore(),
      reminders: reminderMore(),
      bin: [],
      offers: [],
      inbox: [],
      devices: devices(),
      link: null,
      plans: [...PLANS],
      contents: new Map(),
      transfer: null,
      roles: {},
      proof: null,
      plan: null,
      opened: [],
      planned: new Map(),
    },
    emit: (changed) => {
      const whole: Changed = {
        state: false,
        workspaces: false,
        rosters: [],
        history: false,
        accounts: false,
        left: [],
        pending: false,
        ...changed,
      };
      for (const one of listeners) one(whole);
    },
    backend: undefined as unknown as Backend,
  };
  memory.backend = recorded(memory, backend(memory, listeners));
  return memory;
}

// Every call is written down, answers later, and fails where a test says so.
function recorded(memory: Memory, inner: Backend): Backend {
  const outer: Partial<Record<keyof Backend, unknown>> = {
    onChanged: inner.onChanged,
    onPlace: inner.onPlace,
  };
  for (const name of Object.keys(inner) as (keyof Backend)[]) {
    if (name === 'onChanged' || name === 'onPlace') continue;
    outer[name] = async (...args: unknown[]) => {
      memory.calls.push({ name, args });
      const no = memory.failures[name];
      if (no !== undefined) throw no;
      return (inner[name] as (...some: unknown[]) => unknown)(...args);
    };
  }
  return outer as Backend;
}

function backend(memory: Memory, listeners: Set<(changed: Changed) => void>): Backend {
  return {
    ...accountBackend(memory),
    ...contentsBackend(memory),
    ...everybodyBackend(memory),
    ...historyBackend(memory),
    ...inboxBackend(memory),
    ...placesBackend(memory),
    ...remindersBackend(memory),
    ...planBackend(memory, (intent) => change(memory, intent)),
    ...plansBackend(
      memory,
      (intents) => memory.backend.plan(intents),
      (intent) => change(memory, intent),
    ),
    ...reviewsBackend(memory, (intent) => change(memory, intent)),
    ...rolesBackend(memory),
    ...sessionBackend(memory),
    ...membersBackend(memory),
    ...invitingBackend(memory),
    ...pendingBackend(memory),
    workspace: async (id) => workspace(memory, id).view,
    workspaceOpened: async (id) => {
      memory.more.opened = [id, ...memory.more.opened.filter((one) => one !== id)];
      return null;
    },
    submit: async (intent) => change(memory, intent),
    windowReady: async () => null,
    windowOpen: async () => null,
    windowInFront: async () => true,
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
