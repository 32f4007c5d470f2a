// A date typed part by part (ui.md 9): day, month and year in the order of the language, each
// a number that the arrows turn. Only the year can be long in coming, so nothing is guessed.

import { type KeyboardEvent, useId } from 'react';
import { LOCALE, t } from '../i18n/text.tsx';
import styles from './date.module.css';

export interface Parts {
  day: string;
  month: string;
  year: string;
}

type Part = keyof Parts;

const LIMITS: Record<Part, readonly [number, number]> = {
  day: [1, 31],
  month: [1, 12],
  year: [2000, 2999],
};

const ORDER: readonly Part[] = new Intl.DateTimeFormat(LOCALE, {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
})
  .formatToParts(0)
  .flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type] : []));

/** The parts of a moment, in the reader's zone. */
export function partsOf(moment: number): Parts {
  const date = new Date(moment);
  return {
    day: String(date.getDate()),
    month: String(date.getMonth() + 1),
    year: String(date.getFullYear()),
  };
}

/** The last minute of the day that was typed; null where there is no such day. */
export function endOfDay(parts: Parts): number | null {
  const [day, month, year] = [Number(parts.day), Number(parts.month), Number(parts.year)];
  const date = new Date(year, month - 1, day, 23, 59);
  const real =
    date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day;
  return real && year >= LIMITS.year[0] ? date.getTime() : null;
}

interface Props {
  label: string;
  value: Parts;
  error?: string | undefined;
  onChange: (value: Parts) => void;
}

export function DateParts({ label, value, error, onChange }: Props) {
  const id = useId();
  const turn = (part: Part, step: number) => {
    const [least, most] = LIMITS[part];
    const now = Number(value[part]) || least;
    const next = part === 'year' ? now + step : ((now - least + step + most) % most) + least;
    onChange({ ...value, [part]: String(Math.min(most, Math.max(least, next))) });
  };
  const press = (part: Part) => (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    turn(part, event.key === 'ArrowUp' ? 1 : -1);
  };
  return (
    <fieldset className={styles.date} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={styles.label}>{label}</legend>
      <span className={styles.parts}>
        {ORDER.map((part) => (
          <span key={part} className={styles.part}>
            <label htmlFor={`${id}-${part}`}>{t(`date.${part}`)}</label>
            <input
              id={`${id}-${part}`}
              className={styles[part]}
              role="spinbutton"
              aria-valuenow={Number(value[part]) || undefined}
              aria-valuemin={LIMITS[part][0]}
              aria-valuemax={LIMITS[part][1]}
              aria-invalid={error ? true : undefined}
              inputMode="numeric"
              autoComplete="off"
              maxLength={part === 'year' ? 4 : 2}
              value={value[part]}
              onFocus={(event) => event.target.select()}
              onChange={(event) =>
                onChange({ ...value, [part]: event.target.value.replace(/\D/g, '') })
              }
              onKeyDown={press(part)}
            />
          </span>
        ))}
      </span>
      {error !== undefined && (
        <span className={styles.error} id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </fieldset>
  );
}
