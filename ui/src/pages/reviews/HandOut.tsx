// Handing a review's list to a client who has no sign-in: one file under a passphrase, which the
// client opens in this same app (ui.md 5.8).

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { isTaken } from '../../app/useSubmit.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Failure, HandOutView, ReviewView } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { CopyField } from '../../parts/CopyField.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { TextField } from '../../primitives/Field.tsx';

interface Props {
  review: ReviewView;
  onClose: () => void;
}

export function HandOut({ review, onClose }: Props) {
  const backend = useBackend();
  const cache = useQueryClient();
  const { workspace, id, name } = review.row;
  const [client, setClient] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [pressed, setPressed] = useState(false);
  const [busy, setBusy] = useState(false);
  const [given, setGiven] = useState<HandOutView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    // Without a suggestion one is typed.
    void backend.suggestPassphrase().then(setPassphrase, () => undefined);
  }, [backend]);
  const give = async () => {
    setPressed(true);
    if (client.trim() === '' || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const form = { workspace, review: id, client, passphrase };
      setGiven(await backend.handOutReview(form));
      await cache.invalidateQueries({ queryKey: keys.workspace(workspace) });
      void cache.invalidateQueries({ queryKey: keys.pending });
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    setBusy(false);
  };
  if (given?.file != null) {
    return (
      <Dialog
        title={<T id="handout.done" values={{ client: client.trim() }} />}
        outside="stays"
        onClose={onClose}
        buttons={
          <Button look="main" onClick={onClose} autoFocus>
            {t('action.close')}
          </Button>
        }
      >
        <p>{t('handout.next')}</p>
        <CopyField label={t('handout.file')} value={given.file} />
        <p>{t('handout.tell')}</p>
        <CopyField label={t('sheet.passphrase.field')} value={passphrase} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={<T id="handout.title" values={{ name }} />}
      outside="stays"
      onClose={onClose}
      onSubmit={() => void give()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={busy}>
            {t('handout.write')}
          </Button>
        </>
      }
    >
      <p>{t('handout.help')}</p>
      <TextField
        label={t('handout.client')}
        help={t('handout.client_help')}
        value={client}
        error={pressed && client.trim() === '' ? t('handout.client_missing') : undefined}
        onChange={(event) => setClient(event.target.value)}
      />
      <TextField
        label={t('sheet.passphrase.field')}
        help={t('handout.passphrase_help')}
        value={passphrase}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setPassphrase(event.target.value)}
      />
      {given !== null && !isTaken(given.submitted) && <AnswerLine answer={given.submitted} />}
      {failure !== null && <FailureLine failure={failure} />}
    </Dialog>
  );
}
