// What is inside a workspace, one list for each kind (ui.md 5.19). Everything is read under the
// open workspace, so nothing of another one can appear here (U-44 to U-49).

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useActiveView } from '../../app/active.tsx';
import { contentsQuery, useSelectAgent, useSelectedAgent } from '../../app/contentState.ts';
import { useBackend } from '../../app/context.tsx';
import type { ContentFilter } from '../../app/keys.ts';
import { type ContentsSearch, contentKind, paths, ROUTES } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type {
  ContentCount,
  ContentKind,
  ContentPage,
  ContentRow,
  WorkspaceView,
} from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { FailureLine, VerdictButton } from '../../parts/Reason.tsx';
import { Roster } from '../../parts/Roster.tsx';
import { useWindowed } from '../../parts/useWindowed.ts';
import { Button } from '../../primitives/Button.tsx';
import { backToRow, ListFrame, useSpokenCount } from '../ListFrame.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { ContentMenu } from './ContentMenu.tsx';
import { ContentPanel } from './ContentPanel.tsx';
import { contentColumns, contentSecond } from './contentColumns.tsx';
import { ContentSearch } from './ContentSearch.tsx';
import { type ContentTask, ContentTasks } from './ContentTasks.tsx';
import { NothingYet } from './NothingYet.tsx';

const route = getRouteApi(ROUTES.contents);

export function ContentsPage() {
  const { workspace, kind: raw } = route.useParams();
  const view = useActiveView();
  const kind = contentKind(raw);
  if (kind === undefined) return <NotAvailable />;
  if (view === undefined || view.row.id !== workspace) return null;
  const here = view.contents.find((one) => one.kind === kind);
  if (here === undefined) return <NotAvailable />;
  return <Contents key={`${workspace} ${kind}`} view={view} kind={kind} here={here} />;
}

interface Props {
  view: WorkspaceView;
  kind: ContentKind;
  here: ContentCount;
}

function Contents({ view, kind, here }: Props) {
  const workspace = view.row.id;
  const backend = useBackend();
  const navigate = useNavigate();
  const search = route.useSearch();
  const filter: ContentFilter = {
    workspace,
    kind,
    text: search.q ?? '',
    sort: search.sort ?? 'name',
    descending: search.desc ?? false,
  };
  const list = useWindowed<ContentPage, ContentRow>({
    scope: `contents ${workspace} ${kind}`,
    key: JSON.stringify(filter),
    page: (n) => contentsQuery(backend, filter, n),
  });
  const { head } = list;
  const selected = useSelectedAgent(workspace, kind === 'agent');
  const selectAgent = useSelectAgent();
  const selectNow = useRef(selectAgent);
  selectNow.current = selectAgent;
  const opened = kind === 'agent' ? search.open : undefined;
  // The agent that is opened is the selected one, whichever way led to it.
  useEffect(() => {
    if (opened !== undefined) selectNow.current(workspace, opened);
  }, [opened, workspace]);
  const columns = useMemo(() => contentColumns(kind), [kind]);
  const [task, setTask] = useState<ContentTask | null>(null);
  const [menu, setMenu] = useState<{ row: ContentRow; at: Element } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const set = (change: { [K in keyof ContentsSearch]?: ContentsSearch[K] | undefined }) => {
    const next = { ...search, ...change } as ContentsSearch;
    void navigate({ ...paths.contents(workspace, kind, next), replace: true });
  };
  const open = (row: ContentRow) => set({ open: row.id });
  const close = () => {
    const id = search.open;
    set({ open: undefined });
    backToRow(id);
  };
  useEscape(search.open !== undefined, close);
  useSpokenCount(
    head !== undefined && filter.text !== '' ? t('content.matched', { n: head.matched }) : null,
  );
  const name = t(`nav.${kind}`);
  const current = search.open ?? selected?.id;
  return (
    <ListFrame
      panel={
        search.open !== undefined && (
          <ContentPanel
            key={search.open}
            workspace={workspace}
            id={search.open}
            onClose={close}
            onTask={setTask}
          />
        )
      }
      over={
        <>
          {menu !== null && (
            <ContentMenu
              workspace={workspace}
              row={menu.row}
              at={menu.at}
              onClose={() => setMenu(null)}
              onOpen={() => open(menu.row)}
              onTask={setTask}
            />
          )}
          <ContentTasks
            workspace={workspace}
            kind={kind}
            task={task}
            onClose={() => setTask(null)}
            onCreated={(id) => set({ open: id })}
            onDeleted={(id) => {
              if (search.open === id) set({ open: undefined });
            }}
          />
        </>
      }
    >
      <PageHead
        title={name}
        summary={
          head !== undefined && t('content.count', { n: head.total, shown: count(head.total) })
        }
      >
        {view.permissions.includes('export.run') && (head?.total ?? 0) > 0 && (
          <ExportButton table={{ table: 'contents', query: { ...filter, offset: 0, limit: 0 } }} />
        )}
        <VerdictButton
          look="main"
          icon={Plus}
          verdict={head?.create ?? here.create}
          onPress={() => setTask({ task: 'create' })}
        >
          {t(`content.new.${kind}`)}
        </VerdictButton>
      </PageHead>
      {list.error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(list.error)} />
        </div>
      )}
      {((head?.total ?? 0) > 1 || filter.text !== '') && (
        <ContentSearch field={field} text={filter.text} onText={(q) => set({ q })} />
      )}
      <Roster<ContentRow>
        label={name}
        columns={columns}
        list={kind}
        total={head?.matched ?? 0}
        row={list.row}
        id={(row) => row.id}
        name={(row) => row.name}
        mark={(row) => row.mark}
        second={contentSecond}
        current={(row) => row.id === current}
        loaded={head !== undefined}
        sort={{
          by: filter.sort,
          descending: filter.descending,
          onSort: (by) =>
            set(
              by === filter.sort
                ? { desc: filter.descending ? undefined : true }
                : { sort: by === 'updated' ? 'updated' : undefined, desc: undefined },
            ),
        }}
        look={list.look}
        onOpen={open}
        onMenu={(row, at) => setMenu({ row, at })}
        onChange={(row) => setTask({ task: 'edit', id: row.id, name: row.name })}
        onRemove={(row) => setTask({ task: 'delete', id: row.id, name: row.name })}
        onFocusRow={(row) => {
          if (search.open !== undefined && search.open !== row.id) open(row);
        }}
        onFilter={() => field.current?.focus()}
        copy={(row) => row?.name ?? ''}
        listKey={list.shown}
      />
      {head !== undefined && head.total === 0 && (
        <NothingYet view={view} kind={kind} create={head.create} />
      )}
      {head !== undefined && head.total > 0 && head.matched === 0 && (
        <div className={page.empty}>
          <p>{t('content.no_match')}</p>
          <Button onClick={() => set({ q: undefined })}>{t('filter.clear')}</Button>
        </div>
      )}
    </ListFrame>
  );
}

/** Escape closes the panel also from the list beside it, once nothing else takes the key. */
function useEscape(open: boolean, close: () => void): void {
  const now = useRef(close);
  now.current = close;
  useEffect(() => {
    if (!open) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (event.target instanceof HTMLInputElement) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      now.current();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [open]);
}
