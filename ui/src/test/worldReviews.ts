// A world with reviews in every state, and with people who changed since, for looking at them.

import type { Memory } from './memory.ts';
import { historyRow } from './memory/history.ts';
import { reviewOf, settle } from './memory/reviews.ts';
import { place } from './memory.ts';
import { NOW, refused, text } from './world.ts';

const DAY = 86_400_000;

function by(name: string, choice: 'keep' | 'remove', more: { me?: true; waits?: true } = {}) {
  return {
    name,
    at: NOW,
    choice,
    to: [],
    reason: choice === 'remove' ? 'Left the agency in October' : null,
    client: null,
    is_me: more.me === true,
    pending: more.waits === true,
  };
}

export function fillReviews(memory: Memory): void {
  const at = place(1, 'Northwind Retail', 40, { my_roles: ['owner'] });
  memory.workspaces[0] = at;
  const open = reviewOf(memory, 'w1', 1, {
    due: Date.now() + 9 * DAY,
    reviewers: ['Alex Meyer', 'Ana Marques', 'Bo Lind'],
  });
  open.lines = open.lines.map((line, index) => {
    if (index === 0) return settle(line, [by('Alex Meyer', 'keep', { me: true })]);
    if (index === 1) return settle(line, [by('Ana Marques', 'remove')]);
    if (index === 2) {
      return settle(line, [by('Alex Meyer', 'keep', { me: true }), by('Ana Marques', 'remove')]);
    }
    if (index === 3) return settle(line, [by('Alex Meyer', 'keep', { me: true, waits: true })]);
    if (index === 4) {
      return {
        ...line,
        row: { ...line.row, now_roles: ['admin' as const] },
        last: { at: NOW - 90 * DAY, by: 'Ana Marques', choice: 'keep' as const, to: ['read'] },
        hints: ['changed_since' as const, 'external' as const],
      };
    }
    return line;
  });
  const closed = reviewOf(memory, 'w1', 2, {
    name: 'Q3 review',
    due: NOW - 60 * DAY,
    closed: NOW - 62 * DAY,
    closed_by: 'Ana Marques',
  });
  memory.more.reviews = [open, closed];
  memory.more.nextReview = NOW + 80 * DAY;
  const tried = refused('r3.target', 'R3', {
    name: text('Dmitri Sokolov'),
    role: { type: 'roles', value: ['owner'] },
    permission: { type: 'permission', value: 'ws.delete' },
    names: text('Ana Marques'),
  });
  memory.more.history = [
    historyRow('p1', {
      kind: 'member.removed',
      at: Date.now(),
      subject: 'Eleni Papadaki',
      actor: 'Alex Meyer',
      actor_is_me: true,
      from_roles: ['write'],
      to_roles: [],
      not_sent: true,
    }),
    historyRow('e1', { at: Date.now() - 3_600_000 }),
    historyRow('e2', {
      kind: 'invitation.sent',
      at: Date.now() - 3_800_000,
      subject: 'bo@x.example',
      from_roles: [],
      more: 41,
    }),
    historyRow('e3', {
      kind: 'member.suspended',
      at: Date.now() - 5_000_000,
      subject: 'Dmitri Sokolov',
      actor: 'Alex Meyer',
      actor_is_me: true,
      refused: tried.verdict === 'refused' ? tried.reason : null,
    }),
    historyRow('e4', {
      kind: 'workspace.renamed',
      at: Date.now() - DAY,
      subject: 'Northwind Retail',
      was: 'Northwind',
      now: 'Northwind Retail',
      from_roles: [],
      to_roles: [],
      reason: 'New brand',
    }),
    historyRow('e5', {
      kind: 'review.closed',
      at: Date.now() - 3 * DAY,
      subject: 'Q3 review',
      from_roles: [],
      to_roles: [],
      as_admin: true,
    }),
    ...Array.from({ length: 300 }, (_, index) =>
      historyRow(`m${index}`, {
        kind: 'member.joined',
        at: Date.now() - (5 + index / 3) * DAY,
        subject: at.members[index % at.members.length]?.name ?? '',
        actor: at.members[index % at.members.length]?.name ?? '',
        from_roles: [],
        to_roles: ['read'],
      }),
    ),
  ];
}
