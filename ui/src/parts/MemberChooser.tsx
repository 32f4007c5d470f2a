// Choosing one present member of a workspace.

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import type { MemberFilter } from '../app/keys.ts';
import { membersQuery } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { MemberRow } from '../backend/types.ts';
import { roles } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Choice } from '../primitives/Choice.tsx';
import { TextField } from '../primitives/Field.tsx';
import styles from './chooser.module.css';
import { FailureLine, useKnown } from './Reason.tsx';
import { personName } from './words.ts';

interface Props {
  workspace: string;
  chosen: MemberRow | null;
  /** Who is not offered. */
  leaves: (row: MemberRow) => boolean;
  onChoose: (member: MemberRow) => void;
  autoFocus?: boolean;
}

// As many as can be looked over; the field narrows the rest.
const SHOWN = 8;

export function MemberChooser(props: Props) {
  const { workspace, chosen, leaves, onChoose, autoFocus = false } = props;
  const backend = useBackend();
  const known = useKnown();
  const [text, setText] = useState('');
  const filter: MemberFilter = {
    workspace,
    text,
    roles: [],
    label: null,
    changed: null,
    status: 'active',
    sort: 'name',
    descending: false,
  };
  const page = useQuery({
    ...membersQuery(backend, filter, 0),
    placeholderData: (before) => before,
  });
  // Whom an unsent change removes or suspends stays listed, but is nobody to choose (E-46).
  const offered = (page.data?.rows ?? []).filter((row) => row.state === 'active' && !leaves(row));
  return (
    <div className={styles.field}>
      <TextField
        label={t('person.find')}
        autoFocus={autoFocus}
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
        <p className={styles.more}>{t('groups.more', { n: offered.length - SHOWN })}</p>
      )}
    </div>
  );
}
