// Team members / Users (ui.md 5.2): who is here, with which role, and what waits.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useActiveView, useIsMissing } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { useRequest } from '../app/globalKeys.ts';
import { keys } from '../app/keys.ts';
import { type MembersChange, type MembersSearch, paths, ROUTES } from '../app/paths.ts';
import { useOfferSelected } from '../app/selected.ts';
import { useSpeech } from '../app/speech.tsx';
import { memberQuery, membersQuery } from '../app/state.ts';
import { useWidth } from '../app/useWidth.ts';
import type { MemberPage, MemberRow, WorkspaceView } from '../backend/types.ts';
import { InviteDialog, SuccessorDialog } from '../forms/later.tsx';
import { count } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { AccountAdmins } from '../parts/AccountAdmins.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { FilterLine } from '../parts/FilterLine.tsx';
import { MemberActions, type MemberTask, MemberTasks } from '../parts/MemberActions.tsx';
import { memberColumns, memberMark, memberSecond, memberTold } from '../parts/memberColumns.tsx';
import { PersonPanel } from '../parts/PersonPanel.tsx';
import { VerdictButton } from '../parts/Reason.tsx';
import { Roster } from '../parts/Roster.tsx';
import { SelectionLine } from '../parts/SelectionLine.tsx';
import { useSelection } from '../parts/useSelection.ts';
import { useWindowed } from '../parts/useWindowed.ts';
import { Ways } from '../parts/Ways.tsx';
import { ownNames, personName } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { AsOfChip, MembersAsOf } from './history/later.tsx';
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
// Counts are said once, half a second after the last key.
const SAY_MS = 500;

function Members({ workspace, view }: { workspace: string; view: WorkspaceView | undefined }) {
  const backend = useBackend();
  const navigate = useNavigate();
  const width = useWidth();
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
  const scope = `${workspace} ${filter.text} ${filter.roles.join()} ${filter.label ?? ''} ${filter.status}`;
  const selection = useSelection(filter, scope, list.row);
  const hasEnds = (head?.counts.ending ?? 0) > 0;
  const hasLabels = (view?.member_labels.length ?? 0) > 0;
  const names = useMemo(() => ownNames(view), [view]);
  const columns = useMemo(
    () => memberColumns(names, { ends: hasEnds, labels: hasLabels }),
    [names, hasEnds, hasLabels],
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
  useSpokenCount(total, head !== undefined && filter.text !== '');
  const invite = useCallback(() => setTask({ task: 'invite' }), []);
  const mayInvite =
    manages && view?.invite.verdict !== 'hidden' && view?.invite.verdict !== 'refused';
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
  const panelIsPage = width === 'phone' && search.open !== undefined;
  const close = () => {
    const id = search.open;
    set({ open: undefined });
    setTimeout(() => document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus(), 0);
  };
  return (
    <div className={styles.split}>
      <div className={styles.list} hidden={panelIsPage}>
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
              onChange={set}
              after={
                view?.permissions.includes('audit.view') && (
                  <AsOfChip at={null} onChange={(at) => set({ at: at ?? undefined })} />
                )
              }
              onDown={() =>
                document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus()
              }
            />
          )
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
          listKey={list.shown}
        />
        {head !== undefined && total === 0 && (
          <Nobody
            filtered={filtered}
            onClear={() =>
              set({ q: undefined, role: undefined, label: undefined, status: undefined })
            }
          />
        )}
        {head !== undefined && head.people === 1 && !filtered && manages && (
          <p className={styles.alone}>{t('members.alone')}</p>
        )}
        {head !== undefined && <AccountAdmins admins={head.account_admins} />}
      </div>
      {search.open !== undefined && (
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
      )}
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
    </div>
  );
}

type OfMembers = Parameters<typeof MemberTasks>[0]['task'];

function isOfMembers(task: MemberTask): task is OfMembers {
  return task.task !== 'invite' && task.task !== 'successor';
}

function Summary({ page: head, view }: { page: MemberPage; view: WorkspaceView | undefined }) {
  const people = { n: head.people, shown: count(head.people), leaving: head.leaving };
  const parts = [t(head.leaving > 0 ? 'members.people_leaving' : 'members.people', people)];
  if (view?.row.scheme === 'owner_led') parts.push(t('members.owners', { n: head.owners }));
  else parts.push(t('members.admins', { n: head.owners }));
  if (view?.seats_free != null) parts.push(t('members.seats', { n: view.seats_free }));
  return <>{parts.join(' · ')}</>;
}

// Without a connection invitations become drafts (R14), and the button says so.
function InviteButton({ view, onPress }: { view: WorkspaceView; onPress: () => void }) {
  const label = t('members.invite');
  if (view.invite.verdict === 'needs_connection') {
    return (
      <Button look="main" icon={UserPlus} onClick={onPress}>
        {t('members.invite_draft')}
      </Button>
    );
  }
  return (
    <VerdictButton look="main" icon={UserPlus} verdict={view.invite} onPress={onPress}>
      {label}
    </VerdictButton>
  );
}

// One owner only: if they are away, nobody can hand the workspace over.
function OwnersLine({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const { id, scheme, kind } = view.row;
  const on = scheme === 'owner_led' && kind === 'standard';
  const holders = useQuery({
    queryKey: keys.roleHolders(id, 'owner'),
    queryFn: () => backend.roleHolders(id, 'owner'),
    enabled: on,
  }).data;
  const owner = holders?.[0] === undefined ? '' : personName(holders[0]);
  if (!on) return null;
  const values = { workspace: view.row.name, name: owner };
  return (
    <div className={page.line}>
      <span>
        <T id="owners.single" values={values} />
      </span>
      <Ways sentence="owners.single" />
    </div>
  );
}

/** What a way out asks this page to open; the person's row is read for the role picker. */
function useTaskOf(search: MembersSearch, workspace: string): MemberTask | null {
  const backend = useBackend();
  const { task, open } = search;
  const wanted = task === 'role' && open !== undefined;
  const member = useQuery({ ...memberQuery(backend, workspace, open ?? ''), enabled: wanted }).data;
  if (task === 'role') {
    return wanted && member !== undefined ? { task: 'role', member: member.row } : null;
  }
  if (task === 'suspend' || task === 'remove') {
    return open === undefined ? null : { task, member: open };
  }
  return task === undefined ? null : { task };
}

function Nobody({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) return null;
  return (
    <div className={page.empty}>
      <p>{t('members.nobody')}</p>
      <Button onClick={onClear}>{t('filter.clear')}</Button>
    </div>
  );
}

function useSpokenCount(total: number, on: boolean): void {
  const { polite } = useSpeech();
  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => polite(t('members.matched', { n: total })), SAY_MS);
    return () => clearTimeout(timer);
  }, [total, on, polite]);
}
