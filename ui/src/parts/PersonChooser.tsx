// Choosing one person of an account by name or address: the field narrows, the list chooses.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accountPeopleQuery } from '../app/accountState.ts';
import { useBackend } from '../app/context.tsx';
import { asFailure } from '../backend/failure.ts';
import type { PersonPick } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { Choice } from '../primitives/Choice.tsx';
import { TextField } from '../primitives/Field.tsx';
import { FailureLine } from './Reason.tsx';
import { personName } from './words.ts';

interface Props {
  account: string;
  chosen: PersonPick | null;
  /** Addresses that are taken already and are left out. */
  without?: readonly string[];
  onChoose: (person: PersonPick) => void;
}

export function PersonChooser({ account, chosen, without = [], onChoose }: Props) {
  const backend = useBackend();
  const [text, setText] = useState('');
  const people = useQuery(accountPeopleQuery(backend, account, text));
  const offered = (people.data ?? []).filter((one) => !without.includes(one.address));
  return (
    <>
      <TextField
        label={t('person.find')}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {people.isError && <FailureLine failure={asFailure(people.error)} />}
      {people.data !== undefined && offered.length === 0 && <p>{t('members.nobody')}</p>}
      {offered.length > 0 && (
        <Choice
          label={t('person.choose')}
          many={false}
          items={offered.map((one) => ({
            value: one.person,
            name: <bdi>{personName(one)}</bdi>,
            help: one.address,
          }))}
          chosen={chosen === null ? [] : [chosen.person]}
          onChange={([id]) => {
            const one = offered.find((person) => person.person === id);
            if (one !== undefined) onChoose(one);
          }}
        />
      )}
    </>
  );
}
