import { t } from '../i18n/text.tsx';
import { PageHead } from './PageHead.tsx';

export function InvitationsPage() {
  return <PageHead title={t('nav.invitations')} />;
}
