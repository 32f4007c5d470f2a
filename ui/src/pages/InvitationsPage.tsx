// Invitations that are open or have ended (ui.md 5.6). Send again and Cancel need a
// connection, because the old link has to stop working at once.

import { getRouteApi, Link } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useActiveView, useIsMissing } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { useRequest } from '../app/globalKeys.ts';
import { paths, ROUTES } from '../app/paths.ts';
import { invitationsQuery, useAppState } from '../app/state.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import { useWidth } from '../app/useWidth.ts';
import { PAGE } from '../backend/backend.ts';
import { asFailure } from '../backend/failure.ts';
import type {
  Failure,
  InvitationPage,
  InvitationRow,
  LinkView,
  WorkspaceView,
} from '../backend/types.ts';
import { ConfirmDialog } from '../forms/ConfirmDialog.tsx';
import { InvitationRoles } from '../forms/InvitationRoles.tsx';
import { LinkDialog } from '../forms/LinkDialog.tsx';
import { InviteDialog } from '../forms/later.tsx';
import { count, date, roleList, roles, when } from '../i18n/format.ts';
import { t, type Values } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { InvitationPanel } from '../parts/InvitationPanel.tsx';
import { type InvitationTask, invitationActions } from '../parts/invitationActions.ts';
import member from '../parts/member.module.css';
import { FailureLine, useKnown } from '../parts/Reason.tsx';
import { RefusableItem } from '../parts/RefusableItem.tsx';
import { Roster } from '../parts/Roster.tsx';
import type { Column } from '../parts/rosterProps.ts';
import { useWindowed, type Windowed } from '../parts/useWindowed.ts';
import { ownNames } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { MenuAt } from '../primitives/Menu.tsx';
import split from './members.module.css';
import { NotAvailable } from './NotAvailable.tsx';
import { PageHead } from './PageHead.tsx';
import { useDrafts } from './PendingDrafts.tsx';
import page from './page.module.css';

const route = getRouteApi(ROUTES.invitations);

export function InvitationsPage() {
  const { workspace } = route.useParams();
  const view = useActiveView();
  const missing = useIsMissing();
  if (missing) return <NotAvailable />;
  if (view === undefined || view.row.id !== workspace)
    return <PageHead title={t('nav.invitations')} />;
  if (!view.sees_invitations) return <NotAvailable />;
  return <Invitations key={workspace} view={view} />;
}

function invitationColumns(names: Values): Column<InvitationRow>[] {
  return [
    {
      id: 'address',
      name: t('column.address'),
      width: 'minmax(13rem, 2.2fr)',
      cell: (row) => (
        <span className={member.both}>
          <span title={row.address}>{row.address}</span>
          {row.name !== null && <bdi className={member.also}>{row.name}</bdi>}
        </span>
      ),
    },
    {
      id: 'roles',
      name: t('column.role'),
      width: 'minmax(7rem, 1fr)',
      cell: (row) => (
        <span title={roles(row.roles, names)}>{roleList(row.roles, names).join(', ')}</span>
      ),
    },
    {
      id: 'inviter',
      name: t('column.inviter'),
      width: 'minmax(7rem, 1fr)',
      spare: true,
      cell: (row) => <bdi>{row.inviter}</bdi>,
    },
    {
      id: 'sent',
      name: t('column.sent'),
      width: '8.5rem',
      spare: true,
      cell: (row) => <span className={member.quiet}>{when(row.sent)}</span>,
    },
    {
      id: 'expires',
      name: t('column.expires'),
      width: '6.5rem',
      cell: (row) => <span className={member.quiet}>{date(row.expires)}</span>,
    },
    {
      id: 'state',
      name: t('column.state'),
      width: 'minmax(6.5rem, 10rem)',
      cell: (row) => <span className={stateClass(row)}>{stateWord(row)}</span>,
    },
  ];
}

// What came into the way of one that is open says more than that it is open.
function stateWord(row: InvitationRow): string {
  return row.trouble === null
    ? t(`invitation.state.${row.state}`)
    : t(`invitation.trouble_word.${row.trouble}`);
}

function stateClass(row: InvitationRow): string | undefined {
  if (row.trouble !== null) return member.refused;
  return row.state === 'needs_confirmation' ? member.unsent : member.quiet;
}

function second(row: InvitationRow, names: Values) {
  return (
    <>
      {roleList(row.roles, names).join(', ')} ·{' '}
      <span className={stateClass(row)}>{stateWord(row)}</span>
    </>
  );
}

type Open =
  | { what: 'none' }
  | { what: 'invite' }
  | { what: 'menu'; row: InvitationRow; at: Element }
  | { what: 'cancel' | 'roles'; row: InvitationRow }
  | { what: 'link'; row: InvitationRow; link: LinkView };

const CLOSED: readonly InvitationRow['state'][] = ['expired', 'declined', 'accepted'];

// Those that have ended stand folded below the others, while all of them are here to be told
// apart; in a longer list they stay in their order.
function useFolded(list: Windowed<InvitationPage, InvitationRow>, total: number) {
  const [unfolded, setUnfolded] = useState(false);
  const whole = total <= PAGE;
  const rows = whole ? (list.head?.rows ?? []) : [];
  const open = rows.filter((row) => !CLOSED.includes(row.state));
  const closed = rows.filter((row) => CLOSED.includes(row.state));
  const shown = unfolded ? [...open, ...closed] : open;
  return {
    closed: whole ? closed.length : 0,
    unfolded,
    toggle: () => setUnfolded(!unfolded),
    total: whole ? shown.length : total,
    row: (index: number) => (whole ? shown[index] : list.row(index)),
  };
}

function Invitations({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const submit = useSubmit();
  const told = useTold();
  const width = useWidth();
  const workspace = view.row.id;
  const offline = useAppState()?.connection.state === 'offline';
  const [open, setOpen] = useState<Open>({ what: 'none' });
  const [opened, setOpened] = useState<string | null>(null);
  const [answer, setAnswer] = useState<{ answer: Answer; address: string } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const names = useMemo(() => ownNames(view), [view]);
  const columns = useMemo(() => invitationColumns(names), [names]);
  const list = useWindowed<InvitationPage, InvitationRow>({
    scope: workspace,
    key: workspace,
    page: (n) => invitationsQuery(backend, workspace, n),
  });
  const total = list.head?.total ?? 0;
  const folded = useFolded(list, total);
  const drafts = useDrafts().filter((one) => one.workspace === workspace).length;
  const waiting = list.head?.open ?? 0;
  const panel = list.head?.rows.find((row) => row.id === opened);
  const close = () => setOpen({ what: 'none' });
  // An action of the menu may have opened a dialog by the time the menu closes.
  const closeMenu = () => setOpen((now) => (now.what === 'menu' ? { what: 'none' } : now));
  const invite = useCallback(() => setOpen({ what: 'invite' }), []);
  const closePanel = () => {
    const id = opened;
    setOpened(null);
    setTimeout(() => document.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus(), 0);
  };

  const change = async (intent: 'resend' | 'revoke' | 'confirm_invitation', row: InvitationRow) => {
    setFailure(null);
    const next = await submit({ intent, workspace, invitation: row.id });
    setAnswer(isTaken(next) ? null : { answer: next, address: row.address });
    if (isTaken(next)) told(t(`notice.${intent}`, { address: row.address }), [next]);
    return isTaken(next);
  };
  const showLink = async (row: InvitationRow) => {
    setAnswer(null);
    try {
      setOpen({ what: 'link', row, link: await backend.invitationLink(workspace, row.id) });
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const run = (task: InvitationTask, row: InvitationRow) => {
    switch (task) {
      case 'confirm':
        return void change('confirm_invitation', row);
      case 'resend':
        return void change('resend', row);
      case 'link':
        return void showLink(row);
      case 'roles':
        return setOpen({ what: 'roles', row });
      case 'cancel':
        // What has ended is only taken off the list.
        return CLOSED.includes(row.state)
          ? void change('revoke', row)
          : setOpen({ what: 'cancel', row });
    }
  };
  const mayInvite = view.invite.verdict !== 'hidden' && view.invite.verdict !== 'refused';
  useRequest(
    'invite',
    useCallback(() => {
      if (mayInvite) invite();
    }, [mayInvite, invite]),
  );
  const panelIsPage = width === 'phone' && panel !== undefined;
  return (
    <div className={split.split}>
      <div className={split.list} hidden={panelIsPage}>
        <PageHead
          title={t('nav.invitations')}
          summary={waiting > 0 && t('invitations.open', { n: waiting, shown: count(waiting) })}
        >
          {view.permissions.includes('export.run') && waiting > 0 && (
            <ExportButton table={{ table: 'invitations', workspace: view.row.id }} />
          )}
          {mayInvite && (
            <Button look="main" icon={UserPlus} onClick={invite}>
              {t(
                view.invite.verdict === 'needs_connection'
                  ? 'members.invite_draft'
                  : 'members.invite',
              )}
            </Button>
          )}
        </PageHead>
        {answer !== null && (
          <div className={page.failure}>
            <AnswerLine answer={answer.answer} known={{ address: answer.address }} />
          </div>
        )}
        {failure !== null && (
          <div className={page.failure}>
            <FailureLine failure={failure} />
          </div>
        )}
        {drafts > 0 && (
          <p className={page.line}>
            {t('drafts.here', { n: drafts, shown: count(drafts) })}{' '}
            <Link {...paths.pending()}>{t('drafts.review')}</Link>
          </p>
        )}
        {list.head !== undefined && folded.total === 0 ? (
          <div className={page.empty}>
            <p>{t('invitations.empty')}</p>
          </div>
        ) : (
          <Roster<InvitationRow>
            label={t('nav.invitations')}
            columns={columns}
            list="invitations"
            total={folded.total}
            row={folded.row}
            id={(row) => row.id}
            name={(row) => row.address}
            mark={(row) => (row.trouble === null ? 'none' : 'refused')}
            told={(row) => (row.trouble === null ? '' : stateWord(row))}
            second={(row) => second(row, names)}
            address={(row) => row.address}
            current={(row) => row.id === opened}
            loaded={list.head !== undefined}
            look={list.look}
            onOpen={(row) => setOpened(row.id)}
            onMenu={(row, at) => setOpen({ what: 'menu', row, at })}
            onFocusRow={(row) => {
              if (opened !== null) setOpened(row.id);
            }}
            copy={(row) => row?.address ?? ''}
            listKey={workspace}
          />
        )}
        {folded.closed > 0 && (
          <p className={page.below}>
            <Button look="link" aria-expanded={folded.unfolded} onClick={folded.toggle}>
              {t('invitations.closed', { n: folded.closed })}
            </Button>
          </p>
        )}
      </div>
      {panel !== undefined && (
        <InvitationPanel
          row={panel}
          offline={offline}
          onClose={closePanel}
          onTask={(task) => run(task, panel)}
        />
      )}
      {open.what === 'menu' && (
        <InvitationMenu
          row={open.row}
          at={open.at}
          offline={offline}
          onClose={closeMenu}
          onTask={(task) => run(task, open.row)}
        />
      )}
      {open.what === 'cancel' && (
        <ConfirmDialog
          title={t('invitation.cancel_title', { address: open.row.address })}
          text={t('invitation.cancel_effect')}
          keep={t('invitation.keep')}
          action={t('invitation.cancel_action')}
          onClose={close}
          onConfirm={() => change('revoke', open.row).then(close)}
        />
      )}
      {open.what === 'roles' && <InvitationRoles view={view} row={open.row} onClose={close} />}
      {open.what === 'link' && (
        <LinkDialog address={open.row.address} link={open.link} onClose={close} />
      )}
      {open.what === 'invite' && <InviteDialog view={view} onClose={close} />}
    </div>
  );
}

interface MenuProps {
  row: InvitationRow;
  at: Element;
  offline: boolean;
  onClose: () => void;
  onTask: (task: InvitationTask) => void;
}

function InvitationMenu({ row, at, offline, onClose, onTask }: MenuProps) {
  const ref = useMemo(() => ({ current: at }), [at]);
  const known = useKnown({ address: row.address, inviter: row.inviter });
  return (
    <MenuAt at={ref} label={t('roster.more', { name: row.address })} onClose={onClose}>
      {invitationActions(row, offline).map(({ task, name, verdict }) => (
        <RefusableItem
          key={task}
          name={name}
          verdict={verdict ?? undefined}
          known={known}
          onAction={() => onTask(task)}
        />
      ))}
    </MenuAt>
  );
}
