// What comes after the first sign-in on a device: the first download, and a page that comes once
// (ui.md 5.1).

import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import '../pages/first/FirstRunPage.tsx';
import { createMemory, type Memory, place } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';

function signedOut(): Memory {
  const memory = createMemory();
  memory.state = { ...memory.state, phase: 'signed_out', me: null };
  return memory;
}

async function signIn(memory: Memory, address = '/') {
  const shown = await show(memory, address);
  const { user } = shown;
  await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'alex@larch.example');
  await user.type(screen.getByLabelText('Password'), 'right horse{Enter}');
  return shown;
}

async function first(): Promise<void> {
  await screen.findByRole('heading', { level: 1, name: 'Welcome' });
}

describe('the first run', () => {
  it('u4 e57 asks for the name, for pins and shows the key; each can be passed over', async () => {
    const memory = signedOut();
    const { user, router } = await signIn(memory);
    await first();
    await waitFor(() => expect(document.title).toContain('Welcome'));
    expect(screen.getByRole('heading', { name: 'Press Ctrl+K for anything' })).toBeTruthy();
    await noViolations();
    const form = screen.getByRole('form', { name: 'Your name' });
    const field = within(form).getByRole('textbox', { name: 'Your name' });
    await user.clear(field);
    await user.type(field, 'Alexandra Kim{Enter}');
    await waitFor(() => expect(calls(memory, 'renameLogin')).toEqual([['Alexandra Kim']]));
    await user.click(screen.getByRole('button', { name: 'Start working' }));
    await roster();
    expect(router.state.location.pathname).toBe('/w/w1/members');
  });

  it('pins what is ticked, in that order, and leaves the lines where they are', async () => {
    const memory = signedOut();
    const { user } = await signIn(memory);
    await first();
    const boxes = await screen.findAllByRole('checkbox');
    const names = boxes.map((one) => one.closest('label')?.textContent);
    await user.click(boxes[2] as HTMLElement);
    await user.click(boxes[1] as HTMLElement);
    await waitFor(() => expect(calls(memory, 'setPinned')).toHaveLength(2));
    expect(calls(memory, 'setPinned')).toEqual([[['w3']], [['w3', 'w2']]]);
    await waitFor(() =>
      expect(
        screen.getAllByRole<HTMLInputElement>('checkbox').filter((one) => one.checked),
      ).toHaveLength(2),
    );
    const now = screen.getAllByRole('checkbox').map((one) => one.closest('label')?.textContent);
    expect(now).toEqual(names);
  });

  it('says how many more can be pinned', async () => {
    const memory = signedOut();
    memory.workspaces = Array.from({ length: 14 }, (_, n) => place(n + 1, `Place ${n}`, 3));
    await signIn(memory);
    await first();
    expect(await screen.findAllByRole('checkbox')).toHaveLength(9);
    await screen.findByText('5 more can be pinned on the Workspaces page.');
  });

  it('comes once for each person on a device', async () => {
    await signIn(signedOut());
    await first();
    cleanup();
    await signIn(signedOut());
    await roster();
    expect(screen.queryByRole('heading', { name: 'Welcome' })).toBeNull();
  });

  it('does not come to whoever was signed in before', async () => {
    await show(createMemory(), '/');
    await roster();
  });

  it('waits for the next start where an invitation leads on', async () => {
    const memory = signedOut();
    const { user } = await show(memory, '/');
    await user.click(screen.getByRole('button', { name: 'I have an invitation' }));
    await user.type(screen.getByRole('textbox', { name: 'Invitation link or code' }), '7YB2');
    await user.click(screen.getByRole('button', { name: 'Look at the invitation' }));
    await screen.findByText('luis@northwind.example');
    await user.type(screen.getByRole('textbox', { name: 'Your name' }), 'Luis Pereira');
    await user.type(screen.getByLabelText('Password'), 'correct horse battery');
    await user.click(screen.getByRole('button', { name: 'Sign up and join' }));
    await roster();
    expect(localStorage.getItem('muster.first_run.l1')).toBe('due');
  });
});

describe('the first download', () => {
  it('does not say that there is no workspace while the first download runs', async () => {
    const memory = createMemory();
    memory.workspaces = [];
    memory.state = {
      ...memory.state,
      connection: { ...memory.state.connection, loading: { done: 40, total: 214 } },
    };
    await show(memory, '/');
    expect(await screen.findByText('Opening your workspaces… 40 of 214')).toBeTruthy();
    expect(screen.queryByText(/not in any workspace/)).toBeNull();
  });

  it('does not say so either by a list from before the first download', async () => {
    const memory = createMemory();
    const { workspaces, state } = memory;
    memory.workspaces = [];
    const loading = { done: 40, total: 214 };
    memory.state = { ...state, connection: { ...state.connection, loading } };
    await show(memory, '/');
    await screen.findByText('Opening your workspaces… 40 of 214');
    // The state is read again before the list is.
    let answer = () => {};
    const read = memory.backend.workspaces;
    memory.backend.workspaces = async (...asked) => {
      await new Promise<void>((done) => {
        answer = done;
      });
      return read(...asked);
    };
    memory.workspaces = workspaces;
    memory.state = state;
    act(() => memory.emit({ state: true }));
    expect(await screen.findByText('Opening your workspaces…')).toBeTruthy();
    expect(screen.queryByText(/not in any workspace/)).toBeNull();
    memory.backend.workspaces = read;
    act(() => {
      answer();
      memory.emit({ workspaces: true });
    });
    await roster();
  });
});
