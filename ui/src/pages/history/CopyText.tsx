// Copying what is shown as text with tabs, which every sheet understands.

import { useState } from 'react';
import { useSpeech } from '../../app/speech.tsx';
import { t } from '../../i18n/text.tsx';
import { Button, type Look } from '../../primitives/Button.tsx';

interface Props {
  text: () => string;
  look?: Look;
  /** What it says before it was used. */
  name?: string;
}

export function CopyText({ text, look = 'plain', name = t('history.copy') }: Props) {
  const { polite } = useSpeech();
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied('yes');
      polite(t('action.copied'));
    } catch {
      setCopied('refused');
      polite(t('copy.refused'));
    }
  };
  const label = { no: name, yes: t('action.copied'), refused: t('copy.refused') };
  return (
    <Button look={look} onClick={() => void copy()}>
      {label[copied]}
    </Button>
  );
}
