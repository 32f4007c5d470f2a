// Inviting in memory: what a text or a file is read as, and what is sent or drafted.

import type { Backend } from '../../backend/backend.ts';
import type { ImportPreview, ImportRow, InvitationRow } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { failure, workspace } from './core.ts';
import { draftRow } from './everybody.ts';

const EMPTY_COUNTS: ImportPreview['counts'] = {
  ready: 0,
  members: 0,
  invited: 0,
  look: 0,
  left_out: 0,
  repeated: 0,
};

/** A preview over rows that a test names. */
export function preview(rows: ImportRow[], more: Partial<ImportPreview> = {}): ImportPreview {
  const counts = { ...EMPTY_COUNTS };
  const group = { member: 'members', invited: 'invited' } as const;
  for (const row of rows) {
    const key =
      row.status === 'member' || row.status === 'invited' ? group[row.status] : row.status;
    counts[key] += 1;
  }
  return {
    format: 'pasted',
    columns: [],
    address_column: null,
    name_column: null,
    lines: rows.length,
    counts,
    rows,
    ...more,
  };
}

export function line(number: number, address: string, more: Partial<ImportRow> = {}): ImportRow {
  return {
    line: number,
    address,
    name: null,
    external: false,
    status: 'ready',
    reason: null,
    roles: [],
    former: [],
    former_until: null,
    ...more,
  };
}

function readText(memory: Memory, at: string, source: string): ImportPreview {
  const { members } = workspace(memory, at);
  const seen = new Set<string>();
  const rows = source
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((raw, index): ImportRow => {
      const address = raw.toLowerCase();
      const here = members.find((row) => row.address === address);
      if (here !== undefined)
        return line(index + 1, address, { status: 'member', roles: here.roles });
      if (!/^[^@]+@[^@]+\.[^@]+$/.test(address)) {
        return line(index + 1, raw, { status: 'look', reason: 'not_an_address' });
      }
      if (seen.has(address))
        return line(index + 1, address, { status: 'repeated', reason: 'repeat' });
      seen.add(address);
      return line(index + 1, address);
    });
  return preview(rows);
}

type Inviting = 'invitations' | 'invitationLink' | 'importText' | 'importFile' | 'invite';

export function invitingBackend(memory: Memory): Pick<Backend, Inviting> {
  return {
    invitations: async (at, offset, limit) => {
      const { invitations } = workspace(memory, at);
      const isOpen = (row: InvitationRow) => !['declined', 'accepted'].includes(row.state);
      const rows = invitations.slice(offset, offset + limit);
      return { total: invitations.length, open: invitations.filter(isOpen).length, rows };
    },
    invitationLink: async () => ({
      link: 'muster://127.0.0.1:8471/invitation/7YB2-Q0KD-4MZR-XH31',
      code: '7YB2-Q0KD-4MZR-XH31',
    }),
    importText: async (at, source) => readText(memory, at, source),
    importFile: async (_at, _content, address, name) => {
      if (memory.file === null) throw failure('import.no_addresses');
      return {
        ...memory.file,
        address_column: address ?? memory.file.address_column,
        name_column: name ?? memory.file.name_column,
      };
    },
    invite: async ({ people, workspace, roles, message }) => {
      if (memory.state.connection.state !== 'offline') {
        return memory.invited ?? { sent: people.length, unanswered: 0, drafted: 0, refused: [] };
      }
      const drafts = people.map((one, n) => draftRow(n, { ...one, workspace, roles, message }));
      memory.more.drafts = [...memory.more.drafts, ...drafts];
      return { sent: 0, unanswered: 0, drafted: drafts.length, refused: [] };
    },
  };
}
