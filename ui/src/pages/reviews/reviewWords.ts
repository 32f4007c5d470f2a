// What the pages of a review say in the same way.

import type { ReviewRow, Role, StandpointView } from '../../backend/types.ts';
import { date, roles } from '../../i18n/format.ts';
import { t, type Values } from '../../i18n/text.tsx';
import type { MarginMark } from '../../parts/MarkSign.tsx';

/** A decision in a few words. */
export function choiceText(choice: StandpointView, to: readonly Role[], names: Values): string {
  return choice === 'change'
    ? t('review.to', { role: roles(to, names) })
    : t(`review.standpoint.${choice}`);
}

const MARKS: Record<StandpointView, MarginMark> = {
  undecided: 'none',
  keep: 'kept',
  change: 'changed',
  remove: 'removed',
  disputed: 'disputed',
};

/** The mark of a line: what waits to be sent comes first, but for a dispute. */
export function lineMark(line: { standpoint: StandpointView; pending: boolean }): MarginMark {
  if (line.standpoint === 'disputed') return 'disputed';
  return line.pending ? 'not_sent' : MARKS[line.standpoint];
}

/** Where a review stands. */
export function reviewState(row: ReviewRow): string {
  if (row.closed !== null) return t('review.state.closed', { date: date(row.closed) });
  if (row.overdue) return t('review.state.overdue');
  if (row.disputed > 0) return t('review.state.disputed', { n: row.disputed });
  return t(row.decided === row.people ? 'review.state.decided' : 'review.state.open');
}
