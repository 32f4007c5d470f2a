// A moment typed part by part: a day, and the time of it in the reader's zone (ui.md 9).

import { t } from '../i18n/text.tsx';
import { DateParts, type Parts, partsOf } from '../primitives/DateParts.tsx';
import { TextField } from '../primitives/Field.tsx';
import styles from './moment.module.css';

/** What is typed. */
export interface Moment {
  day: Parts;
  time: string;
}

/** The parts of a moment. */
export function momentOf(at: number): Moment {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return { day: partsOf(at), time: `${two(date.getHours())}:${two(date.getMinutes())}` };
}

/** The moment that was typed; null where there is none. */
export function atOf({ day, time }: Moment): number | null {
  const clock = /^(\d{1,2}):(\d{2})$/.exec(time.trim());
  const [hour, minute] = [Number(clock?.[1]), Number(clock?.[2])];
  const [d, m, y] = [Number(day.day), Number(day.month), Number(day.year)];
  if (clock === null || hour > 23 || minute > 59 || y < 2000) return null;
  const date = new Date(y, m - 1, d, hour, minute);
  const real = date.getFullYear() === y && date.getMonth() === m - 1 && date.getDate() === d;
  return real ? date.getTime() : null;
}

interface Props {
  label: string;
  value: Moment;
  error?: string | undefined;
  onChange: (value: Moment) => void;
}

export function MomentField({ label, value, error, onChange }: Props) {
  return (
    <div className={styles.moment}>
      <DateParts
        label={label}
        value={value.day}
        error={error}
        onChange={(day) => onChange({ ...value, day })}
      />
      <TextField
        label={t('moment.time')}
        inputMode="numeric"
        maxLength={5}
        value={value.time}
        onFocus={(event) => event.target.select()}
        onChange={(event) => onChange({ ...value, time: event.target.value })}
      />
    </div>
  );
}
