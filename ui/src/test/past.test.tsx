// The past in the window: the history in sentences, a roster as of a moment, two dates compared.

import '../pages/history/pages.ts';
import '../pages/history/MembersAsOf.tsx';
import '../pages/history/AsOfChip.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { CompareLine, CompareWorkspace } from '../backend/types.ts';
import { historyRow } from './memory/history.ts';
import { createMemory, type Memory, place } from './memory.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';
import { NOW, refused, text } from './world.ts';

const DAY = 86_400_000;

function world(count = 6): Memory {
  const memory = createMemory();
  memory.workspaces[0] = place(1, 'Northwind Retail', count, { my_roles: ['owner'] });
  return memory;
}

function offline(memory: Memory, since: number): void {
  memory.state = {
    ...memory.state,
    connection: {
      ...memory.state.connection,
      state: 'offline',
      offline_since: since,
      last_contact: since,
    },
  };
}

describe('history', () => {
  it('v49_tells what happened in sentences, what waits on top, refusals in place', async () => {
    const memory = world();
    const no = refused('r3.target', 'R3', { name: text('Dmitri Sokolov') });
    const me = { actor: 'Alex Meyer', actor_is_me: true };
    memory.more.history = [
      historyRow('p1', { ...me, kind: 'member.removed', subject: 'Eleni', not_sent: true }),
      historyRow('e1'),
      historyRow('e2', { kind: 'invitation.sent', from_roles: [], more: 41 }),
      historyRow('e3', {
        ...me,
        kind: 'member.removed',
        subject: 'Dmitri Sokolov',
        refused: no.verdict === 'refused' ? no.reason : null,
      }),
    ];
    await show(memory, '/w/w1/history');
    const grid = await roster();
    const rows = within(grid).getAllByTestId('row');
    expect(rows[0]?.textContent).toContain('Not sent yet');
    expect(rows[0]?.dataset.mark).toBe('not_sent');
    // Days stand over the rows that they begin with, for the eye; each row says its own aloud.
    const headings = within(grid).getAllByTestId('heading');
    expect(headings).toHaveLength(2);
    expect(headings[0]?.textContent).toBe('Not sent yet');
    expect(headings[0]?.getAttribute('aria-hidden')).toBe('true');
    const places = [...grid.querySelectorAll('[data-testid="heading"], [data-testid="row"]')];
    expect(places.indexOf(headings[1] as Element)).toBe(2);
    expect(rows[1]?.textContent).toContain('Ana Marques changed Luis Pereira from Read to Write');
    expect(rows[2]?.textContent).toContain('Ana Marques invited 42 people as Write');
    expect(rows[3]?.textContent).toContain('You tried to remove Dmitri Sokolov. Refused.');
    expect(rows[3]?.dataset.mark).toBe('refused');
    expect(screen.getByTestId('chain').textContent).toMatch(/^Unbroken since /);
    await noViolations();
  });

  it('v49_the panel shows before, after, by which right and the check of the chain', async () => {
    const memory = world();
    memory.more.history = [historyRow('e1', { as_admin: true, reason: 'Asked by the client' })];
    const { user } = await show(memory, '/w/w1/history');
    const grid = await roster();
    await user.click(within(grid).getByTestId('row'));
    const panel = await screen.findByTestId('panel');
    await waitFor(() => expect(panel.textContent).toContain('Read → Write'));
    // Moments are days, and of several things their words, whatever form the log has.
    expect(panel.textContent).toMatch(/Role given onnothing → \w+day/);
    expect(panel.textContent).toMatch(/Endednothing → .*, Ana Marques/);
    expect(panel.textContent).not.toMatch(/\d{13}|[{}]/);
    expect(panel.textContent).toContain('Account Admin');
    expect(panel.textContent).toContain('Asked by the client');
    expect(panel.textContent).toContain('This entry is as it was recorded.');
    await noViolations();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('panel')).toBeNull());
  });

  it('v49_a chain that is broken is said, and what is here can be taken along', async () => {
    const memory = world();
    memory.more.historyPage = { chain: { state: 'broken', since: NOW, broken_at: NOW - DAY } };
    const { user } = await show(memory, '/w/w1/history');
    const reason = await screen.findByTestId('reason');
    expect(reason.textContent).toContain('doesn’t fit together, so it may have been changed.');
    await user.click(within(reason).getByRole('button', { name: 'Copy as text' }));
    await waitFor(async () => {
      expect(await navigator.clipboard.readText()).toContain('joined');
    });
  });

  it('v49_who sees only their own acts is told so', async () => {
    const memory = world();
    memory.more.historyPage = { own_only: true };
    await show(memory, '/w/w1/history');
    expect(await screen.findByText('You see what you did and what concerns you.')).toBeTruthy();
  });

  it('v49_says what will be listed where nothing is yet, and what does not match', async () => {
    const memory = world();
    memory.more.history = [];
    const { router } = await show(memory, '/w/w1/history');
    expect(
      await screen.findByText('Nothing yet. Everything that changes access will be listed here.'),
    ).toBeTruthy();
    router.history.push('/w/w1/history?q=nobody');
    expect(await screen.findByText('Nothing matches.')).toBeTruthy();
  });

  it('v49_narrows by kind and by person', async () => {
    const memory = world();
    const { user } = await show(memory, '/w/w1/history');
    await roster();
    await user.click(screen.getByRole('button', { name: 'What' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Access reviews' }));
    await waitFor(() => {
      const asked = calls(memory, 'history').at(-1)?.[0] as { kinds: string[] };
      expect(asked.kinds).toContain('review.decided');
      expect(asked.kinds).not.toContain('member.joined');
    });
    await user.click(screen.getByRole('button', { name: 'Who' }));
    const person = await screen.findByRole('dialog', { name: 'Who' });
    await user.click(await within(person).findByRole('button', { name: /Alex Meyer/ }));
    await waitFor(() => expect(calls(memory, 'history').at(-1)?.[0]).toMatchObject({ who: 'l1' }));
  });

  it('v49_reads further pages as the list is scrolled to its end', async () => {
    const memory = world();
    memory.more.history = Array.from({ length: 130 }, (_, index) => historyRow(`e${index}`));
    const { user } = await show(memory, '/w/w1/history');
    const grid = await roster();
    await user.click(within(grid).getAllByTestId('row')[0] as HTMLElement);
    (document.querySelector('[data-index="0"]') as HTMLElement).focus();
    await user.keyboard('{End}');
    await waitFor(() =>
      expect(calls(memory, 'history').at(-1)?.[0]).toMatchObject({ before: '128' }),
    );
  });
});

describe('a roster as of a moment', () => {
  it('v49_is read only under a line that leads back to now', async () => {
    const memory = world(30);
    const at = NOW - 30 * DAY;
    const { user } = await show(memory, `/w/w1/members?at=${at}`);
    const line = await screen.findByTestId('as-of');
    expect(line.textContent).toContain('As it was on');
    await roster();
    expect(screen.queryByRole('button', { name: 'Invite people' })).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(calls(memory, 'membersAsOf')[0]?.[1]).toBe(at);
    await noViolations();
    await user.click(within(line).getByRole('button', { name: 'Back to now' }));
    await waitFor(() => expect(screen.queryByTestId('as-of')).toBeNull());
    await waitFor(() => expect(addresses().length).toBeGreaterThan(0));
    expect(screen.getByRole('button', { name: 'Invite people' })).toBeTruthy();
  });

  it('v49_is chosen from the filter line, never after the last contact', async () => {
    const memory = world(30);
    offline(memory, Date.now() - 2 * DAY);
    const { user } = await show(memory, '/w/w1/members');
    await roster();
    await user.click(await screen.findByRole('button', { name: 'As of: now' }));
    const form = await screen.findByRole('dialog', { name: 'As of' });
    await user.click(within(form).getByRole('button', { name: 'Show' }));
    expect((await within(form).findByRole('alert')).textContent).toContain(
      'after the last contact',
    );
    const year = within(form).getByRole('spinbutton', { name: 'Year' });
    await user.clear(year);
    await user.type(year, '2025');
    await user.click(within(form).getByRole('button', { name: 'Show' }));
    await screen.findByTestId('as-of');
  });

  it('r5_names own roles as they were called then', async () => {
    const memory = world(30);
    const w1 = memory.workspaces.find((it) => it.view.row.id === 'w1');
    for (const row of w1?.members ?? []) row.roles = ['own:0'];
    memory.more.asOfRoles = [{ role: 'own:0', name: 'Auditor' }];
    await show(memory, `/w/w1/members?at=${NOW - 30 * DAY}`);
    await screen.findByTestId('as-of');
    await roster();
    expect((await screen.findAllByText('Auditor')).length).toBeGreaterThan(0);
  });

  it('v49_says where the history does not reach that far back', async () => {
    const memory = world(30);
    memory.more.asOfComplete = false;
    await show(memory, `/w/w1/members?at=${NOW - 30 * DAY}`);
    expect(await screen.findByText(/does not reach that far back/)).toBeTruthy();
  });
});

function line(name: string, more: Partial<CompareLine> = {}): CompareLine {
  return {
    membership: name,
    name,
    address: `${name}@northwind.example`,
    letters: 'XX',
    from: ['read'],
    to: ['write'],
    from_state: 'active',
    to_state: 'active',
    gains: [],
    loses: [],
    at: NOW,
    by: 'Ana Marques',
    came_back: false,
    left_at: null,
    left_by: null,
    not_sent: false,
    ...more,
  };
}

function compared(more: Partial<CompareWorkspace> = {}): CompareWorkspace {
  return {
    workspace: 'w1',
    name: 'Northwind Retail',
    account_name: 'Larch Agency',
    joined: [],
    joined_total: 0,
    left: [],
    left_total: 0,
    changed: [],
    changed_total: 0,
    unchanged: 1245,
    same: [],
    complete: true,
    own_from: [],
    own_to: [],
    ...more,
  };
}

describe('two dates compared', () => {
  it('v49_counts first, then who changed, with gains and losses by word', async () => {
    const memory = world();
    const changed = [
      line('Luis', { gains: ['agent.edit'] }),
      line('Farah', { from: ['admin'], loses: ['member.manage'], came_back: true, left_by: 'Ana' }),
    ];
    memory.more.compare = {
      workspaces: [compared({ changed, changed_total: 2, joined: [line('Mei')], joined_total: 1 })],
      complete: true,
      unsent: 0,
    };
    const { user } = await show(memory, '/w/w1/compare');
    expect((await screen.findByTestId('compared')).textContent).toBe(
      '1 joined · 0 left · 2 changed role · 1,245 unchanged',
    );
    const lines = screen.getAllByTestId('compare-line');
    expect(lines[0]?.textContent).toContain('Read → Write');
    expect(lines[0]?.textContent).toContain('gains edit agents');
    expect(lines[1]?.textContent).toContain('loses ');
    expect(lines[1]?.textContent).toContain('left (Ana) and came back');
    // The page belongs to History, which alone is marked.
    const current = document.querySelectorAll('nav [aria-current]');
    expect([...current].map((one) => one.textContent)).toEqual(['History']);
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    await waitFor(async () => {
      expect(await navigator.clipboard.readText()).toContain('Luis\tLuis@northwind.example');
    });
  });

  it('v49_shows those who are as they were once their group is opened', async () => {
    const memory = world();
    const same = [line('Noa', { to: ['read'], at: null, by: null })];
    const changed = [line('Luis')];
    const workspaces = [compared({ changed, changed_total: 1, unchanged: 1, same })];
    memory.more.compare = { workspaces, complete: true, unsent: 0 };
    const { user } = await show(memory, '/w/w1/compare');
    await screen.findByTestId('compared');
    expect(calls(memory, 'compare').at(-1)?.[0]).toMatchObject({ include_unchanged: false });
    expect(screen.queryByText('Noa')).toBeNull();
    await user.click(screen.getByRole('button', { name: /^Unchanged/ }));
    expect(await screen.findByText('Noa')).toBeTruthy();
    await waitFor(() =>
      expect(calls(memory, 'compare').at(-1)?.[0]).toMatchObject({ include_unchanged: true }),
    );
  });

  it('v49_says where there is no difference', async () => {
    const memory = world();
    memory.more.compare = { workspaces: [compared()], complete: true, unsent: 0 };
    await show(memory, '/w/w1/compare');
    expect(await screen.findByText('No difference between these dates.')).toBeTruthy();
  });

  it('v49_includes what is not sent yet, with a switch', async () => {
    const memory = world();
    const changed = [line('Luis', { not_sent: true })];
    const workspaces = [compared({ changed, changed_total: 1 })];
    memory.more.compare = { workspaces, complete: true, unsent: 1 };
    const { user } = await show(memory, '/w/w1/compare');
    const box = await screen.findByRole('checkbox', { name: 'Includes 1 change not sent yet' });
    await user.click(box);
    await waitFor(() =>
      expect(calls(memory, 'compare').at(-1)?.[0]).toMatchObject({ include_unsent: false }),
    );
  });

  it('v49_refuses a date after the last contact, and dates out of order', async () => {
    const memory = world();
    offline(memory, Date.now() - 2 * DAY);
    const { user } = await show(memory, '/w/w1/compare');
    await screen.findByTestId('compared');
    await user.click(screen.getByRole('button', { name: 'Compare' }));
    expect((await screen.findByRole('group', { name: 'with' })).textContent).toContain(
      'after the last contact',
    );
  });

  it('v49_compares all workspaces, those with differences open', async () => {
    const memory = world();
    memory.more.compare = {
      workspaces: [
        compared({ changed: [line('Luis')], changed_total: 1 }),
        compared({ workspace: 'w2', name: 'Acme Health' }),
      ],
      complete: true,
      unsent: 0,
    };
    const { user } = await show(memory, '/w/w1/compare');
    await screen.findByTestId('compared');
    await user.selectOptions(screen.getByRole('combobox', { name: 'in' }), 'all');
    await waitFor(() =>
      expect(calls(memory, 'compare').at(-1)?.[0]).toMatchObject({ workspace: null }),
    );
    expect(screen.getByText('No difference in 1 other workspace.')).toBeTruthy();
    expect(screen.getAllByTestId('compare-line')).toHaveLength(1);
  });

  it('v49_is not there without the right to see history', async () => {
    const memory = world();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('no workspace');
    at.view = { ...at.view, permissions: ['ws.view', 'member.view'] };
    await show(memory, '/w/w1/compare');
    expect(await screen.findByText(/This isn’t available to you/)).toBeTruthy();
    expect(calls(memory, 'compare')).toHaveLength(0);
  });
});
