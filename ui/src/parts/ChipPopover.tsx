// A chip of a filter line that opens a small form: it says what is chosen, and holds the choice.

import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Icon } from '../primitives/Icon.tsx';
import menu from '../primitives/menu.module.css';
import styles from './chip.module.css';
import member from './member.module.css';

interface Props {
  /** What the chip says. */
  name: ReactNode;
  label: string;
  chosen: boolean;
  /** The form; it closes itself when something is chosen. */
  children: (close: () => void) => ReactNode;
}

export function ChipPopover({ name, label, chosen, children }: Props) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton className={member.chip ?? ''} data-on={chosen}>
        {name}
        <Icon of={ChevronDown} />
      </AriaButton>
      <Popover className={`${menu.popover} ${styles.popover}`} placement="bottom start">
        <Dialog aria-label={label} className={styles.form ?? ''}>
          {children(close)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
