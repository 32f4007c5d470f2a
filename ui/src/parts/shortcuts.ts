// The keys of the window in one list (ui.md 9): what the shortcuts page shows and what stands
// beside a command of the palette.

import { isMac } from '../app/globalKeys.ts';

export interface Shortcut {
  /** The id of what it does. */
  does: string;
  keys: readonly string[];
}

const M = isMac ? '⌘' : 'Ctrl';

export const SHORTCUTS: readonly { where: string; list: readonly Shortcut[] }[] = [
  {
    where: 'everywhere',
    list: [
      { does: 'palette', keys: [`${M}+K`] },
      { does: 'switch', keys: [`${M}+O`] },
      { does: 'pinned', keys: [`${M}+1 … 9`] },
      { does: 'invite', keys: [`${M}+I`] },
      { does: 'pending', keys: [`${M}+Shift+P`] },
      { does: 'workspaces', keys: [`${M}+Shift+O`] },
      { does: 'manage', keys: [`${M}+,`] },
      { does: 'window', keys: [`${M}+N`] },
      { does: 'undo', keys: [`${M}+Z`] },
      { does: 'back', keys: [`${M}+[`, `${M}+]`] },
      { does: 'text', keys: [`${M}++`, `${M}+−`, `${M}+0`] },
      { does: 'areas', keys: ['F6', 'Shift+F6'] },
      { does: 'shortcuts', keys: ['F1', `${M}+/`] },
      { does: 'close', keys: ['Esc'] },
    ],
  },
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
      { does: 'copy', keys: [`${M}+C`] },
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
  { where: 'dialogs', list: [{ does: 'main', keys: ['Enter', `${M}+Enter`] }] },
];
