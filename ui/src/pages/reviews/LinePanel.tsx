// One person of a review: what is known of their access, what was decided, and the decision
// (ui.md 5.8). Nothing decided here takes effect before the review is finished.

import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useBackend } from '../../app/context.tsx';
import { lineQuery } from '../../app/reviewState.ts';
import { asFailure } from '../../backend/failure.ts';
import type { DecidedView, ReviewLineView, ReviewView } from '../../backend/types.ts';
import { count, date, permissions, roles, when, whole } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { PendingLines } from '../../parts/PendingLines.tsx';
import panel from '../../parts/panel.module.css';
import { FailureLine, KnownValues, useKnown } from '../../parts/Reason.tsx';
import { personName } from '../../parts/words.ts';
import { IconButton } from '../../primitives/Button.tsx';
import { Avatar } from '../../primitives/Tile.tsx';
import { Decide } from './Decide.tsx';
import styles from './reviews.module.css';
import { choiceText } from './reviewWords.ts';

/** What a key asks for. */
export type Asked = 'keep' | 'change' | 'remove' | 'clear';

export interface LineProps {
  review: ReviewView;
  line: string;
  /** A decision that a key asked for, until it is taken up. */
  asked: Asked | null;
  onTakenUp: () => void;
  onDecided: () => void;
  onClose: () => void;
}

export function LinePanel(props: LineProps) {
  const { review, line, onClose } = props;
  const backend = useBackend();
  const { data, error } = useQuery(lineQuery(backend, review.row.workspace, review.row.id, line));
  const name = data === undefined ? '' : personName(data.row);
  const known = useKnown({ name });
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside
      className={panel.panel}
      aria-label={name || t('panel.label')}
      data-testid="panel"
      data-area="panel"
      onKeyDown={press}
    >
      <div className={panel.head}>
        {data !== undefined && <Avatar letters={data.row.letters} />}
        <h2 className={panel.title}>
          <bdi>{name}</bdi>
          {data?.row.is_me && <span className={panel.you}> {t('members.you')}</span>}
        </h2>
        <IconButton label={t('action.close')} icon="close" onClick={onClose} />
      </div>
      {data !== undefined && (
        <KnownValues values={known}>
          <div className={panel.body}>
            <Known view={data} />
            <Hints view={data} />
            <DecidedLines view={data} />
            {data.refused !== null && (
              <PendingLines
                workspace={review.row.workspace}
                refused={[data.refused]}
                notSent={[]}
              />
            )}
            {review.row.closed === null && <Decide key={line} {...props} view={data} />}
          </div>
        </KnownValues>
      )}
      {error !== null && <FailureLine failure={asFailure(error)} />}
    </aside>
  );
}

function Known({ view }: { view: ReviewLineView }) {
  const names = useKnown();
  const { row, last } = view;
  const role = roles(row.roles, names);
  const since = last !== null && roles(last.to, names) !== role;
  const moved = !row.gone && roles(row.now_roles, names) !== role;
  return (
    <dl className={panel.facts}>
      <dt>{t('column.address')}</dt>
      <dd className={panel.address}>{row.address}</dd>
      <dt>{t('column.role')}</dt>
      <dd>
        <span className={styles.strong}>{role}</span>
        {view.given_by !== null && (
          <span className={styles.detail}>
            <T
              id="review.given"
              values={{ who: view.given_by, date: view.given_at && date(view.given_at) }}
            />
          </span>
        )}
        <span className={styles.detail}>
          {t('review.same_roles', {
            n: view.same_roles,
            shown: count(view.same_roles),
            people: count(view.people),
          })}
        </span>
      </dd>
      {(row.gone || moved) && (
        <>
          <dt>{t('review.now')}</dt>
          <dd className={panel.was}>{row.gone ? t('review.gone') : roles(row.now_roles, names)}</dd>
        </>
      )}
      {row.state !== 'active' && (
        <>
          <dt>{t('column.status')}</dt>
          <dd>{t(`state.${row.state}`)}</dd>
        </>
      )}
      <dt>{t('column.joined')}</dt>
      <dd title={whole(view.joined)}>{date(view.joined)}</dd>
      <dt>{t('review.last')}</dt>
      <dd>
        {last === null ? (
          t('review.never')
        ) : (
          <T
            id="review.last_text"
            values={{
              choice: choiceText(last.choice, last.to, names),
              who: last.by,
              date: date(last.at),
            }}
          />
        )}
      </dd>
      {since && last !== null && (
        <>
          <dt>{t('review.since')}</dt>
          <dd>{`${roles(last.to, names)} → ${role}`}</dd>
        </>
      )}
    </dl>
  );
}

function Hints({ view }: { view: ReviewLineView }) {
  const names = useKnown();
  const { used } = view;
  const values = {
    name: personName(view.row),
    n: used?.quiet_days,
    wide: used?.wide_days,
    date: used?.last_change == null ? null : date(used.last_change),
    role: used === null ? '' : roles(used.enough, names),
    unused: used === null ? '' : permissions(used.unused),
  };
  // What the facts above say already is not said again.
  const said = view.hints.filter((one) => one !== 'never_reviewed');
  if (said.length === 0) return null;
  return (
    <ul className={styles.hints} aria-label={t('review.hints')}>
      {said.map((one) => (
        <li key={one}>
          <T id={`review.hint.${one}`} values={values} />
        </li>
      ))}
    </ul>
  );
}

function DecidedLines({ view }: { view: ReviewLineView }) {
  if (view.decided.length === 0) return null;
  return (
    <section>
      <h3 className={panel.sub}>{t('review.decided')}</h3>
      <ul className={styles.decided}>
        {view.decided.map((one) => (
          <DecidedLine key={`${one.name} ${one.at}`} one={one} />
        ))}
      </ul>
      {view.row.standpoint === 'disputed' && (
        <p className={styles.disputed}>
          <T id="review.dispute" values={disputeValues(view.decided)} />
        </p>
      )}
    </section>
  );
}

// One of those who differ is asked to give way: I, if I am one of them.
function disputeValues(decided: readonly DecidedView[]) {
  const mine = decided.some((one) => one.is_me);
  const others = decided.filter((one) => !one.is_me);
  return { who: (mine ? others[0] : decided[0])?.name, ...(mine ? { me: 'yes' } : {}) };
}

function DecidedLine({ one }: { one: DecidedView }) {
  const names = useKnown();
  return (
    <li className={one.pending ? panel.was : undefined} data-testid="decided">
      <span title={whole(one.at)}>
        <T
          id={one.is_me ? 'review.decided_me' : 'review.decided_by'}
          values={{ who: one.name, choice: choiceText(one.choice, one.to, names) }}
        />
        {one.client !== null && ` ${t('review.for_client', { client: one.client })}`}
        {' · '}
        {one.pending ? t('pending.not_sent') : when(one.at)}
      </span>
      {one.reason !== null && <q className={styles.reason}>{one.reason}</q>}
    </li>
  );
}
