// What a client decided comes back: looked at first, then entered as my decisions, which name the
// client (ui.md 5.8).

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useNotify } from '../../app/notices.tsx';
import { asFailure } from '../../backend/failure.ts';
import type { AnswerLine, AnswerLook, Failure, ReviewView } from '../../backend/types.ts';
import { readFile } from '../../forms/readFile.ts';
import { count, when } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import styles from './reviews.module.css';
import { choiceText } from './reviewWords.ts';
import { type Chosen, SHEET_BYTES, SheetFile } from './SheetFile.tsx';

interface Props {
  review: ReviewView;
  onClose: () => void;
}

/** Whether a line asks for a look before it is entered. */
function asks(line: AnswerLine): boolean {
  return line.meets === 'replaces' || line.meets === 'differs' || !may(line);
}

function may(line: AnswerLine): boolean {
  return line.verdict.verdict !== 'refused' && line.verdict.verdict !== 'hidden';
}

export function EnterAnswer({ review, onClose }: Props) {
  const backend = useBackend();
  const cache = useQueryClient();
  const notify = useNotify();
  const { workspace, id } = review.row;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [look, setLook] = useState<AnswerLook | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const file = () => ({ workspace, review: id, content: chosen?.content ?? '', passphrase });
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    setBusy(false);
  };
  const take = (one: File) =>
    void run(async () => setChosen({ name: one.name, content: await readFile(one, SHEET_BYTES) }));
  const open = () =>
    void run(async () => {
      if (chosen !== null) setLook(await backend.answerLook(file()));
    });
  const enter = () =>
    void run(async () => {
      const { entered } = await backend.answerEnter(file(), [...left]);
      await cache.invalidateQueries({ queryKey: keys.workspace(workspace) });
      void cache.invalidateQueries({ queryKey: keys.pending });
      notify({ text: t('answer.entered', { n: entered, client: look?.client }) });
      onClose();
    });
  const todo =
    look?.lines.filter((one) => may(one) && one.meets !== 'same' && !left.has(one.membership)) ??
    [];
  const tick = (line: string) => {
    const next = new Set(left);
    if (!next.delete(line)) next.add(line);
    setLeft(next);
  };
  return (
    <Dialog
      size="wide"
      title={t('answer.title')}
      outside="stays"
      onClose={onClose}
      onSubmit={look === null ? open : enter}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          {look === null ? (
            <Button
              look="main"
              type="submit"
              aria-busy={busy}
              aria-disabled={chosen === null || passphrase.trim() === '' || undefined}
            >
              {t('answer.look')}
            </Button>
          ) : (
            <Button
              look="main"
              type="submit"
              aria-busy={busy}
              aria-disabled={todo.length === 0 || undefined}
            >
              {t('answer.enter', { n: todo.length })}
            </Button>
          )}
        </>
      }
    >
      {look === null ? (
        <>
          <p>{t('answer.help')}</p>
          <SheetFile
            accept=".muster-answer"
            label={t('answer.choose')}
            chosen={chosen}
            passphrase={passphrase}
            onFile={take}
            onPassphrase={setPassphrase}
          />
        </>
      ) : (
        <Looked look={look} left={left} onTick={tick} />
      )}
      {failure !== null && <FailureLine failure={failure} />}
    </Dialog>
  );
}

interface LookedProps {
  look: AnswerLook;
  left: ReadonlySet<string>;
  onTick: (line: string) => void;
}

function Looked({ look, left, onTick }: LookedProps) {
  const of = (choice: AnswerLine['choice']) =>
    look.lines.filter((one) => one.choice === choice).length;
  const lines = look.lines.filter((one) => asks(one) || one.choice !== 'keep');
  const counts = [
    t('finish.kept', { n: of('keep'), shown: count(of('keep')) }),
    t('finish.changed', { n: of('change'), shown: count(of('change')) }),
    t('finish.removed', { n: of('remove'), shown: count(of('remove')) }),
    t('finish.not_reviewed', {
      n: look.people - look.lines.length,
      shown: count(look.people - look.lines.length),
    }),
  ];
  return (
    <>
      <p>
        <T
          id="answer.who"
          values={{
            client: look.client,
            at: when(look.answered_at),
            by: look.handed_by,
            handed: when(look.handed_at),
          }}
        />
      </p>
      <p className={styles.strong} data-testid="answer-counts">
        {counts.join(' · ')}
      </p>
      {look.same > 0 && <p>{t('answer.same', { n: look.same })}</p>}
      {lines.length > 0 && (
        <ul className={styles.answers} aria-label={t('answer.lines')}>
          {lines.map((one) => (
            <Line
              key={one.membership}
              line={one}
              on={!left.has(one.membership)}
              onTick={() => onTick(one.membership)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Line({ line, on, onTick }: { line: AnswerLine; on: boolean; onTick: () => void }) {
  const names = useKnown({ name: line.name });
  const sentence = may(line) ? null : verdictSentence(line.verdict, names);
  const enters = may(line) && line.meets !== 'same';
  return (
    <li>
      <label className={styles.answer}>
        <input type="checkbox" checked={enters && on} disabled={!enters} onChange={onTick} />
        <span>
          <bdi className={styles.strong}>{line.name}</bdi> {choiceText(line.choice, line.to, names)}
          {line.reason !== null && (
            <>
              {' '}
              <q className={styles.reason}>{line.reason}</q>
            </>
          )}
        </span>
      </label>
      {line.meets !== 'new' && (
        <p className={line.meets === 'differs' ? styles.disputed : styles.detail}>
          {t(`answer.meets.${line.meets}`, {
            who: line.now_by.join(', '),
            choice: choiceText(line.now, line.now_to, names),
          })}
        </p>
      )}
      {sentence !== null && <ReasonLine sentence={sentence} ways={null} />}
    </li>
  );
}
