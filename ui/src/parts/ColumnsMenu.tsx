// The menu of a list's columns: ticked ones are shown. It stays open, so that several can be
// chosen at once, and forgets everything with its last entry.

import { useMemo } from 'react';
import { Menu, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components';
import { t } from '../i18n/text.tsx';
import styles from '../primitives/menu.module.css';
import type { Columns } from './columns.ts';
import type { Column } from './rosterProps.ts';

interface Props<Row> {
  at: Element;
  all: readonly Column<Row>[];
  columns: Columns<Row>;
  onClose: () => void;
}

export function ColumnsMenu<Row>({ at, all, columns, onClose }: Props<Row>) {
  const ref = useMemo(() => ({ current: at }), [at]);
  const shown = columns.shown.map((one) => one.id);
  const choice = all.slice(1);
  const select = (ids: 'all' | Set<string | number>) => {
    for (const { id } of choice) {
      const on = ids === 'all' || ids.has(id);
      if (on !== shown.includes(id)) columns.choose(id, on);
    }
  };
  return (
    <Popover
      className={styles.popover ?? ''}
      triggerRef={ref}
      isOpen
      placement="bottom end"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Menu
        className={styles.menu ?? ''}
        aria-label={t('columns.label')}
        autoFocus="first"
        onClose={onClose}
      >
        <MenuSection
          aria-label={t('columns.label')}
          selectionMode="multiple"
          selectedKeys={shown}
          onSelectionChange={select}
        >
          {choice.map((one) => (
            <MenuItem key={one.id} id={one.id} className={styles.item ?? ''}>
              {one.name}
            </MenuItem>
          ))}
        </MenuSection>
        <Separator className={styles.rule ?? ''} />
        <MenuItem className={styles.item ?? ''} onAction={columns.reset}>
          {t('columns.reset')}
        </MenuItem>
      </Menu>
    </Popover>
  );
}
