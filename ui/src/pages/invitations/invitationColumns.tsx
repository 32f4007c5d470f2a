// The columns of the list of invitations, and what a narrow row says of one (ui.md 5.6).

import type { InvitationRow } from '../../backend/types.ts';
import { date, roleList, roles, when } from '../../i18n/format.ts';
import { t, type Values } from '../../i18n/text.tsx';
import member from '../../parts/member.module.css';
import type { Column } from '../../parts/rosterProps.ts';

export function invitationColumns(names: Values): Column<InvitationRow>[] {
  return [
    {
      id: 'address',
      name: t('column.address'),
      width: 'minmax(13rem, 2.2fr)',
      cell: (row) => (
        <span className={member.both}>
          <span title={row.address}>{row.address}</span>
          {row.name !== null && <bdi className={member.also}>{row.name}</bdi>}
        </span>
      ),
    },
    {
      id: 'roles',
      name: t('column.role'),
      width: 'minmax(7rem, 1fr)',
      cell: (row) => (
        <span title={roles(row.roles, names)}>{roleList(row.roles, names).join(', ')}</span>
      ),
    },
    {
      id: 'inviter',
      name: t('column.inviter'),
      width: 'minmax(7rem, 1fr)',
      spare: true,
      cell: (row) => <bdi>{row.inviter}</bdi>,
    },
    {
      id: 'sent',
      name: t('column.sent'),
      width: '8.5rem',
      spare: true,
      cell: (row) => <span className={member.quiet}>{when(row.sent)}</span>,
    },
    {
      id: 'expires',
      name: t('column.expires'),
      width: '6.5rem',
      cell: (row) => <span className={member.quiet}>{date(row.expires)}</span>,
    },
    {
      id: 'state',
      name: t('column.state'),
      width: 'minmax(6.5rem, 10rem)',
      cell: (row) => <span className={stateClass(row)}>{stateWord(row)}</span>,
    },
  ];
}

// What came into the way of one that is open says more than that it is open.
export function stateWord(row: InvitationRow): string {
  return row.trouble === null
    ? t(`invitation.state.${row.state}`)
    : t(`invitation.trouble_word.${row.trouble}`);
}

function stateClass(row: InvitationRow): string | undefined {
  if (row.trouble !== null) return member.refused;
  return row.state === 'needs_confirmation' ? member.unsent : member.quiet;
}

export function invitationSecond(row: InvitationRow, names: Values) {
  return (
    <>
      {roleList(row.roles, names).join(', ')} ·{' '}
      <span className={stateClass(row)}>{stateWord(row)}</span>
    </>
  );
}
