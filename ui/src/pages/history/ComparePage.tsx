// Two moments compared (ui.md 5.10): who joined, who left, whose role changed, with what each
// gained and lost. For one workspace or for all; a person who left and came back stands once.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useActiveView, useIsMissing } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { compareQuery } from '../../app/pastState.ts';
import { paths, ROUTES } from '../../app/paths.ts';
import { reviewsQuery } from '../../app/reviewState.ts';
import type { CompareSearch } from '../../app/searches.ts';
import { useAppState } from '../../app/state.ts';
import { asFailure } from '../../backend/failure.ts';
import type { WorkspaceView } from '../../backend/types.ts';
import { moment } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { atOf, MomentField, momentOf } from '../../parts/MomentField.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Checkbox } from '../../primitives/Choice.tsx';
import { Select } from '../../primitives/Field.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { Compared, comparedText } from './Compared.tsx';
import { CopyText } from './CopyText.tsx';
import styles from './history.module.css';

const route = getRouteApi(ROUTES.compare);

export function ComparePage() {
  const { workspace } = route.useParams();
  const view = useActiveView();
  const missing = useIsMissing();
  if (missing) return <NotAvailable />;
  if (view === undefined || view.row.id !== workspace) return null;
  if (!view.permissions.includes('audit.view')) return <NotAvailable />;
  return <Compare key={workspace} view={view} />;
}

/** Some months before a moment. */
function before(now: number, months: number): number {
  const date = new Date(now);
  date.setMonth(date.getMonth() - months);
  return date.getTime();
}

function Compare({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const navigate = useNavigate();
  const search = route.useSearch();
  // One moment for the whole visit, so that the question stays the same.
  const [now] = useState(() => Date.now());
  const id = view.row.id;
  const from = search.from ?? before(now, 1);
  const to = search.to ?? now;
  const all = search.all === true;
  const question = {
    workspace: all ? null : id,
    from,
    to,
    include_unsent: search.sent !== true,
    include_unchanged: search.same === true,
  };
  const asked = useQuery({ ...compareQuery(backend, question), enabled: from < to });
  const set = (change: { [K in keyof CompareSearch]?: CompareSearch[K] | undefined }) => {
    const next = { ...search, ...change } as CompareSearch;
    void navigate({ ...paths.compare(id, next), replace: true });
  };
  const { data, error } = asked;
  return (
    <div className={page.body}>
      <PageHead title={t('nav.compare')}>
        {!all && (
          <Button onClick={() => void navigate(paths.revert(id, { at: from }))}>
            {t('revert.open', { time: moment(from) })}
          </Button>
        )}
        {data !== undefined && <CopyText text={() => comparedText(data)} />}
        {data !== undefined && view.permissions.includes('export.run') && (
          <ExportButton table={{ table: 'compare', question }} />
        )}
      </PageHead>
      <Asked key={`${from} ${to}`} now={now} from={from} to={to} onChange={set}>
        <Select
          label={t('compare.where')}
          value={all ? 'all' : 'here'}
          onChange={(event) => set({ all: event.target.value === 'all' ? true : undefined })}
        >
          <option value="here">{view.row.name}</option>
          <option value="all">{t('compare.everywhere')}</option>
        </Select>
      </Asked>
      <Quick view={view} now={now} onChange={(start) => set({ from: start, to: undefined })} />
      {data !== undefined && data.unsent > 0 && (
        <div className={page.line}>
          <Checkbox
            checked={search.sent !== true}
            onChange={(on) => set({ sent: on ? undefined : true })}
          >
            {t('compare.unsent', { n: data.unsent })}
          </Checkbox>
        </div>
      )}
      {data?.complete === false && <p className={page.line}>{t('compare.incomplete')}</p>}
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      <div className={page.scroll}>
        {data === undefined && asked.isFetching && (
          <p role="status" className={styles.quiet}>
            {t('compare.loading')}
          </p>
        )}
        {data !== undefined && (
          <Compared
            view={data}
            from={from}
            same={search.same === true}
            onSame={(on) => set({ same: on ? true : undefined })}
          />
        )}
      </div>
    </div>
  );
}

interface AskedProps {
  now: number;
  from: number;
  to: number;
  onChange: (change: { from?: number | undefined; to?: number | undefined }) => void;
  children: React.ReactNode;
}

// The typed moments count once they are whole; a moment after the last contact is not known.
function Asked({ now, from, to, onChange, children }: AskedProps) {
  const last = useAppState()?.connection.last_contact ?? now;
  const offline = useAppState()?.connection.state === 'offline';
  const [first, setFirst] = useState(momentOf(from));
  const [second, setSecond] = useState(momentOf(to));
  const [tried, setTried] = useState(false);
  const [start, end] = [atOf(first), atOf(second)];
  const latest = offline ? last : now;
  // The parts of a moment are whole minutes.
  const late = end !== null && end > latest + 60_000;
  const wrong = start === null || end === null || start >= end;
  const apply = () => {
    setTried(true);
    if (wrong || late) return;
    onChange({ from: start, to: end });
  };
  const error = (bad: boolean, id: string) => (tried && bad ? t(id) : undefined);
  return (
    <form
      className={styles.asked}
      aria-label={t('compare.label')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <MomentField
        label={t('compare.from')}
        value={first}
        error={error(start === null || (end !== null && wrong), 'compare.wrong')}
        onChange={setFirst}
      />
      <MomentField
        label={t('compare.with')}
        value={second}
        error={error(
          late || end === null,
          late && offline ? 'compare.after_contact' : 'compare.future',
        )}
        onChange={setSecond}
      />
      {children}
      <Button type="submit">{t('compare.do')}</Button>
    </form>
  );
}

interface QuickProps {
  view: WorkspaceView;
  now: number;
  onChange: (from: number) => void;
}

function Quick({ view, now, onChange }: QuickProps) {
  const backend = useBackend();
  const reviews = useQuery({
    ...reviewsQuery(backend, view.row.id),
    enabled: view.permissions.includes('review.run'),
  });
  const closed = (reviews.data?.rows ?? []).flatMap((row) => row.closed ?? []);
  return (
    <fieldset className={styles.quick}>
      <legend className="visually-hidden">{t('compare.quick')}</legend>
      {closed.length > 0 && (
        <Button look="quiet" onClick={() => onChange(Math.max(...closed))}>
          {t('compare.since_review')}
        </Button>
      )}
      {([1, 3, 12] as const).map((months) => (
        <Button key={months} look="quiet" onClick={() => onChange(before(now, months))}>
          {t(`compare.months.${months}`)}
        </Button>
      ))}
    </fieldset>
  );
}
