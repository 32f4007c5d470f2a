// The frame: the switcher with its keys, switching, the status line, signing in and out.

import { cleanup, act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '../backend/types.ts';
import { createMemory, failure, type Memory, place } from './memory.ts';
import { screenWidth } from './setup.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';

function offline(memory: Memory): void {
  const at = Date.now() - 3_600_000;
  memory.state = {
    ...memory.state,
    connection: {
      ...memory.state.connection,
      state: 'offline',
      offline_since: at,
      last_contact: at,
    },
  };
}

async function openSwitcher(user: { keyboard: (keys: string) => Promise<void> }) {
  await user.keyboard('{Control>}o{/Control}');
  const field = await screen.findByRole('combobox', { name: 'Find a workspace' });
  await waitFor(() => expect(screen.getAllByRole('option').length).toBeGreaterThan(0));
  return field;
}

function focusedOption(field: HTMLElement): string {
  return (
    document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent ?? ''
  );
}

describe('the switcher', () => {
  it('U-26 U-27 U-30 U-31 stands in the top bar, names each with a role, marks the open one', async () => {
    const { user } = await show(createMemory());
    await roster();
    expect(screen.getByTestId('switcher').textContent).toContain('Northwind RetailAdmin');
    expect(screen.getByTestId('switcher').closest('header')).not.toBeNull();
    const field = await openSwitcher(user);
    await waitFor(() => expect(document.activeElement).toBe(field));
    const options = screen.getAllByRole('option');
    expect(options).toHaveLength(4);
    expect(options[0]?.getAttribute('aria-selected')).toBe('true');
    expect(options[1]?.textContent).toContain('Owner');
    expect(options[1]?.getAttribute('aria-setsize')).toBe('4');
    expect(options[1]?.getAttribute('aria-posinset')).toBe('2');
    expect(screen.getByRole('button', { name: 'Manage Workspaces' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Create' })).toBeTruthy();
    await noViolations();
  });

  it('U-5 shows the personal workspace by its name, and says that it is personal', async () => {
    const { user } = await show(createMemory());
    await roster();
    await openSwitcher(user);
    const own = screen.getByRole('option', { name: /Alex’s workspace/ });
    expect(own.textContent).toContain('personal');
    expect(own.textContent).toContain('Owner');
  });

  it('U-32 switches to the entry that is pressed', async () => {
    const { user, router } = await show(createMemory());
    await roster();
    await openSwitcher(user);
    await user.click(screen.getByRole('option', { name: /^Acme/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
  });

  it('U-37 opens the Workspaces page with Manage Workspaces', async () => {
    const { user, router } = await show(createMemory());
    await roster();
    await openSwitcher(user);
    await user.click(screen.getByRole('button', { name: 'Manage Workspaces' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/workspaces'));
  });

  it('moves with the arrows while the focus stays in the field, and Enter switches', async () => {
    const { user, router } = await show(createMemory());
    await roster();
    const field = await openSwitcher(user);
    expect(focusedOption(field)).toContain('Northwind');
    await user.keyboard('{ArrowDown}');
    expect(focusedOption(field)).toContain('Acme');
    expect(document.activeElement).toBe(field);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('finds by text, says how many match, and closes with Escape', async () => {
    const { user } = await show(createMemory());
    await roster();
    await openSwitcher(user);
    await user.keyboard('blue');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    expect(screen.getByText('1 match')).toBeTruthy();
    await user.keyboard('zzz');
    expect(await screen.findByText('No workspace matches.')).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
  });

  it('E-32 Alt+Enter says why I have it and what I may do there, and Escape goes back', async () => {
    const { user } = await show(createMemory());
    await roster();
    const field = await openSwitcher(user);
    await user.keyboard('acme');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await user.keyboard('{Alt>}{Enter}{/Alt}');
    const why = await screen.findByTestId('why-here');
    expect(why.textContent).toContain('Why do I have Acme Health?');
    await waitFor(() => expect(why.textContent).toContain('Owner, given by Adaeze Okafor'));
    expect(within(why).getByRole('list', { name: 'What you can do there' })).toBeTruthy();
    await waitFor(() => expect(why.contains(document.activeElement)).toBe(true));
    await noViolations();
    await user.keyboard('{Escape}');
    const again = await screen.findByRole('combobox', { name: 'Find a workspace' });
    expect(again).toHaveProperty('value', 'acme');
    expect(field.isConnected).toBe(false);
  });

  it('E-55 Mod+Enter opens it in a new window, on the same page, and this one stays', async () => {
    const memory = createMemory();
    const { user, router } = await show(memory, '/w/w1/history');
    await openSwitcher(user);
    await user.keyboard('{ArrowDown}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(calls(memory, 'windowOpen')).toEqual([['/w/w2/history']]));
    expect(router.state.location.pathname).toBe('/w/w1/history');
  });

  it('E-55 a window that cannot be opened says why', async () => {
    const memory = createMemory();
    memory.failures = { windowOpen: failure('window.full') };
    const { user } = await show(memory);
    await roster();
    await user.keyboard('{Control>}n{/Control}');
    expect((await screen.findByTestId('notice')).textContent).toContain('Eight windows are open');
    expect(calls(memory, 'windowOpen')).toEqual([['/w/w1/members']]);
  });

  it('with one workspace has no field', async () => {
    const memory = createMemory();
    memory.workspaces = [
      place(1, 'Alex’s workspace', 1, { kind: 'personal', my_roles: ['owner'] }),
    ];
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByTestId('switcher'));
    expect(await screen.findByRole('option', { name: /Alex’s workspace/ })).toBeTruthy();
    expect(screen.queryByRole('combobox')).toBeNull();
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
  });

  it('offers no Create to those who may create nowhere', async () => {
    const memory = createMemory();
    if (memory.state.me)
      memory.state = { ...memory.state, me: { ...memory.state.me, accounts: [] } };
    const { user } = await show(memory);
    await roster();
    await openSwitcher(user);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});

describe('switching', () => {
  it('U-34 stays on the same page, keeps the filter, drops panel and selection', async () => {
    const { user, router } = await show(createMemory(), '/w/w1/members?q=o&open=w1-m0');
    await roster();
    await openSwitcher(user);
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
    expect(router.state.location.search).toEqual({ q: 'o' });
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(screen.getByTestId('switcher').textContent).toContain('Acme Health');
    expect(calls(createMemory(), 'workspaceOpened')).toHaveLength(0);
  });

  it('U-24 U-25 U-33 U-35 leaves nothing of the old workspace on screen, not for one frame', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    const seen: string[] = [];
    const watch = new MutationObserver(() => {
      const name = screen.queryByTestId('switcher')?.textContent ?? '';
      const rows = screen.queryAllByTestId('row').map((row) => row.dataset.id?.split('-')[0] ?? '');
      if (name.includes('Acme') && rows.some((id) => id !== 'w2')) seen.push(rows.join());
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    await openSwitcher(user);
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(screen.getByTestId('switcher').textContent).toContain('Acme'));
    await roster();
    await waitFor(() => expect(addresses()).toHaveLength(6));
    watch.disconnect();
    expect(seen).toEqual([]);
  });

  it('E-54 goes to the nearest page where the same one is not open to me', async () => {
    const memory = createMemory();
    memory.workspaces[1] = place(2, 'Acme Health', 6, {
      scheme: 'managed',
      my_roles: ['chat_user'],
    });
    const { user, router } = await show(memory);
    await roster();
    await openSwitcher(user);
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/workspaces'));
    expect((await screen.findByTestId('notice')).textContent).toBe(
      'Users isn’t open to you in Acme Health, so this is Workspaces.',
    );
  });

  it('E-53 closes a workspace that is taken away and goes to the next one', async () => {
    const memory = createMemory();
    const { router } = await show(memory);
    await roster();
    memory.workspaces = memory.workspaces.slice(1);
    act(() => memory.emit({ workspaces: true, state: true, rosters: ['w1'] }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
    expect((await screen.findByTestId('notice')).textContent).toContain('This is Acme Health');
  });

  it.each([
    ['Delete…', 'Delete Acme Health', 'You deleted Acme Health. This is Northwind Retail.'],
    ['Leave…', 'Leave Acme Health', 'You left Acme Health. This is Northwind Retail.'],
  ])(
    'E-53 tells whoever pressed %s that they did it, not that it was taken away',
    async (menu, button, said) => {
      const memory = createMemory();
      const { user, router } = await show(memory, '/w/w2/members');
      await roster();
      await user.click(screen.getByRole('link', { name: /^Workspaces/ }));
      await user.click(await screen.findByRole('button', { name: 'Actions for Acme Health' }));
      await user.click(await screen.findByRole('menuitem', { name: menu }));
      const dialog = await screen.findByRole('alertdialog');
      // The news comes before the answer, as it does from a server that tells everybody at once.
      let answer = () => {};
      const gate = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const { submit } = memory.backend;
      memory.backend.submit = async (intent) => {
        memory.workspaces = memory.workspaces.filter((one) => one.view.row.id !== 'w2');
        await gate;
        return submit(intent);
      };
      await user.click(within(dialog).getByRole('button', { name: button }));
      act(() => memory.emit({ workspaces: true, state: true, rosters: ['w2'] }));
      await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/members'));
      act(answer);
      await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
      await waitFor(() => expect(screen.getByTestId('notice').textContent).toBe(said));
    },
  );

  it('tells how high a notice is, so that a dialog that is a page ends above it', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    await user.keyboard('{Control>}z{/Control}');
    await screen.findByTestId('notice');
    const { style } = document.documentElement;
    expect(style.getPropertyValue('--notice-room')).toMatch(/^\d+px$/);
    await user.click(within(screen.getByTestId('notice')).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByTestId('notice')).toBeNull());
    expect(style.getPropertyValue('--notice-room')).toBe('');
  });

  it('reads again what changed, and only that', async () => {
    const memory = createMemory();
    await show(memory);
    await roster();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('the world has a workspace');
    at.members = at.members.map((row) =>
      row.id === 'w1-m0' ? { ...row, name: 'Ada Okafor', mark: 'new' } : row,
    );
    const before = calls(memory, 'workspaces').length;
    act(() => memory.emit({ rosters: ['w1'] }));
    await waitFor(() => expect(screen.getAllByText('Ada Okafor').length).toBeGreaterThan(0));
    expect(calls(memory, 'workspaces')).toHaveLength(before);
  });
});

describe('the frame', () => {
  it('C-14 leaves out entries that are not mine here, and names them by scheme', async () => {
    const memory = createMemory();
    await show(memory, '/w/w4/members');
    await roster();
    const nav = screen.getByRole('navigation');
    expect(within(nav).queryByRole('link', { name: /Invitations/ })).toBeNull();
    expect(
      within(nav)
        .getByRole('link', { name: /Team members/ })
        .getAttribute('aria-current'),
    ).toBe('page');
  });

  it('C-14 V-21 calls the section Users where an account manages, and Team members elsewhere', async () => {
    const memory = createMemory();
    memory.workspaces[1] = place(2, 'Acme Health', 6, { scheme: 'managed' });
    const { router } = await show(memory, '/w/w2/members');
    await screen.findByRole('heading', { level: 1, name: 'Users' });
    const nav = within(screen.getByRole('navigation'));
    expect(nav.getByRole('link', { name: /^Users/ }).getAttribute('aria-current')).toBe('page');
    await act(() => router.navigate({ href: '/w/w1/members' }));
    await screen.findByRole('heading', { level: 1, name: 'Team members' });
    expect(nav.queryByRole('link', { name: /^Users/ })).toBeNull();
  });

  it('shows a link to what I may not see as not available, without saying that it exists', async () => {
    await show(createMemory(), '/w/w4/invitations');
    expect(await screen.findByText(/isn’t available to you, or it doesn’t exist/)).toBeTruthy();
  });

  it.each(['members', 'invitations'])(
    'shows a link to the %s of what is not there in the same words',
    async (page) => {
      await show(createMemory(), `/w/elsewhere/${page}`);
      expect(await screen.findByText(/isn’t available to you, or it doesn’t exist/)).toBeTruthy();
      expect(screen.queryByRole('grid')).toBeNull();
    },
  );

  it.each([
    ['online', /^Up to date, \d\d:\d\d$/],
    ['offline', /^Offline since \d\d:\d\d\. You can keep working\.$/],
    ['server_fault', /The server has a problem/],
    ['upgrade_needed', /newer version/],
    ['read_only', /takes no changes from here/],
    ['disk_full', /disk is full/],
    ['folder_read_only', /can be read as it was; nothing can be changed/],
    ['signed_out', /sign-in has ended/],
  ] as const)('says the state %s in the status line', async (state, text) => {
    const memory = createMemory();
    offline(memory);
    memory.state = { ...memory.state, connection: { ...memory.state.connection, state } };
    await show(memory);
    await waitFor(() => expect(screen.getByTestId('status').textContent).toMatch(text));
    expect(screen.getByTestId('app').dataset.connection).toBe(state);
  });

  it('tells the core once that the window has its first frame', async () => {
    const memory = createMemory();
    await show(memory);
    await waitFor(() => expect(calls(memory, 'windowReady')).toHaveLength(1));
  });

  it('U-28 has the switcher first in the drawer of a narrow window', async () => {
    screenWidth.value = 500;
    const { user } = await show(createMemory());
    await roster();
    expect(screen.queryByTestId('switcher')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show or hide the areas' }));
    const nav = await screen.findByRole('navigation');
    expect(nav.querySelector('button')?.dataset.testid).toBe('switcher');
    await noViolations();
  });

  it('walks through the areas with F6', async () => {
    const { user } = await show(createMemory());
    await roster();
    await user.keyboard('{F6}');
    const first = document.activeElement?.closest('[data-area]')?.getAttribute('data-area');
    await user.keyboard('{F6}');
    const second = document.activeElement?.closest('[data-area]')?.getAttribute('data-area');
    expect([first, second]).toEqual(['top', 'side']);
  });

  it('signout.unsent asks before unsent changes are deleted', async () => {
    const memory = createMemory();
    memory.state = { ...memory.state, counts: { not_sent: 2, refused: 0, needs_you: 0 } };
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: /appearance and sign out/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('2 changes haven’t been sent');
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Sign out anyway' }));
    await waitFor(() => expect(screen.getByTestId('app').dataset.phase).toBe('signed_out'));
  });

  it('signout.only_here names plans, drafts and reminders that signing out deletes', async () => {
    const memory = createMemory();
    const only_here = { plans: 2, drafts: 1, reminders: 0 };
    memory.state = { ...memory.state, only_here };
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: /appearance and sign out/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('on this device: 2 saved plans and 1 draft.');
    expect(within(dialog).queryByRole('button', { name: 'Send first' })).toBeNull();
    expect(document.activeElement?.textContent).toBe('Cancel');
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Sign out anyway' }));
    await waitFor(() => expect(screen.getByTestId('app').dataset.phase).toBe('signed_out'));
  });

  it('hears Escape in a dialog before it has the focus', async () => {
    const memory = createMemory();
    memory.state = { ...memory.state, counts: { not_sent: 2, refused: 0, needs_you: 0 } };
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: /appearance and sign out/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
    await screen.findByRole('alertdialog');
    (document.activeElement as HTMLElement).blur();
    expect(document.activeElement).toBe(document.body);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('fixes the theme from the menu of the person', async () => {
    const { user } = await show(createMemory());
    await roster();
    await user.click(screen.getByRole('button', { name: /appearance and sign out/ }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
  });
});

describe('the start screens', () => {
  function signedOut(): Memory {
    const memory = createMemory();
    memory.state = { ...memory.state, phase: 'signed_out', me: null };
    return memory;
  }

  it('signs in, and says what is wrong in its place', async () => {
    const memory = signedOut();
    memory.failures.signIn = failure('signin.wrong');
    const { user } = await show(memory);
    await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'alex@larch.example');
    await user.type(screen.getByLabelText('Password'), 'wrong horse');
    await user.click(screen.getAllByRole('button', { name: 'Sign in' }).at(-1) as HTMLElement);
    expect((await screen.findByTestId('reason')).dataset.code).toBe('signin.wrong');
    await noViolations();
    memory.failures = {};
    await user.click(screen.getAllByRole('button', { name: 'Sign in' }).at(-1) as HTMLElement);
    await waitFor(() => expect(screen.getByTestId('app').dataset.phase).toBe('ready'));
  });

  it.each([
    ['server.none', 'Server'],
    ['server.version', 'Server'],
    ['address.bad', 'E-mail'],
    ['password.bad', 'Password'],
  ] as const)('puts %s at the field %s', async (code, label) => {
    const memory = signedOut();
    memory.failures.signIn = failure(code);
    const { user } = await show(memory);
    await user.click(screen.getAllByRole('button', { name: 'Sign in' }).at(-1) as HTMLElement);
    await screen.findByTestId('reason');
    const field = screen.getByLabelText(label);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const described = field.getAttribute('aria-describedby') ?? '';
    const text = described
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' ');
    expect(text).toContain(screen.getByTestId('reason').textContent);
  });

  it('signs up under either scheme, asked in plain words', async () => {
    const memory = signedOut();
    const { user } = await show(memory);
    await user.click(screen.getByRole('button', { name: 'Sign up' }));
    await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'Alex Meyer');
    await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'alex@larch.example');
    await user.type(screen.getByLabelText('Password'), 'correct horse battery');
    await user.click(screen.getAllByRole('button', { name: 'Sign up' }).at(-1) as HTMLElement);
    expect(screen.getByText(/Choose one of the two/)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: /^Agency/ }));
    await user.type(screen.getByRole('textbox', { name: 'Name of the agency' }), 'Larch Agency');
    await noViolations();
    await user.click(screen.getAllByRole('button', { name: 'Sign up' }).at(-1) as HTMLElement);
    await waitFor(() => expect(calls(memory, 'signUp')).toHaveLength(1));
    expect(calls(memory, 'signUp')[0]?.[0]).toMatchObject({
      scheme: 'managed',
      account_name: 'Larch Agency',
      invitation: null,
    });
  });

  it('comes with an invitation: looks first, then joins', async () => {
    const memory = signedOut();
    const { user } = await show(memory);
    await user.click(screen.getByRole('button', { name: 'I have an invitation' }));
    await user.type(screen.getByRole('textbox', { name: 'Invitation link or code' }), '7YB2');
    await user.click(screen.getByRole('button', { name: 'Look at the invitation' }));
    expect(await screen.findByText('luis@northwind.example')).toBeTruthy();
    await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'Luis Pereira');
    await user.type(screen.getByLabelText('Password'), 'correct horse battery');
    await user.click(screen.getByRole('button', { name: 'Sign up and join' }));
    await waitFor(() =>
      expect(calls(memory, 'signUp')[0]?.[0]).toMatchObject({
        invitation: '7YB2',
        scheme: null,
        address: 'luis@northwind.example',
      }),
    );
  });

  it('e25 says that an invitation is for another address, with its rule', async () => {
    const memory = createMemory();
    const reason = {
      code: 'invite.wrong_person' as const,
      rule: 'E-25',
      params: { address: { type: 'text' as const, value: 'alex@larch.example' } },
    };
    expect(REFUSAL_CODES).toContain(reason.code);
    memory.failures.invitationAccept = failure('refused', { reason });
    const { user } = await show(memory, '/workspaces');
    await roster();
    await user.click(screen.getByRole('button', { name: 'I have an invitation' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), '7YB2');
    await user.click(within(dialog).getByRole('button', { name: 'Look at the invitation' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Join Northwind Retail' }));
    const line = await within(dialog).findByTestId('reason');
    expect(line.dataset.code).toBe('invite.wrong_person');
    expect(line.textContent).toContain('E-25');
  });

  it('e25 opens with the invitation whose link was followed, signed in or not', async () => {
    const memory = signedOut();
    memory.more.link = 'https://muster.example/join/7YB2';
    await show(memory);
    const field = await screen.findByRole('textbox', { name: 'Invitation link or code' });
    expect((field as HTMLInputElement).value).toBe('https://muster.example/join/7YB2');
    cleanup();

    const inside = createMemory();
    const { user } = await show(inside);
    await roster();
    inside.more.link = 'https://muster.example/join/7YB2';
    inside.emit({ state: true });
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Look at the invitation' }));
    await within(dialog).findByRole('button', { name: 'Join Northwind Retail' });
    expect(calls(inside, 'invitationLook')[0]?.[1]).toBe('https://muster.example/join/7YB2');
  });

  it('says why the key store keeps it from opening, and the way out', async () => {
    const memory = signedOut();
    memory.state = { ...memory.state, phase: 'no_key_store', problem: failure('keystore.locked') };
    await show(memory);
    expect((await screen.findByTestId('reason')).dataset.code).toBe('keystore.locked');
    expect(screen.getByTestId('reason').textContent).toContain('Unlock it and try again');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
    await noViolations();
  });

  it('says that somebody is in no workspace yet', async () => {
    const memory = createMemory();
    memory.workspaces = [];
    await show(memory, '/');
    expect(await screen.findByText('You’re not in any workspace yet.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Create' })).toBeTruthy();
    await noViolations();
  });

  it('starts at the beginning for whoever signs in next', async () => {
    const memory = createMemory();
    const { user, router } = await show(memory, '/w/w2/members');
    await roster();
    await user.click(screen.getByRole('button', { name: /appearance and sign out/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/'));
  });

  it('shows the cause when the core cannot open its copy', async () => {
    const memory = createMemory();
    memory.failures.appState = failure('copy.newer');
    await show(memory);
    expect((await screen.findByTestId('reason')).dataset.code).toBe('copy.newer');
  });
});
