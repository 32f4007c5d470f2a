// Narrowing the history to one person: who did it, or whom it is about.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { peopleQuery } from '../../app/pastState.ts';
import { useAppState } from '../../app/state.ts';
import { T, t } from '../../i18n/text.tsx';
import { ChipPopover } from '../../parts/ChipPopover.tsx';
import chip from '../../parts/chip.module.css';
import { TextField } from '../../primitives/Field.tsx';

interface Props {
  what: 'who' | 'about';
  chosen: { login: string; name: string } | null;
  onChoose: (person: { login: string; name: string } | null) => void;
}

// As many as can be looked over; the field narrows the rest.
const SHOWN = 8;

export function PersonChip({ what, chosen, onChoose }: Props) {
  const name =
    chosen === null ? (
      t(`history.${what}`)
    ) : (
      <T id={`history.${what}_is`} values={{ name: chosen.name }} />
    );
  return (
    <ChipPopover name={name} label={t(`history.${what}`)} chosen={chosen !== null}>
      {(close) => (
        <Options
          chosen={chosen}
          onChoose={(person) => {
            onChoose(person);
            close();
          }}
        />
      )}
    </ChipPopover>
  );
}

function Options({ chosen, onChoose }: Omit<Props, 'what'>) {
  const backend = useBackend();
  const me = useAppState()?.me ?? null;
  const [text, setText] = useState('');
  const people = useQuery({
    ...peopleQuery(backend, text, 0),
    placeholderData: (before) => before,
  });
  const found = (people.data?.rows ?? [])
    .map((row) => ({
      login: row.login,
      name: row.name === '' ? (row.addresses[0] ?? '') : row.name,
      address: row.addresses.join(', '),
    }))
    .slice(0, SHOWN);
  const mine = me === null || text !== '' ? [] : [{ login: me.id, name: me.name, address: '' }];
  const rows = [...mine, ...found.filter((one) => mine.every((own) => own.login !== one.login))];
  return (
    <>
      <TextField
        label={t('person.find')}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {people.data !== undefined && rows.length === 0 && <p>{t('members.nobody')}</p>}
      <div className={chip.options}>
        {chosen !== null && (
          <button type="button" className={chip.option} onClick={() => onChoose(null)}>
            {t('history.anybody')}
          </button>
        )}
        {rows.map((one) => (
          <button
            key={one.login}
            type="button"
            className={chip.option}
            aria-pressed={one.login === chosen?.login}
            onClick={() => onChoose({ login: one.login, name: one.name })}
          >
            <bdi>{one.name}</bdi>
            <span className={chip.address}>
              {one.address === '' ? t('members.you') : one.address}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}
