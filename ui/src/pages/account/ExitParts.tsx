// What leaving and deleting have in common (ui.md 5.17): what is in the way comes first, each
// with its own buttons, then what ends and whom it touches.

import { useNavigate } from '@tanstack/react-router';
import { paths } from '../../app/paths.ts';
import type { Blocker, ExitPage, Fate } from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ReasonLine, reasonSentence, useKnown } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import styles from './account.module.css';

export function Blockers({ blockers }: { blockers: readonly Blocker[] }) {
  if (blockers.length === 0) return null;
  return (
    <Section title={t('exit.blockers', { n: blockers.length })}>
      <ul className={styles.table} aria-label={t('exit.blockers', { n: blockers.length })}>
        {blockers.map((one) => (
          <BlockerLine key={one.workspace ?? one.account ?? one.name} blocker={one} />
        ))}
      </ul>
    </Section>
  );
}

function BlockerLine({ blocker }: { blocker: Blocker }) {
  const navigate = useNavigate();
  const known = useKnown({ workspace: blocker.name, account: blocker.name });
  const { workspace, account } = blocker;
  return (
    <li className={styles.blocker} data-testid="blocker">
      <span>
        <strong>
          <bdi>{blocker.name}</bdi>
        </strong>
        <ReasonLine sentence={reasonSentence(blocker.reason, known)} tone="quiet" ways={null} />
      </span>
      <span className={styles.row}>
        {workspace !== null && (
          <>
            <Button onClick={() => void navigate(paths.members(workspace, { task: 'successor' }))}>
              {t('way.make_owner')}
            </Button>
            <Button onClick={() => void navigate(paths.settings(workspace, 'end'))}>
              {t('way.delete_workspace')}
            </Button>
          </>
        )}
        {workspace === null && account !== null && (
          <>
            <Button onClick={() => void navigate(paths.account(account, { add: true }))}>
              {t('way.add_admin')}
            </Button>
            <Button onClick={() => void navigate(paths.deleteAccount(account))}>
              {t('way.delete_account')}
            </Button>
          </>
        )}
      </span>
    </li>
  );
}

const FATES: readonly Fate[] = ['deleted', 'moves', 'left'];

/** What becomes of each workspace, by name, with the number of people it touches. */
export function Places({ data }: { data: ExitPage }) {
  // What is in the way ends only once it is not; it stands above.
  const ending = data.places.filter(
    (one) => !data.blockers.some((blocker) => blocker.workspace === one.workspace),
  );
  const shown = FATES.map((fate) => ({
    fate,
    places: ending.filter((one) => one.fate === fate),
  })).filter((group) => group.places.length > 0);
  // Whoever leaves loses the places alone; how many others are in them is no news.
  const others = data.people > 1 && ending.some((one) => one.fate !== 'left');
  return (
    <Section
      title={t('exit.ends')}
      help={others ? t('exit.people', { n: data.people, shown: count(data.people) }) : undefined}
    >
      {shown.length === 0 && <p>{t('exit.nothing')}</p>}
      {shown.map(({ fate, places }) => (
        <div key={fate} className={styles.inset}>
          <p>{t(`exit.fate.${fate}`, { n: places.length })}</p>
          <ul
            className={styles.places}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached with Tab.
            tabIndex={0}
            aria-label={t(`exit.fate.${fate}`, { n: places.length })}
          >
            {places.map((one) => (
              <li key={one.workspace} className={styles.place}>
                <bdi>{one.name}</bdi>
                {one.people !== null && fate !== 'left' && (
                  <span className={styles.fate}>
                    {t('members.people', { n: one.people, shown: count(one.people) })}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}
