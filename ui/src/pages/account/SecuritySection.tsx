// Where I am signed in, and what is kept on this device (ui.md 5.16). The list is the server's;
// the rest is known here, also offline.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useNotify } from '../../app/notices.tsx';
import { useAppState } from '../../app/state.ts';
import { useSignOut } from '../../app/useSignOut.ts';
import { asFailure } from '../../backend/failure.ts';
import type { DeviceRow, Diagnostics } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { SignOutDialog } from '../../forms/later.tsx';
import { useForm } from '../../forms/useForm.ts';
import { date, when } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Facts, Lines, ListLine, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { diagnosticsQuery, size } from '../diagnostics/condition.ts';

export function SecuritySection() {
  const backend = useBackend();
  const { data } = useQuery(diagnosticsQuery(backend));
  const [wiping, setWiping] = useState(false);
  return (
    <>
      <Section title={t('security.devices')} help={t('security.devices_help')}>
        <DeviceLines />
      </Section>
      <Section
        title={t('security.here')}
        help={t('security.here_help')}
        action={<Button onClick={() => setWiping(true)}>{t('security.wipe')}</Button>}
      >
        {data !== undefined && <Facts facts={kept(data)} />}
      </Section>
      {wiping && <WipeDialog onClose={() => setWiping(false)} />}
    </>
  );
}

function DeviceLines() {
  const backend = useBackend();
  const offline = useAppState()?.connection.state === 'offline';
  const [ending, setEnding] = useState<DeviceRow | null>(null);
  const { data, error } = useQuery({
    queryKey: keys.devices,
    queryFn: () => backend.devices(),
    enabled: !offline,
    refetchOnMount: 'always',
  });
  if (offline) return <p>{t('security.devices_offline')}</p>;
  if (error !== null) return <FailureLine failure={asFailure(error)} />;
  return (
    <>
      <Lines label={t('security.devices')}>
        {data?.map((one) => (
          <ListLine key={one.id} name={<bdi>{nameOf(one)}</bdi>} note={noteOf(one)}>
            {!one.here && (
              <Button
                aria-label={t('security.end_title', { device: nameOf(one) })}
                onClick={() => setEnding(one)}
              >
                {t('security.end')}
              </Button>
            )}
          </ListLine>
        ))}
      </Lines>
      {ending !== null && <EndDialog device={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function nameOf(device: DeviceRow): string {
  return device.name === '' ? t('security.unnamed') : device.name;
}

function noteOf({ here, since, last_used }: DeviceRow): string {
  const signedIn = t('security.since', { date: date(since) });
  const touch = here ? t('security.this') : t('security.last_used', { when: when(last_used) });
  return `${touch} · ${signedIn}`;
}

function EndDialog({ device, onClose }: { device: DeviceRow; onClose: () => void }) {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  const form = useForm([]);
  const known = { device: nameOf(device) };
  const end = () =>
    form.run(async () => {
      client.setQueryData(keys.devices, await backend.endDevice(device.id));
      notify({ text: t('security.ended', known) });
      onClose();
    });
  return (
    <ConfirmDialog
      title={t('security.end_title', known)}
      text={t('security.end_means')}
      keep={t('action.cancel')}
      action={t('security.end_action')}
      onClose={onClose}
      onConfirm={end}
    >
      <p>{t('security.end_copy')}</p>
      {form.failure !== null && <FailureLine failure={form.failure} known={known} />}
    </ConfirmDialog>
  );
}

function WipeDialog({ onClose }: { onClose: () => void }) {
  const { signOut, failure } = useSignOut();
  // What waits here, or stands nowhere else, is named before it goes.
  if (failure !== null) return <SignOutDialog failure={failure} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={t('security.wipe_title')}
      text={t('security.wipe_means')}
      keep={t('action.cancel')}
      action={t('security.wipe_action')}
      onClose={onClose}
      onConfirm={signOut}
    />
  );
}

type Fact = readonly [string, string];

function kept({ key_store, copy }: Diagnostics): Fact[] {
  const facts: Fact[] = [[t('diagnostics.key_store'), t(`diagnostics.key_store.${key_store}`)]];
  if (copy === null) return facts;
  facts.push([t('security.copy'), size(copy.mirror_bytes + copy.outbox_bytes)]);
  const shortest = [...copy.leases].sort((a, b) => left(a) - left(b))[0];
  if (shortest !== undefined) {
    const n = Math.max(0, left(shortest));
    facts.push([t('security.lease'), t('security.lease_left', { n, of: shortest.days })]);
  }
  return facts;
}

function left(lease: { days: number; age_days: number }): number {
  return lease.days - lease.age_days;
}
