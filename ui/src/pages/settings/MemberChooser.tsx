// Choosing one present member of the open workspace.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import type { MemberFilter } from '../../app/keys.ts';
import { membersQuery } from '../../app/state.ts';
import { asFailure } from '../../backend/failure.ts';
import type { MemberRow } from '../../backend/types.ts';
import { roles } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine, useKnown } from '../../parts/Reason.tsx';
import { personName } from '../../parts/words.ts';
import { Choice } from '../../primitives/Choice.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './settings.module.css';

interface Props {
  workspace: string;
  chosen: MemberRow | null;
  without: readonly string[];
  onChoose: (member: MemberRow) => void;
}

// As many as can be looked over; the field narrows the rest.
const SHOWN = 8;

export function MemberChooser({ workspace, chosen, without, onChoose }: Props) {
  const backend = useBackend();
  const known = useKnown();
  const [text, setText] = useState('');
  const filter: MemberFilter = {
    workspace,
    text,
    roles: [],
    label: null,
    status: 'active',
    sort: 'name',
    descending: false,
  };
  const page = useQuery({
    ...membersQuery(backend, filter, 0),
    placeholderData: (before) => before,
  });
  // Whom an unsent change removes or suspends stays listed, but is nobody to choose (E-46).
  const offered = (page.data?.rows ?? []).filter(
    (row) => row.state === 'active' && !without.includes(row.id),
  );
  return (
    <div className={styles.field}>
      <TextField
        label={t('person.find')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {page.isError && <FailureLine failure={asFailure(page.error)} />}
      {page.data !== undefined && offered.length === 0 && <p>{t('transfer.nobody')}</p>}
      <Choice
        label={t('person.choose')}
        labelShown="no"
        many={false}
        items={offered.slice(0, SHOWN).map((row) => ({
          value: row.id,
          name: <bdi>{personName(row)}</bdi>,
          help: row.address,
          note: roles(row.roles, known),
        }))}
        chosen={chosen === null ? [] : [chosen.id]}
        onChange={([id]) => {
          const one = offered.find((row) => row.id === id);
          if (one !== undefined) onChoose(one);
        }}
      />
      {offered.length > SHOWN && (
        <p className={styles.quiet}>{t('groups.more', { n: offered.length - SHOWN })}</p>
      )}
    </div>
  );
}
