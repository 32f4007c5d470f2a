// Somebody who is signed in but in no workspace (ui.md 5.1). There is no top bar here, so who
// is signed in, and the way out, stand on the page.

import { useState } from 'react';
import { StatusLine } from '../app/StatusLine.tsx';
import { useAppState } from '../app/state.ts';
import { useSignOut } from '../app/useSignOut.ts';
import {
  AcceptInvitation,
  CreateWorkspace,
  FoundAccount,
  InboxDialog,
  SignOutDialog,
} from '../forms/later.tsx';
import { T, t } from '../i18n/text.tsx';
import { Inbox } from '../parts/Inbox.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './welcome.module.css';

interface Props {
  /** What happened to the last workspace, while that is news (E-53). */
  gone: string | null;
}

export function NoWorkspacePage({ gone }: Props) {
  const me = useAppState()?.me;
  const mayCreate = (me?.accounts.length ?? 0) > 0;
  const waiting = me?.inbox ?? 0;
  const [open, setOpen] = useState<'none' | 'create' | 'found' | 'invitation' | 'inbox'>('none');
  const close = () => setOpen('none');
  const { signOut, failure, forget } = useSignOut();
  return (
    <div className={styles.outer}>
      <main className={styles.page}>
        <div className={styles.sheet}>
          <h1 className={styles.title}>{t('none.title')}</h1>
          {gone !== null && <p role="status">{gone}</p>}
          <p className={styles.quiet}>{t('none.help')}</p>
          {waiting > 0 && (
            <section className={styles.inbox}>
              <h2>{t('inbox.title')}</h2>
              <Inbox onAccepted={close} />
            </section>
          )}
          <div className={styles.row}>
            {mayCreate && (
              <Button look="main" onClick={() => setOpen('create')}>
                {t('workspace.create')}
              </Button>
            )}
            {!mayCreate && <Button onClick={() => setOpen('found')}>{t('found.open')}</Button>}
            <Button onClick={() => setOpen('invitation')}>{t('invitation.have')}</Button>
            <Button look="quiet" onClick={() => setOpen('inbox')}>
              {t('inbox.open')}
            </Button>
          </div>
          {me && (
            <p className={styles.who}>
              <T id="none.who" values={{ name: me.name, address: me.address }} />{' '}
              <Button look="link" onClick={() => void signOut()}>
                {t('signout.action')}
              </Button>
            </p>
          )}
        </div>
      </main>
      <StatusLine />
      {failure !== null && <SignOutDialog failure={failure} onClose={forget} />}
      {open === 'create' && <CreateWorkspace onClose={close} onCreated={close} />}
      {open === 'found' && <FoundAccount onClose={close} onFounded={close} />}
      {open === 'inbox' && <InboxDialog onClose={close} onAccepted={close} />}
      {open === 'invitation' && <AcceptInvitation onClose={close} onAccepted={close} />}
    </div>
  );
}
