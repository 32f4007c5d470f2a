// The end date of one membership (E-39, E-40): set, moved or cleared. What the rules expect is
// asked before it is pressed.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { memberQuery } from '../app/state.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import type { End, Intent, MemberView, WorkspaceView } from '../backend/types.ts';
import { date } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { EndFields, useEndDraft } from '../parts/EndFields.tsx';
import { ReasonLine, useKnown, verdictSentence } from '../parts/Reason.tsx';
import { personName } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';

interface Props {
  view: WorkspaceView;
  member: string;
  onClose: () => void;
  onDone: () => void;
}

export function EndDateDialog(props: Props) {
  const backend = useBackend();
  const person = useQuery(memberQuery(backend, props.view.row.id, props.member)).data;
  return person === undefined ? null : <Loaded {...props} person={person} />;
}

function Loaded({ view, member, person, onClose, onDone }: Props & { person: MemberView }) {
  const backend = useBackend();
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const workspace = view.row.id;
  const name = personName(person.row);
  const known = useKnown({ name });
  const { draft, setDraft, end } = useEndDraft(person.row.until);
  const [asked, setAsked] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const intent = (to: End | null): Intent => ({ intent: 'set_end', workspace, member, end: to });
  const expected = useQuery({
    queryKey: [...keys.workspace(workspace), 'end', member, end?.at, draft.after],
    queryFn: () => backend.plan([intent(end)]),
    enabled: end !== null,
  }).data?.lines[0]?.verdict;
  const refused = person.set_end.verdict === 'refused' ? person.set_end : expected;
  const sentence = refused === undefined ? null : verdictSentence(refused, known);
  const send = async (to: End | null) => {
    const next = await submit(intent(to));
    setAnswer(isTaken(next) ? null : next);
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    if (!isTaken(next)) return;
    const text =
      to === null
        ? t('notice.end_cleared', { name })
        : t('notice.end', { name, date: date(to.at) });
    told(text, [next]);
    onDone();
  };
  const save = () => {
    setAsked(true);
    if (end !== null && (sentence === null || sentence.id === 'verdict.no_op')) void send(end);
  };
  return (
    <Dialog
      title={<T id="end.title" values={{ name, workspace: view.row.name }} />}
      onClose={onClose}
      outside="stays"
      onSubmit={save}
      buttons={
        <>
          {person.row.until !== null && (
            <Button onClick={() => void send(null)}>{t('end.clear')}</Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-disabled={sentence !== null || undefined}>
            {end === null ? t('end.set') : t('end.set_to', { date: date(end.at) })}
          </Button>
        </>
      }
    >
      <p>
        <T id={draft.after === null ? 'end.effect' : 'end.effect_role'} values={{ name }} />
      </p>
      <EndFields view={view} draft={draft} asked={asked} onChange={setDraft} />
      {sentence !== null && <ReasonLine sentence={sentence} />}
      {answer !== null && <AnswerLine answer={answer} known={{ name }} />}
    </Dialog>
  );
}
