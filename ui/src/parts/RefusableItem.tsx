// An action of a menu under its verdict. One that is refused keeps its place with its reason
// under its name; pressing it says the reason with its ways out (ui.md 4.8), which have no place
// inside of a menu. Where there are none, the menu has said it all and stays.

import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Verdict } from '../backend/types.ts';
import { t, type Values } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { MenuItem } from '../primitives/Menu.tsx';
import { ReasonLine, type Sentence, sentenceText, verdictSentence } from './Reason.tsx';
import { useAbout } from './Ways.tsx';
import { waysOf } from './waysOut.ts';

interface No {
  name: string;
  sentence: Sentence;
}

const SayContext = createContext<(no: No) => void>(() => {});

/** Says a no that a menu was pressed for. */
export function SaysNo({ children }: { children: ReactNode }) {
  const [no, setNo] = useState<No | null>(null);
  const close = () => setNo(null);
  return (
    <SayContext value={setNo}>
      {children}
      {no !== null && (
        <Dialog
          title={no.name}
          onClose={close}
          buttons={<Button onClick={close}>{t('action.close')}</Button>}
        >
          <ReasonLine sentence={no.sentence} />
        </Dialog>
      )}
    </SayContext>
  );
}

interface Props {
  name: string;
  /** The letter that does it at once. */
  letter?: string;
  /** None where nothing can speak against it. */
  verdict: Verdict | undefined;
  known: Values;
  onAction: () => void;
}

/** The action; nothing where the core hides it. */
export function RefusableItem({ name, letter, verdict, known, onAction }: Props) {
  const say = useContext(SayContext);
  const about = useAbout();
  if (verdict?.verdict === 'hidden') return null;
  const sentence = verdict === undefined ? null : verdictSentence(verdict, known);
  const key = letter === undefined ? {} : { letter };
  if (sentence === null) return <MenuItem name={name} {...key} onAction={onAction} />;
  const said = { ...sentence, about: { ...about, ...sentence.about } };
  return (
    <MenuItem
      name={name}
      {...key}
      reason={sentenceText(sentence)}
      onAction={onAction}
      {...(waysOf(sentence.id).length === 0
        ? {}
        : { onRefused: () => say({ name, sentence: said }) })}
    />
  );
}
