// What the core said of a change, where it was not taken: the reason in place.

import { useEffect } from 'react';
import { useSpeech } from '../app/speech.tsx';
import type { Answer } from '../app/useSubmit.ts';
import type { Values } from '../i18n/text.tsx';
import {
  failureSentence,
  ReasonLine,
  reasonSentence,
  type Sentence,
  sentenceText,
  useKnown,
} from './Reason.tsx';

/** The sentence of an answer that says no; null where the change was taken. */
export function answerSentence(answer: Answer, known: Values): Sentence | null {
  switch (answer.result) {
    case 'refused':
      return reasonSentence(answer.reason, known);
    case 'needs_connection':
      return { id: answer.sentence, values: known, rule: null };
    case 'failed':
      return failureSentence(answer.failure, known);
    case 'queued':
    case 'applied':
    case 'no_op':
    case 'unanswered':
      return null;
  }
}

export function AnswerLine({ answer, known }: { answer: Answer; known?: Values }) {
  const sentence = answerSentence(answer, useKnown(known));
  const { assertive } = useSpeech();
  const text = sentence === null ? null : sentenceText(sentence);
  useEffect(() => {
    if (text !== null) assertive(text);
  }, [assertive, text]);
  return sentence === null ? null : <ReasonLine sentence={sentence} />;
}
