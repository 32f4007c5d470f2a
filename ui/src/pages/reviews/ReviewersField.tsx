// Choosing who decides in a review, among those who may: the field narrows, the list ticks.
// Whoever is chosen already stays on top, so that nobody is lost by a search.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { reviewPeopleQuery } from '../../app/reviewState.ts';
import { asFailure } from '../../backend/failure.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { personName } from '../../parts/words.ts';
import { Choice } from '../../primitives/Choice.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './reviews.module.css';

/** Somebody who is chosen. */
export interface Chosen {
  login: string;
  name: string;
}

interface Props {
  workspace: string;
  chosen: readonly Chosen[];
  missing: boolean;
  onChange: (chosen: Chosen[]) => void;
}

// As many as can be looked over; the field narrows the rest.
const SHOWN = 5;

export function ReviewersField({ workspace, chosen, missing, onChange }: Props) {
  const backend = useBackend();
  const [text, setText] = useState('');
  const people = useQuery(reviewPeopleQuery(backend, workspace, text));
  const offered = (people.data ?? []).filter(
    (one) => !chosen.some((some) => some.login === one.login),
  );
  const items = [
    ...chosen.map((one) => ({ value: one.login, name: <bdi>{one.name}</bdi> })),
    ...offered.slice(0, SHOWN).map((one) => ({
      value: one.login,
      name: <bdi>{personName(one)}</bdi>,
      help: one.address,
      ...(one.is_me ? { note: t('members.you') } : {}),
      ...(!one.is_me && one.as_admin ? { note: t('role.account_admin') } : {}),
    })),
  ];
  const nameOf = (login: string): string => {
    const known = chosen.find((one) => one.login === login);
    if (known !== undefined) return known.name;
    const one = offered.find((some) => some.login === login);
    return one === undefined ? '' : personName(one);
  };
  return (
    <div className={styles.choosing}>
      <TextField
        label={t('reviewers.find')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {people.isError && <FailureLine failure={asFailure(people.error)} />}
      {people.data?.length === 0 && <p>{t('reviewers.nobody')}</p>}
      <Choice
        label={t('reviewers.label')}
        many
        items={items}
        chosen={chosen.map((one) => one.login)}
        onChange={(next) => onChange(next.map((login) => ({ login, name: nameOf(login) })))}
        error={missing && chosen.length === 0 ? t('reviewers.choose') : undefined}
      />
      {offered.length > SHOWN && (
        <p className={styles.quiet}>{t('groups.more', { n: offered.length - SHOWN })}</p>
      )}
    </div>
  );
}
