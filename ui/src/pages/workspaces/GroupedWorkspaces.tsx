// The workspaces under the heads of what they are grouped by (V-12): account, label or plan.
// One that has several labels stands under each of them.

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import type { WorkspaceGrouping } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type { WorkspaceFilter, WorkspaceRow } from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { everyWorkspace } from './everyWorkspace.ts';
import styles from './workspaces.module.css';

export interface WorkspaceGroup {
  name: string;
  rows: WorkspaceRow[];
}

function namesOf(row: WorkspaceRow, by: WorkspaceGrouping): string[] {
  switch (by) {
    case 'account':
      return [row.account_name];
    case 'plan':
      return [t(`plan.${row.plan}`)];
    case 'label':
      return row.labels.length === 0 ? [''] : row.labels;
  }
}

/** The groups by name; what belongs to none comes last. */
export function groupRows(rows: readonly WorkspaceRow[], by: WorkspaceGrouping): WorkspaceGroup[] {
  const groups = new Map<string, WorkspaceRow[]>();
  for (const row of rows) {
    for (const name of namesOf(row, by)) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [row]);
      else group.push(row);
    }
  }
  return [...groups]
    .map(([name, members]) => ({ name, rows: members }))
    .sort((a, b) =>
      a.name === '' ? 1 : b.name === '' ? -1 : a.name.localeCompare(b.name, undefined),
    );
}

interface Props {
  by: WorkspaceGrouping;
  filter: WorkspaceFilter;
  /** The list of one group. */
  children: (group: WorkspaceGroup) => ReactNode;
}

export function GroupedWorkspaces({ by, filter, children }: Props) {
  const backend = useBackend();
  const all = useQuery({
    queryKey: keys.workspacesAll(filter),
    queryFn: () => everyWorkspace(backend, filter),
    placeholderData: (before: WorkspaceRow[] | undefined) => before,
  });
  if (all.isError) return <FailureLine failure={asFailure(all.error)} />;
  return (
    <div className={styles.groups}>
      {groupRows(all.data ?? [], by).map((group) => {
        const name = group.name === '' ? t('group.no_label') : group.name;
        return (
          <section key={group.name} aria-label={name} data-testid="group">
            <h2 className={styles.groupName}>
              <bdi>{name}</bdi>
              <span className={styles.groupCount}>{count(group.rows.length)}</span>
            </h2>
            <div className={styles.groupList}>{children({ ...group, name })}</div>
          </section>
        );
      })}
    </div>
  );
}
