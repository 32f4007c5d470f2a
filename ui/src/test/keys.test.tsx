// The keys of ui.md 9 that reach over the whole window: recent workspaces while held, making
// again what was taken back, rows as text, and keys that somebody chose.

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import '../parts/Shortcuts.tsx';
import '../pages/account/pages.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemory, place } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { item } from './world.ts';

beforeEach(() => localStorage.clear());

function names(): string[] {
  return within(screen.getByTestId('recent'))
    .getAllByRole('listitem')
    .map((one) => one.querySelector('bdi')?.textContent ?? '');
}

function chosen(): string {
  return screen.getByTestId('recent').querySelector('[aria-current="true"] bdi')?.textContent ?? '';
}

async function visit(user: Awaited<ReturnType<typeof show>>['user'], name: string) {
  await user.keyboard('{Control>}o{/Control}');
  await screen.findByRole('combobox', { name: 'Find a workspace' });
  await user.keyboard(name);
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByTestId('switcher').textContent).toContain(name));
}

describe('Ctrl+Tab', () => {
  it('U-31 walks through the workspaces of this window while held, and opens the last one', async () => {
    const { user } = await show(createMemory());
    await roster();
    await visit(user, 'Acme Health');
    await user.keyboard('{Control>}{Tab}');
    await screen.findByTestId('recent');
    expect(names().slice(0, 2)).toEqual(['Acme Health', 'Northwind Retail']);
    expect(chosen()).toBe('Northwind Retail');
    await noViolations();
    await user.keyboard('{Shift>}{Tab}{/Shift}');
    await waitFor(() => expect(chosen()).toBe('Acme Health'));
    await user.keyboard('{Tab}');
    await waitFor(() => expect(chosen()).toBe('Northwind Retail'));
    expect(screen.getByTestId('switcher').textContent).toContain('Acme Health');
    await user.keyboard('{/Control}');
    await waitFor(() =>
      expect(screen.getByTestId('switcher').textContent).toContain('Northwind Retail'),
    );
    expect(screen.queryByTestId('recent')).toBeNull();
  });

  it('is left by Escape, and a press as quick as can be still switches', async () => {
    const { user } = await show(createMemory());
    await roster();
    await visit(user, 'Acme Health');
    await user.keyboard('{Control>}{Tab}');
    await screen.findByTestId('recent');
    await user.keyboard('{Escape}{/Control}');
    expect(screen.queryByTestId('recent')).toBeNull();
    expect(screen.getByTestId('switcher').textContent).toContain('Acme Health');
    // Both before the rows can be read.
    fireEvent.keyDown(document.body, { key: 'Tab', ctrlKey: true });
    fireEvent.keyUp(document.body, { key: 'Control' });
    await waitFor(() =>
      expect(screen.getByTestId('switcher').textContent).toContain('Northwind Retail'),
    );
  });
});

describe('Mod+Shift+Z', () => {
  it('e44 makes again what was taken back, and asks the core anew', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/w/w1/members?open=w1-m3');
    await roster();
    memory.backend.submit = async (intent) => {
      memory.calls.push({ name: 'submit', args: [intent] });
      memory.pending.not_sent = [item(7)];
      return { result: 'queued', n: 7 };
    };
    const panel = await screen.findByTestId('panel');
    await user.click(within(panel).getByRole('button', { name: 'Suspend…' }));
    const dialog = await screen.findByRole('alertdialog');
    await user.click(within(dialog).getByRole('button', { name: /^Suspend/ }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(calls(memory, 'pendingUndo')).toEqual([[7]]));
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await waitFor(() => expect(calls(memory, 'submit')).toHaveLength(2));
    expect(calls(memory, 'submit')[1]).toEqual(calls(memory, 'submit')[0]);
    await waitFor(() => expect(screen.getByTestId('notice').textContent).toContain('Made again'));
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await waitFor(() =>
      expect(screen.getByTestId('notice').textContent).toContain('nothing to make again'),
    );
    expect(calls(memory, 'submit')).toHaveLength(2);
  });
});

describe('Mod+Shift+C', () => {
  it('copies the row as text with tabs under its heads', async () => {
    const { user } = await show(createMemory());
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    await waitFor(() => expect(screen.getByTestId('notice').textContent).toContain('1 row copied'));
    const [heads, row, more] = (await navigator.clipboard.readText()).split('\n');
    expect(heads?.split('\t').slice(0, 3)).toEqual(['Name', 'Email', 'Role']);
    expect(row).toMatch(/^Adaeze Lindqvist\tadaeze\.lindqvist@/);
    expect(row?.split('\t')).toHaveLength(heads?.split('\t').length ?? 0);
    expect(more).toBeUndefined();
  });

  it('copies every selected row, also those that are not read yet', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Control>}a{/Control}');
    await screen.findByText(/All .* are selected/);
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    const all = memory.workspaces[0]?.members.length ?? 0;
    await waitFor(() => expect(screen.getByTestId('notice').textContent).toContain('rows copied'));
    expect((await navigator.clipboard.readText()).split('\n')).toHaveLength(all + 1);
  });
});

describe('Mod+C', () => {
  async function copied(people: number): Promise<string[]> {
    const memory = createMemory();
    memory.workspaces = [place(1, 'Northwind Retail', people)];
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Control>}a{/Control}');
    await screen.findByText(/All .* are selected/);
    let text = '';
    // As a window does on Mod+C; the environment has no such event of its own.
    fireEvent.copy(document.activeElement ?? document.body, {
      clipboardData: { setData: (_: string, all: string) => (text = all) },
    });
    await waitFor(() =>
      expect(screen.getByTestId('notice').textContent).toContain(`${people} addresses copied`),
    );
    return (text || (await navigator.clipboard.readText())).split('\n');
  }

  it.each([40, 300])('copies %i selected addresses, read or not, and says how many', async (n) => {
    const all = await copied(n);
    expect(new Set(all).size).toBe(n);
    expect(all.every((one) => one.includes('@'))).toBe(true);
  });
});

describe('keys that somebody chose', () => {
  it('act at once, stand in F1 and stay for this device', async () => {
    const { user, router } = await show(createMemory(), '/account');
    const section = await screen.findByRole('region', { name: 'Keyboard' });
    await user.click(within(section).getByRole('button', { name: 'Change the keys: Pending' }));
    expect(section.textContent).toContain('Press the new keys for “Pending”');
    await user.keyboard('{Control>}j{/Control}');
    await within(section).findByText('Ctrl+J');
    await noViolations();
    await user.keyboard('{Control>}j{/Control}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/pending'));
    await user.keyboard('{F1}');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(dialog).getByText('Ctrl+J')).toBeTruthy();
    expect(within(dialog).queryByText('Ctrl+Shift+P')).toBeNull();
    expect(localStorage.getItem('muster.keys')).toBe('{"pending":"Mod+J"}');
  });

  it('cannot be those of another action, of lists and fields, or without a modifier', async () => {
    const { user } = await show(createMemory(), '/account');
    const section = await screen.findByRole('region', { name: 'Keyboard' });
    const change = within(section).getByRole('button', { name: 'Change the keys: Pending' });
    await user.click(change);
    await user.keyboard('{Control>}k{/Control}');
    expect(section.textContent).toContain('Ctrl+K does “Search or run a command” already');
    await user.keyboard('{Control>}c{/Control}');
    expect(section.textContent).toContain('Ctrl+C is needed by lists');
    await user.keyboard('j');
    expect(section.textContent).toContain('need Ctrl');
    await user.keyboard('{Escape}');
    expect(localStorage.getItem('muster.keys')).toBeNull();
    expect(document.activeElement).toBe(change);
  });

  it('that make no sense in what was kept are left out, and all can be as at first', async () => {
    localStorage.setItem('muster.keys', '{"pending":"Mod+J","undo":"x","palette":7,"no":"Mod+Y"}');
    const { user, router } = await show(createMemory(), '/account');
    const section = await screen.findByRole('region', { name: 'Keyboard' });
    expect(section.textContent).toContain('Ctrl+J');
    expect(section.textContent).toContain('Ctrl+Z');
    expect(section.textContent).toContain('Ctrl+K');
    await user.click(within(section).getByRole('button', { name: 'All as at first' }));
    await within(section).findByText('Ctrl+Shift+P');
    await user.keyboard('{Control>}j{/Control}');
    expect(router.state.location.pathname).toBe('/account');
  });
});

describe('the language', () => {
  it('says which one it is and how dates and numbers are written', async () => {
    await show(createMemory(), '/account');
    const section = await screen.findByRole('region', { name: 'Language' });
    expect(section.textContent).toContain('English');
    expect(section.textContent).toContain('1,234,567');
  });
});
