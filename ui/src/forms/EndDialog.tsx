// Suspending and removing one person (ui.md 5.4): what it means and whether it can be done.
// Nothing destructive has the focus first. Several at once are a plan (BulkDialog).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { memberQuery, useAppState } from '../app/state.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import { asFailure } from '../backend/failure.ts';
import type { MemberView, WorkspaceView } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { isLastAdmin, LastAdmin } from '../parts/LastAdmin.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../parts/Reason.tsx';
import { ReasonField, reasonWanted } from '../parts/ReasonField.tsx';
import { personName } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './forms.module.css';

interface Props {
  what: 'suspend' | 'remove';
  view: WorkspaceView;
  member: string;
  onClose: () => void;
  onDone: () => void;
}

export function EndDialog({ what, view, member, onClose, onDone }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const workspace = view.row.id;
  const { data: person, error } = useQuery(memberQuery(backend, workspace, member));
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const reasonAsked = reasonWanted(view, 'member.manage');
  const [reason, setReason] = useState('');
  const name = person === undefined ? '' : personName(person.row);
  const known = useKnown({ name, workspace: view.row.name });
  const sentence = person === undefined ? null : verdictSentence(person[what], known);
  const able = person !== undefined && person[what].verdict !== 'hidden' && sentence === null;
  const run = async () => {
    setAsked(true);
    if (!able || busy || (reasonAsked && reason.trim() === '')) return;
    setBusy(true);
    const why = reason.trim() || null;
    const next = await submit({ intent: what, workspace, member, reason: why });
    setBusy(false);
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    setAnswer(isTaken(next) ? null : next);
    if (!isTaken(next)) return;
    told(t(`notice.${what}`, { n: 1, name }), [next]);
    onDone();
  };
  const values = { name, workspace: view.row.name };
  const last = person !== undefined && isLastAdmin(view, person.row);
  return (
    <Dialog
      role="alertdialog"
      title={<T id={`${what}.title`} values={values} />}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose} autoFocus>
            {t('end.keep', { name })}
          </Button>
          <Button
            look="danger"
            aria-busy={busy}
            aria-disabled={!able || undefined}
            onClick={() => void run()}
          >
            {last ? t(`${what}.anyway`) : t(`${what}.action`, { name })}
          </Button>
        </>
      }
    >
      <Effect what={what} values={values} person={person} />
      {last && able && <LastAdmin view={view} />}
      {reasonAsked && <ReasonField value={reason} missing={asked} onChange={setReason} />}
      {sentence !== null && <ReasonLine sentence={sentence} />}
      {error !== null && <FailureLine failure={asFailure(error)} />}
      {answer !== null && <AnswerLine answer={answer} known={{ name }} />}
    </Dialog>
  );
}

interface EffectProps {
  what: 'suspend' | 'remove';
  values: { name: string; workspace: string };
  person: MemberView | undefined;
}

function Effect({ what, values, person }: EffectProps) {
  const offline = useAppState()?.connection.state === 'offline';
  const known = useKnown(values);
  return (
    <>
      {offline ? (
        <ReasonLine sentence={{ id: 'offline.remove', values: known, rule: null }} tone="waits" />
      ) : (
        <p>
          <T id={`${what}.effect`} values={values} />
        </p>
      )}
      {person?.account_admin && (
        <p>
          <T id="also.admin" values={known} />
        </p>
      )}
      {what === 'remove' && (
        <p className={styles.hint}>
          <T id="wipe.note" values={values} />
        </p>
      )}
    </>
  );
}
