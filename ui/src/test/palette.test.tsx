// The command palette, the shortcuts page and the key that takes back (ui.md 4.2, 9).

import { screen, waitFor, within } from '@testing-library/react';
import '../parts/Palette.tsx';
import '../parts/Shortcuts.tsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { item, refused, text } from './world.ts';

async function open(memory: Memory) {
  const shown = await show(memory);
  await roster();
  await shown.user.keyboard('{Control>}k{/Control}');
  const dialog = await screen.findByRole('dialog', { name: 'Search or run a command' });
  return { ...shown, dialog, field: within(dialog).getByRole('combobox') };
}

function names(dialog: HTMLElement): string[] {
  return within(dialog)
    .queryAllByRole('option')
    .map((one) => one.querySelector('bdi')?.textContent ?? '');
}

beforeEach(() => localStorage.removeItem('muster.commands'));

describe('the palette', () => {
  it('opens with its field focused, and knows other words for a command', async () => {
    const { user, dialog, field, router } = await open(createMemory());
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.type(field, '>audit log');
    await waitFor(() => expect(names(dialog)).toEqual(['History']));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/history'));
  });

  it('keeps what is refused, with its reason, and does not run it', async () => {
    const memory = createMemory();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('the world has a workspace');
    at.view = {
      ...at.view,
      leave: refused('r6.leave', 'R6', { workspace: text('Northwind Retail') }),
    };
    const { user, dialog, field, router } = await open(memory);
    await user.type(field, '>leave');
    const option = await within(dialog).findByRole('option');
    expect(option.getAttribute('aria-disabled')).toBe('true');
    expect(option.textContent).toContain('You’re the only owner of Northwind Retail');
    await noViolations();
    await user.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe('/w/w1/members');
    expect(screen.getByRole('dialog')).toBeTruthy();
  });

  it('finds workspaces by # and people by @, and does to a person what a verb says', async () => {
    const { user, dialog, field } = await open(createMemory());
    await user.type(field, '#acme');
    await waitFor(() => expect(names(dialog)).toEqual(['Acme Health']));
    await user.clear(field);
    await user.type(field, '@kick adaeze okafor');
    await waitFor(() => expect(names(dialog)).toEqual(['Remove Adaeze Okafor from the workspace']));
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('alertdialog', { name: /^Remove Adaeze Okafor/ })).toBeTruthy();
  });

  it('shows the last commands before anything is typed', async () => {
    const memory = createMemory();
    const { user, field } = await open(memory);
    await user.type(field, '>pending');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('{Control>}k{/Control}');
    const again = await screen.findByRole('dialog', { name: 'Search or run a command' });
    expect(names(again)).toEqual(['Pending']);
  });
});

describe('other keys', () => {
  it('F1 lists the keys, always in the same place', async () => {
    const { user } = await show(createMemory());
    await roster();
    await user.keyboard('{F1}');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(dialog.textContent).toContain('Ctrl+K');
    await noViolations();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('e44 Mod+Z takes back the newest change that is not on its way', async () => {
    const memory = createMemory();
    memory.pending.not_sent = [item(3), item(5), item(6, { sending: true })];
    const { user } = await show(memory);
    await roster();
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(calls(memory, 'pendingUndo')).toEqual([[5]]));
    expect((await screen.findByTestId('notice')).textContent).toContain('Taken back: ');
  });

  it('e44 Mod+Z with nothing unsent says so and changes nothing', async () => {
    const memory = createMemory();
    memory.pending.not_sent = [];
    const { user } = await show(memory);
    await roster();
    await user.keyboard('{Control>}z{/Control}');
    expect((await screen.findByTestId('notice')).textContent).toContain('nothing to take back');
    expect(calls(memory, 'pendingUndo')).toHaveLength(0);
  });
});
