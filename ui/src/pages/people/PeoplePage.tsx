// Everyone whom I can see in all my workspaces, joined on this device (ui.md 5.15, E-63). The
// server never joins tenants, so nobody else gets this list.

import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { peopleQuery } from '../../app/pastState.ts';
import { paths, ROUTES } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type { PeoplePage as Page, PersonRow } from '../../backend/types.ts';
import { count, whole } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import member from '../../parts/member.module.css';
import { changeText } from '../../parts/memberColumns.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Roster } from '../../parts/Roster.tsx';
import { RowMenu } from '../../parts/RowMenu.tsx';
import type { Column } from '../../parts/rosterProps.ts';
import { useWindowed } from '../../parts/useWindowed.ts';
import { Button } from '../../primitives/Button.tsx';
import { Avatar } from '../../primitives/Tile.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { rightsText, rowName } from './peopleWords.ts';

const route = getRouteApi(ROUTES.people);

function columnsOf(): Column<PersonRow>[] {
  return [
    {
      id: 'name',
      name: t('column.name'),
      width: 'minmax(10rem, 1.2fr)',
      text: (row) => rowName(row),
      cell: (row) => (
        <>
          <Avatar letters={row.letters} />
          <bdi>{rowName(row)}</bdi>
          {row.is_me && <span className={member.you}>{t('members.you')}</span>}
        </>
      ),
    },
    {
      id: 'address',
      name: t('column.address'),
      width: 'minmax(9rem, 1.4fr)',
      spare: true,
      text: (row) => row.addresses.join(', '),
      cell: (row) => <span title={row.addresses.join(', ')}>{row.addresses.join(', ')}</span>,
    },
    {
      id: 'workspaces',
      name: t('column.workspaces'),
      width: '7rem',
      text: (row) => String(row.workspaces),
      cell: (row) => <span className={member.quiet}>{count(row.workspaces)}</span>,
    },
    {
      id: 'rights',
      name: t('column.rights'),
      width: 'minmax(9rem, 1.2fr)',
      text: (row) => rightsText(row),
      cell: (row) => (
        <span className={row.only_owner_of > 0 ? member.warn : member.quiet}>
          {rightsText(row)}
        </span>
      ),
    },
    {
      id: 'changed',
      name: t('panel.last_change'),
      width: '8rem',
      spare: true,
      text: (row) =>
        row.last_change === null && !row.changes_known ? '' : changeText(row.last_change),
      cell: (row) => (
        <span
          className={member.quiet}
          title={row.last_change === null ? undefined : whole(row.last_change)}
        >
          {row.last_change === null && !row.changes_known ? '' : changeText(row.last_change)}
        </span>
      ),
    },
  ];
}

export function PeoplePage() {
  const backend = useBackend();
  const navigate = useNavigate();
  const search = route.useSearch();
  const text = search.q ?? '';
  const list = useWindowed<Page, PersonRow>({
    scope: 'people',
    key: text,
    page: (n) => peopleQuery(backend, text, n),
  });
  const columns = useMemo(columnsOf, []);
  const [menu, setMenu] = useState<{ row: PersonRow; at: Element } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const { head } = list;
  const open = (row: PersonRow) => void navigate(paths.person(row.login));
  const find = (q: string) =>
    void navigate({ ...paths.people(q === '' ? {} : { q }), replace: true });
  return (
    <div className={page.body}>
      <PageHead
        title={t('nav.people')}
        summary={
          head !== undefined && t('people.count', { n: head.matched, shown: count(head.matched) })
        }
      >
        {(head?.matched ?? 0) > 0 && (
          <ExportButton table={{ table: 'people', query: { text, offset: 0, limit: 0 } }} />
        )}
        <Link {...paths.continuity()}>{t('continuity.open')}</Link>
      </PageHead>
      <p className={page.line}>{t('people.only_yours')}</p>
      {list.error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(list.error)} />
        </div>
      )}
      <div role="search" className={member.filters}>
        <input
          ref={field}
          type="text"
          className={member.field}
          aria-label={t('members.filter')}
          placeholder={t('members.filter')}
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            find(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
            }
            if (event.key === 'Escape' && typed !== '') {
              setTyped('');
              find('');
            }
          }}
        />
      </div>
      <Roster<PersonRow>
        label={t('nav.people')}
        columns={columns}
        total={head?.matched ?? 0}
        row={list.row}
        id={(row) => row.login}
        name={rowName}
        mark={(row) => row.mark}
        second={(row) => `${t('people.workspaces', { n: row.workspaces })} · ${rightsText(row)}`}
        address={(row) => row.addresses[0] ?? ''}
        loaded={head !== undefined}
        look={list.look}
        onOpen={open}
        onMenu={(row, at) => setMenu({ row, at })}
        onFilter={() => field.current?.focus()}
        copy={(row) => row?.addresses.join(', ') ?? ''}
        listKey={list.shown}
      />
      {head !== undefined && head.matched === 0 && (
        <div className={page.empty}>
          <p>{t(text === '' ? 'people.empty' : 'members.nobody')}</p>
          {text !== '' && <Button onClick={() => find('')}>{t('filter.clear')}</Button>}
        </div>
      )}
      {menu !== null && (
        <RowMenu
          at={menu.at}
          name={rowName(menu.row)}
          actions={[
            { name: t('member.open'), run: () => open(menu.row) },
            {
              name: t('leaver.open'),
              ...(menu.row.is_me ? { verdict: { verdict: 'hidden' as const } } : {}),
              run: () => void navigate(paths.leaver(menu.row.login)),
            },
          ]}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}
