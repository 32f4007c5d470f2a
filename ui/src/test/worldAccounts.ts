// A fuller world for accounts, settings and what is in a workspace: for looking at the pages,
// and for tests that need all of it at once.

import type { ContentBody, ContentCount, ContentKind } from '../backend/types.ts';
import { accountPage } from './memory/account.ts';
import { content } from './memory/contents.ts';
import type { Memory } from './memory.ts';
import { ALLOWED, HIDDEN, NOW, refused, text } from './world.ts';

const DAY = 86_400_000;

export const AGENTS = ['Booking helper', 'Returns desk', 'Shop helper'] as const;

function counts(numbers: Partial<Record<ContentKind, number>>): ContentCount[] {
  return (Object.keys(numbers) as ContentKind[]).map((kind) => ({
    kind,
    count: numbers[kind] ?? 0,
    create: kind === 'conversation' || kind === 'lead' ? HIDDEN : ALLOWED,
  }));
}

/** Agents, knowledge and a conversation in one workspace; their ids start with its id. */
export function fillContents(memory: Memory, id: string, agents: readonly string[]): void {
  const at = memory.workspaces.find((one) => one.view.row.id === id);
  if (at === undefined) throw new Error(`the world has no workspace ${id}`);
  const talk: ContentBody = {
    kind: 'conversation',
    person: 'Hana Tanaka',
    at: NOW - DAY,
    channel: 'Website',
    state: 'open',
  };
  memory.more.contents.set(id, [
    ...agents.map((name, index) => ({
      ...content(
        `${id}-a${index}`,
        name,
        {
          kind: 'agent',
          instructions: 'Answer in two sentences. Never promise a date.',
          state: index === 0 ? 'off' : 'on',
          knowledge: [`${id}-k0`],
        },
        index === 1 ? { creator: 'Luis Pereira', creator_gone: true } : {},
      ),
      knowledge: [{ id: `${id}-k0`, name: 'Opening hours' }],
    })),
    content(`${id}-k0`, 'Opening hours', {
      kind: 'knowledge',
      source: 'website',
      text: 'Monday to Friday, 9 to 17.',
      size: 26,
    }),
    content(`${id}-k1`, 'Returns', {
      kind: 'knowledge',
      source: 'faq',
      text: 'Within 30 days.',
      size: 15,
    }),
    content(`${id}-t0`, 'Where is my parcel', talk),
  ]);
  at.view = {
    ...at.view,
    contents: counts({ agent: agents.length, knowledge: 2, conversation: 1, lead: 0 }),
  };
}

/** Everything that the pages of accounts and settings can show. */
export function fillAccounts(memory: Memory): void {
  fillContents(memory, 'w1', AGENTS);
  fillContents(memory, 'w2', ['Triage']);
  const [first, second] = memory.workspaces;
  if (first === undefined || second === undefined) throw new Error('the world has two workspaces');
  first.view = {
    ...first.view,
    row: { ...first.view.row, labels: ['retail', 'EU'], pinned: 1, plan: 'basic', over: 3 },
    billing: refused('r1.missing', 'R1', {
      permission: { type: 'permission', value: 'billing.manage' },
      names: text('Ana Marques'),
    }),
    billing_names: ['Ana Marques', 'Luis Pereira'],
  };
  second.view = {
    ...second.view,
    row: { ...second.view.row, labels: ['health'] },
    billing: ALLOWED,
    label: ALLOWED,
    offer: ALLOWED,
  };
  memory.more.bin = [
    {
      id: 'w90',
      name: 'Old shop',
      account_name: 'Larch Agency',
      by: 'Ana Marques',
      at: Date.now() - 3 * DAY,
      until: Date.now() + 27 * DAY,
      restore: ALLOWED,
    },
  ];
  memory.more.offers = [
    {
      workspace: 'w91',
      name: 'Cedar Books',
      from: 'Birch Studio',
      by: 'Mei Tan',
      at: NOW,
      people: 12,
      to: 'a1',
      to_name: 'Larch Agency',
    },
  ];
  memory.more.groups = [
    {
      id: 'g1',
      account: 'a1',
      name: 'Pod 1',
      covers: { which: 'listed', workspaces: ['w1', 'w2'] },
      workspaces: 2,
      roles: ['content_manager'],
      people: [{ login: 'l9', name: 'Mei Tan', address: 'mei@larch.example' }],
    },
  ];
  memory.more.groupPreview = {
    lines: [
      {
        name: 'Mei Tan',
        act: 'other',
        until: null,
        workspace_name: 'Northwind Retail',
        from: [],
        to: ['content_manager'],
        gains: ['knowledge.view', 'knowledge.edit'],
        loses: [],
        grave: null,
        verdict: ALLOWED,
      },
    ],
    total: 1,
    widening: 1,
    verdict: ALLOWED,
  };
  memory.more.exit = {
    blockers: [
      {
        workspace: 'w2',
        account: null,
        name: 'Acme Health',
        reason: { code: 'r6.leave', rule: 'R6', params: { workspace: text('Acme Health') } },
      },
    ],
    places: [
      { workspace: 'w1', name: 'Northwind Retail', people: 1284, fate: 'deleted' },
      { workspace: 'w4', name: 'Blue Lake Travel', people: 30, fate: 'moves' },
    ],
    people: 1300,
    verdict: ALLOWED,
  };
  memory.more.scheme = {
    lines: [
      {
        workspace: null,
        workspace_name: null,
        from: ['workspace_admin'],
        own_names: [],
        people: 12,
        suggested: { as: 'built_in', roles: ['owner'] },
        chosen: null,
      },
      {
        workspace: null,
        workspace_name: null,
        from: ['chat_user'],
        own_names: [],
        people: 4,
        suggested: null,
        chosen: null,
      },
    ],
    verdict: ALLOWED,
    widened: [
      {
        member: 'w1-m3',
        name: 'Chen Okafor',
        workspace_name: 'Northwind Retail',
        from: ['chat_user'],
        to: ['read'],
      },
    ],
  };
  memory.more.accounts = [accountPage({ many_admins: false })];
}
