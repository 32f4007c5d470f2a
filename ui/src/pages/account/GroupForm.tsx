// What a group is: its name, its workspaces (listed ones, or all but some), its roles.

import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { workspaceFilter } from '../../app/state.ts';
import type { Backend } from '../../backend/backend.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Covers, Role, WorkspaceRow } from '../../backend/types.ts';
import { role } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { SCHEME_ROLES } from '../../parts/schemes.ts';
import { Button } from '../../primitives/Button.tsx';
import { Checkbox, Choice } from '../../primitives/Choice.tsx';
import { TextField } from '../../primitives/Field.tsx';
import { everyWorkspace } from '../workspaces/everyWorkspace.ts';
import styles from './account.module.css';

export interface GroupDraft {
  name: string;
  covers: Covers;
  roles: Role[];
}

interface Props {
  account: string;
  draft: GroupDraft;
  action: string;
  onSave: (draft: GroupDraft) => void;
}

const WAYS: readonly Covers['which'][] = ['listed', 'all_but'];
// A list longer than this is narrowed by its field, not scrolled.
const SHOWN = 200;

async function standardOnes(backend: Backend, account: string): Promise<WorkspaceRow[]> {
  const rows = await everyWorkspace(backend, workspaceFilter({ account, hidden: true }));
  return rows.filter((row) => row.kind === 'standard');
}

export function GroupForm({ account, draft, action, onSave }: Props) {
  const [name, setName] = useState(draft.name);
  const [which, setWhich] = useState(draft.covers.which);
  const [listed, setListed] = useState<readonly string[]>(draft.covers.workspaces);
  const [held, setHeld] = useState<readonly Role[]>(draft.roles);
  const [asked, setAsked] = useState(false);
  const empty = which === 'listed' && listed.length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (name.trim() === '' || held.length === 0 || empty) return;
    onSave({
      name: name.trim(),
      covers: { which, workspaces: [...listed] },
      roles: [...held],
    });
  };
  return (
    <form className={styles.form} aria-label={t('groups.what')} onSubmit={submit} noValidate>
      <TextField
        label={t('column.name')}
        value={name}
        error={asked && name.trim() === '' ? t('name.missing') : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <Choice
        label={t('groups.role')}
        many
        items={SCHEME_ROLES.managed.map((one) => ({
          value: one,
          name: role(one),
          help: t(`role.${one}.help`),
        }))}
        chosen={held}
        error={asked && held.length === 0 ? t('role.choose_one') : undefined}
        onChange={(next) => setHeld(SCHEME_ROLES.managed.filter((one) => next.includes(one)))}
      />
      <Choice
        label={t('groups.covers')}
        many={false}
        items={WAYS.map((one) => ({ value: one, name: t(`groups.which.${one}`) }))}
        chosen={[which]}
        onChange={([one]) => setWhich(WAYS.find((known) => known === one) ?? 'listed')}
      />
      <Workspaces account={account} which={which} listed={listed} onChange={setListed} />
      {asked && empty && <p className={styles.missing}>{t('groups.choose_workspace')}</p>}
      <Button look="main" type="submit">
        {action}
      </Button>
    </form>
  );
}

interface ListProps {
  account: string;
  which: Covers['which'];
  listed: readonly string[];
  onChange: (listed: string[]) => void;
}

function Workspaces({ account, which, listed, onChange }: ListProps) {
  const backend = useBackend();
  const [text, setText] = useState('');
  const all = useQuery({
    queryKey: keys.workspacesOf(account),
    queryFn: () => standardOnes(backend, account),
  });
  const wanted = text.trim().toLocaleLowerCase();
  const rows = (all.data ?? []).filter((row) => row.name.toLocaleLowerCase().includes(wanted));
  const label = t(`groups.list.${which}`, { n: listed.length });
  return (
    <div className={styles.inset}>
      <TextField
        label={label}
        placeholder={t('workspaces.filter')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {all.isError && <FailureLine failure={asFailure(all.error)} />}
      <div role="group" aria-label={label} className={styles.ticks}>
        {rows.slice(0, SHOWN).map((row) => (
          <Checkbox
            key={row.id}
            checked={listed.includes(row.id)}
            onChange={(on) =>
              onChange(on ? [...listed, row.id] : listed.filter((one) => one !== row.id))
            }
          >
            <bdi>{row.name}</bdi>
          </Checkbox>
        ))}
      </div>
      {rows.length > SHOWN && (
        <p className={styles.quiet}>{t('groups.more', { n: rows.length - SHOWN })}</p>
      )}
    </div>
  );
}
