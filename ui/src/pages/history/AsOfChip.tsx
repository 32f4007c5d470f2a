// *As of*: the moment at which a roster is looked at (ui.md 5.2).

import '../../i18n/later.ts';
import { useState } from 'react';
import { useAppState } from '../../app/state.ts';
import { moment as dayAndTime } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ChipPopover } from '../../parts/ChipPopover.tsx';
import chip from '../../parts/chip.module.css';
import { atOf, MomentField, momentOf } from '../../parts/MomentField.tsx';
import { Button } from '../../primitives/Button.tsx';

interface Props {
  /** Null is now. */
  at: number | null;
  onChange: (at: number | null) => void;
}

export function AsOfChip({ at, onChange }: Props) {
  const name = at === null ? t('asof.now') : t('asof.then', { time: dayAndTime(at) });
  return (
    <ChipPopover name={name} label={t('asof.choose')} chosen={at !== null}>
      {(close) => (
        <Form
          at={at}
          onChange={(next) => {
            onChange(next);
            close();
          }}
        />
      )}
    </ChipPopover>
  );
}

function Form({ at, onChange }: Props) {
  const state = useAppState()?.connection;
  const [moment, setMoment] = useState(() => momentOf(at ?? Date.now()));
  const [asked, setAsked] = useState(false);
  const typed = atOf(moment);
  const offline = state?.state === 'offline' && state.last_contact !== null;
  const latest = offline ? (state.last_contact ?? 0) : Date.now();
  const late = typed !== null && typed > latest;
  const error =
    typed === null ? 'asof.wrong' : offline ? 'compare.after_contact' : 'compare.future';
  const show = () => {
    setAsked(true);
    if (typed !== null && !late) onChange(typed);
  };
  return (
    <>
      <MomentField
        label={t('asof.choose')}
        value={moment}
        error={asked && (typed === null || late) ? t(error) : undefined}
        onChange={setMoment}
      />
      <div className={chip.row}>
        <Button look="main" onClick={show}>
          {t('asof.show')}
        </Button>
        {at !== null && (
          <Button look="quiet" onClick={() => onChange(null)}>
            {t('asof.back')}
          </Button>
        )}
      </div>
    </>
  );
}
