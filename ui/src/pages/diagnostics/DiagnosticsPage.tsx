// Diagnostics (ui.md 5.16): how the app, its connection and its copy are, and a report of it for
// support that names nobody. What is copied is what stands here, to the letter.

import { useQuery } from '@tanstack/react-query';
import { useBackend } from '../../app/context.tsx';
import { asFailure } from '../../backend/failure.ts';
import type { Connection, CopyCondition, Diagnostics } from '../../backend/types.ts';
import { count, when } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Facts, Section } from '../../parts/Section.tsx';
import { CopyText } from '../history/CopyText.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { diagnosticsQuery, size } from './condition.ts';
import styles from './diagnostics.module.css';

type Fact = readonly [string, string];

export function DiagnosticsPage() {
  const backend = useBackend();
  const { data, error } = useQuery(diagnosticsQuery(backend));
  return (
    <div className={page.body}>
      <PageHead title={t('diagnostics.title')} />
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      {data !== undefined && (
        <div className={page.scroll}>
          <Section title={t('diagnostics.app')}>
            <Facts facts={app(data)} />
          </Section>
          <Section title={t('diagnostics.connection')}>
            <Facts facts={connection(data)} />
          </Section>
          {data.copy !== null && <Copy copy={data.copy} />}
          <Section
            title={t('diagnostics.report')}
            help={t('diagnostics.report_help')}
            action={<CopyText text={() => data.report} name={t('diagnostics.copy_report')} />}
          >
            <pre className={styles.report} data-testid="report">
              {data.report}
            </pre>
          </Section>
        </div>
      )}
    </div>
  );
}

function app(of: Diagnostics): Fact[] {
  const facts: Fact[] = [
    [t('diagnostics.version'), of.version],
    [t('diagnostics.rules'), String(of.rules)],
    [t('diagnostics.protocol'), String(of.protocol)],
    [t('diagnostics.system'), of.system],
    [t('diagnostics.database'), of.database],
    [t('diagnostics.key_store'), t(`diagnostics.key_store.${of.key_store}`)],
  ];
  if (of.drawing !== null) {
    const { mode, why } = of.drawing;
    facts.push([
      t('diagnostics.drawing'),
      `${t(`diagnostics.drawing.${mode}`)}. ${t(`diagnostics.drawing.${why}`)}`,
    ]);
  }
  return facts;
}

function connection(of: Diagnostics): Fact[] {
  const { state, last_contact, offline_since, next_try }: Connection = of.connection;
  const facts: Fact[] = [
    [t('diagnostics.state'), t(`diagnostics.state.${state}`)],
    [
      t('diagnostics.last_contact'),
      last_contact === null ? t('diagnostics.never') : when(last_contact),
    ],
  ];
  if (of.server !== null) facts.unshift([t('diagnostics.server'), of.server]);
  if (offline_since !== null) facts.push([t('diagnostics.offline_since'), when(offline_since)]);
  if (next_try !== null) facts.push([t('diagnostics.next_try'), when(next_try)]);
  return facts;
}

function Copy({ copy }: { copy: CopyCondition }) {
  const leases = copy.leases.map((one): Fact => {
    const id = one.locked ? 'diagnostics.lease_locked' : 'diagnostics.lease_open';
    return [t('diagnostics.lease'), t(id, { age: one.age_days, days: one.days })];
  });
  return (
    <>
      <Section title={t('diagnostics.copy')}>
        <Facts facts={held(copy)} />
        {leases.map(([name, value], at) => (
          // Accounts have no names here, so their order is all that tells them apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered
          <Facts key={at} facts={[[name, value]]} />
        ))}
      </Section>
      <Section title={t('diagnostics.unsent')}>
        <Facts facts={unsent(copy)} />
      </Section>
    </>
  );
}

function held(copy: CopyCondition): Fact[] {
  const { chains_whole: whole, chains_loading: loading, chains_broken: broken } = copy;
  return [
    [t('diagnostics.size'), size(copy.mirror_bytes)],
    [t('diagnostics.workspaces'), t('diagnostics.loaded', { n: copy.loaded, of: copy.workspaces })],
    [t('diagnostics.members'), count(copy.members)],
    [t('diagnostics.events'), count(copy.events)],
    [t('diagnostics.chains'), t('diagnostics.chains_are', { whole, loading, broken })],
    [t('diagnostics.epoch'), copy.epoch ?? t('diagnostics.never')],
    [t('diagnostics.cursors'), copy.cursors.map(String).join(', ') || t('diagnostics.never')],
    [t('diagnostics.schema'), `${copy.mirror_schema}, ${copy.outbox_schema}`],
    [t('diagnostics.key'), t(copy.needs_new_key ? 'diagnostics.key_due' : 'diagnostics.key_fresh')],
  ];
}

function unsent(copy: CopyCondition): Fact[] {
  const facts: Fact[] = [
    [t('diagnostics.size'), size(copy.outbox_bytes)],
    [
      t('diagnostics.not_sent'),
      t('diagnostics.waits', { n: copy.not_sent, sending: copy.sending }),
    ],
    [t('diagnostics.refused'), count(copy.refused)],
    [t('diagnostics.drafts'), count(copy.drafts)],
    [t('diagnostics.lost'), count(copy.lost)],
  ];
  if (copy.oldest_unsent !== null) {
    facts.push([t('diagnostics.oldest'), when(copy.oldest_unsent)]);
  }
  return facts;
}
