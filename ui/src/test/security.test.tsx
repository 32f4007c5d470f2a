// Manage Account, security: where one is signed in, and what is kept on this device.

import '../pages/account/pages.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createMemory, failure, type Memory } from './memory.ts';
import { calls, noViolations, show } from './show.tsx';
import { fillAccounts } from './worldAccounts.ts';

function world(): Memory {
  const memory = createMemory();
  fillAccounts(memory);
  return memory;
}

async function at(memory: Memory, address: string, title: string) {
  const shown = await show(memory, address);
  await screen.findByRole('heading', { level: 1, name: title });
  return shown;
}

describe('security', () => {
  it('a4 lists where I am signed in, and ends a device after asking', async () => {
    const memory = world();
    const { user } = await at(memory, '/account', 'Manage Account');
    const list = await screen.findByRole('list', { name: 'Where you are signed in' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(3);
    expect(list.textContent).toContain('alex-laptop, LinuxThis device · signed in since');
    expect(list.textContent).toContain('A device without a name');
    await user.click(screen.getByRole('button', { name: 'Sign out old-desktop, Linux?' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(document.activeElement?.textContent).toBe('Cancel');
    await user.click(within(dialog).getByRole('button', { name: 'Sign it out' }));
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(2));
    expect(calls(memory, 'endDevice')).toEqual([['d2']]);
    expect(await screen.findAllByText('old-desktop, Linux is signed out.')).not.toEqual([]);
    await noViolations();
  });

  it('p4 wipes this device after asking, and what is not sent is asked about once more', async () => {
    const memory = world();
    memory.state.counts.not_sent = 2;
    const { user } = await at(memory, '/account', 'Manage Account');
    expect((await screen.findByText('Copy on this device')).parentElement?.textContent).toContain(
      'MB',
    );
    await user.click(screen.getByRole('button', { name: 'Wipe…' }));
    await user.click(await screen.findByRole('button', { name: 'Wipe and sign out' }));
    expect(await screen.findByText(/not sent/)).toBeTruthy();
    expect(memory.state.phase).toBe('ready');
  });

  it('a4 says why there is no list without a connection, and what is kept here all the same', async () => {
    const memory = world();
    memory.state.connection.state = 'offline';
    await at(memory, '/account', 'Manage Account');
    expect(await screen.findByText(/The list of your devices comes from the server/)).toBeTruthy();
    expect(await screen.findByText('Copy on this device')).toBeTruthy();
    expect(calls(memory, 'devices')).toEqual([]);
  });

  it('a4 says what kept a device from being ended, in its place', async () => {
    const memory = world();
    memory.failures.endDevice = failure('not_found');
    const { user } = await at(memory, '/account', 'Manage Account');
    await user.click(await screen.findByRole('button', { name: 'Sign out old-desktop, Linux?' }));
    const dialog = await screen.findByRole('alertdialog');
    await user.click(within(dialog).getByRole('button', { name: 'Sign it out' }));
    expect(await within(dialog).findByText(/isn’t available to you/)).toBeTruthy();
  });
});
