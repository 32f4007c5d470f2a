// Naming somebody who owns a workspace too (E-1, E-3): first who, then the role picker with the
// owner's role chosen already, so that what it means and whether it can be done is seen there.

import { useState } from 'react';
import type { MemberRow, Role, WorkspaceView } from '../backend/types.ts';
import { role } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { MemberChooser } from '../parts/MemberChooser.tsx';
import { SCHEME_ROLES } from '../parts/schemes.ts';
import { personName } from '../parts/words.ts';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './forms.module.css';
import { RolePicker } from './later.tsx';

interface Props {
  view: WorkspaceView;
  onClose: () => void;
  onDone: () => void;
}

/** The owner's role, beside what they hold where a member may hold several. */
function ownerToo(view: WorkspaceView, member: MemberRow, owner: Role): Role[] {
  const many = view.row.scheme === 'managed';
  return many && !member.roles.includes(owner) ? [...member.roles, owner] : [owner];
}

export function SuccessorDialog({ view, onClose, onDone }: Props) {
  const [chosen, setChosen] = useState<MemberRow | null>(null);
  const [member, setMember] = useState<MemberRow | null>(null);
  const [asked, setAsked] = useState(false);
  const owner: Role = SCHEME_ROLES[view.row.scheme][0] ?? 'owner';
  if (member !== null) {
    return (
      <RolePicker
        view={view}
        member={member}
        start={ownerToo(view, member, owner)}
        onClose={onClose}
        onDone={onDone}
      />
    );
  }
  const values = { workspace: view.row.name, role: role(owner) };
  const next = () => {
    setAsked(true);
    if (chosen !== null) setMember(chosen);
  };
  return (
    <Dialog
      title={<T id="successor.title" values={values} />}
      onClose={onClose}
      onSubmit={next}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {chosen === null
              ? t('successor.next')
              : t('successor.next_with', { name: personName(chosen) })}
          </Button>
        </>
      }
    >
      <p>
        <T id="successor.effect" values={values} />
      </p>
      <MemberChooser
        workspace={view.row.id}
        chosen={chosen}
        leaves={(row) => row.me || row.roles.includes(owner)}
        autoFocus
        onChoose={setChosen}
      />
      {asked && chosen === null && <p className={styles.hint}>{t('person.choose_one')}</p>}
    </Dialog>
  );
}
