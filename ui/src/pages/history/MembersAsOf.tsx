// The roster as it was at a moment (ui.md 5.2): read only, under a line that says so.

import '../../i18n/later.ts';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import type { MemberFilter } from '../../app/keys.ts';
import { asOfQuery } from '../../app/pastState.ts';
import { type MembersSearch, paths } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type { AsOfPage, AsOfRow, WorkspaceView } from '../../backend/types.ts';
import { count, date, moment, roleList, roles, whole } from '../../i18n/format.ts';
import { t, type Values } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import member from '../../parts/member.module.css';
import { FailureLine } from '../../parts/Reason.tsx';
import { Roster } from '../../parts/Roster.tsx';
import { RowMenu } from '../../parts/RowMenu.tsx';
import type { Column } from '../../parts/rosterProps.ts';
import { useWindowed } from '../../parts/useWindowed.ts';
import { namesThen, personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { Avatar } from '../../primitives/Tile.tsx';
import { membersFilter } from '../membersFilter.ts';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { AsOfChip } from './AsOfChip.tsx';
import styles from './history.module.css';

function columnsOf(names: Values): Column<AsOfRow>[] {
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(10rem, 1.3fr)',
      cell: (row) => (
        <>
          <Avatar letters={row.letters} />
          <bdi>{personName(row)}</bdi>
        </>
      ),
    },
    {
      id: 'address',
      name: t('column.address'),
      width: 'minmax(9rem, 1.5fr)',
      spare: true,
      cell: (row) => <span title={row.address}>{row.address}</span>,
    },
    {
      id: 'role',
      name: t('column.role'),
      width: 'minmax(7rem, 1fr)',
      cell: (row) => (
        <span title={roles(row.roles, names)}>{roleList(row.roles, names).join(', ')}</span>
      ),
    },
    {
      id: 'status',
      name: t('column.status'),
      width: 'minmax(7rem, 0.8fr)',
      cell: (row) => <span className={member.quiet}>{t(`state.${row.state}`)}</span>,
    },
    {
      id: 'joined',
      name: t('column.joined'),
      width: '7rem',
      spare: true,
      cell: (row) => <span className={member.quiet}>{date(row.joined)}</span>,
    },
    {
      id: 'given',
      name: t('panel.given_by'),
      width: 'minmax(8rem, 1fr)',
      spare: 'first',
      cell: (row) => <bdi className={member.quiet}>{row.given_by ?? ''}</bdi>,
    },
  ];
}

interface Props {
  view: WorkspaceView;
  at: number;
  search: MembersSearch;
}

// Of a day it is not kept when people had last changed anything.
function pastFilter(id: string, search: MembersSearch): MemberFilter {
  const filter = membersFilter(id, search);
  const sort = filter.sort === 'changed' ? 'name' : filter.sort;
  return { ...filter, sort, changed: null, status: 'present' };
}

export function MembersAsOf({ view, at, search }: Props) {
  const backend = useBackend();
  const navigate = useNavigate();
  const id = view.row.id;
  const filter: MemberFilter = pastFilter(id, search);
  const list = useWindowed<AsOfPage, AsOfRow>({
    scope: `as of ${id} ${at}`,
    key: JSON.stringify(filter),
    page: (n) => asOfQuery(backend, filter, at, n),
  });
  const [menu, setMenu] = useState<{ row: AsOfRow; at: Element } | null>(null);
  const { head } = list;
  const names = useMemo(() => namesThen(head?.own_roles), [head?.own_roles]);
  const columns = useMemo(() => columnsOf(names), [names]);
  const set = (change: { [K in keyof MembersSearch]?: MembersSearch[K] | undefined }) => {
    const next = { ...search, ...change } as MembersSearch;
    void navigate({ ...paths.members(id, next), replace: true });
  };
  const now = () => set({ at: undefined, open: undefined });
  const inHistory = (row: AsOfRow) => void navigate(paths.history(id, { q: row.address }));
  return (
    <div className={page.body}>
      <PageHead
        title={t(`nav.members.${view.row.scheme}`)}
        summary={
          head !== undefined &&
          t('members.people', { n: head.people, shown: count(head.people), leaving: 0 })
        }
      >
        {view.permissions.includes('export.run') && head !== undefined && (
          <ExportButton table={{ table: 'as_of', query: { ...filter, offset: 0, limit: 0 }, at }} />
        )}
      </PageHead>
      <div className={styles.banner} role="status" data-testid="as-of">
        <span title={whole(at)}>{t('asof.line', { time: moment(at) })}</span>
        <Button look="link" onClick={now}>
          {t('asof.back')}
        </Button>
        <Button look="link" onClick={() => void navigate(paths.compare(id, { from: at }))}>
          {t('asof.compare')}
        </Button>
        {view.permissions.includes('audit.view') && (
          <Button look="link" onClick={() => void navigate(paths.revert(id, { at }))}>
            {t('asof.revert')}
          </Button>
        )}
      </div>
      <div role="search" className={member.filters}>
        <input
          type="text"
          className={member.field}
          aria-label={t('members.filter')}
          placeholder={t('members.filter')}
          spellCheck={false}
          value={search.q ?? ''}
          onChange={(event) => set({ q: event.target.value || undefined })}
        />
        <AsOfChip at={at} onChange={(next) => set({ at: next ?? undefined, open: undefined })} />
      </div>
      {head?.complete === false && <p className={page.line}>{t('asof.incomplete')}</p>}
      {list.error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(list.error)} />
        </div>
      )}
      <Roster<AsOfRow>
        label={t('asof.label', { time: moment(at) })}
        columns={columns}
        total={head?.matched ?? 0}
        row={list.row}
        id={(row) => row.membership}
        name={personName}
        mark={() => 'none'}
        second={(row) => `${roles(row.roles, names)} · ${t(`state.${row.state}`)}`}
        address={(row) => row.address}
        loaded={head !== undefined}
        look={list.look}
        onOpen={inHistory}
        onMenu={(row, element) => setMenu({ row, at: element })}
        onEscape={now}
        copy={(row) => row?.address ?? ''}
        listKey={list.shown}
      />
      {head !== undefined && head.matched === 0 && (
        <div className={page.empty}>
          <p>{t(head.people === 0 ? 'asof.nobody' : 'members.nobody')}</p>
        </div>
      )}
      {menu !== null && (
        <RowMenu
          at={menu.at}
          name={personName(menu.row)}
          actions={[{ name: t('asof.history'), run: () => inHistory(menu.row) }]}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}
