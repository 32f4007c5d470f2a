// One person in this workspace (ui.md 5.3): role and state, what waits or was refused, what
// they can do, and the actions under their verdicts.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { memberQuery } from '../app/state.ts';
import { type Answer, isTaken } from '../app/useSubmit.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure, MemberRow, MemberView, PendingItem } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { Button, IconButton } from '../primitives/Button.tsx';
import { Avatar } from '../primitives/Tile.tsx';
import { Abilities } from './Abilities.tsx';
import { AnswerLine } from './AnswerLine.tsx';
import { type MemberTask, useResume } from './MemberActions.tsx';
import { Earlier, Facts } from './PersonFacts.tsx';
import { PersonNotes } from './PersonNotes.tsx';
import styles from './panel.module.css';
import {
  FailureLine,
  KnownValues,
  ReasonLine,
  reasonSentence,
  useKnown,
  VerdictButton,
} from './Reason.tsx';
import { changeText, personName } from './words.ts';

interface PanelProps {
  workspace: string;
  id: string;
  onClose: () => void;
  onTask: (task: MemberTask) => void;
  /** What happened to them last, read when it is shown. */
  recent: (row: MemberRow) => ReactNode;
}

export function PersonPanel({ workspace, id, onClose, onTask, recent }: PanelProps) {
  const backend = useBackend();
  const member = useQuery(memberQuery(backend, workspace, id));
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  const name = member.data === undefined ? '' : personName(member.data.row);
  return (
    <aside
      className={styles.panel}
      aria-label={name || t('panel.label')}
      data-testid="panel"
      data-area="panel"
      onKeyDown={press}
    >
      {member.data !== undefined && (
        <Person
          view={member.data}
          workspace={workspace}
          onClose={onClose}
          onTask={onTask}
          recent={recent}
        />
      )}
      {member.isError && (
        <>
          <div className={styles.head}>
            <span className={styles.title} />
            <IconButton label={t('action.close')} icon="close" onClick={onClose} />
          </div>
          <FailureLine failure={asFailure(member.error)} />
        </>
      )}
    </aside>
  );
}

interface PersonProps extends Omit<PanelProps, 'id'> {
  view: MemberView;
}

function Person({ view, workspace, onClose, onTask, recent }: PersonProps) {
  const { row } = view;
  const known = useKnown({ name: personName(row) });
  return (
    <KnownValues values={known}>
      <div className={styles.head}>
        <Avatar letters={row.letters} />
        <h2 className={styles.title}>
          <bdi>{personName(row)}</bdi>
          {row.me && <span className={styles.you}> {t('members.you')}</span>}
        </h2>
        <IconButton label={t('action.close')} icon="close" onClick={onClose} />
      </div>
      <div className={styles.body}>
        <Refused item={view.refused} workspace={workspace} />
        {view.not_sent.map((item) => (
          <NotSent key={item.n} item={item} workspace={workspace} />
        ))}
        <Facts view={view} />
        <Actions view={view} workspace={workspace} onTask={onTask} />
        {view.account_admin && (
          <p className={styles.quiet}>
            <T id="also.admin" values={known} />
          </p>
        )}
        {row.ended === null && <PersonNotes view={view} workspace={workspace} />}
        <Earlier stays={view.earlier} />
        {row.ended === null && (
          <Abilities workspace={workspace} member={row.id} name={personName(row)} can={view.can} />
        )}
        {recent(row)}
      </div>
    </KnownValues>
  );
}

interface ActionsProps {
  view: MemberView;
  workspace: string;
  onTask: (task: MemberTask) => void;
}

function Actions({ view, workspace, onTask }: ActionsProps) {
  const resume = useResume(workspace);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const member = view.row.id;
  const letIn = async (row: MemberRow) => setAnswer(await resume(row));
  return (
    <div className={styles.actions}>
      <VerdictButton
        verdict={view.change_role}
        onPress={() => onTask({ task: 'role', member: view.row })}
      >
        {t('member.change_role')}
      </VerdictButton>
      <VerdictButton verdict={view.set_end} onPress={() => onTask({ task: 'end', member })}>
        {t('member.set_end')}
      </VerdictButton>
      <VerdictButton verdict={view.suspend} onPress={() => onTask({ task: 'suspend', member })}>
        {t('member.suspend')}
      </VerdictButton>
      <VerdictButton verdict={view.resume} onPress={() => void letIn(view.row)}>
        {t('member.resume')}
      </VerdictButton>
      <VerdictButton verdict={view.remove} onPress={() => onTask({ task: 'remove', member })}>
        {t('member.remove')}
      </VerdictButton>
      {answer !== null && !isTaken(answer) && <AnswerLine answer={answer} />}
    </div>
  );
}

function useSettle(workspace: string) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
      void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
      void client.invalidateQueries({ queryKey: keys.pending });
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return { failure, run };
}

function NotSent({ item, workspace }: { item: PendingItem; workspace: string }) {
  const names = useKnown();
  const backend = useBackend();
  const { failure, run } = useSettle(workspace);
  return (
    <div className={styles.waits}>
      <p>
        <T {...changeText(item, names)} />
        {', '}
        {t(item.sending ? 'pending.sending' : 'pending.not_sent')}
      </p>
      {!item.sending && (
        <Button look="link" onClick={() => void run(() => backend.pendingUndo(item.n))}>
          {t('action.undo')}
        </Button>
      )}
      {failure !== null && <FailureLine failure={failure} />}
    </div>
  );
}

function Refused({ item, workspace }: { item: PendingItem | null; workspace: string }) {
  const backend = useBackend();
  const { failure, run } = useSettle(workspace);
  const known = useKnown();
  if (item === null) return null;
  const reason = item.outcome?.reason ?? null;
  return (
    <div className={styles.refused}>
      <p>
        <T {...changeText(item, known)} />
        {': '}
        {t('pending.was_refused')}
      </p>
      {reason !== null && <ReasonLine sentence={reasonSentence(reason, known)} />}
      <Button look="link" onClick={() => void run(() => backend.pendingDiscard(item.n))}>
        {t('action.discard')}
      </Button>
      {failure !== null && <FailureLine failure={failure} />}
    </div>
  );
}
