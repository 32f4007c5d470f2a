// Asking the core for a change, and what is said of its answer. A refusal is not an error: it
// is answered where the person acted.

import { useQueryClient } from '@tanstack/react-query';
import { asFailure } from '../backend/failure.ts';
import type { AppState, Failure, Intent, Submitted } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { useBackend } from './context.tsx';
import { keys } from './keys.ts';
import { useNotify } from './notices.tsx';

export type Answer = Submitted | { result: 'failed'; failure: Failure };

/** Submits one change; reads nothing again and says nothing. */
export function useSubmit(): (intent: Intent) => Promise<Answer> {
  const backend = useBackend();
  return async (intent) => {
    try {
      return await backend.submit(intent);
    } catch (thrown) {
      return { result: 'failed', failure: asFailure(thrown) };
    }
  };
}

/** Whether the change was taken: by the server, or into the line that waits for it. */
export function isTaken(answer: Answer): boolean {
  switch (answer.result) {
    case 'queued':
    case 'applied':
    case 'no_op':
    case 'unanswered':
      return true;
    case 'refused':
    case 'needs_connection':
    case 'failed':
      return false;
  }
}

/** Tells what was taken, with Undo while it can be taken back. */
export function useTold(): (done: string, answers: readonly Answer[]) => void {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  return (done, answers) => {
    const numbers = answers.flatMap((answer) => (answer.result === 'queued' ? [answer.n] : []));
    if (answers.some((answer) => answer.result === 'unanswered')) {
      notify({ text: t('notice.unanswered') });
      return;
    }
    if (numbers.length === 0) {
      notify({ text: done });
      return;
    }
    const undo = async () => {
      for (const n of [...numbers].reverse()) {
        try {
          await backend.pendingUndo(n);
        } catch (thrown) {
          notify({ text: t(asFailure(thrown).code) });
        }
      }
      void client.invalidateQueries({ queryKey: keys.pending });
    };
    // E-45: what has not been sent is never told as done.
    const online = client.getQueryData<AppState>(keys.state)?.connection.state === 'online';
    const text = online ? done : t('notice.not_sent', { done });
    notify({ text, action: { label: t('action.undo'), run: () => void undo() } });
  };
}
