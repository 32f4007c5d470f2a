// One account. What only its Account Admins may see is absent for everybody else, so that a
// Workspace Admin has no way into it (V-33); leaving is there for all.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { accountQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type { AccountPage as Page } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { CopyField } from '../../parts/CopyField.tsx';
import { FailureLine, KnownValues } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { AdminsSection } from './AdminsSection.tsx';
import styles from './account.module.css';
import { DeletionLine } from './DeletionLine.tsx';
import { GroupsSection } from './GroupsSection.tsx';
import { PoliciesSection } from './PoliciesSection.tsx';
import { RenameAccount } from './RenameAccount.tsx';

const route = getRouteApi(ROUTES.account);

export function AccountPage() {
  const { account } = route.useParams();
  const backend = useBackend();
  const { data, error } = useQuery(accountQuery(backend, account));
  if (error !== null && asFailure(error).code === 'not_found') return <NotAvailable />;
  return (
    <div className={page.body}>
      <PageHead
        title={data === undefined ? t('nav.account') : <bdi>{data.row.name}</bdi>}
        summary={data !== undefined && t(`scheme.${data.row.scheme}`)}
      />
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      {data !== undefined && (
        <KnownValues values={{ account: data.row.name }}>
          <Sections view={data} />
        </KnownValues>
      )}
    </div>
  );
}

// Policies that somebody else changed take the place of what is in the fields.
function policies(view: Page): string {
  const { invitation_days, lease_days, review_days, name_days } = view;
  const { reason_required, second_admin } = view;
  return [invitation_days, lease_days, review_days, name_days, reason_required, second_admin].join(
    ' ',
  );
}

function Sections({ view }: { view: Page }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { row } = view;
  return (
    <>
      {view.deletion !== null && <DeletionLine view={view} />}
      <div className={page.scroll}>
        {row.admin && (
          <>
            <AdminsSection
              view={view}
              add={search.add === true}
              onAdded={() => void navigate({ ...paths.account(row.id), replace: true })}
            />
            {row.scheme === 'managed' && <GroupsSection account={row.id} />}
            <PoliciesSection key={policies(view)} view={view} />
            <Section title={t('account.name_title')}>
              <RenameAccount view={view} />
            </Section>
            <Section title={t('account.number')} help={t('account.number_help')}>
              <CopyField label={t('account.number')} value={row.id} />
            </Section>
            {view.scheme_change.verdict !== 'hidden' && (
              <Section title={t('scheme.change_title')} help={t('scheme.change_help')}>
                <p>
                  <Link {...paths.scheme(row.id)}>{t('scheme.change_open')}</Link>
                </p>
              </Section>
            )}
          </>
        )}
        <Section title={t('account.end_title')}>
          <ul className={styles.links}>
            <li>
              <Link {...paths.leaveAccount(row.id)}>{t('leave_account.open')}</Link>
            </li>
            {row.admin && (
              <li>
                <Link {...paths.deleteAccount(row.id)}>{t('delete_account.open')}</Link>
              </li>
            )}
          </ul>
        </Section>
      </div>
    </>
  );
}
