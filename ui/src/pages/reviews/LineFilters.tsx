// The filter line of a review: a field, and chips with counts (ui.md 5.8).

import { type RefObject, useEffect, useState } from 'react';
import type { ReviewSearch } from '../../app/searches.ts';
import type { HintFilter, ReviewCounts, ReviewFilter, ReviewView } from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import member from '../../parts/member.module.css';

interface Props {
  ref: RefObject<HTMLInputElement | null>;
  review: ReviewView;
  shown: ReviewFilter | HintFilter;
  text: string;
  onChange: (change: { [K in keyof ReviewSearch]?: ReviewSearch[K] | undefined }) => void;
}

type Chip = Exclude<ReviewFilter, 'mine'>;

const CHIPS: readonly Chip[] = [
  'all',
  'undecided',
  'changed_since',
  'unchanged_since',
  'disputed',
  'external',
  'kept',
  'changed',
  'removed',
];
// What the log alone points out.
const HINTS: readonly HintFilter[] = ['quiet', 'wide'];
// Without anybody in them these say nothing; the first two always do.
const ALWAYS: readonly Chip[] = ['all', 'undecided'];

function chips(counts: ReviewCounts, shown: ReviewFilter | HintFilter): Chip[] {
  return CHIPS.filter((one) => ALWAYS.includes(one) || counts[one] > 0 || one === shown).filter(
    // A first review has nothing to compare with.
    (one) => one !== 'changed_since' || counts.unchanged_since > 0 || one === shown,
  );
}

export function LineFilters({ ref, review, shown, text, onChange }: Props) {
  // The field holds its own text, so that a key never waits for the address.
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  return (
    <div role="search" className={member.filters}>
      <input
        ref={ref}
        type="text"
        className={member.field}
        aria-label={t('members.filter')}
        placeholder={t('members.filter')}
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange({ q: event.target.value || undefined });
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
          }
          if (event.key === 'Escape' && typed !== '') {
            event.preventDefault();
            setTyped('');
            onChange({ q: undefined });
          }
        }}
      />
      {chips(review.counts, shown).map((one) => (
        <button
          key={one}
          type="button"
          className={member.chip}
          aria-pressed={shown === one}
          onClick={() => onChange({ show: one, open: undefined })}
        >
          {t(`review.filter.${one}`)} {count(review.counts[one])}
        </button>
      ))}
      {HINTS.filter((one) => (review.hints[one] ?? 0) > 0 || one === shown).map((one) => (
        <button
          key={one}
          type="button"
          className={member.chip}
          aria-pressed={shown === one}
          onClick={() => onChange({ show: one, open: undefined })}
        >
          {t(`review.filter.${one}`, { n: review.hints.quiet_days })}{' '}
          {count(review.hints[one] ?? 0)}
        </button>
      ))}
    </div>
  );
}
