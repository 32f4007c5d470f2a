// What a submitted change does to the world in memory, online and off.

import type { Intent, MemberRow, PendingItem, Submitted } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { item } from '../world.ts';
import { changeAccount } from './account.ts';
import { changeContents } from './contents.ts';
import { failure, workspace } from './core.ts';
import { place } from './members.ts';
import { changePeople } from './people.ts';
import { changePlaces } from './places.ts';
import { changeReviews } from './reviews.ts';
import { changeRoles } from './roles.ts';

const WHAT: Partial<
  Record<
    Intent['intent'],
    (row: MemberRow, intent: Intent) => [PendingItem['what'], Partial<MemberRow>]
  >
> = {
  set_roles: (row, intent) => {
    const roles = intent.intent === 'set_roles' ? intent.roles : [];
    return [
      { what: 'roles', person: row.name, was: row.roles, roles },
      { roles, roles_were: row.roles },
    ];
  },
  suspend: (row) => [
    { what: 'suspend', person: row.name },
    { state: 'suspended', state_was: row.state },
  ],
  resume: (row) => [
    { what: 'resume', person: row.name },
    { state: 'active', state_was: row.state },
  ],
  set_end: (row, intent) => [
    { what: 'other', command: 'member.end.set/1', name: row.name },
    { until: intent.intent === 'set_end' ? intent.end : null },
  ],
  label_member: (row, intent) => [
    { what: 'other', command: 'member.labels.set/1', name: row.name },
    { labels: intent.intent === 'label_member' ? intent.labels : [] },
  ],
  note_member: (row) => [{ what: 'other', command: 'member.note.set/1', name: row.name }, {}],
  remove: (row) => [
    { what: 'remove', person: row.name },
    { state: 'removed', state_was: row.state },
  ],
};

export function change(memory: Memory, intent: Intent): Submitted {
  const given = memory.answers.shift();
  if (given !== undefined) return given;
  const offline = memory.state.connection.state === 'offline';
  if ('member' in intent) {
    const at = workspace(memory, intent.workspace);
    const row = at.members.find((one) => one.id === intent.member);
    const made = row === undefined ? undefined : WHAT[intent.intent]?.(row, intent);
    if (row === undefined || made === undefined) throw failure('not_found');
    const n = memory.pending.not_sent.length + memory.pending.sent.length + 1;
    const next: MemberRow = { ...row, ...made[1], mark: offline ? 'not_sent' : 'none' };
    if (!offline) Object.assign(next, { roles_were: null, state_was: null });
    at.members = at.members.map((one) => (one.id === row.id ? next : one));
    if (intent.intent === 'note_member') {
      memory.verdicts.set(row.id, { ...memory.verdicts.get(row.id), note: intent.note });
    }
    if (!offline) memory.emit({ rosters: [intent.workspace] });
    if (!offline) return { result: 'applied', created: null };
    memory.pending.not_sent.push(
      item(n, { what: made[0], workspace: intent.workspace, workspace_name: at.view.row.name }),
    );
    memory.state = {
      ...memory.state,
      counts: { ...memory.state.counts, not_sent: memory.pending.not_sent.length },
    };
    memory.emit({ state: true, pending: true, rosters: [intent.workspace] });
    return { result: 'queued', n };
  }
  if (intent.intent === 'rename_workspace') {
    const at = workspace(memory, intent.workspace);
    const { row } = at.view;
    at.view = { ...at.view, row: { ...row, name: intent.name, was: offline ? row.name : null } };
    memory.emit({ workspaces: true, rosters: [intent.workspace] });
    return offline ? { result: 'queued', n: 99 } : { result: 'applied', created: null };
  }
  if (intent.intent === 'create_workspace') {
    if (offline) return { result: 'needs_connection', sentence: 'offline.online_only' };
    if (intent.plan === null) {
      return { result: 'refused', reason: { code: 'plan.choose', rule: 'V-8', params: {} } };
    }
    const id = memory.workspaces.length + 1;
    memory.workspaces.push(place(id, intent.name, 1, { plan: intent.plan, my_roles: ['owner'] }));
    memory.emit({ workspaces: true });
    return { result: 'applied', created: `w${id}` };
  }
  if (offline && intent.intent !== 'label_workspace' && intent.intent !== 'decide_review') {
    return { result: 'needs_connection', sentence: 'offline.online_only' };
  }
  for (const subject of [
    changeReviews,
    changePeople,
    changeRoles,
    changePlaces,
    changeContents,
    changeAccount,
  ]) {
    const made = subject(memory, intent);
    if (made !== null) return { result: 'applied', created: made.created };
  }
  return { result: 'applied', created: null };
}
