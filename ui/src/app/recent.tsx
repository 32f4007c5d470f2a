// Ctrl+Tab walks through the workspaces that were open last, while Ctrl is held, as a system
// does with its windows (ui.md 4.1, 9). Letting go opens the chosen one; Escape leaves it.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Backend } from '../backend/backend.ts';
import type { WorkspaceRow } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { workspaceRoles } from '../parts/words.ts';
import { Tile } from '../primitives/Tile.tsx';
import { useActive, useSwitch } from './active.tsx';
import { useBackend } from './context.tsx';
import styles from './recent.module.css';
import { useSpeech } from './speech.tsx';
import { viewQuery, workspaceFilter, workspacesQuery } from './state.ts';

const MOST = 6;

type Client = ReturnType<typeof useQueryClient>;

/** The open one, those that this window was on before, and those that were opened last. */
async function recentRows(
  client: Client,
  backend: Backend,
  visited: readonly string[],
): Promise<WorkspaceRow[]> {
  const views = visited.slice(0, MOST).map((id) => client.fetchQuery(viewQuery(backend, id)));
  // What was left or removed meanwhile is no place to go.
  const here = (await Promise.allSettled(views)).flatMap((one) =>
    one.status === 'fulfilled' ? [one.value.row] : [],
  );
  const filter = workspaceFilter({ switcher: true });
  const listed = await client.fetchQuery(workspacesQuery(backend, filter, 0));
  const from = listed.pinned;
  const recent = listed.rows.slice(from, from + listed.recent);
  const all = [...here, ...recent];
  return all.filter((row, at) => all.findIndex((one) => one.id === row.id) === at).slice(0, MOST);
}

interface Walk {
  rows: readonly WorkspaceRow[];
  at: number;
}

const wrapped = (at: number, length: number) => ((at % length) + length) % length;

export function RecentWorkspaces() {
  const backend = useBackend();
  const client = useQueryClient();
  const { id } = useActive();
  const go = useSwitch();
  const { polite } = useSpeech();
  const [walk, setWalk] = useState<Walk | null>(null);
  const visited = useRef<string[]>([]);
  if (id !== null && visited.current[0] !== id) {
    visited.current = [id, ...visited.current.filter((one) => one !== id)];
  }
  // Presses may come before the rows are read, and Ctrl may be let go of by then.
  const held = useRef<{ steps: number; released: boolean; rows: readonly WorkspaceRow[] | null }>(
    null,
  );
  const now = useRef({ go, polite, id });
  now.current = { go, polite, id };
  useEffect(() => {
    const show = () => {
      const { current } = held;
      if (current === null || current.rows === null) return;
      const { rows } = current;
      const at = wrapped(current.steps, Math.max(1, rows.length));
      const row = rows[at];
      if (current.released) {
        held.current = null;
        setWalk(null);
        if (row !== undefined && row.id !== now.current.id) void now.current.go(row);
        return;
      }
      setWalk({ rows, at });
      if (row !== undefined) now.current.polite(row.name);
    };
    const begin = async () => {
      const mine = { steps: 0, released: false, rows: null as readonly WorkspaceRow[] | null };
      held.current = mine;
      try {
        mine.rows = await recentRows(client, backend, visited.current);
      } catch {
        if (held.current === mine) held.current = null;
        return;
      }
      if (held.current === mine) show();
    };
    const leave = () => {
      held.current = null;
      setWalk(null);
    };
    const press = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      if (event.key === 'Escape' && held.current !== null) {
        event.preventDefault();
        event.stopPropagation();
        leave();
        return;
      }
      if (event.key !== 'Tab' || !event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('[aria-modal="true"], [data-testid="dialog"]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      if (held.current === null) void begin();
      if (held.current !== null) held.current.steps += event.shiftKey ? -1 : 1;
      show();
    };
    const lift = (event: KeyboardEvent) => {
      if (event.key !== 'Control' || held.current === null) return;
      held.current.released = true;
      show();
    };
    window.addEventListener('keydown', press, true);
    window.addEventListener('keyup', lift, true);
    window.addEventListener('blur', leave);
    return () => {
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('keyup', lift, true);
      window.removeEventListener('blur', leave);
    };
  }, [backend, client]);
  if (walk === null) return null;
  return (
    <div className={styles.recent} data-testid="recent">
      <ul aria-label={t('switcher.walk')}>
        {walk.rows.map((row, at) => (
          <li
            key={row.id}
            aria-current={at === walk.at}
            className={styles.one}
            data-colour={row.colour}
          >
            <Tile letters={row.letters} colour={row.colour} />
            <bdi className={styles.name}>{row.name}</bdi>
            <span className={styles.role}>{workspaceRoles(row)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
