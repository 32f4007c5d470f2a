// The title line of a screen: its one h1, what matters most, and its main actions. After more
// than a day without contact it says of when everything below is (ui.md 6.8).

import type { ReactNode } from 'react';
import { useAppState } from '../app/state.ts';
import { dayAndTime, whole } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import styles from './page.module.css';

const DAY = 86_400_000;

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
      <Stale />
      <span className={styles.actions}>{props.children}</span>
    </div>
  );
}

function Stale() {
  const connection = useAppState()?.connection;
  const at = connection?.last_contact ?? null;
  if (at === null || connection?.state === 'online' || Date.now() - at < DAY) return null;
  return (
    <span className={styles.stale} data-testid="stale" title={whole(at)}>
      {t('status.as_of', { time: dayAndTime(at) })}
    </span>
  );
}
