// Mod+Z takes back the newest change that has not been sent yet, wherever it was made, and
// Mod+Shift+Z makes again what this window took back; what
// the server has already is not undone by a key (ui.md 7.1).

import { useQueryClient } from '@tanstack/react-query';
import { asFailure } from '../backend/failure.ts';
import type { Submitted } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { reasonSentence, sentenceText } from '../parts/Reason.tsx';
import { changeText } from '../parts/words.ts';
import { useBackend } from './context.tsx';
import { keys } from './keys.ts';
import { useNotify } from './notices.tsx';
import { redo } from './redo.ts';

export function useUndoLast(): () => Promise<void> {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  return async () => {
    try {
      const { not_sent } = await backend.pending();
      const last = not_sent.filter((item) => !item.sending).at(-1);
      if (last === undefined) {
        notify({ text: t('undo.nothing') });
        return;
      }
      await backend.pendingUndo(last.n);
      const { id, values } = changeText(last);
      notify({ text: t('undo.done', { change: t(id, values) }) });
    } catch (thrown) {
      notify({ text: t(asFailure(thrown).code) });
    }
    void client.invalidateQueries({ queryKey: keys.pending });
    void client.invalidateQueries({ queryKey: keys.state });
  };
}

/** Makes again what was taken back last; whether it may be done is asked anew. */
export function useRedoLast(): () => Promise<void> {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  const told = (answer: Submitted | null): string => {
    switch (answer?.result) {
      case undefined:
        return t('redo.nothing');
      case 'refused':
        return sentenceText(reasonSentence(answer.reason, {}));
      case 'needs_connection':
        return t(answer.sentence);
      case 'unanswered':
        return t('notice.unanswered');
      case 'queued':
      case 'applied':
      case 'no_op':
        return t('redo.done');
    }
  };
  return async () => {
    try {
      notify({ text: told(await redo(backend)) });
    } catch (thrown) {
      notify({ text: t(asFailure(thrown).code) });
    }
    void client.invalidateQueries({ queryKey: keys.pending });
    void client.invalidateQueries({ queryKey: keys.state });
  };
}
