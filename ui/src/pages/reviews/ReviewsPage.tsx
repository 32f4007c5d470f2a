// Access reviews (ui.md 5.8): the open ones first. One alone opens directly.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useActiveView, useIsMissing } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { reviewsQuery } from '../../app/reviewState.ts';
import type { ReviewsSearch } from '../../app/searches.ts';
import { asFailure } from '../../backend/failure.ts';
import type { ReviewList, ReviewRow, WorkspaceView } from '../../backend/types.ts';
import { date } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import member from '../../parts/member.module.css';
import { FailureLine, VerdictButton } from '../../parts/Reason.tsx';
import { Roster } from '../../parts/Roster.tsx';
import { RowMenu } from '../../parts/RowMenu.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { reviewsColumns } from './reviewColumns.tsx';
import { reviewState } from './reviewWords.ts';
import { StartReview } from './StartReview.tsx';

const route = getRouteApi(ROUTES.reviews);

export function ReviewsPage() {
  const { workspace } = route.useParams();
  const view = useActiveView();
  const missing = useIsMissing();
  if (missing) return <NotAvailable />;
  if (view === undefined || view.row.id !== workspace) return null;
  if (!view.permissions.includes('review.run')) return <NotAvailable />;
  return <Reviews key={workspace} view={view} />;
}

function Reviews({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const navigate = useNavigate();
  const search = route.useSearch();
  const id = view.row.id;
  const across = search.across === true;
  const { data, error, isFetching } = useQuery(reviewsQuery(backend, across ? null : id));
  const set = (change: ReviewsSearch) =>
    void navigate({ ...paths.reviews(id, change), replace: true });
  // What is known from before may be old, so nothing is opened by it.
  const only = data?.rows.length === 1 && !isFetching ? data.rows[0] : undefined;
  // Nothing to choose from: the one is opened, unless the list itself was asked for.
  if (only !== undefined && search.all !== true && !across && search.start !== true) {
    return <Navigate {...paths.review(only.workspace, only.id)} replace />;
  }
  const shown: ReviewsSearch = { all: true, ...(across ? { across: true } : {}) };
  return (
    <div className={page.body}>
      <PageHead title={t('nav.reviews')} summary={data !== undefined && <Summary list={data} />}>
        {data !== undefined && data.rows.length > 0 && view.permissions.includes('export.run') && (
          <ExportButton table={{ table: 'reviews', workspace: across ? null : id }} />
        )}
        {data !== undefined && data.rows.length > 0 && (
          <StartButton list={data} onPress={() => set({ ...shown, start: true })} />
        )}
      </PageHead>
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      <div className={member.filters}>
        <button
          type="button"
          className={member.chip}
          aria-pressed={!across}
          onClick={() => set({ all: true })}
        >
          <bdi>{view.row.name}</bdi>
        </button>
        <button
          type="button"
          className={member.chip}
          aria-pressed={across}
          onClick={() => set({ all: true, across: true })}
        >
          {t('reviews.across')}
        </button>
      </div>
      {data !== undefined && data.rows.length === 0 ? (
        <Empty list={data} onStart={() => set({ ...shown, start: true })} />
      ) : (
        <List rows={data?.rows ?? []} across={across} loaded={data !== undefined} />
      )}
      {search.start === true && <StartReview view={view} onClose={() => set(shown)} />}
    </div>
  );
}

function Summary({ list }: { list: ReviewList }) {
  const open = list.rows.filter((row) => row.closed === null).length;
  const parts = [t('reviews.open', { n: open })];
  if (list.next_due !== null) {
    const past = list.next_due < Date.now();
    parts.push(t(past ? 'reviews.next_over' : 'reviews.next', { date: date(list.next_due) }));
  }
  return <>{parts.join(' · ')}</>;
}

function StartButton({ list, onPress }: { list: ReviewList; onPress: () => void }) {
  return (
    <VerdictButton look="main" icon={ClipboardCheck} verdict={list.start} onPress={onPress}>
      {t('reviews.start')}
    </VerdictButton>
  );
}

function Empty({ list, onStart }: { list: ReviewList; onStart: () => void }) {
  return (
    <div className={page.empty}>
      <p>{t('reviews.empty')}</p>
      <StartButton list={list} onPress={onStart} />
    </div>
  );
}

interface ListProps {
  rows: readonly ReviewRow[];
  across: boolean;
  loaded: boolean;
}

function List({ rows, across, loaded }: ListProps) {
  const navigate = useNavigate();
  const [menu, setMenu] = useState<{ row: ReviewRow; at: Element } | null>(null);
  const columns = useMemo(() => reviewsColumns(across), [across]);
  const open = (row: ReviewRow) => void navigate(paths.review(row.workspace, row.id));
  return (
    <>
      <Roster<ReviewRow>
        label={t('nav.reviews')}
        columns={columns}
        list="reviews"
        total={rows.length}
        row={(index) => rows[index]}
        id={(row) => row.id}
        name={(row) => row.name}
        mark={(row) => (row.pending > 0 ? 'not_sent' : row.disputed > 0 ? 'disputed' : 'none')}
        second={(row) => (
          <>
            <T id="review.progress" values={{ decided: row.decided, people: row.people }} /> ·{' '}
            {reviewState(row)}
          </>
        )}
        loaded={loaded}
        look={() => {}}
        onOpen={open}
        onMenu={(row, at) => setMenu({ row, at })}
        copy={(row) => row?.name ?? ''}
        listKey={String(across)}
      />
      {menu !== null && (
        <RowMenu
          at={menu.at}
          name={menu.row.name}
          actions={[{ name: t('reviews.open_one'), run: () => open(menu.row) }]}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}
