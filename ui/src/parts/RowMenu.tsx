// The actions of a row where they are few: by the dots, a right click, or the key `.`.

import { useMemo } from 'react';
import type { Verdict } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { MenuAt } from '../primitives/Menu.tsx';
import { useKnown } from './Reason.tsx';
import { RefusableItem } from './RefusableItem.tsx';

export interface RowAction {
  name: string;
  /** Without one it can always be done. */
  verdict?: Verdict;
  run: () => void;
}

interface Props {
  at: Element;
  /** Whose actions. */
  name: string;
  actions: readonly RowAction[];
  onClose: () => void;
}

export function RowMenu({ at, name, actions, onClose }: Props) {
  const known = useKnown({ name });
  const ref = useMemo(() => ({ current: at }), [at]);
  return (
    <MenuAt at={ref} label={t('roster.more', { name })} onClose={onClose}>
      {actions.map((one) => (
        <RefusableItem
          key={one.name}
          name={one.name}
          verdict={one.verdict}
          known={known}
          onAction={one.run}
        />
      ))}
    </MenuAt>
  );
}
