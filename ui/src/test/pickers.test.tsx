// Who can be chosen: a change that is not sent yet counts in every list, not only in the one
// where it was made (E-46).

import '../pages/account/pages.ts';
import '../pages/settings/SettingsPage.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createMemory, type Memory } from './memory.ts';
import { roster, show } from './show.tsx';
import { ALLOWED } from './world.ts';
import { fillAccounts } from './worldAccounts.ts';

/** Removes two people of a workspace, as changes that are not sent yet; who they are. */
function remove(memory: Memory, id: string): [string, string, string] {
  const at = memory.workspaces.find((one) => one.view.row.id === id);
  const [gone, out, stays] = (at?.members ?? []).filter(
    (row) => !row.me && !row.roles.includes('owner') && row.state === 'active',
  );
  if (at === undefined || !gone || !out || !stays) throw new Error('the world has people');
  at.members = at.members.map((row) => {
    if (row.id === gone.id) return { ...row, state: 'removed', state_was: 'active' };
    if (row.id === out.id) return { ...row, state: 'suspended', state_was: 'active' };
    return row;
  });
  return [gone.name, out.name, stays.name];
}

describe('pickers', () => {
  it('e46 e45 who is removed but unsent stays in the roster and is no next owner', async () => {
    const memory = createMemory();
    const [gone, out, stays] = remove(memory, 'w2');
    memory.more.transfer = {
      verdict: ALLOWED,
      owners: [],
      waiting: [],
      me: memory.workspaces[1]?.members.find((one) => one.me) ?? null,
      step_down: [],
      moves: true,
    };
    const { router } = await show(memory, '/w/w2/members');
    const grid = await roster();
    expect(within(grid).getByText(gone)).toBeTruthy();
    await router.navigate({ to: '/w/$workspace/settings', params: { workspace: 'w2' } });
    await router.navigate({
      to: '/w/$workspace/settings',
      params: { workspace: 'w2' },
      search: { tab: 'transfer' },
    });
    expect(await screen.findByRole('radio', { name: new RegExp(`^${stays}`) })).toBeTruthy();
    expect(screen.queryByRole('radio', { name: new RegExp(`^${gone}`) })).toBeNull();
    expect(screen.queryByRole('radio', { name: new RegExp(`^${out}`) })).toBeNull();
  });

  it('e46 a removal elsewhere reaches the people of an account that are looked at', async () => {
    const memory = createMemory();
    fillAccounts(memory);
    const { user } = await show(memory, '/account/a1');
    await user.click(await screen.findByRole('button', { name: 'Add…' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByRole('radio', { name: /^Mei Tan/ })).toBeTruthy();
    memory.more.people = memory.more.people.filter((one) => one.name !== 'Mei Tan');
    memory.emit({ rosters: ['w1'] });
    await waitFor(() =>
      expect(within(dialog).queryByRole('radio', { name: /^Mei Tan/ })).toBeNull(),
    );
  });
});
