// Signing out with unsent changes asks, because it deletes them (signout.unsent).

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { useAppState, useReplaceState } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';

export function SignOutDialog({ failure, onClose }: { failure: Failure; onClose: () => void }) {
  const backend = useBackend();
  const replace = useReplaceState();
  const n = useAppState()?.counts.not_sent ?? 0;
  const [problem, setProblem] = useState<Failure | null>(
    failure.code === 'signout.unsent' ? null : failure,
  );
  const run = async (work: () => Promise<void>) => {
    try {
      await work();
      onClose();
    } catch (thrown) {
      setProblem(asFailure(thrown));
    }
  };
  const send = () => run(async () => void (await backend.sendNow()));
  const leave = () =>
    run(async () => {
      replace(await backend.signOut('discard'));
    });
  return (
    <Dialog
      role="alertdialog"
      title={t('signout.title')}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={() => void leave()} look="danger">
            {t('signout.anyway')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" onClick={() => void send()} autoFocus>
            {t('signout.send_first')}
          </Button>
        </>
      }
    >
      <p>
        <T id="signout.unsent" values={{ n }} />
      </p>
      {problem !== null && <FailureLine failure={problem} />}
    </Dialog>
  );
}
