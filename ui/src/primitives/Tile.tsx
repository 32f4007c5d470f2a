// The tile of a workspace is a square with one cut corner; the avatar of a person is round.
// They are never mixed (ui.md 2.1).

import styles from './tile.module.css';

export function Tile({ letters, colour }: { letters: string; colour: number }) {
  return (
    <span className={styles.tile} data-colour={colour} aria-hidden="true">
      {letters}
    </span>
  );
}

export function Avatar({ letters }: { letters: string }) {
  return (
    <span className={styles.avatar} aria-hidden="true">
      {letters}
    </span>
  );
}
