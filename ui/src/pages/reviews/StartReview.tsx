// Starting a review: which workspaces, until when, who decides, and what becomes of people whom
// nobody decided about. Starting freezes the list, so it needs a connection.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { labelsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { paths } from '../../app/paths.ts';
import { reviewsQuery } from '../../app/reviewState.ts';
import { useAppState, workspaceFilter } from '../../app/state.ts';
import { type Answer, isTaken } from '../../app/useSubmit.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Undecided, WorkspaceRow, WorkspaceView } from '../../backend/types.ts';
import { time } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { FailureLine, ReasonLine } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Choice } from '../../primitives/Choice.tsx';
import { DateParts, endOfDay, type Parts, partsOf } from '../../primitives/DateParts.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { Select, TextField } from '../../primitives/Field.tsx';
import { everyWorkspace } from '../workspaces/everyWorkspace.ts';
import { type Chosen, ReviewersField } from './ReviewersField.tsx';
import styles from './reviews.module.css';

type Scope = 'here' | 'label' | 'account' | 'all';

const SCOPES: readonly Scope[] = ['here', 'label', 'account', 'all'];
const UNDECIDED: readonly Undecided[] = ['leave', 'suspend'];
// What counts as unused. The rules take any number of days in between.
const USUAL_DAYS = 90;
const UNUSED: readonly number[] = [30, 60, USUAL_DAYS, 180, 365];
const TWO_WEEKS = 14 * 86_400_000;

function usualName(now: number): string {
  const date = new Date(now);
  const quarter = Math.floor(date.getMonth() / 3) + 1;
  return t('start.usual_name', { quarter, year: String(date.getFullYear()) });
}

interface Draft {
  scope: Scope;
  label: string;
  name: string;
  due: Parts;
  undecided: Undecided;
  unused: number;
  reviewers: Chosen[];
}

function useDraft() {
  const me = useAppState()?.me;
  const [draft, setDraft] = useState<Draft>(() => ({
    scope: 'here',
    label: '',
    name: usualName(Date.now()),
    due: partsOf(Date.now() + TWO_WEEKS),
    undecided: 'leave',
    unused: USUAL_DAYS,
    reviewers: me == null ? [] : [{ login: me.id, name: me.name }],
  }));
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return { draft, change };
}

/**
 * The workspaces of a scope in which I may start one. Personal ones have nobody but their owner to
 * ask about.
 */
function useScope(view: WorkspaceView, draft: Draft) {
  const backend = useBackend();
  const label = draft.scope === 'label' ? draft.label : null;
  const account = draft.scope === 'account' ? view.row.account : null;
  const filter = workspaceFilter({ label, account, hidden: true });
  const every = useQuery({
    queryKey: keys.workspacesAll(filter),
    queryFn: () => everyWorkspace(backend, filter),
    enabled: draft.scope !== 'here' && (draft.scope !== 'label' || draft.label !== ''),
  });
  const may = useQuery({ ...reviewsQuery(backend, null), enabled: draft.scope !== 'here' });
  if (draft.scope === 'here') return [view.row];
  if (draft.scope === 'label' && draft.label === '') return [];
  const startable = new Set(may.data?.startable);
  return (every.data ?? []).filter((row) => row.kind === 'standard' && startable.has(row.id));
}

export function StartReview({ view, onClose }: { view: WorkspaceView; onClose: () => void }) {
  const { draft, change } = useDraft();
  const [asked, setAsked] = useState(false);
  const places = useScope(view, draft);
  const due = endOfDay(draft.due);
  const late = due === null || due <= Date.now();
  const run = useStart();
  const online = useAppState()?.connection.state !== 'offline';
  const ready =
    places.length > 0 && draft.name.trim() !== '' && !late && draft.reviewers.length > 0;
  const start = () => {
    setAsked(true);
    if (!ready || due === null || run.since !== null || !online) return;
    const form = {
      name: draft.name.trim(),
      due,
      undecided: draft.undecided,
      quiet_days: draft.unused,
      reviewers: draft.reviewers.map((r) => r.login),
    };
    void run.start(places, form, onClose);
  };
  const tells = run.since !== null || run.failed !== null || run.answer !== null;
  if (run.results !== null) return <Started {...run.results} onClose={onClose} />;
  return (
    <Dialog
      title={t('start.title')}
      size="wide"
      outside="stays"
      onClose={onClose}
      onSubmit={start}
      note={tells && <Run run={run} n={places.length} name={draft.name} />}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            look="main"
            type="submit"
            aria-busy={run.since !== null}
            aria-disabled={!online || undefined}
          >
            {t('start.action', { n: places.length })}
          </Button>
        </>
      }
    >
      <p>{t('start.effect')}</p>
      {!online && (
        <ReasonLine
          sentence={{
            id: 'offline.online_only',
            values: { action: t('start.as_action') },
            rule: null,
          }}
          tone="waits"
        />
      )}
      <ScopeFields view={view} draft={draft} change={change} asked={asked} n={places.length} />
      <TextField
        label={t('start.name')}
        value={draft.name}
        error={asked && draft.name.trim() === '' ? t('start.name_missing') : undefined}
        onChange={(event) => change({ name: event.target.value })}
      />
      <DateParts
        label={t('start.due')}
        value={draft.due}
        error={asked && late ? t('review.due') : undefined}
        onChange={(next) => change({ due: next })}
      />
      <ReviewersField
        workspace={view.row.id}
        chosen={draft.reviewers}
        missing={asked}
        onChange={(reviewers) => change({ reviewers })}
      />
      {draft.reviewers.length === 1 && <p className={styles.quiet}>{t('start.alone')}</p>}
      <Select
        label={t('start.unused')}
        help={t('start.unused.help')}
        value={draft.unused}
        onChange={(event) => change({ unused: Number(event.target.value) })}
      >
        {UNUSED.map((n) => (
          <option key={n} value={n}>
            {t('start.unused.days', { n })}
          </option>
        ))}
      </Select>
      <Choice
        label={t('start.undecided')}
        many={false}
        items={UNDECIDED.map((one) => ({
          value: one,
          name: t(`start.undecided.${one}`),
          help: t(`start.undecided.${one}.help`),
        }))}
        chosen={[draft.undecided]}
        onChange={([one]) => change({ undecided: one === 'suspend' ? 'suspend' : 'leave' })}
      />
    </Dialog>
  );
}

interface RunProps {
  run: ReturnType<typeof useStart>;
  /** How many lists are taken. */
  n: number;
  name: string;
}

// What is being done, or why it was not: above the buttons, where it is seen however far the
// form is scrolled.
function Run({ run, n, name }: RunProps) {
  return (
    <>
      {run.since !== null && (
        <p className={styles.freezing} role="status">
          {t('start.freezing', { n, time: time(run.since) })}
          <progress className={styles.progress} aria-label={t('start.title')} />
        </p>
      )}
      {run.failed !== null && <FailureLine failure={asFailure(run.failed)} />}
      {run.answer !== null && <AnswerLine answer={run.answer} known={{ name }} />}
    </>
  );
}

interface ScopeProps {
  view: WorkspaceView;
  draft: Draft;
  asked: boolean;
  /** How many workspaces it comes to. */
  n: number;
  change: (part: Partial<Draft>) => void;
}

function ScopeFields({ view, draft, asked, n, change }: ScopeProps) {
  const backend = useBackend();
  const labels = useQuery(labelsQuery(backend)).data ?? [];
  const offered = SCOPES.filter((one) => one !== 'label' || labels.length > 0);
  return (
    <>
      <Choice
        label={t('start.scope')}
        many={false}
        items={offered.map((one) => ({
          value: one,
          name: (
            <T
              id={`start.scope.${one}`}
              values={{ workspace: view.row.name, account: view.row.account_name }}
            />
          ),
        }))}
        chosen={[draft.scope]}
        onChange={([one]) => change({ scope: SCOPES.find((known) => known === one) ?? 'here' })}
      />
      {draft.scope === 'label' && (
        <Select
          label={t('start.label')}
          value={draft.label}
          error={asked && draft.label === '' ? t('start.label_missing') : undefined}
          onChange={(event) => change({ label: event.target.value })}
        >
          <option value="">{t('start.label_none')}</option>
          {labels.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
      )}
      {draft.scope !== 'here' && n > 0 && (
        <p className={styles.quiet}>{t('start.several', { n })}</p>
      )}
      {asked && n === 0 && (draft.scope !== 'label' || draft.label !== '') && (
        <p className={styles.disputed}>{t('start.nowhere')}</p>
      )}
    </>
  );
}

interface Results {
  places: readonly WorkspaceRow[];
  answers: readonly Answer[];
}

interface Form {
  name: string;
  due: number;
  undecided: Undecided;
  quiet_days: number;
  reviewers: string[];
}

function useStart() {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  // Since when the lists are being taken.
  const [since, setSince] = useState<number | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [results, setResults] = useState<Results | null>(null);
  const start = async (places: readonly WorkspaceRow[], form: Form, onDone: () => void) => {
    setSince(Date.now());
    setFailed(null);
    try {
      const workspaces = places.map((one) => one.id);
      const answers = await backend.startReviews({ ...form, workspaces });
      void client.invalidateQueries({ queryKey: keys.across });
      for (const id of workspaces) {
        void client.invalidateQueries({ queryKey: keys.workspace(id) });
      }
      const [place, first] = [places[0], answers[0]];
      if (places.length > 1) setResults({ places, answers });
      else if (place !== undefined && first?.result === 'applied' && first.created !== null) {
        await navigate(paths.review(place.id, first.created));
      } else if (first !== undefined && isTaken(first)) onDone();
      else setAnswer(first ?? null);
    } catch (thrown) {
      setFailed(thrown);
    }
    setSince(null);
  };
  return { since, failed, answer, results, start };
}

/** What became of each workspace. */
function Started({ places, answers, onClose }: Results & { onClose: () => void }) {
  const taken = answers.filter(isTaken).length;
  const refused = places.flatMap((place, index) => {
    const answer = answers[index];
    return answer === undefined || isTaken(answer) ? [] : [{ place, answer }];
  });
  return (
    <Dialog
      title={t('start.started', { n: taken })}
      size="wide"
      onClose={onClose}
      buttons={
        <Button look="main" onClick={onClose} autoFocus>
          {t('action.close')}
        </Button>
      }
    >
      {refused.length === 0 ? (
        <p>{t('start.started_all')}</p>
      ) : (
        <>
          <p>{t('start.not_started', { n: refused.length })}</p>
          <ul className={styles.results}>
            {refused.map(({ place, answer }) => (
              <li key={place.id}>
                <bdi className={styles.strong}>{place.name}</bdi>
                <AnswerLine answer={answer} known={{ workspace: place.name }} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
