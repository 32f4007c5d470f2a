// The filter line of the members: a field, the roles, and the states with their counts.

import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { Fragment, type ReactNode, type RefObject, useEffect, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { MemberFilter } from '../app/keys.ts';
import { LAST_CHANGES, type MembersChange, paths } from '../app/paths.ts';
import type { MemberCounts, MemberStatus, OwnRoleView, Role, Scheme } from '../backend/types.ts';
import { count, role, roles } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Icon } from '../primitives/Icon.tsx';
import menu from '../primitives/menu.module.css';
import styles from './member.module.css';
import { useKnown } from './Reason.tsx';
import { SCHEME_ROLES } from './schemes.ts';

interface FilterProps {
  ref: RefObject<HTMLInputElement | null>;
  filter: MemberFilter;
  counts: MemberCounts;
  scheme: Scheme;
  own: readonly OwnRoleView[];
  /** Labels that are in use here. */
  labels: readonly string[];
  /** Whether it is known when people last changed anything here. */
  changes: boolean;
  /** How many invitations are open, for whoever sees them. */
  invited: number | null;
  onChange: (change: MembersChange) => void;
  onDown: () => void;
  /** At the end of the line. */
  after?: ReactNode;
}

const STATES: readonly Exclude<MemberStatus, 'present'>[] = [
  'active',
  'suspended',
  'ending',
  'former',
];

export function FilterLine({
  ref,
  filter,
  counts,
  scheme,
  own,
  labels,
  changes,
  invited,
  onChange,
  onDown,
  after,
}: FilterProps) {
  // The field holds its own text, so that a key never waits for the address.
  const [text, setText] = useState(filter.text);
  useEffect(() => setText(filter.text), [filter.text]);
  const names = useKnown();
  const offered: Role[] = [...SCHEME_ROLES[scheme], ...own.map((one) => one.key)];
  return (
    <div role="search" className={styles.filters}>
      <input
        ref={ref}
        type="text"
        className={styles.field}
        aria-label={t('members.filter')}
        placeholder={t('members.filter')}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange({ q: event.target.value || undefined });
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            onDown();
          }
          if (event.key === 'Escape' && text !== '') {
            setText('');
            onChange({ q: undefined });
          }
        }}
      />
      <MenuTrigger>
        <AriaButton className={styles.chip ?? ''} data-on={filter.roles.length > 0}>
          {filter.roles.length === 0
            ? t('filter.role')
            : t('filter.role_is', { roles: roles(filter.roles, names) })}
          <Icon of={ChevronDown} />
        </AriaButton>
        <Popover className={menu.popover ?? ''} placement="bottom start">
          <Menu
            className={menu.menu ?? ''}
            aria-label={t('filter.role')}
            selectionMode="multiple"
            selectedKeys={filter.roles}
            onSelectionChange={(selected) => {
              const chosen: Role[] = offered.filter(
                (one) => selected === 'all' || selected.has(one),
              );
              onChange({ role: chosen.length === 0 ? undefined : chosen });
            }}
          >
            {offered.map((one) => (
              <MenuItem key={one} id={one} className={menu.item ?? ''}>
                {role(one, names)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {labels.length > 0 && (
        <MenuTrigger>
          <AriaButton className={styles.chip ?? ''} data-on={filter.label !== null}>
            {filter.label === null
              ? t('filter.label')
              : t('filter.label_is', { label: filter.label })}
            <Icon of={ChevronDown} />
          </AriaButton>
          <Popover className={menu.popover ?? ''} placement="bottom start">
            <Menu
              className={menu.menu ?? ''}
              aria-label={t('filter.label')}
              selectionMode="single"
              selectedKeys={filter.label === null ? [] : [filter.label]}
              onSelectionChange={(selected) =>
                onChange({ label: labels.find((one) => selected !== 'all' && selected.has(one)) })
              }
            >
              {labels.map((one) => (
                <MenuItem key={one} id={one} className={menu.item ?? ''}>
                  <bdi>{one}</bdi>
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      {changes && (
        <MenuTrigger>
          <AriaButton className={styles.chip ?? ''} data-on={filter.changed !== null}>
            {filter.changed === null
              ? t('panel.last_change')
              : t('filter.changed_is', { when: t(`filter.changed.${filter.changed}`) })}
            <Icon of={ChevronDown} />
          </AriaButton>
          <Popover className={menu.popover ?? ''} placement="bottom start">
            <Menu
              className={menu.menu ?? ''}
              aria-label={t('panel.last_change')}
              selectionMode="single"
              selectedKeys={filter.changed === null ? [] : [filter.changed]}
              onSelectionChange={(selected) =>
                onChange({
                  changed: LAST_CHANGES.find((one) => selected !== 'all' && selected.has(one)),
                })
              }
            >
              {LAST_CHANGES.map((one) => (
                <MenuItem key={one} id={one} className={menu.item ?? ''}>
                  {t(`filter.changed.${one}`)}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      {STATES.map((one) => (
        <Fragment key={one}>
          <button
            type="button"
            className={styles.chip}
            aria-pressed={filter.status === one}
            onClick={() => onChange({ status: filter.status === one ? undefined : one })}
          >
            {t(`filter.${one}`)} {count(counts[one])}
          </button>
          {one === 'active' && invited !== null && (
            // Who is invited is no member yet: they have a list of their own.
            <Link className={styles.chip} {...paths.invitations(filter.workspace)}>
              {t('filter.invited')} {count(invited)}
            </Link>
          )}
        </Fragment>
      ))}
      {after}
    </div>
  );
}
