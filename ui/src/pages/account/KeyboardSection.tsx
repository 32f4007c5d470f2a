// The keys that work everywhere, each of which can be another one on this device (ui.md 9).

import { type KeyboardEvent, useState } from 'react';
import {
  BOUND,
  type Bound,
  bindings,
  choose,
  forgetBindings,
  isChanged,
  pressed,
  written,
} from '../../app/bindings.ts';
import { useSpeech } from '../../app/speech.tsx';
import { t } from '../../i18n/text.tsx';
import { ListLine, Lines, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import styles from './account.module.css';

function nameOf(action: Bound): string {
  return t(`keyboard.does.${action}`);
}

export function KeyboardSection() {
  const [now, setNow] = useState(bindings);
  const [asked, setAsked] = useState<Bound | null>(null);
  const [no, setNo] = useState<string | null>(null);
  const { polite } = useSpeech();
  const stop = () => {
    setAsked(null);
    setNo(null);
  };
  const take = (action: Bound, event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      stop();
      return;
    }
    const keys = event.altKey ? event.key : pressed(event.nativeEvent);
    if (keys === null) return;
    const answer = choose(action, keys);
    if (answer === 'done') {
      setNow(bindings());
      stop();
      polite(t('keyboard.chosen', { does: nameOf(action), keys: written(keys) }));
    } else if (typeof answer === 'string') setNo(t(`keyboard.${answer}`, { keys: written(keys) }));
    else setNo(t('keyboard.by', { keys: written(keys), does: nameOf(answer.by) }));
  };
  return (
    <Section
      title={t('keyboard.title')}
      help={t('keyboard.help')}
      action={
        isChanged() && (
          <Button
            look="quiet"
            onClick={() => {
              forgetBindings();
              setNow(bindings());
              stop();
            }}
          >
            {t('keyboard.reset')}
          </Button>
        )
      }
    >
      <Lines label={t('keyboard.title')}>
        {BOUND.map((action) => (
          <ListLine
            key={action}
            name={nameOf(action)}
            note={
              asked === action && (
                <span role="status">{no ?? t('keyboard.press', { does: nameOf(action) })}</span>
              )
            }
          >
            <kbd className={styles.keys}>{written(now[action])}</kbd>
            <Button
              look="link"
              aria-label={t('keyboard.change_of', { does: nameOf(action) })}
              aria-pressed={asked === action}
              onClick={() => {
                setNo(null);
                setAsked(asked === action ? null : action);
              }}
              {...(asked === action
                ? { onKeyDown: (event: KeyboardEvent) => take(action, event), onBlur: stop }
                : {})}
            >
              {t('keyboard.change')}
            </Button>
          </ListLine>
        ))}
      </Lines>
    </Section>
  );
}
