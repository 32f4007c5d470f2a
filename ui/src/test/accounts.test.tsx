// Manage Account: who manages an account, its policies and groups, and the ways to leave or
// delete one. Nothing here decides; what is refused comes from the core.

import '../pages/account/pages.ts';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { accountPage } from './memory/account.ts';
import { createMemory, failure, type Memory } from './memory.ts';
import { calls, noViolations, show } from './show.tsx';
import { ALLOWED, HIDDEN, NOW, refused, text } from './world.ts';
import { fillAccounts } from './worldAccounts.ts';

function world(): Memory {
  const memory = createMemory();
  fillAccounts(memory);
  return memory;
}

function submitted(memory: Memory): unknown[] {
  return calls(memory, 'submit').map(([intent]) => intent);
}

async function at(memory: Memory, address: string, title: string | RegExp) {
  const shown = await show(memory, address);
  await screen.findByRole('heading', { level: 1, name: title });
  return shown;
}

describe('Manage Account', () => {
  it('v17 opens with the key and lists my accounts, me and how it looks', async () => {
    const memory = world();
    const { user, router } = await show(memory);
    await user.keyboard('{Control>},{/Control}');
    await screen.findByRole('heading', { level: 1, name: 'Manage Account' });
    expect(router.state.location.pathname).toBe('/account');
    expect(await screen.findByRole('link', { name: 'Larch Agency' })).toBeTruthy();
    expect(screen.getByText(/Account Admin · Agency · 3 workspaces/)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    await noViolations();
  });

  it('e24 proves an address with the code that was mailed', async () => {
    const memory = world();
    const { user } = await at(memory, '/account', 'Manage Account');
    await user.click(screen.getByRole('button', { name: 'Add an address…' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Another address of yours' }),
      'a@b.example',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Send a code' }));
    await user.type(await within(dialog).findByRole('textbox', { name: 'Code' }), '123456');
    await user.click(within(dialog).getByRole('button', { name: 'Prove address' }));
    await waitFor(() =>
      expect(calls(memory, 'addressConfirm')).toEqual([['a@b.example', '123456']]),
    );
  });

  it('u4 e57 changes my own name, and says why not without a connection', async () => {
    const memory = world();
    const { user } = await at(memory, '/account', 'Manage Account');
    const form = await screen.findByRole('form', { name: 'Your name' });
    const field = within(form).getByRole('textbox', { name: 'Your name' });
    await user.clear(field);
    await user.type(field, 'Alexandra Kim{Enter}');
    await waitFor(() => expect(calls(memory, 'renameLogin')).toEqual([['Alexandra Kim']]));
    await screen.findByDisplayValue('Alexandra Kim');
    await noViolations();
    const { connection } = memory.state;
    memory.state = { ...memory.state, connection: { ...connection, state: 'offline' } };
    act(() => memory.emit({ state: true }));
    await user.click(await screen.findByRole('button', { name: 'Change name' }));
    await waitFor(() =>
      expect(
        within(screen.getByRole('form', { name: 'Your name' })).getByTestId('reason').dataset.code,
      ).toBe('offline.online_only'),
    );
    expect(calls(memory, 'renameLogin')).toHaveLength(1);
  });

  it('e24 says what is wrong with a code in its field', async () => {
    const memory = world();
    memory.failures.addressConfirm = failure('address.code', { field: 'code' });
    const { user } = await at(memory, '/account', 'Manage Account');
    await user.click(screen.getByRole('button', { name: 'Add an address…' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Another address of yours' }),
      'a@b.example',
    );
    await user.keyboard('{Enter}');
    await user.type(await within(dialog).findByRole('textbox', { name: 'Code' }), '1{Enter}');
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('address.code');
  });

  it('e62 has me sign in with another proved address, with my password, and drops the old one', async () => {
    const memory = world();
    const { me } = memory.state;
    if (me === null) throw new Error('nobody is signed in');
    const old = me.address;
    const verified = [old, 'alex@new.example'];
    memory.state = { ...memory.state, me: { ...me, verified } };
    const { user } = await at(memory, '/account', 'Manage Account');
    await user.click(await screen.findByRole('button', { name: 'Sign in with it…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign in with alex@new.example' });
    expect(dialog.textContent).toContain(old);
    await user.keyboard('{Enter}');
    expect(within(dialog).getByText('Type your password.')).toBeTruthy();
    expect(calls(memory, 'changeAddress')).toEqual([]);
    memory.failures.changeAddress = failure('signin.wrong', { field: 'password' });
    await user.type(within(dialog).getByLabelText('Password'), 'wrong{Enter}');
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('signin.wrong');
    delete memory.failures.changeAddress;
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls(memory, 'changeAddress').at(-1)).toEqual(['alex@new.example', 'wrong']);
    await noViolations();
    await user.click(screen.getByRole('button', { name: `Remove ${old}` }));
    await waitFor(() => expect(screen.queryByText(old)).toBeNull());
    const { connection } = memory.state;
    memory.state = {
      ...memory.state,
      me: { ...me, verified },
      connection: { ...connection, state: 'offline' },
    };
    act(() => memory.emit({ state: true }));
    await user.click(await screen.findByRole('button', { name: 'Sign in with it…' }));
    expect((await screen.findByTestId('reason')).dataset.code).toBe('offline.online_only');
  });

  it('v18 v20 lists the Account Admins with since when and by whom, and adds one', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    const list = screen.getByRole('list', { name: '2 Account Admins' });
    expect(within(list).getByText(/founded the account/)).toBeTruthy();
    expect(within(list).getByText(/made by/).textContent).toContain('Ana Marques');
    await user.click(screen.getByRole('button', { name: 'Add…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Add Account Admin' }));
    expect(within(dialog).getByText('Choose a person.')).toBeTruthy();
    await user.type(within(dialog).getByRole('textbox', { name: /^Find/ }), 'mei');
    await user.click(await within(dialog).findByRole('radio', { name: /^Mei Tan/ }));
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Make Mei Tan Account Admin' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'add_admin', account: 'a1', person: 'p1' }]),
    );
    expect(await screen.findByRole('list', { name: '3 Account Admins' })).toBeTruthy();
  });

  it('v19 removes an Account Admin after asking; the safe button has the focus', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    await user.click(screen.getByRole('button', { name: 'Remove Ana Marques…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(document.activeElement?.textContent).toBe('Keep Ana Marques');
    await user.click(within(dialog).getByRole('button', { name: 'Remove Ana Marques' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'remove_admin', account: 'a1', login: 'l2' }]),
    );
  });

  it('r7 e12 keeps the last Account Admin, with the reason in place', async () => {
    const memory = world();
    const page = accountPage();
    const [only] = page.admins;
    if (only === undefined) throw new Error('the account has an admin');
    memory.more.accounts = [
      {
        ...page,
        admins: [
          {
            ...only,
            remove: refused('r7.admin', 'R7', {
              name: text('Ana Marques'),
              account: text('Larch Agency'),
            }),
          },
        ],
      },
    ];
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    const button = screen.getByRole('button', { name: /^Remove .*…$/ });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect(screen.getByTestId('reason').textContent).toContain(
      'Ana Marques is the only Account Admin of Larch Agency.',
    );
    expect(submitted(memory)).toEqual([]);
  });

  it('v48 says when there are more admins than needed', async () => {
    const memory = world();
    memory.more.accounts = [accountPage({ many_admins: true })];
    await at(memory, '/account/a1', 'Larch Agency');
    expect(screen.getByText(/Most accounts need two or three/).textContent).toContain(
      'Larch Agency has 2 Account Admins',
    );
  });

  it('v33 shows none of the account’s sections to somebody who is no Account Admin', async () => {
    const memory = world();
    const page = accountPage();
    memory.more.accounts = [
      { ...page, row: { ...page.row, admin: false }, admins: [], scheme_change: HIDDEN },
    ];
    await at(memory, '/account/a1', 'Larch Agency');
    expect(screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)).toEqual([
      'Leave or delete',
    ]);
    expect(screen.queryByRole('link', { name: 'Delete account…' })).toBeNull();
    expect(calls(memory, 'groups')).toEqual([]);
    cleanupTo(memory);
    await show(memory, '/account/a1/scheme');
    expect((await screen.findAllByText('Not available')).length).toBeGreaterThan(0);
  });

  it('e36 saves the policies and says what is out of range', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    const days = screen.getByRole('textbox', { name: 'Invitations stay open (days)' });
    await user.clear(days);
    await user.type(days, '31');
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    expect(days.getAttribute('aria-invalid')).toBe('true');
    expect(submitted(memory)).toEqual([]);
    await user.clear(days);
    await user.type(days, '14');
    await user.click(screen.getByRole('checkbox', { name: /reason/ }));
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        {
          intent: 'set_policy',
          account: 'a1',
          invitation_days: 14,
          lease_days: 7,
          reason_required: true,
          review_days: 0,
          second_admin: false,
          name_days: 0,
        },
      ]),
    );
  });

  it('e64 sets for how long names of deleted sign-ins stay, and says what is out of range', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    const days = screen.getByRole('textbox', { name: 'Names of deleted sign-ins stay (days)' });
    await user.clear(days);
    await user.type(days, '3651');
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    expect(days.getAttribute('aria-invalid')).toBe('true');
    expect(submitted(memory)).toEqual([]);
    await user.clear(days);
    await user.type(days, '365');
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    await waitFor(() => expect(submitted(memory)[0]).toMatchObject({ name_days: 365 }));
  });

  it('v49_sets how often access is reviewed, and says what is out of range', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    const days = screen.getByRole('textbox', { name: 'Review rhythm (days)' });
    await user.clear(days);
    await user.type(days, '731');
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    expect(days.getAttribute('aria-invalid')).toBe('true');
    expect(submitted(memory)).toEqual([]);
    await user.clear(days);
    await user.type(days, '90');
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    await waitFor(() => expect(submitted(memory)[0]).toMatchObject({ review_days: 90 }));
  });

  it('r14 without a connection: account matters say so and change nothing', async () => {
    const memory = world();
    const offline = { verdict: 'needs_connection' as const, sentence: 'offline.online_only' };
    memory.more.accounts = [accountPage({ policy: offline, add_admin: offline, rename: offline })];
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    expect(screen.getByTestId('reason').dataset.code).toBe('offline.online_only');
    expect(submitted(memory)).toEqual([]);
  });
});

// A second window in one test: the first is taken away.
function cleanupTo(memory: Memory): void {
  document.body.replaceChildren();
  memory.calls.length = 0;
}

describe('groups of workspaces', () => {
  it('e37 creates a group after showing what it does; more rights are ticked first (r16)', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1/groups/new', 'New group');
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Pod 2');
    await user.click(screen.getByRole('checkbox', { name: /^Content Manager/ }));
    await user.click(await screen.findByRole('checkbox', { name: 'Northwind Retail' }));
    expect(screen.queryByRole('checkbox', { name: 'Alex’s workspace' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Create group…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Create the group Pod 2' });
    expect(await within(dialog).findByText(/1 membership changes/)).toBeTruthy();
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Create Pod 2' }));
    expect(within(dialog).getByTestId('reason').dataset.code).toBe('r16.widen');
    expect(submitted(memory)).toEqual([]);
    await user.click(within(dialog).getByRole('checkbox', { name: /I mean it/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Create Pod 2' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        {
          intent: 'create_group',
          account: 'a1',
          name: 'Pod 2',
          covers: { which: 'listed', workspaces: ['w1'] },
          roles: ['content_manager'],
        },
      ]),
    );
  });

  it('e37 covers all but the ticked ones', async () => {
    const memory = world();
    memory.more.groupPreview = { lines: [], total: 0, widening: 0, verdict: ALLOWED };
    const { user } = await at(memory, '/account/a1/groups/g1', 'Pod 1');
    await user.click(screen.getByRole('radio', { name: /^All but/ }));
    await user.click(screen.getByRole('button', { name: 'Save changes…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Change the group Pod 1' });
    await within(dialog).findByText('No membership changes.');
    await user.click(within(dialog).getByRole('button', { name: 'Save changes…' }));
    await waitFor(() =>
      expect(submitted(memory)[0]).toMatchObject({
        intent: 'change_group',
        covers: { which: 'all_but', workspaces: ['w1', 'w2'] },
      }),
    );
  });

  it('e37 adds a person and takes one out, each with its preview', async () => {
    const memory = world();
    memory.more.groupPreview = { lines: [], total: 0, widening: 0, verdict: ALLOWED };
    const { user } = await at(memory, '/account/a1/groups/g1', 'Pod 1');
    await user.click(screen.getByRole('button', { name: 'Add a person…' }));
    const choose = await screen.findByRole('dialog');
    // Who is in it already is not offered again.
    expect(await within(choose).findByRole('radio', { name: /^Luis/ })).toBeTruthy();
    expect(within(choose).queryByRole('radio', { name: /^Mei/ })).toBeNull();
    await user.click(within(choose).getByRole('radio', { name: /^Luis/ }));
    await user.click(within(choose).getByRole('button', { name: 'See what changes' }));
    await user.click(await screen.findByRole('button', { name: 'Add Luis Pereira' }));
    await waitFor(() => expect(submitted(memory)).toHaveLength(1));
    await user.click(await screen.findByRole('button', { name: 'Take Mei Tan out' }));
    const dialog = await screen.findByRole('dialog', { name: /Mei Tan.*Pod 1/ });
    await within(dialog).findByText('No membership changes.');
    await user.click(within(dialog).getByRole('button', { name: 'Take Mei Tan out' }));
    await waitFor(() =>
      expect(submitted(memory)[1]).toEqual({
        intent: 'remove_group_person',
        account: 'a1',
        group: 'g1',
        login: 'l9',
      }),
    );
  });
});

describe('leaving and deleting', () => {
  it('e12 what is in the way comes first, with its buttons, and leaving waits', async () => {
    const memory = world();
    const { user, router } = await at(memory, '/account/a1/leave', 'Leave Larch Agency');
    const blocker = await screen.findByTestId('blocker');
    expect(blocker.textContent).toContain('Acme Health');
    const leave = screen.getByRole('button', { name: 'Leave Larch Agency…' });
    expect(leave.getAttribute('aria-disabled')).toBe('true');
    await user.click(leave);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    await noViolations();
    await user.click(within(blocker).getByRole('button', { name: 'Make someone owner…' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
    // Not just the list: whom, and then the role picker with the owner's role chosen.
    expect(await screen.findByRole('dialog', { name: /Owner of Acme Health/ })).toBeTruthy();
  });

  it('v39 v40 v41 v45 v50 e13 leaves after saying what is lost for good', async () => {
    const memory = world();
    memory.more.exit = { ...memory.more.exit, blockers: [] };
    const { user } = await at(memory, '/account/a1/leave', 'Leave Larch Agency');
    expect(await screen.findByText(/Coming back takes a new invitation/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Leave Larch Agency…' }));
    const dialog = await screen.findByRole('alertdialog', { name: /Leave.*Larch Agency/ });
    expect(document.activeElement?.textContent).toBe('Stay');
    await user.click(within(dialog).getByRole('button', { name: 'Leave Larch Agency' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([{ intent: 'leave_account', account: 'a1' }]),
    );
  });

  it('e14 v42 v43 v44 deletes an account only with its name typed, after naming who is touched', async () => {
    const memory = world();
    memory.more.exit = { ...memory.more.exit, blockers: [] };
    const { user } = await at(memory, '/account/a1/delete', 'Delete Larch Agency');
    expect(await screen.findByText(/1,300 people lose access at once/)).toBeTruthy();
    expect(screen.getByRole('list', { name: '1 workspace is deleted' }).textContent).toContain(
      'Northwind Retail1,284 people',
    );
    await user.click(screen.getByRole('radio', { name: /^Delete now/ }));
    await user.click(screen.getByRole('button', { name: 'Delete Larch Agency for ever' }));
    expect(submitted(memory)).toEqual([]);
    const field = screen.getByRole('textbox', { name: 'Type Larch Agency' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await noViolations();
    await user.type(field, 'Larch Agency');
    await user.click(screen.getByRole('button', { name: 'Delete Larch Agency for ever' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        { intent: 'delete_account', account: 'a1', name: 'Larch Agency' },
      ]),
    );
  });

  it('e15 says which workspaces go to another owner’s account instead', async () => {
    const memory = world();
    await at(memory, '/account/a1/delete', 'Delete Larch Agency');
    const moved = await screen.findByRole('list', {
      name: '1 workspace goes to another owner’s account',
    });
    expect(moved.textContent).toContain('Blue Lake Travel');
  });

  it('e14 exports first and says where to', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1/delete', 'Delete Larch Agency');
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    expect(await screen.findByText('Exported to /exports/Larch Agency')).toBeTruthy();
    memory.failures.exportAccount = failure('file.write');
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await waitFor(() => expect(document.querySelector('[data-code="file.write"]')).not.toBeNull());
  });

  it('e16 schedules it for 1 to 14 days, and any admin withdraws it from its line', async () => {
    const memory = world();
    memory.more.exit = { ...memory.more.exit, blockers: [] };
    const { user } = await at(memory, '/account/a1/delete', 'Delete Larch Agency');
    const days = await screen.findByRole('combobox', { name: 'Days from now' });
    expect(within(days).getAllByRole('option')).toHaveLength(14);
    await user.selectOptions(days, '3');
    await user.type(screen.getByRole('textbox', { name: 'Type Larch Agency' }), 'Larch Agency');
    await user.click(screen.getByRole('button', { name: /^Delete Larch Agency on/ }));
    await waitFor(() =>
      expect(submitted(memory)[0]).toEqual({
        intent: 'schedule_deletion',
        account: 'a1',
        name: 'Larch Agency',
        days: 3,
      }),
    );
    await screen.findByText(/will be deleted for ever on/);
    await user.click(screen.getByRole('button', { name: 'Withdraw the deletion' }));
    await waitFor(() => expect(screen.queryByText(/will be deleted for ever on/)).toBeNull());
    expect(submitted(memory)[1]).toEqual({ intent: 'withdraw_deletion', account: 'a1' });
  });

  it('e14 where the account wants two for its end, one asks for a day', async () => {
    const memory = world();
    memory.more.exit = { ...memory.more.exit, blockers: [] };
    const delete_now = refused('account.second_admin', 'E-14');
    memory.more.accounts = [accountPage({ second_admin: true, delete_now })];
    const { user } = await at(memory, '/account/a1/delete', 'Delete Larch Agency');
    expect(await screen.findByText(/takes two Account Admins/)).toBeTruthy();
    expect(screen.queryByRole('radio', { name: /^Delete now/ })).toBeNull();
    await user.type(screen.getByRole('textbox', { name: 'Type Larch Agency' }), 'Larch Agency');
    await user.click(screen.getByRole('button', { name: /^Ask to delete Larch Agency on/ }));
    await waitFor(() =>
      expect(submitted(memory)[0]).toMatchObject({ intent: 'schedule_deletion', days: 7 }),
    );
  });

  it('e14 the second Account Admin says yes after being asked once more', async () => {
    const memory = world();
    const deletion = { at: NOW, by: 'Ana Marques', waits: true };
    memory.more.accounts = [accountPage({ second_admin: true, deletion, confirm: ALLOWED })];
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    expect(screen.getByText(/done only if another Account Admin says yes/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Say yes to the deletion…' }));
    const dialog = await screen.findByRole('alertdialog', { name: /Say yes to deleting/ });
    expect(document.activeElement?.textContent).toBe('Say nothing');
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: /^Delete Larch Agency on/ }));
    await screen.findByText(/will be deleted for ever on/);
    expect(submitted(memory)).toEqual([{ intent: 'confirm_deletion', account: 'a1' }]);
  });

  it('e14 two for the end of the account is a policy, off at first', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1', 'Larch Agency');
    const two = screen.getByRole('checkbox', { name: /takes two Account Admins/ });
    expect((two as HTMLInputElement).checked).toBe(false);
    await user.click(two);
    await user.click(screen.getByRole('button', { name: 'Save policies' }));
    await waitFor(() => expect(submitted(memory)[0]).toMatchObject({ second_admin: true }));
  });

  it('e16 tells everybody in the account who asked for the deletion', async () => {
    const memory = world();
    memory.more.accounts = [
      accountPage({ deletion: { at: NOW, by: 'Ana Marques', waits: false } }),
    ];
    await at(memory, '/account/a1', 'Larch Agency');
    const line = screen.getByText(/will be deleted for ever on/);
    expect(line.textContent).toContain('Ana Marques asked for it');
    expect(screen.queryByRole('button', { name: 'Withdraw the deletion' })).toBeNull();
  });

  it('e11 deletes the sign-in only without blockers, with address and password', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/sign-in', 'Delete your sign-in');
    await screen.findByTestId('blocker');
    const button = screen.getByRole('button', { name: 'Delete my sign-in for ever' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.type(
      screen.getByRole('textbox', { name: 'Type alex@larch.example' }),
      'alex@larch.example',
    );
    await user.type(screen.getByLabelText('Password'), 'secret');
    await user.click(button);
    expect(calls(memory, 'deleteLogin')).toEqual([]);
  });

  it('e11 v44 ends at the start screen', async () => {
    const memory = world();
    memory.more.exit = { ...memory.more.exit, blockers: [] };
    const { user } = await at(memory, '/account/sign-in', 'Delete your sign-in');
    await user.click(await screen.findByRole('button', { name: 'Delete my sign-in for ever' }));
    expect(calls(memory, 'deleteLogin')).toEqual([]);
    await user.type(
      screen.getByRole('textbox', { name: 'Type alex@larch.example' }),
      'Alex@larch.example',
    );
    await user.type(screen.getByLabelText('Password'), 'secret{Enter}');
    await waitFor(() => expect(calls(memory, 'deleteLogin')).toEqual([['secret']]));
    expect(await screen.findByRole('heading', { level: 1, name: 'Muster' })).toBeTruthy();
  });
});

describe('changing the scheme', () => {
  it('e58 suggests, asks for what has no safe equivalent, and has every wider one ticked (r16)', async () => {
    const memory = world();
    const { user } = await at(memory, '/account/a1/scheme', 'Change how roles work');
    const [first, second] = await screen.findAllByTestId('mapping');
    if (first === undefined || second === undefined) throw new Error('there are two roles');
    expect((within(first).getByRole('combobox') as HTMLSelectElement).value).toBe('owner');
    expect(within(second).getByText(/No safe equivalent/)).toBeTruthy();
    const act = screen.getByRole('button', { name: 'Change to “On my own”' });
    await user.click(act);
    expect(screen.getByTestId('reason').dataset.code).toBe('scheme.missing');
    await user.selectOptions(within(second).getByRole('combobox'), 'read');
    await user.click(act);
    expect(screen.getByTestId('reason').dataset.code).toBe('scheme.left');
    expect(submitted(memory)).toEqual([]);
    await noViolations();
    await user.click(screen.getByRole('checkbox', { name: /Chen Okafor/ }));
    await user.click(act);
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        {
          intent: 'set_scheme',
          account: 'a1',
          scheme: 'owner_led',
          mapping: [
            {
              workspace: null,
              from: ['workspace_admin'],
              to: { as: 'built_in', roles: ['owner'] },
            },
            { workspace: null, from: ['chat_user'], to: { as: 'built_in', roles: ['read'] } },
          ],
          widened: ['w1-m3'],
        },
      ]),
    );
  });

  it('e58 keeps the reason where the rules say no', async () => {
    const memory = world();
    memory.more.accounts = [
      accountPage({
        scheme_change: refused('r8.account', 'R8', { account: text('Larch Agency') }),
      }),
    ];
    await at(memory, '/account/a1/scheme', 'Change how roles work');
    expect((await screen.findAllByTestId('reason'))[0]?.dataset.code).toBe('r8.account');
    const act = await screen.findByRole('button', { name: 'Change to “On my own”' });
    expect(act.getAttribute('aria-disabled')).toBe('true');
  });
});
