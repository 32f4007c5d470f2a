// The colour of a workspace's tile and band (ui.md 2.2, 5.13): one of twelve. Everybody in the
// workspace sees it. It works offline and waits to be sent.

import { useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import type { Colour, WorkspaceView } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { Choice } from '../../primitives/Choice.tsx';
import { Tile } from '../../primitives/Tile.tsx';
import styles from './settings.module.css';

// In the order of their numbers.
const COLOURS: readonly Colour[] = [
  'brick',
  'rust',
  'ochre',
  'moss',
  'fern',
  'pine',
  'lagoon',
  'harbor',
  'slate',
  'plum',
  'mulberry',
  'rose',
];

export function ColourForm({ view }: { view: WorkspaceView }) {
  const { row } = view;
  const change = useChange();
  // The arrows go through the colours, so choosing one is not yet painting with it.
  const now = COLOURS[row.colour];
  const [chosen, setChosen] = useState(now);
  const paint = () => {
    if (chosen === undefined || chosen === now) return;
    void change.run(
      { intent: 'paint_workspace', workspace: row.id, colour: chosen },
      t('notice.paint_workspace', { name: row.name, colour: t(`colour.${chosen}`) }),
    );
  };
  return (
    <div className={styles.form}>
      <div className={styles.colours}>
        <Choice
          label={t('settings.colour')}
          labelShown="no"
          many={false}
          items={COLOURS.map((one, number) => ({
            value: one,
            name: (
              <span className={styles.colour}>
                <Tile letters={row.letters} colour={number} /> {t(`colour.${one}`)}
              </span>
            ),
          }))}
          chosen={chosen === undefined ? [] : [chosen]}
          onChange={([one]) => setChosen(COLOURS.find((colour) => colour === one))}
        />
      </div>
      <div className={styles.row}>
        {/* Labels and colour are both settings, under one right. */}
        <VerdictButton verdict={view.label} onPress={paint}>
          {t('settings.paint')}
        </VerdictButton>
      </div>
      {change.answer !== null && <AnswerLine answer={change.answer} />}
    </div>
  );
}
