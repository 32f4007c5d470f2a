// The plans that are kept on this device: thought of, and not or not wholly carried out.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useBackend } from '../../app/context.tsx';
import { useNotify } from '../../app/notices.tsx';
import { paths } from '../../app/paths.ts';
import { readAgain, savedPlansQuery } from '../../app/planState.ts';
import { asFailure } from '../../backend/failure.ts';
import type { SavedPlanRow } from '../../backend/types.ts';
import { when, whole } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import styles from './plans.module.css';

/** Takes a plan away, and tells how to have it back. */
export function useDeletePlan(): (row: { n: number; name: string }) => Promise<void> {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
      readAgain(client);
    } catch (thrown) {
      notify({ text: t(asFailure(thrown).code) });
    }
  };
  return ({ n, name }) =>
    attempt(async () => {
      await backend.deleteSavedPlan(n);
      notify({
        text: t('plans.deleted', { name: name || t('plans.untold_name') }),
        action: {
          label: t('action.undo'),
          run: () => void attempt(() => backend.restoreSavedPlan(n)),
        },
      });
    });
}

export function SavedPlansPage() {
  const backend = useBackend();
  const { data, error } = useQuery(savedPlansQuery(backend));
  return (
    <div className={page.body}>
      <PageHead
        title={t('nav.plans')}
        summary={data !== undefined && data.length > 0 && t('plans.count', { n: data.length })}
      />
      <p className={page.line}>{t('plans.help')}</p>
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      <div className={page.scroll}>
        {data?.length === 0 && <p>{t('plans.empty')}</p>}
        {data !== undefined && data.length > 0 && (
          <ul className={styles.plans} aria-label={t('nav.plans')}>
            {data.map((row) => (
              <Row key={row.n} row={row} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Row({ row }: { row: SavedPlanRow }) {
  const remove = useDeletePlan();
  const name = row.name || t('plans.untold_name');
  return (
    <li className={styles.planRow} data-testid="saved-plan">
      <Link {...paths.plan(row.n)} className={styles.planName}>
        <bdi>{name}</bdi>
      </Link>
      <span className={styles.quiet} title={whole(row.made)}>
        {row.source !== null && t(`plans.source.${row.source}`)}
        {row.source !== null && ' · '}
        {t('plans.kept', { time: when(row.made) })}
      </span>
      <span className={row.done === row.lines ? styles.done : undefined}>
        {t('plans.progress', { done: row.done, total: row.lines })}
      </span>
      <Button
        look="quiet"
        aria-label={t('plans.delete_of', { name })}
        onClick={() => void remove(row)}
      >
        {t('plans.delete')}
      </Button>
    </li>
  );
}
