// A head that opens and closes what belongs to it, with its number beside the name: groups of
// a plan and of a comparison.

import { type ReactNode, useId, useState } from 'react';
import styles from './fold.module.css';

interface Props {
  name: ReactNode;
  note?: ReactNode;
  /** Whether it begins open. */
  open: boolean;
  /** Told when it is opened or closed, for what is read only while it is open. */
  onToggle?: (open: boolean) => void;
  children: ReactNode;
}

export function Fold({ name, note, open: begins, onToggle, children }: Props) {
  const [open, setOpen] = useState(begins);
  const id = useId();
  return (
    <div className={styles.group}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => {
          setOpen(!open);
          onToggle?.(!open);
        }}
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
