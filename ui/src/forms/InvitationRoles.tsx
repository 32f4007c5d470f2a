// Changing what an open invitation gives. Its link stays the same (E-23).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import type { InvitationRow, Role, WorkspaceView } from '../backend/types.ts';
import { roles } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { AnswerLine } from '../parts/AnswerLine.tsx';
import { useKnown } from '../parts/Reason.tsx';
import { RoleChoice } from '../parts/RoleChoice.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './forms.module.css';

interface Props {
  view: WorkspaceView;
  row: InvitationRow;
  onClose: () => void;
}

export function InvitationRoles({ view, row, onClose }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const names = useKnown();
  const workspace = view.row.id;
  const [chosen, setChosen] = useState<Role[]>(row.roles);
  const [asked, setAsked] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const question = { workspace, members: [], roles: chosen };
  const { data } = useQuery({
    queryKey: keys.roles(question),
    queryFn: () => backend.roleAnswer(question),
    placeholderData: (before) => before,
  });
  const save = async () => {
    setAsked(true);
    if (chosen.length === 0) return;
    const next = await submit({
      intent: 'set_invitation_roles',
      workspace,
      invitation: row.id,
      roles: chosen,
    });
    setAnswer(isTaken(next) ? null : next);
    if (!isTaken(next)) return;
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    const role = roles(chosen, names);
    told(t('notice.invitation_roles', { address: row.address, role }), [next]);
    onClose();
  };
  return (
    <Dialog
      title={<T id="invitation.roles_title" values={{ address: row.address }} />}
      onClose={onClose}
      onSubmit={() => void save()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {chosen.length === 0
              ? t('role.save')
              : t('invitation.roles_save', { role: roles(chosen, names) })}
          </Button>
        </>
      }
    >
      {data !== undefined && (
        <RoleChoice
          options={data.options}
          many={data.many}
          chosen={chosen}
          label={t('role.choose')}
          showNow={false}
          onChange={setChosen}
        />
      )}
      {asked && chosen.length === 0 && <p className={styles.hint}>{t('role.choose_one')}</p>}
      {answer !== null && <AnswerLine answer={answer} known={{ address: row.address }} />}
    </Dialog>
  );
}
