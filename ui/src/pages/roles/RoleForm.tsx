// Defining or changing a role of the workspace's own: its name and what it gives. What
// somebody lacks themselves is there with the reason (R5).

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../app/keys.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../../app/useSubmit.ts';
import type { Intent, Permission, PermissionChoice, RoleColumn } from '../../backend/types.ts';
import { permission } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { useKnown, verdictSentence } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Choice } from '../../primitives/Choice.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { TextField } from '../../primitives/Field.tsx';
import { columnName } from './RolesPage.tsx';

interface Props {
  workspace: string;
  choices: readonly PermissionChoice[];
  /** The role to begin with: the one to change, or to copy. */
  from: RoleColumn | null;
  /** The id of the role to change; null defines a new one. */
  change: string | null;
  onClose: () => void;
}

export function RoleForm({ workspace, choices, from, change, onClose }: Props) {
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const known = useKnown();
  const start =
    from === null
      ? ''
      : change === null
        ? t('roles.copy_name', { role: columnName(from) })
        : from.name;
  const [name, setName] = useState(start ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(from?.permissions ?? []);
  const [asked, setAsked] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const permissions: Permission[] = choices
    .map((one) => one.permission)
    .filter((one) => chosen.includes(one));
  const save = async () => {
    setAsked(true);
    const title = name.trim();
    if (title === '') return;
    const intent: Intent =
      change === null
        ? { intent: 'define_role', workspace, name: title, permissions }
        : { intent: 'change_role', workspace, role: change, name: title, permissions };
    const next = await submit(intent);
    setAnswer(isTaken(next) ? null : next);
    if (!isTaken(next)) return;
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    told(t(change === null ? 'notice.role_defined' : 'notice.role_changed', { role: title }), [
      next,
    ]);
    onClose();
  };
  return (
    <Dialog
      title={change === null ? t('roles.new') : t('roles.change_title', { role: start })}
      size="wide"
      outside="stays"
      onClose={onClose}
      onSubmit={() => void save()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit">
            {change === null
              ? name.trim() === ''
                ? t('roles.create')
                : t('roles.create_as', { role: name.trim() })
              : t('roles.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('field.workspace_name')}
        autoFocus
        value={name}
        error={asked && name.trim() === '' ? t('name.bad') : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <Choice
        label={t('roles.gives')}
        many
        items={choices.map((one) => {
          const no = verdictSentence(one.verdict, {
            ...known,
            permission: permission(one.permission),
          });
          return {
            value: one.permission,
            name: permission(one.permission),
            ...(no === null
              ? {}
              : {
                  reason: (
                    <span data-testid="reason" data-code={no.id}>
                      <T id={no.id} values={no.values} /> {no.rule}
                    </span>
                  ),
                }),
          };
        })}
        chosen={chosen}
        onChange={setChosen}
      />
      {answer !== null && <AnswerLine answer={answer} known={{ action: t('roles.define_verb') }} />}
    </Dialog>
  );
}
