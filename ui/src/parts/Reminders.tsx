// What somebody wanted to do without a connection, in Pending (ui.md 7.3).

import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useBackend } from '../app/context.tsx';
import { dismiss, type Reminder, useReminders } from '../app/reminders.ts';
import { viewQuery } from '../app/state.ts';
import { count, when, whole } from '../i18n/format.ts';
import { hasText, T, t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';

interface Styles {
  group: string | undefined;
  head: string | undefined;
  name: string | undefined;
  n: string | undefined;
  line: string | undefined;
  margin: string | undefined;
  what: string | undefined;
  where: string | undefined;
}

export function Reminders({ styles }: { styles: Styles }) {
  const all = useReminders();
  if (all.length === 0) return null;
  return (
    <section className={styles.group} aria-label={t('reminder.group')}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          {t('reminder.group')} <span className={styles.n}>{count(all.length)}</span>
        </h2>
      </div>
      <ul>
        {all.map((one) => (
          <Line key={`${one.sentence} ${one.workspace} ${one.at}`} one={one} styles={styles} />
        ))}
      </ul>
    </section>
  );
}

function Line({ one, styles }: { one: Reminder; styles: Styles }) {
  const router = useRouter();
  const backend = useBackend();
  const known = useQuery({
    ...viewQuery(backend, one.workspace ?? ''),
    enabled: one.workspace !== null,
  }).data;
  const id = one.workspace === null ? 'reminder.anything' : `reminder.${one.sentence}`;
  const open = () => {
    dismiss(one);
    router.history.push(one.at);
  };
  return (
    <li className={styles.line} data-testid="reminder">
      <span className={styles.margin} />
      <div className={styles.what}>
        <span>
          <T
            id={hasText(id) ? id : 'reminder.offline.online_only'}
            values={{ workspace: known?.row.name ?? t('reminder.here') }}
          />
        </span>
        <span className={styles.where}>
          <time dateTime={new Date(one.made).toISOString()} title={whole(one.made)}>
            {when(one.made)}
          </time>
        </span>
      </div>
      <Button look="link" onClick={open}>
        {t('reminder.open')}
      </Button>
      <Button look="link" onClick={() => dismiss(one)}>
        {t('action.discard')}
      </Button>
    </li>
  );
}
