// The title line of a screen: its one h1, what matters most, and its main actions.

import type { ReactNode } from 'react';
import styles from './page.module.css';

interface Props {
  title: ReactNode;
  summary?: ReactNode;
  /** What matters most stands below a title that is long, so that the actions keep their place. */
  long?: boolean;
  children?: ReactNode;
}

export function PageHead(props: Props) {
  const { title, summary } = props;
  const name = (
    <h1 className={styles.title} tabIndex={-1}>
      {title}
    </h1>
  );
  return (
    <div className={styles.head}>
      {props.long === true ? (
        <div className={styles.long}>
          {name}
          <span className={styles.under}>{summary}</span>
        </div>
      ) : (
        <>
          {name}
          <span className={styles.summary}>{summary}</span>
        </>
      )}
      <span className={styles.actions}>{props.children}</span>
    </div>
  );
}
