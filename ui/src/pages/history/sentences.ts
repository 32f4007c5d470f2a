// The sentence of each kind of event (ui.md 5.9). The core sends kinds and values; the catalogue
// holds one sentence for each kind, and a test fails when one is missing.

import type { HistoryWhat } from '../../app/searches.ts';
import { EVENT_KINDS, type EventKindKey, type HistoryRow } from '../../backend/types.ts';
import { count, roles } from '../../i18n/format.ts';
import { hasText, t, type Values } from '../../i18n/text.tsx';

const GROUPS: Record<HistoryWhat, readonly string[]> = {
  members: ['member.'],
  roles: ['role.'],
  invitations: ['invitation.'],
  contents: ['content.'],
  reviews: ['review.'],
  workspace: ['workspace.'],
  account: ['account.', 'group.'],
};

/** The group that a kind belongs to; none for kinds of a newer version. */
export function groupOf(kind: EventKindKey): HistoryWhat | null {
  const found = Object.entries(GROUPS).find(([, starts]) =>
    starts.some((start) => kind.startsWith(start)),
  );
  return found === undefined ? null : (found[0] as HistoryWhat);
}

/** The kinds of a group; none is all. */
export function kindsOf(what: HistoryWhat | undefined): EventKindKey[] {
  return what === undefined ? [] : EVENT_KINDS.filter((kind) => groupOf(kind) === what);
}

/** A row as id and values of its sentence. */
export function sentenceOf(row: HistoryRow, names: Values): { id: string; values: Values } {
  const values: Values = {
    who: row.actor,
    me: row.actor_is_me ? 'yes' : null,
    name: row.subject,
    workspace: row.workspace_name,
    from: row.from_roles.length === 0 ? null : roles(row.from_roles, names),
    to: row.to_roles.length === 0 ? null : roles(row.to_roles, names),
    was: row.was,
    now: row.now,
    n: row.more + 1,
    shown: count(row.more + 1),
  };
  if (row.refused === null) return { id: `event.${row.kind}`, values };
  const tried = `tried.${row.kind}`;
  if (hasText(tried)) return { id: tried, values };
  const group = groupOf(row.kind);
  const what = group === null ? null : t(`history.what.${group}`);
  return { id: 'history.tried', values: { ...values, what } };
}

/** The sentence as plain text. */
export function sentenceText(row: HistoryRow, names: Values): string {
  const { id, values } = sentenceOf(row, names);
  return t(id, values);
}
