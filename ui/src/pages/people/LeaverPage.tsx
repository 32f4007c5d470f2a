// Removing somebody from everywhere (ui.md 5.15): the plan with its blockers, which are solved
// first; then line after line, stoppable; then a receipt that can be copied. The run is kept as a
// plan before it begins, so that one that broke off goes on and its receipt stays; what is left
// to do is also always worked out anew from where the person still is.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { personQuery } from '../../app/pastState.ts';
import { paths, ROUTES } from '../../app/paths.ts';
import { useAppState } from '../../app/state.ts';
import { usePlanRun } from '../../app/usePlanRun.ts';
import { type Answer, isTaken } from '../../app/useSubmit.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Failure, Intent, PersonOverview } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { PlanPreview, planGroup, planned } from '../../parts/PlanPreview.tsx';
import { FailureLine, KnownValues, ReasonLine, useKnown } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { TextField } from '../../primitives/Field.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import styles from './people.module.css';
import { rowName } from './peopleWords.ts';

const route = getRouteApi(ROUTES.leaver);

// Above this the number is typed (ui.md 7.1).
const TYPED_FROM = 50;

interface Ticks {
  where: string;
  lines: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

export function LeaverPage() {
  const { login } = route.useParams();
  return <Asked key={login} login={login} />;
}

function Asked({ login }: { login: string }) {
  const backend = useBackend();
  const { data, error } = useQuery(personQuery(backend, login));
  const gone = error !== null && asFailure(error).code === 'not_found';
  // Whoever was removed from everywhere is nobody to be seen, and the receipt stays.
  const [seen, setSeen] = useState<PersonOverview | undefined>(data);
  if (data !== undefined && !gone && data !== seen) setSeen(data);
  const person = gone && seen !== undefined ? { ...seen, places: [], admin_of: [] } : data;
  if (gone && seen === undefined) return <NotAvailable />;
  if (error !== null && !gone) {
    return (
      <div className={page.failure}>
        <FailureLine failure={asFailure(error)} />
      </div>
    );
  }
  if (person === undefined) return null;
  if (person.is_me) return <NotAvailable />;
  return <Leaver person={person} />;
}

/** What ends: every membership, then every adminship. */
function intentsOf(person: PersonOverview, reason: string | null): Intent[] {
  const removals = person.places.map(
    (place): Intent => ({
      intent: 'remove',
      workspace: place.workspace,
      member: place.membership,
      reason,
    }),
  );
  const admins = person.admin_of.map(
    (one): Intent => ({ intent: 'remove_admin', account: one.account, login: person.login }),
  );
  return [...removals, ...admins];
}

function Leaver({ person }: { person: PersonOverview }) {
  const backend = useBackend();
  const name = rowName(person);
  const known = useKnown({ name });
  const offline = useAppState()?.connection.state === 'offline';
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const [ticks, setTicks] = useState<Ticks>({ where: '', lines: new Set() });
  const [kept, setKept] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const navigate = useNavigate();
  const run = useRun(person);
  const intents = intentsOf(person, reason.trim() || null);
  const where = person.places.map((one) => one.membership).join();
  // A tick is about one line, and lines move when a place goes or comes.
  const ticked = ticks.where === where ? ticks.lines : NONE;
  const plan = useQuery({
    queryKey: [...keys.person(person.login), 'leaver', where, person.admin_of.length],
    queryFn: () => backend.plan(intents),
    enabled: intents.length > 0,
    refetchOnMount: 'always',
  });
  const lines = run.lines ?? (intents.length === 0 ? [] : plan.data?.lines);
  const todo = run.todo ?? (lines === undefined ? [] : planned(lines, ticked));
  const proven = todo.length <= TYPED_FROM || typed.trim() === String(todo.length);
  const keep = async () => {
    setFailure(null);
    try {
      const called = t('leaver.title', { name });
      const n = await backend.savePlan({ name: called, source: 'leaver', intents });
      setKept(n);
      return n;
    } catch (thrown) {
      setFailure(asFailure(thrown));
      return null;
    }
  };
  const tick = (index: number, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(index);
    else next.delete(index);
    setTicks({ where, lines: next });
  };
  const save = async () => {
    const n = await keep();
    if (n !== null) void navigate(paths.plan(n));
  };
  const start = async () => {
    setAsked(true);
    if (lines === undefined || todo.length === 0 || !proven || run.results !== null) return;
    const n = await keep();
    if (n === null) return;
    await run.startBy(lines, todo, (line) => backend.runSavedLine(n, line));
  };
  const blocked = lines?.filter((line) => planGroup(line) === 'blocked').length ?? 0;
  const finished = run.results !== null && run.done === null;
  return (
    <KnownValues values={known}>
      <div className={page.body}>
        <PageHead
          title={<T id="leaver.title" values={{ name }} />}
          summary={person.addresses.join(', ')}
        />
        <p className={page.line}>
          <Link {...paths.person(person.login)}>{t('leaver.back', { name })}</Link>
        </p>
        <div className={page.scroll}>
          {intents.length === 0 && run.results === null && (
            <p>
              <T id="leaver.nowhere" values={{ name }} />
            </p>
          )}
          {plan.isError && <FailureLine failure={asFailure(plan.error)} />}
          {lines !== undefined && lines.length > 0 && (
            <Section
              title={t(finished ? 'leaver.receipt' : 'leaver.plan')}
              help={finished ? undefined : t('leaver.help', { name })}
            >
              {!finished && offline && (
                <ReasonLine
                  sentence={{ id: 'offline.remove', values: known, rule: null }}
                  tone="waits"
                />
              )}
              {!finished && blocked > 0 && (
                <p className={styles.warn}>{t('leaver.blocked', { n: blocked })}</p>
              )}
              <PlanPreview
                lines={lines}
                across
                ticked={ticked}
                onTick={tick}
                {...(finished && run.results !== null ? { results: run.results } : {})}
              />
              {run.results === null && (
                <TextField
                  label={t('field.reason')}
                  help={t('leaver.reason_help')}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
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
              {run.done !== null && (
                <p role="status">{t('plan.progress', { done: run.done, total: todo.length })}</p>
              )}
              <div className={styles.actions}>
                {run.done !== null && <Button onClick={run.stop}>{t('plan.stop')}</Button>}
                {run.results === null && (
                  <Button onClick={() => void save()}>{t('plan.save')}</Button>
                )}
                {run.results === null && (
                  <Button
                    look="danger"
                    aria-disabled={todo.length === 0 || undefined}
                    onClick={() => void start()}
                  >
                    {t('leaver.action', { n: todo.length, name })}
                  </Button>
                )}
                {finished && <Button onClick={run.again}>{t('leaver.again')}</Button>}
              </div>
              {failure !== null && <FailureLine failure={failure} />}
              {finished && <Receipt name={name} results={run.results ?? []} />}
              {finished && kept !== null && (
                <Link {...paths.plan(kept)}>{t('plans.open_kept')}</Link>
              )}
            </Section>
          )}
        </div>
      </div>
    </KnownValues>
  );
}

function Receipt({ name, results }: { name: string; results: readonly (Answer | null)[] }) {
  const taken = results.filter((one) => one !== null && isTaken(one)).length;
  const left = results.length - taken;
  return (
    <p role="status" className={left === 0 ? styles.done : styles.warn} data-testid="receipt">
      <T id={left === 0 ? 'leaver.done' : 'leaver.done_some'} values={{ name, n: taken, left }} />
    </p>
  );
}

// Carries the plan out; what it changes is all over the workspaces.
function useRun(person: PersonOverview) {
  const client = useQueryClient();
  const run = usePlanRun(() => {
    void client.invalidateQueries({ queryKey: keys.across });
    void client.invalidateQueries({ queryKey: keys.accounts });
    void client.invalidateQueries({ queryKey: keys.pending });
    for (const place of person.places) {
      void client.invalidateQueries({ queryKey: keys.workspace(place.workspace) });
    }
  });
  const again = () => {
    run.reset();
    void client.invalidateQueries({ queryKey: keys.across });
  };
  return { ...run, again };
}
