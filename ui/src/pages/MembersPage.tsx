// Team members / Users (ui.md 5.2): who is here, with which role, and what waits.

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useActiveView, useIsMissing } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { useRequest } from '../app/globalKeys.ts';
import { type MembersChange, type MembersSearch, paths, ROUTES } from '../app/paths.ts';
import { useOfferSelected } from '../app/selected.ts';
import { membersQuery } from '../app/state.ts';
import { mayAsk, useInviting } from '../app/useInviting.ts';
import type { MemberPage, MemberRow, WorkspaceView } from '../backend/types.ts';
import { InviteDialog, SuccessorDialog } from '../forms/later.tsx';
import { t } from '../i18n/text.tsx';
import { AccountAdmins } from '../parts/AccountAdmins.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { FilterLine } from '../parts/FilterLine.tsx';
import { MemberActions, type MemberTask, MemberTasks } from '../parts/MemberActions.tsx';
import { memberColumns, memberMark, memberSecond, memberTold } from '../parts/memberColumns.tsx';
import { PersonPanel } from '../parts/PersonPanel.tsx';
import { Roster } from '../parts/Roster.tsx';
import { SelectionLine } from '../parts/SelectionLine.tsx';
import { useSelection } from '../parts/useSelection.ts';
import { useWindowed } from '../parts/useWindowed.ts';
import { ownNames, personName } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { AsOfChip, MembersAsOf } from './history/later.tsx';
import { backToRow, ListFrame, toRows, useSpokenCount } from './ListFrame.tsx';
import { InviteButton, Nobody, OwnersLine, Summary } from './members/parts.tsx';
import { useTaskOf } from './members/useTaskOf.ts';
import styles from './members.module.css';
import { membersFilter } from './membersFilter.ts';
import { NotAvailable } from './NotAvailable.tsx';
import { PageHead } from './PageHead.tsx';
import page from './page.module.css';

const Recent = lazy(() => import('./history/pages.ts').then((one) => ({ default: one.Recent })));

const route = getRouteApi(ROUTES.members);

export function MembersPage() {
  const { workspace } = route.useParams();
  const search = route.useSearch();
  const { at } = search;
  const view = useActiveView();
  const missing = useIsMissing();
  if (missing || (view !== undefined && view.row.id === workspace && !view.sees_members))
    return <NotAvailable />;
  const past = view?.row.id === workspace && view.permissions.includes('audit.view');
  if (past && at !== undefined) {
    return <MembersAsOf key={workspace} view={view} at={at} search={search} />;
  }
  return <Members key={workspace} workspace={workspace} view={view} />;
}

// Two to twenty people need no filter until it is asked for.
const FEW = 20;

function Members({ workspace, view }: { workspace: string; view: WorkspaceView | undefined }) {
  const backend = useBackend();
  const navigate = useNavigate();
  const search = route.useSearch();
  const filter = useMemo(() => membersFilter(workspace, search), [workspace, search]);
  const key = JSON.stringify(filter);
  const list = useWindowed<MemberPage, MemberRow>({
    scope: workspace,
    key,
    page: (n) => membersQuery(backend, filter, n),
  });
  const { head } = list;
  const total = head?.matched ?? 0;
  const manages = view?.permissions.includes('member.manage') ?? false;
  const scope = `${workspace} ${filter.text} ${filter.roles.join()} ${filter.label ?? ''} ${filter.changed ?? ''} ${filter.status}`;
  const selection = useSelection(filter, scope, list.row);
  const hasEnds = (head?.counts.ending ?? 0) > 0;
  const hasLabels = (view?.member_labels.length ?? 0) > 0;
  const names = useMemo(() => ownNames(view), [view]);
  const changes = head?.changes_known ?? false;
  const columns = useMemo(
    () => memberColumns(names, { ends: hasEnds, labels: hasLabels, changes }),
    [names, hasEnds, hasLabels, changes],
  );
  const [task, setTask] = useState<MemberTask | null>(null);
  const { ids } = selection.selection;
  useOfferSelected(
    useMemo(() => {
      if (ids.size === 0 || !manages) return null;
      const many = (what: 'role' | 'suspend' | 'remove' | 'end') => ({
        id: what,
        run: () => setTask({ task: 'many', what, members: [...ids] }),
      });
      return { n: ids.size, actions: [many('role'), many('suspend'), many('remove'), many('end')] };
    }, [ids, manages]),
  );
  const [filterAsked, setFilterAsked] = useState(false);
  const [menu, setMenu] = useState<{ row: MemberRow; at: Element } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useSpokenCount(
    head !== undefined && filter.text !== '' ? t('members.matched', { n: total }) : null,
  );
  const invite = useCallback(() => setTask({ task: 'invite' }), []);
  const inviting = useInviting(view);
  const mayInvite = manages && mayAsk(inviting);
  useRequest(
    'invite',
    useCallback(() => {
      if (mayInvite) invite();
    }, [mayInvite, invite]),
  );

  const set = useCallback(
    (change: MembersChange) => {
      const next = { ...search, ...change } as MembersSearch;
      void navigate({ ...paths.members(workspace, next), replace: true });
    },
    [navigate, search, workspace],
  );
  const open = (row: MemberRow) => set({ open: row.id });
  const filtered =
    filter.text !== '' ||
    filter.roles.length > 0 ||
    filter.label !== null ||
    filter.changed !== null ||
    filter.status !== 'present';
  const few = (head?.counts.active ?? 0) + (head?.counts.suspended ?? 0) <= FEW;
  const filterShown = filtered || filterAsked || (head !== undefined && !few);
  const askFilter = () => {
    setFilterAsked(true);
    setTimeout(() => field.current?.focus(), 0);
  };
  const closeTask = useCallback(() => {
    setTask(null);
    if (search.task !== undefined) set({ task: undefined });
  }, [search.task, set]);
  const wanted = useTaskOf(search, workspace);
  const shownTask = task ?? (view === undefined ? null : wanted);
  const close = () => {
    const id = search.open;
    set({ open: undefined });
    backToRow(id);
  };
  return (
    <ListFrame
      panel={
        search.open !== undefined && (
          <PersonPanel
            key={search.open}
            workspace={workspace}
            id={search.open}
            onClose={close}
            onTask={setTask}
            recent={(row) => (
              <Suspense fallback={null}>
                <Recent workspace={workspace} address={row.address} />
              </Suspense>
            )}
          />
        )
      }
      over={
        <>
          {menu !== null && (
            <MemberActions
              workspace={workspace}
              row={menu.row}
              at={menu.at}
              onClose={() => setMenu(null)}
              onOpen={() => open(menu.row)}
              onTask={(next) => setTask(next)}
            />
          )}
          {shownTask?.task === 'invite' && view !== undefined && (
            <InviteDialog view={view} onClose={closeTask} />
          )}
          {shownTask?.task === 'successor' && view !== undefined && (
            <SuccessorDialog view={view} onClose={closeTask} onDone={closeTask} />
          )}
          {shownTask !== null && isOfMembers(shownTask) && view !== undefined && (
            <MemberTasks
              task={shownTask}
              view={view}
              onClose={closeTask}
              onDone={() => {
                closeTask();
                selection.selection.clear();
              }}
            />
          )}
        </>
      }
    >
      <PageHead
        title={t(`nav.members.${view?.row.scheme ?? 'owner_led'}`)}
        summary={head !== undefined && <Summary page={head} view={view} />}
      >
        {!filterShown && head !== undefined && head.people > 1 && (
          <Button look="quiet" onClick={askFilter}>
            {t('members.filter_show')}
          </Button>
        )}
        {view?.permissions.includes('export.run') && head !== undefined && (
          <ExportButton table={{ table: 'members', query: { ...filter, offset: 0, limit: 0 } }} />
        )}
        {view !== undefined && manages && <InviteButton view={view} onPress={invite} />}
      </PageHead>
      {view?.row.loaded === false && <p className={page.line}>{t('members.loading')}</p>}
      {view !== undefined && !manages && <p className={page.line}>{t('members.view_only')}</p>}
      {view !== undefined && head?.owners === 1 && head.people > 1 && manages && (
        <OwnersLine view={view} />
      )}
      {selection.selection.ids.size > 0 ? (
        <SelectionLine
          selection={selection.selection}
          all={selection.everything}
          onTask={(next) => setTask(next)}
        />
      ) : (
        filterShown &&
        head !== undefined && (
          <FilterLine
            ref={field}
            filter={filter}
            counts={head.counts}
            scheme={view?.row.scheme ?? 'owner_led'}
            own={view?.own_roles ?? []}
            labels={view?.member_labels ?? []}
            changes={changes}
            invited={view?.invitations ?? null}
            onChange={set}
            after={
              view?.permissions.includes('audit.view') && (
                <AsOfChip at={null} onChange={(at) => set({ at: at ?? undefined })} />
              )
            }
            onDown={toRows}
          />
        )
      )}
      {head !== undefined && !changes && (filter.changed !== null || filter.sort === 'changed') && (
        <p className={page.line}>{t('members.changes_unknown')}</p>
      )}
      <Roster<MemberRow>
        label={t(`nav.members.${view?.row.scheme ?? 'owner_led'}`)}
        columns={columns}
        list="members"
        total={total}
        row={list.row}
        id={(row) => row.id}
        name={personName}
        mark={memberMark}
        told={(row) => memberTold(row, names)}
        second={(row) => memberSecond(row, names)}
        address={(row) => row.address}
        current={(row) => row.id === search.open}
        loaded={head !== undefined}
        sort={{
          by: filter.sort,
          descending: filter.descending,
          onSort: (by) =>
            set(
              by === filter.sort
                ? { desc: filter.descending ? undefined : true }
                : { sort: by as NonNullable<MembersSearch['sort']>, desc: undefined },
            ),
        }}
        {...(manages ? { selection: selection.selection } : {})}
        look={list.look}
        onOpen={open}
        onMenu={(row, at) => setMenu({ row, at })}
        onChange={(row) => setTask({ task: 'role', member: row })}
        onRemove={(row) => setTask({ task: 'remove', member: row.id })}
        onFocusRow={(row) => {
          if (search.open !== undefined) open(row);
        }}
        onFilter={askFilter}
        onLetters={(letters, after) =>
          backend.memberStarting({ ...filter, offset: 0, limit: 0 }, letters, Math.max(0, after))
        }
        onEscape={search.open === undefined ? undefined : close}
        copy={(row) => selection.copy(row)}
        selectedRows={selection.selectedRows}
        listKey={list.shown}
      />
      {head !== undefined && total === 0 && (
        <Nobody
          filtered={filtered}
          onClear={() =>
            set({
              q: undefined,
              role: undefined,
              label: undefined,
              changed: undefined,
              status: undefined,
            })
          }
        />
      )}
      {head !== undefined && head.people === 1 && !filtered && manages && (
        <p className={styles.alone}>{t('members.alone')}</p>
      )}
      {head !== undefined && <AccountAdmins admins={head.account_admins} />}
    </ListFrame>
  );
}

type OfMembers = Parameters<typeof MemberTasks>[0]['task'];

function isOfMembers(task: MemberTask): task is OfMembers {
  return task.task !== 'invite' && task.task !== 'successor';
}
