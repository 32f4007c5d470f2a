// Adding a person to a group: first who, then what it does to their memberships.

import { useState } from 'react';
import type { GroupView, PersonPick } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { PersonChooser } from '../../parts/PersonChooser.tsx';
import { personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import styles from './account.module.css';
import { GroupChange } from './GroupChange.tsx';

export function AddGroupPerson({ group, onClose }: { group: GroupView; onClose: () => void }) {
  const [person, setPerson] = useState<PersonPick | null>(null);
  const [asked, setAsked] = useState(false);
  const [next, setNext] = useState(false);
  if (next && person !== null) {
    const name = personName(person);
    return (
      <GroupChange
        intent={{
          intent: 'add_group_person',
          account: group.account,
          group: group.id,
          person: person.person,
        }}
        title={<T id="groups.add_title" values={{ name, other: group.name }} />}
        action={t('groups.add_action', { name })}
        done={t('notice.add_group_person', { name, other: group.name })}
        onClose={onClose}
        onDone={onClose}
      />
    );
  }
  return (
    <Dialog
      title={<T id="groups.add_who" values={{ name: group.name }} />}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (person !== null) setNext(true);
      }}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {t('groups.see')}
          </Button>
        </>
      }
    >
      <PersonChooser
        account={group.account}
        chosen={person}
        without={group.people.map((one) => one.address)}
        onChoose={setPerson}
      />
      {asked && person === null && <p className={styles.missing}>{t('person.choose_one')}</p>}
    </Dialog>
  );
}
