import { t } from '../i18n/text.tsx';
import { PageHead } from './PageHead.tsx';

export function MembersPage() {
  return <PageHead title={t('nav.members.managed')} />;
}
