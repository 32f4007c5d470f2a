// Development only: the window over the backend in memory, in a state named in the address,
// for looking at it: dev.html?world=offline&theme=dark#/w/w1/members

import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import { mount } from '../app/mount.tsx';
import { invitation } from './memory/people.ts';
import { createMemory, line, type Memory, place, preview } from './memory.ts';
import { item, NOW, refused, text } from './world.ts';
import { fillAccounts } from './worldAccounts.ts';
import { fillPeople } from './worldPeople.ts';
import { fillReviews } from './worldReviews.ts';

const query = new URLSearchParams(location.search);
// The hash alone is the window's address; the router would take the rest for a part of it.
history.replaceState(null, '', `${location.pathname}${location.hash}`);
localStorage.setItem('muster.theme', query.get('theme') ?? 'system');

function invite(memory: Memory, count: number): void {
  const at = memory.workspaces[0];
  if (at === undefined) return;
  at.invitations = Array.from({ length: count }, (_, index) =>
    invitation(`i${index}`, {
      address: `person${index}@northwind.example`,
      name: index % 3 === 0 ? 'Mei Tan' : null,
      sent: Date.now() - index * 86_400_000,
      expires: Date.now() + (7 - index) * 86_400_000,
      state: index > 6 ? 'expired' : index === 1 ? 'needs_confirmation' : 'waiting',
      confirm: index === 1 ? { verdict: 'allowed' } : { verdict: 'hidden' },
    }),
  );
}

function offline(memory: Memory): void {
  const at = memory.workspaces[0];
  if (at === undefined) return;
  const since = Date.now() - 7_200_000;
  const state = 'offline' as const;
  memory.state = {
    ...memory.state,
    connection: { ...memory.state.connection, state, offline_since: since, last_contact: since },
    counts: { not_sent: 2, refused: 1, needs_you: 0 },
  };
  at.members = at.members.map((row, index) => {
    if (index === 2) return { ...row, roles: ['write'], roles_were: ['read'], mark: 'not_sent' };
    if (index === 5) return { ...row, state: 'removed', state_was: 'active', mark: 'not_sent' };
    if (index === 3) return { ...row, mark: 'refused' };
    if (index === 6) return { ...row, mark: 'new' };
    return row;
  });
  const no = {
    code: 'r3.target' as const,
    rule: 'R3',
    params: {
      name: text('Chen Okafor'),
      role: { type: 'roles' as const, value: ['owner' as const] },
      permission: { type: 'permission' as const, value: 'ws.delete' as const },
      names: text('Ana Marques'),
    },
  };
  memory.pending = {
    not_sent: [
      item(1, { what: { what: 'roles', person: 'Björk Okafor', was: ['read'], roles: ['write'] } }),
      item(2, { what: { what: 'remove', person: 'Eleni Okafor' } }),
    ],
    refused: [
      item(3, {
        what: { what: 'suspend', person: 'Chen Okafor' },
        outcome: { status: 'refused', reason: no, at: NOW, differs: true },
      }),
    ],
    sent: [
      item(4, {
        what: { what: 'rename', was: 'Northwind', name: 'Northwind Retail' },
        outcome: { status: 'applied', reason: null, at: NOW, differs: false },
      }),
    ],
  };
}

function locked(memory: Memory): void {
  const at = memory.workspaces[0];
  if (at === undefined) return;
  at.view = { ...at.view, row: { ...at.view.row, locked: true, people: null } };
  const since = Date.now() - 8 * 86_400_000;
  memory.state = {
    ...memory.state,
    connection: {
      ...memory.state.connection,
      state: 'offline',
      offline_since: since,
      last_contact: since,
    },
    copy: {
      ...memory.state.copy,
      leases: [
        {
          account: at.view.row.account,
          account_name: at.view.row.account_name,
          days: 7,
          age_days: 8,
          until: since + 7 * 86_400_000,
          locked: true,
        },
      ],
    },
  };
}

function blocked(memory: Memory): void {
  const problem = { code: 'outbox.key' as const, reason: null, field: null, detail: '' };
  memory.state = { ...memory.state, phase: 'blocked', me: null, problem };
}

function lost(memory: Memory): void {
  const workspaces = ['Acme Health', 'Northwind'];
  const copy = {
    ...memory.state.copy,
    saved: 40,
    lost: { count: 2, maybe_more: false, workspaces },
  };
  memory.state = { ...memory.state, copy };
}

const WORLDS: Record<string, (memory: Memory) => void> = {
  locked,
  blocked,
  lost,
  erased: (memory) => {
    locked(memory);
    memory.workspaces = [];
    memory.state = {
      ...memory.state,
      counts: { not_sent: 2, refused: 0, needs_you: 0 },
      copy: { ...memory.state.copy, leases: [], erased: true },
    };
  },
  plain: (memory) => invite(memory, 9),
  full: fillAccounts,
  people: fillPeople,
  reviews: fillReviews,
  offline: (memory) => {
    invite(memory, 3);
    offline(memory);
  },
  signedout: (memory) => {
    memory.state = { ...memory.state, phase: 'signed_out', me: null };
  },
  nokeystore: (memory) => {
    memory.state = { ...memory.state, phase: 'no_key_store', me: null };
  },
  none: (memory) => {
    memory.workspaces = [];
  },
  one: (memory) => {
    memory.workspaces = [
      place(1, 'Alex’s workspace', 1, { my_roles: ['owner'], kind: 'personal' }),
    ];
  },
  many: (memory) => {
    memory.workspaces = Array.from({ length: 214 }, (_, index) =>
      place(
        index + 1,
        `${['Northwind', 'Acme', 'Blue Lake', 'Cedar'][index % 4]} ${index + 1}`,
        index === 0 ? 5_000 : 3,
        {
          scheme: 'managed',
          my_roles: index % 3 === 0 ? [] : ['workspace_admin'],
          account_admin: index % 3 === 0,
        },
      ),
    );
    const first = memory.workspaces[0];
    if (first === undefined) return;
    first.view = { ...first.view, sees_members: true, sees_invitations: true, invitations: 0 };
    first.view = {
      ...first.view,
      permissions: ['member.view', 'member.manage'],
      invite: { verdict: 'allowed' },
    };
    first.admins = ['Ana Marques', 'Bo Lind', 'Cleo Diaz'].map((name) => ({
      name,
      address: `${name.split(' ')[0]?.toLowerCase()}@larch.example`,
      since: NOW - 4e10,
    }));
  },
};

const memory = createMemory();
(WORLDS[query.get('world') ?? 'plain'] ?? (() => {}))(memory);
memory.giving = {
  owner: refused('r4.owner', 'R4', { names: text('Adaeze Okafor') }),
};
memory.verdicts.set('w1-m0', {
  remove: refused('r6.remove', 'R6', {
    name: text('Adaeze Okafor'),
    workspace: text('Northwind Retail'),
  }),
  suspend: refused('r6.suspend', 'R6', {
    name: text('Adaeze Okafor'),
    workspace: text('Northwind Retail'),
  }),
});
memory.file = preview(
  [
    ...Array.from({ length: 42 }, (_, index) =>
      line(index + 1, `person${index}@northwind.example`, { name: index % 2 ? 'Mei Tan' : null }),
    ),
    line(43, 'cleo@x', { status: 'look', reason: 'not_an_address' }),
    line(44, 'slackbot@northwind.example', { status: 'left_out', reason: 'bot' }),
    line(45, 'old@northwind.example', { status: 'left_out', reason: 'deactivated' }),
    line(46, 'hana.okafor@northwind.example', { status: 'member', roles: ['write'] }),
    line(47, 'mei@northwind.example', { status: 'invited', roles: ['read'] }),
    line(48, 'person1@northwind.example', { status: 'repeated', reason: 'repeat' }),
  ],
  { format: 'table', columns: ['Name', 'E-mail', 'Team'], address_column: 1, name_column: 0 },
);
mount(memory.backend);
Object.assign(window, { memory });
