// A copy that is old, or in which nothing can be kept: what is said of it before anything is done.

import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ConnectionState } from '../backend/types.ts';
import { createMemory, type Memory } from './memory.ts';
import { roster, show } from './show.tsx';

/** A window that cannot send, for this reason. */
function without(state: ConnectionState): Memory {
  const memory = createMemory();
  memory.state = { ...memory.state, connection: { ...memory.state.connection, state } };
  for (const at of memory.workspaces) {
    const invite = { verdict: 'needs_connection', sentence: 'offline.invite' } as const;
    at.view = { ...at.view, invite };
  }
  return memory;
}

describe('a copy that is old or cannot be written', () => {
  it.each(['disk_full', 'folder_read_only'] as const)(
    'r14 offers no draft where nothing can be kept, and says why: %s',
    async (state) => {
      const memory = without(state);
      const { user } = await show(memory);
      await roster();
      expect(screen.queryByRole('button', { name: 'Draft invitations' })).toBeNull();
      const button = screen.getByRole('button', { name: 'Invite people' });
      expect(button.getAttribute('aria-disabled')).toBe('true');
      await user.click(button);
      expect((await screen.findByTestId('reason')).dataset.code).toBe(
        state === 'disk_full' ? 'disk.full' : 'folder.read_only',
      );
      await user.keyboard('{Control>}i{/Control}');
      expect(screen.queryByRole('dialog')).toBeNull();
    },
  );

  it.each([
    [25, true],
    [23, false],
  ])(
    'says in the title line of when all is, %i hours after the last contact',
    async (hours, says) => {
      const memory = without('offline');
      const last_contact = Date.now() - hours * 3_600_000;
      memory.state = { ...memory.state, connection: { ...memory.state.connection, last_contact } };
      await show(memory);
      await roster();
      const told = screen.queryByTestId('stale');
      expect(told !== null).toBe(says);
      if (says) expect(told?.textContent).toMatch(/^As of \w+, \w+ \d+, \d\d:\d\d$/);
    },
  );
});
