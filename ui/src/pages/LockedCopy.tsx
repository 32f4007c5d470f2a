// A copy whose lease is over: it opens with the next contact, and says so (ui.md 5.1, R15).

import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { paths } from '../app/paths.ts';
import { StatusLine } from '../app/StatusLine.tsx';
import { useAppState } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure, LeaseView } from '../backend/types.ts';
import { when } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './welcome.module.css';

/** The lease of an account, where there is something to say of it. */
export function useLease(account: string | undefined): LeaseView | undefined {
  return useAppState()?.copy.leases.find((one) => one.account === account);
}

/** In place of every page of a workspace whose copy is locked. */
export function LockedCopy({ account }: { account: string }) {
  const navigate = useNavigate();
  const lease = useLease(account);
  return (
    <div className={styles.page} data-testid="locked-copy">
      <div className={styles.sheet}>
        <h1 className={styles.title} tabIndex={-1}>
          {t('locked.title')}
        </h1>
        {lease !== undefined && (
          <p className={styles.quiet}>
            <T
              id="locked.text"
              values={{ days: lease.age_days, account: lease.account_name, limit: lease.days }}
            />
          </p>
        )}
        <TryNow>
          <Button look="quiet" onClick={() => void navigate(paths.workspaces())}>
            {t('locked.other')}
          </Button>
        </TryNow>
      </div>
    </div>
  );
}

/** Everything was erased because the lease had been over for as long again. */
export function ErasedCopy() {
  return <NoCopy id="erased-copy" title={t('locked.title')} text={t('locked.erased')} />;
}

/** A copy that could not be read is put aside, and there was no contact since (D5). */
export function CopyToFetch() {
  return <NoCopy id="copy-to-fetch" title={t('fetching.title')} text={t('fetching.text')} />;
}

function NoCopy({ id, title, text }: { id: string; title: string; text: string }) {
  const waiting = useAppState()?.counts.not_sent ?? 0;
  return (
    <div className={styles.outer}>
      <main className={styles.page} data-testid={id}>
        <div className={styles.sheet}>
          <h1 className={styles.title} tabIndex={-1}>
            {title}
          </h1>
          <p className={styles.quiet}>{text}</p>
          {waiting > 0 && <p className={styles.quiet}>{t('locked.waiting', { n: waiting })}</p>}
          <TryNow />
          <p className={styles.who}>
            <Link {...paths.diagnostics()}>{t('nav.diagnostics_open')}</Link>
          </p>
        </div>
      </main>
      <StatusLine />
    </div>
  );
}

function TryNow({ children }: { children?: React.ReactNode }) {
  const backend = useBackend();
  const state = useAppState();
  const [failure, setFailure] = useState<Failure | null>(null);
  const contact = state?.connection.last_contact ?? null;
  const known = { server: state?.server, time: contact === null ? null : when(contact) };
  const run = async () => {
    setFailure(null);
    try {
      const connection = await backend.sendNow();
      if (connection.state !== 'online') {
        setFailure({ code: 'offline.now', reason: null, field: null, detail: '' });
      }
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return (
    <>
      {failure !== null && <FailureLine failure={failure} known={known} />}
      <div className={styles.row}>
        <Button look="main" onClick={() => void run()}>
          {t('action.try_now')}
        </Button>
        {children}
      </div>
    </>
  );
}
