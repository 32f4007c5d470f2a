// While nothing is there to show yet. It stays silent for a moment, because the copy usually
// answers within it (ui.md 2.5).

import { useEffect, useState } from 'react';
import type { Loading } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import styles from './app.module.css';

const PATIENCE_MS = 400;

export function Opening({ loading = null }: { loading?: Loading | null }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <main className={styles.opening}>
      <h1 className={styles.openingTitle}>
        {loading === null
          ? t('start.opening')
          : t('status.loading', { done: loading.done, total: loading.total })}
      </h1>
    </main>
  );
}
