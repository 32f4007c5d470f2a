// Invitations that were made without a connection: where they wait, and that a person sends them
// (E-44).

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { DraftRow } from '../backend/types.ts';
import { invitation } from './memory/people.ts';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, show } from './show.tsx';
import { ALLOWED, HIDDEN, NOW, refused, text } from './world.ts';

function draft(n: number, more: Partial<DraftRow> = {}): DraftRow {
  return {
    n,
    workspace: 'w1',
    workspace_name: 'Northwind Retail',
    address: `d${n}@x.example`,
    name: null,
    roles: ['write'],
    message: null,
    made: NOW,
    verdict: ALLOWED,
    ...more,
  };
}

function world(...drafts: DraftRow[]): Memory {
  const memory = createMemory();
  memory.more.drafts = drafts;
  return memory;
}

describe('drafts of invitations', () => {
  it('e44 wait in Pending until they are sent; what is refused stays with its reason', async () => {
    const full = refused('r12.no_seat', 'R12', { workspace: text('Northwind Retail') });
    const memory = world(draft(1), draft(2, { verdict: full }), draft(3, { verdict: HIDDEN }));
    const { user } = await show(memory, '/pending');
    expect(await screen.findAllByTestId('draft')).toHaveLength(3);
    expect(screen.getByText('3 drafts')).toBeTruthy();
    const group = screen.getByRole('region', { name: 'Drafts' });
    expect(group.textContent).toContain('Invite d1@x.example as Write');
    await noViolations();
    expect(calls(memory, 'draftsSend')).toEqual([]);
    // One is for a workspace that is gone: it can only be taken away.
    await user.click(within(group).getByRole('button', { name: 'Send 2 invitations' }));
    await waitFor(() => expect(calls(memory, 'draftsSend')).toEqual([[[1, 2]]]));
    expect((await screen.findAllByText('1 invitation sent.')).length).toBeGreaterThan(0);
    await waitFor(() => expect(screen.getAllByTestId('draft')).toHaveLength(2));
    expect(screen.getAllByTestId('reason')[0]?.dataset.code).toBe('r12.no_seat');
    await user.click(screen.getByRole('button', { name: 'Discard the draft for d3@x.example' }));
    await waitFor(() => expect(calls(memory, 'draftRemove')).toEqual([[3]]));
    await waitFor(() => expect(screen.getAllByTestId('draft')).toHaveLength(1));
  });

  it('e44 the list of invitations leads to them', async () => {
    const memory = world(draft(1), draft(2, { workspace: 'w2' }));
    const [here] = memory.workspaces;
    if (here !== undefined) here.invitations = [invitation('i0')];
    const { user, router } = await show(memory, '/w/w1/invitations');
    expect(await screen.findByText(/1 draft waits to be sent\./)).toBeTruthy();
    await user.click(screen.getByRole('link', { name: 'Review and send' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/pending'));
  });
});
