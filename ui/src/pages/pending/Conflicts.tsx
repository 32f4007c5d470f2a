// Changes that met another one of the same thing (E-42, ui.md 5.14): what it was, what it is now
// and what I made of it, side by side. Keeping theirs is the choice that has the focus.

import '../../i18n/later.ts';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useNotify } from '../../app/notices.tsx';
import { type Answer, isTaken } from '../../app/useSubmit.ts';
import { asFailure } from '../../backend/failure.ts';
import type { ConflictValue, ConflictView, PendingItem } from '../../backend/types.ts';
import { count, date, list, roles, when } from '../../i18n/format.ts';
import { T, t, type Values } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { MarkSign } from '../../parts/MarkSign.tsx';
import { useKnown } from '../../parts/Reason.tsx';
import { changeText, withoutOwnRoles } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import styles from '../pending.module.css';

/** A change with its three sides. */
export type Met = PendingItem & { conflict: ConflictView };

/** Beyond this a value is said by whose it is instead. */
const SHORT = 40;

interface Props {
  items: readonly Met[];
  /** The workspace that is open: own roles have names in their own workspace only. */
  open: string | null;
}

export function Conflicts({ items, open }: Props) {
  return (
    <section className={styles.group} aria-label={t('conflict.title')}>
      <div className={styles.groupHead}>
        <h2 className={styles.groupName}>
          {t('conflict.title')} <span className={styles.n}>{count(items.length)}</span>
        </h2>
      </div>
      <ul>
        {items.map((item, index) => (
          <Card key={item.n} item={item} here={item.workspace === open} first={index === 0} />
        ))}
      </ul>
    </section>
  );
}

function said(of: ConflictValue, names: Values): string {
  switch (of.value) {
    case 'roles':
      return roles(of.roles, names);
    case 'end':
      return of.end === null ? t('conflict.no_end') : date(of.end.at);
    case 'labels':
      return of.labels.length === 0 ? t('conflict.no_labels') : list(of.labels);
    case 'text':
      return of.text === '' ? t('conflict.no_text') : of.text;
    case 'record':
      return of.name;
  }
}

// What a record says stands under its name; everything else is one line.
function Value({ of, names }: { of: ConflictValue; names: Values }) {
  return (
    <>
      <bdi>{said(of, names)}</bdi>
      {of.value === 'record' && of.text !== '' && (
        <span className={styles.body}>
          <bdi>{of.text}</bdi>
        </span>
      )}
    </>
  );
}

function Side({
  name,
  note,
  children,
}: {
  name: string;
  note: string | null;
  children: ReactNode;
}) {
  return (
    <div className={styles.side}>
      <dt>{name}</dt>
      <dd>
        {children}
        {note !== null && <span className={styles.where}>{note}</span>}
      </dd>
    </div>
  );
}

function useDecide(item: Met, onAnswer: (answer: Answer) => void) {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    try {
      await work();
    } catch (thrown) {
      onAnswer({ result: 'failed', failure: asFailure(thrown) });
    }
    setBusy(false);
    void client.invalidateQueries({ queryKey: keys.pending });
    void client.invalidateQueries({ queryKey: keys.state });
    if (item.workspace !== null) {
      void client.invalidateQueries({ queryKey: keys.workspace(item.workspace) });
    }
  };
  const keep = () => run(async () => void (await backend.pendingDiscard(item.n)));
  const apply = () =>
    run(async () => {
      const answer = await backend.pendingApply(item.n);
      if (isTaken(answer)) notify({ text: t('conflict.applied') });
      else onAnswer(answer);
    });
  return { keep, apply };
}

function Card({ item, here, first }: { item: Met; here: boolean; first: boolean }) {
  const { conflict } = item;
  const all = useKnown({ workspace: item.workspace_name });
  const names = here ? all : withoutOwnRoles(all);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { keep, apply } = useDecide(item, setAnswer);
  const { who, at } = conflict;
  const by = [who, at === null ? null : when(at)].filter((one) => one !== null);
  const theirs = said(conflict.now, names);
  const mine = said(conflict.yours, names);
  const short = theirs !== mine && Math.max(theirs.length, mine.length) <= SHORT;
  return (
    <li className={styles.line} data-testid="conflict">
      <span className={styles.margin}>
        <MarkSign mark="needs_you" />
        <span className="visually-hidden">{t('conflict.mark')}</span>
      </span>
      <div className={styles.what}>
        <span className={styles.change}>
          <T {...changeText(item, names)} />
        </span>
        <span className={styles.where}>
          <bdi>{item.workspace_name}</bdi>
          {' · '}
          {t('conflict.says', { who })}
        </span>
        <dl className={styles.sides}>
          {conflict.was !== null && (
            <Side name={t('conflict.was')} note={null}>
              <Value of={conflict.was} names={names} />
            </Side>
          )}
          <Side name={t('conflict.now')} note={by.length === 0 ? null : by.join(', ')}>
            <Value of={conflict.now} names={names} />
          </Side>
          <Side name={t('conflict.yours')} note={when(item.made)}>
            <Value of={conflict.yours} names={names} />
          </Side>
        </dl>
        <span className={styles.choices}>
          <Button autoFocus={first} onClick={() => void keep()}>
            {short ? t('conflict.keep', { value: theirs }) : t('conflict.keep_theirs')}
          </Button>
          <Button onClick={() => void apply()}>
            {short ? t('conflict.change', { value: mine }) : t('conflict.use_mine')}
          </Button>
        </span>
        {answer !== null && <AnswerLine answer={answer} known={names} />}
      </div>
    </li>
  );
}
