// A head that opens and closes what belongs to it, with its number beside the name: groups of
// a plan and of a comparison.

import { type ReactNode, useId, useState } from 'react';
import styles from './fold.module.css';

interface Props {
  name: ReactNode;
  note?: ReactNode;
  /** Whether it begins open. */
  open: boolean;
  children: ReactNode;
}

export function Fold({ name, note, open: begins, children }: Props) {
  const [open, setOpen] = useState(begins);
  const id = useId();
  return (
    <div className={styles.group}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {name}
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </button>
      <div id={id} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
