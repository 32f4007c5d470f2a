// The role picker (ui.md 4.5): what the roles are, what is gained, kept and lost, and whether
// the server is expected to accept it. All of it is the core's answer. Giving up one's own
// role, and taking it from the last Workspace Admin, is asked once more (E-3, E-7).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useAppState } from '../app/state.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import { asFailure } from '../backend/failure.ts';
import type {
  MemberRow,
  MemberVerdict,
  Permission,
  Role,
  RoleAnswer,
  WorkspaceView,
} from '../backend/types.ts';
import { list, permissions, roles } from '../i18n/format.ts';
import { T, t, type Values } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { isLastAdmin, LastAdmin } from '../parts/LastAdmin.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../parts/Reason.tsx';
import { ReasonField, reasonWanted } from '../parts/ReasonField.tsx';
import { RoleChoice } from '../parts/RoleChoice.tsx';
import { WaysHere } from '../parts/Ways.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './forms.module.css';

interface Props {
  view: WorkspaceView;
  member: MemberRow;
  /** What is chosen to begin with, if not what they hold. */
  start?: readonly Role[];
  onClose: () => void;
  onDone: () => void;
}

function willTry(verdict: MemberVerdict): boolean {
  return verdict.verdict.verdict === 'allowed' || verdict.verdict.verdict === 'unknown';
}

/** What has to be said before it is done, where a press alone is not enough. */
type Grave = 'last_admin' | 'self' | null;

function graveOf(view: WorkspaceView, member: MemberRow, to: readonly Role[], loses: boolean) {
  if (isLastAdmin(view, member) && !to.includes('workspace_admin')) return 'last_admin';
  return member.me && loses ? 'self' : null;
}

export function RolePicker({ view, member, start, onClose, onDone }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const workspace = view.row.id;
  const names = useKnown();
  const [chosen, setChosen] = useState<Role[]>([...(start ?? member.roles)]);
  const [refused, setRefused] = useState<Answer | null>(null);
  const [pressed, setPressed] = useState(false);
  const [waits, setWaits] = useState(false);
  const [confirming, setConfirming] = useState<Grave>(null);
  const reasonAsked = reasonWanted(view, 'member.manage');
  const [reason, setReason] = useState('');
  const question = { workspace, members: [member.id], roles: chosen };
  const {
    data: answer,
    error,
    isPlaceholderData,
  } = useQuery({
    queryKey: keys.roles(question),
    queryFn: () => backend.roleAnswer(question),
    placeholderData: (before) => before,
  });
  // What is shown may still be the answer about the choice before this one.
  const asking = error === null && (answer === undefined || isPlaceholderData);
  const first = answer?.verdicts[0];
  const ready = chosen.length > 0 && first !== undefined && willTry(first);
  const reasonMissing = reasonAsked && reason.trim() === '';
  const options = useRef<HTMLDivElement>(null);
  const here = useMemo(
    () => ({ choose_role: () => options.current?.querySelector<HTMLElement>('input')?.focus() }),
    [],
  );
  const running = useRef(false);
  const save = async (sure: 'sure' | 'ask') => {
    if (!ready || running.current || reasonMissing) return;
    const grave = graveOf(view, member, chosen, first.loses);
    if (grave !== null && sure === 'ask') {
      setConfirming(grave);
      return;
    }
    running.current = true;
    const next = await submit({
      intent: 'set_roles',
      workspace,
      member: member.id,
      roles: chosen,
      reason: reason.trim() || null,
    });
    running.current = false;
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    setConfirming(null);
    if (!isTaken(next)) {
      setRefused(next);
      return;
    }
    told(t('notice.roles', { n: 1, name: first.name, role: roles(chosen, names) }), [next]);
    onDone();
  };
  const saveNow = useRef(save);
  saveNow.current = save;
  // A press that comes before the verdict counts: it acts when the verdict arrives, and only
  // on the choice that it was made for.
  useEffect(() => {
    if (!waits || asking) return;
    setWaits(false);
    void saveNow.current('ask');
  }, [waits, asking]);
  const press = () => {
    setPressed(true);
    if (confirming !== null) void save('sure');
    else if (chosen.length > 0) setWaits(true);
  };
  // What they hold already is no change, and nothing is said of it until it is asked for.
  const changes = chosen.length > 0 && first?.verdict.verdict !== 'no_op';
  const now = roles(member.roles, names);
  return (
    <Dialog
      title={t('role.title', { name: first?.name ?? member.name })}
      size="wide"
      onClose={onClose}
      onSubmit={press}
      buttons={
        confirming !== null ? (
          <>
            <Button key="keep" onClick={() => setConfirming(null)} autoFocus>
              {t('role.keep', { role: now })}
            </Button>
            <Button key="sure" look="danger" onClick={() => void save('sure')}>
              {t(confirming === 'self' ? 'role.step_down' : 'role.anyway')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button
              look="main"
              type="submit"
              aria-disabled={!(ready || (asking && chosen.length > 0)) || undefined}
            >
              {chosen.length === 0
                ? t('role.save')
                : t('role.make', { role: roles(chosen, names), n: 1, of: 1 })}
            </Button>
          </>
        )
      }
    >
      {confirming === 'last_admin' && <LastAdmin view={view} />}
      {confirming === 'self' && <StepDown view={view} member={member} />}
      {confirming === null && answer !== undefined && (
        <WaysHere ways={here}>
          <div ref={options}>
            <RoleChoice
              options={answer.options}
              many={answer.many}
              chosen={chosen}
              label={t('role.choose')}
              known={{ name: first?.name }}
              showNow
              onChange={(next) => {
                setChosen(next);
                setPressed(false);
                setWaits(false);
              }}
            />
          </div>
          {changes && first !== undefined && <Difference answer={answer} name={first.name} />}
          {chosen.length === 0 && pressed && <p className={styles.hint}>{t('role.choose_one')}</p>}
          {reasonAsked && (
            <ReasonField value={reason} missing={pressed && reasonMissing} onChange={setReason} />
          )}
          {(changes || (pressed && !asking)) && first !== undefined && (
            <Expected verdict={first} self={member.me} />
          )}
        </WaysHere>
      )}
      {error !== null && <FailureLine failure={asFailure(error)} />}
      {refused !== null && <AnswerLine answer={refused} known={{ name: first?.name }} />}
    </Dialog>
  );
}

// Who could give it back is told before it is given up (E-7).
function StepDown({ view, member }: { view: WorkspaceView; member: MemberRow }) {
  const backend = useBackend();
  const workspace = view.row.id;
  const page = useQuery({
    queryKey: keys.rolesPage(workspace),
    queryFn: () => backend.rolesPage(workspace),
  }).data;
  const known = useKnown();
  const held = page?.columns.filter((one) => member.roles.includes(one.key)) ?? [];
  const givers = [...new Set(held.flatMap((one) => one.givers))];
  const values = { ...known, names: list(givers), role: roles(member.roles, known) };
  return <ReasonLine sentence={{ id: 'self.stepdown', values, rule: null }} tone="waits" />;
}

function Difference({ answer, name }: { answer: RoleAnswer; name: string }) {
  return (
    <dl className={styles.difference}>
      <Line id="role.gains" name={name} list={answer.gains} tone={styles.gains} />
      <Line id="role.keeps" name={name} list={answer.keeps} tone={undefined} />
      <Line id="role.loses" name={name} list={answer.loses} tone={styles.loses} />
    </dl>
  );
}

function Line(props: {
  id: string;
  name: string;
  list: readonly Permission[];
  tone: string | undefined;
}) {
  return (
    <>
      <dt>
        <T id={props.id} values={{ name: props.name }} />
      </dt>
      <dd className={props.list.length === 0 ? styles.hint : props.tone}>
        {props.list.length === 0 ? t('role.nothing') : permissions(props.list)}
      </dd>
    </>
  );
}

// The person and the role that they hold now.
function useKnownRole(verdict: MemberVerdict): Values {
  const names = useKnown();
  return { ...names, name: verdict.name, role: roles(verdict.roles, names) };
}

function Expected({ verdict, self }: { verdict: MemberVerdict; self: boolean }) {
  const known = useKnownRole(verdict);
  const offline = useAppState()?.connection.state === 'offline';
  const sentence = verdictSentence(verdict.verdict, known);
  if (sentence !== null) {
    return (
      <ReasonLine
        sentence={sentence}
        tone={verdict.verdict.verdict === 'refused' ? 'refused' : 'waits'}
      />
    );
  }
  return (
    <>
      {verdict.loses && offline && (
        <ReasonLine
          sentence={{ id: 'offline.role_down', values: known, rule: null }}
          tone="waits"
        />
      )}
      {verdict.loses && self && (
        <ReasonLine
          sentence={{ id: 'self.stepdown', values: { ...known, names: '' }, rule: null }}
          tone="waits"
        />
      )}
      <p className={styles.expected}>
        {t(verdict.verdict.verdict === 'unknown' ? 'verdict.unknown' : 'verdict.allowed')}
      </p>
    </>
  );
}
