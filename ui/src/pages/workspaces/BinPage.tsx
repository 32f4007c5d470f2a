// The bin: deleted workspaces for 30 days, restored by whoever could delete them (E-17).

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { binQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { useChange } from '../../app/useChange.ts';
import { asFailure } from '../../backend/failure.ts';
import type { BinRow } from '../../backend/types.ts';
import { date, when } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { FailureLine, VerdictButton } from '../../parts/Reason.tsx';
import { Lines, ListLine } from '../../parts/Section.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';

const DAY = 86_400_000;

export function BinPage() {
  const backend = useBackend();
  const bin = useQuery(binQuery(backend));
  return (
    <div className={page.body}>
      <PageHead title={t('nav.bin')} summary={t('bin.summary')}>
        <Link {...paths.workspaces()}>{t('nav.workspaces')}</Link>
      </PageHead>
      <div className={page.scroll}>
        {bin.isError && <FailureLine failure={asFailure(bin.error)} />}
        {bin.data?.length === 0 && <p>{t('bin.empty')}</p>}
        <Lines label={t('nav.bin')}>
          {bin.data?.map((row) => (
            <BinLine key={row.id} row={row} />
          ))}
        </Lines>
      </div>
    </div>
  );
}

function BinLine({ row }: { row: BinRow }) {
  const change = useChange();
  const days = Math.max(0, Math.ceil((row.until - Date.now()) / DAY));
  const known = { workspace: row.name, account: row.account_name, name: row.name };
  return (
    <ListLine
      name={<bdi>{row.name}</bdi>}
      note={
        <T
          id="bin.line"
          values={{
            account: row.account_name,
            who: row.by,
            time: when(row.at),
            n: days,
            date: date(row.until),
          }}
        />
      }
    >
      <VerdictButton
        verdict={row.restore}
        known={known}
        onPress={() =>
          void change.run(
            { intent: 'restore_workspace', workspace: row.id },
            t('notice.restore', { name: row.name }),
          )
        }
      >
        {t('bin.restore')}
      </VerdictButton>
      {change.answer !== null && <AnswerLine answer={change.answer} known={known} />}
    </ListLine>
  );
}
