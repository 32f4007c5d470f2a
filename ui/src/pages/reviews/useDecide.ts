// Deciding about people of a review: asked for, told with a way back, kept as an answer where it
// was refused. A decision can be changed until the review closes (E-51), so Undo puts back what
// was decided before.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useNotify } from '../../app/notices.tsx';
import { useSpeech } from '../../app/speech.tsx';
import { useAppState } from '../../app/state.ts';
import { type Answer, isTaken, useSubmit } from '../../app/useSubmit.ts';
import type { Choice, DecidedView, Role } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';

/** What somebody decides, with the reason they give; no choice takes it back. */
export interface Decision {
  choice: Choice | null;
  reason: string | null;
}

/** My own earlier decision as one that can be made again. */
export function decisionOf(mine: DecidedView | undefined): Decision {
  if (mine === undefined) return { choice: null, reason: null };
  const { reason } = mine;
  switch (mine.choice) {
    case 'keep':
      return { choice: { choice: 'keep' }, reason };
    case 'remove':
      return { choice: { choice: 'remove' }, reason };
    case 'change':
      return { choice: changeTo(mine.to), reason };
    case 'undecided':
    case 'disputed':
      return { choice: null, reason: null };
  }
}

export function changeTo(roles: readonly Role[]): Choice {
  return { choice: 'change', roles: [...roles] };
}

// The most lines that one command names.
const MOST = 500;

export function useDecide(workspace: string, review: string) {
  const client = useQueryClient();
  const submit = useSubmit();
  const backend = useBackend();
  const notify = useNotify();
  const { polite } = useSpeech();
  const offline = useAppState()?.connection.state === 'offline';
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (lines: readonly string[], decision: Decision): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let at = 0; at < lines.length; at += MOST) {
      const some = lines.slice(at, at + MOST);
      answers.push(
        await submit({ intent: 'decide_review', workspace, review, lines: some, ...decision }),
      );
    }
    await client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    void client.invalidateQueries({ queryKey: keys.pending });
    return answers;
  };
  const undo = async (lines: readonly string[], before: Decision, answers: readonly Answer[]) => {
    // What has not been sent yet is taken back as if it had never been made.
    const waiting = answers.flatMap((one) => (one.result === 'queued' ? [one.n] : []));
    if (offline && waiting.length === answers.length) {
      try {
        for (const n of waiting.reverse()) await backend.pendingUndo(n);
        await client.invalidateQueries({ queryKey: keys.workspace(workspace) });
        return;
      } catch {
        // It was sent in between; what was decided before is put back instead.
      }
    }
    await send(lines, before);
  };
  /** Answers whether it was taken. */
  const decide = async (
    lines: readonly string[],
    decision: Decision,
    before: Decision,
    done: string,
  ): Promise<boolean> => {
    if (busy || lines.length === 0) return false;
    setBusy(true);
    const answers = await send(lines, decision);
    setBusy(false);
    const no = answers.find((one) => !isTaken(one)) ?? null;
    setAnswer(no);
    if (no !== null) return false;
    const text = offline ? t('notice.not_sent', { done }) : done;
    polite(text);
    notify({
      text,
      action: { label: t('action.undo'), run: () => void undo(lines, before, answers) },
    });
    return true;
  };
  return { decide, answer, busy, forget: () => setAnswer(null) };
}
