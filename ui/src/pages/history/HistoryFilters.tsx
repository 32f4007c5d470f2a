// The filter line of the history: words, who, what, about whom, where, and when.

import { ChevronDown } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { HISTORY_WHAT, type HistorySearch } from '../../app/searches.ts';
import type { WorkspaceView } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import member from '../../parts/member.module.css';
import { Icon } from '../../primitives/Icon.tsx';
import menu from '../../primitives/menu.module.css';
import { PeriodChip } from './PeriodChip.tsx';
import { PersonChip } from './PersonChip.tsx';

interface Props {
  ref: RefObject<HTMLInputElement | null>;
  view: WorkspaceView;
  search: HistorySearch;
  onChange: (change: { [K in keyof HistorySearch]?: HistorySearch[K] | undefined }) => void;
}

function person(login: string | undefined, name: string | undefined) {
  return login === undefined ? null : { login, name: name ?? '' };
}

export function HistoryFilters({ ref, view, search, onChange }: Props) {
  // The field holds its own text, so that a key never waits for the address.
  const [typed, setTyped] = useState(search.q ?? '');
  useEffect(() => setTyped(search.q ?? ''), [search.q]);
  return (
    <div role="search" className={member.filters}>
      <input
        ref={ref}
        type="text"
        className={member.field}
        aria-label={t('history.search')}
        placeholder={t('history.search')}
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange({ q: event.target.value || undefined, open: undefined });
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            document.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
          }
          if (event.key === 'Escape' && typed !== '') {
            setTyped('');
            onChange({ q: undefined });
          }
        }}
      />
      <PersonChip
        what="who"
        chosen={person(search.who, search.who_name)}
        onChoose={(one) => onChange({ who: one?.login, who_name: one?.name, open: undefined })}
      />
      <What search={search} onChange={onChange} />
      <PersonChip
        what="about"
        chosen={person(search.about, search.about_name)}
        onChoose={(one) => onChange({ about: one?.login, about_name: one?.name, open: undefined })}
      />
      {view.row.account_admin && (
        <button
          type="button"
          className={member.chip}
          aria-pressed={search.where === 'account'}
          onClick={() =>
            onChange({
              where: search.where === 'account' ? undefined : 'account',
              open: undefined,
            })
          }
        >
          {t('history.where_account')}
        </button>
      )}
      <PeriodChip
        period={{ from: search.from ?? null, to: search.to ?? null }}
        onChange={({ from, to }) =>
          onChange({ from: from ?? undefined, to: to ?? undefined, open: undefined })
        }
      />
    </div>
  );
}

function What({ search, onChange }: Pick<Props, 'search' | 'onChange'>) {
  const { what } = search;
  return (
    <MenuTrigger>
      <AriaButton className={member.chip ?? ''} data-on={what !== undefined}>
        {what === undefined ? t('history.what') : t(`history.what.${what}`)}
        <Icon of={ChevronDown} />
      </AriaButton>
      <Popover className={menu.popover ?? ''} placement="bottom start">
        <Menu
          className={menu.menu ?? ''}
          aria-label={t('history.what')}
          selectionMode="single"
          selectedKeys={what === undefined ? [] : [what]}
          onSelectionChange={(selected) =>
            onChange({
              what: HISTORY_WHAT.find((one) => selected !== 'all' && selected.has(one)),
              open: undefined,
            })
          }
        >
          {HISTORY_WHAT.map((one) => (
            <MenuItem key={one} id={one} className={menu.item ?? ''}>
              {t(`history.what.${one}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
