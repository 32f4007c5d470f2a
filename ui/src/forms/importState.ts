// What the person decided about the lines of an import, over what the core said of them. No
// line is ever dropped: each is in exactly one group, and every group is shown.

import type { ImportPreview, ImportRow, ImportStatus, Invitee } from '../backend/types.ts';

/** A line as it stands after what the person did with it. */
export interface Line extends ImportRow {
  /** Left out by the person, though it could go. */
  leftOut: boolean;
  /** Taken in by the person, though the source says otherwise. */
  takenIn: boolean;
}

export type Decision = { kind: 'out' } | { kind: 'in' } | { kind: 'fixed'; row: ImportRow };

export type Decisions = ReadonlyMap<number, Decision>;

function decide(row: ImportRow, decision: Decision | undefined): Line {
  switch (decision?.kind) {
    case 'out':
      return { ...row, status: 'left_out', leftOut: true, takenIn: false };
    case 'in':
      return { ...row, status: 'ready', leftOut: false, takenIn: true };
    case 'fixed':
      return { ...decision.row, line: row.line, leftOut: false, takenIn: false };
    case undefined:
      return { ...row, leftOut: false, takenIn: false };
  }
}

/** The lines after the decisions; a fixed address that is there already is a repeat. */
export function lines(preview: ImportPreview, decisions: Decisions): Line[] {
  const seen = new Set<string>();
  return preview.rows.map((row) => {
    const line = decide(row, decisions.get(row.line));
    if (line.status !== 'ready') return line;
    const address = line.address.toLowerCase();
    if (seen.has(address)) return { ...line, status: 'repeated', reason: 'repeat' };
    seen.add(address);
    return line;
  });
}

export const GROUPS: readonly ImportStatus[] = [
  'ready',
  'look',
  'left_out',
  'member',
  'invited',
  'repeated',
];

export function inGroup(all: readonly Line[], group: ImportStatus): Line[] {
  return all.filter((line) => line.status === group);
}

export function people(all: readonly Line[]): Invitee[] {
  return inGroup(all, 'ready').map((line) => ({ address: line.address, name: line.name }));
}
