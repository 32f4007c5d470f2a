// The settings of the open workspace (ui.md 5.13), one part at a time.

import { getRouteApi, Link } from '@tanstack/react-router';
import { useActiveView } from '../../app/active.tsx';
import { paths, ROUTES, SETTINGS_TABS, type SettingsTab } from '../../app/paths.ts';
import type { WorkspaceView } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { EndTab } from './EndTab.tsx';
import { GeneralTab } from './GeneralTab.tsx';
import { PlanTab } from './PlanTab.tsx';
import styles from './settings.module.css';
import { TransferTab } from './TransferTab.tsx';

const route = getRouteApi(ROUTES.settings);

export function SettingsPage() {
  const { workspace } = route.useParams();
  const { tab = 'general' } = route.useSearch();
  const view = useActiveView();
  if (view === undefined || view.row.id !== workspace) return null;
  return (
    <div className={page.body}>
      <PageHead title={t('nav.settings')} summary={<bdi>{view.row.name}</bdi>} />
      <nav className={styles.tabs} aria-label={t('settings.parts')}>
        {SETTINGS_TABS.map((one) => (
          <Link
            key={one}
            {...paths.settings(workspace, one)}
            replace
            className={styles.tab}
            activeOptions={{ exact: true }}
            aria-current={one === tab ? 'page' : undefined}
            data-tab={one}
          >
            {t(`settings.${one}`)}
          </Link>
        ))}
      </nav>
      <div className={page.scroll}>
        <Tab key={`${workspace} ${tab}`} tab={tab} view={view} />
      </div>
    </div>
  );
}

function Tab({ tab, view }: { tab: SettingsTab; view: WorkspaceView }) {
  switch (tab) {
    case 'general':
      return <GeneralTab view={view} />;
    case 'plan':
      return <PlanTab view={view} />;
    case 'transfer':
      return <TransferTab view={view} />;
    case 'end':
      return <EndTab view={view} />;
  }
}
