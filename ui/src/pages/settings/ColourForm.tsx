// The colour of a workspace's tile and band (ui.md 2.2, 5.13): one of twelve. Everybody in the
// workspace sees it. It works offline and waits to be sent.

import { useChange } from '../../app/useChange.ts';
import type { Colour, WorkspaceView } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { ReasonLine, useKnown, verdictSentence } from '../../parts/Reason.tsx';
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
  const known = useKnown();
  // Labels and colour are both settings, under one right.
  const no = verdictSentence(view.label, known);
  const paint = ([chosen]: string[]) => {
    const colour = COLOURS.find((one) => one === chosen);
    if (colour === undefined || no !== null) return;
    void change.run(
      { intent: 'paint_workspace', workspace: row.id, colour },
      t('notice.paint_workspace', { name: row.name, colour: t(`colour.${colour}`) }),
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
          chosen={COLOURS.filter((_, number) => number === row.colour)}
          onChange={paint}
        />
      </div>
      {no !== null && <ReasonLine sentence={no} />}
      {change.answer !== null && <AnswerLine answer={change.answer} />}
    </div>
  );
}
