// Who is signed in, and how they come in and go, in memory.

import type { Backend } from '../../backend/backend.ts';
import type { AppState } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { NOW } from '../world.ts';
import { failure } from './core.ts';
import { diagnostics } from './diagnostics.ts';

export const ME = { id: 'l1', name: 'Alex Meyer', address: 'alex@larch.example' };

export function signedIn(): AppState {
  return {
    phase: 'ready',
    problem: null,
    server: 'http://127.0.0.1:8471',
    me: {
      ...ME,
      verified: [ME.address],
      inbox: 0,
      mail: true,
      accounts: [{ id: 'a1', name: 'Larch Agency', scheme: 'managed' }],
    },
    connection: {
      state: 'online',
      last_contact: Date.now() - 60_000,
      offline_since: null,
      next_try: null,
      loading: null,
    },
    counts: { not_sent: 0, refused: 0, needs_you: 0 },
    only_here: { plans: 0, drafts: 0, reminders: 0 },
    copy: { leases: [], erased: false, rebuilt: null, saved: null, lost: null },
    last_workspace: 'w1',
    version: '0.1.0',
  };
}

type Session =
  | 'appState'
  | 'checkServer'
  | 'signUp'
  | 'foundAccount'
  | 'signIn'
  | 'diagnostics'
  | 'lostRead'
  | 'putOutboxAside'
  | 'signOut'
  | 'invitationLook'
  | 'invitationAccept';

export function sessionBackend(memory: Memory): Pick<Backend, Session> {
  const enter = () => {
    memory.state = signedIn();
    return memory.state;
  };
  return {
    appState: async () => memory.state,
    checkServer: async () => 'Larch',
    signUp: async () => enter(),
    foundAccount: async (form) => {
      if (form.account_name === '') throw failure('bad_request');
      memory.state = signedIn();
      memory.emit({ accounts: true, state: true, workspaces: true });
      return 'w1';
    },
    signIn: async () => enter(),
    diagnostics: async () => diagnostics(memory.state),
    lostRead: async () => {
      memory.state = { ...memory.state, copy: { ...memory.state.copy, lost: null } };
      return memory.state;
    },
    putOutboxAside: async (typed) => {
      if (typed !== ME.address) throw failure('bad_request');
      memory.state = signedIn();
      return memory.state;
    },
    signOut: async (unsent) => {
      const { counts, only_here } = memory.state;
      if (unsent === 'keep' && counts.not_sent > 0) throw failure('signout.unsent');
      if (unsent === 'keep' && Object.values(only_here).some((n) => n > 0))
        throw failure('signout.only_here');
      memory.state = { ...memory.state, phase: 'signed_out', me: null };
      return memory.state;
    },
    invitationLook: async () => ({
      server: 'http://127.0.0.1:8471',
      address: 'luis@northwind.example',
      workspace_name: 'Northwind Retail',
      account_name: 'Larch Agency',
      scheme: 'managed',
      roles: ['content_manager'],
      own_names: [],
      inviter_name: 'Ana Marques',
      message: null,
      expires: NOW + 7 * 86_400_000,
    }),
    invitationAccept: async () => 'w2',
  };
}
