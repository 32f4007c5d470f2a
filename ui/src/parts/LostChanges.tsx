// Unsent changes that could not be read and are lost: said until somebody has read it
// (copy.broken_lost).

import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { useAppState, useReplaceState } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { Failure } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { FailureLine } from './Reason.tsx';

interface Props {
  className: string | undefined;
  heading: string | undefined;
}

export function LostChanges({ className, heading }: Props) {
  const backend = useBackend();
  const replace = useReplaceState();
  const lost = useAppState()?.copy.lost ?? null;
  const [failure, setFailure] = useState<Failure | null>(null);
  if (lost === null) return null;
  const read = async () => {
    try {
      replace(await backend.lostRead());
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const places = lost.workspaces.join(', ');
  return (
    <section className={className} data-testid="lost-changes" aria-label={t('lost.title')}>
      <h2 className={heading}>{t('lost.title')}</h2>
      <p>
        {t('lost.text', { n: lost.count, places: places === '' ? null : places })}
        {lost.maybe_more && ` ${t('lost.maybe_more')}`}
      </p>
      {failure !== null && <FailureLine failure={failure} />}
      <Button onClick={() => void read()}>{t('lost.read')}</Button>
    </section>
  );
}
