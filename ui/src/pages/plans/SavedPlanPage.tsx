// One plan that is kept: everything in it checked anew, what has changed since it was kept, what
// is left to do and what became of the rest (ui.md 4.9).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { readAgain, savedPlanQuery } from '../../app/planState.ts';
import { usePlanRun } from '../../app/usePlanRun.ts';
import { asFailure } from '../../backend/failure.ts';
import type {
  Failure,
  PlanDrift,
  SavedLineState,
  SavedPlanLine,
  SavedPlanView,
} from '../../backend/types.ts';
import { permissions, roles, whole } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { PlanPreview, planned } from '../../parts/PlanPreview.tsx';
import { FailureLine, ReasonLine, reasonSentence, useKnown } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { TextField } from '../../primitives/Field.tsx';
import { CopyText } from '../history/CopyText.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { NothingTicked, Receipt } from './PlanDesk.tsx';
import styles from './plans.module.css';
import { useDeletePlan } from './SavedPlansPage.tsx';

const route = getRouteApi(ROUTES.plan);

// Above this the number is typed (ui.md 7.1).
const TYPED_FROM = 50;

export function SavedPlanPage() {
  const n = Number(route.useParams().plan);
  const backend = useBackend();
  const { data, error } = useQuery({
    ...savedPlanQuery(backend, n),
    refetchOnMount: 'always',
  });
  if (error !== null && asFailure(error).code === 'not_found') return <NotAvailable />;
  if (error !== null) {
    return (
      <div className={page.failure}>
        <FailureLine failure={asFailure(error)} />
      </div>
    );
  }
  return data === undefined ? null : <SavedPlan key={n} plan={data} />;
}

/** Whether a line can still be carried out. */
function isOpen(line: SavedPlanLine): boolean {
  return line.state.state === 'open' || line.state.state === 'refused';
}

function SavedPlan({ plan }: { plan: SavedPlanView }) {
  const remove = useDeletePlan();
  const navigate = useNavigate();
  const over = plan.lines.filter((line) => !isOpen(line));
  const name = plan.name || t('plans.untold_name');
  const known = useKnown();
  const copied = () =>
    plan.lines
      .map((line) =>
        [
          line.now.name,
          line.now.workspace_name,
          t(`plan.act.${line.now.act}`),
          line.now.to.length === 0 ? '' : roles(line.now.to, known),
          t(`plans.state.${line.state.state}`),
        ].join('\t'),
      )
      .join('\n');
  return (
    <div className={page.body}>
      <PageHead
        title={<bdi>{name}</bdi>}
        summary={
          <span title={whole(plan.made)}>
            {t('plans.progress', { done: over.length, total: plan.lines.length })}
          </span>
        }
      >
        <CopyText text={copied} />
        <Button
          onClick={() =>
            void remove(plan).then(() => navigate({ ...paths.plans(), replace: true }))
          }
        >
          {t('plans.delete')}
        </Button>
      </PageHead>
      <p className={page.line}>
        <Link {...paths.plans()}>{t('plans.back')}</Link>
      </p>
      <div className={page.scroll}>
        <LeftToDo plan={plan} />
        <Over lines={over} />
        <Rename key={plan.name} plan={plan} />
      </div>
    </div>
  );
}

function LeftToDo({ plan }: { plan: SavedPlanView }) {
  const backend = useBackend();
  const client = useQueryClient();
  const run = usePlanRun(() => readAgain(client));
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  // Ticks are of what is seen now: what has changed since is ticked anew (R16).
  const [ticks, setTicks] = useState<{ of: unknown; lines: ReadonlySet<number> }>({
    of: null,
    lines: new Set(),
  });
  const ticked = ticks.of === plan ? ticks.lines : new Set<number>();
  const open = plan.lines.filter(isOpen);
  // While it runs and afterwards, what was shown stays.
  const [shown, setShown] = useState<readonly SavedPlanLine[] | null>(null);
  const lines = shown ?? open;
  const now = lines.map((line) => line.now);
  const todo = run.todo ?? planned(now, ticked);
  const proven = todo.length <= TYPED_FROM || typed.trim() === String(todo.length);
  const finished = run.results !== null && run.done === null;
  const start = async () => {
    setAsked(true);
    if (todo.length === 0 || !proven || run.results !== null) return;
    setShown(open);
    await run.startBy(now, todo, async (index) => {
      const line = open[index];
      return line === undefined ? null : backend.runSavedLine(plan.n, line.line);
    });
  };
  const again = () => {
    run.reset();
    setShown(null);
    setAsked(false);
    readAgain(client);
  };
  const drop = async (line: SavedPlanLine) => {
    setFailure(null);
    try {
      await backend.dropSavedLine(plan.n, line.line);
      readAgain(client);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const tick = (index: number, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(index);
    else next.delete(index);
    setTicks({ of: plan, lines: next });
  };
  if (lines.length === 0) return <p role="status">{t('plans.all_done')}</p>;
  return (
    <Section
      title={t(finished ? 'leaver.receipt' : 'plans.left')}
      help={finished ? undefined : t('plans.left_help')}
    >
      <PlanPreview
        lines={now}
        ticked={ticked}
        onTick={tick}
        across
        note={(index) => {
          const line = lines[index];
          if (line === undefined || run.results !== null) return null;
          return <Note line={line} onDrop={() => void drop(line)} />;
        }}
        {...(finished && run.results !== null ? { results: run.results } : {})}
      />
      {failure !== null && <FailureLine failure={failure} />}
      {asked && todo.length === 0 && <NothingTicked lines={now} />}
      {todo.length > TYPED_FROM && run.results === null && (
        <TextField
          label={t('end.type_number', { n: todo.length })}
          inputMode="numeric"
          value={typed}
          error={asked && !proven ? t('end.type_number', { n: todo.length }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {run.done !== null && (
        <p role="status">{t('plan.progress', { done: run.done, total: todo.length })}</p>
      )}
      <div className={styles.actions}>
        {run.done !== null && <Button onClick={run.stop}>{t('plan.stop')}</Button>}
        {run.results === null && (
          <Button
            look="main"
            aria-disabled={todo.length === 0 || undefined}
            onClick={() => void start()}
          >
            {t('plans.do', { n: todo.length })}
          </Button>
        )}
        {finished && <Button onClick={again}>{t('leaver.again')}</Button>}
      </div>
      {finished && <Receipt results={(run.results ?? []).filter((_, at) => todo.includes(at))} />}
    </Section>
  );
}

/** What has changed since a line was kept, why it was refused, and taking it out. */
function Note({ line, onDrop }: { line: SavedPlanLine; onDrop: () => void }) {
  const known = useKnown();
  const { state, since, now } = line;
  return (
    <>
      {state.state === 'refused' && (
        <ReasonLine
          sentence={reasonSentence(state.reason, { ...known, name: now.name })}
          tone="quiet"
        />
      )}
      {since !== null && <Drift since={since} />}
      {state.state === 'open' && (
        <span>
          <Button
            look="link"
            aria-label={t('plans.drop_of', { name: now.name, workspace: now.workspace_name })}
            onClick={onDrop}
          >
            {t('plans.drop')}
          </Button>
        </span>
      )}
    </>
  );
}

function Drift({ since }: { since: PlanDrift }) {
  const known = useKnown();
  return (
    <span className={styles.warn} data-testid="drift">
      {[
        since.was === null ? null : t(`plans.was.${since.was}`),
        since.from === null
          ? null
          : since.from.length === 0
            ? t('plans.from_none')
            : t('plans.from', { list: roles(since.from, known) }),
        since.more.length === 0 ? null : t('plans.more', { list: permissions(since.more) }),
      ]
        .filter((part) => part !== null)
        .join(' ')}
    </span>
  );
}

const OVER: readonly SavedLineState['state'][] = [
  'done',
  'already_so',
  'waiting',
  'past',
  'untold',
  'unknown',
];

/** What became of the lines that are over, and those of which nothing can be told. */
function Over({ lines }: { lines: readonly SavedPlanLine[] }) {
  const known = useKnown();
  return OVER.filter((state) => lines.some((line) => line.state.state === state)).map((state) => {
    const these = lines.filter((line) => line.state.state === state);
    return (
      <Section
        key={state}
        title={t(`plans.state.${state}`)}
        help={t('plans.lines', { n: these.length })}
      >
        {state !== 'untold' && state !== 'unknown' && (
          <ul className={styles.over} data-testid={`plan-${state}`}>
            {these.map((line) => (
              <li key={line.line}>
                <bdi className={styles.planName}>{line.now.name}</bdi>
                <bdi className={styles.quiet}>{line.now.workspace_name}</bdi>
                <span>
                  {t(`plan.act.${line.now.act}`)}
                  {line.now.to.length > 0 && ` · ${roles(line.now.to, known)}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    );
  });
}

function Rename({ plan }: { plan: SavedPlanView }) {
  const backend = useBackend();
  const client = useQueryClient();
  const [name, setName] = useState(plan.name);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asked, setAsked] = useState(false);
  const missing = asked && name.trim() === '' ? t('plans.name_missing') : undefined;
  const rename = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === '' || name.trim() === plan.name) return;
    setFailure(null);
    try {
      await backend.renameSavedPlan(plan.n, name);
      readAgain(client);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return (
    <Section title={<T id="plans.rename" />}>
      <form className={styles.rename} onSubmit={(event) => void rename(event)}>
        <TextField
          label={t('plans.name')}
          value={name}
          maxLength={200}
          error={missing}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit">{t('plans.rename_do')}</Button>
      </form>
      {failure !== null && <FailureLine failure={failure} />}
    </Section>
  );
}
