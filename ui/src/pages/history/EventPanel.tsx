// One event: before and after, who, by which right, why, and its place in the chain.

import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useBackend } from '../../app/context.tsx';
import { historyEventQuery } from '../../app/pastState.ts';
import type { HistorySearch } from '../../app/searches.ts';
import { asFailure } from '../../backend/failure.ts';
import {
  type FieldChange,
  type HistoryDetail,
  PERMISSIONS,
  type Role,
} from '../../backend/types.ts';
import { permission, roles, when, whole } from '../../i18n/format.ts';
import { hasText, T, t, type Values } from '../../i18n/text.tsx';
import panel from '../../parts/panel.module.css';
import { FailureLine, ReasonLine, reasonSentence, useKnown } from '../../parts/Reason.tsx';
import { Button, IconButton } from '../../primitives/Button.tsx';
import styles from './history.module.css';
import { sentenceOf, sentenceText } from './sentences.ts';

interface Props {
  id: string;
  onClose: () => void;
  onChange: (change: { [K in keyof HistorySearch]?: HistorySearch[K] | undefined }) => void;
}

export function EventPanel({ id, onClose, onChange }: Props) {
  const backend = useBackend();
  const names = useKnown();
  const { data, error } = useQuery(historyEventQuery(backend, id));
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside
      className={panel.panel}
      aria-label={data === undefined ? t('panel.label') : sentenceText(data.row, names)}
      data-testid="panel"
      data-area="panel"
      onKeyDown={press}
    >
      <div className={panel.head}>
        <h2 className={panel.title}>
          {data !== undefined && <T {...sentenceOf(data.row, names)} />}
        </h2>
        <IconButton label={t('action.close')} icon="close" onClick={onClose} />
      </div>
      {data !== undefined && <Detail view={data} onChange={onChange} />}
      {error !== null && <FailureLine failure={asFailure(error)} />}
    </aside>
  );
}

function rightText(right: string): string | null {
  if (right === '') return null;
  if (right === 'account_admin') return t('role.account_admin');
  const known = PERMISSIONS.find((one) => one === right);
  return known === undefined ? right : permission(known);
}

function Detail({ view, onChange }: { view: HistoryDetail; onChange: Props['onChange'] }) {
  const names = useKnown();
  const { row } = view;
  const right = rightText(view.right);
  return (
    <div className={panel.body}>
      {row.refused !== null && (
        <div className={panel.refused}>
          <ReasonLine sentence={reasonSentence(row.refused, names)} />
        </div>
      )}
      {row.not_sent && <p className={panel.waits}>{t('pending.not_sent')}</p>}
      <dl className={panel.facts}>
        <dt>{t('history.fact_when')}</dt>
        <dd title={whole(row.at)}>{when(row.at)}</dd>
        <dt>{t('history.who')}</dt>
        <dd>
          <bdi>{row.actor}</bdi>
          {row.actor_is_me && <span className={panel.you}> {t('members.you')}</span>}
        </dd>
        {right !== null && (
          <>
            <dt>{t('history.fact_right')}</dt>
            <dd>{row.as_admin ? t('role.account_admin') : right}</dd>
          </>
        )}
        <dt>{t('history.fact_where')}</dt>
        <dd>
          <bdi>{row.workspace_name}</bdi>
        </dd>
        {row.reason !== null && (
          <>
            <dt>{t('field.reason')}</dt>
            <dd>{row.reason}</dd>
          </>
        )}
      </dl>
      {view.changes.length > 0 && <Changes changes={view.changes} />}
      {view.folded.length > 0 && (
        <section>
          <h3 className={panel.sub}>{t('history.folded', { n: view.folded.length })}</h3>
          <ul className={styles.folded}>
            {view.folded.map((one) => (
              <li key={one.id}>
                <T {...sentenceOf(one, names)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {row.membership !== null && (
        <div className={panel.actions}>
          <Button onClick={() => onChange({ q: row.subject, open: undefined })}>
            {t('history.about_person', { name: row.subject })}
          </Button>
        </div>
      )}
      {view.hash !== '' && <Chain view={view} />}
    </div>
  );
}

const FIELD_VALUES: Record<string, (value: string, names: Values) => string> = {
  roles: (value, names) => roles(value.split(/,\s*/).filter(Boolean) as Role[], names),
  state: (value) => (hasText(`state.${value}`) ? t(`state.${value}`) : value),
};

// A moment as the log has it, in thousandths of a second since 1970.
const MOMENT = /^\d{13}$/;
// What a thing is called by the server and nobody else.
const ID = /^[0-9a-f]{32,}$/;

/** A value of the log as people read it: moments as days, and of several things their names. */
function readable(value: unknown): string {
  if (value === null || value === '' || (typeof value === 'string' && ID.test(value))) return '';
  if (typeof value === 'boolean') return t(value ? 'history.yes' : 'history.no');
  if (Array.isArray(value)) return value.map(readable).filter(Boolean).join('; ');
  if (typeof value === 'object') {
    return Object.values(value).map(readable).filter(Boolean).join(', ');
  }
  return MOMENT.test(String(value)) ? whole(Number(value)) : String(value);
}

// What people typed is shown as they typed it.
const TYPED = ['name', 'note', 'message'];

function fieldText(field: string, value: string): string {
  if (TYPED.includes(field)) return value;
  try {
    return readable(JSON.parse(value));
  } catch {
    return value;
  }
}

function fieldName(field: string): string {
  const known = `history.field.${field}`;
  return hasText(known) ? t(known) : field.replaceAll('_', ' ');
}

function Changes({ changes }: { changes: readonly FieldChange[] }) {
  const names = useKnown();
  const shown = (field: string, value: string | null) => {
    if (value === null || value === '') return t('history.nothing');
    return FIELD_VALUES[field]?.(value, names) ?? fieldText(field, value);
  };
  return (
    <section>
      <h3 className={panel.sub}>{t('history.changes')}</h3>
      <dl className={styles.changes}>
        {changes.map((one) => (
          <div key={one.field} style={{ display: 'contents' }}>
            <dt>{fieldName(one.field)}</dt>
            <dd>
              {shown(one.field, one.was)} → {shown(one.field, one.now)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Chain({ view }: { view: HistoryDetail }) {
  return (
    <section>
      <h3 className={panel.sub}>{t('history.chain')}</h3>
      <p className={view.sound ? undefined : styles.broken}>
        {t(view.sound ? 'history.entry_sound' : 'history.entry_broken')}
      </p>
      <p className={styles.hash}>
        {t('history.hash')} {view.hash}
      </p>
      <p className={styles.hash}>
        {t('history.prev')} {view.prev}
      </p>
    </section>
  );
}
