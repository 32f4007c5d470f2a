// How a member stands in a row: confirmed values in ink, unconfirmed ones marked, what is
// gone struck through.

import type { MemberRow } from '../backend/types.ts';
import { date, roleList, roles, when, whole } from '../i18n/format.ts';
import { t, type Values } from '../i18n/text.tsx';
import { Avatar } from '../primitives/Tile.tsx';
import { LabelChips } from './LabelsField.tsx';
import type { MarginMark } from './MarkSign.tsx';
import styles from './member.module.css';
import { endText } from './PersonFacts.tsx';
import type { Column } from './rosterProps.ts';
import { markName, personName } from './words.ts';

function isGone(row: MemberRow): boolean {
  return row.state === 'left' || row.state === 'removed' || row.state === 'expired';
}

function Name({ row }: { row: MemberRow }) {
  return (
    <>
      <Avatar letters={row.letters} />
      <bdi className={isGone(row) ? styles.gone : undefined}>{personName(row)}</bdi>
      {row.me && <span className={styles.you}>{t('members.you')}</span>}
    </>
  );
}

function Roles({ row, names }: { row: MemberRow; names: Values }) {
  return (
    <span
      className={row.roles_were === null ? undefined : styles.unsent}
      title={roles(row.roles, names)}
    >
      {roleList(row.roles, names).join(', ')}
    </span>
  );
}

function stateText(row: MemberRow): string {
  const state = t(`state.${row.state}`);
  if (row.state_was !== null) return t('state.unsent', { state });
  return row.ended === null ? state : t('state.ended', { state, date: date(row.ended) });
}

function State({ row }: { row: MemberRow }) {
  return (
    <span className={row.state_was === null ? styles.quiet : styles.unsent}>{stateText(row)}</span>
  );
}

/** The mark in the margin; an end date only where nothing more urgent is to be said. */
export function memberMark(row: MemberRow): MarginMark {
  return row.mark === 'none' && row.until !== null && !isGone(row) ? 'ends' : row.mark;
}

/** What the margin says aloud: the mark and the value that stood before. */
export function memberTold(row: MemberRow, names: Values): string {
  const was =
    row.roles_were === null
      ? row.state_was === null
        ? null
        : t(`state.${row.state_was}`)
      : roles(row.roles_were, names);
  const shown = memberMark(row);
  const ends = shown === 'ends' && row.until !== null;
  const mark = ends ? t('mark.ends', { date: date(row.until?.at ?? 0) }) : markName(shown);
  return was === null ? mark : t('mark.was', { mark, was });
}

/** The second line where a row has two. */
export function memberSecond(row: MemberRow, names: Values) {
  return (
    <>
      <Roles row={row} names={names} /> · <State row={row} />
    </>
  );
}

/** What there is to show beyond what everybody has. */
export interface MoreColumns {
  ends: boolean;
  labels: boolean;
  /** Whether it is known when people last changed anything here. */
  changes: boolean;
}

export function memberColumns(names: Values, more: MoreColumns): Column<MemberRow>[] {
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(10rem, 1.3fr)',
      sorts: true,
      text: (row) => personName(row),
      cell: (row) => <Name row={row} />,
    },
    {
      id: 'address',
      name: t('column.address'),
      width: 'minmax(7.5rem, 1.5fr)',
      sorts: true,
      spare: true,
      text: (row) => row.address,
      cell: (row) => <span title={row.address}>{row.address}</span>,
    },
    {
      id: 'role',
      name: t('column.role'),
      // As wide as “Workspace Admin”.
      width: 'minmax(8.5rem, 1fr)',
      sorts: true,
      text: (row) => roles(row.roles, names),
      cell: (row) => <Roles row={row} names={names} />,
    },
    {
      id: 'status',
      name: t('column.status'),
      // As wide as “Suspended, not sent”.
      width: 'minmax(10.5rem, 0.9fr)',
      sorts: true,
      text: (row) => stateText(row),
      cell: (row) => <State row={row} />,
    },
    ...(more.changes ? [changedColumn()] : []),
    {
      id: 'joined',
      name: t('column.joined'),
      width: '7rem',
      sorts: true,
      spare: true,
      text: (row) => date(row.joined),
      cell: (row) => <span className={styles.quiet}>{date(row.joined)}</span>,
    },
    {
      id: 'given_by',
      name: t('column.given_by'),
      width: 'minmax(7rem, 0.8fr)',
      asked: true,
      text: (row) => row.given_by ?? '',
      cell: (row) => <span className={styles.quiet}>{row.given_by ?? ''}</span>,
    },
    ...(more.ends ? [endsColumn(names)] : []),
    ...(more.labels ? [labelsColumn()] : []),
    {
      id: 'note',
      name: t('column.note'),
      width: 'minmax(8rem, 1fr)',
      asked: true,
      text: (row) => row.note,
      cell: (row) => (
        <bdi className={styles.quiet} title={row.note}>
          {row.note}
        </bdi>
      ),
    },
  ];
}

/** When somebody last changed anything; *none so far* only where all of it is known. */
export function changeText(at: number | null): string {
  return at === null ? t('panel.no_change') : when(at);
}

function changedColumn(): Column<MemberRow> {
  return {
    id: 'changed',
    name: t('panel.last_change'),
    width: '8rem',
    sorts: true,
    spare: true,
    text: (row) => changeText(row.last_change),
    cell: (row) => (
      <span
        className={styles.quiet}
        title={row.last_change === null ? undefined : whole(row.last_change)}
      >
        {changeText(row.last_change)}
      </span>
    ),
  };
}

function endsColumn(names: Values): Column<MemberRow> {
  return {
    id: 'ends',
    name: t('column.ends'),
    width: '8rem',
    spare: 'first',
    text: (row) => (row.until === null ? '' : endText(row.until, names)),
    cell: (row) => (
      <span className={styles.quiet} title={endText(row.until, names)}>
        {row.until === null ? '' : date(row.until.at)}
      </span>
    ),
  };
}

function labelsColumn(): Column<MemberRow> {
  return {
    id: 'labels',
    name: t('column.labels'),
    width: 'minmax(6rem, 0.8fr)',
    spare: 'first',
    text: (row) => row.labels.join(', '),
    cell: (row) => <LabelChips labels={row.labels} />,
  };
}
