// Roles: the table of the engine, one role, and roles of a workspace's own.

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { OwnRoleView } from '../backend/types.ts';
import { createMemory, type Memory, place } from './memory.ts';
import { screenWidth } from './setup.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { refused } from './world.ts';

const SUPPORT: OwnRoleView = {
  id: 'r1',
  key: 'own:3',
  name: 'Support lead',
  permissions: ['ws.view', 'member.view', 'agent.view', 'chat.use'],
};

function withOwn(): Memory {
  const memory = createMemory();
  const at = place(1, 'Northwind Retail', 8, { my_roles: ['owner'] });
  at.view = { ...at.view, own_roles: [SUPPORT] };
  at.members = at.members.map((row, index) =>
    index === 2 || index === 3 ? { ...row, roles: ['own:3'] } : row,
  );
  memory.workspaces[0] = at;
  return memory;
}

function row(name: string): HTMLElement {
  return screen.getByRole('row', { name: new RegExp(`^${name}`) });
}

describe('the roles of a workspace', () => {
  it('r1 shows what each may, own ones beside the built-in ones, with how many hold it', async () => {
    await show(withOwn(), '/w/w1/roles');
    await screen.findByRole('table');
    const heads = screen.getAllByRole('columnheader').map((one) => one.textContent);
    expect(heads).toEqual(['Can', 'Owner', 'Admin', 'Write', 'Read', 'Support lead']);
    const signs = within(row('delete the workspace'))
      .getAllByRole('cell')
      .map((one) => one.textContent);
    expect(signs[0]).toContain('Can');
    expect(signs[1]).toContain('Can’t');
    expect(within(row('People')).getAllByRole('cell').at(-1)?.textContent).toBe('2');
    await noViolations();
  });

  it('sets the other scheme beside it, by permission', async () => {
    const { user } = await show(withOwn(), '/w/w1/roles');
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: /^Compare with the other/ }));
    expect(screen.getByRole('columnheader', { name: 'Workspace Admin' })).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: 'Accounts with Account Admins' })).toBeTruthy();
    await noViolations();
  });

  it('shows one pair of columns in a narrow window', async () => {
    screenWidth.value = 400;
    const { user } = await show(withOwn(), '/w/w1/roles');
    await screen.findByRole('table');
    expect(screen.getAllByRole('columnheader')).toHaveLength(3);
    await user.selectOptions(screen.getByRole('combobox', { name: 'beside' }), 'own:3');
    expect(screen.getByRole('columnheader', { name: 'Support lead' })).toBeTruthy();
  });

  it('opens a role: who has it, who may give it, and how it differs from another', async () => {
    const { user } = await show(withOwn(), '/w/w1/roles');
    await user.click(await screen.findByRole('button', { name: 'Support lead' }));
    const panel = await screen.findByTestId('role-panel');
    expect(await within(panel).findByText('Björk Okafor')).toBeTruthy();
    expect(panel.textContent).toContain('You, and also Adaeze Okafor.');
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'To' }), 'read');
    const told = within(panel).getByTestId('differences').textContent;
    expect(told).toContain('Support lead can do nothing more.');
    expect(told).toContain('Support lead can’t see knowledge');
    await noViolations();
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('role-panel')).toBeNull();
  });

  it('R5 a built-in role says that it can only be copied', async () => {
    const { user } = await show(withOwn(), '/w/w1/roles');
    await user.click(await screen.findByRole('button', { name: 'Read' }));
    const panel = await screen.findByTestId('role-panel');
    expect(panel.textContent).toContain('Read is built in and can’t be changed.');
    expect(within(panel).queryByRole('button', { name: 'Delete…' })).toBeNull();
    await user.click(within(panel).getByRole('button', { name: 'Copy role' }));
    const dialog = await screen.findByRole('dialog', { name: 'New role' });
    expect((within(dialog).getByRole('textbox') as HTMLInputElement).value).toBe('Read, copy');
  });

  it('R5 what somebody lacks is there with its reason and does not take', async () => {
    const memory = withOwn();
    memory.more.roles = {
      choices: [
        { permission: 'ws.view', verdict: { verdict: 'allowed' } },
        {
          permission: 'ws.delete',
          verdict: refused('r5.wider', 'R5', {
            permission: { type: 'permission', value: 'ws.delete' },
          }),
        },
      ],
    };
    const { user } = await show(memory, '/w/w1/roles');
    await user.click(await screen.findByRole('button', { name: 'New role' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Night');
    const lacking = within(dialog).getByRole('checkbox', { name: 'delete the workspace' });
    expect(lacking.getAttribute('aria-disabled')).toBe('true');
    expect(within(dialog).getByTestId('reason').dataset.code).toBe('r5.wider');
    await user.click(lacking);
    await user.click(within(dialog).getByRole('checkbox', { name: 'see the workspace' }));
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Define Night' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'define_role',
        workspace: 'w1',
        name: 'Night',
        permissions: ['ws.view'],
      }),
    );
    expect(await screen.findByRole('columnheader', { name: 'Night' })).toBeTruthy();
  });

  it('R5 changes an own role', async () => {
    const memory = withOwn();
    const { user } = await show(memory, '/w/w1/roles');
    await user.click(await screen.findByRole('button', { name: 'Support lead' }));
    await user.click(
      within(await screen.findByTestId('role-panel')).getByRole('button', { name: 'Change…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('checkbox', { name: 'see leads' }));
    await user.click(within(dialog).getByRole('button', { name: /^Change role/ }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ intent: 'change_role', role: 'r1' }),
    );
  });

  it('R5 deleting a role asks what its holders get instead, one by one if need be', async () => {
    const memory = withOwn();
    const { user } = await show(memory, '/w/w1/roles');
    await user.click(await screen.findByRole('button', { name: 'Support lead' }));
    await user.click(
      within(await screen.findByTestId('role-panel')).getByRole('button', { name: 'Delete…' }),
    );
    const dialog = await screen.findByRole('alertdialog');
    await within(dialog).findByText(/2 people hold it/);
    expect(document.activeElement?.textContent).toBe('Keep Support lead');
    await user.click(within(dialog).getByRole('button', { name: 'Delete Support lead' }));
    expect(within(dialog).getByTestId('reason').dataset.code).toBe('r5.replacement');
    expect(calls(memory, 'submit')).toHaveLength(0);
    await user.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Everyone gets' }),
      'read',
    );
    await user.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Björk Okafor' }),
      'write',
    );
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Delete Support lead' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'delete_role',
        workspace: 'w1',
        role: 'r1',
        holders: [{ membership: 'w1-m2', roles: ['write'] }],
        others: ['read'],
      }),
    );
  });

  it('who may only look sees no New role', async () => {
    await show(createMemory(), '/w/w4/roles');
    await screen.findByRole('table');
    expect(screen.queryByRole('button', { name: 'New role' })).toBeNull();
  });
});

describe('own roles elsewhere', () => {
  it('V-30 are named by their workspace in the list, the filter and the picker', async () => {
    const { user } = await show(withOwn());
    await roster();
    expect(screen.getAllByText('Support lead').length).toBeGreaterThan(1);
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{F2}');
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByRole('radio', { name: /^Support lead/ })).toBeTruthy();
  });

  it('are never named by another workspace', async () => {
    const memory = withOwn();
    memory.pending.not_sent = [
      {
        n: 1,
        what: { what: 'roles', person: 'Mei Tan', was: ['read'], roles: ['own:3'] },
        workspace: 'w2',
        workspace_name: 'Acme Health',
        made: Date.now(),
        expected: { verdict: 'allowed' },
        outcome: null,
        sending: false,
      },
    ];
    await show(memory, '/pending');
    const line = await screen.findByTestId('pending-item');
    expect(line.textContent).toContain('Read → Own role');
    expect(line.textContent).not.toContain('Support lead');
  });
});
