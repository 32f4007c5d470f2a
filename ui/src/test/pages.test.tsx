// Inviting, invitations, workspaces and pending.

import '../pages/pending/Conflicts.tsx';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ConflictView, PendingItem } from '../backend/types.ts';
import { draftRow } from './memory/everybody.ts';
import { invitation } from './memory/people.ts';
import { createMemory, failure, line, type Memory, preview } from './memory.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';
import { item, NOW, refused, text } from './world.ts';

function goOffline(memory: Memory): void {
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

async function openInvite(memory: Memory) {
  const shown = await show(memory);
  await roster();
  await shown.user.click(screen.getByRole('button', { name: 'Invite people' }));
  const dialog = await screen.findByRole('dialog', { name: / to Northwind Retail$/ });
  return { ...shown, dialog };
}

function chooser(): HTMLInputElement {
  return screen.getByLabelText('Choose a file…', { selector: 'input' });
}

describe('inviting', () => {
  it('shows every pasted line in a group; nothing is dropped', async () => {
    const { user, dialog } = await openInvite(createMemory());
    await user.click(within(dialog).getByRole('textbox', { name: 'Addresses' }));
    await user.paste(
      'ana@x.example, bo, ana@x.example\nadaeze.okafor@northwind.example; cy@x.example',
    );
    const ready = await screen.findByTestId('import-ready');
    expect(ready.textContent).toContain('2 ready');
    expect(screen.getByTestId('import-look').textContent).toContain('bo');
    expect(screen.getByTestId('import-members').textContent).toContain('member: Owner');
    expect(screen.getByTestId('import-repeated').dataset.count).toBe('1');
    expect(within(dialog).getByText('2 ready · 1 needs a look · 2 not invited')).toBeTruthy();
    await noViolations();
  });

  it('fixes, leaves out and takes in, then sends those that are ready', async () => {
    const memory = createMemory();
    const { user, dialog } = await openInvite(memory);
    await user.click(within(dialog).getByRole('textbox', { name: 'Addresses' }));
    await user.paste('ana@x.example bo cy@x.example');
    const look = await screen.findByTestId('import-look');
    await user.click(within(look).getByRole('button', { name: 'Fix' }));
    await user.type(
      within(look).getByRole('textbox', { name: 'Address in line 2' }),
      '@x.example{Enter}',
    );
    await waitFor(() => expect(screen.getByTestId('import-ready').dataset.count).toBe('3'));
    const first = within(screen.getByTestId('import-ready')).getAllByRole('button', {
      name: 'Leave out',
    })[0];
    await user.click(first as HTMLElement);
    expect(screen.getByTestId('import-left-out').textContent).toContain('left out by you');
    await user.click(within(dialog).getByRole('button', { name: 'Send 2 invitations' }));
    expect(within(dialog).getByText('Choose a role.')).toBeTruthy();
    await user.click(within(dialog).getByRole('radio', { name: /^Write/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Send 2 invitations' }));
    await waitFor(() => expect(calls(memory, 'invite')).toHaveLength(1));
    expect(calls(memory, 'invite')[0]?.[0]).toEqual({
      workspace: 'w1',
      people: [
        { address: 'bo@x.example', name: null },
        { address: 'cy@x.example', name: null },
      ],
      roles: ['write'],
      message: null,
    });
    expect((await screen.findByTestId('notice')).textContent).toContain('2 invitations sent.');
  });

  it('reads a chosen file, shows what it was taken for, and lets the columns be changed', async () => {
    const memory = createMemory();
    memory.file = preview(
      [
        line(1, 'ana@x.example'),
        line(2, 'bot@x.example', { status: 'left_out', reason: 'bot' }),
        line(3, 'mei@x.example', { status: 'invited', roles: ['read'] }),
      ],
      { format: 'table', columns: ['Name', 'E-mail'], address_column: 1, name_column: 0 },
    );
    const { user, dialog } = await openInvite(memory);
    await user.upload(chooser(), new File(['x'], 'people.csv', { type: 'text/csv' }));
    expect(await within(dialog).findByText(/This is a table\. 3 lines\./)).toBeTruthy();
    expect(screen.getByTestId('import-invited').textContent).toContain('invited as Read');
    await user.click(
      within(screen.getByTestId('import-left-out')).getByRole('button', { name: 'Take in' }),
    );
    await waitFor(() => expect(screen.getByTestId('import-ready').dataset.count).toBe('2'));
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Names are in' }), '');
    await waitFor(() => expect(calls(memory, 'importFile')).toHaveLength(2));
    expect(calls(memory, 'importFile')[1]?.slice(2)).toEqual([1, null]);
    await noViolations();
  });

  it('takes a dropped file', async () => {
    const memory = createMemory();
    memory.file = preview([line(1, 'ana@x.example')], { format: 'slack' });
    const { dialog } = await openInvite(memory);
    const file = new File(['x'], 'slack.csv');
    fireEvent.drop(screen.getByTestId('import-drop'), { dataTransfer: { files: [file] } });
    expect(await within(dialog).findByText(/Slack’s member list/)).toBeTruthy();
  });

  it('refuses a file over 10 MB before reading it', async () => {
    const memory = createMemory();
    await openInvite(memory);
    const large = new File(['x'], 'large.csv');
    Object.defineProperty(large, 'size', { value: 100 * 1024 * 1024 });
    fireEvent.change(chooser(), { target: { files: [large] } });
    expect((await screen.findByTestId('reason')).dataset.code).toBe('import.too_large');
    expect(calls(memory, 'importFile')).toHaveLength(0);
  });

  it.each(['import.too_many', 'import.no_addresses', 'import.not_text'] as const)(
    'says %s in its place',
    async (code) => {
      const memory = createMemory();
      memory.failures.importFile = failure(code);
      const { user } = await openInvite(memory);
      await user.upload(chooser(), new File(['x'], 'people.csv', { type: 'text/csv' }));
      expect((await screen.findByTestId('reason')).dataset.code).toBe(code);
    },
  );

  it('e44 r14 offline: makes drafts, and says that they are not sent by themselves', async () => {
    const memory = createMemory();
    goOffline(memory);
    memory.invited = { sent: 0, unanswered: 0, drafted: 1, refused: [] };
    const { user, dialog } = await openInvite(memory);
    expect(dialog.textContent).toContain('Draft invitations to Northwind Retail');
    await user.click(within(dialog).getByRole('textbox', { name: 'Addresses' }));
    await user.paste('ana@x.example');
    await user.click(within(dialog).getByRole('radio', { name: /^Read/ }));
    const save = await within(dialog).findByRole('button', { name: 'Save 1 draft' });
    expect(within(dialog).getByTestId('reason').textContent).toContain('saved as drafts');
    await noViolations();
    await user.click(save);
    expect(calls(memory, 'invite')).toHaveLength(1);
    const saved = await screen.findAllByText('1 draft saved. You send it when you’re back.');
    expect(saved.length).toBeGreaterThan(0);
  });

  it('r2 shows which addresses were refused; the rest has gone', async () => {
    const memory = createMemory();
    memory.invited = {
      sent: 1,
      unanswered: 0,
      drafted: 0,
      refused: [
        {
          address: 'bo@x.example',
          reason: {
            code: 'r12.no_seat',
            rule: 'R12',
            params: { workspace: text('Northwind Retail') },
          },
        },
      ],
    };
    const { user, dialog } = await openInvite(memory);
    await user.click(within(dialog).getByRole('textbox', { name: 'Addresses' }));
    await user.paste('ana@x.example bo@x.example');
    await user.click(within(dialog).getByRole('radio', { name: /^Read/ }));
    await user.click(await within(dialog).findByRole('button', { name: 'Send 2 invitations' }));
    expect(await within(dialog).findByText('1 was refused; 1 was sent.')).toBeTruthy();
    expect(within(dialog).getByTestId('reason').dataset.code).toBe('r12.no_seat');
    expect(screen.getByTestId('import-ready').dataset.count).toBe('1');
  });

  it('r2 keeps a role above my own, with its reason', async () => {
    const memory = createMemory();
    memory.giving = {
      owner: refused('r2.grant', 'R2', {
        role: { type: 'roles', value: ['owner'] },
        permission: { type: 'permission', value: 'billing.manage' },
      }),
    };
    const { dialog } = await openInvite(memory);
    const owner = await within(dialog).findByRole('radio', { name: /^Owner/ });
    expect(owner.getAttribute('aria-disabled')).toBe('true');
    expect(within(dialog).getByTestId('reason').textContent).toBe(
      'You can’t give Owner here. It includes the right to handle billing, which your role Admin doesn’t have. Choose another role, or ask an owner. R2',
    );
  });
});

describe('invitations', () => {
  function invited(): Memory {
    const memory = createMemory();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('the world has a workspace');
    at.invitations = ['mei@x.example', 'bo@x.example'].map((address, index) =>
      invitation(`i${index}`, { address, state: index === 0 ? 'waiting' : 'expired' }),
    );
    return memory;
  }

  it('e23 sends again, copies the link and cancels', async () => {
    const memory = invited();
    const { user } = await show(memory, '/w/w1/invitations');
    await roster();
    // What has ended is folded below, and one press away.
    expect(addresses()).toEqual(['mei@x.example']);
    await user.click(screen.getByRole('button', { name: '1 expired or answered' }));
    await waitFor(() => expect(addresses()).toEqual(['mei@x.example', 'bo@x.example']));
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Actions for mei@x.example' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy link' }));
    const field = await screen.findByTestId('invitation-link');
    expect((field as HTMLInputElement).value).toContain('7YB2-Q0KD');
    await noViolations();
    await user.click(screen.getAllByRole('button', { name: 'Close' }).at(-1) as HTMLElement);
    await user.click(screen.getByRole('button', { name: 'Actions for mei@x.example' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Cancel invitation…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(document.activeElement?.textContent).toBe('Keep invitation');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel invitation' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ intent: 'revoke', invitation: 'i0' }),
    );
  });

  it('offline does not offer what has to reach the server, and says why', async () => {
    const memory = invited();
    goOffline(memory);
    const { user } = await show(memory, '/w/w1/invitations');
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for mei@x.example' }));
    const again = await screen.findByRole('menuitem', { name: /Send again/ });
    expect(again.getAttribute('aria-disabled')).toBe('true');
    expect(again.textContent).toContain('needs a connection');
  });

  it('says that there are none', async () => {
    await show(createMemory(), '/w/w1/invitations');
    expect(await screen.findByText('No open invitations.')).toBeTruthy();
  });
});

describe('workspaces', () => {
  it('U-38 U-39 lists every workspace and highlights the open one in words', async () => {
    await show(createMemory(), '/workspaces');
    await roster();
    const rows = screen.getAllByTestId('row');
    expect(rows).toHaveLength(4);
    expect(rows[0]?.getAttribute('aria-current')).toBe('true');
    expect(rows[0]?.textContent).toContain('Open now');
    expect(rows[2]?.textContent).toContain('personal');
    await noViolations();
  });

  it('U-40 renames in place with F2, Enter keeps and Escape does not', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/workspaces');
    await roster();
    screen.getAllByTestId('row')[1]?.focus();
    await user.keyboard('{F2}');
    await user.type(await screen.findByRole('textbox', { name: 'New name' }), ' EU{Escape}');
    expect(calls(memory, 'submit')).toHaveLength(0);
    screen.getAllByTestId('row')[1]?.focus();
    await user.keyboard('{F2}');
    const field = await screen.findByRole('textbox', { name: 'New name' });
    await user.clear(field);
    await user.type(field, 'Acme EU{Enter}');
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'rename_workspace',
        workspace: 'w2',
        name: 'Acme EU',
      }),
    );
    expect((await screen.findAllByText('Acme EU')).length).toBeGreaterThan(0);
  });

  it('U-40 puts the focus into the name when renaming is chosen from the menu', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/workspaces');
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Acme Health' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    const field = await screen.findByRole('textbox', { name: 'New name' });
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard('Acme Wellness{Enter}');
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ name: 'Acme Wellness' }),
    );
  });

  it('r6 says why leaving is refused, under the action, with a way out', async () => {
    const memory = createMemory();
    const at = memory.workspaces[1];
    if (at === undefined) throw new Error('the world has a second workspace');
    const workspace = text('Acme Health');
    at.view = { ...at.view, leave: refused('r6.leave', 'R6', { workspace }) };
    const { user } = await show(memory, '/workspaces');
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Acme Health' }));
    const item = await screen.findByRole('menuitem', { name: /Leave/ });
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(item.textContent).toContain('the only owner of Acme Health');
    await user.click(item);
    // What was pressed is not asked for, but said why, with the way out.
    const said = await screen.findByRole('dialog', { name: 'Leave…' });
    expect(within(said).getByRole('button', { name: 'Hand over…' })).toBeTruthy();
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('e18 r8 a personal workspace has neither Leave nor Delete', async () => {
    const memory = createMemory();
    const personal = memory.workspaces[2];
    if (personal === undefined) throw new Error('the world has a personal workspace');
    personal.view = {
      ...personal.view,
      delete: refused('r8.delete', 'R8'),
      leave: refused('r8.leave', 'R8'),
    };
    const { user } = await show(memory, '/workspaces');
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Alex’s workspace' }));
    expect(await screen.findByRole('menuitem', { name: 'Hide from the switcher' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: /Delete|Leave/ })).toBeNull();
  });

  it('U-41 deletes after asking, with the number typed above fifty people', async () => {
    const memory = createMemory();
    const at = memory.workspaces[1];
    if (at === undefined) throw new Error('the world has a second workspace');
    at.view = { ...at.view, row: { ...at.view.row, people: 1_284 } };
    const { user } = await show(memory, '/workspaces');
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Acme Health' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
    const dialog = await screen.findByRole('alertdialog', { name: /^Delete Acme Health/ });
    expect(dialog.textContent).toContain('1,284 people lose access at once');
    await user.click(within(dialog).getByRole('button', { name: 'Delete Acme Health' }));
    expect(calls(memory, 'submit')).toHaveLength(0);
    await user.type(within(dialog).getByRole('textbox'), '1284');
    await user.click(within(dialog).getByRole('button', { name: 'Delete Acme Health' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'delete_workspace',
        workspace: 'w2',
        reason: null,
      }),
    );
  });

  it('U-42 leaves from the list after asking, with what ends', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/workspaces');
    await roster();
    await user.click(screen.getByRole('button', { name: 'Actions for Blue Lake Travel' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Leave…' }));
    const dialog = await screen.findByRole('alertdialog', { name: /^Leave Blue Lake Travel/ });
    expect(calls(memory, 'submit')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Leave Blue Lake Travel' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'leave_workspace',
        workspace: 'w4',
      }),
    );
  });

  it('V-8 creates only with a plan, shown side by side', async () => {
    const memory = createMemory();
    const { user, router } = await show(memory, '/workspaces?create=true');
    const dialog = await screen.findByRole('dialog', { name: 'Create a workspace' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Cedar');
    await user.click(within(dialog).getByRole('button', { name: 'Create workspace' }));
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('plan.choose');
    await noViolations();
    await user.click(within(dialog).getByRole('radio', { name: /Pro/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Create Cedar on Pro' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w5/members'));
  });

  it('r14 offline: creating says that it needs a connection', async () => {
    const memory = createMemory();
    goOffline(memory);
    const { user } = await show(memory, '/workspaces?create=true');
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Cedar');
    await user.click(within(dialog).getByRole('radio', { name: /Basic/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Create Cedar on Basic' }));
    const reason = await within(dialog).findByTestId('reason');
    expect(reason.dataset.code).toBe('offline.online_only');
    expect(reason.textContent).toContain('Creating a workspace needs a connection');
    expect((within(dialog).getByRole('textbox', { name: 'Name' }) as HTMLInputElement).value).toBe(
      'Cedar',
    );
  });
});

describe('pending', () => {
  function waiting(): Memory {
    const memory = createMemory();
    memory.pending = {
      not_sent: [
        item(1),
        item(2, {
          what: { what: 'roles', person: 'Mei Tan', was: ['read'], roles: ['write'] },
          expected: refused('r3.target', 'R3'),
        }),
        item(3, { sending: true }),
      ],
      refused: [
        item(4, {
          what: { what: 'suspend', person: 'Dmitri Sokolov' },
          outcome: {
            status: 'refused',
            reason: { code: 'r6.suspend', rule: 'R6', params: { name: text('Dmitri Sokolov') } },
            at: NOW,
            differs: true,
          },
        }),
      ],
      sent: [item(5, { outcome: { status: 'applied', reason: null, at: NOW, differs: false } })],
    };
    memory.state = { ...memory.state, counts: { not_sent: 3, refused: 1, needs_you: 0 } };
    return memory;
  }

  it('lists what waits with the expected verdict, what was refused with its reason, what was sent', async () => {
    await show(waiting(), '/pending');
    const queue = await screen.findByRole('region', { name: 'Not sent yet' });
    expect(within(queue).getAllByRole('listitem')).toHaveLength(3);
    expect(queue.textContent).toContain('expected: accepted');
    expect(queue.textContent).toContain('Mei Tan: Read → Write');
    expect(queue.textContent).toContain('expected: refused, R3');
    expect(within(queue).getAllByRole('button', { name: 'Undo' })).toHaveLength(2);
    const no = screen.getByRole('region', { name: 'Refused' });
    expect(within(no).getByTestId('reason').dataset.code).toBe('r6.suspend');
    expect(no.textContent).toContain('R13');
    expect(screen.getByRole('region', { name: 'Sent' }).textContent).toContain('accepted');
    await noViolations();
  });

  it('E-30 says of a workspace that is gone that the change was not sent, and no more', async () => {
    const memory = createMemory();
    const reason = { code: 'grant.changed', rule: 'R10', params: {} } as const;
    const outcome = { status: 'refused', reason, at: NOW, differs: false, is_gone: true } as const;
    const what = { what: 'suspend', person: '' } as const;
    memory.pending.refused = [
      item(1, { what, workspace: 'gone', workspace_name: 'Gone', outcome }),
    ];
    memory.state = { ...memory.state, counts: { not_sent: 0, refused: 1, needs_you: 0 } };
    await show(memory, '/pending');
    const line = await screen.findByTestId('pending-item');
    expect(line.textContent).toContain('Suspend a person who isn’t shown any more');
    expect(line.textContent).toContain('can’t open Gone any more, so this wasn’t sent');
    expect(line.textContent).not.toContain('Report');
  });

  it('takes back, discards and sends', async () => {
    const memory = waiting();
    const { user } = await show(memory, '/pending');
    const queue = await screen.findByRole('region', { name: 'Not sent yet' });
    await user.click(within(queue).getAllByRole('button', { name: 'Undo' })[0] as HTMLElement);
    await waitFor(() => expect(within(queue).getAllByRole('listitem')).toHaveLength(2));
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Refused' })).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Send now' }));
    expect(calls(memory, 'sendNow')).toHaveLength(1);
  });

  function met(more: Partial<PendingItem> = {}): Memory {
    const memory = createMemory();
    const conflict: ConflictView = {
      who: 'Ana Marques',
      at: NOW - 600_000,
      was: { value: 'roles', roles: ['read'] },
      now: { value: 'roles', roles: ['admin'] },
      yours: { value: 'roles', roles: ['write'] },
    };
    const what = { what: 'roles', person: 'Luis', was: ['read'], roles: ['write'] } as const;
    const changed = item(7, {
      what: { ...what, was: ['read'], roles: ['write'] },
      conflict,
      ...more,
    });
    memory.pending = { not_sent: [], refused: [changed], sent: [] };
    return memory;
  }

  it('E-42 a conflict has three columns, and keeping theirs has the focus', async () => {
    const memory = met();
    const { user } = await show(memory, '/pending');
    const needs = await screen.findByRole('region', { name: 'Needs you' });
    expect(screen.getByText('1 needs you')).toBeTruthy();
    // One sign with one colour: in the card, in the top bar and in the status line.
    const signs = new Set(
      [...document.querySelectorAll('svg[data-sign="unequal"]')].map((one) =>
        one.getAttribute('class'),
      ),
    );
    expect([...signs]).toEqual(['refused']);
    const sides = [...needs.querySelectorAll('dt')].map((one) => one.textContent);
    expect(sides).toEqual(['Was', 'Now', 'You']);
    const values = [...needs.querySelectorAll('dd > bdi')].map((one) => one.textContent);
    expect(values).toEqual(['Read', 'Admin', 'Write']);
    expect(needs.textContent).toContain('Ana Marques changed this meanwhile.');
    expect(screen.queryByRole('region', { name: 'Refused' })).toBeNull();
    const keep = within(needs).getByRole('button', { name: 'Keep Admin' });
    expect(document.activeElement).toBe(keep);
    await noViolations();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(calls(memory, 'pendingDiscard')).toEqual([[7]]));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Needs you' })).toBeNull());
  });

  it('E-42 mine is made again over what is there now, and a no stays in its place', async () => {
    const memory = met();
    memory.applied = { result: 'refused', reason: { code: 'r3.target', rule: 'R3', params: {} } };
    const { user } = await show(memory, '/pending');
    const change = { name: 'Change to Write' };
    await user.click(await screen.findByRole('button', change));
    expect(calls(memory, 'pendingApply')).toEqual([[7]]);
    expect((await screen.findByTestId('reason')).dataset.code).toBe('r3.target');
  });

  it('E-42 both versions of a record are shown, of which one is used', async () => {
    const now = { value: 'record', name: 'FAQ', text: 'Open from nine.' } as const;
    const yours = { value: 'record', name: 'FAQ', text: 'Open from ten.' } as const;
    const memory = met({ conflict: { who: null, at: null, was: null, now, yours } });
    const { user } = await show(memory, '/pending');
    const needs = await screen.findByRole('region', { name: 'Needs you' });
    expect(needs.textContent).toContain('Open from nine.');
    expect(needs.textContent).toContain('Open from ten.');
    await user.click(within(needs).getByRole('button', { name: 'Use mine' }));
    expect((await screen.findByTestId('notice')).textContent).toContain('made again');
  });

  it('r14 calls drafts to mind when there is contact again, and sends none by itself', async () => {
    const memory = createMemory();
    const online = memory.state;
    goOffline(memory);
    memory.more.drafts = [draftRow(1), draftRow(2)];
    const { user, router } = await show(memory);
    await roster();
    memory.state = online;
    act(() => memory.emit({ state: true }));
    const notice = await screen.findByTestId('notice');
    expect(notice.textContent).toContain('2 drafts are ready.');
    await user.click(within(notice).getByRole('button', { name: 'Review and send' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/pending'));
    expect(calls(memory, 'draftsSend')).toEqual([]);
  });

  it('offline.now says that there is no connection when asked to send', async () => {
    const memory = waiting();
    goOffline(memory);
    const { user } = await show(memory, '/pending');
    await user.click(await screen.findByRole('button', { name: 'Send now' }));
    const codes = await screen.findAllByTestId('reason');
    expect(codes.map((one) => one.dataset.code)).toContain('offline.now');
  });

  it('undo.late says that it cannot be taken back', async () => {
    const memory = waiting();
    memory.failures.pendingUndo = failure('undo.late');
    const { user } = await show(memory, '/pending');
    const queue = await screen.findByRole('region', { name: 'Not sent yet' });
    await user.click(within(queue).getAllByRole('button', { name: 'Undo' })[0] as HTMLElement);
    await waitFor(() =>
      expect(screen.getAllByTestId('reason').map((one) => one.dataset.code)).toContain('undo.late'),
    );
  });

  it('says that everything is sent', async () => {
    await show(createMemory(), '/pending');
    expect(await screen.findByText(/^Everything is sent\. Last contact/)).toBeTruthy();
  });
});
