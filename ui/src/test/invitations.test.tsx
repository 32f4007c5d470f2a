// Invitations from both sides: what a team sees of them, and what the invited person does.

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { InvitationRow } from '../backend/types.ts';
import { CODE, inboxRow } from './memory/inbox.ts';
import { invitation } from './memory/people.ts';
import { createMemory, failure, line, type Memory, place, preview } from './memory.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';
import { ALLOWED, NOW, text } from './world.ts';

function invited(...rows: InvitationRow[]): Memory {
  const memory = createMemory();
  const at = memory.workspaces[0];
  if (at === undefined) throw new Error('the world has a workspace');
  at.invitations = rows;
  return memory;
}

describe('the invitations of a workspace', () => {
  it('E-26 folds what has ended, and dismisses it without being asked', async () => {
    const memory = invited(
      invitation('i0'),
      invitation('i1', { state: 'expired' }),
      invitation('i2', { state: 'declined' }),
    );
    const { user } = await show(memory, '/w/w1/invitations');
    await roster();
    expect(addresses()).toEqual(['i0@northwind.example']);
    await user.click(screen.getByRole('button', { name: '2 expired or answered' }));
    await waitFor(() => expect(addresses()).toHaveLength(3));
    await user.click(screen.getByRole('button', { name: 'Actions for i2@northwind.example' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Dismiss' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ intent: 'revoke', invitation: 'i2' }),
    );
  });

  it('E-27 R12 one that needs confirmation says why and is confirmed', async () => {
    const memory = invited(
      invitation('i0', { state: 'needs_confirmation', confirm: ALLOWED, message: 'See you soon' }),
    );
    const { user } = await show(memory, '/w/w1/invitations');
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Enter}');
    const panel = await screen.findByTestId('invitation-panel');
    expect(within(panel).getByTestId('reason').textContent).toContain(
      'Ana Marques can’t give Write any more.',
    );
    expect(panel.textContent).toContain('See you soon');
    await noViolations();
    await user.click(within(panel).getByRole('button', { name: 'Confirm' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'confirm_invitation',
        workspace: 'w1',
        invitation: 'i0',
      }),
    );
  });

  it('E-28 R12 says what came into the way of one, with the way out', async () => {
    const memory = invited(
      invitation('i0', { trouble: 'mail_refused' }),
      invitation('i1', { trouble: 'no_seat' }),
    );
    const { user } = await show(memory, '/w/w1/invitations');
    const grid = await roster();
    expect(within(grid).getAllByText('Mail refused').length).toBeGreaterThan(0);
    const rows = screen.getAllByTestId('row');
    expect(rows.map((row) => row.dataset.mark)).toEqual(['refused', 'refused']);
    rows[0]?.focus();
    await user.keyboard('{Enter}');
    const panel = await screen.findByTestId('invitation-panel');
    expect(within(panel).getByTestId('reason').textContent).toContain(
      'The mail server didn’t take the letter to i0@northwind.example.',
    );
    await noViolations();
    await user.click(within(panel).getByRole('button', { name: 'Copy link instead' }));
    expect(await screen.findByRole('dialog')).toBeTruthy();
    expect(calls(memory, 'invitationLink')).toEqual([['w1', 'i0']]);
  });

  it('E-28 who found no seat leads to the plan', async () => {
    const memory = invited(invitation('i1', { trouble: 'no_seat' }));
    const { user, router } = await show(memory, '/w/w1/invitations');
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Enter}');
    const panel = await screen.findByTestId('invitation-panel');
    expect(panel.textContent).toContain('Refused at acceptance: no seat left. E-28');
    await user.click(within(panel).getByRole('button', { name: 'See plan' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/settings'));
  });

  it('E-23 changes what an invitation gives', async () => {
    const memory = invited(invitation('i0'));
    const { user } = await show(memory, '/w/w1/invitations');
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for i0@northwind.example' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Change role…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(await within(dialog).findByRole('radio', { name: /^Read/ }));
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Invite as Read' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({
        intent: 'set_invitation_roles',
        roles: ['read'],
      }),
    );
  });

  it('closes the panel with Escape and gives the focus back to the row', async () => {
    const { user } = await show(invited(invitation('i0')), '/w/w1/invitations');
    await roster();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Enter}');
    const panel = await screen.findByTestId('invitation-panel');
    within(panel).getByRole('button', { name: 'Close' }).focus();
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('invitation-panel')).toBeNull();
    await waitFor(() =>
      expect((document.activeElement as HTMLElement).dataset.address).toBe('i0@northwind.example'),
    );
  });
});

describe('inviting', () => {
  async function typed(memory: Memory, addressesTyped: string, role: RegExp) {
    const shown = await show(memory);
    await roster();
    await shown.user.click(screen.getByRole('button', { name: 'Invite people' }));
    const dialog = await screen.findByRole('dialog');
    await shown.user.type(
      within(dialog).getByRole('textbox', { name: /Addresses/ }),
      addressesTyped,
    );
    const kind = memory.workspaces[0]?.view.row.scheme === 'managed' ? 'checkbox' : 'radio';
    await shown.user.click(await within(dialog).findByRole(kind, { name: role }));
    return { ...shown, dialog };
  }

  it('C-13 V-22 adds people of the account at once and invites the rest', async () => {
    const memory = createMemory();
    memory.workspaces[0] = place(1, 'Northwind Retail', 5, {
      scheme: 'managed',
      my_roles: ['workspace_admin'],
    });
    const { user, dialog } = await typed(
      memory,
      'luis@larch.example, bo@x.example',
      /^Content Manager/,
    );
    const send = await within(dialog).findByRole('button', { name: 'Add 1, invite 1' });
    expect(dialog.textContent).toContain('1 of them has a sign-in in this account');
    await user.type(within(dialog).getByRole('textbox', { name: 'Message' }), 'Welcome');
    await user.click(send);
    await waitFor(() => expect(calls(memory, 'invite')).toHaveLength(1));
    expect(calls(memory, 'submit')[0]?.[0]).toEqual({
      intent: 'add_member',
      workspace: 'w1',
      person: 'p0',
      roles: ['content_manager'],
    });
    expect(calls(memory, 'invite')[0]?.[0]).toMatchObject({
      people: [{ address: 'bo@x.example', name: null }],
      message: 'Welcome',
    });
    expect((await screen.findByTestId('notice')).textContent).toContain(
      '1 added · 1 invitation sent',
    );
  });

  it('C-13 asks nobody of the account where people are invited one by one', async () => {
    const memory = createMemory();
    await typed(memory, 'luis@larch.example', /^Read/);
    await screen.findByRole('button', { name: 'Send 1 invitation' });
    expect(calls(memory, 'accountPeople')).toHaveLength(0);
  });

  it('E-29 tells what somebody was who was here before, and uses it again', async () => {
    const memory = createMemory();
    memory.backend.importText = async () =>
      preview([
        line(1, 'mei@x.example', { name: 'Mei Tan', former: ['read'], former_until: NOW - 9e9 }),
      ]);
    const { user, dialog } = await typed(memory, 'mei@x.example', /^Write/);
    const former = await within(dialog).findByTestId('former');
    expect(former.textContent).toMatch(/Mei Tan was here until .* as Read\./);
    await user.click(within(former).getByRole('button', { name: 'Use Read' }));
    expect((within(dialog).getByRole('radio', { name: /^Read/ }) as HTMLInputElement).checked).toBe(
      true,
    );
    await noViolations();
  });
});

describe('the inbox', () => {
  function waiting(): Memory {
    const memory = createMemory();
    memory.more.inbox = [inboxRow('x1', { message: 'Join us' }), inboxRow('x2')];
    const { me } = memory.state;
    if (me === null) throw new Error('somebody is signed in');
    memory.state = { ...memory.state, me: { ...me, inbox: 2 } };
    return memory;
  }

  async function opened(memory: Memory) {
    const shown = await show(memory);
    await roster();
    await shown.user.click(screen.getByRole('button', { name: /^Alex Meyer/ }));
    await shown.user.click(await screen.findByRole('menuitem', { name: /^Your invitations/ }));
    return { ...shown, dialog: await screen.findByRole('dialog', { name: 'Your invitations' }) };
  }

  it('E-25 is counted in the menu, says what each gives, and accepts', async () => {
    const memory = waiting();
    const { user, dialog, router } = await opened(memory);
    const lines = await within(dialog).findAllByTestId('inbox-line');
    expect(lines).toHaveLength(2);
    expect(lines[0]?.textContent).toContain('Join us');
    await noViolations();
    await user.click(within(lines[0] as HTMLElement).getByRole('button', { name: /Cedar Books/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
    expect(calls(memory, 'inboxAccept')).toEqual([['x1']]);
  });

  it('E-25 declines, and the other stays', async () => {
    const memory = waiting();
    const { user, dialog } = await opened(memory);
    const lines = await within(dialog).findAllByTestId('inbox-line');
    await user.click(within(lines[1] as HTMLElement).getByRole('button', { name: 'Decline' }));
    await waitFor(() => expect(within(dialog).getAllByTestId('inbox-line')).toHaveLength(1));
    expect(calls(memory, 'inboxDecline')).toEqual([['x2']]);
  });

  it('E-24 proves another address by the code that was mailed there', async () => {
    const memory = createMemory();
    const { user, dialog } = await opened(memory);
    await within(dialog).findByText('No invitations wait for you.');
    await user.type(
      within(dialog).getByRole('textbox', { name: 'Another address of yours' }),
      'alex@home.example',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Send a code' }));
    const code = await within(dialog).findByRole('textbox', { name: 'Code' });
    await user.type(code, '000000{Enter}');
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('address.code');
    await user.clear(code);
    await user.type(code, CODE);
    await user.click(within(dialog).getByRole('button', { name: 'Prove address' }));
    expect(await within(dialog).findByText('alex@home.example')).toBeTruthy();
  });

  it('E-24 says that the server sends no mail', async () => {
    const memory = createMemory();
    const { me } = memory.state;
    if (me === null) throw new Error('somebody is signed in');
    memory.state = { ...memory.state, me: { ...me, mail: false } };
    const { dialog } = await opened(memory);
    expect(within(dialog).getByTestId('reason').dataset.code).toBe('mail.none');
  });

  it('E-25 stands on the page of somebody in no workspace', async () => {
    const memory = waiting();
    memory.workspaces = [];
    await show(memory, '/');
    expect(await screen.findAllByTestId('inbox-line')).toHaveLength(2);
    await noViolations();
  });
});

describe('an invitation for somebody else', () => {
  it('E-25 says so, with the words to ask with and a way to prove the address', async () => {
    const memory = createMemory();
    memory.workspaces = [];
    memory.failures.invitationAccept = failure('refused', {
      reason: {
        code: 'invite.wrong_person',
        rule: 'E-25',
        params: { address: text('luis@northwind.example') },
      },
    });
    const { user } = await show(memory, '/');
    await user.click(await screen.findByRole('button', { name: 'I have an invitation' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), '7YB2-Q0KD-4MZR-XH31{Enter}');
    await user.click(await within(dialog).findByRole('button', { name: /^Join / }));
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('invite.wrong_person');
    await user.click(within(dialog).getByRole('button', { name: 'Copy request' }));
    expect(await navigator.clipboard.readText()).toContain('alex@larch.example');
    const field = within(dialog).getByRole('textbox', { name: 'Another address of yours' });
    expect((field as HTMLInputElement).value).toBe('luis@northwind.example');
  });

  it('E-25 is declined by its code', async () => {
    const memory = createMemory();
    memory.workspaces = [];
    const { user } = await show(memory, '/');
    await user.click(await screen.findByRole('button', { name: 'I have an invitation' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), '7YB2-Q0KD-4MZR-XH31{Enter}');
    await user.click(await within(dialog).findByRole('button', { name: 'Decline' }));
    await waitFor(() => expect(calls(memory, 'invitationDecline')).toHaveLength(1));
  });
});
