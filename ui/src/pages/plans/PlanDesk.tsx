// A plan on the desk: what it would do, what it cannot do and why; kept for another time, or
// carried out. What is carried out is kept first, so that a run that breaks off goes on later
// and its receipt stays (ui.md 4.9, 5.15).

import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { readAgain } from '../../app/planState.ts';
import { usePlanRun } from '../../app/usePlanRun.ts';
import { isTaken } from '../../app/useSubmit.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Failure, MadePlan, PlanGap, PlanLine, PlanSource } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { PlanPreview, planGroup, planned } from '../../parts/PlanPreview.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './plans.module.css';

// Above this the number is typed (ui.md 7.1).
const TYPED_FROM = 50;

interface Props {
  made: MadePlan;
  source: PlanSource;
  /** What it is called as long as nobody calls it something else. */
  name: string;
  /** Said where there is nothing to do. */
  nothing: string;
}

export function PlanDesk({ made, source, name, nothing }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const run = usePlanRun(() => readAgain(client));
  const [called, setCalled] = useState(name);
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const [kept, setKept] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lines = run.lines ?? made.preview.lines;
  const todo = run.todo ?? planned(lines, ticked);
  const proven = todo.length <= TYPED_FROM || typed.trim() === String(todo.length);
  const finished = run.results !== null && run.done === null;
  const keep = async () => {
    setFailure(null);
    try {
      const n = await backend.savePlan({ name: called, source, intents: made.intents });
      readAgain(client);
      return n;
    } catch (thrown) {
      setFailure(asFailure(thrown));
      return null;
    }
  };
  const save = async () => {
    const n = await keep();
    if (n !== null) void navigate(paths.plan(n));
  };
  const start = async () => {
    setAsked(true);
    if (todo.length === 0 || !proven || called.trim() === '' || run.results !== null) return;
    const n = await keep();
    if (n === null) return;
    setKept(n);
    await run.startBy(made.preview.lines, todo, (line) => backend.runSavedLine(n, line));
  };
  const tick = (index: number, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(index);
    else next.delete(index);
    setTicked(next);
  };
  if (made.intents.length === 0 && run.results === null) {
    return (
      <>
        <p role="status">{nothing}</p>
        <Gaps gaps={made.gaps} />
      </>
    );
  }
  return (
    <Section title={t(finished ? 'leaver.receipt' : 'leaver.plan')}>
      <PlanPreview
        lines={lines}
        ticked={ticked}
        onTick={tick}
        {...(finished && run.results !== null ? { results: run.results } : {})}
      />
      <Gaps gaps={made.gaps} />
      {asked && todo.length === 0 && <NothingTicked lines={lines} />}
      {run.results === null && (
        <TextField
          label={t('plans.name')}
          value={called}
          maxLength={200}
          error={asked && called.trim() === '' ? t('plans.name_missing') : undefined}
          onChange={(event) => setCalled(event.target.value)}
        />
      )}
      {todo.length > TYPED_FROM && run.results === null && (
        <TextField
          label={t('end.type_number', { n: todo.length })}
          inputMode="numeric"
          value={typed}
          error={asked && !proven ? t('end.type_number', { n: todo.length }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {failure !== null && <FailureLine failure={failure} />}
      {run.done !== null && (
        <p role="status">{t('plan.progress', { done: run.done, total: todo.length })}</p>
      )}
      <div className={styles.actions}>
        {run.done !== null && <Button onClick={run.stop}>{t('plan.stop')}</Button>}
        {run.results === null && (
          <>
            <Button onClick={() => void save()}>{t('plan.save')}</Button>
            <Button
              look="main"
              aria-disabled={todo.length === 0 || undefined}
              onClick={() => void start()}
            >
              {t('plans.do', { n: todo.length })}
            </Button>
          </>
        )}
      </div>
      {finished && (
        <Receipt results={(run.results ?? []).filter((_, at) => todo.includes(at))}>
          {kept !== null && <Link {...paths.plan(kept)}>{t('plans.open_kept')}</Link>}
        </Receipt>
      )}
    </Section>
  );
}

type Results = NonNullable<ReturnType<typeof usePlanRun>['results']>;

/** How much of what was to be done is done. */
export function Receipt({ results, children }: { results: Results; children?: ReactNode }) {
  const taken = results.filter((one) => one !== null && isTaken(one)).length;
  const left = results.length - taken;
  return (
    <div className={styles.receipt}>
      <p role="status" className={left === 0 ? styles.done : styles.warn} data-testid="receipt">
        {t('plans.receipt', { n: taken, left })}
      </p>
      {children}
    </div>
  );
}

/** Nothing is done that gives more or is asked again, unless it is ticked (R16). */
export function NothingTicked({ lines }: { lines: readonly PlanLine[] }) {
  const waits = lines.some((line) => ['widening', 'grave'].includes(planGroup(line)));
  return <p className={styles.warn}>{t(waits ? 'plan.grave_tick' : 'plans.nothing_able')}</p>;
}

/** What no plan can bring about, with the reason of each. */
export function Gaps({ gaps }: { gaps: readonly PlanGap[] }) {
  if (gaps.length === 0) return null;
  return (
    <section className={styles.gaps} aria-label={t('plans.gaps')} data-testid="gaps">
      <h3 className={styles.gapsHead}>{t('plans.gaps')}</h3>
      <ul>
        {gaps.map((gap) => (
          <li key={`${gap.about} ${gap.why} ${gap.of}`}>
            <T id={`gap.${gap.why}`} values={{ about: gap.about, of: gap.of }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
