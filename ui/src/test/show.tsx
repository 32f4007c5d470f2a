// Shows the window over a backend in memory at an address.

// Read here already, so that no test waits for a page that the window reads when it is opened.
import '../pages/workspaces/WorkspacesPage.tsx';
import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect } from 'vitest';
// Read now, so that what the window reads on first use is there within the time of a test.
import '../forms/AcceptInvitation.tsx';
import '../forms/BulkDialog.tsx';
import '../forms/CreateWorkspace.tsx';
import '../forms/EndDateDialog.tsx';
import '../forms/EndDialog.tsx';
import '../forms/InboxDialog.tsx';
import '../forms/InviteDialog.tsx';
import '../forms/RolePicker.tsx';
import '../forms/SignInAgain.tsx';
import '../forms/SignOutDialog.tsx';
import '../forms/SuccessorDialog.tsx';
import '../pages/InvitationsPage.tsx';
import '../pages/PendingPage.tsx';
import '../pages/roles/RolesPage.tsx';
import { App } from '../app/App.tsx';
import { createClient } from '../app/mount.tsx';
import { createAppRouter } from '../app/router.tsx';
import type { Memory } from './memory.ts';

export async function show(memory: Memory, address = '/w/w1/members') {
  const user = userEvent.setup();
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  const view = render(<App backend={memory.backend} client={createClient()} router={router} />);
  // A dialog may hide the title from the roles, so it is looked for as an element.
  await waitFor(() => expect(document.querySelector('h1')).not.toBeNull());
  return { user, router, ...view };
}

/** The rows that are in the tree, by the address of each. */
export function addresses(): string[] {
  return screen.queryAllByTestId('row').map((row) => row.dataset.address ?? '');
}

export async function roster(): Promise<HTMLElement> {
  const grid = await screen.findByTestId('roster');
  await waitFor(() => expect(grid.dataset.loaded).toBe('true'));
  await waitFor(() => expect(screen.queryAllByTestId('row').length).toBeGreaterThan(0));
  return grid;
}

/** Names of the calls to the backend, optionally of one command. */
export function calls(memory: Memory, name: string): unknown[][] {
  return memory.calls.filter((call) => call.name === name).map((call) => call.args);
}

/** Every rule of axe that does not need a layout or colours, on the whole page. */
export async function noViolations(): Promise<void> {
  const found = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  const told = found.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join('\n    ')}`,
  );
  expect(told, 'axe found violations').toEqual([]);
}
