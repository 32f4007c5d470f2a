// What waits and what was refused on the thing that a panel shows, each with its way out.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure, PendingItem } from '../backend/types.ts';
import { T, t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import panel from './panel.module.css';
import { FailureLine, ReasonLine, reasonSentence, useKnown } from './Reason.tsx';
import { changeText } from './words.ts';

interface Props {
  workspace: string;
  refused: readonly PendingItem[];
  notSent: readonly PendingItem[];
}

export function PendingLines({ workspace, refused, notSent }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (work: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    void client.invalidateQueries({ queryKey: keys.pending });
  };
  return (
    <>
      {refused.map((item) => (
        <div key={item.n} className={panel.refused}>
          <span>
            <T {...changeText(item)} />
          </span>
          <Why item={item} />
          <Button look="link" onClick={() => void run(() => backend.pendingDiscard(item.n))}>
            {t('action.discard')}
          </Button>
        </div>
      ))}
      {notSent.map((item) => (
        <div key={item.n} className={panel.waits}>
          <span>
            <T {...changeText(item)} />
          </span>
          <span>{t(item.sending ? 'mark.sending' : 'mark.not_sent')}</span>
          {!item.sending && (
            <Button look="link" onClick={() => void run(() => backend.pendingUndo(item.n))}>
              {t('action.undo')}
            </Button>
          )}
        </div>
      ))}
      {failure !== null && <FailureLine failure={failure} />}
    </>
  );
}

function Why({ item }: { item: PendingItem }) {
  const known = useKnown({ workspace: item.workspace_name });
  const { outcome } = item;
  if (outcome === null) return null;
  const sentence =
    outcome.reason === null
      ? { id: `outcome.${outcome.status}`, values: known, rule: null }
      : reasonSentence(outcome.reason, known);
  return <ReasonLine sentence={sentence} />;
}
