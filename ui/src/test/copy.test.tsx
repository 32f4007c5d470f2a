// The copy on this device under hard conditions: locked, erased, damaged, without its key
// (ui.md 5.1, 6.8, 8.2; security.md 2.7).

import '../pages/diagnostics/pages.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { LeaseView } from '../backend/types.ts';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, show } from './show.tsx';

const LEASE: LeaseView = {
  account: 'a1',
  account_name: 'Northwind',
  days: 7,
  age_days: 8,
  until: Date.now() - 86_400_000,
  locked: true,
};

function withCopy(change: Partial<Memory['state']['copy']>): Memory {
  const memory = createMemory();
  memory.state = { ...memory.state, copy: { ...memory.state.copy, ...change } };
  return memory;
}

function offline(memory: Memory): Memory {
  const since = Date.now() - 8 * 86_400_000;
  memory.state = {
    ...memory.state,
    connection: {
      ...memory.state.connection,
      state: 'offline',
      offline_since: since,
      last_contact: since,
    },
  };
  return memory;
}

function lock(memory: Memory): void {
  const at = memory.workspaces[0];
  if (at === undefined) throw new Error('a workspace');
  at.view = { ...at.view, row: { ...at.view.row, account: 'a1', locked: true } };
}

describe('a locked copy', () => {
  it('says since when, and what is allowed, in place of the page (R15)', async () => {
    const memory = offline(withCopy({ leases: [LEASE] }));
    lock(memory);
    const { user } = await show(memory, '/w/w1/members');
    const page = await screen.findByTestId('locked-copy');
    expect(within(page).getByRole('heading', { name: 'This copy is locked' })).toBeTruthy();
    expect(page.textContent).toContain(
      'Your last contact was 8 days ago. Northwind allows 7. Connect to open it again.',
    );
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.getByTestId('status').textContent).toContain('The copy is locked');
    await noViolations();
    await user.click(within(page).getByRole('button', { name: 'Try now' }));
    expect(calls(memory, 'sendNow')).toHaveLength(1);
  });

  it('is one workspace’s: another one is a press away, and the list says which is locked', async () => {
    const memory = offline(withCopy({ leases: [LEASE] }));
    lock(memory);
    const { user } = await show(memory, '/w/w1/members');
    await user.click(await screen.findByRole('button', { name: 'Use another workspace' }));
    expect(screen.queryByTestId('locked-copy')).toBeNull();
    await user.click(screen.getByTestId('switcher'));
    expect((await screen.findAllByText('locked copy')).length).toBeGreaterThan(0);
  });

  it('is announced on its last day, with the time until which it opens', async () => {
    const until = Date.now() + 3_600_000;
    const memory = offline(withCopy({ leases: [{ ...LEASE, locked: false, until }] }));
    const at = memory.workspaces[0];
    if (at !== undefined) at.view = { ...at.view, row: { ...at.view.row, account: 'a1' } };
    await show(memory, '/w/w1/members');
    const status = await screen.findByTestId('status');
    await within(status).findByText(/on this device opens until/);
  });

  it('says that everything was erased, and that what waits is kept (E-31)', async () => {
    const memory = offline(withCopy({ erased: true }));
    memory.workspaces = [];
    memory.state = { ...memory.state, counts: { not_sent: 2, refused: 0, needs_you: 0 } };
    const { user } = await show(memory, '/');
    const page = await screen.findByTestId('erased-copy');
    expect(page.textContent).toContain('was erased');
    expect(page.textContent).toContain('2 changes not sent yet are kept');
    expect(screen.getByTestId('status').textContent).not.toContain('keep working');
    await noViolations();
    await user.click(screen.getByRole('link', { name: /2 changes not sent/ }));
    expect(await screen.findByRole('heading', { name: 'Pending' })).toBeTruthy();
    // No workspace is open, so nothing is headed as if it were.
    expect(screen.getByText('Across workspaces')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText('This workspace')).toBeNull());
  });
});

describe('a copy that cannot be read', () => {
  it('never says that all was sent where nothing of a damaged file could be read (D5)', async () => {
    await show(withCopy({ saved: 0 }), '/pending');
    expect(await screen.findByText(/More may have been in it/)).toBeTruthy();
    expect(screen.queryByText(/Everything is sent/)).toBeNull();
  });

  it('never says that somebody is in no workspace while it waits to be fetched (D5)', async () => {
    const memory = offline(withCopy({ rebuilt: 'damage' }));
    memory.workspaces = [];
    const connection = { ...memory.state.connection, last_contact: null };
    memory.state = {
      ...memory.state,
      connection,
      counts: { not_sent: 2, refused: 0, needs_you: 0 },
    };
    const { user } = await show(memory, '/');
    const page = await screen.findByTestId('copy-to-fetch');
    expect(page.textContent).toContain('fetches them as soon as there is contact');
    expect(page.textContent).toContain('2 changes not sent yet are kept');
    expect(screen.getByTestId('status').textContent).not.toContain('keep working');
    await noViolations();
    await user.click(screen.getByRole('link', { name: 'Open Diagnostics' }));
    expect(await screen.findByRole('heading', { name: 'Diagnostics' })).toBeTruthy();
  });

  it.each([
    ['damage', /couldn’t be read, so Muster fetches it again/],
    ['key', /key of the copy on this device was gone/],
    ['newer', /made by a newer version/],
  ] as const)('is fetched again, and that is said: %s (D5, D8)', async (rebuilt, text) => {
    await show(withCopy({ rebuilt }), '/w/w1/members');
    expect((await screen.findAllByText(text)).length).toBeGreaterThan(0);
  });

  it('counts and names the changes that are lost until somebody has read it (D5)', async () => {
    const lost = { count: 2, maybe_more: false, workspaces: ['Acme Health', 'Northwind'] };
    const memory = withCopy({ lost, saved: 40 });
    const { user } = await show(memory, '/pending');
    const part = await screen.findByTestId('lost-changes');
    expect(part.textContent).toContain('2 changes were not sent');
    expect(part.textContent).toContain('Acme Health, Northwind');
    await noViolations();
    await user.click(within(part).getByRole('button', { name: 'I have read this' }));
    expect(calls(memory, 'lostRead')).toHaveLength(1);
    expect(screen.queryByTestId('lost-changes')).toBeNull();
  });
});

describe('unsent changes that cannot be opened', () => {
  it.each([
    ['outbox.key', /key of your changes not sent yet/],
    ['outbox.broken', /can’t be read/],
  ] as const)('are put aside only with the address typed: %s (C5)', async (code, text) => {
    const memory = createMemory();
    const problem = { code, reason: null, field: null, detail: '' };
    memory.state = { ...memory.state, phase: 'blocked', me: null, problem };
    const { user } = await show(memory, '/');
    expect((await screen.findAllByText(text)).length).toBeGreaterThan(0);
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Go on without them…' }));
    const dialog = await screen.findByRole('alertdialog');
    const field = within(dialog).getByRole('textbox');
    await user.type(field, 'somebody@else.example');
    await user.click(within(dialog).getByRole('button', { name: 'Go on without them' }));
    await within(dialog).findByText(/isn’t the address/);
    await user.clear(field);
    await user.type(field, 'alex@larch.example');
    await user.click(within(dialog).getByRole('button', { name: 'Go on without them' }));
    expect(calls(memory, 'putOutboxAside')).toHaveLength(2);
    expect(await screen.findByTestId('status')).toBeTruthy();
  });

  it.each([
    ['copy.in_use', /open already/],
    ['folder.read_only', /can’t write to the folder/],
    ['copy.newer', /newer version of Muster/],
    ['disk.full', /disk is full/],
  ] as const)('is told from a copy that is in use or cannot be written: %s', async (code, text) => {
    const memory = createMemory();
    const problem = { code, reason: null, field: null, detail: '' };
    memory.state = { ...memory.state, phase: 'blocked', me: null, problem };
    await show(memory, '/');
    expect((await screen.findAllByText(text)).length).toBeGreaterThan(0);
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Go on without/ })).toBeNull();
  });
});
