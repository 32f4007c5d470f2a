// People across workspaces in memory, who alone holds something, and drafts of invitations.

import type { Backend } from '../../backend/backend.ts';
import type {
  ContinuityRow,
  DraftRow,
  PersonOverview,
  PersonPlace,
  PersonRow,
} from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, HIDDEN, NOW, plain } from '../world.ts';
import { failure } from './core.ts';

type Part = Pick<
  Backend,
  'people' | 'person' | 'continuity' | 'drafts' | 'draftRemove' | 'draftsSend'
>;

export const everybodyMore = (): { continuity: ContinuityRow[] | null; drafts: DraftRow[] } => ({
  continuity: null,
  drafts: [],
});

/** A draft of an invitation. */
export function draftRow(n: number, more: Partial<DraftRow> = {}): DraftRow {
  return {
    n,
    workspace: 'w1',
    workspace_name: 'Northwind Retail',
    address: `guest${n}@northwind.example`,
    name: null,
    roles: ['write'],
    message: null,
    made: NOW,
    verdict: ALLOWED,
    ...more,
  };
}

const OWNING = ['owner', 'workspace_admin'];

// The same address in two workspaces is the same person; the sign-in's id is made of it.
function everybody(memory: Memory): Map<string, PersonOverview> {
  const found = new Map<string, PersonOverview>();
  for (const { view, members } of memory.workspaces) {
    for (const row of members) {
      const login = row.me ? 'l1' : `l-${row.address}`;
      const owners = members.filter((one) => one.roles.some((role) => OWNING.includes(role)));
      const place: PersonPlace = {
        workspace: view.row.id,
        workspace_name: view.row.name,
        account_name: view.row.account_name,
        membership: row.id,
        roles: row.roles,
        state: row.state,
        until: row.until?.at ?? null,
        grouped: row.grouped,
        only_owner: owners.length === 1 && owners[0]?.id === row.id,
        mark: row.mark,
        change: memory.verdicts.get(row.id)?.change_role ?? ALLOWED,
        remove: row.state === 'removed' ? HIDDEN : (memory.verdicts.get(row.id)?.remove ?? ALLOWED),
      };
      const one = found.get(login) ?? {
        login,
        name: row.name,
        addresses: [row.address],
        letters: row.letters,
        is_me: row.me,
        places: [],
        admin_of: [],
        unknown: 0,
      };
      found.set(login, { ...one, places: [...one.places, place] });
    }
  }
  return found;
}

function rowOf(memory: Memory, one: PersonOverview): PersonRow {
  const owned = one.places.filter((place) => place.roles.some((role) => OWNING.includes(role)));
  return {
    login: one.login,
    name: one.name,
    addresses: one.addresses,
    letters: one.letters,
    is_me: one.is_me,
    workspaces: one.places.length,
    owner_of: owned.length,
    only_owner_of: owned.filter((place) => place.only_owner).length,
    admin_of: one.admin_of.length,
    last_change: null,
    changes_known: memory.changesKnown,
    mark: one.places.find((place) => place.mark !== 'none')?.mark ?? 'none',
  };
}

function alone(memory: Memory): ContinuityRow[] {
  const rows = [...everybody(memory).values()].flatMap((one) =>
    one.places.filter((place) => place.only_owner).map((place) => ({ one, place })),
  );
  return rows.map(({ one, place }) => ({
    kind: 'owner',
    id: place.workspace,
    name: place.workspace_name,
    account_name: place.account_name,
    holder_login: one.login,
    holder: one.name,
    also: rows.filter((other) => other.one.login === one.login).length - 1,
  }));
}

export function everybodyBackend(memory: Memory): Part {
  return {
    people: async (query) => {
      const words = plain(query.text).split(/\s+/).filter(Boolean);
      const rows = [...everybody(memory).values()]
        .map((one) => rowOf(memory, one))
        .filter((row) =>
          words.every((word) => plain(`${row.name} ${row.addresses.join(' ')}`).includes(word)),
        )
        .sort((a, b) => a.name.localeCompare(b.name));
      return {
        matched: rows.length,
        unknown: 0,
        rows: rows.slice(query.offset, query.offset + query.limit),
      };
    },
    person: async (login) => {
      const one = everybody(memory).get(login);
      if (one === undefined) throw failure('not_found');
      return one;
    },
    continuity: async () => memory.more.continuity ?? alone(memory),
    drafts: async () => memory.more.drafts,
    draftRemove: async (n) => {
      memory.more.drafts = memory.more.drafts.filter((one) => one.n !== n);
      memory.emit({ pending: true });
      return null;
    },
    draftsSend: async (drafts) => {
      if (memory.state.connection.state === 'offline') throw failure('offline.now');
      const asked = memory.more.drafts.filter((one) => drafts.includes(one.n));
      const refused = asked.flatMap((one) =>
        one.verdict.verdict === 'refused'
          ? [{ address: one.address, reason: one.verdict.reason }]
          : [],
      );
      memory.more.drafts = memory.more.drafts.filter(
        (one) => !asked.includes(one) || one.verdict.verdict === 'refused',
      );
      memory.emit({ pending: true });
      return { sent: asked.length - refused.length, unanswered: 0, drafted: 0, refused };
    },
  };
}
