// The one place for the state of the connection and what waits (ui.md 3.1).

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AppState, WorkspaceRow } from '../backend/types.ts';
import { SignInAgain } from '../forms/later.tsx';
import { when } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { MarkSign } from '../parts/MarkSign.tsx';
import { Button } from '../primitives/Button.tsx';
import { useActiveView } from './active.tsx';
import { connectionLine, connectionValues } from './connectionWords.ts';
import { paths } from './paths.ts';
import styles from './shell.module.css';
import { useAppState } from './state.ts';

export function StatusLine() {
  const state = useAppState();
  const row = useActiveView()?.row;
  if (state === undefined) return <footer className={styles.status} data-testid="status" />;
  const { connection } = state;
  const id = lockedLine(state, row) ?? connectionLine(connection);
  return (
    <footer
      className={styles.status}
      data-testid="status"
      data-area="status"
      data-state={connection.state}
    >
      <span className={styles.statusText}>
        {(connection.state === 'offline' || connection.state === 'server_fault') && (
          <MarkSign mark="not_sent" />
        )}
        <T id={id} values={connectionValues(connection)} />
        {connection.state === 'signed_out' && <Again state={state} />}
        {connection.state !== 'online' && <LeaseSoon />}
      </span>
      <Waits state={state} />
    </footer>
  );
}

// Who can open nothing is not told that they can keep working.
function lockedLine(state: AppState, row: WorkspaceRow | undefined): string | null {
  const { connection, copy } = state;
  if (connection.state !== 'offline' || connection.offline_since === null) return null;
  if (row !== undefined) return row.locked ? 'offline.locked' : null;
  if (copy.erased) return 'offline.locked';
  return connection.last_contact === null ? 'offline.to_fetch' : null;
}

/** The last day of the open workspace's lease. */
function LeaseSoon() {
  const row = useActiveView()?.row;
  const lease = useAppState()?.copy.leases.find((one) => one.account === row?.account);
  if (row === undefined || lease === undefined || lease.locked) return null;
  return <T id="lease.soon" values={{ workspace: row.name, time: when(lease.until) }} />;
}

function Waits({ state }: { state: AppState }) {
  const { not_sent, needs_you } = state.counts;
  const refused = state.counts.refused - needs_you;
  return (
    <span className={styles.statusWaits}>
      {not_sent > 0 && <Link {...paths.pending()}>{t('status.not_sent', { n: not_sent })}</Link>}
      {needs_you > 0 && (
        <Link {...paths.pending()}>
          <MarkSign mark="needs_you" />
          {t('status.needs_you', { n: needs_you })}
        </Link>
      )}
      {refused > 0 && <Link {...paths.pending()}>{t('status.refused', { n: refused })}</Link>}
    </span>
  );
}

function Again({ state }: { state: AppState }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="link" onClick={() => setOpen(true)}>
        {t('signin.again')}
      </Button>
      {open && <SignInAgain state={state} onClose={() => setOpen(false)} />}
    </>
  );
}
