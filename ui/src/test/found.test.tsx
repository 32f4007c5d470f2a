// An account of one's own, founded by whoever is signed in already (C-15, E-20).

import '../pages/account/pages.ts';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createMemory } from './memory.ts';
import { calls, noViolations, show } from './show.tsx';
import { fillAccounts } from './worldAccounts.ts';

describe('an account of one’s own', () => {
  it('c15 e20 is founded from Manage Account, as an agency or on one’s own', async () => {
    const memory = createMemory();
    fillAccounts(memory);
    const { user } = await show(memory, '/account');
    await user.click(await screen.findByRole('button', { name: 'Create an account…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Create an account of your own' });
    await user.click(within(dialog).getByRole('button', { name: 'Create account' }));
    expect(within(dialog).getByText(/Choose one of the two/)).toBeTruthy();
    await user.click(within(dialog).getByRole('radio', { name: /Agency/ }));
    await user.type(within(dialog).getByLabelText('Name of the agency'), 'Doe & Co');
    await noViolations();
    await user.keyboard('{Enter}');
    expect(calls(memory, 'foundAccount')).toEqual([
      [{ scheme: 'managed', account_name: 'Doe & Co' }],
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('c15 e20 offers no second personal workspace', async () => {
    const memory = createMemory();
    fillAccounts(memory);
    const me = memory.state.me;
    if (me === null) throw new Error('somebody is signed in');
    const own = { id: 'a9', name: 'Alex', scheme: 'owner_led' as const };
    memory.state = { ...memory.state, me: { ...me, accounts: [own] } };
    const { user } = await show(memory, '/account');
    await user.click(await screen.findByRole('button', { name: 'Create an account…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Create an account of your own' });
    expect(within(dialog).queryByRole('radio')).toBeNull();
    expect(document.activeElement).toBe(within(dialog).getByLabelText('Name of the agency'));
  });
});
