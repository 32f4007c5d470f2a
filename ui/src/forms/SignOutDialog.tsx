// Signing out asks where it deletes something that is on this device only: changes not sent yet
// (signout.unsent), plans, drafts and reminders (signout.only_here).

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { useAppState, useReplaceState } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure, OnlyHere } from '../backend/types.ts';
import { list } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';

const ASKS: ReadonlySet<string> = new Set(['signout.unsent', 'signout.only_here']);

/** What is on this device only, in words; empty if there is nothing. */
function onlyHere(kept: OnlyHere | undefined): string {
  if (kept === undefined) return '';
  const parts = (['plans', 'drafts', 'reminders'] as const).filter((what) => kept[what] > 0);
  return list(parts.map((what) => t(`signout.${what}`, { n: kept[what] })));
}

export function SignOutDialog({ failure, onClose }: { failure: Failure; onClose: () => void }) {
  const backend = useBackend();
  const replace = useReplaceState();
  const state = useAppState();
  const n = state?.counts.not_sent ?? 0;
  const only = onlyHere(state?.only_here);
  const [problem, setProblem] = useState<Failure | null>(ASKS.has(failure.code) ? null : failure);
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
          <Button onClick={onClose} autoFocus={n === 0}>
            {t('action.cancel')}
          </Button>
          {n > 0 && (
            <Button look="main" onClick={() => void send()} autoFocus>
              {t('signout.send_first')}
            </Button>
          )}
        </>
      }
    >
      {n > 0 && (
        <p>
          <T id="signout.unsent" values={{ n }} />
        </p>
      )}
      {only !== '' && (
        <p>
          <T id="signout.only_here" values={{ list: only }} />
        </p>
      )}
      {problem !== null && <FailureLine failure={problem} />}
    </Dialog>
  );
}
