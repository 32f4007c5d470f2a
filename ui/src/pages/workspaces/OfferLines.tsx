// Workspaces that other accounts offer to mine: taken or turned down (E-59). Taking one changes
// whose Account Admins reach it, so it is asked for by name.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { offersQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { useChange } from '../../app/useChange.ts';
import type { OfferRow } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { Button } from '../../primitives/Button.tsx';
import styles from './workspaces.module.css';

export function OfferLines() {
  const backend = useBackend();
  const offers = useQuery(offersQuery(backend)).data ?? [];
  const change = useChange();
  const [taking, setTaking] = useState<OfferRow | null>(null);
  if (offers.length === 0 && change.answer === null) return null;
  const take = async (offer: OfferRow) => {
    await change.run(
      { intent: 'accept_offer', workspace: offer.workspace },
      t('notice.accept_offer', { name: offer.name, account: offer.to_name }),
    );
    setTaking(null);
  };
  return (
    <section className={styles.offers} aria-label={t('offers.title')}>
      {offers.map((offer) => (
        <div key={offer.workspace} className={styles.offer} data-testid="offer">
          <span className={styles.offerText}>
            <T id="offers.line" values={valuesOf(offer)} />
          </span>
          <Button onClick={() => setTaking(offer)}>{t('offers.take')}</Button>
          <Button
            look="quiet"
            onClick={() =>
              void change.run(
                { intent: 'end_offer', workspace: offer.workspace },
                t('notice.decline_offer', { name: offer.name }),
              )
            }
          >
            {t('offers.decline')}
          </Button>
        </div>
      ))}
      {change.answer !== null && <AnswerLine answer={change.answer} />}
      {taking !== null && (
        <ConfirmDialog
          title={<T id="offers.ask" values={valuesOf(taking)} />}
          text={<T id="offers.effect" values={valuesOf(taking)} />}
          keep={t('action.cancel')}
          action={t('offers.action', { workspace: taking.name })}
          onClose={() => setTaking(null)}
          onConfirm={() => take(taking)}
        />
      )}
    </section>
  );
}

function valuesOf(offer: OfferRow) {
  return {
    workspace: offer.name,
    other: offer.from,
    who: offer.by,
    account: offer.to_name,
    n: offer.people,
  };
}
