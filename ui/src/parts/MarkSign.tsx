// The signs of the margin (ui.md 4.3), drawn, so that no face has to hold them and forced
// colours keep their shapes.

import type { Mark } from '../backend/types.ts';
import styles from './mark.module.css';

/**
 * The marks of the core, one for what ends by itself where no other mark stands, and what was
 * decided about a person in a review.
 */
export type MarginMark = Mark | 'ends' | 'kept' | 'changed' | 'removed' | 'disputed';

export function MarkSign({ mark }: { mark: Exclude<MarginMark, 'none'> }) {
  return (
    <svg
      className={CLASSES[mark]}
      width="0.875rem"
      height="0.875rem"
      viewBox="0 0 14 14"
      aria-hidden="true"
      data-sign={SHAPES[mark] === UNEQUAL ? 'unequal' : mark}
    >
      <path d={SHAPES[mark]} />
    </svg>
  );
}

const CLASSES: Record<Exclude<MarginMark, 'none'>, string | undefined> = {
  not_sent: styles.waits,
  sending: styles.waits,
  refused: styles.refused,
  needs_you: styles.refused,
  new: styles.new,
  ends: styles.ends,
  kept: styles.new,
  changed: styles.plain,
  removed: styles.refused,
  // The sign of what does not agree is one sign with one colour, wherever it stands.
  disputed: styles.refused,
};

/** The sign of what is not equal: two changes of one thing, two decisions about one person. */
const UNEQUAL =
  'M8.6 1.6 9.9 2.2 9 4.2h3v1.5H8.3L7.2 8.2H12v1.5H6.5l-1.1 2.6-1.3-.6.9-2H2V8.2h3.7l1.1-2.5H2V4.2h5.5l1.1-2.6Z';

const SHAPES: Record<Exclude<MarginMark, 'none'>, string> = {
  // A clock's face with its last quarter filled.
  not_sent:
    'M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1Zm0 1.4A4.6 4.6 0 1 1 2.4 7 4.6 4.6 0 0 1 7 2.4ZM7 3.4V7h3.6A3.6 3.6 0 0 0 7 3.4Z',
  sending: 'M7 1.5 2.8 6l1 .95L6.3 4.3v8.2h1.4V4.3l2.5 2.65 1-.95L7 1.5Z',
  needs_you: UNEQUAL,
  refused: 'M6 1h2l-.3 8H6.3L6 1Zm1 9.8a1.15 1.15 0 1 1 0 2.3 1.15 1.15 0 0 1 0-2.3Z',
  // An hourglass.
  ends: 'M3 1h8v1.4h-.8v1.9L7.9 7l2.3 2.7v1.9h.8V13H3v-1.4h.8V9.7L6.1 7 3.8 4.3V2.4H3V1Zm2.1 1.4v1.4L7 6l1.9-2.2V2.4H5.1Z',
  new: 'M7 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  // A tick, an arrow, a cross.
  kept: 'M5.4 11.6 1.6 7.8l1.1-1.1 2.7 2.7 5.9-6 1.1 1.1-7 7.1Z',
  changed: 'M8.2 2.6 12.6 7l-4.4 4.4-1-1 2.6-2.7H1.4V6.3h8.4L7.2 3.6l1-1Z',
  removed:
    'm3.2 2.1 3.8 3.8 3.8-3.8 1.1 1.1L8.1 7l3.8 3.8-1.1 1.1L7 8.1l-3.8 3.8-1.1-1.1L5.9 7 2.1 3.2l1.1-1.1Z',
  disputed: UNEQUAL,
};
