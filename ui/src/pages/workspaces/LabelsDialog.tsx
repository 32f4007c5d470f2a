// The labels of one workspace: what it is sorted, filtered and grouped by (V-12).

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { labelsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { taken, useChange } from '../../app/useChange.ts';
import type { WorkspaceRow } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { LabelsField } from '../../parts/LabelsField.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';

export function LabelsDialog({ row, onClose }: { row: WorkspaceRow; onClose: () => void }) {
  const backend = useBackend();
  const change = useChange();
  const known = useQuery(labelsQuery(backend)).data ?? [];
  const [labels, setLabels] = useState(row.labels);
  const save = async () => {
    const answer = await change.run(
      { intent: 'label_workspace', workspace: row.id, labels },
      t('notice.label_workspace', { name: row.name }),
    );
    if (taken(answer)) onClose();
  };
  return (
    <Dialog
      title={<T id="labels.title" values={{ workspace: row.name }} />}
      onClose={onClose}
      onSubmit={() => void save()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={change.busy}>
            {t('labels.save')}
          </Button>
        </>
      }
    >
      <LabelsField label={t('column.labels')} labels={labels} known={known} onChange={setLabels} />
      {change.answer !== null && (
        <AnswerLine answer={change.answer} known={{ workspace: row.name }} />
      )}
    </Dialog>
  );
}
