// Menus. An action that is refused stays in the menu with its reason under its name, takes
// focus, and does not close the menu when pressed (ui.md 4.8).

import type { ReactElement, ReactNode } from 'react';
import {
  MenuItem as AriaItem,
  Menu as AriaMenu,
  MenuTrigger as AriaTrigger,
  Popover,
  Text,
} from 'react-aria-components';
import styles from './menu.module.css';

interface TriggerProps {
  /** A React Aria button. */
  button: ReactElement;
  label: string;
  children: ReactNode;
}

export function MenuButton({ button, label, children }: TriggerProps) {
  return (
    <AriaTrigger>
      {button}
      <Popover className={styles.popover ?? ''} placement="bottom end">
        <AriaMenu className={styles.menu ?? ''} aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </AriaTrigger>
  );
}

/** A menu that belongs to no button: it opens at an element, for a key or a right click. */
export function MenuAt(props: {
  at: { current: Element | null };
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Popover
      className={styles.popover ?? ''}
      triggerRef={props.at}
      isOpen
      placement="bottom end"
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <AriaMenu
        className={styles.menu ?? ''}
        aria-label={props.label}
        autoFocus="first"
        onClose={props.onClose}
      >
        {props.children}
      </AriaMenu>
    </Popover>
  );
}

interface ItemProps {
  name: string;
  /** Why it cannot be done; it then stays and says so. */
  reason?: string | null;
  onAction: () => void;
  onRefused?: () => void;
}

export function MenuItem({ name, reason = null, onAction, onRefused }: ItemProps) {
  const refused = reason !== null;
  return (
    <AriaItem
      className={styles.item ?? ''}
      textValue={name}
      shouldCloseOnSelect={!refused}
      onAction={() => (refused ? onRefused?.() : onAction())}
      ref={(element: Element | null) => {
        // React Aria takes the focus from disabled items; a refused one keeps it.
        if (refused) element?.setAttribute('aria-disabled', 'true');
        else element?.removeAttribute('aria-disabled');
      }}
    >
      <Text slot="label">{name}</Text>
      {refused && (
        <Text slot="description" className={styles.reason ?? ''}>
          {reason}
        </Text>
      )}
    </AriaItem>
  );
}
