// Continuity (ui.md 5.15): what one person alone holds, those first who hold most of it.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useBackend } from '../../app/context.tsx';
import { continuityQuery } from '../../app/pastState.ts';
import { paths } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type { ContinuityRow } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { AskSecond } from './AskSecond.tsx';

// Beyond this the page would hold more elements than it may (ui.md 11).
const SHOWN = 100;

interface Holder {
  login: string;
  name: string;
  rows: ContinuityRow[];
}

function byHolder(rows: readonly ContinuityRow[]): Holder[] {
  const holders = new Map<string, Holder>();
  for (const row of rows) {
    const one = holders.get(row.holder_login);
    if (one === undefined) {
      holders.set(row.holder_login, { login: row.holder_login, name: row.holder, rows: [row] });
    } else one.rows.push(row);
  }
  return [...holders.values()].sort(
    (a, b) => b.rows.length - a.rows.length || a.name.localeCompare(b.name),
  );
}

export function ContinuityPage() {
  const backend = useBackend();
  const { data, error } = useQuery(continuityQuery(backend));
  const holders = byHolder(data ?? []);
  let left = SHOWN;
  return (
    <div className={page.body}>
      <PageHead
        title={t('continuity.title')}
        summary={data !== undefined && t('continuity.count', { n: data.length })}
      >
        {data !== undefined && data.length > 0 && <ExportButton table={{ table: 'continuity' }} />}
      </PageHead>
      <p className={page.line}>
        <Link {...paths.people()}>{t('people.all')}</Link>
      </p>
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      <div className={page.scroll}>
        {data?.length === 0 && <p>{t('continuity.none')}</p>}
        {holders.map((one) => {
          const rows = one.rows.slice(0, Math.max(0, left));
          left -= rows.length;
          return rows.length === 0 ? null : <Held key={one.login} holder={one} rows={rows} />;
        })}
        {left <= 0 && data !== undefined && data.length > SHOWN && (
          <p>{t('plan.more', { n: data.length - SHOWN })}</p>
        )}
      </div>
    </div>
  );
}

function Held({ holder, rows }: { holder: Holder; rows: readonly ContinuityRow[] }) {
  const navigate = useNavigate();
  return (
    <Section
      title={
        <Link {...paths.person(holder.login)}>
          <bdi>{holder.name}</bdi>
        </Link>
      }
      help={t('continuity.holds', { n: holder.rows.length })}
    >
      <Lines label={holder.name}>
        {rows.map((row) => (
          <ListLine
            key={`${row.kind} ${row.id}`}
            name={<bdi>{row.name}</bdi>}
            note={
              row.kind === 'owner' ? (
                <T id="continuity.owner" values={{ account: row.account_name }} />
              ) : (
                t('continuity.admin')
              )
            }
          >
            {row.kind === 'owner' ? (
              <>
                <AskSecond row={row} />
                <Button onClick={() => void navigate(paths.members(row.id, { task: 'successor' }))}>
                  {t('way.another_owner')}
                </Button>
              </>
            ) : (
              <Button onClick={() => void navigate(paths.account(row.id, { add: true }))}>
                {t('way.add_admin')}
              </Button>
            )}
          </ListLine>
        ))}
      </Lines>
    </Section>
  );
}
