// The page of an exit: reads what is in the way and what ends, and shows the rest below it.

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { exitQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { asFailure } from '../../backend/failure.ts';
import type { ExitPage, ExitQuestion } from '../../backend/types.ts';
import {
  FailureLine,
  KnownValues,
  ReasonLine,
  useKnown,
  verdictSentence,
} from '../../parts/Reason.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { Blockers, Places } from './ExitParts.tsx';

interface Props {
  question: ExitQuestion;
  title: ReactNode;
  /** The account's name. */
  account: string;
  /** What the action is called where a sentence speaks of it. */
  action: string;
  /** Above everything: what it means. */
  means: ReactNode;
  children: (data: ExitPage, able: boolean) => ReactNode;
}

export function ExitFrame({ question, title, account, action, means, children }: Props) {
  const backend = useBackend();
  const exit = useQuery(exitQuery(backend, question));
  if (exit.isError && asFailure(exit.error).code === 'not_found') return <NotAvailable />;
  return (
    <KnownValues values={{ account, action }}>
      <div className={page.body}>
        <PageHead title={title} />
        <div className={page.scroll}>
          {exit.isError && <FailureLine failure={asFailure(exit.error)} />}
          {exit.data !== undefined && (
            <>
              <Blockers blockers={exit.data.blockers} />
              <Places data={exit.data} />
              {means}
              <No data={exit.data} />
              {children(exit.data, isAble(exit.data))}
            </>
          )}
        </div>
      </div>
    </KnownValues>
  );
}

function isAble(data: ExitPage): boolean {
  const { verdict } = data.verdict;
  return data.blockers.length === 0 && (verdict === 'allowed' || verdict === 'unknown');
}

// What is in the way is told above, each with its buttons; this is for everything else.
function No({ data }: { data: ExitPage }) {
  const known = useKnown();
  const sentence = verdictSentence(data.verdict, known);
  if (sentence === null || data.blockers.length > 0) return null;
  return <ReasonLine sentence={sentence} />;
}
