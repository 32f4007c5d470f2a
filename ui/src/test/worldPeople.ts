// A world with everything a membership, an invitation and a role can be, for looking at them.

import type { Memory } from './memory.ts';
import { inboxRow } from './memory/inbox.ts';
import { invitation } from './memory/people.ts';
import { place } from './memory.ts';
import { ALLOWED, NOW } from './world.ts';

const DAY = 86_400_000;

export function fillPeople(memory: Memory): void {
  const at = place(1, 'Northwind Retail', 40, { my_roles: ['owner'] });
  at.view = {
    ...at.view,
    member_labels: ['night', 'support'],
    own_roles: [
      {
        id: 'r1',
        key: 'own:3',
        name: 'Support lead',
        permissions: ['ws.view', 'member.view', 'agent.view', 'conversation.view', 'chat.use'],
      },
    ],
  };
  at.members = at.members.map((row, index) => {
    if (index === 2) return { ...row, roles: ['own:3'], labels: ['support', 'night'] };
    if (index === 3) return { ...row, until: { at: Date.now() + 9 * DAY, roles: ['read'] } };
    if (index === 4) return { ...row, grouped: true, labels: ['support'] };
    if (index === 9) {
      return { ...row, state: 'removed', ended: NOW - 3 * DAY, ended_by: 'Ana Marques' };
    }
    return row;
  });
  at.invitations = [
    invitation('i0', { address: 'bo@x.example', name: 'Bo Lind', message: 'Welcome aboard' }),
    invitation('i1', {
      address: 'cleo@x.example',
      state: 'needs_confirmation',
      confirm: ALLOWED,
    }),
    invitation('i2', { address: 'old@x.example', state: 'expired' }),
    invitation('i3', { address: 'no@x.example', state: 'declined' }),
  ];
  memory.workspaces[0] = at;
  memory.verdicts.set('w1-m3', {
    note: 'Covers the fair in September.',
    earlier: [
      {
        roles: ['read'],
        joined: NOW - 400 * DAY,
        ended: NOW - 300 * DAY,
        ended_by: 'Ana Marques',
        state: 'removed',
      },
    ],
  });
  memory.more.inbox = [
    inboxRow('x1', { message: 'Looking forward to working with you.' }),
    inboxRow('x2', { workspace_name: 'Acme Health', address: 'alex@home.example' }),
  ];
  const { me } = memory.state;
  if (me !== null) memory.state = { ...memory.state, me: { ...me, inbox: 2 } };
}
