// People across workspaces: the list joined on this device, one person, the run for somebody who
// leaves, and who alone holds something.

import '../pages/people/pages.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createMemory, type Memory, place } from './memory.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';
import { refused, text } from './world.ts';

const ADAEZE = 'l-adaeze.okafor@northwind.example';

function world(): Memory {
  const memory = createMemory();
  memory.workspaces = [
    place(1, 'Northwind Retail', 6, { my_roles: ['owner'] }),
    place(2, 'Acme Health', 6, { my_roles: ['owner'] }),
  ];
  return memory;
}

describe('people', () => {
  it('e63_joins everybody whom I see, once, and says who else gets the list', async () => {
    const memory = world();
    const { user, router } = await show(memory, '/people');
    await roster();
    expect(
      screen.getByText('Only workspaces you can see. Nobody else gets this list.'),
    ).toBeTruthy();
    expect(new Set(addresses()).size).toBe(addresses().length);
    expect(addresses()).toContain('adaeze.okafor@northwind.example');
    await noViolations();
    await user.type(screen.getByRole('textbox'), 'adaeze');
    await waitFor(() => expect(addresses()).toEqual(['adaeze.okafor@northwind.example']));
    (document.querySelector('[data-index="0"]') as HTMLElement).focus();
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(decodeURIComponent(router.state.location.pathname)).toBe(`/people/${ADAEZE}`),
    );
  });

  it('e63_shows one person in every workspace, with what can be done there', async () => {
    const memory = world();
    memory.verdicts.set('w1-m0', {
      remove: refused('r6.remove', 'R6', {
        name: text('Adaeze Okafor'),
        workspace: text('Northwind Retail'),
      }),
    });
    const { user } = await show(memory, `/people/${ADAEZE}`);
    const list = await screen.findByRole('list', { name: 'Workspaces' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    const [first, second] = within(list).getAllByRole('button', { name: 'Remove…' });
    expect(first?.getAttribute('aria-disabled')).toBe('true');
    await user.click(first as HTMLElement);
    expect((await within(list).findByTestId('reason')).textContent).toContain('R6');
    await noViolations();
    await user.click(second as HTMLElement);
    const dialog = await screen.findByTestId('dialog');
    expect(dialog.textContent).toContain('Acme Health');
    await user.click(within(dialog).getByRole('button', { name: 'Remove Adaeze Okafor' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ intent: 'remove', workspace: 'w2' }),
    );
  });
});

describe('somebody leaves', () => {
  it('e63_removes from everywhere it can, blockers first, with a receipt', async () => {
    const memory = world();
    memory.verdicts.set('w1-m0', {
      remove: refused('r6.remove', 'R6', {
        name: text('Adaeze Okafor'),
        workspace: text('Northwind Retail'),
      }),
    });
    const { user } = await show(memory, `/people/${ADAEZE}/leaver`);
    const groups = async () =>
      (await screen.findAllByTestId('plan-line')).map((one) => one.dataset.group);
    // What is blocked has to be looked at; what can be done is a number until it is opened.
    expect(await groups()).toEqual(['blocked']);
    await user.click(screen.getByRole('button', { name: /^Can be done/ }));
    expect(await groups()).toEqual(['blocked', 'able']);
    const lines = screen.getAllByTestId('plan-line');
    expect(
      within(lines[0] as HTMLElement).getByRole('button', { name: 'Make someone owner…' }),
    ).toBeTruthy();
    await noViolations();
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Left the agency');
    await user.click(screen.getByRole('button', { name: 'Remove from 1' }));
    const receipt = await screen.findByTestId('receipt');
    expect(receipt.textContent).toContain('is removed from 1; 1 is left.');
    // The run is kept as a plan before it begins, and of it only what can be done is done.
    expect(calls(memory, 'runSavedLine')).toEqual([[1, 1]]);
    expect(memory.more.savedIntents.get(1)?.[1]).toMatchObject({
      intent: 'remove',
      workspace: 'w2',
      reason: 'Left the agency',
    });
    expect(screen.getByRole('link', { name: 'Open the plan with its receipt' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy result' })).toBeTruthy();
  });

  it('e63_goes on with what is left after a break', async () => {
    const memory = world();
    const { user } = await show(memory, `/people/${ADAEZE}/leaver`);
    await screen.findByRole('button', { name: 'Remove from 2' });
    // Somebody else removed them from one workspace meanwhile.
    const at = memory.workspaces[1];
    if (at === undefined) throw new Error('no workspace');
    at.members = at.members.filter((row) => row.id !== 'w2-m0');
    memory.emit({ rosters: ['w2'] });
    await user.click(await screen.findByRole('button', { name: 'Remove from 1' }));
    await screen.findByTestId('receipt');
    expect(calls(memory, 'runSavedLine')).toHaveLength(1);
  });
});

describe('continuity', () => {
  it('e63_names what one person alone holds, and asks for a second owner', async () => {
    const memory = world();
    memory.more.continuity = [
      {
        kind: 'owner',
        id: 'w1',
        name: 'Northwind Retail',
        account_name: 'Larch Agency',
        holder_login: ADAEZE,
        holder: 'Adaeze Okafor',
        also: 0,
      },
    ];
    const { user } = await show(memory, '/continuity');
    await screen.findByRole('list', { name: 'Adaeze Okafor' });
    await noViolations();
    await user.click(await screen.findByRole('button', { name: 'Ask to name a second owner' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({
        intent: 'note_member',
        note: 'Name a second owner of Northwind Retail.',
      }),
    );
    expect(await screen.findByText('asked')).toBeTruthy();
  });

  it('e63_says so where nobody holds anything alone', async () => {
    const memory = world();
    memory.more.continuity = [];
    await show(memory, '/continuity');
    expect(await screen.findByText(/hangs on one of them alone/)).toBeTruthy();
  });
});
