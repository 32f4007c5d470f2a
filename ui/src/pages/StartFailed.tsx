// The pages shown when the window cannot open anything: the cause and one way out.

import { useBackend } from '../app/context.tsx';
import { useReplaceState } from '../app/state.ts';
import type { Failure } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './welcome.module.css';

export function StartFailed({ failure, onAgain }: { failure: Failure; onAgain: () => void }) {
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>{t('start.failed')}</h1>
        <FailureLine failure={failure} />
        <Button look="main" onClick={onAgain}>
          {t('action.try_again')}
        </Button>
      </div>
    </main>
  );
}

/** Nothing can be kept without the system's key store, so nothing is opened. */
export function NoKeyStorePage() {
  const backend = useBackend();
  const replace = useReplaceState();
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>{t('keystore.title')}</h1>
        <p>{t('keystore.none')}</p>
        <p className={styles.quiet}>{t('keystore.way_out')}</p>
        <Button look="main" onClick={() => void backend.appState().then(replace)}>
          {t('action.try_again')}
        </Button>
      </div>
    </main>
  );
}
