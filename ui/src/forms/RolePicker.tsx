// The role picker (ui.md 4.5): what the roles are, what is gained, kept and lost, and whether
// the server is expected to accept it. All of it is the core's answer.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
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
import { permissions, roleList, roles } from '../i18n/format.ts';
import { T, t, type Values } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../parts/Reason.tsx';
import { RoleChoice } from '../parts/RoleChoice.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './forms.module.css';

interface Props {
  view: WorkspaceView;
  members: string[];
  one?: MemberRow;
  onClose: () => void;
  onDone: () => void;
}

function willTry(verdict: MemberVerdict): boolean {
  return verdict.verdict.verdict === 'allowed' || verdict.verdict.verdict === 'unknown';
}

export function RolePicker({ view, members, one, onClose, onDone }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const workspace = view.row.id;
  const [chosen, setChosen] = useState<Role[]>(one?.roles ?? []);
  const [refused, setRefused] = useState<{ name: string; answer: Answer }[]>([]);
  const [pressed, setPressed] = useState(false);
  const [waits, setWaits] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const names = useKnown();
  const question = { workspace, members, roles: chosen };
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
  const able = answer?.verdicts.filter(willTry) ?? [];
  const ready = chosen.length > 0 && able.length > 0;
  const running = useRef(false);
  const save = async () => {
    if (!ready || running.current) return;
    running.current = true;
    const answers: Answer[] = [];
    const failed: { name: string; answer: Answer }[] = [];
    for (const [index, line] of able.entries()) {
      if (able.length > 1) setDone(index);
      const next = await submit({
        intent: 'set_roles',
        workspace,
        member: line.member,
        roles: chosen,
        reason: null,
      });
      answers.push(next);
      if (!isTaken(next)) failed.push({ name: line.name, answer: next });
    }
    setDone(null);
    running.current = false;
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    if (answers.length > failed.length) {
      told(
        t('notice.roles', {
          n: answers.length - failed.length,
          name: able[0]?.name,
          role: roles(chosen, names),
        }),
        answers,
      );
    }
    if (failed.length === 0) onDone();
    else setRefused(failed);
  };
  const saveNow = useRef(save);
  saveNow.current = save;
  // A press that comes before the verdict counts: it acts when the verdict arrives, and only
  // on the choice that it was made for.
  useEffect(() => {
    if (!waits || asking) return;
    setWaits(false);
    void saveNow.current();
  }, [waits, asking]);
  const press = () => {
    setPressed(true);
    if (chosen.length > 0) setWaits(true);
  };
  const first = answer?.verdicts[0];
  // What they hold already is no change, and nothing is said of it until it is asked for.
  const changes = chosen.length > 0 && first?.verdict.verdict !== 'no_op';
  const title =
    members.length === 1
      ? t('role.title', { name: first?.name ?? one?.name })
      : t('role.title_many', { n: members.length });
  return (
    <Dialog
      title={title}
      size="wide"
      onClose={onClose}
      onSubmit={press}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            look="main"
            type="submit"
            aria-disabled={!(ready || (asking && chosen.length > 0)) || undefined}
          >
            {done !== null
              ? t('plan.progress', { done, total: able.length })
              : chosen.length === 0
                ? t('role.save')
                : t('role.make', {
                    role: roles(chosen, names),
                    n: asking ? members.length : able.length,
                    of: members.length,
                  })}
          </Button>
        </>
      }
    >
      {answer !== undefined && (
        <>
          <RoleChoice
            options={answer.options}
            many={answer.many}
            chosen={chosen}
            label={t('role.choose')}
            known={{ name: first?.name }}
            showNow={members.length === 1}
            onChange={(next) => {
              setChosen(next);
              setPressed(false);
              setWaits(false);
            }}
          />
          {changes && members.length === 1 && first !== undefined && (
            <Difference answer={answer} name={first.name} />
          )}
          {chosen.length > 0 && members.length > 1 && <Verdicts answer={answer} chosen={chosen} />}
          {chosen.length === 0 && pressed && <p className={styles.hint}>{t('role.choose_one')}</p>}
          {(changes || (pressed && !asking)) && members.length === 1 && first !== undefined && (
            <Expected verdict={first} self={one?.me ?? false} />
          )}
        </>
      )}
      {error !== null && <FailureLine failure={asFailure(error)} />}
      {refused.map((line) => (
        <div key={line.name}>
          {members.length > 1 && <bdi>{line.name}</bdi>}
          <AnswerLine answer={line.answer} known={{ name: line.name }} />
        </div>
      ))}
    </Dialog>
  );
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
        <ReasonLine sentence={{ id: 'self.stepdown', values: known, rule: null }} tone="waits" />
      )}
      <p className={styles.expected}>
        {t(verdict.verdict.verdict === 'unknown' ? 'verdict.unknown' : 'verdict.allowed')}
      </p>
    </>
  );
}

// For several people: what becomes of them in one line, then one line for each that differs.
function Verdicts({ answer, chosen }: { answer: RoleAnswer; chosen: readonly Role[] }) {
  const names = useKnown();
  const able = answer.verdicts.filter(willTry);
  const differs = answer.verdicts.filter((one) => !willTry(one) || one.loses);
  return (
    <div className={styles.verdicts}>
      <p>{t('role.become', { n: able.length, role: roleList(chosen, names).join(', ') })}</p>
      <ul className={styles.verdictList}>
        {differs.slice(0, 200).map((one) => (
          <VerdictLine key={one.member} verdict={one} />
        ))}
      </ul>
      {differs.length > 200 && <p>{t('plan.more', { n: differs.length - 200 })}</p>}
    </div>
  );
}

function VerdictLine({ verdict }: { verdict: MemberVerdict }) {
  const known = useKnownRole(verdict);
  const sentence = verdictSentence(verdict.verdict, known);
  return (
    <li className={styles.verdict}>
      <bdi className={styles.verdictName}>{verdict.name}</bdi>
      {sentence === null ? (
        <span className={styles.loses}>{t('role.loses_some', { role: known.role })}</span>
      ) : (
        <ReasonLine sentence={sentence} tone="quiet" />
      )}
    </li>
  );
}
