// The signs of the margin (ui.md 4.3), drawn, so that no face has to hold them and forced
// colours keep their shapes.

import type { Mark } from '../backend/types.ts';
import styles from './mark.module.css';

export function MarkSign({ mark }: { mark: Exclude<Mark, 'none'> }) {
  return (
    <svg className={CLASSES[mark]} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <path d={SHAPES[mark]} />
    </svg>
  );
}

const CLASSES: Record<Exclude<Mark, 'none'>, string | undefined> = {
  not_sent: styles.waits,
  sending: styles.waits,
  refused: styles.refused,
  new: styles.new,
};

const SHAPES: Record<Exclude<Mark, 'none'>, string> = {
  // A clock's face with its last quarter filled.
  not_sent:
    'M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1Zm0 1.4A4.6 4.6 0 1 1 2.4 7 4.6 4.6 0 0 1 7 2.4ZM7 3.4V7h3.6A3.6 3.6 0 0 0 7 3.4Z',
  sending: 'M7 1.5 2.8 6l1 .95L6.3 4.3v8.2h1.4V4.3l2.5 2.65 1-.95L7 1.5Z',
  refused: 'M6 1h2l-.3 8H6.3L6 1Zm1 9.8a1.15 1.15 0 1 1 0 2.3 1.15 1.15 0 0 1 0-2.3Z',
  new: 'M7 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
};
