// Keeping several people together. It replaces the filter line, like every selection does.
// Changing and removing are decided one by one, so they are not offered here (ui.md 5.8).

import { useEffect, useRef } from 'react';
import type { ReviewLineRow, ReviewView } from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import member from '../../parts/member.module.css';
import { Button } from '../../primitives/Button.tsx';
import { useDecide } from './useDecide.ts';
import type { LineSelection } from './useLineSelection.ts';

interface Props {
  review: ReviewView;
  selection: LineSelection;
}

/** Those of a selection that may be kept together, and how many have to be looked at first. */
export function keepable(
  rows: readonly ReviewLineRow[],
  looked: ReadonlySet<string>,
  first: boolean,
) {
  const left = rows.filter(
    (one) =>
      !first && one.changed_since && one.standpoint === 'undecided' && !looked.has(one.membership),
  );
  const own = rows.filter((one) => one.is_me);
  const lines = rows.filter((one) => !left.includes(one) && !own.includes(one));
  return { lines, unseen: left.length, own: own.length };
}

export function KeepLine({ review, selection }: Props) {
  const { decide, answer, busy } = useDecide(review.row.workspace, review.row.id);
  const n = selection.rows.length;
  // Where no review was before this one, nobody has changed since.
  const first = review.counts.unchanged_since === 0;
  const { lines, unseen, own } = keepable(selection.rows, selection.looked, first);
  const keep = async () => {
    const ids = lines.map((one) => one.membership);
    const none = { choice: null, reason: null };
    const choice = { choice: 'keep' } as const;
    const done = t('notice.kept_many', { n: ids.length });
    if (await decide(ids, { choice, reason: null }, none, done)) selection.chosen.clear();
  };
  const keepNow = useRef(keep);
  keepNow.current = keep;
  const answered = useRef(selection.asks);
  useEffect(() => {
    if (answered.current === selection.asks) return;
    answered.current = selection.asks;
    void keepNow.current();
  }, [selection.asks]);
  return (
    <div className={member.selected} role="toolbar" aria-label={t('selection.label')}>
      <span className={member.selectedText}>
        {t(selection.everything ? 'selection.all' : 'selection.some', { n, shown: count(n) })}
      </span>
      <Button
        look="main"
        aria-busy={busy}
        aria-disabled={lines.length === 0 || undefined}
        onClick={() => void keep()}
      >
        {t('decide.keep_many', { n: lines.length })}
      </Button>
      <Button look="quiet" onClick={selection.chosen.clear}>
        {t('selection.clear')}
      </Button>
      {unseen > 0 && <span className={member.warn}>{t('decide.look_first', { n: unseen })}</span>}
      {own > 0 && <span className={member.warn}>{t('decide.not_own')}</span>}
      {answer !== null && <AnswerLine answer={answer} />}
    </div>
  );
}
