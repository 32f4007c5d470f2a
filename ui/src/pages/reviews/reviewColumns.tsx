// How a review stands in the list of reviews, and a person in the list of a review.

import type { ReviewLineRow, ReviewRow } from '../../backend/types.ts';
import { count, date, list, roleList, roles } from '../../i18n/format.ts';
import { t, type Values } from '../../i18n/text.tsx';
import member from '../../parts/member.module.css';
import type { Column } from '../../parts/rosterProps.ts';
import { personName } from '../../parts/words.ts';
import { Avatar } from '../../primitives/Tile.tsx';
import { choiceText, isUnsent, reviewState } from './reviewWords.ts';

export function reviewsColumns(across: boolean): Column<ReviewRow>[] {
  const where: Column<ReviewRow> = {
    id: 'where',
    name: t('column.workspace'),
    width: 'minmax(8rem, 1fr)',
    cell: (row) => <bdi>{row.workspace_name}</bdi>,
  };
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(9rem, 1.3fr)',
      cell: (row) => <bdi>{row.name}</bdi>,
    },
    ...(across ? [where] : []),
    {
      id: 'due',
      name: t('column.due'),
      width: '7rem',
      cell: (row) => (
        <span className={row.overdue ? member.warn : member.quiet}>{date(row.due)}</span>
      ),
    },
    {
      id: 'progress',
      name: t('column.progress'),
      width: 'minmax(7rem, 0.8fr)',
      cell: (row) =>
        t('review.progress', { decided: count(row.decided), people: count(row.people) }),
    },
    {
      id: 'reviewers',
      name: t('column.reviewers'),
      width: 'minmax(8rem, 1fr)',
      spare: true,
      cell: (row) => (
        <span className={member.quiet} title={list(row.reviewers)}>
          {list(row.reviewers)}
        </span>
      ),
    },
    {
      id: 'state',
      name: t('column.status'),
      width: 'minmax(8rem, 1fr)',
      cell: (row) => <span className={member.quiet}>{reviewState(row)}</span>,
    },
  ];
}

function decision(row: ReviewLineRow, names: Values): string {
  return row.standpoint === 'undecided' ? '' : choiceText(row.standpoint, row.to, names);
}

/** The second line where a row has two. */
export function lineSecond(row: ReviewLineRow, names: Values) {
  const decided = decision(row, names);
  return (
    <>
      {roles(row.roles, names)}
      {decided !== '' && ` · ${decided}`}
    </>
  );
}

export function lineColumns(names: Values): Column<ReviewLineRow>[] {
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(9rem, 1.2fr)',
      cell: (row) => (
        <>
          <Avatar letters={row.letters} />
          <bdi className={row.gone ? member.gone : undefined}>{personName(row)}</bdi>
          {row.is_me && <span className={member.you}>{t('members.you')}</span>}
        </>
      ),
    },
    {
      id: 'roles',
      name: t('column.role'),
      width: 'minmax(7rem, 0.9fr)',
      cell: (row) => (
        <span title={roles(row.roles, names)}>{roleList(row.roles, names).join(', ')}</span>
      ),
    },
    {
      id: 'decision',
      name: t('column.decision'),
      width: 'minmax(7rem, 0.9fr)',
      cell: (row) => (
        <span className={isUnsent(row.mark) ? member.unsent : undefined}>
          {decision(row, names)}
        </span>
      ),
    },
    {
      id: 'address',
      name: t('column.address'),
      width: 'minmax(9rem, 1.2fr)',
      spare: 'first',
      cell: (row) => (
        <span className={member.quiet} title={row.address}>
          {row.address}
        </span>
      ),
    },
  ];
}
