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
import { mayAsk, useInviting } from '../app/useInviting.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
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
import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { InvitationPanel } from '../parts/InvitationPanel.tsx';
import type { InvitationTask } from '../parts/invitationActions.ts';
import { FailureLine, VerdictButton } from '../parts/Reason.tsx';
import { Roster } from '../parts/Roster.tsx';
import { useWindowed } from '../parts/useWindowed.ts';
import { ownNames } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { InvitationMenu } from './invitations/InvitationMenu.tsx';
import {
  invitationColumns,
  invitationSecond,
  stateWord,
} from './invitations/invitationColumns.tsx';
import { hasEnded, useFolded } from './invitations/useFolded.ts';
import { backToRow, ListFrame } from './ListFrame.tsx';
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

type Open =
  | { what: 'none' }
  | { what: 'invite' }
  | { what: 'menu'; row: InvitationRow; at: Element }
  | { what: 'cancel' | 'roles'; row: InvitationRow }
  | { what: 'link'; row: InvitationRow; link: LinkView };

function Invitations({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const submit = useSubmit();
  const told = useTold();
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
    backToRow(id);
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
        return hasEnded(row) ? void change('revoke', row) : setOpen({ what: 'cancel', row });
    }
  };
  const inviting = useInviting(view);
  const mayInvite = mayAsk(inviting);
  useRequest(
    'invite',
    useCallback(() => {
      if (mayInvite) invite();
    }, [mayInvite, invite]),
  );
  return (
    <ListFrame
      panel={
        panel !== undefined && (
          <InvitationPanel
            row={panel}
            offline={offline}
            onClose={closePanel}
            onTask={(task) => run(task, panel)}
          />
        )
      }
      over={
        <>
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
        </>
      }
    >
      <PageHead
        title={t('nav.invitations')}
        summary={waiting > 0 && t('invitations.open', { n: waiting, shown: count(waiting) })}
      >
        {view.permissions.includes('export.run') && waiting > 0 && (
          <ExportButton table={{ table: 'invitations', workspace: view.row.id }} />
        )}
        {inviting.verdict.verdict !== 'refused' && (
          <VerdictButton look="main" icon={UserPlus} verdict={inviting.verdict} onPress={invite}>
            {t(inviting.drafts ? 'members.invite_draft' : 'members.invite')}
          </VerdictButton>
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
          second={(row) => invitationSecond(row, names)}
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
    </ListFrame>
  );
}
