// Invitations that wait for the person who is signed in: what each gives, accepting it, and
// declining it, which the inviter sees (E-25).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { asFailure } from '../backend/failure.ts';
import type { Failure, InboxRow } from '../backend/types.ts';
import { date, roleNames } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './inbox.module.css';
import { FailureLine } from './Reason.tsx';

/** Invitations of this person; read again whenever one comes or goes. */
export function useInbox() {
  const backend = useBackend();
  return useQuery({ queryKey: keys.inbox, queryFn: () => backend.inbox() });
}

export function Inbox({ onAccepted }: { onAccepted: (workspace: string) => void }) {
  const inbox = useInbox();
  if (inbox.isError) return <FailureLine failure={asFailure(inbox.error)} />;
  if (inbox.data === undefined) return null;
  if (inbox.data.length === 0) return <p className={styles.quiet}>{t('inbox.empty')}</p>;
  return (
    <ul className={styles.list} aria-label={t('inbox.title')}>
      {inbox.data.map((row) => (
        <Line key={row.id} row={row} onAccepted={onAccepted} />
      ))}
    </ul>
  );
}

function Line({ row, onAccepted }: { row: InboxRow; onAccepted: (workspace: string) => void }) {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
      void client.invalidateQueries({ queryKey: keys.accounts });
      void client.invalidateQueries({ queryKey: keys.state });
      void client.invalidateQueries({ queryKey: keys.workspaces });
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    setBusy(false);
  };
  const accept = () =>
    run(async () => {
      const workspace = await backend.inboxAccept(row.id);
      notify({ text: t('notice.joined', { workspace: row.workspace_name }) });
      onAccepted(workspace);
    });
  const decline = () =>
    run(async () => {
      await backend.inboxDecline(row.id);
      notify({ text: t('notice.declined', { workspace: row.workspace_name }) });
    });
  const values = {
    inviter: row.inviter,
    address: row.address,
    workspace: row.workspace_name,
    account: row.account_name,
    role: roleNames(row.roles, row.own_names),
  };
  return (
    <li className={styles.line} data-testid="inbox-line">
      <p>
        <T id="invitation.look" values={values} />
      </p>
      {row.message !== null && <blockquote className={styles.message}>{row.message}</blockquote>}
      <p className={styles.quiet}>{t('invitation.until', { date: date(row.expires) })}</p>
      {failure !== null && <FailureLine failure={failure} known={values} />}
      <div className={styles.buttons}>
        <Button look="main" aria-busy={busy} onClick={() => void accept()}>
          {t('invitation.join', { workspace: row.workspace_name })}
        </Button>
        <Button aria-busy={busy} onClick={() => void decline()}>
          {t('inbox.decline')}
        </Button>
      </div>
    </li>
  );
}
