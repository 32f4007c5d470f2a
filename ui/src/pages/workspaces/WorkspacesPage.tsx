// Every workspace the person belongs to, the open one highlighted (ui.md 5.11). Hidden personal
// ones are here too, so that hiding one never loses it (E-19).

import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { noteOpened, useActive } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useNotify } from '../../app/notices.tsx';
import { paths, ROUTES, type WorkspacesSearch } from '../../app/paths.ts';
import { usePin } from '../../app/pinned.ts';
import { useAppState, viewQuery, workspaceFilter, workspacesQuery } from '../../app/state.ts';
import { useChange } from '../../app/useChange.ts';
import { asFailure } from '../../backend/failure.ts';
import type {
  Failure,
  WorkspaceFilter,
  WorkspacePage,
  WorkspaceRow,
  WorkspaceView,
} from '../../backend/types.ts';
import { AcceptInvitation, CreateWorkspace } from '../../forms/later.tsx';
import { EndWorkspace } from '../../forms/EndWorkspace.tsx';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Roster } from '../../parts/Roster.tsx';
import type { RosterProps } from '../../parts/rosterProps.ts';
import { useWindowed } from '../../parts/useWindowed.ts';
import { Button } from '../../primitives/Button.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { GroupedWorkspaces } from './GroupedWorkspaces.tsx';
import { LabelsDialog } from './LabelsDialog.tsx';
import { OfferLines } from './OfferLines.tsx';
import { WorkspaceFilters, type WorkspacesChange } from './WorkspaceFilters.tsx';
import { WorkspaceMenu } from './WorkspaceMenu.tsx';
import { workspaceColumns, workspaceSecond } from './workspaceColumns.tsx';

const route = getRouteApi(ROUTES.workspaces);

type Open =
  | { what: 'none' | 'create' | 'invitation' }
  | { what: 'menu'; row: WorkspaceRow; at: Element }
  | { what: 'rename' | 'labels'; row: WorkspaceRow }
  | { what: 'delete' | 'leave'; view: WorkspaceView };

function filterOf(search: WorkspacesSearch): WorkspaceFilter {
  return workspaceFilter({
    text: search.q ?? '',
    account: search.account ?? null,
    label: search.label ?? null,
    plan: search.plan ?? null,
    one_owner: search.one ?? false,
    hidden: true,
  });
}

export function WorkspacesPage() {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const change = useChange();
  const search = route.useSearch();
  const active = useActive();
  const mayCreate = (useAppState()?.me?.accounts.length ?? 0) > 0;
  const [open, setOpen] = useState<Open>({ what: 'none' });
  const [changed, setChanged] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const filter = filterOf(search);
  const list = useWindowed<WorkspacePage, WorkspaceRow>({
    scope: 'workspaces',
    key: JSON.stringify(filter),
    page: (n) => workspacesQuery(backend, filter, n),
  });
  const { head } = list;
  const { create: _create, group, ...filters } = search;
  const filtered = Object.keys(filters).length > 0;
  const set = (next: WorkspacesChange) =>
    void navigate({ ...paths.workspaces(clean({ ...search, ...next })), replace: true });
  const close = () => {
    setOpen({ what: 'none' });
    if (search.create) set({ create: undefined });
  };
  // An action of the menu may have opened a dialog by the time the menu closes.
  const closeMenu = () => setOpen((now) => (now.what === 'menu' ? { what: 'none' } : now));
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({ queryKey: keys.state });
  };
  const enter = (id: string) => {
    active.set(id);
    void noteOpened(client, backend, id);
    const view = client.getQueryData(viewQuery(backend, id).queryKey);
    if (view?.sees_members === false) return;
    void navigate(paths.members(id));
  };
  const openRow = async (row: WorkspaceRow) => {
    const view = await client.ensureQueryData(viewQuery(backend, row.id));
    if (!view.sees_members) {
      notify({
        text: t('go.nearest', {
          page: t(`nav.members.${row.scheme}`),
          workspace: row.name,
          parent: t('nav.workspaces'),
        }),
      });
    }
    enter(row.id);
  };
  const rename = (row: WorkspaceRow, name: string) => {
    setOpen({ what: 'none' });
    if (name === '' || name === row.name) return;
    setChanged(row.name);
    void change.run(
      { intent: 'rename_workspace', workspace: row.id, name },
      t('notice.rename', { name }),
    );
  };
  // What is chosen for this device alone: no rule stands on it and nothing is sent.
  const choose = async (work: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    refresh();
  };
  const pin = usePin();
  const renaming = open.what === 'rename' ? open.row.id : null;
  const saveName = useRef(rename);
  saveName.current = rename;
  const columns = useMemo(
    () =>
      workspaceColumns(renaming, active.id, {
        save: (row, name) => saveName.current(row, name),
        cancel: () => setOpen({ what: 'none' }),
      }),
    [renaming, active.id],
  );
  const shared = {
    columns,
    list: 'workspaces',
    id: (row: WorkspaceRow) => row.id,
    name: (row: WorkspaceRow) => row.name,
    mark: (row: WorkspaceRow) =>
      row.needs_you > 0
        ? 'needs_you'
        : row.refused > 0
          ? 'refused'
          : row.not_sent > 0
            ? 'not_sent'
            : 'none',
    second: workspaceSecond,
    current: (row: WorkspaceRow) => row.id === active.id,
    onOpen: (row: WorkspaceRow) => void openRow(row),
    onMenu: (row: WorkspaceRow, at: Element) => setOpen({ what: 'menu', row, at }),
    onChange: (row: WorkspaceRow) => setOpen({ what: 'rename', row }),
    onFilter: () => field.current?.focus(),
    copy: (row: WorkspaceRow | undefined) => row?.name ?? '',
  } satisfies Partial<RosterProps<WorkspaceRow>>;
  return (
    <div className={page.body}>
      <PageHead
        title={t('nav.workspaces')}
        summary={
          head !== undefined && t('workspaces.count', { n: head.total, shown: count(head.total) })
        }
      >
        {head !== undefined && head.total > 0 && (
          <ExportButton table={{ table: 'workspaces', filter }} />
        )}
        <Link {...paths.bin()}>{t('nav.bin')}</Link>
        <Button onClick={() => setOpen({ what: 'invitation' })}>{t('invitation.have')}</Button>
        {mayCreate && (
          <Button look="main" icon={Plus} onClick={() => setOpen({ what: 'create' })}>
            {t('workspace.create')}
          </Button>
        )}
      </PageHead>
      <OfferLines />
      {((head?.total ?? 0) > 1 || filtered) && (
        <WorkspaceFilters field={field} search={search} onChange={set} />
      )}
      {change.answer !== null && (
        <div className={page.failure}>
          <AnswerLine answer={change.answer} known={{ workspace: changed, name: changed }} />
        </div>
      )}
      {failure !== null && (
        <div className={page.failure}>
          <FailureLine failure={failure} />
        </div>
      )}
      {group === undefined ? (
        <Roster<WorkspaceRow>
          {...shared}
          label={t('nav.workspaces')}
          total={head?.matched ?? 0}
          row={list.row}
          loaded={head !== undefined}
          look={list.look}
          listKey={list.shown}
        />
      ) : (
        <GroupedWorkspaces by={group} filter={filter}>
          {({ name, rows }) => (
            <Roster<WorkspaceRow>
              {...shared}
              label={name}
              total={rows.length}
              row={(index) => rows[index]}
              loaded
              look={nothing}
              listKey={`${group} ${name}`}
            />
          )}
        </GroupedWorkspaces>
      )}
      {head !== undefined && head.matched === 0 && filtered && (
        <NothingMatches onClear={() => void navigate({ ...paths.workspaces(), replace: true })} />
      )}
      {open.what === 'menu' && (
        <WorkspaceMenu
          row={open.row}
          at={open.at}
          onClose={closeMenu}
          onOpen={() => void openRow(open.row)}
          onRename={() => setOpen({ what: 'rename', row: open.row })}
          onLabels={() => setOpen({ what: 'labels', row: open.row })}
          onPin={() => void choose(() => pin(open.row))}
          onHide={() => void choose(() => backend.setHidden(open.row.id, !open.row.hidden))}
          onSettings={() => {
            active.set(open.row.id);
            void navigate(paths.settings(open.row.id));
          }}
          onEnd={(what, view) => setOpen({ what, view })}
        />
      )}
      {open.what === 'labels' && <LabelsDialog row={open.row} onClose={close} />}
      {(open.what === 'create' || search.create) && (
        <CreateWorkspace
          onClose={close}
          onCreated={(id) => {
            refresh();
            close();
            if (id !== null) enter(id);
          }}
        />
      )}
      {open.what === 'invitation' && (
        <AcceptInvitation
          onClose={close}
          onAccepted={(id) => {
            refresh();
            close();
            enter(id);
          }}
        />
      )}
      {(open.what === 'delete' || open.what === 'leave') && (
        <EndWorkspace what={open.what} view={open.view} onClose={close} onDone={close} />
      )}
    </div>
  );
}

// A list that is whole needs no telling which of its rows are in sight.
function nothing(): void {}

function clean(search: WorkspacesChange): WorkspacesSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as WorkspacesSearch;
}

function NothingMatches({ onClear }: { onClear: () => void }): ReactNode {
  return (
    <div className={page.empty}>
      <p>{t('switcher.nothing')}</p>
      <Button onClick={onClear}>{t('filter.clear')}</Button>
    </div>
  );
}
