// Asking to name a second owner: a note about the person in that workspace, which changes nobody's
// rights.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useChange } from '../../app/useChange.ts';
import { isTaken } from '../../app/useSubmit.ts';
import type { ContinuityRow } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';

export function AskSecond({ row }: { row: ContinuityRow }) {
  const backend = useBackend();
  const change = useChange();
  const [asked, setAsked] = useState<'not yet' | 'yes'>('not yet');
  const person = useQuery({
    queryKey: keys.person(row.holder_login),
    queryFn: () => backend.person(row.holder_login),
  }).data;
  const member = person?.places.find((place) => place.workspace === row.id)?.membership;
  const view = useQuery({
    queryKey: keys.member(row.id, member ?? ''),
    queryFn: () => backend.member(row.id, member ?? ''),
    enabled: member !== undefined,
  }).data;
  if (member === undefined || view === undefined) return null;
  const text = t('continuity.note', { workspace: row.name });
  if (asked === 'yes' || view.note.includes(text)) {
    return <span role="status">{t('continuity.asked')}</span>;
  }
  const ask = async () => {
    const note = [view.note, text].filter((part) => part !== '').join('\n');
    const answer = await change.run(
      { intent: 'note_member', workspace: row.id, member, note },
      t('notice.asked_second', { name: row.holder }),
    );
    if (answer !== null && isTaken(answer)) setAsked('yes');
  };
  return (
    <>
      <VerdictButton look="quiet" verdict={view.annotate} onPress={() => void ask()}>
        {t('continuity.ask')}
      </VerdictButton>
      {change.answer !== null && <AnswerLine answer={change.answer} />}
    </>
  );
}
