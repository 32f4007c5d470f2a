// Team members: the roster by keyboard, its marks, the panel, and refusals in their place.

import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createMemory, type Memory, people, place } from './memory.ts';
import { screenWidth } from './setup.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';
import { refused, text } from './world.ts';

function focusedAddress(): string | undefined {
  return (document.activeElement as HTMLElement | null)?.dataset.address;
}

describe('the roster', () => {
  it('is a grid that says how large it is and where each row stands', async () => {
    await show(createMemory());
    const grid = await roster();
    expect(grid).toHaveProperty('role', 'grid');
    expect(grid.getAttribute('aria-rowcount')).toBe('41');
    expect(grid.getAttribute('aria-multiselectable')).toBe('true');
    const first = screen.getAllByTestId('row')[0];
    expect(first?.getAttribute('aria-rowindex')).toBe('2');
    expect(within(first as HTMLElement).getByRole('rowheader').textContent).toContain('Adaeze');
    expect(screen.getByRole('columnheader', { name: /Name/ }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
  });

  it('moves, selects and opens by keyboard', async () => {
    const { user } = await show(createMemory());
    await roster();
    const all = addresses();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(focusedAddress()).toBe(all[2]);
    await user.keyboard('{Home}');
    expect(focusedAddress()).toBe(all[0]);
    await user.keyboard(' ');
    const line = await screen.findByRole('toolbar', { name: 'For the selected people' });
    expect(line.textContent).toContain('1 selected');
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await waitFor(() => expect(screen.getByRole('toolbar').textContent).toContain('3 selected'));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('toolbar')).toBeNull();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('complementary')).toBeTruthy();
  });

  it('closes the panel with Escape from the row, before the selection is cleared', async () => {
    const { user } = await show(createMemory());
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard(' {Enter}');
    expect(await screen.findByRole('complementary')).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
    expect(screen.getByRole('toolbar').textContent).toContain('1 selected');
    await waitFor(() => expect(focusedAddress()).toBe(addresses()[0]));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull());
  });

  it('selects all that match, in words', async () => {
    const { user } = await show(createMemory());
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Control>}a{/Control}');
    expect(await screen.findByText('All 40 that match are selected')).toBeTruthy();
  });

  it('has one tab stop and reaches its cells with the arrows', async () => {
    const { user } = await show(createMemory());
    const grid = await roster();
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect((document.activeElement as HTMLElement).dataset.column).toBe('1');
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  });

  it('sorts by a press on a head and turns round', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    const before = addresses()[0];
    await user.click(screen.getByRole('button', { name: /^Name/ }));
    await waitFor(() => expect(addresses()[0]).not.toBe(before));
    expect(screen.getByRole('columnheader', { name: /Name/ }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  it('has a chip of the invited that leads to their list, for whoever sees it', async () => {
    const memory = createMemory();
    const { user, router } = await show(memory);
    await roster();
    await user.click(await screen.findByRole('link', { name: 'Invited 12' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/invitations'));
    cleanup();
    const [first] = memory.workspaces;
    if (first !== undefined) first.view = { ...first.view, invitations: null };
    await show(memory);
    await roster();
    expect(screen.queryByRole('link', { name: /^Invited/ })).toBeNull();
    expect(screen.getByRole('button', { name: /^Suspended/ })).toBeTruthy();
  });

  it('filters by text and by state, and keeps rows until the new ones are there', async () => {
    const { user } = await show(createMemory());
    await roster();
    await user.type(screen.getByRole('textbox', { name: 'Filter by name or email' }), 'bjork oka');
    await waitFor(() => expect(addresses()).toEqual(['björk.okafor@northwind.example']));
    await user.clear(screen.getByRole('textbox', { name: 'Filter by name or email' }));
    await user.click(screen.getByRole('button', { name: /^Suspended/ }));
    await waitFor(() => expect(addresses()).toHaveLength(2));
    await user.type(screen.getByRole('textbox', { name: 'Filter by name or email' }), 'zzzz');
    expect(await screen.findByText('Nobody matches.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(addresses().length).toBeGreaterThan(10));
  });

  it('reads a long list by pages of 128 and only what is in sight', async () => {
    const memory = createMemory();
    memory.workspaces[0] = place(1, 'Northwind Retail', 1_000);
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Control>}{End}{/Control}');
    await waitFor(() => expect(calls(memory, 'members').length).toBeGreaterThan(1));
    const asked = calls(memory, 'members').map(
      ([query]) => query as { offset: number; limit: number },
    );
    expect(asked.every((query) => query.limit === 128 && query.offset % 128 === 0)).toBe(true);
  });

  it('E-42 the row, the status line and the top bar say what needs me, apart from what is refused', async () => {
    const memory = createMemory();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('the world has a workspace');
    at.members = at.members.map((row, index) =>
      index === 0 ? { ...row, mark: 'needs_you' } : row,
    );
    memory.state = { ...memory.state, counts: { not_sent: 0, refused: 3, needs_you: 1 } };
    await show(memory);
    await roster();
    const row = document.querySelector<HTMLElement>('[data-mark="needs_you"]');
    expect(row?.textContent).toContain('Needs you');
    const status = screen.getByTestId('status');
    expect(status.textContent).toContain('1 change needs you');
    expect(status.textContent).toContain('2 changes refused');
    expect(screen.getByRole('link', { name: '2 refused 1 needs you' })).toBeTruthy();
    await noViolations();
  });

  it('E-45 shows what is not sent: the mark, the old value, the name struck through', async () => {
    const memory = createMemory();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('the world has a workspace');
    at.members = at.members.map((row, index) =>
      index === 0
        ? { ...row, roles: ['write'], roles_were: ['read'], mark: 'not_sent' }
        : index === 2
          ? { ...row, state: 'removed', state_was: 'active', mark: 'refused' }
          : row,
    );
    await show(memory);
    await roster();
    const changed = document.querySelector<HTMLElement>('[data-mark="not_sent"]');
    expect(changed?.textContent).toContain('Not sent yet, was Read');
    const gone = document.querySelector<HTMLElement>('[data-mark="refused"]');
    expect(gone?.textContent).toContain('Removed, not sent');
    expect(screen.getByText(/40 people \(−1 not sent\)/)).toBeTruthy();
  });

  it('R9 names the Account Admins below the rows, without check boxes', async () => {
    const memory = createMemory();
    const first = place(1, 'Northwind Retail', 30, {
      scheme: 'managed',
      my_roles: ['workspace_admin'],
    });
    first.admins = [{ name: 'Ana Marques', address: 'ana@larch.example', since: 0 }];
    memory.workspaces[0] = first;
    const { user } = await show(memory);
    await roster();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Users');
    await user.click(screen.getByRole('button', { name: 'Also has access: Account Admins (1)' }));
    expect(screen.getByText('ana@larch.example')).toBeTruthy();
  });

  it('shows a person who may only look no check boxes and no Invite', async () => {
    const { user } = await show(createMemory(), '/w/w4/members');
    const grid = await roster();
    expect(within(grid).queryAllByRole('checkbox')).toHaveLength(0);
    expect(screen.queryByRole('button', { name: 'Invite people' })).toBeNull();
    expect(screen.getByText(/You can see who is here/)).toBeTruthy();
    await user.keyboard('{Control>}i{/Control}');
    expect(screen.queryByTestId('dialog')).toBeNull();
  });

  it('has two lines a row in a narrow window, and the panel as a page', async () => {
    screenWidth.value = 500;
    const { user } = await show(createMemory());
    await roster();
    const first = screen.getAllByTestId('row')[0] as HTMLElement;
    expect(within(first).getByRole('rowheader').textContent).toMatch(/Adaeze.*· Active/);
    await user.click(within(first).getByRole('rowheader'));
    expect(await screen.findByRole('complementary')).toBeTruthy();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it('has nothing that axe finds, with the panel open', async () => {
    const { user } = await show(createMemory());
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Enter}');
    await screen.findByRole('complementary');
    await noViolations();
  });
});

describe('a refused user', () => {
  const no = refused('r6.remove', 'R6', {
    name: text('Adaeze Okafor'),
    workspace: text('Northwind Retail'),
  });

  it('r6 keeps the control, says why, and shows it where it was pressed', async () => {
    const memory = createMemory();
    memory.verdicts.set('w1-m0', { remove: no });
    const { user } = await show(memory, '/w/w1/members?open=w1-m0');
    const panel = await screen.findByRole('complementary', { name: 'Adaeze Okafor' });
    const button = await within(panel).findByRole('button', { name: 'Remove…' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.hasAttribute('disabled')).toBe(false);
    const described = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toContain('only owner of Northwind Retail');
    await user.click(button);
    const reason = within(panel).getByTestId('reason');
    expect(reason.dataset.code).toBe('r6.remove');
    expect(reason.textContent).toContain('R6');
    expect(screen.queryByTestId('dialog')).toBeNull();
    expect(calls(memory, 'submit')).toHaveLength(0);
  });

  it('finds the reason under the action in the row menu, and its ways out on pressing it', async () => {
    const memory = createMemory();
    memory.verdicts.set('w1-m0', { remove: no, suspend: { verdict: 'hidden' } });
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Adaeze Okafor' }));
    const item = await screen.findByRole('menuitem', { name: /Remove/ });
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(item.textContent).toContain('only owner');
    expect(screen.queryByRole('menuitem', { name: /Suspend/ })).toBeNull();
    await user.click(item);
    const said = await screen.findByRole('dialog', { name: /^Remove/ });
    expect(within(said).getByTestId('reason').textContent).toContain('only owner');
    expect(within(said).getByRole('button', { name: 'Make someone owner…' })).toBeTruthy();
  });

  it('opens the row menu with the full stop', async () => {
    const { user } = await show(createMemory());
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('.');
    expect(await screen.findByRole('menuitem', { name: 'Change role…' })).toBeTruthy();
  });

  it('sees the refused change on top of the panel, with Discard', async () => {
    const memory = createMemory();
    memory.pending.refused = [
      {
        n: 7,
        what: { what: 'suspend', person: 'Adaeze Okafor' },
        workspace: 'w1',
        workspace_name: 'Northwind Retail',
        made: 0,
        expected: { verdict: 'allowed' },
        outcome: {
          status: 'refused',
          reason: { code: 'r6.suspend', rule: 'R6', params: { name: text('Adaeze Okafor') } },
          at: 0,
          differs: true,
        },
        sending: false,
      },
    ];
    const { user } = await show(memory, '/w/w1/members?open=w1-m0');
    const panel = await screen.findByRole('complementary', { name: 'Adaeze Okafor' });
    expect((await within(panel).findByTestId('reason')).dataset.code).toBe('r6.suspend');
    await user.click(within(panel).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(within(panel).queryByTestId('reason')).toBeNull());
    expect(calls(memory, 'pendingDiscard')).toEqual([[7]]);
  });
});

describe('removing', () => {
  it('asks, with the safe button focused, and tells what happened', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    const address = addresses()[0];
    await user.keyboard('{Delete}');
    const dialog = await screen.findByRole('alertdialog');
    await within(dialog).findByRole('button', { name: /^Remove Adaeze/ });
    expect(document.activeElement?.textContent).toMatch(/^Keep/);
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: /^Remove Adaeze/ }));
    await waitFor(() => expect(addresses()).not.toContain(address));
    expect((await screen.findByTestId('notice')).textContent).toContain('removed');
  });

  it('E-47 shows a verdict for each of several and does those that can be done', async () => {
    const memory = createMemory();
    memory.verdicts.set('w1-m0', {
      remove: refused('r6.remove', 'R6', {
        name: text('Adaeze Okafor'),
        workspace: text('Northwind Retail'),
      }),
    });
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('checkbox', { name: 'Select Adaeze Okafor' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select Alejandro Ruiz' }));
    await user.click(screen.getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    await within(dialog).findByText('1 can be done · 1 blocked · nobody gains rights');
    await user.click(within(dialog).getByRole('button', { name: 'Remove 1' }));
    await waitFor(() => expect(calls(memory, 'carryOut')).toHaveLength(1));
    expect(calls(memory, 'carryOut')[0]?.[0]).toMatchObject({
      intents: [{ intent: 'remove', member: 'w1-m13' }],
    });
    // The result of each line is told, also of the one that was left alone.
    const lines = await within(dialog).findAllByTestId('plan-line');
    expect(lines.map((one) => one.textContent).join('\n')).toContain('Done.');
    expect(lines.map((one) => one.textContent).join('\n')).toContain('only owner');
    expect(within(dialog).getByRole('button', { name: 'Copy result' })).toBeTruthy();
  });

  it('asks for the number above fifty people', async () => {
    const memory = createMemory();
    memory.workspaces[0] = place(1, 'Northwind Retail', 60);
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Control>}a{/Control}');
    await user.click(await screen.findByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    const field = await within(dialog).findByRole('textbox');
    await user.click(within(dialog).getByRole('button', { name: 'Remove 60' }));
    expect(calls(memory, 'carryOut')).toHaveLength(0);
    await user.type(field, '60');
    await user.click(within(dialog).getByRole('button', { name: 'Remove 60' }));
    await waitFor(() => expect(calls(memory, 'carryOut').length).toBeGreaterThan(50));
  });

  it('offline says that access stays until it is sent, queues, and can be undone', async () => {
    const memory = createMemory();
    memory.state = {
      ...memory.state,
      connection: { ...memory.state.connection, state: 'offline', offline_since: Date.now() },
    };
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Delete}');
    const dialog = await screen.findByRole('alertdialog');
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('offline.remove');
    await user.click(await within(dialog).findByRole('button', { name: /^Remove Adaeze/ }));
    await waitFor(() => expect(document.querySelector('[data-mark="not_sent"]')).not.toBeNull());
    expect(screen.getByTestId('status').textContent).toContain('1 change not sent yet');
    await user.click(within(screen.getByTestId('notice')).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(calls(memory, 'pendingUndo')).toEqual([[1]]));
  });
});

// Keeps the core's answers about roles back until the test lets them go.
function holdAnswers(memory: Memory): () => void {
  let answer = () => {};
  const gate = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const ask = memory.backend.roleAnswer;
  memory.backend.roleAnswer = async (question) => {
    await gate;
    return ask(question);
  };
  return answer;
}

describe('the role picker', () => {
  it('shows gains, keeps and loses, and what the server is expected to say', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Alejandro Ruiz' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Change role…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Change role: Alejandro Ruiz' });
    await user.click(await within(dialog).findByRole('radio', { name: /^Read/ }));
    await waitFor(() =>
      expect(
        within(dialog)
          .getAllByRole('term')
          .map((one) => one.textContent),
      ).toContain('Alejandro Ruiz loses'),
    );
    expect(within(dialog).getByText(/edit agents/)).toBeTruthy();
    expect(within(dialog).getByText(/expected to accept/)).toBeTruthy();
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Make Read' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'set_roles',
        workspace: 'w1',
        member: 'w1-m13',
        roles: ['read'],
        reason: null,
      }),
    );
  });

  it.each(['pointer', 'keyboard'])(
    'counts a press by %s that comes before the verdict, once',
    async (by) => {
      const memory = createMemory();
      const { user } = await show(memory);
      await roster();
      screen.getAllByTestId('row')[1]?.focus();
      await user.keyboard('{F2}');
      const dialog = await screen.findByRole('dialog');
      const read = await within(dialog).findByRole('radio', { name: /^Read/ });
      const answer = holdAnswers(memory);
      await user.click(read);
      await within(dialog).findByRole('button', { name: 'Make Read' });
      if (by === 'pointer') {
        await user.click(within(dialog).getByRole('button', { name: 'Make Read' }));
        await user.click(within(dialog).getByRole('button', { name: 'Make Read' }));
      } else {
        await user.keyboard('{Control>}{Enter}{/Control}');
      }
      expect(calls(memory, 'submit')).toHaveLength(0);
      answer();
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(calls(memory, 'submit')).toHaveLength(1);
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ roles: ['read'] });
    },
  );

  it('forgets a press when another role is chosen, or when the verdict says no', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[1]?.focus();
    await user.keyboard('{F2}');
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByRole('radio', { name: /^Read/ });
    let answer = holdAnswers(memory);
    await user.click(within(dialog).getByRole('radio', { name: /^Read/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Make Read' }));
    await user.click(within(dialog).getByRole('radio', { name: /^Admin/ }));
    answer();
    await within(dialog).findByText(/expected to accept/);
    expect(calls(memory, 'submit')).toHaveLength(0);
    for (const row of memory.workspaces[0]?.members ?? []) {
      memory.verdicts.set(row.id, {
        change_role: refused('r3.target', 'R3', { name: text(row.name) }),
      });
    }
    answer = holdAnswers(memory);
    await user.click(within(dialog).getByRole('radio', { name: /^Write/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Make Write' }));
    answer();
    await waitFor(() =>
      expect(
        within(dialog)
          .getAllByTestId('reason')
          .map((one) => one.dataset.code),
      ).toContain('r3.target'),
    );
    expect(calls(memory, 'submit')).toHaveLength(0);
  });

  it('r4 keeps a role that may not be given, focusable, with its reason', async () => {
    const memory = createMemory();
    memory.giving = { owner: refused('r4.owner', 'R4', { names: text('Ana Marques') }) };
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Alejandro Ruiz' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Change role…' }));
    const dialog = await screen.findByRole('dialog');
    const owner = await within(dialog).findByRole('radio', { name: /^Owner/ });
    expect(owner.getAttribute('aria-disabled')).toBe('true');
    expect(within(dialog).getByTestId('reason').textContent).toContain('Ana Marques');
    owner.focus();
    expect(document.activeElement).toBe(owner);
    await user.click(owner);
    expect((owner as HTMLInputElement).checked).toBe(false);
    expect(screen.getByRole('alert').textContent).toContain('Only an owner');
  });

  it('C-7 lets several roles be ticked in a managed account', async () => {
    const memory = createMemory();
    memory.workspaces[0] = place(1, 'Northwind Retail', 30, {
      scheme: 'managed',
      my_roles: ['workspace_admin'],
    });
    const { user } = await show(memory);
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{F2}');
    const dialog = await screen.findByRole('dialog');
    await user.click(await within(dialog).findByRole('checkbox', { name: /^Content Manager/ }));
    await user.click(await within(dialog).findByRole('checkbox', { name: /^Chat User/ }));
    expect(within(dialog).getAllByRole('checkbox', { checked: true }).length).toBeGreaterThan(1);
  });

  it('shows a refusal of the server in place and stays open', async () => {
    const memory = createMemory();
    memory.answers = [
      {
        result: 'refused',
        reason: { code: 'r3.target', rule: 'R3', params: { name: text('Alejandro Ruiz') } },
      },
    ];
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Alejandro Ruiz' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Change role…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(await within(dialog).findByRole('radio', { name: /^Read/ }));
    await user.click(await within(dialog).findByRole('button', { name: 'Make Read' }));
    await waitFor(() =>
      expect(
        within(dialog)
          .getAllByTestId('reason')
          .map((one) => one.dataset.code),
      ).toContain('r3.target'),
    );
  });
});

describe('a workspace with few people', () => {
  it('alone: says so and offers to invite', async () => {
    await show(createMemory(), '/w/w3/members');
    await roster();
    expect(screen.getByText(/Only you so far/)).toBeTruthy();
    expect(screen.getByText(/1 person/)).toBeTruthy();
  });

  it('two to twenty: no filter until it is asked for with the slash', async () => {
    const { user } = await show(createMemory(), '/w/w2/members');
    await roster();
    expect(screen.queryByRole('textbox', { name: 'Filter by name or email' })).toBeNull();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('/');
    expect(await screen.findByRole('textbox', { name: 'Filter by name or email' })).toBeTruthy();
  });

  it('keeps its own people: the fixture has the asked number', () => {
    const row = createMemory().workspaces[0]?.view.row;
    expect(row && people(5, row)).toHaveLength(5);
  });
});
