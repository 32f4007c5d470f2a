// The filter line of the workspaces: words, account, label, plan, those with one owner, and
// what they are grouped by (V-12, ui.md 5.11).

import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useState } from 'react';
import { accountsQuery, labelsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import type { WorkspaceGrouping, WorkspacesSearch } from '../../app/paths.ts';
import type { Plan } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import member from '../../parts/member.module.css';
import styles from './workspaces.module.css';

export type WorkspacesChange = {
  [K in keyof WorkspacesSearch]?: WorkspacesSearch[K] | undefined;
};

interface Props {
  field: RefObject<HTMLInputElement | null>;
  search: WorkspacesSearch;
  onChange: (change: WorkspacesChange) => void;
}

const PLANS: readonly Plan[] = ['basic', 'pro'];
const GROUPS: readonly WorkspaceGrouping[] = ['account', 'label', 'plan'];

export function WorkspaceFilters({ field, search, onChange }: Props) {
  const backend = useBackend();
  const accounts = useQuery(accountsQuery(backend)).data ?? [];
  const labels = useQuery(labelsQuery(backend)).data ?? [];
  const text = search.q ?? '';
  // The field holds its own text, so that a key never waits for the address.
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  return (
    <div role="search" className={member.filters}>
      <input
        ref={field}
        type="text"
        className={member.field}
        aria-label={t('workspaces.filter')}
        placeholder={t('workspaces.filter')}
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange({ q: event.target.value || undefined });
        }}
      />
      {accounts.length > 1 && (
        <Picker
          label={t('field.account')}
          value={search.account}
          options={accounts.map((one) => [one.id, one.name])}
          onPick={(account) => onChange({ account })}
        />
      )}
      {labels.length > 0 && (
        <Picker
          label={t('filter.label')}
          value={search.label}
          options={labels.map((one) => [one, one])}
          onPick={(label) => onChange({ label })}
        />
      )}
      <Picker
        label={t('field.plan')}
        value={search.plan}
        options={PLANS.map((one) => [one, t(`plan.${one}`)])}
        onPick={(plan) => onChange({ plan: PLANS.find((one) => one === plan) })}
      />
      <button
        type="button"
        className={member.chip}
        aria-pressed={search.one === true}
        onClick={() => onChange({ one: search.one ? undefined : true })}
      >
        {t('filter.one_owner')}
      </button>
      <Picker
        label={t('group.by')}
        none={t('group.none')}
        value={search.group}
        options={GROUPS.map((one) => [one, t(`group.by.${one}`)])}
        onPick={(group) => onChange({ group: GROUPS.find((one) => one === group) })}
      />
    </div>
  );
}

interface PickerProps {
  label: string;
  /** What it says while nothing is picked. */
  none?: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onPick: (value: string | undefined) => void;
}

function Picker({ label, none, value, options, onPick }: PickerProps) {
  return (
    <select
      aria-label={label}
      className={`${member.chip} ${styles.picker}`}
      data-on={value !== undefined}
      value={value ?? ''}
      onChange={(event) => onPick(event.target.value || undefined)}
    >
      <option value="">{none ?? t('filter.any', { name: label })}</option>
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
