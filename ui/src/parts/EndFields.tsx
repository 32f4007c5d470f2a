// When a membership ends by itself and what is left then (E-39): typed parts, quick choices,
// and either no access or fewer rights. The core says whether it can be so.

import { useState } from 'react';
import type { End, Role, WorkspaceView } from '../backend/types.ts';
import { role } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { DateParts, endOfDay, type Parts, partsOf } from '../primitives/DateParts.tsx';
import { Select } from '../primitives/Field.tsx';
import styles from './member.module.css';
import { useKnown } from './Reason.tsx';
import { SCHEME_ROLES } from './schemes.ts';

const DAY = 86_400_000;
const QUICK = [7, 30, 90] as const;

export interface EndDraft {
  parts: Parts;
  after: Role | null;
}

export function endDraft(end: End | null): EndDraft {
  return {
    parts: end === null ? { day: '', month: '', year: '' } : partsOf(end.at),
    after: end?.roles?.[0] ?? null,
  };
}

/** The end as typed; null while it is no date. */
export function endOf(draft: EndDraft): End | null {
  const at = endOfDay(draft.parts);
  return at === null ? null : { at, roles: draft.after === null ? null : [draft.after] };
}

/** A draft that can be changed, with what its fields say. */
export function useEndDraft(end: End | null) {
  const [draft, setDraft] = useState(() => endDraft(end));
  return { draft, setDraft, end: endOf(draft) };
}

interface Props {
  view: WorkspaceView;
  draft: EndDraft;
  asked: boolean;
  onChange: (draft: EndDraft) => void;
}

export function EndFields({ view, draft, asked, onChange }: Props) {
  const names = useKnown();
  const offered: Role[] = [
    ...SCHEME_ROLES[view.row.scheme],
    ...view.own_roles.map((one) => one.key),
  ];
  const typed = Object.values(draft.parts).every((part) => part !== '');
  const wrong = endOf(draft) === null && (asked || typed);
  return (
    <>
      <DateParts
        label={t('end.date')}
        value={draft.parts}
        error={wrong ? t('end.no_date') : undefined}
        onChange={(parts) => onChange({ ...draft, parts })}
      />
      <div className={styles.quick}>
        {QUICK.map((days) => (
          <Button
            key={days}
            look="quiet"
            onClick={() => onChange({ ...draft, parts: partsOf(Date.now() + days * DAY) })}
          >
            {t('end.in_days', { n: days })}
          </Button>
        ))}
      </div>
      <Select
        label={t('end.after')}
        value={draft.after ?? ''}
        onChange={(event) =>
          onChange({ ...draft, after: offered.find((one) => one === event.target.value) ?? null })
        }
      >
        <option value="">{t('end.after_none')}</option>
        {offered.map((one) => (
          <option key={one} value={one}>
            {role(one, names)}
          </option>
        ))}
      </Select>
    </>
  );
}
