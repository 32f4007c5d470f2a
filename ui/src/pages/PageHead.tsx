// The title line of a screen: its one h1, what matters most, and its main actions.

import type { ReactNode } from 'react';
import styles from './page.module.css';

export function PageHead(props: { title: ReactNode; summary?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <h1 className={styles.title} tabIndex={-1}>
        {props.title}
      </h1>
      <span className={styles.summary}>{props.summary}</span>
      <span className={styles.actions}>{props.children}</span>
    </div>
  );
}
