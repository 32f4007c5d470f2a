// The settings of a workspace: name and labels, plan and billing, handing it over, and the ways
// to end it.

import '../pages/settings/SettingsPage.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AccountPage, WorkspaceView } from '../backend/types.ts';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, show } from './show.tsx';
import { ALLOWED, HIDDEN, member, refused, text } from './world.ts';

function world(id: string, more: Partial<WorkspaceView> = {}): Memory {
  const memory = createMemory();
  const at = memory.workspaces.find((one) => one.view.row.id === id);
  if (at === undefined) throw new Error(`the world has no workspace ${id}`);
  at.view = { ...at.view, billing: ALLOWED, label: ALLOWED, offer: HIDDEN, ...more };
  return memory;
}

function row(memory: Memory, id: string, more: Partial<WorkspaceView['row']>): void {
  const at = memory.workspaces.find((one) => one.view.row.id === id);
  if (at !== undefined) at.view = { ...at.view, row: { ...at.view.row, ...more } };
}

function submitted(memory: Memory): unknown[] {
  return calls(memory, 'submit').map(([intent]) => intent);
}

async function open(memory: Memory, id: string, tab: string) {
  const shown = await show(memory, `/w/${id}/settings?tab=${tab}`);
  await screen.findByRole('heading', { level: 1, name: 'Settings' });
  return shown;
}

describe('settings', () => {
  it('v12 renames and labels from the settings, part by part', async () => {
    const memory = world('w2');
    const { user, router } = await open(memory, 'w2', 'general');
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Acme Care{Enter}');
    await waitFor(() =>
      expect(submitted(memory)[0]).toEqual({
        intent: 'rename_workspace',
        workspace: 'w2',
        name: 'Acme Care',
      }),
    );
    await user.type(screen.getByRole('combobox', { name: 'Labels' }), 'health{Enter}');
    await user.click(screen.getByRole('button', { name: 'Save labels' }));
    await waitFor(() =>
      expect(submitted(memory)[1]).toEqual({
        intent: 'label_workspace',
        workspace: 'w2',
        labels: ['health'],
      }),
    );
    await noViolations();
    await user.click(screen.getByRole('link', { name: 'Plan and billing' }));
    await waitFor(() => expect(router.state.location.search).toEqual({ tab: 'plan' }));
    expect(
      screen.getByRole('link', { name: 'Plan and billing' }).getAttribute('aria-current'),
    ).toBe('page');
    expect(screen.getByRole('link', { name: 'General' }).getAttribute('aria-current')).toBeNull();
  });

  it('v12 a colour is chosen for everybody, and the band has it at once', async () => {
    const memory = world('w2');
    const { user } = await open(memory, 'w2', 'general');
    await user.click(await screen.findByRole('radio', { name: 'Harbor' }));
    expect(submitted(memory)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Change colour' }));
    await waitFor(() =>
      expect(submitted(memory)[0]).toEqual({
        intent: 'paint_workspace',
        workspace: 'w2',
        colour: 'harbor',
      }),
    );
    await waitFor(() =>
      expect(document.querySelector('[data-side][data-colour="7"]')).toBeTruthy(),
    );
    await noViolations();
  });

  it('v8 v47 compares both plans by what differs and chooses one', async () => {
    const memory = world('w2');
    const { user } = await open(memory, 'w2', 'plan');
    const pro = await screen.findByRole('radio', { name: /^Pro/ });
    const basic = screen.getByRole('radio', { name: /^Basic/ });
    expect(basic.closest('label')?.textContent).toContain('Up to 20 people');
    expect(pro.closest('label')?.textContent).toContain('People without limit');
    expect(pro).toHaveProperty('checked', true);
    await user.click(basic);
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Use Basic' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'set_plan', workspace: 'w2', plan: 'basic' }]),
    );
  });

  it('e61 says how many people are over the plan', async () => {
    const memory = world('w2');
    row(memory, 'w2', { over: 3 });
    await open(memory, 'w2', 'plan');
    expect(await screen.findByText(/is 3 over its plan/)).toBeTruthy();
  });

  it('e60 ends the plan after asking, and says that it has ended', async () => {
    const memory = world('w2');
    const { user } = await open(memory, 'w2', 'plan');
    await user.click(await screen.findByRole('button', { name: 'End the plan…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(document.activeElement?.textContent).toBe('Keep the plan');
    await user.click(within(dialog).getByRole('button', { name: 'End the plan' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'end_plan', workspace: 'w2' }]),
    );
    memory.emit({ workspaces: true, rosters: ['w2'] });
    expect(await screen.findByText(/You can look, export and remove people/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'End the plan…' })).toBeNull();
  });

  it('u62 names who handles billing to somebody who may not', async () => {
    const memory = world('w1', {
      billing: refused('r1.missing', 'R1', {
        permission: { type: 'permission', value: 'billing.manage' },
        names: text('Ana Marques'),
      }),
      billing_names: ['Ana Marques', 'Luis Pereira'],
    });
    const { user } = await open(memory, 'w1', 'plan');
    expect(
      await screen.findByText('These people handle billing: Ana Marques and Luis Pereira.'),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Use Basic' }));
    expect(screen.getByTestId('reason').dataset.code).toBe('r1.missing');
    expect(submitted(memory)).toEqual([]);
  });
});

describe('handing over', () => {
  it('r11 u68 u69 u70 is a checklist: promote, wait for the server, then step down', async () => {
    const memory = world('w2');
    const at = memory.workspaces[1];
    if (at === undefined) throw new Error('the world has two workspaces');
    const me = at.members.find((one) => one.me) ?? null;
    const other = at.members.find((one) => !one.me && !one.roles.includes('owner'));
    if (other === undefined) throw new Error('somebody else is there');
    const steps = [{ roles: ['admin' as const], loses: ['ws.delete' as const], verdict: ALLOWED }];
    const transfer = {
      verdict: ALLOWED,
      owners: [],
      waiting: [],
      me,
      step_down: steps,
      moves: true,
    };
    memory.more.transfer = transfer;
    const { user } = await open(memory, 'w2', 'transfer');
    const third = await screen.findByTestId('step-3');
    expect(within(third).getByTestId('reason').dataset.code).toBe('r11.step');
    expect(within(third).queryByRole('button', { name: /^Step down/ })).toBeNull();
    await user.type(screen.getByRole('textbox', { name: /^Find/ }), other.name);
    await user.click(await screen.findByRole('radio', { name: new RegExp(`^${other.name}`) }));
    await user.click(screen.getByRole('button', { name: `Make ${other.name} Owner` }));
    const ask = await screen.findByRole('alertdialog');
    await user.click(within(ask).getByRole('button', { name: `Make ${other.name} Owner` }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        {
          intent: 'set_roles',
          workspace: 'w2',
          member: other.id,
          roles: ['owner'],
          reason: null,
        },
      ]),
    );
    // Not answered yet: step two waits, step three still cannot be taken.
    memory.more.transfer = { ...transfer, waiting: [other] };
    memory.emit({ rosters: ['w2'] });
    expect(await screen.findByText(/waiting for the server to confirm/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Step down/ })).toBeNull();
    memory.more.transfer = { ...transfer, owners: [other] };
    memory.emit({ rosters: ['w2'] });
    await noViolations();
    // E-65: the workspace goes with the step where its account's person steps down.
    expect(screen.getByText(/goes to the account of/)).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Step down to Admin' }));
    const down = await screen.findByRole('alertdialog');
    expect(down.textContent).toContain('You cannot undo this yourself.');
    await user.click(within(down).getByRole('button', { name: 'Step down to Admin' }));
    await waitFor(() =>
      expect(submitted(memory)[1]).toEqual({
        intent: 'set_roles',
        workspace: 'w2',
        member: me?.id,
        roles: ['admin'],
        reason: null,
      }),
    );
  });

  it('r8 a personal workspace is not handed over, with the reason', async () => {
    const memory = world('w3');
    memory.more.transfer = {
      verdict: refused('r8.transfer', 'R8'),
      owners: [],
      waiting: [],
      me: null,
      step_down: [],
      moves: false,
    };
    await open(memory, 'w3', 'transfer');
    expect((await screen.findByTestId('reason')).dataset.code).toBe('r8.transfer');
    expect(screen.queryByTestId('step-1')).toBeNull();
  });

  it('r6 keeps an owner: the verdict of stepping down stays in place', async () => {
    const memory = world('w2');
    memory.more.transfer = {
      verdict: ALLOWED,
      owners: [member(3, 'owner_led', 'w2')],
      waiting: [],
      me: member(1, 'owner_led', 'w2'),
      step_down: [
        {
          roles: ['read'],
          loses: [],
          verdict: refused('r6.demote_self', 'R6', { workspace: text('Acme Health') }),
        },
      ],
      moves: false,
    };
    const { user } = await open(memory, 'w2', 'transfer');
    await user.click(await screen.findByRole('button', { name: 'Step down to Read' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.getByTestId('reason').dataset.code).toBe('r6.demote_self');
  });

  it('e59 offers the workspace to another account by its number, and takes the offer back', async () => {
    const memory = world('w2', { offer: ALLOWED });
    const { user } = await open(memory, 'w2', 'transfer');
    await user.click(await screen.findByRole('button', { name: 'Offer…' }));
    expect(screen.getByText('Write the number of the account.')).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Number of the other account' }), 'a7');
    await user.click(screen.getByRole('button', { name: 'Offer…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('the Account Admins of Larch Agency lose their reach');
    await user.click(within(dialog).getByRole('button', { name: 'Offer Acme Health' }));
    await waitFor(() =>
      expect(submitted(memory)[0]).toEqual({
        intent: 'offer_workspace',
        workspace: 'w2',
        to: 'a7',
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Take the offer back' }));
    await waitFor(() =>
      expect(submitted(memory)[1]).toEqual({ intent: 'end_offer', workspace: 'w2' }),
    );
  });

  it('e15 e59 moves the workspace to another account of mine in one go', async () => {
    const memory = world('w2', { offer: ALLOWED });
    const first = memory.more.accounts[0] as AccountPage;
    const at = memory.workspaces.find((one) => one.view.row.id === 'w2');
    const other = { ...first.row, id: 'a9', name: 'Ana’s clients', admin: true };
    memory.more.accounts.push({
      ...first,
      row: { ...other, scheme: at?.view.row.scheme ?? 'managed' },
    });
    const { user } = await open(memory, 'w2', 'transfer');
    await user.selectOptions(await screen.findByRole('combobox', { name: 'To' }), 'Ana’s clients');
    expect(screen.queryByRole('textbox', { name: 'Number of the other account' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Move…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('Move Acme Health to Ana’s clients?');
    await user.click(within(dialog).getByRole('button', { name: 'Move Acme Health' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        { intent: 'offer_workspace', workspace: 'w2', to: 'a9' },
        { intent: 'accept_offer', workspace: 'w2' },
      ]),
    );
    expect(await screen.findAllByText('Acme Health is in Ana’s clients now')).not.toEqual([]);
    expect(screen.queryByText('Acme Health offered')).toBeNull();
  });

  it('e59 is absent for who is no Account Admin', async () => {
    await open(world('w2'), 'w2', 'transfer');
    await screen.findByTestId('step-1');
    expect(screen.queryByText('Move to another account')).toBeNull();
  });
});

describe('ending a workspace', () => {
  it('e17 deletes into the bin after saying whom it touches, with a reason where one is asked for (e36)', async () => {
    const memory = world('w2');
    memory.answers = [
      {
        result: 'refused',
        reason: { code: 'reason.missing', rule: 'E-36', params: {} },
      },
    ];
    const { user } = await open(memory, 'w2', 'end');
    await user.click(await screen.findByRole('button', { name: 'Delete…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('6 people lose access at once.');
    expect(dialog.textContent).toContain('30 days');
    await user.click(within(dialog).getByRole('button', { name: 'Delete Acme Health' }));
    await user.type(await within(dialog).findByRole('textbox', { name: 'Reason' }), 'moved');
    await user.click(within(dialog).getByRole('button', { name: 'Delete Acme Health' }));
    await waitFor(() =>
      expect(submitted(memory).at(-1)).toEqual({
        intent: 'delete_workspace',
        workspace: 'w2',
        reason: 'moved',
      }),
    );
  });

  it('e18 e19 a personal one says why it stays, and can be hidden instead', async () => {
    const no = { delete: refused('r8.delete', 'R8'), leave: refused('r8.leave', 'R8') };
    const memory = world('w3', no);
    const { user } = await open(memory, 'w3', 'end');
    expect(await screen.findByText(/can’t be deleted/)).toBeTruthy();
    expect(screen.getByText(/can’t leave it/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Delete…' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Hide from the switcher' }));
    await waitFor(() => expect(calls(memory, 'setHidden')).toEqual([['w3', true]]));
    expect(await screen.findByRole('button', { name: 'Show in the switcher' })).toBeTruthy();
  });

  it('e18 r7 the last workspace of an account has no Delete, but a sentence with a way out', async () => {
    const no = refused('r7.workspace', 'R7', {
      workspace: text('Acme Health'),
      account: text('Larch Agency'),
    });
    await open(world('w2', { delete: no }), 'w2', 'end');
    expect((await screen.findByTestId('reason')).dataset.code).toBe('r7.workspace');
    expect(screen.queryByRole('button', { name: 'Delete…' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Leave…' })).toBeTruthy();
    await noViolations();
  });

  it('r6 the last owner cannot leave, with the reason', async () => {
    const memory = world('w2', {
      leave: refused('r6.leave', 'R6', { workspace: text('Acme Health') }),
    });
    const { user } = await open(memory, 'w2', 'end');
    await user.click(await screen.findByRole('button', { name: 'Leave…' }));
    expect(screen.getByTestId('reason').textContent).toContain('only owner of Acme Health');
    await noViolations();
  });
});
