// What following the chain of events says: unbroken since when, still loading, or broken. What
// is broken is shown, never hidden (ui.md 5.9).

import { useAppState } from '../../app/state.ts';
import type { HistoryPage } from '../../backend/types.ts';
import { date } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ReasonLine } from '../../parts/Reason.tsx';
import page from '../page.module.css';
import { CopyText } from './CopyText.tsx';

export function ChainLine({ head, text }: { head: HistoryPage; text: () => string }) {
  const server = useAppState()?.server ?? null;
  const { chain } = head;
  const own = head.own_only && <p className={page.line}>{t('history.own_only')}</p>;
  switch (chain.state) {
    case 'broken': {
      const days = chain.broken_at === null ? null : date(chain.broken_at);
      return (
        <div className={page.failure}>
          <ReasonLine
            sentence={{ id: 'history.broken', values: { days, server }, rule: null }}
            ways={<CopyText look="link" text={text} />}
          />
          {own}
        </div>
      );
    }
    case 'sound':
      return (
        own || (
          <p className={page.line} data-testid="chain">
            {chain.since !== null && t('history.sound', { date: date(chain.since) })}
          </p>
        )
      );
    case 'loading':
      return own || <p className={page.line}>{t('history.loading')}</p>;
    case 'unknown':
      return own || null;
  }
}
