// The Workspaces page and the switcher: labels, groups, pins, hidden ones, the bin, offers, and
// creating a workspace.

import '../pages/workspaces/BinPage.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { switcherEntries } from '../parts/switcherEntries.ts';
import { setRow } from './memory/places.ts';
import { createMemory, type Memory, place } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { ALLOWED, refused, text } from './world.ts';
import { fillAccounts } from './worldAccounts.ts';

function world(): Memory {
  const memory = createMemory();
  fillAccounts(memory);
  const [first] = memory.workspaces;
  if (first !== undefined) first.view = { ...first.view, label: ALLOWED };
  return memory;
}

function many(pinned: readonly number[] = []): Memory {
  const memory = createMemory();
  memory.workspaces = Array.from({ length: 14 }, (_, index) =>
    place(index + 1, `Place ${String(index + 1).padStart(2, '0')}`, 3, {
      pinned: pinned.includes(index + 1) ? pinned.indexOf(index + 1) + 1 : null,
      plan_ended: index === 5,
    }),
  );
  return memory;
}

function submitted(memory: Memory): unknown[] {
  return calls(memory, 'submit').map(([intent]) => intent);
}

function names(within_: HTMLElement = document.body): string[] {
  return within(within_)
    .queryAllByTestId('row')
    .map((row) => row.querySelector('bdi')?.textContent ?? '');
}

async function menu(user: Awaited<ReturnType<typeof show>>['user'], name: string) {
  await user.click(screen.getByRole('button', { name: `Actions for ${name}` }));
  return screen.findByRole('menu');
}

async function page(memory: Memory, address = '/workspaces') {
  const shown = await show(memory, address);
  await roster();
  return shown;
}

describe('the Workspaces page', () => {
  it('v12 v46 edits the labels of a workspace and filters by one', async () => {
    const memory = world();
    const { user } = await page(memory);
    await user.click(
      within(await menu(user, 'Northwind Retail')).getByRole('menuitem', { name: /^Labels/ }),
    );
    const dialog = await screen.findByRole('dialog', { name: /Labels of/ });
    await user.click(within(dialog).getByRole('button', { name: 'Take EU away' }));
    await user.type(within(dialog).getByRole('combobox', { name: 'Labels' }), 'North,');
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Save labels' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        { intent: 'label_workspace', workspace: 'w1', labels: ['retail', 'North'] },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.selectOptions(screen.getByRole('combobox', { name: 'Label' }), 'health');
    await waitFor(() => expect(names()).toEqual(['Acme Health']));
  });

  it('v12 groups by label, those without one last', async () => {
    const { user } = await page(world());
    await user.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'label');
    await waitFor(() => expect(screen.getAllByTestId('group')).toHaveLength(4));
    const groups = screen.getAllByTestId('group');
    expect(groups.map((one) => within(one).getByRole('heading').textContent)).toEqual([
      'EU1',
      'health1',
      'retail1',
      'Without a label2',
    ]);
    expect(names(groups[0])).toEqual(['Northwind Retail']);
    await noViolations();
  });

  it('keeps the filters in the address', async () => {
    const { router } = await page(world(), '/workspaces?plan=pro&one=true');
    expect(router.state.location.search).toEqual({ plan: 'pro', one: true });
    await waitFor(() => expect(names()).toEqual(['Acme Health']));
  });

  it('e61 e60 names in the plan column who is over and what has ended', async () => {
    const memory = world();
    const second = memory.workspaces[1];
    if (second === undefined) throw new Error('the world has two workspaces');
    second.view = { ...second.view, row: { ...second.view.row, plan_ended: true } };
    await page(memory);
    expect(screen.getByText('Basic, 3 over')).toBeTruthy();
    expect(screen.getByText('Pro, ended')).toBeTruthy();
  });

  it('e19 hides a personal one from the switcher; it stays here', async () => {
    const memory = world();
    const { user } = await page(memory);
    await user.click(
      within(await menu(user, 'Alex’s workspace')).getByRole('menuitem', {
        name: 'Hide from the switcher',
      }),
    );
    await waitFor(() => expect(calls(memory, 'setHidden')).toEqual([['w3', true]]));
    expect(await screen.findByText('hidden')).toBeTruthy();
    expect(names()).toContain('Alex’s workspace');
    await user.click(screen.getByTestId('switcher'));
    await screen.findByRole('option', { name: /Acme Health/ });
    expect(screen.queryByRole('option', { name: /Alex/ })).toBeNull();
  });

  it('e17 restores from the bin, with the days that are left', async () => {
    const memory = world();
    const { user } = await page(memory);
    await user.click(screen.getByRole('link', { name: 'Bin' }));
    await screen.findByRole('heading', { level: 1, name: 'Bin' });
    expect((await screen.findByText(/days left/)).textContent).toContain('deleted by Ana Marques');
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'restore_workspace', workspace: 'w90' }]),
    );
    expect(await screen.findByText('The bin is empty.')).toBeTruthy();
  });

  it('e17 keeps the reason where it may not be restored', async () => {
    const memory = world();
    memory.more.bin = memory.more.bin.map((one) => ({
      ...one,
      restore: refused('name.reserved', 'E-17', { name: text('Old shop') }),
    }));
    const { user } = await show(memory, '/bin');
    await user.click(await screen.findByRole('button', { name: 'Restore' }));
    expect(screen.getByTestId('reason').dataset.code).toBe('name.reserved');
    expect(submitted(memory)).toEqual([]);
  });

  it('e59 takes an offered workspace after saying what changes, or turns it down', async () => {
    const memory = world();
    const { user } = await page(memory);
    const offer = await screen.findByTestId('offer');
    expect(offer.textContent).toContain('12 people come with it');
    await user.click(within(offer).getByRole('button', { name: 'Take it…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('12 memberships stay');
    await user.click(within(dialog).getByRole('button', { name: 'Take Cedar Books' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'accept_offer', workspace: 'w91' }]),
    );
    await waitFor(() => expect(screen.queryByTestId('offer')).toBeNull());
  });

  it('e59 turns an offer down', async () => {
    const memory = world();
    const { user } = await page(memory);
    await user.click(await screen.findByRole('button', { name: 'Turn down' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'end_offer', workspace: 'w91' }]),
    );
  });
});

describe('creating', () => {
  it('u43 v8 v47 e56 e66 shows what differs, flags a name like another, and asks for a plan', async () => {
    const memory = world();
    const { user } = await page(memory);
    await user.click(screen.getByRole('button', { name: 'Create' }));
    const dialog = await screen.findByRole('dialog', { name: 'Create a workspace' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'acme-health');
    expect((await within(dialog).findByText(/easy to mix up/)).textContent).toContain(
      'Acme Health',
    );
    expect(within(dialog).getByText('Up to 20 people')).toBeTruthy();
    expect(within(dialog).getByRole('checkbox', { name: /Workspace Admin/ })).toHaveProperty(
      'checked',
      true,
    );
    await user.click(within(dialog).getByRole('button', { name: 'Create workspace' }));
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('plan.choose');
    await user.click(within(dialog).getByRole('radio', { name: /^Pro/ }));
    await user.type(within(dialog).getByRole('combobox', { name: 'Labels' }), 'EU{Enter}');
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Create acme-health on Pro' }));
    await waitFor(() =>
      expect(submitted(memory).at(-1)).toEqual({
        intent: 'create_workspace',
        account: 'a1',
        name: 'acme-health',
        plan: 'pro',
        add_me: true,
        labels: ['EU'],
      }),
    );
  });
});

describe('the switcher', () => {
  it('u29 has groups from ten workspaces on: pinned as pinned, recent, all', async () => {
    const memory = many([1, 2]);
    const { user } = await show(memory, '/w/w1/members');
    await roster();
    await user.click(screen.getByTestId('switcher'));
    await user.click(await screen.findByRole('option', { name: /Place 07/ }));
    await user.click(screen.getByTestId('switcher'));
    await user.click(await screen.findByRole('option', { name: /Place 09/ }));
    await user.click(screen.getByTestId('switcher'));
    const list = await screen.findByRole('listbox');
    await waitFor(() =>
      expect([...list.querySelectorAll('[data-head]')].map((one) => one.textContent)).toEqual([
        'Pinned',
        'Recent',
        'All 14',
      ]),
    );
    const options = within(list).getAllByRole('option');
    expect(options.slice(0, 4).map((one) => one.querySelector('bdi')?.textContent)).toEqual([
      'Place 01',
      'Place 02',
      'Place 07',
      'Place 03',
    ]);
    expect(options[0]?.getAttribute('aria-setsize')).toBe('14');
    expect(options[2]?.getAttribute('aria-posinset')).toBe('3');
    expect(within(list).getByText('plan ended')).toBeTruthy();
    await noViolations();
  });

  it('e39 says when a membership of one’s own ends', async () => {
    const memory = many([]);
    setRow(memory, 'w3', { ends: Date.UTC(2030, 8, 30, 12) });
    const { user } = await show(memory, '/w/w1/members');
    await roster();
    await user.click(screen.getByTestId('switcher'));
    const option = await screen.findByRole('option', { name: /Place 03/ });
    expect(option.textContent).toMatch(/ends .*30.*2030|ends Sep 30, 2030/);
  });

  it('has no groups below ten, nor while something is typed', async () => {
    const { user } = await show(world());
    await roster();
    await user.click(screen.getByTestId('switcher'));
    await screen.findAllByRole('option');
    expect(document.querySelector('[data-head]')).toBeNull();
  });

  it('finds by label', async () => {
    const { user } = await show(world());
    await roster();
    await user.click(screen.getByTestId('switcher'));
    await user.type(await screen.findByRole('combobox', { name: 'Find a workspace' }), 'health');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
  });

  it('pins with the key and opens the pinned one with its number', async () => {
    const memory = many([1]);
    const { user, router } = await show(memory, '/w/w1/members');
    await roster();
    await user.keyboard('{Control>}o{/Control}');
    const field = await screen.findByRole('combobox');
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard('{ArrowDown}');
    await user.keyboard('{Control>}p{/Control}');
    await waitFor(() => expect(calls(memory, 'setPinned')).toEqual([[['w1', 'w2']]]));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
    await user.keyboard('{Control>}2{/Control}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
  });

  it('steps over the heads of its groups', () => {
    const entries = switcherEntries({ matched: 12, pinned: 1, recent: 1, grouped: true });
    expect([0, 1, 2, 3, 4, 5].map((at) => entries.at(at).what)).toEqual([
      'head',
      'listed',
      'head',
      'listed',
      'head',
      'listed',
    ]);
    expect(entries.count).toBe(3 + 12);
    expect(entries.at(3)).toEqual({ what: 'listed', index: 1 });
    expect(entries.at(5)).toEqual({ what: 'listed', index: 2 });
    expect(entries.nearest(0, -1)).toBe(1);
    expect(entries.nearest(2, 1)).toBe(3);
    expect(entries.nearest(2, -1)).toBe(1);
    expect(entries.position(5)).toBe(3);
    expect(entries.options).toBe(12);
  });

  it('is one plain list where nothing is pinned or recent', () => {
    const entries = switcherEntries({ matched: 12, pinned: 0, recent: 0, grouped: true });
    expect(entries.at(0)).toEqual({ what: 'listed', index: 0 });
    expect(entries.count).toBe(12);
  });
});
