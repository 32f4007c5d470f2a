// Turns the pages of a list (ui.md 5.16).

import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './pager.module.css';
import type { Pages } from './usePages.ts';

interface Props {
  label: string;
  pages: Pages;
  total: number;
}

export function Pager({ label, pages, total }: Props) {
  const { page, from, shown, turn } = pages;
  const last = pages.count - 1;
  return (
    <nav className={styles.pager} aria-label={t('pager.label', { list: label })}>
      <Button aria-disabled={page === 0} onClick={() => page > 0 && turn(page - 1)}>
        {t('pager.before')}
      </Button>
      <span className={styles.where} role="status">
        {t('pager.where', { from: count(from + 1), to: count(from + shown), total: count(total) })}
      </span>
      <Button aria-disabled={page === last} onClick={() => page < last && turn(page + 1)}>
        {t('pager.next')}
      </Button>
    </nav>
  );
}
