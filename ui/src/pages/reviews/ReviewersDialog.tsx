// Letting other people decide in a review that runs.

import { useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import { isTaken } from '../../app/useSubmit.ts';
import type { ReviewView } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { type Chosen, ReviewersField } from './ReviewersField.tsx';

export function ReviewersDialog({ review, onClose }: { review: ReviewView; onClose: () => void }) {
  const change = useChange();
  const [chosen, setChosen] = useState<Chosen[]>(review.reviewers);
  const [asked, setAsked] = useState(false);
  const { workspace, id, name } = review.row;
  const save = async () => {
    setAsked(true);
    if (chosen.length === 0) return;
    const reviewers = chosen.map((one) => one.login);
    const answer = await change.run(
      { intent: 'set_reviewers', workspace, review: id, reviewers },
      t('notice.reviewers', { name }),
    );
    if (answer !== null && isTaken(answer)) onClose();
  };
  return (
    <Dialog
      title={t('reviewers.title')}
      onClose={onClose}
      onSubmit={() => void save()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={change.busy}>
            {t('reviewers.save')}
          </Button>
        </>
      }
    >
      <p>{t('reviewers.help')}</p>
      <ReviewersField workspace={workspace} chosen={chosen} missing={asked} onChange={setChosen} />
      {change.answer !== null && <AnswerLine answer={change.answer} known={{ name }} />}
    </Dialog>
  );
}
