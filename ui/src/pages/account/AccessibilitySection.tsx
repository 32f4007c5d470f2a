// How the window is read and worked with: size of text, height of rows, notices, movement,
// links, and keys without a modifier (ui.md 5.16, WCAG 2.1.4).

import { type ReactNode, useState } from 'react';
import { isMac } from '../../app/globalKeys.ts';
import {
  type Reading,
  type ReadingName,
  readingChoices,
  setReading,
  useReading,
} from '../../app/reading.ts';
import { setSingleKeys, singleKeys } from '../../app/singleKeys.ts';
import { t } from '../../i18n/text.tsx';
import { Section } from '../../parts/Section.tsx';
import { Choice } from '../../primitives/Choice.tsx';
import { Select } from '../../primitives/Field.tsx';
import styles from './account.module.css';

export function AccessibilitySection() {
  return (
    <Section title={t('reading.title')}>
      <div className={styles.settings}>
        <TextSize />
        <ReadingChoice name="rows" />
        <ReadingChoice name="tables" />
        <ReadingChoice name="notices" />
        <ReadingChoice name="movement" />
        <ReadingChoice name="links" />
        <SingleKeys />
      </div>
    </Section>
  );
}

function TextSize() {
  const chosen = useReading('text');
  return (
    <div className={styles.textSize}>
      <Select
        label={t('text_size.label')}
        help={t('text_size.help', { mod: isMac ? '⌘' : 'Ctrl' })}
        value={chosen}
        onChange={(event) => {
          const next = readingChoices('text').find((one) => one === event.target.value);
          if (next !== undefined) setReading('text', next);
        }}
      >
        {readingChoices('text').map((one) => (
          <option key={one} value={one}>
            {t('text_size.percent', { n: one })}
          </option>
        ))}
      </Select>
    </div>
  );
}

function ReadingChoice<Name extends ReadingName>({ name }: { name: Name }): ReactNode {
  const chosen = useReading(name);
  const all: readonly Reading<Name>[] = readingChoices(name);
  return (
    <Choice
      label={t(`reading.${name}`)}
      many={false}
      items={all.map((one) => ({ value: one, name: t(`reading.${name}.${one}`) }))}
      chosen={[chosen]}
      onChange={([one]) => {
        const next = all.find((known) => known === one);
        if (next !== undefined) setReading(name, next);
      }}
    />
  );
}

function SingleKeys() {
  const [chosen, setChosen] = useState(singleKeys);
  return (
    <Choice
      label={t('keys.title')}
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
  );
}
