// People who were here before: what they were is told, and can be chosen again (E-29).

import type { Role } from '../backend/types.ts';
import { date, roles } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { useKnown } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './forms.module.css';
import type { Line } from './importState.ts';

const SHOWN = 5;

interface Props {
  ready: readonly Line[];
  onUse: (roles: Role[]) => void;
}

export function FormerRoles({ ready, onUse }: Props) {
  const names = useKnown();
  const former = ready.filter((line) => line.former.length > 0);
  if (former.length === 0) return null;
  return (
    <ul aria-label={t('panel.earlier')}>
      {former.slice(0, SHOWN).map((line) => (
        <li key={line.line} className={styles.former} data-testid="former">
          <span className={styles.hint}>
            <T
              id="former.role"
              values={{
                name: line.name ?? line.address,
                date: line.former_until === null ? null : date(line.former_until),
                role: roles(line.former, names),
              }}
            />
          </span>
          <Button look="link" onClick={() => onUse(line.former)}>
            {t('former.use', { role: roles(line.former, names) })}
          </Button>
        </li>
      ))}
      {former.length > SHOWN && (
        <li className={styles.hint}>{t('plan.more', { n: former.length - SHOWN })}</li>
      )}
    </ul>
  );
}
