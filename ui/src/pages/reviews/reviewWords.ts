// What the pages of a review say in the same way.

import type { Mark, ReviewRow, Role, StandpointView } from '../../backend/types.ts';
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

/** The mark of a line: what asks for something comes first, then what is on its way. */
export function lineMark(line: { standpoint: StandpointView; mark: Mark }): MarginMark {
  if (line.mark === 'refused' || line.mark === 'needs_you') return line.mark;
  if (line.standpoint === 'disputed') return 'disputed';
  return isUnsent(line.mark) ? line.mark : MARKS[line.standpoint];
}

/** Whether a mark stands for what the server has not answered yet. */
export function isUnsent(mark: Mark): mark is 'not_sent' | 'sending' {
  return mark === 'not_sent' || mark === 'sending';
}

/** Where a review stands. */
export function reviewState(row: ReviewRow): string {
  if (row.closed !== null) return t('review.state.closed', { date: date(row.closed) });
  if (row.overdue) return t('review.state.overdue');
  if (row.disputed > 0) return t('review.state.disputed', { n: row.disputed });
  return t(row.decided === row.people ? 'review.state.decided' : 'review.state.open');
}
