// The reads about the past: the history, a roster as of a moment, two moments compared; and
// about people across workspaces.

import { infiniteQueryOptions, type QueryKey, queryOptions } from '@tanstack/react-query';
import { type Backend, PAGE } from '../backend/backend.ts';
import type {
  AsOfPage,
  CompareQuestion,
  HistoryQuery,
  MemberQuery,
  PeoplePage,
} from '../backend/types.ts';
import { keys, type MemberFilter } from './keys.ts';

/** Which part of the history, without where in it. */
export type HistoryFilter = Omit<HistoryQuery, 'before' | 'limit'>;

export function historyQuery(backend: Backend, filter: HistoryFilter) {
  return infiniteQueryOptions({
    queryKey: keys.history(filter),
    queryFn: ({ pageParam }) => backend.history({ ...filter, before: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** How much of it stands beside a person. */
const RECENT = 3;

/** The last that concerns an address. */
export function recentQuery(backend: Backend, workspace: string, address: string) {
  const filter: HistoryFilter = {
    workspace,
    account: null,
    text: address,
    who: null,
    about: null,
    kinds: [],
    from: null,
    to: null,
  };
  return queryOptions({
    queryKey: keys.recent(workspace, address),
    queryFn: () => backend.history({ ...filter, before: null, limit: RECENT }),
  });
}

export function historyEventQuery(backend: Backend, id: string) {
  return queryOptions({
    queryKey: keys.historyEvent(id),
    queryFn: () => backend.historyEvent(id),
  });
}

export function asOfQuery(backend: Backend, filter: MemberFilter, at: number, page: number) {
  const query: MemberQuery = { ...filter, offset: page * PAGE, limit: PAGE };
  return queryOptions<AsOfPage, Error, AsOfPage, QueryKey>({
    queryKey: keys.asOf(filter, at, page),
    queryFn: () => backend.membersAsOf(query, at),
  });
}

export function compareQuery(backend: Backend, question: CompareQuestion) {
  return queryOptions({
    queryKey: keys.compare(question),
    queryFn: () => backend.compare(question),
    placeholderData: (before: Awaited<ReturnType<Backend['compare']>> | undefined) => before,
  });
}

export function peopleQuery(backend: Backend, text: string, page: number) {
  return queryOptions<PeoplePage, Error, PeoplePage, QueryKey>({
    queryKey: keys.people(text, page),
    queryFn: () => backend.people({ text, offset: page * PAGE, limit: PAGE }),
  });
}

export function personQuery(backend: Backend, login: string) {
  return queryOptions({ queryKey: keys.person(login), queryFn: () => backend.person(login) });
}

export function continuityQuery(backend: Backend) {
  return queryOptions({ queryKey: keys.continuity, queryFn: () => backend.continuity() });
}
