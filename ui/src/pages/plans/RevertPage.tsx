// A workspace, or one person in it, as it was at a moment: a plan under today's rules (ui.md
// 4.9). Nothing is done here that would give more without a tick of its own (R16).

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useActiveView, useIsMissing } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { revertQuery } from '../../app/planState.ts';
import { asFailure } from '../../backend/failure.ts';
import type { WorkspaceView } from '../../backend/types.ts';
import { moment, whole } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine, KnownValues } from '../../parts/Reason.tsx';
import { ownNames } from '../../parts/words.ts';
import { Checkbox } from '../../primitives/Choice.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { PlanDesk } from './PlanDesk.tsx';

const route = getRouteApi(ROUTES.revert);

export function RevertPage() {
  const { workspace } = route.useParams();
  const { at } = route.useSearch();
  const view = useActiveView();
  const missing = useIsMissing();
  if (missing || at === undefined) return <NotAvailable />;
  if (view === undefined || view.row.id !== workspace) return null;
  if (!view.permissions.includes('audit.view')) return <NotAvailable />;
  return (
    <KnownValues values={ownNames(view)}>
      <Revert view={view} at={at} />
    </KnownValues>
  );
}

function Revert({ view, at }: { view: WorkspaceView; at: number }) {
  const backend = useBackend();
  const navigate = useNavigate();
  const search = route.useSearch();
  const id = view.row.id;
  const question = {
    workspace: id,
    at,
    member: search.member ?? null,
    admins: search.admins === true,
  };
  const { data, error } = useQuery(revertQuery(backend, question));
  const time = moment(at);
  const title = t('revert.title', { time });
  return (
    <div className={page.body}>
      <PageHead title={<span title={whole(at)}>{title}</span>} summary={view.row.name} />
      <p className={page.line}>
        <Link {...paths.compare(id, { from: at })}>{t('revert.compare')}</Link>
        {' · '}
        {t(search.member === undefined ? 'revert.help' : 'revert.help_one')}
      </p>
      {search.member === undefined && view.row.scheme === 'managed' && (
        <div className={page.line}>
          <Checkbox
            checked={search.admins === true}
            onChange={(on) =>
              void navigate({
                ...paths.revert(id, on ? { at, admins: true } : { at }),
                replace: true,
              })
            }
          >
            {t('revert.admins')}
          </Checkbox>
        </div>
      )}
      {data?.complete === false && <p className={page.line}>{t('compare.incomplete')}</p>}
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      <div className={page.scroll}>
        {data !== undefined && (
          <PlanDesk
            key={JSON.stringify(question)}
            made={data}
            source="revert"
            name={t('revert.name', { time, workspace: view.row.name })}
            nothing={t('revert.nothing')}
          />
        )}
      </div>
    </div>
  );
}
