import { t } from '../i18n/text.tsx';
import { PageHead } from './PageHead.tsx';

export function WorkspacesPage() {
  return <PageHead title={t('nav.workspaces')} />;
}
