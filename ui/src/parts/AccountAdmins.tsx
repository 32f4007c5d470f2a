// Who else has access: the Account Admins with reach (R9). They are not members, so the line
// stands below the rows and has no check boxes.

import { useId, useState } from 'react';
import type { AdminView } from '../backend/types.ts';
import { date } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './member.module.css';

export function AccountAdmins({ admins }: { admins: readonly AdminView[] }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (admins.length === 0) return null;
  return (
    <div className={styles.admins}>
      <div className={styles.adminsHead}>
        <Button look="link" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {t('r9.line', { n: admins.length })}
        </Button>
        <span title={t('rule.label', { rule: 'R9' })}>R9</span>
      </div>
      <ul id={id} className={styles.adminsList} hidden={!open}>
        {open &&
          admins.map((one) => (
            <li key={one.address}>
              <bdi>{one.name}</bdi> <span className={styles.address}>{one.address}</span>{' '}
              <span>{t('admins.since', { date: date(one.since) })}</span>
            </li>
          ))}
      </ul>
    </div>
  );
}
