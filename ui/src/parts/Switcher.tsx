// The workspace switcher (ui.md 4.1): every workspace with a role, a check mark on the open
// one, Create and Manage Workspaces at the bottom. The focus stays in its field.

import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check, ChevronDown } from 'lucide-react';
import {
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { useActive, useActiveView, useNewWindow, useSwitch } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { mod, useRequest } from '../app/globalKeys.ts';
import { paths } from '../app/paths.ts';
import { usePin } from '../app/pinned.ts';
import { useAppState, workspaceFilter, workspacesQuery } from '../app/state.ts';
import type { WorkspacePage, WorkspaceRow } from '../backend/types.ts';
import { count, date, whole } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Icon } from '../primitives/Icon.tsx';
import { Tile } from '../primitives/Tile.tsx';
import { MarkSign } from './MarkSign.tsx';
import styles from './switcher.module.css';
import { GROUPED_FROM, type SwitcherHead, switcherEntries } from './switcherEntries.ts';
import { useTextScale } from './useTextScale.ts';
import { useWindowed } from './useWindowed.ts';
import { workspaceRoles } from './words.ts';

const WhyHere = lazy(() => import('./WhyHere.tsx').then((one) => ({ default: one.WhyHere })));

const ROW = 40;
const HEAD = 28;

export function Switcher({ place }: { place: 'bar' | 'drawer' }) {
  const row = useActiveView()?.row;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  useRequest(
    'switcher',
    useCallback(() => setOpen(true), []),
  );
  return (
    <>
      <button
        type="button"
        ref={button}
        className={`${styles.button} ${styles[place]}`}
        data-testid="switcher"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen((now) => !now)}
      >
        {row === undefined ? (
          <span className={styles.name}>{t('switcher.none')}</span>
        ) : (
          <>
            <Tile letters={row.letters} colour={row.colour} />
            <span className={styles.name}>
              <bdi>{row.name}</bdi>
            </span>
            <span className={styles.role}>{workspaceRoles(row)}</span>
          </>
        )}
        <Icon of={ChevronDown} />
      </button>
      <Popover
        className={styles.popover ?? ''}
        triggerRef={button}
        isOpen={open}
        onOpenChange={setOpen}
        placement="bottom start"
        offset={4}
      >
        <Dialog aria-label={t('switcher.title')} className={styles.dialog ?? ''}>
          <SwitcherBody onClose={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </>
  );
}

// The list, or for one of its workspaces why it is there; back in the list the text is kept.
function SwitcherBody({ onClose }: { onClose: () => void }) {
  const [asked, setAsked] = useState<WorkspaceRow | null>(null);
  const [text, setText] = useState('');
  if (asked === null) {
    return <SwitcherList text={text} onText={setText} onWhy={setAsked} onClose={onClose} />;
  }
  return (
    <Suspense fallback={null}>
      <WhyHere row={asked} onBack={() => setAsked(null)} />
    </Suspense>
  );
}

interface ListProps {
  text: string;
  onText: (text: string) => void;
  onWhy: (row: WorkspaceRow) => void;
  onClose: () => void;
}

// With one workspace there is no field, and the list itself takes the focus.
function focusOnce(element: HTMLElement | null): void {
  element?.focus();
}

function SwitcherList({ text, onText, onWhy, onClose }: ListProps) {
  const backend = useBackend();
  const navigate = useNavigate();
  const { id: open } = useActive();
  const go = useSwitch();
  const mayCreate = (useAppState()?.me?.accounts.length ?? 0) > 0;
  const listId = useId();
  const newWindow = useNewWindow();
  const [chosen, setChosen] = useState<number | null>(null);
  const pin = usePin();
  const list = useWindowed<WorkspacePage, WorkspaceRow>({
    scope: 'switcher',
    key: text,
    page: (n) => workspacesQuery(backend, workspaceFilter({ text, switcher: true }), n),
  });
  const total = list.head?.total ?? 0;
  const matched = list.head?.matched ?? 0;
  const grouped = text === '' && list.shown === '' && total >= GROUPED_FROM;
  const entries = switcherEntries({
    matched,
    pinned: list.head?.pinned ?? 0,
    recent: list.head?.recent ?? 0,
    grouped,
  });
  const at = entries.nearest(chosen ?? 0, 1);
  const scroller = useRef<HTMLDivElement>(null);
  const scale = useTextScale();
  const rows = useVirtualizer({
    count: entries.count,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => scale * (entries.at(place).what === 'head' ? HEAD : ROW),
    overscan: 8,
  });
  const heads = entries.count - entries.options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: heads are lower than rows.
  useEffect(() => rows.measure(), [heads, scale, rows]);
  const items = rows.getVirtualItems();
  const listed = items.flatMap((item) => {
    const entry = entries.at(item.index);
    return entry.what === 'listed' ? [entry.index] : [];
  });
  const first = listed[0] ?? 0;
  const last = listed.at(-1) ?? 0;
  const { look } = list;
  useEffect(() => look(first, last), [look, first, last]);

  const rowAt = (place: number): WorkspaceRow | undefined => {
    const entry = entries.at(place);
    if (entry.what === 'head') return undefined;
    return list.row(entry.index);
  };
  const choose = (place: number) => {
    const row = rowAt(place);
    if (row === undefined) return;
    onClose();
    if (row.id !== open) void go(row);
  };
  const move = (place: number) => {
    const next = entries.nearest(place, place < at ? -1 : 1);
    setChosen(next);
    rows.scrollToIndex(next);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      move(step);
    } else if (mod(event) && (event.key === 'Home' || event.key === 'End')) {
      event.preventDefault();
      move(event.key === 'Home' ? 0 : entries.count - 1);
    } else if (mod(event) && event.key.toLowerCase() === 'p') {
      event.preventDefault();
      const row = rowAt(at);
      if (row !== undefined) void pin(row);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const row = rowAt(at);
      if (row !== undefined && event.altKey) onWhy(row);
      else if (row !== undefined && mod(event)) {
        onClose();
        void newWindow(row);
      } else choose(at);
    }
  };
  const alone = total <= 1;
  const keys = {
    'aria-activedescendant': matched > 0 ? `${listId}-${at}` : undefined,
    onKeyDown: press,
  };
  return (
    <div className={styles.list}>
      {!alone && (
        <input
          type="text"
          role="combobox"
          className={styles.field}
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-label={t('switcher.find')}
          placeholder={t('switcher.find')}
          // biome-ignore lint/a11y/noAutofocus: the switcher opens for its field (ui.md 4.1).
          autoFocus
          spellCheck={false}
          value={text}
          onChange={(event) => {
            onText(event.target.value);
            setChosen(null);
          }}
          {...keys}
        />
      )}
      <div className={styles.scroller} ref={scroller}>
        <div
          id={listId}
          role="listbox"
          aria-label={t('nav.workspaces')}
          className={styles.options}
          style={{ blockSize: rows.getTotalSize() }}
          {...(alone ? { tabIndex: 0, ref: focusOnce, ...keys } : { tabIndex: -1 })}
        >
          {items.map((item) => {
            const entry = entries.at(item.index);
            if (entry.what === 'head') {
              return <Head key={entry.head} head={entry.head} n={matched} top={item.start} />;
            }
            return (
              <Option
                key={item.index}
                id={`${listId}-${item.index}`}
                row={rowAt(item.index)}
                index={item.index}
                position={entries.position(item.index)}
                of={entries.options}
                top={item.start}
                focused={item.index === at}
                open={open}
                onChoose={choose}
              />
            );
          })}
        </div>
        {list.head !== undefined && matched === 0 && (
          <p className={styles.nothing}>{t('switcher.nothing')}</p>
        )}
      </div>
      <div className={styles.foot}>
        <Button
          look="quiet"
          onClick={() => {
            onClose();
            void navigate(paths.workspaces());
          }}
        >
          {t('switcher.manage')}
        </Button>
        <span className={styles.matches} aria-live="polite">
          {text !== '' && t('switcher.matches', { n: matched, shown: count(matched) })}
        </span>
        {mayCreate && (
          <Button
            look="quiet"
            onClick={() => {
              onClose();
              void navigate(paths.workspaces({ create: true }));
            }}
          >
            {t('workspace.create')}
          </Button>
        )}
      </div>
    </div>
  );
}

// Heads are for the eye; the options say their place by themselves.
function Head({ head, n, top }: { head: SwitcherHead; n: number; top: number }) {
  return (
    <div
      className={styles.head}
      role="presentation"
      data-head={head}
      style={{ transform: `translateY(${top}px)` }}
    >
      {t(`switcher.${head}`, { n, shown: count(n) })}
    </div>
  );
}

interface OptionProps {
  id: string;
  row: WorkspaceRow | undefined;
  index: number;
  position: number;
  of: number;
  top: number;
  focused: boolean;
  open: string | null;
  onChoose: (index: number) => void;
}

function Option(props: OptionProps) {
  const { id, row, index, position, of, top, focused, open, onChoose } = props;
  const active = row !== undefined && row.id === open;
  return (
    // The keys are those of the field, which keeps the focus (ui.md 10.3).
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-setsize={of}
      aria-posinset={position}
      className={styles.option}
      data-focused={focused || undefined}
      data-workspace={row?.id}
      style={{ transform: `translateY(${top}px)` }}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(index)}
    >
      {row !== undefined && <OptionBody row={row} active={active} />}
    </div>
  );
}

function OptionBody({ row, active }: { row: WorkspaceRow; active: boolean }) {
  return (
    <>
      <span className={styles.check}>
        {active && (
          <>
            <Icon of={Check} />
            <span className="visually-hidden">{t('switcher.open')}</span>
          </>
        )}
      </span>
      <Tile letters={row.letters} colour={row.colour} />
      <span className={styles.optionName}>
        <bdi>{row.name}</bdi>
        {row.same_name && (
          <span className={styles.account}>
            {' '}
            · <bdi>{row.account_name}</bdi>
          </span>
        )}
      </span>
      {row.pinned !== null && row.pinned <= 9 && (
        <span className={styles.hint} title={t('workspace.pinned')}>
          {t('switcher.pin_key', { n: row.pinned })}
        </span>
      )}
      {row.locked && <span className={styles.hint}>{t('workspace.locked')}</span>}
      {row.plan_ended && <span className={styles.hint}>{t('switcher.plan_ended')}</span>}
      {row.ends !== null && (
        <span className={styles.hint} title={whole(row.ends)}>
          {t('switcher.ends', { date: date(row.ends) })}
        </span>
      )}
      {row.kind === 'personal' && <span className={styles.hint}>{t('workspace.personal')}</span>}
      {row.not_sent > 0 && (
        <span className={styles.waits} title={t('status.not_sent', { n: row.not_sent })}>
          <MarkSign mark="not_sent" />
          {row.not_sent}
        </span>
      )}
      {row.needs_you > 0 && (
        <span className={styles.waits} title={t('status.needs_you', { n: row.needs_you })}>
          <MarkSign mark="needs_you" />
          {row.needs_you}
        </span>
      )}
      {row.refused > row.needs_you && (
        <span
          className={styles.waits}
          title={t('status.refused', { n: row.refused - row.needs_you })}
        >
          <MarkSign mark="refused" />
          {row.refused - row.needs_you}
        </span>
      )}
      <span className={styles.optionRole}>{row.locked ? '' : workspaceRoles(row)}</span>
    </>
  );
}
