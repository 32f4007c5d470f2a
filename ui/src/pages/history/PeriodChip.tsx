// Narrowing the history to a period. Nothing is hidden to begin with: all time, newest first.

import { useState } from 'react';
import { date } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ChipPopover } from '../../parts/ChipPopover.tsx';
import chip from '../../parts/chip.module.css';
import { Button } from '../../primitives/Button.tsx';
import { DateParts, endOfDay, partsOf } from '../../primitives/DateParts.tsx';

const DAY = 86_400_000;
const DAYS = [1, 7, 30, 90, 365] as const;

export interface Period {
  from: number | null;
  to: number | null;
}

interface Props {
  period: Period;
  onChange: (period: Period) => void;
}

function periodText({ from, to }: Period): string {
  if (from === null && to === null) return t('history.all_time');
  if (to === null) return t('history.since', { date: date(from ?? 0) });
  // The end is the first moment that is not in it.
  const last = date(to - 1);
  return from === null
    ? t('history.until', { date: last })
    : t('history.between', { from: date(from), to: last });
}

export function PeriodChip({ period, onChange }: Props) {
  const chosen = period.from !== null || period.to !== null;
  return (
    <ChipPopover name={periodText(period)} label={t('history.when')} chosen={chosen}>
      {(close) => (
        <Form
          period={period}
          onChange={(next) => {
            onChange(next);
            close();
          }}
        />
      )}
    </ChipPopover>
  );
}

function Form({ period, onChange }: Props) {
  const [from, setFrom] = useState(partsOf(period.from ?? Date.now() - 30 * DAY));
  const [to, setTo] = useState(partsOf(period.to === null ? Date.now() : period.to - 1));
  const [asked, setAsked] = useState(false);
  const [first, last] = [endOfDay(from), endOfDay(to)];
  const wrong = first === null || last === null || first > last;
  const apply = () => {
    setAsked(true);
    if (first === null || last === null || wrong) return;
    onChange({ from: new Date(first).setHours(0, 0, 0, 0), to: last + 60_000 });
  };
  return (
    <>
      <div className={chip.options}>
        <button
          type="button"
          className={chip.option}
          aria-pressed={period.from === null && period.to === null}
          onClick={() => onChange({ from: null, to: null })}
        >
          {t('history.all_time')}
        </button>
        {DAYS.map((days) => (
          <button
            key={days}
            type="button"
            className={chip.option}
            onClick={() => onChange({ from: Date.now() - days * DAY, to: null })}
          >
            {t('history.last_days', { n: days })}
          </button>
        ))}
      </div>
      <DateParts label={t('history.from')} value={from} onChange={setFrom} />
      <DateParts
        label={t('history.to')}
        value={to}
        error={asked && wrong ? t('history.period_wrong') : undefined}
        onChange={setTo}
      />
      <div className={chip.row}>
        <Button look="main" onClick={apply}>
          {t('history.show_period')}
        </Button>
      </div>
    </>
  );
}
