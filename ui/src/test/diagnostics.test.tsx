// Diagnostics tells the truth in every condition, and its report names nobody (ui.md 5.16).

import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../pages/diagnostics/pages.ts';
import type { ConnectionState } from '../backend/types.ts';
import { createMemory, type Memory } from './memory.ts';
import { noViolations, show } from './show.tsx';

function connected(state: ConnectionState): Memory {
  const memory = createMemory();
  const at = Date.now() - 3_600_000;
  memory.state = {
    ...memory.state,
    counts: { not_sent: 3, refused: 1, needs_you: 0 },
    connection: {
      ...memory.state.connection,
      state,
      last_contact: at,
      offline_since: state === 'offline' ? at : null,
    },
  };
  return memory;
}

async function part(name: string): Promise<HTMLElement> {
  return screen.findByRole('region', { name });
}

describe('Diagnostics', () => {
  it('shows versions, the copy, what waits and the lease', async () => {
    const memory = connected('online');
    memory.state.copy.leases = [
      { account: 'a1', account_name: 'Larch', days: 7, age_days: 8, until: 1, locked: true },
    ];
    await show(memory, '/diagnostics');
    expect(await screen.findByRole('heading', { level: 1, name: 'Diagnostics' })).toBeTruthy();
    expect((await part('Muster')).textContent).toContain('It answers.');
    const copy = await part('The copy on this device');
    expect(copy.textContent).toContain('30 of 31 are here');
    expect(copy.textContent).toContain('32 whole, 1 still coming');
    expect(copy.textContent).toContain('8 of 7 days: locked until there is contact');
    expect(copy.textContent).not.toContain('Larch');
    expect((await part('Your changes')).textContent).toContain('Not sent yet3');
  });

  it('can be read by everybody', async () => {
    await show(connected('offline'), '/diagnostics');
    await part('Connection');
    await noViolations();
  });

  it.each([
    ['offline', 'Offline'],
    ['server_fault', 'The server has a problem'],
    ['signed_out', 'The sign-in has ended'],
    ['upgrade_needed', 'The server needs a newer version'],
    ['read_only', 'Online, read only'],
    ['disk_full', 'The disk is full'],
    ['folder_read_only', 'The folder of the copy can’t be written to'],
  ] as const)('says %s as the status line does', async (state, words) => {
    await show(connected(state), '/diagnostics');
    expect((await part('Connection')).textContent).toContain(words);
    expect(screen.getByTestId('status').dataset.state).toBe(state);
  });

  it('copies what it shows, to the letter', async () => {
    const { user } = await show(connected('online'), '/diagnostics');
    const report = await screen.findByTestId('report');
    await user.click(screen.getByRole('button', { name: 'Copy report' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe(report.textContent);
  });

  it('is reached from Manage Account and from the palette', async () => {
    const { user, router } = await show(connected('online'), '/account');
    const place = await part('Diagnostics');
    await user.click(within(place).getByRole('link', { name: 'Open Diagnostics' }));
    expect(router.state.location.pathname).toBe('/diagnostics');
  });
});
