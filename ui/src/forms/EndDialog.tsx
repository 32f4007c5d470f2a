// Suspending and removing, for one person or several (ui.md 5.4): who, what it means, and the
// verdict of each. Nothing destructive has the focus first; above 50 people the number is typed.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { memberQuery, useAppState } from '../app/state.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure, MemberView, WorkspaceView } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import {
  FailureLine,
  ReasonLine,
  type Sentence,
  useKnown,
  verdictSentence,
} from '../parts/Reason.tsx';
import { personName } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextField } from '../primitives/Field.tsx';
import styles from './forms.module.css';

interface Props {
  what: 'suspend' | 'remove';
  view: WorkspaceView;
  members: string[];
  onClose: () => void;
  onDone: () => void;
}

const TYPED_FROM = 50;
const AT_ONCE = 3;

/** Asks the core about every one of them, a few at a time. */
function useMembers(workspace: string, members: readonly string[]) {
  const backend = useBackend();
  const client = useQueryClient();
  const [views, setViews] = useState<MemberView[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ids = members.join(' ');
  useEffect(() => {
    let stopped = false;
    const wanted = ids.split(' ');
    void (async () => {
      const found: MemberView[] = [];
      for (let at = 0; at < wanted.length && !stopped; at += AT_ONCE) {
        const few = wanted.slice(at, at + AT_ONCE);
        try {
          found.push(
            ...(await Promise.all(
              few.map((id) => client.fetchQuery(memberQuery(backend, workspace, id))),
            )),
          );
        } catch (thrown) {
          setFailure(asFailure(thrown));
        }
        if (!stopped && (found.length % 60 === 0 || at + AT_ONCE >= wanted.length)) {
          setViews([...found]);
        }
      }
    })();
    return () => {
      stopped = true;
    };
  }, [backend, client, workspace, ids]);
  return { views, failure };
}

export function EndDialog({ what, view, members, onClose, onDone }: Props) {
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const workspace = view.row.id;
  const { views, failure } = useMembers(workspace, members);
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [refused, setRefused] = useState<{ name: string; answer: Answer }[]>([]);
  const known = useKnown({ workspace: view.row.name });
  const sentence = (one: MemberView): Sentence | null =>
    verdictSentence(one[what], { ...known, name: personName(one.row) });
  const able = views.filter((one) => one[what].verdict !== 'hidden' && sentence(one) === null);
  const first = views[0];
  const name = first === undefined ? '' : personName(first.row);
  const single = members.length === 1;
  const whole = views.length === members.length || failure !== null;
  const proven = able.length <= TYPED_FROM || typed.trim() === String(able.length);
  const run = async () => {
    if (!whole || able.length === 0 || progress !== null) return;
    if (!proven) {
      setMissing(true);
      return;
    }
    const answers: Answer[] = [];
    const failed: { name: string; answer: Answer }[] = [];
    for (const [index, one] of able.entries()) {
      if (!single) setProgress(index);
      const answer = await submit({ intent: what, workspace, member: one.row.id, reason: null });
      answers.push(answer);
      if (!isTaken(answer)) failed.push({ name: personName(one.row), answer });
    }
    setProgress(null);
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    if (answers.length > failed.length) {
      told(t(`notice.${what}`, { n: answers.length - failed.length, name }), answers);
    }
    if (failed.length === 0) onDone();
    else setRefused(failed);
  };
  const values = { name, workspace: view.row.name, n: members.length };
  return (
    <Dialog
      role="alertdialog"
      title={<T id={single ? `${what}.title` : `${what}.title_many`} values={values} />}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose} autoFocus>
            {single ? t('end.keep', { name }) : t('action.cancel')}
          </Button>
          <Button
            look="danger"
            aria-disabled={able.length === 0 || undefined}
            onClick={() => void run()}
          >
            {progress !== null
              ? t('plan.progress', { done: progress, total: able.length })
              : single
                ? t(`${what}.action`, { name })
                : t(`${what}.action_many`, { n: able.length })}
          </Button>
        </>
      }
    >
      <Effect what={what} single={single} values={values} first={first} />
      {!single && <Blocked views={views} sentence={sentence} total={members.length} />}
      {single && first !== undefined && sentence(first) !== null && (
        <ReasonLine sentence={sentence(first) as Sentence} />
      )}
      {able.length > TYPED_FROM && (
        <TextField
          label={t('end.type_number', { n: able.length })}
          inputMode="numeric"
          value={typed}
          error={missing && !proven ? t('end.type_number', { n: able.length }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {failure !== null && <FailureLine failure={failure} />}
      {refused.map((line) => (
        <div key={line.name}>
          {!single && <bdi>{line.name}</bdi>}
          <AnswerLine answer={line.answer} known={{ name: line.name }} />
        </div>
      ))}
    </Dialog>
  );
}

interface EffectProps {
  what: 'suspend' | 'remove';
  single: boolean;
  values: { name: string; workspace: string; n: number };
  first: MemberView | undefined;
}

function Effect({ what, single, values, first }: EffectProps) {
  const offline = useAppState()?.connection.state === 'offline';
  const known = useKnown(values);
  return (
    <>
      {offline ? (
        <ReasonLine
          sentence={{
            id: single ? 'offline.remove' : 'offline.remove_many',
            values: known,
            rule: null,
          }}
          tone="waits"
        />
      ) : (
        <p>
          <T id={single ? `${what}.effect` : `${what}.effect_many`} values={values} />
        </p>
      )}
      {single && first?.account_admin && (
        <p>
          <T id="also.admin" values={known} />
        </p>
      )}
      {what === 'remove' && single && (
        <p className={styles.hint}>
          <T id="wipe.note" values={values} />
        </p>
      )}
    </>
  );
}

interface BlockedProps {
  views: readonly MemberView[];
  sentence: (one: MemberView) => Sentence | null;
  total: number;
}

function Blocked({ views, sentence, total }: BlockedProps) {
  const lines = views.map((one) => ({
    id: one.row.id,
    name: personName(one.row),
    no: sentence(one),
  }));
  const blocked = lines.filter((line) => line.no !== null);
  const able = lines.filter((line) => line.no === null);
  return (
    <div className={styles.verdicts}>
      {views.length < total && <p>{t('plan.checking', { done: views.length, total })}</p>}
      {blocked.length > 0 && <p>{t('end.blocked', { n: blocked.length })}</p>}
      <ul className={styles.verdictList}>
        {blocked.slice(0, 200).map((line) => (
          <li key={line.id} className={styles.verdict}>
            <bdi className={styles.verdictName}>{line.name}</bdi>
            {line.no !== null && <ReasonLine sentence={line.no} tone="quiet" />}
          </li>
        ))}
        {able.slice(0, 200).map((line) => (
          <li key={line.id} className={styles.verdict}>
            <bdi className={styles.verdictName}>{line.name}</bdi>
            <span className={styles.hint}>{t('verdict.allowed_short')}</span>
          </li>
        ))}
      </ul>
      {total > 200 && <p className={styles.hint}>{t('plan.more', { n: total - 200 })}</p>}
    </div>
  );
}
