import { t } from '../i18n/text.tsx';
import { PageHead } from './PageHead.tsx';

export function PendingPage() {
  return <PageHead title={t('nav.pending')} />;
}
