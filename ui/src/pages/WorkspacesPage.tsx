// Every workspace the person belongs to, the open one highlighted (ui.md 5.11).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useActive } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { paths, ROUTES } from '../app/paths.ts';
import { useAppState, viewQuery, workspaceFilter, workspacesQuery } from '../app/state.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import type { Verdict, WorkspacePage, WorkspaceRow, WorkspaceView } from '../backend/types.ts';
import { AcceptInvitation } from '../forms/AcceptInvitation.tsx';
import { ConfirmDialog } from '../forms/ConfirmDialog.tsx';
import { CreateWorkspace } from '../forms/CreateWorkspace.tsx';
import { count } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import member from '../parts/member.module.css';
import { KnownValues, sentenceText, useKnown, verdictSentence } from '../parts/Reason.tsx';
import { type Column, Roster } from '../parts/Roster.tsx';
import { useWindowed } from '../parts/useWindowed.ts';
import { WorkspaceName } from '../parts/WorkspaceName.tsx';
import { workspaceRoles } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { MenuAt, MenuItem } from '../primitives/Menu.tsx';
import { PageHead } from './PageHead.tsx';
import page from './page.module.css';

const route = getRouteApi(ROUTES.workspaces);

type Open =
  | { what: 'none' }
  | { what: 'create' }
  | { what: 'invitation' }
  | { what: 'menu'; row: WorkspaceRow; at: Element }
  | { what: 'rename'; row: WorkspaceRow }
  | { what: 'delete' | 'leave'; view: WorkspaceView };

const TYPED_FROM = 50;

export function WorkspacesPage() {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const submit = useSubmit();
  const told = useTold();
  const search = route.useSearch();
  const active = useActive();
  const text = search.q ?? '';
  const mayCreate = (useAppState()?.me?.accounts.length ?? 0) > 0;
  const [open, setOpen] = useState<Open>({ what: 'none' });
  const [answer, setAnswer] = useState<{ answer: Answer; name: string } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useWindowed<WorkspacePage, WorkspaceRow>({
    scope: 'workspaces',
    key: text,
    page: (n) => workspacesQuery(backend, workspaceFilter({ text }), n),
  });
  const { head } = list;
  const total = head?.matched ?? 0;
  const close = () => {
    setOpen({ what: 'none' });
    if (search.create)
      void navigate({ ...paths.workspaces(text === '' ? {} : { q: text }), replace: true });
  };
  // An action of the menu may have opened a dialog by the time the menu closes.
  const closeMenu = () => setOpen((now) => (now.what === 'menu' ? { what: 'none' } : now));
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({ queryKey: keys.state });
  };
  const enter = (id: string) => {
    active.set(id);
    void backend.workspaceOpened(id);
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
  const rename = async (row: WorkspaceRow, name: string) => {
    setOpen({ what: 'none' });
    if (name === '' || name === row.name) return;
    const next = await submit({ intent: 'rename_workspace', workspace: row.id, name });
    setAnswer(isTaken(next) ? null : { answer: next, name: row.name });
    if (isTaken(next)) told(t('notice.rename', { name }), [next]);
    void client.invalidateQueries({ queryKey: keys.view(row.id) });
    refresh();
  };
  const end = async (what: 'delete' | 'leave', view: WorkspaceView) => {
    // Said before it is asked for: the news that it has gone may be here before the answer.
    active.ending.set(view.row.id, what);
    const workspace = view.row.id;
    const next = await submit(
      what === 'delete'
        ? { intent: 'delete_workspace', workspace, reason: null }
        : { intent: 'leave_workspace', workspace },
    );
    if (!isTaken(next)) active.ending.delete(view.row.id);
    setAnswer(isTaken(next) ? null : { answer: next, name: view.row.name });
    // The open one is closed with a sentence of its own (E-53).
    if (isTaken(next) && (view.row.id !== active.id || next.result === 'unanswered')) {
      told(t(`notice.${what}`, { name: view.row.name }), [next]);
    }
    setOpen({ what: 'none' });
    refresh();
  };
  const renaming = open.what === 'rename' ? open.row.id : null;
  const saveName = useRef(rename);
  saveName.current = rename;
  const columns = useMemo(
    () =>
      workspaceColumns(renaming, active.id, {
        save: (row, name) => void saveName.current(row, name),
        cancel: () => setOpen({ what: 'none' }),
      }),
    [renaming, active.id],
  );
  return (
    <div className={page.body}>
      <PageHead
        title={t('nav.workspaces')}
        summary={
          head !== undefined && t('workspaces.count', { n: head.total, shown: count(head.total) })
        }
      >
        <Button onClick={() => setOpen({ what: 'invitation' })}>{t('invitation.have')}</Button>
        {mayCreate && (
          <Button look="main" icon={Plus} onClick={() => setOpen({ what: 'create' })}>
            {t('workspace.create')}
          </Button>
        )}
      </PageHead>
      {((head?.total ?? 0) > 1 || text !== '') && (
        <div role="search" className={member.filters}>
          <input
            ref={field}
            type="text"
            className={member.field}
            aria-label={t('workspaces.filter')}
            placeholder={t('workspaces.filter')}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              const q = event.target.value;
              void navigate({ ...paths.workspaces(q === '' ? {} : { q }), replace: true });
            }}
          />
        </div>
      )}
      {answer !== null && (
        <div className={page.failure}>
          <AnswerLine
            answer={answer.answer}
            known={{ workspace: answer.name, name: answer.name }}
          />
        </div>
      )}
      <Roster<WorkspaceRow>
        label={t('nav.workspaces')}
        columns={columns}
        total={total}
        row={list.row}
        id={(row) => row.id}
        name={(row) => row.name}
        mark={(row) => (row.refused > 0 ? 'refused' : row.not_sent > 0 ? 'not_sent' : 'none')}
        second={(row) => (
          <>
            {workspaceRoles(row)} · {t(`plan.${row.plan}`)}
          </>
        )}
        current={(row) => row.id === active.id}
        loaded={head !== undefined}
        look={list.look}
        onOpen={(row) => void openRow(row)}
        onMenu={(row, at) => setOpen({ what: 'menu', row, at })}
        onChange={(row) => setOpen({ what: 'rename', row })}
        onFilter={() => field.current?.focus()}
        copy={(row) => row?.name ?? ''}
        listKey={list.shown}
      />
      {head !== undefined && total === 0 && text !== '' && (
        <div className={page.empty}>
          <p>{t('switcher.nothing')}</p>
          <Button onClick={() => void navigate({ ...paths.workspaces(), replace: true })}>
            {t('filter.clear')}
          </Button>
        </div>
      )}
      {open.what === 'menu' && (
        <WorkspaceMenu
          row={open.row}
          at={open.at}
          onClose={closeMenu}
          onOpen={() => void openRow(open.row)}
          onRename={() => setOpen({ what: 'rename', row: open.row })}
          onEnd={(what, view) => setOpen({ what, view })}
        />
      )}
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
        <ConfirmDialog
          title={
            <T id={`workspace.${open.what}_title`} values={{ workspace: open.view.row.name }} />
          }
          text={
            <T
              id={`workspace.${open.what}_effect`}
              values={{ workspace: open.view.row.name, n: open.view.row.people ?? 0 }}
            />
          }
          keep={t(`workspace.${open.what}_keep`)}
          action={t(`workspace.${open.what}_action`, { workspace: open.view.row.name })}
          typed={
            open.what === 'delete' && (open.view.row.people ?? 0) > TYPED_FROM
              ? open.view.row.people
              : null
          }
          onClose={close}
          onConfirm={() => end(open.what, open.view)}
        />
      )}
    </div>
  );
}

interface Naming {
  save: (row: WorkspaceRow, name: string) => void;
  cancel: () => void;
}

function workspaceColumns(
  renaming: string | null,
  active: string | null,
  naming: Naming,
): Column<WorkspaceRow>[] {
  const quiet = (shown: string) => <span className={member.quiet}>{shown}</span>;
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(12rem, 1.8fr)',
      cell: (row) => (
        <WorkspaceName
          row={row}
          open={row.id === active}
          renaming={row.id === renaming}
          onSave={(name) => naming.save(row, name)}
          onCancel={naming.cancel}
        />
      ),
    },
    {
      id: 'my_role',
      name: t('column.my_role'),
      width: 'minmax(7rem, 1.2fr)',
      cell: (row) => <span title={workspaceRoles(row)}>{workspaceRoles(row)}</span>,
    },
    {
      id: 'plan',
      name: t('field.plan'),
      width: '5rem',
      cell: (row) => quiet(t(`plan.${row.plan}`)),
    },
    {
      id: 'people',
      name: t('column.people'),
      width: '7rem',
      spare: true,
      cell: (row) =>
        quiet(
          row.people === null
            ? ''
            : t('members.people', { n: row.people, shown: count(row.people) }),
        ),
    },
    {
      id: 'owners',
      name: t('column.owners'),
      width: '6rem',
      spare: true,
      cell: (row) => quiet(row.owners === null ? '' : count(row.owners)),
    },
    {
      id: 'account',
      name: t('field.account'),
      width: 'minmax(7rem, 1fr)',
      spare: true,
      cell: (row) => <bdi className={member.quiet}>{row.account_name}</bdi>,
    },
  ];
}

interface MenuProps {
  row: WorkspaceRow;
  at: Element;
  onClose: () => void;
  onOpen: () => void;
  onRename: () => void;
  onEnd: (what: 'delete' | 'leave', view: WorkspaceView) => void;
}

function WorkspaceMenu(props: MenuProps) {
  const backend = useBackend();
  const view = useQuery(viewQuery(backend, props.row.id)).data;
  if (view === undefined) return null;
  return (
    <KnownValues
      values={{
        workspace: view.row.name,
        account: view.row.account_name,
        own: workspaceRoles(view.row),
      }}
    >
      <WorkspaceMenuItems {...props} view={view} />
    </KnownValues>
  );
}

function WorkspaceMenuItems(props: MenuProps & { view: WorkspaceView }) {
  const { row, view, onClose, onOpen, onRename, onEnd } = props;
  const at = useMemo(() => ({ current: props.at }), [props.at]);
  const known = useKnown();
  const item = (name: string, verdict: Verdict, run: () => void) => {
    if (verdict.verdict === 'hidden') return null;
    const sentence = verdictSentence(verdict, known);
    return (
      <MenuItem
        name={name}
        reason={sentence === null ? null : sentenceText(sentence)}
        onAction={run}
      />
    );
  };
  return (
    <MenuAt at={at} label={t('roster.more', { name: row.name })} onClose={onClose}>
      <MenuItem name={t('workspace.open')} onAction={onOpen} />
      {item(t('workspace.rename'), view.rename, onRename)}
      {item(t('workspace.leave'), view.leave, () => onEnd('leave', view))}
      {item(t('workspace.delete'), view.delete, () => onEnd('delete', view))}
    </MenuAt>
  );
}
