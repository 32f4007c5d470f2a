// A link to what is not there, or not for this person: nothing tells which (ui.md 6.7).

import { useNavigate } from '@tanstack/react-router';
import { paths } from '../app/paths.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { PageHead } from './PageHead.tsx';
import styles from './page.module.css';

export function NotAvailable() {
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t('unavailable.title')} />
      <div className={styles.empty}>
        <p>{t('not_found')}</p>
        <Button look="main" onClick={() => void navigate(paths.workspaces())}>
          {t('unavailable.go')}
        </Button>
      </div>
    </>
  );
}
