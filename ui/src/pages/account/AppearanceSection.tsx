// Light, dark, or as the system has it (ui.md 2.2).

import { useState } from 'react';
import { setTheme, type Theme, theme } from '../../app/theme.ts';
import { t } from '../../i18n/text.tsx';
import { Section } from '../../parts/Section.tsx';
import { Choice } from '../../primitives/Choice.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function AppearanceSection() {
  const [chosen, setChosen] = useState<Theme>(theme);
  return (
    <Section title={t('appearance.title')}>
      <Choice
        label={t('theme.label')}
        labelShown="no"
        many={false}
        items={THEMES.map((one) => ({ value: one, name: t(`theme.${one}`) }))}
        chosen={[chosen]}
        onChange={([one]) => {
          const next = THEMES.find((known) => known === one);
          if (next === undefined) return;
          setTheme(next);
          setChosen(next);
        }}
      />
    </Section>
  );
}
