// Mod+Plus, Mod+Minus and Mod+0 change the size of text on every page, also before anybody is
// signed in and inside a dialog (ui.md 9).

import { useEffect } from 'react';
import { t } from '../i18n/text.tsx';
import { mod } from './globalKeys.ts';
import { type Reading, setReading, stepText } from './reading.ts';
import { useSpeech } from './speech.tsx';

const KEYS: Record<string, () => Reading<'text'>> = {
  '+': () => stepText(1),
  // The same key without Shift on many keyboards.
  '=': () => stepText(1),
  '-': () => stepText(-1),
  '0': () => {
    setReading('text', '100');
    return '100';
  },
};

export function useTextKeys(): void {
  const { polite } = useSpeech();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || !mod(event) || event.altKey) return;
      const change = KEYS[event.key];
      if (change === undefined) return;
      event.preventDefault();
      polite(t('text_size.said', { n: change() }));
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [polite]);
}
