// Copying what is shown as text with tabs, which every sheet understands.

import { useState } from 'react';
import { useSpeech } from '../../app/speech.tsx';
import { t } from '../../i18n/text.tsx';
import { Button, type Look } from '../../primitives/Button.tsx';

export function CopyText({ text, look = 'plain' }: { text: () => string; look?: Look }) {
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
  const label = { no: 'history.copy', yes: 'action.copied', refused: 'copy.refused' } as const;
  return (
    <Button look={look} onClick={() => void copy()}>
      {t(label[copied])}
    </Button>
  );
}
