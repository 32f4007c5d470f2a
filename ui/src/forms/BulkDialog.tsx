// One change for several people (E-47): what is to be done, a plan with the verdict of each,
// and a result per line. Nothing is half done: each line is carried out or left alone. Above
// fifty people the number is typed (ui.md 7.1).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { paths } from '../app/paths.ts';
import { useAppState } from '../app/state.ts';
import { usePlanRun } from '../app/usePlanRun.ts';
import { isTaken, useTold } from '../app/useSubmit.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure, PlanLine, Role, WorkspaceView } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { EndFields, useEndDraft } from '../parts/EndFields.tsx';
import { PlanPreview, planGroup, planned } from '../parts/PlanPreview.tsx';
import { FailureLine, ReasonLine, useKnown } from '../parts/Reason.tsx';
import { ReasonField, reasonWanted } from '../parts/ReasonField.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextField } from '../primitives/Field.tsx';
import { BulkEffect, BulkRoles } from './BulkParts.tsx';
import { type BulkDraft, type BulkWhat, doneText, intentOf } from './bulkChange.ts';
import styles from './forms.module.css';

interface Props {
  what: BulkWhat;
  view: WorkspaceView;
  members: string[];
  onClose: () => void;
  onDone: () => void;
}

const TYPED_FROM = 50;

export function BulkDialog({ what, view, members, onClose, onDone }: Props) {
  const backend = useBackend();
  const workspace = view.row.id;
  const offline = useAppState()?.connection.state === 'offline';
  const [roles, setRoles] = useState<Role[]>([]);
  const { draft, setDraft, end } = useEndDraft(null);
  const reasonAsked = what !== 'end' && reasonWanted(view, 'member.manage');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const [typed, setTyped] = useState('');
  const change: BulkDraft = { roles, end, reason: reason.trim() || null };
  const intents = members.flatMap((member) => {
    const one = intentOf(what, workspace, member, change);
    return one === null ? [] : [one];
  });
  const plan = useQuery({
    queryKey: [...keys.workspace(workspace), 'plan', what, roles, end?.at, draft.after, members],
    queryFn: () => backend.plan(intents),
    enabled: intents.length > 0,
  });
  const run = useRun(view, what);
  // What was carried out stays as it was shown, though the people are different by then.
  const lines = run.lines ?? (intents.length === 0 ? undefined : plan.data?.lines);
  const [ticks, setTicks] = useState<{ of: unknown; ids: ReadonlySet<number> }>({
    of: null,
    ids: new Set(),
  });
  // Another choice starts with nothing ticked.
  const ticked = ticks.of === plan.data ? ticks.ids : new Set<number>();
  const todo = run.todo ?? (lines === undefined ? [] : planned(lines, ticked));
  const proven = todo.length <= TYPED_FROM || typed.trim() === String(todo.length);
  const start = () => {
    setAsked(true);
    if (run.results !== null || lines === undefined || todo.length === 0 || !proven) return;
    if (reasonAsked && change.reason === null) return;
    void run.start(intents, lines, todo);
  };
  const save = async () => {
    setAsked(true);
    if (lines === undefined || (reasonAsked && change.reason === null)) return;
    const name = t(`${what}.title_many`, { n: members.length, workspace: view.row.name });
    setFailure(null);
    try {
      const n = await backend.savePlan({ name, source: 'selection', intents });
      const show = { label: t('action.show'), run: () => void navigate(paths.plan(n)) };
      notify({ text: t('plan.saved', { name }), action: show });
      void client.invalidateQueries({ queryKey: keys.savedPlans });
      onClose();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const tick = (index: number, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(index);
    else next.delete(index);
    setTicks({ of: plan.data, ids: next });
  };
  const finished = run.results !== null && run.done === null;
  return (
    <Dialog
      role={what === 'role' || what === 'end' ? 'dialog' : 'alertdialog'}
      size="wide"
      title={
        <T id={`${what}.title_many`} values={{ n: members.length, workspace: view.row.name }} />
      }
      outside={run.done === null ? 'closes' : 'stays'}
      onClose={finished ? onDone : onClose}
      onSubmit={start}
      buttons={
        finished ? (
          <Button look="main" onClick={onDone} autoFocus>
            {t('action.close')}
          </Button>
        ) : run.done !== null ? (
          <Button onClick={run.stop} autoFocus>
            {t('plan.stop')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} autoFocus={what === 'suspend' || what === 'remove'}>
              {t('action.cancel')}
            </Button>
            <Button aria-disabled={lines === undefined || undefined} onClick={() => void save()}>
              {t('plan.save')}
            </Button>
            <Button
              look={what === 'suspend' || what === 'remove' ? 'danger' : 'main'}
              aria-disabled={todo.length === 0 || undefined}
              onClick={start}
            >
              {t(`${what}.action_many`, { n: todo.length })}
            </Button>
          </>
        )
      }
    >
      {what === 'remove' || what === 'suspend' ? (
        <BulkEffect what={what} n={members.length} workspace={view.row.name} offline={offline} />
      ) : null}
      {what === 'role' && run.results === null && (
        <BulkRoles view={view} members={members} chosen={roles} onChange={setRoles} />
      )}
      {what === 'end' && run.results === null && (
        <EndFields view={view} draft={draft} asked={asked} onChange={setDraft} />
      )}
      {reasonAsked && run.results === null && (
        <ReasonField value={reason} missing={asked} onChange={setReason} />
      )}
      {asked && what === 'role' && roles.length === 0 && (
        <p className={styles.hint}>{t('role.choose_one')}</p>
      )}
      {lines !== undefined && (
        <PlanPreview
          lines={lines}
          ticked={ticked}
          onTick={tick}
          {...(finished && run.results !== null ? { results: run.results } : {})}
        />
      )}
      {run.done !== null && (
        <p role="status">{t('plan.progress', { done: run.done, total: todo.length })}</p>
      )}
      {todo.length > TYPED_FROM && run.results === null && (
        <TextField
          label={t('end.type_number', { n: todo.length })}
          inputMode="numeric"
          value={typed}
          error={asked && !proven ? t('end.type_number', { n: todo.length }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {asked && lines !== undefined && todo.length === 0 && <Unticked lines={lines} />}
      {plan.error !== null && <FailureLine failure={asFailure(plan.error)} />}
      {failure !== null && <FailureLine failure={failure} />}
    </Dialog>
  );
}

// Carries the change out, and tells what became of it.
function useRun(view: WorkspaceView, what: BulkWhat) {
  const client = useQueryClient();
  const told = useTold();
  return usePlanRun((answers) => {
    const taken = answers.filter(isTaken);
    void client.invalidateQueries({ queryKey: keys.workspace(view.row.id) });
    void client.invalidateQueries({ queryKey: keys.pending });
    if (taken.length > 0) told(doneText(what, taken.length), taken);
  });
}

// Nothing is carried out because what is left needs a tick of its own (R16).
function Unticked({ lines }: { lines: readonly PlanLine[] }) {
  const known = useKnown();
  const n = (group: 'widening' | 'grave') => lines.filter((one) => planGroup(one) === group).length;
  return (
    <>
      {n('widening') > 0 && (
        <ReasonLine
          sentence={{ id: 'r16.widen', values: { ...known, n: n('widening') }, rule: 'R16' }}
        />
      )}
      {n('grave') > 0 && <p className={styles.hint}>{t('plan.grave_tick')}</p>}
    </>
  );
}
