// Notices: bottom left, one at a time, for as long as the person chose, held while pointed at or
// focused (ui.md 4.7).

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { t } from '../i18n/text.tsx';
import { Button, IconButton } from '../primitives/Button.tsx';
import styles from './notices.module.css';
import { useReading } from './reading.ts';
import { useSpeech } from './speech.tsx';

const SECOND = 1_000;
const ROOM = '--notice-room';

export interface Notice {
  text: string;
  action?: { label: string; run: () => void };
}

const NoticeContext = createContext<(notice: Notice | null) => void>(() => {});

/** Tells what happened; never used for what needs an answer. Null takes away what was told. */
export function useNotify(): (notice: Notice | null) => void {
  return useContext(NoticeContext);
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const { polite } = useSpeech();
  const notify = useCallback(
    (next: Notice | null) => {
      setNotice(next);
      if (next !== null) polite(next.text);
    },
    [polite],
  );
  const close = useCallback(() => setNotice(null), []);
  const shown = useMemo(() => notice, [notice]);
  return (
    <NoticeContext.Provider value={notify}>
      {children}
      {shown !== null && <NoticeBox notice={shown} onClose={close} />}
    </NoticeContext.Provider>
  );
}

/**
 * Tells the style sheets how high the notice is. In a narrow window a dialog is a page with its
 * buttons at the bottom, where the notice stands; it ends above it for as long as it is there.
 */
function useRoom() {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const { current } = box;
    if (current === null) return undefined;
    const measure = () => style.setProperty(ROOM, `${current.offsetHeight}px`);
    const watch = new ResizeObserver(measure);
    watch.observe(current);
    measure();
    return () => {
      watch.disconnect();
      style.removeProperty(ROOM);
    };
  }, []);
  return box;
}

function NoticeBox({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  const stays = useReading('notices');
  useEffect(() => {
    if (held || stays === 'closed') return undefined;
    const timer = setTimeout(onClose, Number(stays) * SECOND);
    return () => clearTimeout(timer);
  }, [held, stays, onClose]);
  const { action } = notice;
  const box = useRoom();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only holds the clock.
    <div
      ref={box}
      className={styles.notice}
      data-testid="notice"
      data-react-aria-top-layer
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{notice.text}</span>
      {action !== undefined && (
        <Button
          look="quiet"
          onClick={() => {
            onClose();
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t('action.close')} icon="close" onClick={onClose} />
    </div>
  );
}
