// The reads about accounts, the bin, offers, groups and plans. They lie under one key, so that
// one change of an account makes all of them be read again.

import { queryOptions } from '@tanstack/react-query';
import type { Backend } from '../backend/backend.ts';
import type { ExitQuestion, SchemePreview, SchemeQuestion } from '../backend/types.ts';
import { keys } from './keys.ts';

export function labelsQuery(backend: Backend) {
  return queryOptions({ queryKey: keys.workspaceLabels, queryFn: () => backend.labels() });
}

export function plansQuery(backend: Backend) {
  return queryOptions({ queryKey: keys.plans, queryFn: () => backend.plans() });
}

export function accountsQuery(backend: Backend) {
  return queryOptions({ queryKey: keys.accountList, queryFn: () => backend.accounts() });
}

export function accountQuery(backend: Backend, id: string) {
  return queryOptions({ queryKey: keys.account(id), queryFn: () => backend.account(id) });
}

export function accountPeopleQuery(backend: Backend, id: string, text: string) {
  return queryOptions({
    queryKey: keys.accountPeople(id, text),
    queryFn: () => backend.accountPeople(id, text),
    placeholderData: (before: Awaited<ReturnType<Backend['accountPeople']>> | undefined) => before,
  });
}

// What ends depends on members of every workspace, so it is read anew whenever it is opened.
export function exitQuery(backend: Backend, question: ExitQuestion) {
  return queryOptions({
    queryKey: keys.exit(question),
    queryFn: () => backend.exit(question),
    refetchOnMount: 'always',
  });
}

export function schemeQuery(backend: Backend, question: SchemeQuestion) {
  return queryOptions({
    queryKey: keys.scheme(question),
    queryFn: () => backend.schemePreview(question),
    placeholderData: (before: SchemePreview | undefined) => before,
  });
}

export function groupsQuery(backend: Backend, account: string) {
  return queryOptions({ queryKey: keys.groups(account), queryFn: () => backend.groups(account) });
}

export function binQuery(backend: Backend) {
  return queryOptions({ queryKey: keys.bin, queryFn: () => backend.bin() });
}

export function offersQuery(backend: Backend) {
  return queryOptions({ queryKey: keys.offers, queryFn: () => backend.offers() });
}

export function transferQuery(backend: Backend, workspace: string) {
  return queryOptions({
    queryKey: keys.transfer(workspace),
    queryFn: () => backend.transfer(workspace),
  });
}
