// What a roster's keys reach beyond the rows: columns chosen on this device, names by their
// first letters, the actions of a row by the underlined letter, and the selection in the palette.

import { screen, waitFor, within } from '@testing-library/react';
import '../parts/ColumnsMenu.tsx';
import '../parts/Palette.tsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemory, people } from './memory.ts';
import { screenWidth } from './setup.ts';
import { addresses, calls, roster, show } from './show.tsx';

function heads(): string[] {
  // By the element: asking all cells for their roles takes long.
  const all = document.querySelectorAll('[role="columnheader"]');
  return [...all].map((head) => head.textContent ?? '');
}

beforeEach(() => localStorage.clear());

describe('the columns of a list', () => {
  it('are chosen by keyboard, stay for this device, and can be forgotten', async () => {
    const first = await show(createMemory());
    await roster();
    const { user } = first;
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{ArrowUp}');
    await user.keyboard('{ArrowRight>9/}');
    const button = screen.getByLabelText('Choose columns');
    await waitFor(() => expect(document.activeElement).toBe(button));
    await user.keyboard('{Enter}');
    const menu = await screen.findByRole('menu', { name: 'Columns' });
    const joined = within(menu).getByRole('menuitemcheckbox', { name: 'Joined' });
    expect(within(menu).queryByRole('menuitemcheckbox', { name: 'Name' })).toBeNull();
    const shown = joined.getAttribute('aria-checked') === 'true';
    await user.click(joined);
    await user.click(within(menu).getByRole('menuitemcheckbox', { name: 'Given by' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(heads().join()).toContain('Given by'));
    expect(heads().join().includes('Joined')).toBe(!shown);
    first.unmount();

    const again = await show(createMemory());
    await roster();
    expect(heads().join()).toContain('Given by');
    await again.user.click(screen.getByLabelText('Choose columns'));
    await again.user.click(await screen.findByRole('menuitem', { name: 'As at first' }));
    await waitFor(() => expect(heads().join()).not.toContain('Given by'));
    expect(heads().join().includes('Joined')).toBe(shown);
  });

  it('that make no sense in what was kept are left out', async () => {
    localStorage.setItem('muster.columns.members', '{"role":"no","status":false');
    await show(createMemory());
    await roster();
    expect(heads().join()).toContain('Status');
  });
});

describe('letters', () => {
  it('jump to the next name that starts so, wherever it is in the list', async () => {
    const memory = createMemory();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('the world has a workspace');
    at.members = people(300, at.view.row);
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    const letter = (at.members.at(-1)?.name ?? '').slice(0, 1);
    await user.keyboard(letter.toLowerCase());
    await waitFor(() =>
      expect(document.activeElement?.querySelector('bdi')?.textContent?.[0]).toBe(letter),
    );
    expect(calls(memory, 'memberStarting').length).toBeGreaterThan(0);
  });

  it('do nothing where single keys are off', async () => {
    localStorage.setItem('muster.single_keys', 'off');
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('z');
    expect(calls(memory, 'memberStarting')).toEqual([]);
  });

  it('underlined in the actions of a row do them', async () => {
    const { user } = await show(createMemory());
    await roster();
    screen.getAllByTestId('row')[2]?.focus();
    await user.keyboard('.');
    const menu = await screen.findByRole('menu');
    expect(menu.querySelector('[data-letter="r"]')?.textContent).toContain('Change role…');
    await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true));
    await user.keyboard('d');
    expect(await screen.findByRole('alertdialog')).toBeTruthy();
  });
});

describe('the palette', () => {
  it('begins with what can be done with the selected people', async () => {
    const { user } = await show(createMemory());
    await roster();
    screen.getAllByTestId('row')[2]?.focus();
    await user.keyboard(' {Shift>}{ArrowDown}{/Shift}');
    await waitFor(() => expect(screen.getByRole('toolbar').textContent).toContain('2 selected'));
    await user.keyboard('{Control>}k{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Search or run a command' });
    expect(await within(dialog).findByText('For the 2 selected people')).toBeTruthy();
    await user.type(within(dialog).getByRole('combobox'), 'kick');
    await waitFor(() => expect(within(dialog).getAllByRole('option')).toHaveLength(1));
    await user.keyboard('{Enter}');
    expect(await screen.findByText(/^Remove 2 people|2 people/)).toBeTruthy();
    expect(addresses().length).toBeGreaterThan(0);
  });
});

describe('a phone’s width', () => {
  it('U-28 opens the drawer for the key of the switcher', async () => {
    screenWidth.value = 500;
    const { user } = await show(createMemory());
    await roster();
    await user.keyboard('{Control>}o{/Control}');
    expect(await screen.findByRole('combobox', { name: 'Find a workspace' })).toBeTruthy();
  });
});
