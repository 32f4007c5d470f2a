// Every no has its ways out (ui.md 8.2): the table is the specification's, and each way leads
// to the right place with what it is about.

import { createMemoryHistory, createRootRoute, createRouter } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { App } from '../app/App.tsx';
import { createClient } from '../app/mount.tsx';
import { REFUSAL_CODES } from '../backend/types.ts';
import { hasText } from '../i18n/text.tsx';
import { useLeading } from '../parts/leading.ts';
import { type Way, waysOf } from '../parts/waysOut.ts';
import { invitation } from './memory/people.ts';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, show } from './show.tsx';
import { item, refused, text } from './world.ts';

// The sentences that the specification gives ways out, each with those ways.
const TOLD: Record<string, readonly Way[]> = {
  'r2.grant': ['choose_role'],
  'r5.builtin': ['copy_role'],
  'r6.remove': ['make_owner'],
  'r6.demote': ['make_owner'],
  'r6.demote_self': ['hand_over'],
  'r6.suspend': ['make_owner'],
  'r6.leave': ['hand_over', 'delete_workspace'],
  'r6.review': ['make_owner'],
  'r6.pending_owner': ['send_again'],
  'r6.managed_last': ['name_successor', 'anyway'],
  'r7.admin': ['add_admin'],
  'r7.workspace': ['create_another', 'delete_account'],
  'r8.delete': ['hide'],
  'r8.leave': ['hide'],
  'r8.transfer': ['create_workspace'],
  'r12.no_seat': ['see_plan'],
  'r12.confirm': ['confirm_invitation', 'cancel_invitation'],
  'r13.differs': ['report'],
  'member.exists': ['open_member', 'change_role'],
  'invite.exists': ['send_again'],
  'invite.wrong_person': ['copy_request'],
  'former.role': ['use_role'],
  'offline.invitation': ['remind'],
  'offline.online_only': ['remind'],
  'offline.delete': ['remind'],
  'offline.leave': ['remind'],
  'offline.owner': ['remind'],
  'conflict.gone': ['discard', 'invite_again'],
  'lost.access': ['discard'],
  'lost.right': ['discard', 'ask'],
  'also.admin': ['manage_account'],
  'owners.single': ['another_owner'],
  'admins.many': ['look_at_admins'],
  'plan.over': ['see_plan'],
  'plan.ended': ['see_plan'],
  'signin.offline': ['try_now'],
  'invitation.trouble.mail_refused': ['copy_link'],
  'invitation.trouble.no_seat': ['see_plan'],
  'signout.unsent': ['send_first', 'sign_out_anyway'],
  'signout.only_here': ['sign_out_anyway'],
};

describe('the ways out of a no', () => {
  it.each(Object.entries(TOLD))('%s has the ways that are specified', (code, ways) => {
    expect(waysOf(code)).toEqual(ways);
  });

  it.each(REFUSAL_CODES)('every way out of %s has a name', (code) => {
    for (const way of waysOf(code)) expect(hasText(`way.${way}`), way).toBe(true);
  });

  it('has a name for every way of a sentence', () => {
    for (const way of Object.values(TOLD).flat()) expect(hasText(`way.${way}`), way).toBe(true);
  });
});

function refusedChange(memory: Memory, code: Parameters<typeof refused>[0], rule: string) {
  const verdict = refused(code, rule, { name: text('Adaeze Okafor') });
  if (verdict.verdict !== 'refused') return;
  const reason = { ...verdict.reason, workspace: 'w2', account: 'a1', member: 'w2-m0' };
  const outcome = { status: 'refused' as const, reason, at: 0, differs: false };
  memory.pending.refused = [
    item(4, { workspace: 'w2', workspace_name: 'Acme Health', outcome, expected: verdict }),
  ];
}

// Ways that the dialog or list that says the sentence has as its own buttons.
const IN_PLACE: readonly Way[] = ['anyway', 'copy_link', 'sign_out_anyway', 'use_role'];

const EVERY = [...REFUSAL_CODES, ...Object.keys(TOLD)];

// What every way of every sentence does, where it is known what the sentence is about.
function useAll(): [Way, unknown][] {
  const about = { workspace: 'w1', account: 'a1', member: 'w1-m1' };
  const leading = useLeading({ sentence: 'any', values: {}, about });
  return EVERY.flatMap((code) => waysOf(code).map((way): [Way, unknown] => [way, leading(way)]));
}

let all: [Way, unknown][] = [];

function Reads() {
  all = useAll();
  return <h1>Ways</h1>;
}

describe('no way leads nowhere', () => {
  it('every way of every refusal and sentence does something', async () => {
    const router = createRouter({
      routeTree: createRootRoute({ component: Reads }),
      history: createMemoryHistory({ initialEntries: ['/'] }),
    });
    const { backend } = createMemory();
    render(<App backend={backend} client={createClient()} router={router as never} />);
    await screen.findByRole('heading', { name: 'Ways' });
    expect(all.length).toBeGreaterThan(REFUSAL_CODES.length / 2);
    const inPlace = all.filter(([, run]) => typeof run !== 'function').map(([way]) => way);
    expect([...new Set(inPlace)].sort()).toEqual([...IN_PLACE].sort());
  });
});

describe('taking a way out', () => {
  it('Remind me asks the core for a line on Home that leads to the place', async () => {
    const memory = createMemory();
    const { connection } = memory.state;
    memory.state = { ...memory.state, connection: { ...connection, state: 'offline' } };
    const one = memory.workspaces.find((at) => at.view.row.id === 'w2');
    if (one === undefined) throw new Error('no such workspace');
    one.view = {
      ...one.view,
      leave: { verdict: 'needs_connection', sentence: 'offline.leave' },
    };
    const { user, router } = await show(memory, '/workspaces');
    const row = await screen.findByRole('row', { name: /Acme Health/ });
    await user.pointer({ keys: '[MouseRight]', target: row });
    await user.click(await screen.findByRole('menuitem', { name: /^Leave/ }));
    const no = await screen.findByRole('dialog', { name: /^Leave/ });
    await user.click(within(no).getByRole('button', { name: 'Remind me when I’m online' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    const notice = await screen.findByTestId('notice');
    expect(calls(memory, 'remind')).toEqual([[{ at: 'settings', workspace: 'w2' }, null]]);
    await user.click(within(notice).getByRole('button', { name: 'Show' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/home'));
  });

  it('e43 says what took the right, and Ask copies the words to ask with', async () => {
    const memory = createMemory();
    const verdict = refused('r1.missing', 'R1', {});
    if (verdict.verdict !== 'refused') return;
    const lost = { roles: ['admin' as const], at: 0, who: 'Ana Marques' };
    const outcome = { status: 'refused' as const, reason: verdict.reason, at: 0, differs: false };
    memory.pending.refused = [
      item(4, { workspace: 'w2', outcome: { ...outcome, lost }, expected: verdict }),
    ];
    const { user } = await show(memory, '/pending');
    const line = await screen.findByTestId('pending-item');
    expect(line.textContent).toContain('You stopped being Admin');
    expect(line.textContent).toContain('Ana Marques');
    expect(line.textContent).toContain('R1');
    await user.click(within(line).getByRole('button', { name: 'Ask them' }));
    await waitFor(async () =>
      expect(await navigator.clipboard.readText()).toContain('Hello Ana Marques'),
    );
  });

  it('e23 Send again sends the one invitation that is meant', async () => {
    const memory = createMemory();
    const at = memory.workspaces.find((one) => one.view.row.id === 'w2');
    at?.invitations.push(
      invitation('i1', { address: 'bo@x.example' }),
      invitation('i2', { address: 'mei@x.example' }),
    );
    const verdict = refused('invite.exists', 'E-23', { address: text('mei@x.example') });
    if (verdict.verdict !== 'refused') return;
    const reason = { ...verdict.reason, workspace: 'w2' };
    const outcome = { status: 'refused' as const, reason, at: 0, differs: false };
    memory.pending.refused = [item(4, { workspace: 'w2', outcome, expected: verdict })];
    const { user } = await show(memory, '/pending');
    await user.click(await screen.findByRole('button', { name: 'Send again' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')).toEqual([
        [{ intent: 'resend', workspace: 'w2', invitation: 'i2' }],
      ]),
    );
  });

  it('e1 Make someone owner leads from Pending to the owner’s role in that workspace', async () => {
    const memory = createMemory();
    refusedChange(memory, 'r6.remove', 'R6');
    const { user, router } = await show(memory, '/pending');
    const line = await screen.findByTestId('pending-item');
    await user.click(within(line).getByRole('button', { name: 'Make someone owner…' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
    const dialog = await screen.findByRole('dialog', { name: 'Make someone Owner of Acme Health' });
    await noViolations();
    const first = (await within(dialog).findAllByRole('radio'))[0];
    if (first === undefined) throw new Error('nobody is offered');
    await user.click(first);
    await user.click(within(dialog).getByRole('button', { name: /^Go on with/ }));
    const picker = await screen.findByRole('dialog', { name: /^Change role/ });
    const owner = await within(picker).findByRole('radio', { name: /^Owner/ });
    expect((owner as HTMLInputElement).checked).toBe(true);
    await user.click(within(picker).getByRole('button', { name: 'Make Owner' }));
    await waitFor(() =>
      expect(calls(memory, 'submit')[0]?.[0]).toMatchObject({
        intent: 'set_roles',
        workspace: 'w2',
        roles: ['owner'],
      }),
    );
    await waitFor(() => expect(router.state.location.search).not.toHaveProperty('task'));
  });

  it('e12 Hand over and Delete lead to the settings of that workspace', async () => {
    const memory = createMemory();
    refusedChange(memory, 'r6.leave', 'R6');
    const { user, router } = await show(memory, '/pending');
    const line = await screen.findByTestId('pending-item');
    expect(within(line).getByRole('button', { name: 'Delete…' })).toBeTruthy();
    await user.click(within(line).getByRole('button', { name: 'Hand over…' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/settings'));
    expect(router.state.location.search).toEqual({ tab: 'transfer' });
  });

  it('e19 Hide is done in place and can be undone', async () => {
    const memory = createMemory();
    refusedChange(memory, 'r8.delete', 'R8');
    const { user } = await show(memory, '/pending');
    const line = await screen.findByTestId('pending-item');
    await user.click(within(line).getByRole('button', { name: 'Hide' }));
    await waitFor(() => expect(calls(memory, 'setHidden')).toEqual([['w2', true]]));
    const notice = await screen.findByTestId('notice');
    await user.click(within(notice).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(calls(memory, 'setHidden').at(-1)).toEqual(['w2', false]));
  });

  it('r2 Choose another role opens the role picker of that person', async () => {
    const memory = createMemory();
    refusedChange(memory, 'r2.grant', 'R2');
    const { user } = await show(memory, '/pending');
    const line = await screen.findByTestId('pending-item');
    await user.click(within(line).getByRole('button', { name: 'Choose another role' }));
    expect(await screen.findByRole('dialog', { name: /^Change role/ })).toBeTruthy();
  });
});
