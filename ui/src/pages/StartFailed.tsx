// The pages shown when the window cannot open anything: the cause and one way out.

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { useAppState, useReplaceState } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextField } from '../primitives/Field.tsx';
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
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>{t(titleOf(failure.code))}</h1>
        <FailureLine failure={failure} />
        {failure.code === 'keystore.none' && (
          <p className={styles.quiet}>{t('keystore.way_out')}</p>
        )}
        <Button look="main" onClick={() => void backend.appState().then(replace)}>
          {t('action.try_again')}
        </Button>
        {ASIDE.has(failure.code) && <OutboxAside />}
      </div>
    </main>
  );
}

function titleOf(code: Failure['code']): string {
  if (code === 'keystore.none' || code === 'keystore.locked') return 'keystore.title';
  return ASIDE.has(code) ? 'outbox.title' : 'start.failed';
}

/** Where unsent changes cannot be opened, the person may go on without them. */
const ASIDE = new Set<Failure['code']>(['outbox.broken', 'outbox.key']);

/** Goes on without the unsent changes: only with the address typed, and nothing is deleted. */
function OutboxAside() {
  const backend = useBackend();
  const replace = useReplaceState();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async () => {
    try {
      replace(await backend.putOutboxAside(typed.trim()));
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const mistyped = failure?.code === 'bad_request';
  return (
    <>
      <p className={styles.quiet}>{t('outbox.way_out')}</p>
      <Button onClick={() => setOpen(true)}>{t('outbox.go_on')}</Button>
      {open && (
        <Dialog
          role="alertdialog"
          title={t('outbox.aside_title')}
          onClose={() => setOpen(false)}
          onSubmit={() => void run()}
          buttons={
            <>
              <Button onClick={() => setOpen(false)}>{t('action.cancel')}</Button>
              <Button look="danger" type="submit">
                {t('outbox.aside')}
              </Button>
            </>
          }
        >
          <p>{t('outbox.aside_text')}</p>
          <TextField
            label={t('outbox.type_address')}
            autoFocus
            value={typed}
            error={mistyped ? t('outbox.mistyped') : undefined}
            onChange={(event) => setTyped(event.target.value)}
          />
          {failure !== null && !mistyped && <FailureLine failure={failure} />}
        </Dialog>
      )}
    </>
  );
}

const NO_KEY_STORE: Failure = { code: 'keystore.none', reason: null, field: null, detail: '' };
