// Plans in memory: a line for each change, under the verdicts that a test puts in.

import type { Backend } from '../../backend/backend.ts';
import {
  type Intent,
  PERMISSIONS,
  type PlanLine,
  type PlanPreview,
  type Submitted,
  type Verdict,
} from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, permissionsOf } from '../world.ts';
import { workspace } from './core.ts';

export function planLine(name: string, more: Partial<PlanLine> = {}): PlanLine {
  return {
    name,
    workspace_name: 'Northwind Retail',
    act: 'other',
    until: null,
    from: [],
    to: [],
    gains: [],
    loses: [],
    verdict: ALLOWED,
    grave: null,
    ...more,
  };
}

function verdictOf(memory: Memory, intent: Intent): Verdict {
  if ('member' in intent) {
    const given = memory.verdicts.get(intent.member);
    const own = {
      set_roles: given?.change_role,
      set_end: given?.set_end,
      suspend: given?.suspend,
      resume: given?.resume,
      remove: given?.remove,
      label_member: given?.annotate,
      note_member: given?.annotate,
    }[intent.intent];
    return memory.more.planned.get(intent.member) ?? own ?? ALLOWED;
  }
  const key = 'workspace' in intent ? intent.workspace : '';
  return memory.more.planned.get(key) ?? ALLOWED;
}

function lineOf(memory: Memory, intent: Intent): PlanLine {
  const verdict = verdictOf(memory, intent);
  if (!('workspace' in intent)) return planLine('', { verdict });
  const at = workspace(memory, intent.workspace);
  const where = { workspace_name: at.view.row.name };
  if (!('member' in intent)) return planLine(at.view.row.name, { ...where, verdict });
  const row = at.members.find((one) => one.id === intent.member);
  const from = row?.roles ?? [];
  const to = intent.intent === 'set_roles' ? intent.roles : intent.intent === 'remove' ? [] : from;
  const has = new Set(from.flatMap((role) => [...permissionsOf(role, at.view)]));
  const will = new Set(to.flatMap((role) => [...permissionsOf(role, at.view)]));
  const same = verdict.verdict === 'allowed' && intent.intent === 'set_roles';
  return planLine(row?.name ?? '', {
    ...where,
    from,
    to,
    gains: PERMISSIONS.filter((one) => will.has(one) && !has.has(one)),
    loses: PERMISSIONS.filter((one) => has.has(one) && !will.has(one)),
    verdict: same && from.join() === to.join() ? { verdict: 'no_op' } : verdict,
  });
}

/** A preview over lines, counted. */
export function planOf(lines: PlanLine[]): PlanPreview {
  const n = (kind: Verdict['verdict']) =>
    lines.filter((one) => one.verdict.verdict === kind).length;
  const blocked = n('refused') + n('hidden') + n('needs_connection');
  return {
    lines,
    allowed: lines.length - blocked - n('no_op'),
    blocked,
    unchanged: n('no_op'),
    widening: lines.filter((one) => one.verdict.verdict === 'allowed' && one.gains.length > 0)
      .length,
  };
}

export function planBackend(
  memory: Memory,
  submit: (intent: Intent) => Submitted,
): Pick<Backend, 'plan' | 'carryOut'> {
  return {
    plan: async (intents) =>
      memory.more.plan ?? planOf(intents.map((intent) => lineOf(memory, intent))),
    carryOut: async (run) => ({ lines: run.intents.map(submit) }),
  };
}
