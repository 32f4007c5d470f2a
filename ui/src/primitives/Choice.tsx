// One of several, or some of several, each with a line of help. A refused choice keeps its
// place and its focus, says why, and does not take.

import { type ReactNode, useId } from 'react';
import styles from './choice.module.css';

export interface ChoiceItem {
  value: string;
  name: ReactNode;
  help?: ReactNode;
  /** At the end of the line: what it is now. */
  note?: ReactNode;
  /** Why it cannot be chosen. */
  reason?: ReactNode;
}

interface ChoiceProps {
  label: string;
  labelShown?: 'yes' | 'no';
  many: boolean;
  items: readonly ChoiceItem[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  onRefused?: (value: string) => void;
  error?: ReactNode;
}

function after(props: ChoiceProps, value: string): string[] {
  if (!props.many) return [value];
  return props.chosen.includes(value)
    ? props.chosen.filter((one) => one !== value)
    : [...props.chosen, value];
}

export function Choice(props: ChoiceProps) {
  const { label, labelShown = 'yes', many, items, chosen } = props;
  const id = useId();
  const press = (item: ChoiceItem) => {
    if (item.reason !== undefined && !(many && chosen.includes(item.value))) {
      props.onRefused?.(item.value);
      return;
    }
    props.onChange(after(props, item.value));
  };
  return (
    <fieldset className={styles.group} aria-describedby={props.error ? `${id}-error` : undefined}>
      <legend className={labelShown === 'yes' ? styles.label : 'visually-hidden'}>{label}</legend>
      {items.map((item) => {
        const described = [
          item.help !== undefined ? `${id}-${item.value}-help` : '',
          item.reason !== undefined ? `${id}-${item.value}-reason` : '',
        ].join(' ');
        return (
          <div key={item.value} className={styles.item} data-refused={item.reason !== undefined}>
            <label className={styles.line}>
              <input
                type={many ? 'checkbox' : 'radio'}
                className={styles.input}
                name={id}
                value={item.value}
                checked={chosen.includes(item.value)}
                aria-disabled={item.reason !== undefined || undefined}
                aria-describedby={described.trim() || undefined}
                onChange={() => press(item)}
              />
              <span className={styles.name}>{item.name}</span>
              {item.note !== undefined && <span className={styles.note}>{item.note}</span>}
            </label>
            {item.help !== undefined && (
              <span className={styles.help} id={`${id}-${item.value}-help`}>
                {item.help}
              </span>
            )}
            {item.reason !== undefined && (
              <span className={styles.reason} id={`${id}-${item.value}-reason`}>
                {item.reason}
              </span>
            )}
          </div>
        );
      })}
      {props.error ? (
        <div className={styles.error} id={`${id}-error`}>
          {props.error}
        </div>
      ) : null}
    </fieldset>
  );
}

export function Checkbox(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className={styles.line}>
      <input
        type="checkbox"
        className={styles.input}
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>{props.children}</span>
    </label>
  );
}
