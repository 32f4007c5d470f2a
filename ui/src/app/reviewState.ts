// The reads about access reviews. What is of one workspace lies under its key, so that a change
// of its roster makes the review be read again too.

import { type QueryKey, queryOptions } from '@tanstack/react-query';
import { type Backend, PAGE } from '../backend/backend.ts';
import type { HintFilter, ReviewFilter, ReviewLinePage } from '../backend/types.ts';
import { keys } from './keys.ts';

/** Which lines of which review, without which rows of them. */
export interface LineFilter {
  workspace: string;
  review: string;
  text: string;
  filter: ReviewFilter;
  /** Of those, only what the log points out. */
  hint: HintFilter | null;
}

/** The reviews of a workspace; null is of all. */
export function reviewsQuery(backend: Backend, workspace: string | null) {
  return queryOptions({
    queryKey: keys.reviews(workspace),
    queryFn: () => backend.reviews(workspace),
  });
}

export function reviewQuery(backend: Backend, workspace: string, id: string) {
  return queryOptions({
    queryKey: keys.review(workspace, id),
    queryFn: () => backend.review(workspace, id),
  });
}

export function linesQuery(backend: Backend, filter: LineFilter, page: number) {
  return queryOptions<ReviewLinePage, Error, ReviewLinePage, QueryKey>({
    queryKey: keys.reviewLines(filter, page),
    queryFn: () => backend.reviewLines({ ...filter, offset: page * PAGE, limit: PAGE }),
  });
}

export function lineQuery(backend: Backend, workspace: string, review: string, line: string) {
  return queryOptions({
    queryKey: keys.reviewLine(workspace, review, line),
    queryFn: () => backend.reviewLine(workspace, review, line),
  });
}

/** Who may be named reviewer, by the words of their name or address. */
export function reviewPeopleQuery(backend: Backend, workspace: string, text: string) {
  return queryOptions({
    queryKey: keys.reviewPeople(workspace, text),
    queryFn: () => backend.reviewPeople(workspace, text),
    placeholderData: (before: Awaited<ReturnType<Backend['reviewPeople']>> | undefined) => before,
  });
}

// Verdicts change with what others do meanwhile, so the end is looked at anew each time.
export function finishQuery(backend: Backend, workspace: string, review: string) {
  return queryOptions({
    queryKey: keys.reviewFinish(workspace, review),
    queryFn: () => backend.reviewFinish(workspace, review),
    refetchOnMount: 'always',
  });
}

/** Every line that matches, page after page: for keeping many together. */
export async function everyLine(backend: Backend, filter: LineFilter) {
  const rows: ReviewLinePage['rows'] = [];
  for (;;) {
    const page = await backend.reviewLines({ ...filter, offset: rows.length, limit: PAGE });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matched) return rows;
  }
}
