// Deleting a role of the workspace's own asks what its holders get instead: one answer for
// all, and another for whoever needs another (R5).

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../../app/useSubmit.ts';
import type { Role, RoleColumn, WorkspaceView } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { ReasonLine, useKnown } from '../../parts/Reason.tsx';
import { personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { Select } from '../../primitives/Field.tsx';
import { columnName } from './RolesPage.tsx';
import styles from './roles.module.css';

interface Props {
  view: WorkspaceView;
  column: RoleColumn;
  columns: readonly RoleColumn[];
  onClose: () => void;
  onDone: () => void;
}

const SHOWN = 100;

export function DeleteRole({ view, column, columns, onClose, onDone }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const known = useKnown();
  const workspace = view.row.id;
  const holders = useQuery({
    queryKey: keys.roleHolders(workspace, column.key),
    queryFn: () => backend.roleHolders(workspace, column.key),
  }).data;
  const [others, setOthers] = useState<Role | null>(null);
  const [single, setSingle] = useState<ReadonlyMap<string, Role>>(new Map());
  const [asked, setAsked] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const name = columnName(column);
  const held = holders ?? [];
  const offered = columns.filter((one) => one.key !== column.key);
  const missing = held.length > 0 && others === null && single.size < held.length;
  const run = async () => {
    setAsked(true);
    if (holders === undefined || missing || column.id === null) return;
    const next = await submit({
      intent: 'delete_role',
      workspace,
      role: column.id,
      holders: [...single].map(([membership, role]) => ({ membership, roles: [role] })),
      others: others === null ? [] : [others],
    });
    setAnswer(isTaken(next) ? null : next);
    if (!isTaken(next)) return;
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
    told(t('notice.role_deleted', { role: name }), [next]);
    onDone();
  };
  const set = (member: string, role: Role | undefined) => {
    const next = new Map(single);
    if (role === undefined) next.delete(member);
    else next.set(member, role);
    setSingle(next);
  };
  const choices = offered.map((one) => (
    <option key={one.key} value={one.key}>
      {columnName(one)}
    </option>
  ));
  const roleOf = (value: string) => offered.find((one) => one.key === value)?.key;
  return (
    <Dialog
      role="alertdialog"
      size="wide"
      title={<T id="roles.delete_title" values={{ role: name }} />}
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose} autoFocus>
            {t('roles.keep', { role: name })}
          </Button>
          <Button look="danger" onClick={() => void run()}>
            {t('roles.delete_action', { role: name })}
          </Button>
        </>
      }
    >
      <p>{t('roles.delete_effect', { n: held.length })}</p>
      {held.length > 0 && (
        <>
          <Select
            label={t('roles.replace_all')}
            value={others ?? ''}
            onChange={(event) => setOthers(roleOf(event.target.value) ?? null)}
          >
            <option value="">{t('roles.replace_choose')}</option>
            {choices}
          </Select>
          <ul className={styles.replace} aria-label={t('roles.replace_each')}>
            {held.slice(0, SHOWN).map((row) => (
              <li key={row.id}>
                <Select
                  label={personName(row)}
                  value={single.get(row.id) ?? ''}
                  onChange={(event) => set(row.id, roleOf(event.target.value))}
                >
                  <option value="">{t('roles.replace_same')}</option>
                  {choices}
                </Select>
              </li>
            ))}
          </ul>
          {held.length > SHOWN && <p>{t('plan.more', { n: held.length - SHOWN })}</p>}
        </>
      )}
      {asked && missing && (
        <ReasonLine sentence={{ id: 'r5.replacement', values: known, rule: 'R5' }} />
      )}
      {answer !== null && (
        <AnswerLine answer={answer} known={{ role: name, action: t('roles.define_verb') }} />
      )}
    </Dialog>
  );
}
