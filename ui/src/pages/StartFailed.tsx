// The pages shown when the window cannot open anything: the cause and one way out.

import { useBackend } from '../app/context.tsx';
import { useAppState, useReplaceState } from '../app/state.ts';
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

/** The core says itself what keeps it from opening: the key store, or a copy it cannot read. */
export function ProblemPage() {
  const backend = useBackend();
  const replace = useReplaceState();
  const failure = useAppState()?.problem ?? NO_KEY_STORE;
  const keyStore = failure.code === 'keystore.none' || failure.code === 'keystore.locked';
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>{t(keyStore ? 'keystore.title' : 'start.failed')}</h1>
        <FailureLine failure={failure} />
        {keyStore && <p className={styles.quiet}>{t('keystore.way_out')}</p>}
        <Button look="main" onClick={() => void backend.appState().then(replace)}>
          {t('action.try_again')}
        </Button>
      </div>
    </main>
  );
}

const NO_KEY_STORE: Failure = { code: 'keystore.none', reason: null, field: null, detail: '' };
