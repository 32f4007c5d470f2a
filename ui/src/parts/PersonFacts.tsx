// What is known of a membership: role and where it comes from, state, end date, and earlier
// stays of the same person (E-29, E-37, E-39).

import { useAppState } from '../app/state.ts';
import type { EarlierStay, End, MemberView } from '../backend/types.ts';
import { date, roles, when, whole } from '../i18n/format.ts';
import { T, t, type Values } from '../i18n/text.tsx';
import styles from './panel.module.css';
import { useKnown } from './Reason.tsx';

/** What becomes of a membership by itself, in a few words. */
export function endText(end: End | null, names: Values): string {
  if (end === null) return t('end.never');
  if (end.roles === null) return date(end.at);
  return t('end.then', { date: date(end.at), role: roles(end.roles, names) });
}

export function Facts({ view }: { view: MemberView }) {
  const { row } = view;
  const names = useKnown();
  return (
    <dl className={styles.facts}>
      <dt>{t('column.address')}</dt>
      <dd className={styles.address}>{row.address}</dd>
      <dt>{t('column.role')}</dt>
      <dd>
        {roles(row.roles, names)}
        {row.roles_were !== null && (
          <span className={styles.was}>
            {' '}
            {t('panel.was', { was: roles(row.roles_were, names) })}
          </span>
        )}
        {row.grouped && (
          <span className={styles.quiet} data-testid="from-group">
            {' '}
            <T id="panel.from_group" values={{ group: view.group }} />
          </span>
        )}
      </dd>
      <dt>{t('column.status')}</dt>
      <dd>
        {t(`state.${row.state}`)}
        {row.state_was !== null && (
          <span className={styles.was}>
            {' '}
            {t('panel.was', { was: t(`state.${row.state_was}`) })}
          </span>
        )}
      </dd>
      {row.ended === null ? (
        <>
          <dt>{t('column.ends')}</dt>
          <dd title={row.until === null ? undefined : whole(row.until.at)}>
            {endText(row.until, names)}
            {row.until !== null && <AsOf />}
          </dd>
        </>
      ) : (
        <>
          <dt>{t('panel.ended')}</dt>
          <dd>
            <T id="panel.ended_by" values={{ time: when(row.ended), who: row.ended_by }} />
          </dd>
        </>
      )}
      <dt>{t('column.joined')}</dt>
      <dd title={whole(row.joined)}>{date(row.joined)}</dd>
      {view.given_by !== null && (
        <>
          <dt>{t('panel.given_by')}</dt>
          <dd>
            <bdi>{view.given_by}</bdi>
            {view.given_at !== null && `, ${date(view.given_at)}`}
          </dd>
        </>
      )}
      {view.changes_known && (
        <>
          <dt>{t('panel.last_change')}</dt>
          <dd title={row.last_change === null ? undefined : whole(row.last_change)}>
            {row.last_change === null ? t('panel.no_change') : when(row.last_change)}
            <AsOf />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Days are judged by the server's clock, so without a connection they are what it last said (E-41). */
export function AsOf() {
  const connection = useAppState()?.connection;
  const at = connection?.last_contact ?? null;
  if (connection === undefined || connection.state === 'online' || at === null) return null;
  return (
    <span className={styles.quiet} data-testid="as-of">
      {' '}
      {t('as_of.contact', { time: when(at) })}
    </span>
  );
}

export function Earlier({ stays }: { stays: readonly EarlierStay[] }) {
  const names = useKnown();
  if (stays.length === 0) return null;
  return (
    <section>
      <h3 className={styles.sub}>{t('panel.earlier')}</h3>
      <ul className={styles.earlier}>
        {stays.map((stay) => (
          <li key={stay.joined}>
            <T
              id="panel.stay"
              values={{
                role: roles(stay.roles, names),
                from: date(stay.joined),
                to: stay.ended === null ? null : date(stay.ended),
                how: t(`state.${stay.state}`),
                who: stay.ended_by,
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
