// How a record stands in a row: its name, one word about it, who made it, when it changed.

import type { ContentKind, ContentRow } from '../../backend/types.ts';
import { when, whole } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import member from '../../parts/member.module.css';
import type { Column } from '../../parts/rosterProps.ts';
import { stateText } from './bodies.ts';

/** Who made it, told as a former member where they are none any more (E-52). */
export function creatorText(row: ContentRow): string {
  return row.creator_gone ? t('content.former', { name: row.creator }) : row.creator;
}

function Name({ row }: { row: ContentRow }) {
  return (
    <bdi className={row.deleted ? member.gone : undefined} title={row.name}>
      {row.name}
    </bdi>
  );
}

function Updated({ row }: { row: ContentRow }) {
  return (
    <span className={member.quiet} title={whole(row.updated)}>
      {when(row.updated)}
    </span>
  );
}

export function contentSecond(row: ContentRow) {
  return (
    <>
      {row.state !== '' && `${stateText(row.state)} · `}
      <Updated row={row} />
    </>
  );
}

export function contentColumns(kind: ContentKind): Column<ContentRow>[] {
  const state: Column<ContentRow> = {
    id: 'state',
    name: t(kind === 'knowledge' ? 'content.source' : 'content.state'),
    width: kind === 'knowledge' ? '12rem' : '8rem',
    cell: (row) => <span className={member.quiet}>{stateText(row.state)}</span>,
  };
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(12rem, 1.8fr)',
      sorts: true,
      cell: (row) => <Name row={row} />,
    },
    ...(kind === 'prompt' ? [] : [state]),
    {
      id: 'creator',
      name: t('content.creator'),
      width: 'minmax(9rem, 1.2fr)',
      spare: true,
      cell: (row) => (
        <bdi className={member.quiet} title={creatorText(row)}>
          {creatorText(row)}
        </bdi>
      ),
    },
    {
      id: 'updated',
      name: t('content.updated'),
      width: 'minmax(8rem, 0.8fr)',
      sorts: true,
      cell: (row) => <Updated row={row} />,
    },
  ];
}
