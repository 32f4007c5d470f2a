// Buttons. They know no routing, data or roles.

import { ArrowLeft, Ellipsis, type LucideIcon, Menu as MenuLines, X } from 'lucide-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './button.module.css';
import { Icon } from './Icon.tsx';

export type Look = 'plain' | 'main' | 'danger' | 'quiet' | 'link';

type NativeProps = Omit<ComponentPropsWithRef<'button'>, 'className' | 'style'>;

interface ButtonProps extends NativeProps {
  look?: Look;
  icon?: LucideIcon;
  children: ReactNode;
}

export function Button({ look = 'plain', icon, children, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} data-look={look} className={`${styles.button} ${styles[look]}`}>
      {icon !== undefined && <Icon of={icon} />}
      {children}
    </button>
  );
}

const ICONS = { close: X, more: Ellipsis, back: ArrowLeft, menu: MenuLines };

interface IconButtonProps extends NativeProps {
  label: string;
  icon: keyof typeof ICONS;
}

/** A button without a word; it carries a name. */
export function IconButton({ label, icon, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type} className={styles.icon} aria-label={label}>
      <Icon of={ICONS[icon]} />
    </button>
  );
}
