// One change of a group, shown before it is made: every membership that begins, changes or
// ends. Where somebody would get more rights, that is ticked first (R16).

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { taken, useChange } from '../../app/useChange.ts';
import type { Answer } from '../../app/useSubmit.ts';
import { asFailure } from '../../backend/failure.ts';
import type { GroupPreview, Intent } from '../../backend/types.ts';
import { DiffLines } from '../../forms/DiffLines.tsx';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Checkbox } from '../../primitives/Choice.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import styles from './account.module.css';

interface Props {
  intent: Intent;
  title: ReactNode;
  action: string;
  done: string;
  look?: 'main' | 'danger';
  onClose: () => void;
  onDone: (answer: Answer) => void;
}

export function GroupChange(props: Props) {
  const { intent, title, action, done, look = 'main', onClose, onDone } = props;
  const backend = useBackend();
  const change = useChange();
  const preview = useQuery({
    queryKey: keys.groupPreview(intent),
    queryFn: () => backend.groupPreview(intent),
  });
  const [meant, setMeant] = useState(false);
  const [asked, setAsked] = useState(false);
  const known = useKnown();
  const data = preview.data;
  const no = data === undefined ? null : verdictSentence(data.verdict, known);
  const ready = data !== undefined && no === null && (data.widening === 0 || meant);
  const run = async () => {
    setAsked(true);
    if (!ready) return;
    const answer = await change.run(intent, done);
    if (taken(answer)) onDone(answer);
  };
  return (
    <Dialog
      title={title}
      size="wide"
      onClose={onClose}
      onSubmit={() => void run()}
      buttons={
        <>
          <Button onClick={onClose} autoFocus={look === 'danger'}>
            {t('action.cancel')}
          </Button>
          <Button
            look={look}
            type="submit"
            aria-busy={change.busy}
            aria-disabled={data === undefined || no !== null || undefined}
          >
            {action}
          </Button>
        </>
      }
    >
      {preview.isError && <FailureLine failure={asFailure(preview.error)} />}
      {data !== undefined && <Told preview={data} />}
      {no !== null && <ReasonLine sentence={no} />}
      {data !== undefined && data.widening > 0 && (
        <div className={styles.inset}>
          <Checkbox checked={meant} onChange={setMeant}>
            {t('diff.meant', { n: data.widening })}
          </Checkbox>
          {asked && !meant && (
            <ReasonLine sentence={{ id: 'r16.widen', values: { n: data.widening }, rule: 'R16' }} />
          )}
        </div>
      )}
      {change.answer !== null && <AnswerLine answer={change.answer} />}
    </Dialog>
  );
}

function Told({ preview }: { preview: GroupPreview }) {
  if (preview.total === 0) {
    const told = preview.verdict.verdict === 'unknown' ? 'verdict.unknown' : 'diff.none';
    return <p>{t(told)}</p>;
  }
  return (
    <>
      <p>{t('diff.count', { n: preview.total, widening: preview.widening })}</p>
      <DiffLines lines={preview.lines} total={preview.total} />
    </>
  );
}
