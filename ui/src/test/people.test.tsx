// One membership in all its parts: where it comes from, when it ends, what the team notes, why
// somebody can do something; and one change for several people.

import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { MemberRow, Permission } from '../backend/types.ts';
import { accountPage } from './memory/account.ts';
import { planLine, planOf } from './memory/plan.ts';
import { createMemory, type Memory, place } from './memory.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';
import { NOW, refused, text } from './world.ts';

const DAY = 86_400_000;

function change(memory: Memory, id: string, more: Partial<MemberRow>): void {
  for (const at of memory.workspaces) {
    at.members = at.members.map((row) => (row.id === id ? { ...row, ...more } : row));
  }
}

function managed(memory: Memory, more: Parameters<typeof place>[3] = {}): void {
  memory.workspaces[0] = place(1, 'Northwind Retail', 30, {
    scheme: 'managed',
    my_roles: ['workspace_admin'],
    ...more,
  });
}

async function panelOf(memory: Memory, id: string) {
  const shown = await show(memory, `/w/w1/members?open=${id}`);
  await roster();
  return { ...shown, panel: await screen.findByTestId('panel') };
}

/** Says when somebody of w1 last changed anything, in days before now. */
function lastChange(memory: Memory, index: number, ago: number | null): void {
  change(memory, `w1-m${index}`, { last_change: ago === null ? null : NOW - ago * DAY });
}

describe('days that the server judges', () => {
  it('E-41 without a connection an end date is as of the last contact', async () => {
    const memory = createMemory();
    change(memory, 'w1-m0', { until: { at: NOW + 30 * DAY, roles: null } });
    const { panel } = await panelOf(memory, 'w1-m0');
    expect(within(panel).queryByTestId('as-of')).toBeNull();
    const { connection } = memory.state;
    memory.state = {
      ...memory.state,
      connection: { ...connection, state: 'offline', last_contact: NOW - DAY },
    };
    act(() => memory.emit({ state: true }));
    await waitFor(() =>
      expect(within(panel).getByTestId('as-of').textContent).toContain('as of last contact'),
    );
  });
});

describe('where a membership comes from', () => {
  it('E-32 two sources of a right are two lines, and each is told under Why?', async () => {
    const memory = createMemory();
    memory.verdicts.set('w1-m0', {
      account_admin: true,
      can: [
        { permission: 'chat.use', has: true, by_roles: ['chat_user'], by_account: true },
        { permission: 'ws.delete', has: false, by_roles: [], by_account: false },
      ],
    });
    memory.more.proof = {
      permission: 'chat.use',
      has: true,
      sources: [
        {
          source: 'role',
          role: ['chat_user'],
          given_by: 'Ana Marques',
          given_at: NOW - 40 * DAY,
          group: null,
          until: null,
          gives: true,
        },
        {
          source: 'account_admin',
          account: 'a1',
          account_name: 'Larch Agency',
          since: NOW - 90 * DAY,
          by: 'Bo Lind',
        },
      ],
      roles: [],
      names: ['Ana Marques'],
      suspended: false,
    };
    const { user, panel } = await panelOf(memory, 'w1-m0');
    const why = within(panel).getByRole('button', { name: 'Why? chat with agents' });
    expect(why.getAttribute('aria-expanded')).toBe('false');
    await user.click(why);
    const proof = await within(panel).findByTestId('proof');
    const lines = within(proof).getAllByRole('listitem');
    expect(lines).toHaveLength(2);
    expect(lines[0]?.textContent).toContain('Chat User, given by Ana Marques');
    expect(lines[1]?.textContent).toContain('Account Admin of Larch Agency, made by Bo Lind');
    expect(proof.textContent).toContain('Ana Marques can take it away.');
    await noViolations();
  });

  it('a no has its proof too: what it would take and who could give it', async () => {
    const { user, panel } = await panelOf(createMemory(), 'w1-m1');
    await user.click(within(panel).getByRole('button', { name: 'Why? delete the workspace' }));
    const proof = await within(panel).findByTestId('proof');
    expect(proof.textContent).toContain('doesn’t include this');
    expect(proof.textContent).toContain('It would take one of these roles: Owner.');
    expect(proof.textContent).toContain('Ana Marques can give one.');
  });

  it('E-37 a role that comes from a group says so', async () => {
    const memory = createMemory();
    change(memory, 'w1-m0', { grouped: true });
    memory.verdicts.set('w1-m0', {
      group: 'Pod 1',
      change_role: refused('group.member', 'E-37', { name: text('Adaeze Okafor') }),
    });
    const { user, panel } = await panelOf(memory, 'w1-m0');
    expect(within(panel).getByTestId('from-group').textContent).toContain(
      'from the group Pod 1, change it there',
    );
    await user.click(within(panel).getByRole('button', { name: 'Change role…' }));
    expect(within(panel).getByTestId('reason').dataset.code).toBe('group.member');
  });

  it('E-29 E-52 a former member keeps their history: earlier stays, and nothing they can do', async () => {
    const memory = createMemory();
    change(memory, 'w1-m0', { state: 'removed', ended: NOW - DAY, ended_by: 'Ana Marques' });
    memory.verdicts.set('w1-m0', {
      change_role: { verdict: 'hidden' },
      remove: { verdict: 'hidden' },
      suspend: { verdict: 'hidden' },
      set_end: { verdict: 'hidden' },
      earlier: [
        {
          roles: ['read'],
          joined: NOW - 400 * DAY,
          ended: NOW - 300 * DAY,
          ended_by: 'Bo Lind',
          state: 'left',
        },
      ],
    });
    await show(memory, '/w/w1/members?status=former&open=w1-m0');
    await roster();
    expect(addresses()).toEqual(['adaeze.okafor@northwind.example']);
    const panel = await screen.findByTestId('panel');
    expect(panel.textContent).toContain('by Ana Marques');
    const before = within(panel).getByRole('heading', { name: 'Here before' }).parentElement;
    expect(before?.textContent).toContain('Read, ');
    expect(before?.textContent).toContain('by Bo Lind');
    expect(within(panel).queryByRole('button', { name: /^Why/ })).toBeNull();
    expect(within(panel).queryByRole('button', { name: 'Remove…' })).toBeNull();
  });

  it('V-49 says when somebody last changed anything here, where all of it is known', async () => {
    const memory = createMemory();
    memory.changesKnown = true;
    lastChange(memory, 0, 40);
    await show(memory, '/w/w1/members?open=w1-m0');
    await roster();
    const panel = await screen.findByTestId('panel');
    await waitFor(() => expect(within(panel).getByText('Last change')).toBeTruthy());
    expect(within(panel).queryByText('none so far')).toBeNull();
    lastChange(memory, 0, null);
    act(() => memory.emit({ rosters: ['w1'] }));
    expect(await within(panel).findByText('none so far')).toBeTruthy();
    memory.changesKnown = false;
    act(() => memory.emit({ rosters: ['w1'] }));
    await waitFor(() => expect(within(panel).queryByText('Last change')).toBeNull());
  });

  it('E-41 V-49 the roster has a column and a chip for it, and leaves them out where it is not known', async () => {
    const memory = createMemory();
    memory.changesKnown = true;
    lastChange(memory, 0, 1);
    lastChange(memory, 2, 200);
    const { user, router } = await show(memory, '/w/w1/members');
    const grid = await roster();
    expect(within(grid).getByRole('columnheader', { name: /Last change/ })).toBeTruthy();
    await user.click(within(grid).getByRole('button', { name: /Last change/ }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ sort: 'changed' }));
    const line = screen.getByRole('search');
    await user.click(within(line).getByRole('button', { name: 'Last change' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'in the last 30 days' }));
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
    expect(router.state.location.search).toMatchObject({ changed: 'lately' });
    expect(screen.getByRole('button', { name: 'Last change: in the last 30 days' })).toBeTruthy();
    await noViolations();
    memory.changesKnown = false;
    act(() => memory.emit({ rosters: ['w1'] }));
    await screen.findByText(/nobody is left out by their last change/);
    expect(screen.queryByRole('columnheader', { name: /Last change/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Last change/ })).toBeNull();
  });

  it('R9 E-32 says at removal that access stays as Account Admin', async () => {
    const memory = createMemory();
    memory.verdicts.set('w1-m0', { account_admin: true });
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.click(within(panel).getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain(
      'Adaeze Okafor keeps access as Account Admin of Larch Agency.',
    );
  });
});

describe('labels and the note', () => {
  it('V-12 adds a label at once, with its chip in the row and a filter for it', async () => {
    const memory = createMemory();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('the world has a workspace');
    at.view = { ...at.view, member_labels: ['support'] };
    change(memory, 'w1-m2', { labels: ['support'] });
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.type(within(panel).getByRole('combobox', { name: 'Labels' }), 'night{Enter}');
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toEqual({
        intent: 'label_member',
        workspace: 'w1',
        member: 'w1-m0',
        labels: ['night'],
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Label' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'support' }));
    await waitFor(() => expect(addresses()).toEqual(['björk.okafor@northwind.example']));
  });

  it('keeps a note, and asks nothing', async () => {
    const memory = createMemory();
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.type(within(panel).getByRole('textbox', { name: 'Note' }), 'Until the fair');
    await user.click(within(panel).getByRole('button', { name: 'Keep note' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({
        intent: 'note_member',
        note: 'Until the fair',
      }),
    );
  });

  it('who may not annotate reads them and cannot change them', async () => {
    const memory = createMemory();
    change(memory, 'w1-m0', { labels: ['support'] });
    memory.verdicts.set('w1-m0', { annotate: { verdict: 'hidden' }, note: 'Until the fair' });
    const { panel } = await panelOf(memory, 'w1-m0');
    expect(panel.textContent).toContain('support');
    expect(panel.textContent).toContain('Until the fair');
    expect(within(panel).queryByRole('textbox')).toBeNull();
  });
});

describe('end dates', () => {
  it('E-39 types a date by its parts, turns them with the arrows, and sets it', async () => {
    const memory = createMemory();
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.click(within(panel).getByRole('button', { name: 'Set an end date…' }));
    const dialog = await screen.findByRole('dialog');
    const part = (name: string) => within(dialog).getByRole('spinbutton', { name });
    await user.type(part('Day'), '30');
    await user.type(part('Month'), '9');
    await user.type(part('Year'), '2027');
    await user.type(part('Day'), '{ArrowUp}');
    expect((part('Day') as HTMLInputElement).value).toBe('31');
    // There is no 31 September.
    expect(within(dialog).getByRole('alert').textContent).toContain('There is no such day.');
    await user.type(part('Day'), '{ArrowDown}');
    expect(within(dialog).queryByRole('alert')).toBeNull();
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: /^End on / }));
    await waitFor(() => expect(calls(memory, 'submit')).toHaveLength(1));
    expect(calls(memory, 'submit')[0]?.[0]).toEqual({
      intent: 'set_end',
      workspace: 'w1',
      member: 'w1-m0',
      end: { at: new Date(2027, 8, 30, 23, 59).getTime(), roles: null },
    });
    // The margin and a column of its own tell it from then on.
    await waitFor(() =>
      expect(document.querySelector('[data-id="w1-m0"]')?.getAttribute('data-mark')).toBe('ends'),
    );
    expect(screen.getByRole('columnheader', { name: 'Ends' })).toBeTruthy();
  });

  it('E-39 clears an end date', async () => {
    const memory = createMemory();
    change(memory, 'w1-m0', { until: { at: NOW + 30 * DAY, roles: ['read'] } });
    const { user, panel } = await panelOf(memory, 'w1-m0');
    expect(panel.textContent).toContain('then Read');
    await user.click(within(panel).getByRole('button', { name: 'Set an end date…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Remove end date' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ intent: 'set_end', end: null }),
    );
  });

  it('E-40 r6 an owner has none: the reason stands where it was pressed', async () => {
    const memory = createMemory();
    memory.verdicts.set('w1-m0', {
      set_end: refused('r6.timebox', 'R6', { workspace: text('Northwind Retail') }),
    });
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.click(within(panel).getByRole('button', { name: 'Set an end date…' }));
    expect(within(panel).getByTestId('reason').textContent).toContain(
      'so that Northwind Retail always has an owner',
    );
    expect(screen.queryByTestId('dialog')).toBeNull();
  });

  it('E-39 has a chip that counts and shows those that end', async () => {
    const memory = createMemory();
    change(memory, 'w1-m3', { until: { at: NOW + DAY, roles: null } });
    const { user } = await show(memory);
    await roster();
    await user.click(screen.getByRole('button', { name: 'Ends soon 1' }));
    await waitFor(() => expect(addresses()).toEqual(['chen.okafor@northwind.example']));
  });
});

describe('the last Workspace Admin and oneself', () => {
  it('E-3 asks once more before the last Workspace Admin is removed, and offers a successor', async () => {
    const memory = createMemory();
    managed(memory, { owners: 1 });
    const { user, panel, router } = await panelOf(memory, 'w1-m0');
    await user.click(within(panel).getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(within(dialog).getByTestId('reason').dataset.code).toBe('r6.managed_last');
    expect(within(dialog).getByRole('button', { name: 'Remove anyway' })).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Name a successor…' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(router.state.location.pathname).toBe('/w/w1/members');
    expect(calls(memory, 'submit')).toHaveLength(0);
  });

  it('E-3 asks once more before the last Workspace Admin is given another role', async () => {
    const memory = createMemory();
    managed(memory, { owners: 1 });
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.click(within(panel).getByRole('button', { name: 'Change role…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(await within(dialog).findByRole('checkbox', { name: /^Workspace Admin/ }));
    await user.click(within(dialog).getByRole('checkbox', { name: /^Chat User/ }));
    await user.click(await within(dialog).findByRole('button', { name: 'Make Chat User' }));
    expect((await within(dialog).findByTestId('reason')).dataset.code).toBe('r6.managed_last');
    expect(calls(memory, 'submit')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Change anyway' }));
    await waitFor(() => expect(calls(memory, 'submit')).toHaveLength(1));
  });

  it('E-7 says before stepping down who could give the role back', async () => {
    const memory = createMemory();
    const me = memory.workspaces[0]?.members.find((row) => row.me)?.id ?? '';
    const { user, panel } = await panelOf(memory, me);
    await user.click(within(panel).getByRole('button', { name: 'Change role…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(await within(dialog).findByRole('radio', { name: /^Read/ }));
    await user.click(await within(dialog).findByRole('button', { name: 'Make Read' }));
    await waitFor(() =>
      expect(within(dialog).getByTestId('reason').textContent).toContain(
        'You cannot undo this yourself. Adaeze Okafor can make you Admin again.',
      ),
    );
    expect(calls(memory, 'submit')).toHaveLength(0);
    expect(document.activeElement?.textContent).toBe('Keep Admin');
    await user.click(within(dialog).getByRole('button', { name: 'Step down' }));
    await waitFor(() => expect(calls(memory, 'submit')).toHaveLength(1));
  });
});

describe('a reason', () => {
  function reasoned(memory: Memory, permissions: Permission[]): void {
    const at = memory.workspaces[0];
    if (at !== undefined) at.view = { ...at.view, reasoned: permissions };
  }

  function byReach(): Memory {
    const memory = createMemory();
    managed(memory, { account_admin: true });
    memory.more.accounts = [accountPage({ reason_required: true })];
    reasoned(memory, ['member.manage']);
    return memory;
  }

  it('E-36 is asked of an Account Admin where the account wants one, and goes with the change', async () => {
    const memory = byReach();
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.click(within(panel).getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    const field = await within(dialog).findByRole('textbox', { name: 'Reason' });
    const remove = within(dialog).getByRole('button', { name: /^Remove / });
    await user.click(remove);
    expect(dialog.textContent).toContain('asks for a reason. Write one.');
    expect(calls(memory, 'submit')).toHaveLength(0);
    await user.type(field, 'left the agency');
    await user.click(remove);
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({ reason: 'left the agency' }),
    );
  });

  it('E-36 is asked of nobody else', async () => {
    const memory = byReach();
    managed(memory, { account_admin: false });
    reasoned(memory, []);
    const { user, panel } = await panelOf(memory, 'w1-m0');
    await user.click(within(panel).getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(within(dialog).queryByRole('textbox', { name: 'Reason' })).toBeNull();
  });
});

describe('several people at once', () => {
  async function selectTwo(memory: Memory) {
    const shown = await show(memory);
    await roster();
    await shown.user.click(screen.getByRole('checkbox', { name: 'Select Adaeze Okafor' }));
    await shown.user.click(screen.getByRole('checkbox', { name: 'Select Alejandro Ruiz' }));
    return shown;
  }

  it('E-3 the line that takes the last Workspace Admin is asked again', async () => {
    const memory = createMemory();
    managed(memory);
    memory.more.plan = planOf([
      planLine('Adaeze Okafor', { grave: 'last_manager', from: ['workspace_admin'] }),
      planLine('Alejandro Ruiz', { from: ['chat_user'] }),
    ]);
    const { user, router } = await selectTwo(memory);
    await user.click(screen.getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    const tick = await within(dialog).findByRole('checkbox', { name: 'Adaeze Okafor' });
    expect((tick as HTMLInputElement).checked).toBe(false);
    expect(dialog.textContent).toContain('After this, only the Account Admins manage');
    await noViolations();
    expect(within(dialog).getByRole('button', { name: 'Remove 1' })).toBeTruthy();
    await user.click(tick);
    expect(within(dialog).getByRole('button', { name: 'Remove 2' })).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Name a successor…' }));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ task: 'successor' }));
    expect(
      await screen.findByRole('dialog', { name: /^Make someone Workspace Admin/ }),
    ).toBeTruthy();
  });

  it('E-7 the line that takes rights of one’s own is asked again', async () => {
    const memory = createMemory();
    memory.more.plan = planOf([
      planLine('Alex Meyer', { grave: 'own_rights', from: ['admin'], to: ['read'] }),
    ]);
    const { user } = await selectTwo(memory);
    await user.click(screen.getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    await within(dialog).findByText('You cannot undo this yourself.');
    await user.click(within(dialog).getByRole('button', { name: 'Remove 0' }));
    expect(dialog.textContent).toContain('Tick the lines that you mean.');
    expect(calls(memory, 'carryOut')).toHaveLength(0);
  });

  it('E-47 R16 who would gain rights needs a tick of their own', async () => {
    const memory = createMemory();
    change(memory, 'w1-m0', { roles: ['read'] });
    change(memory, 'w1-m13', { roles: ['admin'] });
    const { user } = await selectTwo(memory);
    await user.click(screen.getByRole('button', { name: 'Change role…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(await within(dialog).findByRole('radio', { name: /^Write/ }));
    await within(dialog).findByText(
      '2 can be done · 0 blocked · 1 gains rights · 1 of them needs your tick',
    );
    await noViolations();
    // Without the tick only the other one is done.
    const tick = within(dialog).getByRole('checkbox', { name: 'Adaeze Okafor' });
    expect((tick as HTMLInputElement).checked).toBe(false);
    expect(within(dialog).getByRole('button', { name: 'Change 1 role' })).toBeTruthy();
    await user.click(tick);
    await within(dialog).findByText('2 can be done · 0 blocked · 1 gains rights');
    await user.click(within(dialog).getByRole('button', { name: 'Change 2 roles' }));
    await waitFor(() => expect(calls(memory, 'carryOut')).toHaveLength(2));
    expect(await within(dialog).findAllByText('Done.')).toHaveLength(2);
  });

  it('E-47 copies a result for each line', async () => {
    const memory = createMemory();
    memory.verdicts.set('w1-m0', {
      suspend: refused('r6.suspend', 'R6', {
        name: text('Adaeze Okafor'),
        workspace: text('Northwind Retail'),
      }),
    });
    const { user } = await selectTwo(memory);
    await user.click(screen.getByRole('button', { name: 'Suspend…' }));
    const dialog = await screen.findByRole('alertdialog');
    await user.click(await within(dialog).findByRole('button', { name: 'Suspend 1' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Copy result' }));
    const copied = (await navigator.clipboard.readText()).split('\n');
    expect(copied).toHaveLength(2);
    expect(copied[0]).toContain('only owner of Northwind Retail');
    expect(copied[1]).toBe('Alejandro Ruiz\tNorthwind Retail\tDone.');
  });

  it('E-47 E-39 sets one end date for all of them', async () => {
    const memory = createMemory();
    const { user } = await selectTwo(memory);
    await user.click(screen.getByRole('button', { name: 'Set an end date…' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'In 30 days' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Set the end date of 2' }));
    await waitFor(() => expect(calls(memory, 'carryOut')).toHaveLength(2));
  });

  it('E-47 stops between two lines, and leaves the rest alone', async () => {
    const memory = createMemory();
    let go = () => {};
    const { carryOut } = memory.backend;
    memory.backend.carryOut = async (run) => {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return carryOut(run);
    };
    const { user } = await selectTwo(memory);
    await user.click(screen.getByRole('button', { name: 'Remove…' }));
    const dialog = await screen.findByRole('alertdialog');
    await user.click(await within(dialog).findByRole('button', { name: 'Remove 2' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Stop after this one' }));
    go();
    await within(dialog).findByRole('button', { name: 'Copy result' });
    expect(calls(memory, 'carryOut')).toHaveLength(1);
    expect(within(dialog).getAllByText('Done.')).toHaveLength(1);
  });
});

describe('a workspace with one owner', () => {
  it('says who, and what follows from it', async () => {
    const memory = createMemory();
    await show(memory);
    await roster();
    await waitFor(() =>
      expect(document.body.textContent).toContain(
        'Northwind Retail has one owner. If Adaeze Okafor is away, nobody can hand it over.',
      ),
    );
    expect(screen.getByRole('button', { name: 'Make another owner…' })).toBeTruthy();
  });
});
