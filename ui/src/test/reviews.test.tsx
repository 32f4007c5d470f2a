// Access reviews in the window: by keyboard from the first line to the finish, and what may not
// be decided.

import '../pages/reviews/pages.ts';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { paths } from '../app/paths.ts';
import { setSingleKeys } from '../app/singleKeys.ts';
import type { ReviewLineView } from '../backend/types.ts';
import { reviewOf, settle } from './memory/reviews.ts';
import { createMemory, type Memory, place } from './memory.ts';
import { addresses, calls, noViolations, roster, show } from './show.tsx';
import { item, NOW, refused, text } from './world.ts';

function world(count = 6): Memory {
  const memory = createMemory();
  memory.workspaces[0] = place(1, 'Northwind Retail', count, { my_roles: ['owner'] });
  const review = reviewOf(memory, 'w1', 1);
  // A first review: nobody has an earlier one.
  review.lines = review.lines.map((line) => change(line, { changed_since: true }));
  review.view.counts = { ...review.view.counts, changed_since: count, unchanged_since: 0 };
  memory.more.reviews = [review];
  return memory;
}

function change(line: ReviewLineView, row: Partial<ReviewLineView['row']>): ReviewLineView {
  return { ...line, row: { ...line.row, ...row } };
}

function lines(memory: Memory): ReviewLineView[] {
  return memory.more.reviews[0]?.lines ?? [];
}

async function open(memory: Memory, more = '') {
  const shown = await show(memory, `/w/w1/reviews/rv1${more}`);
  const grid = await roster();
  const panel = async () => screen.findByTestId('panel');
  const focus = async (index: number) => {
    const row = grid.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (row === null) throw new Error('no such row');
    act(() => row.focus());
    await shown.user.keyboard('{Enter}');
    await waitFor(async () =>
      expect((await panel()).getAttribute('aria-label')).toBe(lines(memory)[index]?.row.name),
    );
  };
  return { ...shown, grid, panel, focus };
}

function decided(memory: Memory) {
  return calls(memory, 'submit').map(([intent]) => intent as Record<string, unknown>);
}

describe('the list of reviews', () => {
  it('v49_says what a review is where there is none, and starts one', async () => {
    const memory = world();
    memory.more.reviews = [];
    const { user } = await show(memory, '/w/w1/reviews');
    expect(
      await screen.findByText(
        'No reviews yet. A review asks, for each person, whether they should still have access.',
      ),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Start a review' }));
    const dialog = await screen.findByTestId('dialog');
    await within(dialog).findByRole('checkbox', { name: 'Alex Meyer' });
    await noViolations();
    const unused = within(dialog).getByRole('combobox', { name: /changed nothing for/ });
    expect((unused as HTMLSelectElement).value).toBe('90');
    await user.selectOptions(unused, '30 days');
    await user.click(within(dialog).getByRole('button', { name: 'Start the review' }));
    await waitFor(() => expect(calls(memory, 'startReviews')).toHaveLength(1));
    expect(calls(memory, 'startReviews')[0]?.[0]).toMatchObject({
      workspaces: ['w1'],
      undecided: 'leave',
      quiet_days: 30,
      reviewers: ['l1'],
    });
  });

  it('v49_opens the one review directly, and lists several', async () => {
    const memory = world();
    const { router } = await show(memory, '/w/w1/reviews');
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/reviews/rv1'));
    const closed = reviewOf(memory, 'w1', 2, { name: 'Q3 review', closed: NOW, closed_by: 'Ana' });
    memory.more.reviews.push(closed);
    act(() => memory.emit({ rosters: ['w1'] }));
    await act(() => router.navigate(paths.reviews('w1')));
    await screen.findByRole('rowheader', { name: 'Q3 review' });
    expect(screen.getAllByTestId('row')).toHaveLength(2);
    await noViolations();
  });

  it('v49_says that the list is being taken, and how much of it has come', async () => {
    const memory = world();
    memory.more.reviews = [];
    let taken = () => {};
    const start = memory.backend.startReviews;
    memory.backend.startReviews = async (form) => {
      await new Promise<void>((resolve) => {
        taken = resolve;
      });
      return start(form);
    };
    const { user, router } = await show(memory, '/w/w1/reviews');
    await user.click(await screen.findByRole('button', { name: 'Start a review' }));
    const dialog = await screen.findByTestId('dialog');
    await within(dialog).findByRole('checkbox', { name: 'Alex Meyer' });
    await user.click(within(dialog).getByRole('button', { name: 'Start the review' }));
    expect(await within(dialog).findByText(/^Taking the list of people as of /)).toBeTruthy();
    await noViolations();
    taken();
    await waitFor(() => expect(calls(memory, 'startReviews')).toHaveLength(1));
    const coming = world().more.reviews[0];
    if (coming === undefined) throw new Error('no review');
    coming.view.row = { ...coming.view.row, people: 5_000 };
    memory.more.reviews = [coming];
    await act(() => router.navigate(paths.review('w1', 'rv1')));
    act(() => memory.emit({ rosters: ['w1'] }));
    expect((await screen.findByTestId('arriving')).textContent).toMatch(/… 6 of 5,000$/);
    await noViolations();
    coming.view.row = { ...coming.view.row, people: 6 };
    act(() => memory.emit({ rosters: ['w1'] }));
    await waitFor(() => expect(screen.queryByTestId('arriving')).toBeNull());
  });

  it('v49_starting needs a connection and says so', async () => {
    const memory = world();
    memory.state = {
      ...memory.state,
      connection: { ...memory.state.connection, state: 'offline', offline_since: NOW },
    };
    memory.more.reviews = [];
    const { user } = await show(memory, '/w/w1/reviews');
    const button = await screen.findByRole('button', { name: 'Start a review' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect((await screen.findByTestId('reason')).textContent).toContain('needs a connection');
  });

  it('v49_is not there for who may not run reviews', async () => {
    const memory = world();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('no workspace');
    at.view = { ...at.view, permissions: ['ws.view', 'member.view'] };
    await show(memory, '/w/w1/reviews/rv1');
    expect(await screen.findByText(/This isn’t available to you/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Access reviews' })).toBeNull();
    expect(calls(memory, 'review')).toHaveLength(0);
  });
});

describe('deciding by keyboard', () => {
  it('v49_N goes to the next undecided line, however far it is', async () => {
    const memory = world(400);
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    review.lines = review.lines.map((line, at) =>
      at > 0 && at < 300 ? change(line, { standpoint: 'keep' }) : line,
    );
    const { user, panel, focus } = await open(memory);
    await focus(0);
    await user.keyboard('n');
    await waitFor(async () =>
      expect((await panel()).getAttribute('aria-label')).toBe(lines(memory)[300]?.row.name),
    );
    await waitFor(() =>
      expect((document.activeElement as HTMLElement).dataset.id).toBe(
        lines(memory)[300]?.row.membership,
      ),
    );
  });

  it('v49_K keeps and goes to the next undecided line', async () => {
    const memory = world();
    const { user, panel, focus } = await open(memory);
    await focus(2);
    await user.keyboard('k');
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
    expect(decided(memory)[0]).toMatchObject({
      intent: 'decide_review',
      lines: [lines(memory)[2]?.row.membership],
      choice: { choice: 'keep' },
    });
    await waitFor(async () =>
      expect((await panel()).getAttribute('aria-label')).toBe(lines(memory)[3]?.row.name),
    );
    expect(document.activeElement?.getAttribute('data-index')).toBe('3');
    expect((await screen.findByTestId('notice')).textContent).toContain('kept');
  });

  it('v49_R asks for a reason before anybody is removed', async () => {
    const memory = world();
    const { user, panel, focus } = await open(memory);
    await focus(3);
    await user.keyboard('r');
    const reason = within(await panel()).getByRole('textbox', { name: 'Reason' });
    await waitFor(() => expect(document.activeElement).toBe(reason));
    expect(decided(memory)).toHaveLength(0);
    await user.keyboard('{Enter}');
    expect((await panel()).textContent).toContain('Write a reason');
    expect(decided(memory)).toHaveLength(0);
    await user.keyboard('Left the agency{Enter}');
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
    expect(decided(memory)[0]).toMatchObject({
      choice: { choice: 'remove' },
      reason: 'Left the agency',
    });
  });

  it('v49_C chooses a role and needs a reason too', async () => {
    const memory = world();
    const { user, panel, focus } = await open(memory);
    await focus(3);
    await user.keyboard('c');
    const role = await within(await panel()).findByRole('radio', { name: /^Read/ });
    await user.click(role);
    await user.type(within(await panel()).getByRole('textbox', { name: 'Reason' }), 'Too much');
    await user.click(within(await panel()).getByRole('button', { name: 'Change to Read' }));
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
    expect(decided(memory)[0]).toMatchObject({ choice: { choice: 'change', roles: ['read'] } });
  });

  it('e51_U takes a decision back, and Undo puts back the one before', async () => {
    const memory = world();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    review.lines = review.lines.map((line, index) =>
      index === 2
        ? settle(line, [
            {
              name: 'Alex Meyer',
              at: NOW,
              choice: 'remove',
              to: [],
              reason: 'Left',
              client: null,
              is_me: true,
              pending: false,
            },
          ])
        : line,
    );
    const { user, panel, focus } = await open(memory);
    await focus(2);
    await within(await panel()).findByTestId('decided');
    await user.keyboard('u');
    await waitFor(() => expect(decided(memory)[0]).toMatchObject({ choice: null }));
    await user.click(
      within(await screen.findByTestId('notice')).getByRole('button', { name: 'Undo' }),
    );
    await waitFor(() => expect(decided(memory)).toHaveLength(2));
    expect(decided(memory)[1]).toMatchObject({ choice: { choice: 'remove' }, reason: 'Left' });
  });

  it('v49_single keys can be turned off as a whole', async () => {
    setSingleKeys('off');
    const memory = world();
    const { user, panel, focus } = await open(memory);
    await focus(2);
    await user.keyboard('k');
    expect(decided(memory)).toHaveLength(0);
    await user.click(within(await panel()).getByRole('button', { name: 'Keep' }));
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
  });

  it('v49_a selection can be kept together, but not changed or removed', async () => {
    const memory = world();
    const { user, grid } = await open(memory);
    const boxes = within(grid).getAllByRole('checkbox');
    await user.click(boxes[3] as HTMLElement);
    await user.click(boxes[4] as HTMLElement);
    const line = await screen.findByRole('toolbar');
    expect(within(line).queryByRole('button', { name: /Remove|Change/ })).toBeNull();
    await user.click(within(line).getByRole('button', { name: 'Keep 2 people' }));
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
    expect(decided(memory)[0]?.lines).toHaveLength(2);
  });

  it('v49_lines that changed since the last review are looked at one by one', async () => {
    const memory = world();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    review.lines = review.lines.map((line, index) => change(line, { changed_since: index < 4 }));
    review.view.counts = { ...review.view.counts, changed_since: 4, unchanged_since: 2 };
    const { user, grid } = await open(memory);
    // The unchanged ones stand in a group of their own.
    expect(addresses()).toHaveLength(4);
    await user.click(within(grid).getAllByRole('checkbox')[4] as HTMLElement);
    const line = await screen.findByRole('toolbar');
    expect(line.textContent).toContain('look at that line first');
    expect(within(line).getByRole('button', { name: 'Keep' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await user.click(within(line).getByRole('button', { name: 'Clear' }));
    await user.click(screen.getByRole('button', { name: /Open the group of 2 people unchanged/ }));
    await waitFor(() => expect(addresses()).toHaveLength(2));
  });
});

describe('what may not be decided', () => {
  it('e48_somebody else decides about me, and says so', async () => {
    const memory = world();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    review.lines = review.lines.map((line) =>
      line.row.is_me ? { ...line, keep: refused('review.own_line', 'E-48') } : line,
    );
    const mine = review.lines.findIndex((line) => line.row.is_me);
    const { user, panel, focus } = await open(memory);
    await focus(mine);
    await user.keyboard('k');
    expect((await within(await panel()).findByTestId('reason')).textContent).toContain(
      'You can’t decide about yourself. Another reviewer has to.',
    );
    expect(decided(memory)).toHaveLength(0);
  });

  it('e48_the only reviewer writes a reason for their own line', async () => {
    const memory = world();
    const mine = lines(memory).findIndex((line) => line.row.is_me);
    const { user, panel, focus } = await open(memory);
    await focus(mine);
    await user.keyboard('k');
    const reason = within(await panel()).getByRole('textbox', { name: 'Reason' });
    await waitFor(() => expect(document.activeElement).toBe(reason));
    await user.keyboard('Nobody else may{Enter}');
    await waitFor(() => expect(decided(memory)[0]).toMatchObject({ reason: 'Nobody else may' }));
  });

  it('e49_the last owner has no Remove, and the way out names a successor', async () => {
    const memory = world();
    const { user, panel, focus } = await open(memory);
    await focus(0);
    const remove = within(await panel()).getByRole('button', { name: /Remove/ });
    expect(remove.getAttribute('aria-disabled')).toBe('true');
    await user.keyboard('r');
    const reason = await within(await panel()).findByTestId('reason');
    expect(reason.textContent).toContain(
      'is the only owner. Name a successor before taking this away.',
    );
    expect(reason.textContent).toContain('R6');
    expect(within(reason).getByRole('button', { name: 'Make someone owner…' })).toBeTruthy();
    await noViolations();
  });

  it('e51_a refused decision stands in the margin and in the panel until it is discarded', async () => {
    const memory = world();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    const reason = { code: 'r6.review', rule: 'R6', params: {} } as const;
    const mine = item(7, { outcome: { status: 'refused', reason, at: NOW, differs: true } });
    review.lines = review.lines.map((line, index) =>
      index === 2 ? { ...change(line, { mark: 'refused' }), refused: mine } : line,
    );
    const { user, grid, panel, focus } = await open(memory);
    const row = grid.querySelector('[data-index="2"]');
    expect(row?.querySelector('svg[data-sign="refused"]')).not.toBeNull();
    expect(row?.textContent).toContain('Refused, was Undecided');
    await focus(2);
    await waitFor(async () =>
      expect((await panel()).textContent).toContain('Remove Eleni Papadaki'),
    );
    await user.click(within(await panel()).getByRole('button', { name: 'Discard' }));
    expect(calls(memory, 'pendingDiscard')).toEqual([[7]]);
  });

  it('e51_two who differ are shown, and one is asked to give way', async () => {
    const memory = world();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    const by = (name: string, choice: 'keep' | 'remove', me: boolean) => ({
      name,
      at: NOW,
      choice,
      to: [],
      reason: null,
      client: null,
      is_me: me,
      pending: false,
    });
    review.lines = review.lines.map((line, index) =>
      index === 2
        ? settle(line, [by('Alex Meyer', 'keep', true), by('Ana Marques', 'remove', false)])
        : line,
    );
    const { panel, focus } = await open(memory);
    await focus(2);
    expect(await within(await panel()).findAllByTestId('decided')).toHaveLength(2);
    expect((await panel()).textContent).toContain('You and Ana Marques decided differently.');
  });
});

describe('finishing', () => {
  it('e50_undecided people are told as not reviewed, and the review closes', async () => {
    const memory = world();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    const { user, focus, panel } = await open(memory);
    await focus(3);
    await user.keyboard('r');
    await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
    await user.keyboard('Left{Enter}');
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
    await panel();
    await user.click(screen.getByRole('button', { name: 'Finish review…' }));
    const dialog = await screen.findByTestId('dialog');
    expect((await within(dialog).findByTestId('finish-counts')).textContent).toBe(
      '0 kept · 0 roles changed · 1 removed · 5 not reviewed',
    );
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Carry out 1 change and close' }));
    expect(
      await within(dialog).findByText(/Q4 review/, { selector: '[role=status] *' }),
    ).toBeTruthy();
    expect(calls(memory, 'reviewCarryOut')[0]?.[2]).toEqual([lines(memory)[3]?.row.membership]);
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(await screen.findByText(/This review is closed/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Keep/ })).toBeNull();
  });

  it('v49_refused lines keep the review open, with their reasons', async () => {
    const memory = world();
    const { user, focus } = await open(memory);
    await focus(3);
    await user.keyboard('r');
    await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
    await user.keyboard('Left{Enter}');
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
    const id = lines(memory)[3]?.row.membership ?? '';
    memory.more.planned.set(id, refused('r3.target', 'R3', { name: text('Chen Okafor') }));
    await user.click(screen.getByRole('button', { name: 'Finish review…' }));
    const dialog = await screen.findByTestId('dialog');
    await within(dialog).findByTestId('plan-line');
    expect(within(dialog).getByTestId('plan-line').dataset.group).toBe('blocked');
    await user.click(within(dialog).getByRole('button', { name: 'Try to close' }));
    expect(await within(dialog).findByText(/stays open for 1 line/)).toBeTruthy();
  });

  it('v49_offline the decisions are kept and finishing waits', async () => {
    const memory = world();
    memory.state = {
      ...memory.state,
      connection: { ...memory.state.connection, state: 'offline', offline_since: NOW },
    };
    const { user, focus } = await open(memory);
    await focus(3);
    await user.keyboard('k');
    await waitFor(() => expect(decided(memory)).toHaveLength(1));
    expect(screen.getByText('Your decisions are kept. Finishing needs a connection.')).toBeTruthy();
    await waitFor(() =>
      expect(document.querySelector('[data-index="3"]')?.getAttribute('data-mark')).toBe(
        'not_sent',
      ),
    );
    await user.click(screen.getByRole('button', { name: 'Finish review…' }));
    const dialog = await screen.findByTestId('dialog');
    await user.click(within(dialog).getByRole('button', { name: /close/i }));
    expect(calls(memory, 'reviewCarryOut')).toHaveLength(0);
  });
});

describe('evidence', () => {
  it('v49_says where the folder is, or why it could not be written', async () => {
    const memory = world();
    const { user } = await open(memory);
    memory.failures.reviewEvidence = {
      code: 'file.write',
      reason: null,
      field: null,
      detail: '',
    };
    await user.click(screen.getByRole('button', { name: 'Evidence' }));
    await within(await screen.findByTestId('dialog')).findByTestId('reason');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    delete memory.failures.reviewEvidence;
    await user.click(screen.getByRole('button', { name: 'Evidence' }));
    const folder = await within(await screen.findByTestId('dialog')).findByRole('textbox', {
      name: 'Folder',
    });
    expect((folder as HTMLInputElement).value).not.toBe('');
  });
});
