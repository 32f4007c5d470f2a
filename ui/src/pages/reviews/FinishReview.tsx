// Finishing a review (ui.md 5.8): what was decided in numbers, every change that follows as a
// plan with its verdict, then all of it at once. Lines that are refused keep the review open;
// people whom nobody decided about are reported as not reviewed, never as kept (E-50).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useNotify } from '../../app/notices.tsx';
import { finishQuery } from '../../app/reviewState.ts';
import { useAppState } from '../../app/state.ts';
import { type Answer, isTaken } from '../../app/useSubmit.ts';
import { asFailure } from '../../backend/failure.ts';
import type {
  PlanLine,
  ReviewFinish,
  ReviewResult,
  ReviewView,
  WorkspaceView,
} from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { PlanPreview, planned } from '../../parts/PlanPreview.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './reviews.module.css';

interface Props {
  view: WorkspaceView;
  review: ReviewView;
  onClose: () => void;
}

// Above this the number is typed (ui.md 7.1).
const TYPED_FROM = 50;

export function FinishReview({ view, review, onClose }: Props) {
  const backend = useBackend();
  const { workspace, id, name } = review.row;
  const asked = useQuery(finishQuery(backend, workspace, id));
  const run = useRun(review);
  const known = useKnown({ action: t('finish.as_action') });
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [pressed, setPressed] = useState(false);
  const [typed, setTyped] = useState('');
  const finish = run.finish ?? asked.data;
  const lines = finish?.preview.lines ?? [];
  const todo = planned(lines, ticked);
  const online = useAppState()?.connection.state !== 'offline';
  const no = finish === undefined ? null : closeSentence(finish, known);
  const proven = todo.length <= TYPED_FROM || typed.trim() === String(todo.length);
  const able = finish !== undefined && no === null && online;
  const start = () => {
    setPressed(true);
    if (!able || !proven || run.busy || run.result !== null) return;
    void run.start(finish, todo);
  };
  const tick = (index: number, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(index);
    else next.delete(index);
    setTicked(next);
  };
  const done = run.result !== null;
  return (
    <Dialog
      size="wide"
      title={<T id="finish.title" values={{ name, workspace: view.row.name }} />}
      outside={run.busy ? 'stays' : 'closes'}
      onClose={onClose}
      onSubmit={start}
      buttons={
        done ? (
          <Button look="main" onClick={onClose} autoFocus>
            {t('action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} autoFocus>
              {t('finish.not_yet')}
            </Button>
            <Button
              look="main"
              aria-busy={run.busy}
              aria-disabled={!able || undefined}
              onClick={start}
            >
              {t(closes(finish, todo) ? 'finish.action' : 'finish.action_open', {
                n: todo.length,
              })}
            </Button>
          </>
        )
      }
    >
      {finish !== undefined && <Counts finish={finish} />}
      {!online && (
        <p className={styles.waits} role="status">
          {t('review.offline')}
        </p>
      )}
      {no !== null && <ReasonLine sentence={no} tone="waits" />}
      {finish !== undefined && finish.disputed > 0 && !done && (
        <p className={styles.disputed}>{t('finish.disputed', { n: finish.disputed })}</p>
      )}
      {lines.length > 0 && (
        <PlanPreview
          lines={lines}
          ticked={ticked}
          onTick={tick}
          {...(run.result === null ? {} : { results: resultsOf(finish, run.result) })}
        />
      )}
      {finish !== undefined && lines.length === 0 && <p>{t('finish.nothing')}</p>}
      {todo.length > TYPED_FROM && !done && (
        <TextField
          label={t('end.type_number', { n: todo.length })}
          inputMode="numeric"
          value={typed}
          error={pressed && !proven ? t('end.type_number', { n: todo.length }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {run.result !== null && <Closed result={run.result} name={name} />}
      {run.failed !== null && <FailureLine failure={asFailure(run.failed)} />}
      {asked.error !== null && <FailureLine failure={asFailure(asked.error)} />}
    </Dialog>
  );
}

// Lines that keep it open are no reason not to do the others; anything else is.
function closeSentence(finish: ReviewFinish, known: ReturnType<typeof useKnown>) {
  const { close } = finish;
  if (close.verdict === 'refused' && close.reason.code === 'review.unfinished') return null;
  return verdictSentence(close, known);
}

/** Whether carrying out these lines leaves nothing that keeps the review open. */
function closes(finish: ReviewFinish | undefined, todo: readonly number[]): boolean {
  if (finish === undefined || finish.disputed > 0) return false;
  return finish.preview.lines.every(
    (line: PlanLine, index) => todo.includes(index) || line.verdict.verdict === 'no_op',
  );
}

function Counts({ finish }: { finish: ReviewFinish }) {
  const parts = [
    t('finish.kept', { n: finish.kept, shown: count(finish.kept) }),
    t('finish.changed', { n: finish.changed, shown: count(finish.changed) }),
    t('finish.removed', { n: finish.removed, shown: count(finish.removed) }),
    t('finish.not_reviewed', { n: finish.not_reviewed, shown: count(finish.not_reviewed) }),
  ];
  if (finish.suspended > 0) parts.push(t('finish.suspended', { n: finish.suspended }));
  if (finish.done > 0) parts.push(t('finish.done', { n: finish.done }));
  return (
    <p className={styles.strong} data-testid="finish-counts">
      {parts.join(' · ')}
    </p>
  );
}

function resultsOf(finish: ReviewFinish | undefined, result: ReviewResult): (Answer | null)[] {
  const by = new Map(result.lines.map((one) => [one.membership, one.result]));
  return (finish?.memberships ?? []).map((one) => by.get(one) ?? null);
}

function Closed({ result, name }: { result: ReviewResult; name: string }) {
  if (result.closed !== null && isTaken(result.closed)) {
    return (
      <p role="status" className={styles.strong}>
        <T id="finish.closed" values={{ name }} />
      </p>
    );
  }
  return (
    <>
      <p role="status" className={styles.disputed}>
        {t('finish.stays_open', { n: result.open })}
      </p>
      {result.closed !== null && <AnswerLine answer={result.closed} known={{ name }} />}
    </>
  );
}

function useRun(review: ReviewView) {
  const backend = useBackend();
  const notify = useNotify();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  // What was carried out stays as it was shown, though the people are different by then.
  const [finish, setFinish] = useState<ReviewFinish | undefined>(undefined);
  const [result, setResult] = useState<ReviewResult | null>(null);
  const start = async (shown: ReviewFinish, todo: readonly number[]) => {
    setBusy(true);
    setFailed(null);
    setFinish(shown);
    const { workspace, id } = review.row;
    const lines = todo.flatMap((index) => shown.memberships[index] ?? []);
    try {
      setResult(await backend.reviewCarryOut(workspace, id, lines));
      // A decision that was told with Undo is past that once the review is closed.
      notify(null);
    } catch (thrown) {
      setFailed(thrown);
      setFinish(undefined);
    }
    setBusy(false);
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    void client.invalidateQueries({ queryKey: keys.across });
    void client.invalidateQueries({ queryKey: keys.pending });
  };
  return { busy, failed, finish, result, start };
}
