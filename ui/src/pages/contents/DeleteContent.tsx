// Deleting a record asks first, because what uses it loses it.

import { useQuery } from '@tanstack/react-query';
import { contentQuery } from '../../app/contentState.ts';
import { useBackend } from '../../app/context.tsx';
import { taken, useChange } from '../../app/useChange.ts';
import type { ContentKind } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { ReasonLine, useKnown, verdictSentence } from '../../parts/Reason.tsx';

interface Props {
  workspace: string;
  kind: ContentKind;
  id: string;
  name: string;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteContent({ workspace, kind, id, name, onClose, onDeleted }: Props) {
  const backend = useBackend();
  const change = useChange();
  const view = useQuery(contentQuery(backend, workspace, id)).data;
  const known = useKnown({ name });
  const no = view === undefined ? null : verdictSentence(view.delete, known);
  // Conversations and leads are not deleted by people.
  if (view?.delete.verdict === 'hidden') return null;
  const run = async () => {
    if (view === undefined || no !== null) return;
    const answer = await change.run(
      { intent: 'delete_content', workspace, content: id },
      t('notice.delete_content', { name }),
    );
    if (!taken(answer)) return;
    onDeleted();
    onClose();
  };
  return (
    <ConfirmDialog
      title={<T id="content.delete_title" values={{ name }} />}
      text={t(`content.delete_effect.${kind}`)}
      keep={t('content.keep')}
      action={t('content.delete_action', { name })}
      onClose={onClose}
      onConfirm={run}
    >
      {no !== null && <ReasonLine sentence={no} />}
      {change.answer !== null && <AnswerLine answer={change.answer} known={{ name }} />}
    </ConfirmDialog>
  );
}
