// Labels as chips with a field that adds: Enter or a comma adds what is typed, a press on a
// chip takes it away, labels that are in use elsewhere are offered.

import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '../i18n/text.tsx';
import { Icon } from '../primitives/Icon.tsx';
import styles from './labels.module.css';

interface Props {
  label: string;
  labels: readonly string[];
  known: readonly string[];
  onChange: (labels: string[]) => void;
}

export function LabelsField({ label, labels, known, onChange }: Props) {
  const id = useId();
  const [text, setText] = useState('');
  const add = () => {
    const next = text.trim();
    setText('');
    if (next !== '' && !labels.includes(next)) onChange([...labels, next]);
  };
  return (
    <div className={styles.field} data-part="labels">
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {labels.length > 0 && (
        <ul className={styles.chips} aria-label={label}>
          {labels.map((one) => (
            <li key={one} className={styles.chip}>
              <bdi>{one}</bdi>
              <button
                type="button"
                className={styles.remove}
                aria-label={t('labels.remove', { name: one })}
                onClick={() => onChange(labels.filter((other) => other !== one))}
              >
                <Icon of={X} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        className={styles.input}
        list={`${id}-known`}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('labels.add')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if ((event.key === 'Enter' && text.trim() !== '') || event.key === ',') {
            event.preventDefault();
            event.stopPropagation();
            add();
          }
          if (event.key === 'Backspace' && text === '' && labels.length > 0) {
            onChange(labels.slice(0, -1));
          }
        }}
      />
      <datalist id={`${id}-known`}>
        {known
          .filter((one) => !labels.includes(one))
          .map((one) => (
            <option key={one} value={one} />
          ))}
      </datalist>
    </div>
  );
}

/** Labels in a row of a list. */
export function LabelChips({ labels }: { labels: readonly string[] }) {
  return (
    <span className={styles.inline} title={labels.join(', ')}>
      {labels.map((one) => (
        <span key={one} className={styles.small}>
          <bdi>{one}</bdi>
        </span>
      ))}
    </span>
  );
}
