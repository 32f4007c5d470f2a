// Pending (ui.md 5.14): what needs a decision, what waits for the server, invitations that wait
// for their sender, what was refused, and what has been sent. Nothing is retried or dropped without being said here.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useActive } from '../app/active.tsx';
import { connectionLine, connectionValues, isInTheWay } from '../app/connectionWords.ts';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { paths } from '../app/paths.ts';
import { useSpeech } from '../app/speech.tsx';
import { useAppState } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type {
  ConflictView,
  Connection,
  Failure,
  LostRight,
  OutcomeView,
  PendingItem,
  Verdict,
} from '../backend/types.ts';
import { count, roles, time, when, whole } from '../i18n/format.ts';
import { T, t, type Values } from '../i18n/text.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { LostChanges } from '../parts/LostChanges.tsx';
import { MarkSign } from '../parts/MarkSign.tsx';
import {
  FailureLine,
  ReasonLine,
  reasonSentence,
  type Sentence,
  useKnown,
} from '../parts/Reason.tsx';
import { Ways, WaysHere } from '../parts/Ways.tsx';
import { waysOf } from '../parts/waysOut.ts';
import { changeText, withoutOwnRoles } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { PageHead } from './PageHead.tsx';
import { PendingDrafts, useDrafts } from './PendingDrafts.tsx';
import page from './page.module.css';
import { Conflicts } from './pending/later.tsx';
import styles from './pending.module.css';

export function PendingPage() {
  const backend = useBackend();
  const client = useQueryClient();
  const state = useAppState();
  const { polite } = useSpeech();
  const { data } = useQuery({ queryKey: keys.pending, queryFn: () => backend.pending() });
  const { id } = useActive();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [unreached, setUnreached] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setFailure(null);
    setUnreached(false);
    try {
      await work();
      void client.invalidateQueries({ queryKey: keys.pending });
      void client.invalidateQueries({ queryKey: keys.state });
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const sendNow = () =>
    run(async () => {
      const connection = await backend.sendNow();
      if (connection.state === 'online') polite(t('pending.sent_now'));
      else setUnreached(true);
    });
  const contact = state?.connection.last_contact ?? null;
  const known = { server: state?.server, time: contact === null ? null : when(contact) };
  const drafts = useDrafts();
  const met = (data?.refused ?? []).filter(isMet);
  const refused = (data?.refused ?? []).filter((item) => !isMet(item));
  const empty =
    data !== undefined && data.not_sent.length + data.refused.length + drafts.length === 0;
  // What was lost was not sent either.
  const lost = (state?.copy.lost ?? null) !== null;
  // Nothing could be read of a damaged file: that nothing waits does not mean that all was sent.
  const blank = !lost && state?.copy.saved === 0;
  return (
    <div className={page.body}>
      <PageHead
        title={t('nav.pending')}
        summary={
          data !== undefined &&
          !empty &&
          summary({
            needs_you: met.length,
            not_sent: data.not_sent.length,
            drafts: drafts.length,
            refused: refused.length,
          })
        }
      >
        {data !== undefined && !empty && <ExportButton table={{ table: 'pending' }} />}
        <Link {...paths.plans()}>{t('nav.plans')}</Link>
      </PageHead>
      <div className={page.scroll}>
        <LostChanges className={styles.lost} heading={styles.groupName} />
        {state !== undefined && isInTheWay(state.connection.state) && (
          <InTheWay connection={state.connection} onTry={() => void sendNow()} />
        )}
        {failure !== null && <FailureLine failure={failure} known={known} />}
        {unreached && (
          <FailureLine
            failure={{ code: 'offline.now', reason: null, field: null, detail: '' }}
            known={known}
          />
        )}
        {blank && (
          <p className={styles.lost}>
            {t('lost.text', { n: 0, places: null })} {t('lost.maybe_more')}
          </p>
        )}
        {empty && !lost && !blank && (
          <p className={styles.empty}>
            {t('pending.empty', { time: contact === null ? null : time(contact) })}
          </p>
        )}
        {met.length > 0 && <Conflicts items={met} open={id} />}
        {refused.length > 0 && (
          <Group name={t('pending.refused')} n={refused.length}>
            {refused.map((item) => (
              <RefusedLine
                key={item.n}
                item={item}
                onDiscard={() => void run(async () => void (await backend.pendingDiscard(item.n)))}
              />
            ))}
          </Group>
        )}
        {data !== undefined && data.not_sent.length > 0 && (
          <Group
            name={t('pending.waiting')}
            n={data.not_sent.length}
            note={waits(data.not_sent, state?.connection.next_try ?? null)}
            action={<Button onClick={() => void sendNow()}>{t('pending.send_now')}</Button>}
          >
            {data.not_sent.map((item) => (
              <WaitingLine
                key={item.n}
                item={item}
                onUndo={() => void run(async () => void (await backend.pendingUndo(item.n)))}
              />
            ))}
          </Group>
        )}
        {drafts.length > 0 && <PendingDrafts drafts={drafts} run={run} />}
        {data !== undefined && data.sent.length > 0 && (
          <Group name={t('pending.sent')} n={data.sent.length}>
            {data.sent.map((item) => (
              <SentLine key={item.n} item={item} />
            ))}
          </Group>
        )}
      </div>
    </div>
  );
}

// Only what there is.
function summary(counts: Record<string, number>): string {
  return Object.entries(counts)
    .filter(([, n]) => n > 0)
    .map(([what, n]) => t(`pending.n.${what}`, { n }))
    .join(' · ');
}

// Why nothing is sent, where it is not the line to the server (ui.md 5.14).
function InTheWay({ connection, onTry }: { connection: Connection; onTry: () => void }) {
  return (
    <div className={styles.inTheWay} data-testid="in-the-way">
      <span>
        <T id={connectionLine(connection)} values={connectionValues(connection)} />
      </span>
      {connection.state === 'server_fault' && (
        <Button look="link" onClick={onTry}>
          {t('action.try_now')}
        </Button>
      )}
    </div>
  );
}

// How long the first one waits already, and when it is tried again.
function waits(items: readonly PendingItem[], next: number | null): string {
  const oldest = Math.min(...items.map((item) => item.made));
  return t('pending.waits', { oldest: when(oldest), next: next === null ? null : time(next) });
}

// What somebody has to decide about, in place of a no (E-42).
function isMet(item: PendingItem): item is PendingItem & { conflict: ConflictView } {
  return item.conflict !== undefined;
}

interface GroupProps {
  name: string;
  n: number;
  note?: string;
  action?: ReactNode;
  children: ReactNode;
}

function Group(props: GroupProps) {
  return (
    <section className={styles.group} aria-label={props.name}>
      <div className={styles.groupHead}>
        <h2 className={styles.groupName}>
          {props.name} <span className={styles.n}>{count(props.n)}</span>
        </h2>
        {props.note !== undefined && <span className={styles.note}>{props.note}</span>}
        {props.action}
      </div>
      <ul>{props.children}</ul>
    </section>
  );
}

function Line(props: {
  item: PendingItem;
  mark: ReactNode;
  children?: ReactNode;
  end?: ReactNode;
}) {
  const { item } = props;
  return (
    <li className={styles.line} data-testid="pending-item" data-what={item.what.what}>
      <span className={styles.margin}>{props.mark}</span>
      <div className={styles.what}>
        <span className={styles.change}>
          <T {...changeText(item)} />
        </span>
        <span className={styles.where}>
          <bdi>{item.workspace_name}</bdi>
          {' · '}
          <time dateTime={new Date(item.made).toISOString()} title={whole(item.made)}>
            {when(item.made)}
          </time>
          {props.children}
        </span>
      </div>
      {props.end}
    </li>
  );
}

function expectedText(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'allowed':
      return t('pending.expected.allowed');
    case 'no_op':
      return t('pending.expected.no_op');
    case 'refused':
      return t('pending.expected.refused', { rule: verdict.reason.rule });
    case 'hidden':
      return t('pending.expected.hidden');
    case 'unknown':
    case 'needs_connection':
      return t('pending.expected.unknown');
  }
}

function WaitingLine({ item, onUndo }: { item: PendingItem; onUndo: () => void }) {
  const mark = item.sending ? 'sending' : 'not_sent';
  // Without a copy the rules know nothing, and nothing is what they are said to expect.
  const isBlind = useAppState()?.connection.last_contact === null;
  return (
    <Line
      item={item}
      mark={<Sign mark={mark} />}
      end={
        item.sending ? null : (
          <Button look="link" onClick={onUndo}>
            {t('action.undo')}
          </Button>
        )
      }
    >
      {' · '}
      {item.sending
        ? t('mark.sending')
        : expectedText(isBlind ? { verdict: 'unknown' } : item.expected)}
    </Line>
  );
}

function RefusedLine({ item, onDiscard }: { item: PendingItem; onDiscard: () => void }) {
  return (
    <Line
      item={item}
      mark={<Sign mark="refused" />}
      end={
        // A sentence that has this way out says it itself.
        waysOf(saidOf(item)).includes('discard') ? null : (
          <Button look="link" onClick={onDiscard}>
            {t('action.discard')}
          </Button>
        )
      }
    >
      <WaysHere ways={{ discard: onDiscard }}>
        <Why item={item} />
      </WaysHere>
    </Line>
  );
}

// The sentence that a refused change is told with.
function saidOf({ outcome }: PendingItem): string {
  if (outcome?.is_gone === true) return 'lost.access';
  return outcome?.lost === undefined ? (outcome?.reason?.code ?? '') : 'lost.right';
}

// What whoever runs the server needs to look into it: codes and times, no names (R13).
function useReport(item: PendingItem): () => Promise<void> {
  const notify = useNotify();
  const version = useAppState()?.version;
  return async () => {
    const { what, expected, outcome } = item;
    const kind = what.what === 'other' ? what.command : what.what;
    const told = {
      version,
      change: kind,
      expected: expected.verdict,
      status: outcome?.status,
      code: outcome?.reason?.code,
      rule: outcome?.reason?.rule,
      at: outcome === null ? null : new Date(outcome.at).toISOString(),
    };
    try {
      await navigator.clipboard.writeText(JSON.stringify(told, null, 2));
      notify({ text: t('pending.reported') });
    } catch {
      notify({ text: t('plan.copied.refused') });
    }
  };
}

// What took the right is said in place of what was missing; the rule stays (E-43).
function lostSentence(lost: LostRight, known: Values): Pick<Sentence, 'id' | 'values'> {
  const who = lost.who === '' ? null : lost.who;
  const values = { ...known, role: roles(lost.roles, known), time: when(lost.at), who };
  return { id: 'lost.right', values };
}

// Access that ended says more than the right that it took along.
function whySentence(outcome: OutcomeView, refused: Sentence, values: Values): Sentence {
  if (outcome.is_gone === true) return { ...refused, id: 'lost.access', values };
  if (outcome.lost === undefined) return refused;
  return { ...refused, ...lostSentence(outcome.lost, values) };
}

function Why({ item }: { item: PendingItem }) {
  const { id } = useActive();
  const report = useReport(item);
  const known = useKnown({ workspace: item.workspace_name });
  // Own roles have names in their own workspace only.
  const values = item.workspace === id ? known : withoutOwnRoles(known);
  const { outcome } = item;
  if (outcome === null) return null;
  const refused =
    outcome.reason === null
      ? { id: `outcome.${outcome.status}`, values, rule: null }
      : reasonSentence(outcome.reason, values);
  const sentence = whySentence(outcome, refused, values);
  return (
    <span className={styles.why}>
      <ReasonLine sentence={sentence} />
      {outcome.differs && (
        <WaysHere ways={{ report: () => void report() }}>
          <span className={styles.differs}>
            {t('pending.differs')} <Ways sentence="r13.differs" />
          </span>
        </WaysHere>
      )}
    </span>
  );
}

function SentLine({ item }: { item: PendingItem }) {
  const status = item.outcome?.status ?? 'applied';
  return (
    <Line item={item} mark={null}>
      {' · '}
      {t(`outcome.${status}`)}
    </Line>
  );
}

function Sign({ mark }: { mark: 'not_sent' | 'sending' | 'refused' }) {
  return (
    <>
      <MarkSign mark={mark} />
      <span className="visually-hidden">{t(`mark.${mark}`)}</span>
    </>
  );
}
