// Which language the window speaks, and how it writes dates and numbers (ui.md 13).

import { count, date, whole } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { Facts, Section } from '../../parts/Section.tsx';

export function LanguageSection() {
  const now = Date.now();
  return (
    <Section title={t('language.title')} help={t('language.help')}>
      <Facts
        facts={[
          [t('language.words'), t('language.english')],
          [t('language.dates'), `${date(now)} · ${whole(now)}`],
          [t('language.numbers'), count(1_234_567)],
          [t('language.zone'), Intl.DateTimeFormat().resolvedOptions().timeZone],
        ]}
      />
    </Section>
  );
}
