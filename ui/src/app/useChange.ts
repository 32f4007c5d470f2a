// One change of an account, a workspace's plan or what is inside it: asked for, told when it is
// taken, and kept as an answer where it was refused.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Intent } from '../backend/types.ts';
import { keys } from './keys.ts';
import { type Answer, isTaken, useSubmit, useTold } from './useSubmit.ts';

export interface Change {
  /** The last answer that was a no. */
  answer: Answer | null;
  busy: boolean;
  /**
   * Asks for the change; answers whether it was taken. `done` is what is then told; nothing of
   * a first half whose second half tells the whole.
   */
  run: (intent: Intent, done: string | null) => Promise<Answer | null>;
  forget: () => void;
}

/** The answer, if the change was taken. */
export function taken(answer: Answer | null): answer is Answer {
  return answer !== null && isTaken(answer);
}

export function useChange(): Change {
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (intent: Intent, done: string | null): Promise<Answer | null> => {
    if (busy) return null;
    setBusy(true);
    const next = await submit(intent);
    setBusy(false);
    setAnswer(isTaken(next) ? null : next);
    if (isTaken(next) && (done !== null || next.result === 'unanswered')) told(done ?? '', [next]);
    void client.invalidateQueries({ queryKey: keys.accounts });
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({ queryKey: keys.state });
    if ('workspace' in intent) {
      void client.invalidateQueries({ queryKey: keys.workspace(intent.workspace) });
    }
    return next;
  };
  return { answer, busy, run, forget: () => setAnswer(null) };
}
