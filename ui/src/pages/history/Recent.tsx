// The last that happened to a person, at the end of their panel (ui.md 5.3).

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useBackend } from '../../app/context.tsx';
import { recentQuery } from '../../app/pastState.ts';
import { paths } from '../../app/paths.ts';
import { when, whole } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import panel from '../../parts/panel.module.css';
import { useKnown } from '../../parts/Reason.tsx';
import { sentenceOf } from './sentences.ts';

export function Recent({ workspace, address }: { workspace: string; address: string }) {
  const rows = useQuery(recentQuery(useBackend(), workspace, address)).data?.rows;
  const names = useKnown();
  return (
    <section data-part="recent">
      <h3 className={panel.sub}>{t('recent.title')}</h3>
      {rows !== undefined && rows.length > 0 && (
        <dl className={panel.recent}>
          {rows.map((row) => (
            <div key={row.id}>
              <dt title={whole(row.at)}>{when(row.at)}</dt>
              <dd>
                <T {...sentenceOf(row, names)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {rows?.length === 0 && <p className={panel.quiet}>{t('recent.none')}</p>}
      <p className={panel.quiet}>
        <Link {...paths.history(workspace, { q: address })}>{t('recent.all')}</Link>
      </p>
    </section>
  );
}
