// The field that filters the records of a list.

import { useEffect, useState } from 'react';
import { t } from '../../i18n/text.tsx';
import member from '../../parts/member.module.css';
import { toRows } from '../ListFrame.tsx';

interface SearchProps {
  field: React.RefObject<HTMLInputElement | null>;
  text: string;
  onText: (text: string | undefined) => void;
}

export function ContentSearch({ field, text, onText }: SearchProps) {
  // The field holds its own text, so that a key never waits for the address.
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  return (
    <div role="search" className={member.filters}>
      <input
        ref={field}
        type="text"
        className={member.field}
        aria-label={t('content.filter')}
        placeholder={t('content.filter')}
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onText(event.target.value || undefined);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            toRows();
          }
          if (event.key === 'Escape' && typed !== '') {
            setTyped('');
            onText(undefined);
          }
        }}
      />
    </div>
  );
}
