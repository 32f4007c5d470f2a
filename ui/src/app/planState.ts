// The reads about plans: those that are kept, and those that are made of a date or a text.

import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Backend } from '../backend/backend.ts';
import type { RevertQuestion } from '../backend/types.ts';
import { keys } from './keys.ts';

export function savedPlansQuery(backend: Backend) {
  return queryOptions({ queryKey: keys.savedPlans, queryFn: () => backend.savedPlans() });
}

export function savedPlanQuery(backend: Backend, n: number) {
  return queryOptions({ queryKey: keys.savedPlan(n), queryFn: () => backend.savedPlan(n) });
}

export function revertQuery(backend: Backend, question: RevertQuestion) {
  return queryOptions({
    queryKey: keys.revert(question),
    queryFn: () => backend.revertPlan(question),
    refetchOnMount: 'always',
  });
}

export function accessTextQuery(backend: Backend, workspace: string) {
  return queryOptions({
    queryKey: keys.accessText(workspace),
    queryFn: () => backend.accessText(workspace),
    refetchOnMount: 'always',
  });
}

/** A plan changes things all over the workspaces. */
export function readAgain(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.across });
  void client.invalidateQueries({ queryKey: keys.accounts });
  void client.invalidateQueries({ queryKey: keys.pending });
  void client.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'w' });
}
