// The command palette (ui.md 4.2): one field; commands here, places to go, workspaces, people.
// `>` limits to commands, `@` to people, `#` to workspaces. The focus stays in the field.

import '../i18n/later.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { useActive, useActiveView, useSwitch } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { type MembersTask, paths } from '../app/paths.ts';
import { selectedNow } from '../app/selected.ts';
import { useSpeech } from '../app/speech.tsx';
import { membersQuery, workspaceFilter, workspacesQuery } from '../app/state.ts';
import { t } from '../i18n/text.tsx';
import { membersFilter } from '../pages/membersFilter.ts';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import styles from './palette.module.css';
import { useCommands } from './useCommands.ts';
import { personName, workspaceRoles } from './words.ts';

type Section = 'selected' | 'recent' | 'here' | 'go' | 'workspaces' | 'people';

interface Line {
  id: string;
  section: Section;
  name: string;
  note?: string | undefined;
  reason: string | null;
  run: () => void;
}

const EACH = 8;
const RECENT = 5;
const KEPT = 'muster.commands';

function recentIds(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

// What somebody may say for an action on a person; the action opens on that person.
const VERBS: readonly { task: MembersTask; id: string }[] = [
  { task: 'remove', id: 'remove' },
  { task: 'suspend', id: 'suspend' },
  { task: 'role', id: 'role' },
];

interface Asked {
  only: 'commands' | 'people' | 'workspaces' | null;
  text: string;
}

function read(typed: string): Asked {
  const only = ({ '>': 'commands', '@': 'people', '#': 'workspaces' } as const)[typed[0] ?? ''];
  return only === undefined
    ? { only: null, text: typed.trim() }
    : { only, text: typed.slice(1).trim() };
}

export function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const { assertive } = useSpeech();
  const id = useId();
  const asked = read(typed);
  const lines = useLines(asked);
  const focused = Math.min(at, Math.max(0, lines.length - 1));
  const choose = (line: Line | undefined) => {
    if (line === undefined) return;
    if (line.reason !== null) {
      assertive(line.reason);
      return;
    }
    onClose();
    line.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(lines.length - 1, focused + step));
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView?.({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(lines[focused]);
    }
  };
  return (
    <Dialog
      title={t('palette.title')}
      size="wide"
      onClose={onClose}
      buttons={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      <input
        type="text"
        role="combobox"
        className={styles.field}
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={lines.length > 0 ? `${id}-${focused}` : undefined}
        aria-label={t('palette.find')}
        placeholder={t('palette.find')}
        autoFocus
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={id} role="listbox" aria-label={t('palette.title')} className={styles.list}>
        {lines.map((line, index) => (
          <Entry
            key={line.id}
            line={line}
            id={`${id}-${index}`}
            headed={lines[index - 1]?.section !== line.section}
            focused={index === focused}
            onChoose={choose}
          />
        ))}
      </div>
      {lines.length === 0 && <p className={styles.note}>{t('palette.nothing')}</p>}
    </Dialog>
  );
}

interface EntryProps {
  line: Line;
  id: string;
  headed: boolean;
  focused: boolean;
  onChoose: (line: Line) => void;
}

function Entry({ line, id, headed, focused, onChoose }: EntryProps) {
  return (
    <>
      {headed && (
        <div className={styles.head} role="presentation">
          {t(`palette.${line.section}`, { n: selectedNow()?.n ?? 0 })}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field. */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={focused}
        aria-disabled={line.reason !== null || undefined}
        data-focused={focused || undefined}
        className={styles.option}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => onChoose(line)}
      >
        <span className={styles.what}>
          <bdi>{line.name}</bdi>
          {line.reason !== null && <span className={styles.reason}>{line.reason}</span>}
        </span>
        {line.note !== undefined && <span className={styles.note}>{line.note}</span>}
      </div>
    </>
  );
}

function useLines({ only, text }: Asked): Line[] {
  const commands = useCommandLines(text);
  const selected = useSelectedLines(text);
  const workspaces = useWorkspaceLines(text, only === null || only === 'workspaces');
  const people = usePeopleLines(text, only === null || only === 'people');
  return [
    ...(only === null || only === 'commands' ? [...selected, ...commands] : []),
    ...(only === null || only === 'workspaces' ? workspaces : []),
    ...(only === null || only === 'people' ? people : []),
  ];
}

function useCommandLines(text: string): Line[] {
  const all = useCommands();
  const [recent] = useState(recentIds);
  const words = plain(text).split(/\s+/).filter(Boolean);
  const lineOf = (id: string, section: Section): Line[] => {
    const found = all.find((one) => one.id === id);
    if (found === undefined) return [];
    const run = () => {
      const next = [id, ...recentIds().filter((one) => one !== id)].slice(0, RECENT);
      localStorage.setItem(KEPT, JSON.stringify(next));
      found.run();
    };
    const { name, keys, reason } = found;
    return [{ id: `cmd ${id}`, section, name, note: keys, reason, run }];
  };
  if (words.length === 0 && recent.length > 0) {
    return recent.flatMap((id) => lineOf(id, 'recent'));
  }
  const fits = (one: { name: string; words: string }) => {
    const said = plain(`${one.name} ${one.words}`).split(/\s+/);
    return words.every((word) => said.some((other) => other.startsWith(word)));
  };
  return (['here', 'go'] as const).flatMap((section) =>
    all
      .filter((one) => one.section === section && fits(one))
      .slice(0, EACH)
      .flatMap((one) => lineOf(one.id, section)),
  );
}

// What can be done with the people who were selected when the palette opened.
function useSelectedLines(text: string): Line[] {
  const [selected] = useState(selectedNow);
  const words = plain(text).split(/\s+/).filter(Boolean);
  return (selected?.actions ?? []).flatMap(({ id, run }) => {
    const name = t(`member.${SELECTED[id]}`);
    const said = plain(`${name} ${t(`cmd.verb.${id}.words`)}`).split(/\s+/);
    const fits = words.every((word) => said.some((other) => other.startsWith(word)));
    return fits ? [{ id: `sel ${id}`, section: 'selected', name, reason: null, run }] : [];
  });
}

const SELECTED = {
  role: 'change_role',
  suspend: 'suspend',
  remove: 'remove',
  end: 'set_end',
} as const;

function useWorkspaceLines(text: string, on: boolean): Line[] {
  const backend = useBackend();
  const go = useSwitch();
  const enabled = on && text !== '';
  const filter = workspaceFilter({ text, switcher: true });
  const rows = useQuery({ ...workspacesQuery(backend, filter, 0), enabled }).data?.rows ?? [];
  if (!enabled) return [];
  return rows.slice(0, EACH).map((row) => ({
    id: `w ${row.id}`,
    section: 'workspaces',
    name: row.name,
    note: workspaceRoles(row),
    reason: null,
    run: () => void go(row),
  }));
}

function usePeopleLines(text: string, on: boolean): Line[] {
  const backend = useBackend();
  const navigate = useNavigate();
  const { id } = useActive();
  const view = useActiveView();
  const [first = '', ...rest] = text.split(/\s+/);
  const said = (one: { id: string }) => t(`cmd.verb.${one.id}.words`).split(' ');
  const verb =
    rest.length === 0 ? undefined : VERBS.find((one) => said(one).includes(plain(first)));
  const q = verb === undefined ? text : rest.join(' ');
  const enabled = on && q !== '' && id !== null && view?.sees_members === true;
  const filter = membersFilter(id ?? '', { q });
  const rows = useQuery({ ...membersQuery(backend, filter, 0), enabled }).data?.rows ?? [];
  if (!enabled || id === null) return [];
  return rows.slice(0, EACH).map((row) => {
    const name = personName(row);
    const task = verb === undefined ? {} : { task: verb.task };
    return {
      id: `p ${row.id}`,
      section: 'people',
      name: verb === undefined ? name : t(`cmd.verb.${verb.id}`, { name }),
      note: row.address,
      reason: null,
      run: () => void navigate(paths.members(id, { open: row.id, ...task })),
    };
  });
}
