// How a workspace stands in a row: name, my role, plan, people, owners, labels, account.

import type { WorkspaceRow } from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { LabelChips } from '../../parts/LabelsField.tsx';
import member from '../../parts/member.module.css';
import type { Column } from '../../parts/rosterProps.ts';
import { WorkspaceName } from '../../parts/WorkspaceName.tsx';
import { workspaceRoles } from '../../parts/words.ts';

export interface Naming {
  save: (row: WorkspaceRow, name: string) => void;
  cancel: () => void;
}

/** The plan with what matters of it: ended, or over by some people (E-60, E-61). */
export function planText(row: WorkspaceRow): string {
  const plan = t(`plan.${row.plan}`);
  if (row.plan_ended) return t('plan.ended_short', { plan });
  return row.over > 0 ? t('plan.over_short', { plan, n: row.over }) : plan;
}

/** What is special about a workspace besides its kind. */
function hints(row: WorkspaceRow): string {
  const parts = [
    row.pinned === null ? '' : t('workspace.pinned'),
    row.hidden ? t('workspace.hidden') : '',
    row.offered_to === null ? '' : t('workspace.offered'),
  ];
  return parts.filter((one) => one !== '').join(' · ');
}

function Plan({ row }: { row: WorkspaceRow }) {
  const warns = row.plan_ended || row.over > 0;
  return <span className={warns ? member.warn : member.quiet}>{planText(row)}</span>;
}

export function workspaceSecond(row: WorkspaceRow) {
  return (
    <>
      {workspaceRoles(row)} · <Plan row={row} />
    </>
  );
}

export function workspaceColumns(
  renaming: string | null,
  active: string | null,
  naming: Naming,
): Column<WorkspaceRow>[] {
  const quiet = (shown: string) => <span className={member.quiet}>{shown}</span>;
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(14rem, 1.9fr)',
      cell: (row) => (
        <>
          <WorkspaceName
            row={row}
            open={row.id === active}
            renaming={row.id === renaming}
            onSave={(name) => naming.save(row, name)}
            onCancel={naming.cancel}
          />
          {hints(row) !== '' && <span className={member.you}>{hints(row)}</span>}
        </>
      ),
    },
    {
      id: 'my_role',
      name: t('column.my_role'),
      width: 'minmax(6rem, 0.9fr)',
      cell: (row) => <span title={workspaceRoles(row)}>{workspaceRoles(row)}</span>,
    },
    {
      id: 'plan',
      name: t('field.plan'),
      width: 'minmax(6rem, 0.8fr)',
      cell: (row) => <Plan row={row} />,
    },
    {
      id: 'people',
      name: t('column.people'),
      width: '6rem',
      spare: true,
      cell: (row) =>
        quiet(
          row.people === null
            ? ''
            : t('members.people', { n: row.people, shown: count(row.people) }),
        ),
    },
    {
      id: 'owners',
      name: t('column.owners'),
      width: '4.5rem',
      spare: true,
      cell: (row) => quiet(row.owners === null ? '' : count(row.owners)),
    },
    {
      id: 'labels',
      name: t('column.labels'),
      width: 'minmax(5rem, 1.3fr)',
      spare: true,
      cell: (row) => <LabelChips labels={row.labels} />,
    },
    {
      id: 'account',
      name: t('field.account'),
      width: 'minmax(6rem, 0.9fr)',
      spare: true,
      cell: (row) => <bdi className={member.quiet}>{row.account_name}</bdi>,
    },
  ];
}
