// How many of the lines are ready, and which ones were refused in the end.

import type { InviteResult } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { ReasonLine, reasonSentence, useKnown } from '../parts/Reason.tsx';
import styles from './forms.module.css';
import { inGroup, type Line } from './importState.ts';

export function Counts({ all }: { all: readonly Line[] }) {
  const n = (status: Line['status']) => inGroup(all, status).length;
  const rest = all.length - n('ready') - n('look');
  return (
    <p className={styles.counts} role="status">
      {t('import.counts', { ready: n('ready'), look: n('look'), rest })}
    </p>
  );
}

export function Refused({ result }: { result: InviteResult }) {
  const known = useKnown();
  return (
    <div className={styles.verdicts}>
      <p>
        {t('invite.refused', { n: result.refused.length, sent: result.sent + result.unanswered })}
      </p>
      <ul className={styles.refusedList}>
        {result.refused.map((one) => (
          <li key={one.address} className={styles.verdict}>
            <span className={styles.verdictName}>{one.address}</span>
            <ReasonLine
              sentence={reasonSentence(one.reason, { ...known, address: one.address })}
              tone="quiet"
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
