// The history (ui.md 5.9): who changed what, newest first, in sentences; what waits to be sent on
// top, refusals in their place. Whether the chain of events is whole is said, never assumed.

import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useActiveView, useIsMissing } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { type HistoryFilter, historyQuery } from '../../app/pastState.ts';
import { paths, ROUTES } from '../../app/paths.ts';
import type { HistorySearch } from '../../app/searches.ts';
import { useWidth } from '../../app/useWidth.ts';
import { asFailure } from '../../backend/failure.ts';
import type { HistoryRow, HistoryPage as Page, WorkspaceView } from '../../backend/types.ts';
import { when } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { FailureLine, KnownValues, useKnown } from '../../parts/Reason.tsx';
import { Roster } from '../../parts/Roster.tsx';
import { RowMenu } from '../../parts/RowMenu.tsx';
import { ownNames } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import members from '../members.module.css';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { ChainLine } from './ChainLine.tsx';
import { CopyText } from './CopyText.tsx';
import { EventPanel } from './EventPanel.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';
import { dayHeading, firstOfDays, historyColumns, historyMark } from './historyColumns.tsx';
import { kindsOf, sentenceText } from './sentences.ts';

const route = getRouteApi(ROUTES.history);

export function HistoryPage() {
  const { workspace } = route.useParams();
  const view = useActiveView();
  const missing = useIsMissing();
  if (missing) return <NotAvailable />;
  if (view === undefined || view.row.id !== workspace) return null;
  return (
    <KnownValues values={ownNames(view)}>
      <History key={workspace} view={view} />
    </KnownValues>
  );
}

function filterOf(view: WorkspaceView, search: HistorySearch): HistoryFilter {
  const account = search.where === 'account';
  return {
    workspace: account ? null : view.row.id,
    account: account ? view.row.account : null,
    text: search.q ?? '',
    who: search.who ?? null,
    about: search.about ?? null,
    kinds: kindsOf(search.what),
    from: search.from ?? null,
    to: search.to ?? null,
  };
}

// How often is looked whether a history that is still coming has come, in milliseconds.
const LOOK_AGAIN = 2_000;

// Where the next page is asked for, before the last row is reached.
const AHEAD = 20;

function useHistory(filter: HistoryFilter) {
  const backend = useBackend();
  const asked = useInfiniteQuery({
    ...historyQuery(backend, filter),
    // What is fetched in the background is told by no change of a roster.
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.chain.state === 'loading' ? LOOK_AGAIN : false,
    // What is on screen stays until the rows of a new filter are there.
    placeholderData: (before) => before,
  });
  const pages = asked.data?.pages;
  const rows = useMemo(() => pages?.flatMap((one) => one.rows) ?? [], [pages]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const look = useCallback(
    (_first: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length],
  );
  return { head: pages?.[0], rows, look, more: hasNextPage, error: asked.error };
}

function History({ view }: { view: WorkspaceView }) {
  const navigate = useNavigate();
  const search = route.useSearch();
  const names = useKnown();
  const phone = useWidth() === 'phone';
  const filter = filterOf(view, search);
  const { head, rows, look, more, error } = useHistory(filter);
  const days = useMemo(() => firstOfDays(rows), [rows]);
  const columns = useMemo(() => historyColumns(names), [names]);
  const [menu, setMenu] = useState<{ row: HistoryRow; at: Element } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = view.row.id;
  const set = (change: { [K in keyof HistorySearch]?: HistorySearch[K] | undefined }) => {
    const next = { ...search, ...change } as HistorySearch;
    void navigate({ ...paths.history(id, next), replace: true });
  };
  const { open: _open, ...narrowed } = search;
  const filtered = Object.keys(narrowed).length > 0;
  const close = () => {
    const was = search.open;
    set({ open: undefined });
    setTimeout(() => document.querySelector<HTMLElement>(`[data-id="${was}"]`)?.focus(), 0);
  };
  const compares = view.permissions.includes('audit.view');
  return (
    <div className={members.split}>
      <div className={members.list} hidden={phone && search.open !== undefined}>
        <PageHead title={t('nav.history')} summary={head !== undefined && <AsOf head={head} />}>
          {compares && (
            <Button onClick={() => void navigate(paths.compare(id))}>{t('compare.open')}</Button>
          )}
          {view.permissions.includes('export.run') && (
            <Button onClick={() => void navigate(paths.access(id))}>{t('access.open')}</Button>
          )}
          {rows.length > 0 && <CopyText text={() => rowsText(rows, names)} />}
          {rows.length > 0 && view.permissions.includes('export.run') && (
            <ExportButton
              table={{ table: 'history', query: { ...filter, before: null, limit: 0 } }}
            />
          )}
        </PageHead>
        {error !== null && (
          <div className={page.failure}>
            <FailureLine failure={asFailure(error)} />
          </div>
        )}
        {head !== undefined && <ChainLine head={head} text={() => rowsText(rows, names)} />}
        {(filtered || rows.length > 0) && (
          <HistoryFilters ref={field} view={view} search={search} onChange={set} />
        )}
        <Roster<HistoryRow>
          label={t('nav.history')}
          columns={columns}
          total={rows.length + (more ? 1 : 0)}
          row={(index) => rows[index]}
          id={(row) => row.id}
          name={(row) => sentenceText(row, names)}
          mark={historyMark}
          heading={(row) => dayHeading(row, days)}
          second={(row) => (row.not_sent ? t('history.not_sent') : when(row.at))}
          current={(row) => row.id === search.open}
          loaded={head !== undefined}
          look={look}
          onOpen={(row) => set({ open: row.id })}
          onMenu={(row, at) => setMenu({ row, at })}
          onFocusRow={(row) => {
            if (search.open !== undefined) set({ open: row.id });
          }}
          onFilter={() => field.current?.focus()}
          onEscape={search.open === undefined ? undefined : close}
          copy={(row) => (row === undefined ? '' : rowsText([row], names))}
          listKey={JSON.stringify(filter)}
        />
        {head !== undefined && head.chain.state !== 'loading' && rows.length === 0 && (
          <Nothing
            filtered={filtered}
            onClear={() => void navigate({ ...paths.history(id), replace: true })}
          />
        )}
      </div>
      {search.open !== undefined && (
        <EventPanel key={search.open} id={search.open} onClose={close} onChange={set} />
      )}
      {menu !== null && (
        <RowMenu
          at={menu.at}
          name={sentenceText(menu.row, names)}
          actions={[
            { name: t('history.open'), run: () => set({ open: menu.row.id }) },
            {
              name: t('history.only_kind'),
              run: () => set({ what: whatOf(menu.row), open: undefined }),
            },
          ]}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

function whatOf(row: HistoryRow) {
  return (
    ['members', 'roles', 'invitations', 'contents', 'reviews', 'workspace', 'account'] as const
  ).find((what) => kindsOf(what).includes(row.kind));
}

function rowsText(rows: readonly HistoryRow[], names: ReturnType<typeof useKnown>): string {
  return rows
    .map((row) =>
      [new Date(row.at).toISOString(), sentenceText(row, names), row.workspace_name, row.reason]
        .map((part) => part ?? '')
        .join('\t'),
    )
    .join('\n');
}

function AsOf({ head }: { head: Page }) {
  return head.until === null ? null : t('history.as_of', { time: when(head.until) });
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  return (
    <div className={page.empty}>
      <p>{t(filtered ? 'history.no_match' : 'history.empty')}</p>
      {filtered && <Button onClick={onClear}>{t('filter.clear')}</Button>}
    </div>
  );
}
