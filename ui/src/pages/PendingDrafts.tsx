// Drafts of invitations (E-44, ui.md 5.14): made without a connection, looked at here and sent
// when somebody says so, never by themselves.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { useNotify } from '../app/notices.tsx';
import { draftsQuery } from '../app/state.ts';
import type { DraftRow, InviteResult } from '../backend/types.ts';
import { count, roles, when, whole } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { MarkSign } from '../parts/MarkSign.tsx';
import { ReasonLine, reasonSentence, useKnown, verdictSentence } from '../parts/Reason.tsx';
import { markName } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import styles from './pending.module.css';

/** All of them, in the order they were made. */
export function useDrafts(): readonly DraftRow[] {
  return useQuery(draftsQuery(useBackend())).data ?? [];
}

interface Props {
  drafts: readonly DraftRow[];
  /** Does something and says in its place what went wrong. */
  run: (work: () => Promise<void>) => Promise<void>;
}

export function PendingDrafts({ drafts, run }: Props) {
  const backend = useBackend();
  const notify = useNotify();
  const [refused, setRefused] = useState<InviteResult['refused']>([]);
  const known = useKnown();
  // What is for a workspace that is gone can only be taken away.
  const going = drafts.filter((one) => one.verdict.verdict !== 'hidden');
  const send = () =>
    run(async () => {
      const result = await backend.draftsSend(going.map((one) => one.n));
      setRefused(result.refused);
      const n = result.sent + result.unanswered;
      if (n > 0) notify({ text: t('invite.sent', { n, shown: count(n) }) });
    });
  return (
    <section className={styles.group} aria-label={t('drafts.title')}>
      <div className={styles.groupHead}>
        <h2 className={styles.groupName}>
          {t('drafts.title')} <span className={styles.n}>{count(drafts.length)}</span>
        </h2>
        {going.length > 0 && (
          <Button onClick={() => void send()}>
            {t('drafts.send', { n: going.length, shown: count(going.length) })}
          </Button>
        )}
      </div>
      <ul>
        {drafts.map((one) => (
          <Draft
            key={one.n}
            draft={one}
            onDiscard={() => void run(async () => void (await backend.draftRemove(one.n)))}
          >
            {refused
              .filter((no) => no.address === one.address)
              .map((no) => (
                <ReasonLine
                  key={no.address}
                  sentence={reasonSentence(no.reason, { ...known, address: no.address })}
                />
              ))}
          </Draft>
        ))}
      </ul>
    </section>
  );
}

interface DraftProps {
  draft: DraftRow;
  onDiscard: () => void;
  children: React.ReactNode;
}

function Draft({ draft, onDiscard, children }: DraftProps) {
  const known = useKnown();
  const name = draft.name ?? draft.address;
  const no = verdictSentence(draft.verdict, { ...known, address: draft.address });
  const waits = no === null || draft.verdict.verdict === 'needs_connection';
  return (
    <li className={styles.line} data-testid="draft">
      <span className={styles.margin} title={markName('not_sent')}>
        <MarkSign mark="not_sent" />
        <span className="visually-hidden">{markName('not_sent')}</span>
      </span>
      <div className={styles.what}>
        <span className={styles.change}>
          <T id="drafts.line" values={{ name, role: roles(draft.roles, known) }} />
        </span>
        <span className={styles.where}>
          <bdi>{draft.workspace_name}</bdi>
          {' · '}
          <time dateTime={new Date(draft.made).toISOString()} title={whole(draft.made)}>
            {when(draft.made)}
          </time>
        </span>
        {!waits && no !== null && <ReasonLine sentence={no} />}
        {children}
      </div>
      <Button look="link" aria-label={t('drafts.discard', { name })} onClick={onDiscard}>
        {t('action.discard')}
      </Button>
    </li>
  );
}
