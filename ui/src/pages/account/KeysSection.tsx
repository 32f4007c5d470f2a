// Whether keys without a modifier act, as a whole (ui.md 9, WCAG 2.1.4).

import { useState } from 'react';
import { setSingleKeys, singleKeys } from '../../app/singleKeys.ts';
import { t } from '../../i18n/text.tsx';
import { Section } from '../../parts/Section.tsx';
import { Choice } from '../../primitives/Choice.tsx';

export function KeysSection() {
  const [chosen, setChosen] = useState(singleKeys);
  return (
    <Section title={t('keys.title')}>
      <Choice
        label={t('keys.title')}
        labelShown="no"
        many={false}
        items={(['on', 'off'] as const).map((one) => ({
          value: one,
          name: t(`keys.${one}`),
          help: t(`keys.${one}_help`),
        }))}
        chosen={[chosen]}
        onChange={([one]) => {
          const next = one === 'off' ? 'off' : 'on';
          setSingleKeys(next);
          setChosen(next);
        }}
      />
    </Section>
  );
}
