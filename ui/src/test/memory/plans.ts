// Plans that are kept, and plans made of a date or a text, in memory: what a test puts in.

import type { Backend } from '../../backend/backend.ts';
import type {
  AccessAnswer,
  AccessText,
  Intent,
  MadePlan,
  PlanLine,
  SavedPlanLine,
  SavedPlanView,
  Submitted,
} from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { NOW } from '../world.ts';
import { planLine, planOf } from './plan.ts';

export interface PlansMore {
  saved: SavedPlanView[];
  /** What the plans ask for, by their number. */
  savedIntents: Map<number, Intent[]>;
  removedPlans: SavedPlanView[];
  made: MadePlan;
  accessText: AccessText;
  accessAnswer: AccessAnswer;
}

/** A plan that was made of these lines. */
export function madeOf(lines: PlanLine[], more: Partial<MadePlan> = {}): MadePlan {
  const intents = lines.map(
    (_, index): Intent => ({
      intent: 'remove',
      workspace: 'w1',
      member: `w1-m${index + 1}`,
      reason: null,
    }),
  );
  return { intents, preview: planOf(lines), gaps: [], complete: true, ...more };
}

/** A line of a kept plan. */
export function savedLine(
  line: number,
  now: PlanLine,
  more: Partial<SavedPlanLine> = {},
): SavedPlanLine {
  return { line, state: { state: 'open' }, now, since: null, ...more };
}

export function plansMore(): PlansMore {
  return {
    saved: [],
    savedIntents: new Map(),
    removedPlans: [],
    made: madeOf([]),
    accessText: { text: 'muster-access 1\n', people: 1, complete: true },
    accessAnswer: { errors: [], other: null, plan: madeOf([]) },
  };
}

function found(memory: Memory, n: number): SavedPlanView {
  const plan = memory.more.saved.find((one) => one.n === n);
  if (plan === undefined) throw { code: 'not_found', reason: null, field: null, detail: '' };
  return plan;
}

type PlansBackend = Pick<
  Backend,
  | 'savedPlans'
  | 'savePlan'
  | 'savedPlan'
  | 'renameSavedPlan'
  | 'deleteSavedPlan'
  | 'restoreSavedPlan'
  | 'dropSavedLine'
  | 'runSavedLine'
  | 'revertPlan'
  | 'accessText'
  | 'exportAccess'
  | 'accessPlan'
>;

export function plansBackend(
  memory: Memory,
  preview: (intents: Intent[]) => Promise<{ lines: PlanLine[] }>,
  submit: (intent: Intent) => Submitted,
): PlansBackend {
  const { more } = memory;
  return {
    savedPlans: async () =>
      more.saved.map((plan) => ({
        n: plan.n,
        name: plan.name,
        source: plan.source,
        made: plan.made,
        lines: plan.lines.length,
        done: plan.lines.filter((line) => !['open', 'refused'].includes(line.state.state)).length,
      })),
    savePlan: async (plan) => {
      const n = more.saved.length + more.removedPlans.length + 1;
      const { lines } = await preview(plan.intents);
      more.savedIntents.set(n, plan.intents);
      const saved = lines.map((line, index) => savedLine(index, line));
      more.saved.unshift({
        n,
        name: plan.name.trim(),
        source: plan.source,
        made: NOW,
        lines: saved,
      });
      return n;
    },
    savedPlan: async (n) => structuredClone(found(memory, n)),
    renameSavedPlan: async (n, name) => {
      found(memory, n).name = name.trim();
      return null;
    },
    deleteSavedPlan: async (n) => {
      more.removedPlans.push(found(memory, n));
      more.saved = more.saved.filter((one) => one.n !== n);
      return null;
    },
    restoreSavedPlan: async (n) => {
      more.saved.push(...more.removedPlans.filter((one) => one.n === n));
      return null;
    },
    dropSavedLine: async (n, line) => {
      const plan = found(memory, n);
      plan.lines = plan.lines.filter((one) => one.line !== line);
      return null;
    },
    runSavedLine: async (n, line) => {
      const one = found(memory, n).lines.find((it) => it.line === line);
      const intent = more.savedIntents.get(n)?.[line];
      if (one === undefined) throw new Error('no such line');
      const result: Submitted =
        intent === undefined ? { result: 'applied', created: null } : submit(intent);
      if (result.result === 'applied' || result.result === 'queued') one.state = { state: 'done' };
      if (result.result === 'refused') one.state = { state: 'refused', reason: result.reason };
      return result;
    },
    revertPlan: async () => more.made,
    accessText: async () => more.accessText,
    exportAccess: async () => '/people/ana/Downloads/Muster Northwind Retail',
    accessPlan: async () => more.accessAnswer,
  };
}

export { planLine };
