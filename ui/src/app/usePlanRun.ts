// Carries a plan out line by line, so that it can be stopped between two of them (ui.md 4.9).

import { useRef, useState } from 'react';
import { asFailure } from '../backend/failure.ts';
import type { Intent, PlanLine, Submitted } from '../backend/types.ts';
import { useBackend } from './context.tsx';
import type { Answer } from './useSubmit.ts';

/** Carries out one line. */
export type RunLine = (index: number) => Promise<Submitted | null>;

/** `onEnd` is told the answers of the lines that were tried, in their order. */
export function usePlanRun(onEnd: (answers: Answer[]) => void) {
  const backend = useBackend();
  const [results, setResults] = useState<(Answer | null)[] | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const [started, setStarted] = useState<{ lines: readonly PlanLine[]; todo: number[] } | null>(
    null,
  );
  const stopped = useRef(false);
  const startBy = async (lines: readonly PlanLine[], todo: number[], one: RunLine) => {
    const next: (Answer | null)[] = lines.map(() => null);
    stopped.current = false;
    setStarted({ lines, todo });
    setResults(next);
    for (const [n, index] of todo.entries()) {
      if (stopped.current) break;
      setDone(n);
      try {
        next[index] = await one(index);
      } catch (thrown) {
        next[index] = { result: 'failed', failure: asFailure(thrown) };
      }
    }
    setResults([...next]);
    setDone(null);
    onEnd(next.filter((one) => one !== null));
  };
  const start = (intents: readonly Intent[], lines: readonly PlanLine[], todo: number[]) =>
    startBy(lines, todo, async (index) => {
      const intent = intents[index];
      if (intent === undefined) return null;
      return (await backend.carryOut({ intents: [intent] })).lines[0] ?? null;
    });
  const stop = () => {
    stopped.current = true;
  };
  const reset = () => {
    setResults(null);
    setStarted(null);
  };
  return { results, done, start, startBy, stop, reset, lines: started?.lines, todo: started?.todo };
}
