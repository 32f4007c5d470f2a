// Menus. An action that is refused stays in the menu with its reason under its name, takes
// focus, and does not close the menu when pressed (ui.md 4.8).

import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
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
      aria-label={props.label}
      isOpen
      placement="bottom end"
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <div onKeyDownCapture={pressLetter}>
        <AriaMenu
          className={styles.menu ?? ''}
          aria-label={props.label}
          autoFocus="first"
          onClose={props.onClose}
        >
          {props.children}
        </AriaMenu>
      </div>
    </Popover>
  );
}

// The underlined letter of an action does it at once (ui.md 9); all others search by the first
// letters, as in any menu.
function pressLetter(event: KeyboardEvent<HTMLElement>): void {
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!/^\p{L}$/u.test(event.key)) return;
  const letter = event.key.toLowerCase();
  const item = event.currentTarget.querySelector<HTMLElement>(`[data-letter="${letter}"]`);
  if (item === null) return;
  event.preventDefault();
  event.stopPropagation();
  item.focus();
  item.click();
}

interface ItemProps {
  name: string;
  /** The letter that does it at once; it stands underlined at the end of the line. */
  letter?: string;
  /** Why it cannot be done; it then stays and says so. */
  reason?: string | null;
  onAction: () => void;
  /** What pressing it then does; without it the menu stays and nothing happens. */
  onRefused?: () => void;
}

export function MenuItem({ name, letter, reason = null, onAction, onRefused }: ItemProps) {
  const refused = reason !== null;
  return (
    <AriaItem
      className={styles.item ?? ''}
      textValue={name}
      shouldCloseOnSelect={!refused || onRefused !== undefined}
      onAction={() => (refused ? onRefused?.() : onAction())}
      ref={(element: Element | null) => {
        // React Aria takes the focus from disabled items; a refused one keeps it.
        if (refused) element?.setAttribute('aria-disabled', 'true');
        else element?.removeAttribute('aria-disabled');
        if (letter !== undefined) element?.setAttribute('data-letter', letter);
      }}
    >
      <Text slot="label">{name}</Text>
      {letter !== undefined && (
        <span className={styles.letter} aria-hidden="true">
          {letter}
        </span>
      )}
      {refused && (
        <Text slot="description" className={styles.reason ?? ''}>
          {reason}
        </Text>
      )}
    </AriaItem>
  );
}
