// Deleting or leaving a workspace (ui.md 7.2): whom it touches, what stays, and the reason
// where the account asks for one (E-36).

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActive } from '../app/active.tsx';
import { keys } from '../app/keys.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import type { WorkspaceView } from '../backend/types.ts';
import { date } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { ReasonField, reasonWanted } from '../parts/ReasonField.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';

interface Props {
  what: 'delete' | 'leave';
  view: WorkspaceView;
  onClose: () => void;
  onDone: () => void;
}

const TYPED_FROM = 50;
const BIN_DAYS = 30;
const DAY = 86_400_000;

export function EndWorkspace({ what, view, onClose, onDone }: Props) {
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const active = useActive();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  // The server may know of it before this copy does.
  const toldNow = answer?.result === 'refused' && answer.reason.code === 'reason.missing';
  const reasonAsked = what === 'delete' && (reasonWanted(view, 'ws.delete') || toldNow);
  const { row } = view;
  const workspace = row.id;
  const run = async () => {
    setAsked(true);
    if (reasonAsked && reason.trim() === '') return;
    // Said before it is asked for: the news that it has gone may be here before the answer.
    active.ending.set(workspace, what);
    const next = await submit(
      what === 'delete'
        ? { intent: 'delete_workspace', workspace, reason: reason.trim() || null }
        : { intent: 'leave_workspace', workspace },
    );
    if (!isTaken(next)) {
      active.ending.delete(workspace);
      setAnswer(next);
      return;
    }
    // The open one is closed with a sentence of its own (E-53).
    if (workspace !== active.id || next.result === 'unanswered') {
      told(t(`notice.${what}`, { name: row.name }), [next]);
    }
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({ queryKey: keys.accounts });
    void client.invalidateQueries({ queryKey: keys.state });
    void client.invalidateQueries({ queryKey: keys.view(workspace) });
    onDone();
  };
  const people = row.people ?? 0;
  const values = {
    workspace: row.name,
    n: people,
    date: date(Date.now() + BIN_DAYS * DAY),
  };
  return (
    <ConfirmDialog
      title={<T id={`workspace.${what}_title`} values={values} />}
      text={<T id={`workspace.${what}_effect`} values={values} />}
      keep={t(`workspace.${what}_keep`)}
      action={t(`workspace.${what}_action`, { workspace: row.name })}
      typed={what === 'delete' && people > TYPED_FROM ? people : null}
      onClose={onClose}
      onConfirm={run}
    >
      {reasonAsked && <ReasonField value={reason} missing={asked} onChange={setReason} />}
      {answer !== null && (
        <AnswerLine answer={answer} known={{ workspace: row.name, account: row.account_name }} />
      )}
    </ConfirmDialog>
  );
}
