// What this device reminds of, and what the window begins with.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { setStartPage, startPage } from '../../app/startPage.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Failure, ReminderChoice } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Choice } from '../../primitives/Choice.tsx';

const KEY = ['reminder choices'];

export function RemindersSection() {
  const backend = useBackend();
  const client = useQueryClient();
  const [begins, setBegins] = useState(startPage);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { data } = useQuery({ queryKey: KEY, queryFn: () => backend.reminderChoices() });
  const change = async (before: readonly ReminderChoice[], chosen: readonly string[]) => {
    setFailure(null);
    const turned = before.find((one) => one.on !== chosen.includes(one.kind));
    if (turned === undefined) return;
    try {
      client.setQueryData(KEY, await backend.setReminder(turned.kind, !turned.on));
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return (
    <Section title={t('reminders.title')} help={t('reminders.help')}>
      {data !== undefined && (
        <Choice
          label={t('reminders.title')}
          labelShown="no"
          many
          items={data.map((one) => ({ value: one.kind, name: t(`reminders.${one.kind}`) }))}
          chosen={data.filter((one) => one.on).map((one) => one.kind)}
          onChange={(chosen) => void change(data, chosen)}
        />
      )}
      {failure !== null && <FailureLine failure={failure} />}
      <Choice
        label={t('begins.label')}
        many={false}
        items={(['workspace', 'home'] as const).map((one) => ({
          value: one,
          name: t(`begins.${one}`),
        }))}
        chosen={[begins]}
        onChange={([one]) => {
          const next = one === 'home' ? 'home' : 'workspace';
          setStartPage(next);
          setBegins(next);
        }}
      />
    </Section>
  );
}
