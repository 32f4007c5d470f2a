// The keys of the window in one list (ui.md 9): what the shortcuts page shows and what stands
// beside a command of the palette.

import { type Bound, bindings, written } from '../app/bindings.ts';
import { isMac } from '../app/platform.ts';

export interface Shortcut {
  /** The id of what it does. */
  does: string;
  keys: readonly string[];
}

const M = isMac ? '⌘' : 'Ctrl';

interface Group {
  where: string;
  list: readonly Shortcut[];
}

/** Every key as it is now, by where it acts. */
export function shortcuts(): readonly Group[] {
  const now = bindings();
  const of = (...actions: Bound[]) => actions.map((one) => written(now[one]));
  return [{ where: 'everywhere', list: everywhere(of) }, ...FIXED];
}

function everywhere(of: (...actions: Bound[]) => string[]): readonly Shortcut[] {
  return [
    { does: 'palette', keys: of('palette') },
    { does: 'switch', keys: of('switch') },
    { does: 'pinned', keys: [`${M}+1 … 9`] },
    { does: 'recent', keys: ['Ctrl+Tab', 'Ctrl+Shift+Tab'] },
    { does: 'invite', keys: of('invite') },
    { does: 'pending', keys: of('pending') },
    { does: 'workspaces', keys: of('workspaces') },
    { does: 'manage', keys: of('manage') },
    { does: 'window', keys: of('window') },
    { does: 'undo', keys: of('undo') },
    { does: 'redo', keys: of('redo') },
    { does: 'back', keys: of('back', 'forward') },
    { does: 'text', keys: [`${M}++`, `${M}+−`, `${M}+0`] },
    { does: 'areas', keys: ['F6', 'Shift+F6'] },
    { does: 'shortcuts', keys: ['F1', ...of('shortcuts')] },
    { does: 'close', keys: ['Esc'] },
  ];
}

const FIXED: readonly Group[] = [
  {
    where: 'lists',
    list: [
      { does: 'move', keys: ['↑', '↓', 'PgUp', 'PgDn'] },
      { does: 'ends', keys: ['Home', 'End', `${M}+Home`, `${M}+End`] },
      { does: 'letters', keys: ['A … Z'] },
      { does: 'open', keys: ['Enter'] },
      { does: 'select', keys: ['Space', 'Shift+↑↓', `${M}+A`] },
      { does: 'filter', keys: ['/', `${M}+F`] },
      { does: 'actions', keys: ['.', 'Shift+F10'] },
      { does: 'letter', keys: ['r', 's', 'd', 'e', 'l', 'w', 'h'] },
      { does: 'rename', keys: ['F2'] },
      { does: 'remove', keys: ['Delete'] },
      { does: 'cells', keys: ['←', '→'] },
      { does: 'copy', keys: [`${M}+C`] },
      { does: 'copy_rows', keys: [`${M}+Shift+C`] },
    ],
  },
  {
    where: 'switcher',
    list: [
      { does: 'choose', keys: ['↑', '↓', 'Enter'] },
      { does: 'pin', keys: [`${M}+P`] },
      { does: 'in_window', keys: [`${M}+Enter`] },
      { does: 'why', keys: ['Alt+Enter'] },
    ],
  },
  {
    where: 'review',
    list: [
      { does: 'decide', keys: ['K', 'C', 'R', 'U'] },
      { does: 'undecided', keys: ['N', 'P'] },
    ],
  },
  { where: 'dialogs', list: [{ does: 'main', keys: ['Enter', `${M}+Enter`] }] },
];
