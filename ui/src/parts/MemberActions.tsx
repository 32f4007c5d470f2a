// The actions of one member, the same list and order everywhere, and the dialogs they open.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { paths } from '../app/paths.ts';
import { memberQuery } from '../app/state.ts';
import { useSubmit, useTold } from '../app/useSubmit.ts';
import type { MemberRow, Verdict, WorkspaceView } from '../backend/types.ts';
import type { BulkWhat } from '../forms/bulkChange.ts';
import { BulkDialog, EndDateDialog, EndDialog, RolePicker } from '../forms/later.tsx';
import { t } from '../i18n/text.tsx';
import { MenuAt, MenuItem } from '../primitives/Menu.tsx';
import { useKnown } from './Reason.tsx';
import { RefusableItem } from './RefusableItem.tsx';
import { WaysAbout } from './Ways.tsx';
import { personName } from './words.ts';

export type MemberTask =
  | { task: 'invite' }
  | { task: 'successor' }
  | { task: 'role'; member: MemberRow }
  | { task: 'suspend' | 'remove' | 'end'; member: string }
  | { task: 'many'; what: BulkWhat; members: string[] };

interface ActionsProps {
  workspace: string;
  row: MemberRow;
  at: Element;
  onClose: () => void;
  onOpen: () => void;
  onTask: (task: MemberTask) => void;
}

/** Lets somebody back in: it takes nothing away, so nothing is asked. */
export function useResume(workspace: string) {
  const submit = useSubmit();
  const told = useTold();
  const client = useQueryClient();
  return async (row: MemberRow) => {
    const answer = await submit({ intent: 'resume', workspace, member: row.id });
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    if (answer.result !== 'refused' && answer.result !== 'failed') {
      told(t('notice.resumed', { name: personName(row) }), [answer]);
    }
    return answer;
  };
}

export function MemberActions({ workspace, row, at, onClose, onOpen, onTask }: ActionsProps) {
  const backend = useBackend();
  const member = useQuery(memberQuery(backend, workspace, row.id)).data;
  const known = useKnown({ name: personName(row) });
  const resume = useResume(workspace);
  const navigate = useNavigate();
  const ref = useMemo(() => ({ current: at }), [at]);
  if (member === undefined) return null;
  const item = (name: string, letter: string, verdict: Verdict, run: () => void) => (
    <RefusableItem name={name} letter={letter} verdict={verdict} known={known} onAction={run} />
  );
  return (
    <WaysAbout about={{ workspace, member: row.id }}>
      <MenuAt at={ref} label={t('roster.more', { name: personName(row) })} onClose={onClose}>
        <MenuItem name={t('member.open')} onAction={onOpen} />
        {item(t('member.change_role'), 'r', member.change_role, () =>
          onTask({ task: 'role', member: row }),
        )}
        {item(t('member.set_end'), 'e', member.set_end, () =>
          onTask({ task: 'end', member: row.id }),
        )}
        {item(t('member.suspend'), 's', member.suspend, () =>
          onTask({ task: 'suspend', member: row.id }),
        )}
        {item(t('member.resume'), 'b', member.resume, () => void resume(row))}
        {item(t('member.remove'), 'd', member.remove, () =>
          onTask({ task: 'remove', member: row.id }),
        )}
        {item(t('member.labels'), 'l', member.annotate, () => focusIn(onOpen, 'labels'))}
        <MenuItem name={t('member.why')} letter="w" onAction={() => focusIn(onOpen, 'why')} />
        <MenuItem
          name={t('member.history')}
          letter="h"
          onAction={() => void navigate(paths.history(workspace, { q: row.address }))}
        />
      </MenuAt>
    </WaysAbout>
  );
}

/** Opens the panel and goes to a part of it, once it is there. */
function focusIn(open: () => void, part: 'labels' | 'why'): void {
  open();
  let left = 60;
  const go = () => {
    const where = document.querySelector(`[data-testid="panel"] [data-part="${part}"]`);
    const target = where?.querySelector<HTMLElement>('input, button');
    left -= 1;
    if (target) target.focus();
    else if (left > 0) requestAnimationFrame(go);
  };
  requestAnimationFrame(go);
}

interface TasksProps {
  task: Exclude<MemberTask, { task: 'invite' | 'successor' }>;
  view: WorkspaceView;
  onClose: () => void;
  onDone: () => void;
}

export function MemberTasks({ task, view, onClose, onDone }: TasksProps) {
  const props = { view, onClose, onDone };
  switch (task.task) {
    case 'role':
      return <RolePicker {...props} member={task.member} />;
    case 'suspend':
    case 'remove':
      return <EndDialog {...props} member={task.member} what={task.task} />;
    case 'end':
      return <EndDateDialog {...props} member={task.member} />;
    case 'many':
      return <BulkDialog {...props} members={task.members} what={task.what} />;
  }
}
