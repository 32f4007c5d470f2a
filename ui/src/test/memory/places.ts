// Workspaces in memory: the list with its filters, the bin, offers, plans and handing over.

import type { Backend } from '../../backend/backend.ts';
import type { PlanView, WorkspaceFilter, WorkspaceRow } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, plain } from '../world.ts';
import { type Change, DONE, failure, workspace } from './core.ts';

type Part = Pick<
  Backend,
  | 'workspaces'
  | 'setHidden'
  | 'setPinned'
  | 'labels'
  | 'plans'
  | 'similarName'
  | 'bin'
  | 'offers'
  | 'transfer'
>;

export const PLANS: readonly PlanView[] = [
  { plan: 'basic', seats: 20, agents: 3, knowledge: 50, own_roles: false },
  { plan: 'pro', seats: null, agents: null, knowledge: null, own_roles: true },
];

function matches(filter: WorkspaceFilter, row: WorkspaceRow): boolean {
  const words = plain(`${row.name} ${row.labels.join(' ')} ${row.account_name}`);
  return (
    plain(filter.text)
      .split(/\s+/)
      .every((word) => words.includes(word)) &&
    (filter.account === null || row.account === filter.account) &&
    (filter.label === null || row.labels.includes(filter.label)) &&
    (filter.plan === null || row.plan === filter.plan) &&
    (!filter.one_owner || row.owners === 1) &&
    (filter.hidden || !row.hidden)
  );
}

const NOTHING = { pinned: [], recent: [] };

// As the core does: pinned ones, then from ten workspaces on those opened last.
function inFront(memory: Memory, rows: readonly WorkspaceRow[]) {
  const pinned = rows
    .filter((row) => row.pinned !== null)
    .sort((a, b) => (a.pinned ?? 0) - (b.pinned ?? 0));
  const recent =
    rows.length < 10
      ? []
      : memory.more.opened
          .slice(1)
          .flatMap((id) => rows.filter((row) => row.id === id && row.pinned === null))
          .slice(0, 5);
  return { pinned, recent };
}

export function setRow(memory: Memory, id: string, change: Partial<WorkspaceRow>): void {
  const at = workspace(memory, id);
  at.view = { ...at.view, row: { ...at.view.row, ...change } };
  memory.emit({ workspaces: true });
}

export function placesBackend(memory: Memory): Part {
  return {
    workspaces: async (filter, offset, limit) => {
      const rows = memory.workspaces.map((one) => one.view.row);
      const fitting = rows.filter((row) => matches(filter, row));
      const front = filter.switcher && filter.text === '' ? inFront(memory, fitting) : NOTHING;
      const before = [...front.pinned, ...front.recent];
      const found = [...before, ...fitting.filter((row) => !before.includes(row))];
      return {
        pinned: front.pinned.length,
        recent: front.recent.length,
        total: rows.length,
        matched: found.length,
        rows: found.slice(offset, offset + limit),
      };
    },
    setHidden: async (id, hidden) => {
      setRow(memory, id, { hidden });
      return null;
    },
    setPinned: async (ids) => {
      for (const one of memory.workspaces) {
        const place = ids.indexOf(one.view.row.id);
        setRow(memory, one.view.row.id, { pinned: place < 0 ? null : place + 1 });
      }
      return null;
    },
    labels: async () =>
      [...new Set(memory.workspaces.flatMap((one) => one.view.row.labels))].sort(),
    plans: async () => memory.more.plans,
    similarName: async (_account, name, except) =>
      memory.workspaces.find(
        ({ view }) =>
          view.row.id !== except &&
          plain(view.row.name).replace(/\W/g, '') === plain(name).replace(/\W/g, ''),
      )?.view.row.name ?? null,
    bin: async () => memory.more.bin,
    offers: async () => memory.more.offers,
    transfer: async (id) => {
      const { members } = workspace(memory, id);
      const owners = members.filter((row) => row.roles.includes('owner') && !row.me);
      return (
        memory.more.transfer ?? {
          verdict: ALLOWED,
          owners,
          waiting: [],
          me: members.find((row) => row.me) ?? null,
          step_down: [
            { roles: ['admin'], loses: ['ws.delete', 'owner.assign'], verdict: ALLOWED },
            { roles: ['read'], loses: ['ws.delete', 'member.manage'], verdict: ALLOWED },
          ],
          moves: false,
        }
      );
    },
  };
}

const COLOURS = 'brick rust ochre moss fern pine lagoon harbor slate plum mulberry rose'.split(' ');

export const changePlaces: Change = (memory, intent) => {
  switch (intent.intent) {
    case 'label_workspace':
      setRow(memory, intent.workspace, { labels: intent.labels });
      return DONE;
    case 'paint_workspace':
      setRow(memory, intent.workspace, { colour: COLOURS.indexOf(intent.colour) });
      return DONE;
    case 'set_plan':
      setRow(memory, intent.workspace, { plan: intent.plan, plan_ended: false });
      memory.emit({ rosters: [intent.workspace] });
      return DONE;
    case 'end_plan':
      setRow(memory, intent.workspace, { plan_ended: true });
      return DONE;
    case 'restore_workspace': {
      const row = memory.more.bin.find((one) => one.id === intent.workspace);
      if (row === undefined) throw failure('not_found');
      memory.more.bin = memory.more.bin.filter((one) => one !== row);
      memory.emit({ accounts: true, workspaces: true });
      return DONE;
    }
    case 'offer_workspace':
      setRow(memory, intent.workspace, { offered_to: intent.to });
      return DONE;
    case 'end_offer':
      setRow(memory, intent.workspace, { offered_to: null });
      return DONE;
    case 'accept_offer':
      memory.more.offers = memory.more.offers.filter((one) => one.workspace !== intent.workspace);
      memory.emit({ accounts: true, workspaces: true });
      return DONE;
    default:
      return null;
  }
};
