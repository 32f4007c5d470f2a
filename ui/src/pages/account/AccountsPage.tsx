// Manage Account (ui.md 5.16): me, how the window looks, and the accounts that I belong to.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { accountsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { useAppState } from '../../app/state.ts';
import { asFailure } from '../../backend/failure.ts';
import type { AccountRow } from '../../backend/types.ts';
import { FoundAccount } from '../../forms/later.tsx';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { AccessibilitySection } from './AccessibilitySection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { KeyboardSection } from './KeyboardSection.tsx';
import { LanguageSection } from './LanguageSection.tsx';
import { RemindersSection } from './RemindersSection.tsx';
import { SecuritySection } from './SecuritySection.tsx';
import { YouSection } from './YouSection.tsx';

export function AccountsPage() {
  const backend = useBackend();
  const me = useAppState()?.me;
  const accounts = useQuery(accountsQuery(backend));
  const [isFounding, setIsFounding] = useState(false);
  const close = () => setIsFounding(false);
  return (
    <div className={page.body}>
      <PageHead title={t('nav.account')} />
      <div className={page.scroll}>
        {me && <YouSection me={me} />}
        <Section title={t('accounts.title')}>
          {accounts.isError && <FailureLine failure={asFailure(accounts.error)} />}
          {accounts.data?.length === 0 && <p>{t('accounts.none')}</p>}
          <Lines label={t('accounts.title')}>
            {accounts.data?.map((one) => (
              <AccountLine key={one.id} row={one} />
            ))}
          </Lines>
          <p>
            <Button onClick={() => setIsFounding(true)}>{t('found.open')}</Button>
          </p>
        </Section>
        {isFounding && <FoundAccount onClose={close} onFounded={close} />}
        <SecuritySection />
        <AppearanceSection />
        <AccessibilitySection />
        <KeyboardSection />
        <LanguageSection />
        <RemindersSection />
        <Section title={t('nav.diagnostics')} help={t('nav.diagnostics_help')}>
          <p>
            <Link {...paths.diagnostics()}>{t('nav.diagnostics_open')}</Link>
          </p>
        </Section>
        <Section title={t('signin.delete_title')} help={t('signin.delete_help')}>
          <p>
            <Link {...paths.deleteSignIn()}>{t('signin.delete_open')}</Link>
          </p>
        </Section>
      </div>
    </div>
  );
}

function AccountLine({ row }: { row: AccountRow }) {
  const parts = [t(`scheme.${row.scheme}`), t('accounts.workspaces', { n: row.workspaces })];
  if (row.admin) parts.unshift(t('role.account_admin'));
  return (
    <ListLine
      name={
        <Link {...paths.account(row.id)}>
          <bdi>{row.name}</bdi>
        </Link>
      }
      note={parts.join(' · ')}
    />
  );
}
