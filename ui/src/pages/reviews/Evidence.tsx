// The evidence of a review: one folder with what was asked, decided and done, which the verifier
// can check (ui.md 5.8).

import { FileCheck } from 'lucide-react';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { asFailure } from '../../backend/failure.ts';
import type { EvidenceView, Failure, ReviewView } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { CopyField } from '../../parts/CopyField.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';

type Written = EvidenceView | { failure: Failure } | 'writing' | null;

export function Evidence({ review }: { review: ReviewView }) {
  const backend = useBackend();
  const [written, setWritten] = useState<Written>(null);
  const write = async () => {
    setWritten('writing');
    try {
      setWritten(await backend.reviewEvidence(review.row.workspace, review.row.id));
    } catch (thrown) {
      setWritten({ failure: asFailure(thrown) });
    }
  };
  const close = () => setWritten(null);
  return (
    <>
      <Button icon={FileCheck} aria-busy={written === 'writing'} onClick={() => void write()}>
        {t('evidence.write')}
      </Button>
      {written !== null && written !== 'writing' && (
        <Dialog
          title={<T id="evidence.title" values={{ name: review.row.name }} />}
          onClose={close}
          buttons={
            <Button look="main" onClick={close} autoFocus>
              {t('action.close')}
            </Button>
          }
        >
          {'folder' in written ? (
            <>
              <p>{t(review.row.closed === null ? 'evidence.open' : 'evidence.closed')}</p>
              <CopyField label={t('evidence.folder')} value={written.folder} />
              <p>{t('evidence.check')}</p>
              <p>{t(`evidence.key.${written.key}`)}</p>
              <CopyField label={t('evidence.fingerprint')} value={written.fingerprint} />
            </>
          ) : (
            <FailureLine failure={written.failure} />
          )}
        </Dialog>
      )}
    </>
  );
}
