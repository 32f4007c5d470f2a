// The source of an import and what the core says of it: pasted text, or a file with its
// columns. The newest reading wins.

import { useEffect, useRef, useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { asFailure } from '../backend/failure.ts';
import type { Failure, ImportPreview } from '../backend/types.ts';
import type { Decision, Decisions } from './importState.ts';
import { readFile } from './readFile.ts';

const AFTER_KEY_MS = 120;

interface Source {
  name: string;
  content: string;
}

export function useImport(workspace: string) {
  const backend = useBackend();
  const [text, setText] = useState('');
  const [file, setFile] = useState<Source | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [decisions, setDecisions] = useState<Decisions>(new Map());
  const [failure, setFailure] = useState<Failure | null>(null);
  const turn = useRef(0);

  const read = async (work: () => Promise<ImportPreview | null>) => {
    turn.current += 1;
    const mine = turn.current;
    try {
      const next = await work();
      if (mine !== turn.current) return;
      setPreview(next);
      setDecisions(new Map());
      setFailure(null);
    } catch (thrown) {
      if (mine !== turn.current) return;
      setFailure(asFailure(thrown));
    }
  };

  // A key that follows soon makes the reading of the text before it needless.
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const typeText = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    const reading = async () =>
      next.trim() === '' ? null : await backend.importText(workspace, next);
    timer.current = setTimeout(() => void read(reading), AFTER_KEY_MS);
  };
  const takeFile = (chosen: File) => {
    clearTimeout(timer.current);
    return read(async () => {
      const content = await readFile(chosen);
      const next = await backend.importFile(workspace, content, null, null);
      setFile({ name: chosen.name, content });
      return next;
    });
  };
  const dropFile = () => {
    turn.current += 1;
    setFile(null);
    setPreview(null);
    setFailure(null);
    if (text.trim() !== '') void read(() => backend.importText(workspace, text));
  };
  const setColumns = (address: number | null, name: number | null) =>
    read(async () => await backend.importFile(workspace, file?.content ?? '', address, name));
  const decide = (line: number, decision: Decision | null) =>
    setDecisions((before) => {
      const next = new Map(before);
      if (decision === null) next.delete(line);
      else next.set(line, decision);
      return next;
    });
  /** Checks a corrected address as the core checks every other one. */
  const fix = async (line: number, address: string, name: string | null) => {
    try {
      const checked = (await backend.importText(workspace, address)).rows[0];
      if (checked !== undefined) decide(line, { kind: 'fixed', row: { ...checked, name } });
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return {
    text,
    setText: typeText,
    file,
    takeFile,
    dropFile,
    preview,
    setColumns,
    decisions,
    decide,
    fix,
    failure,
    setFailure,
  };
}

export type Import = ReturnType<typeof useImport>;
