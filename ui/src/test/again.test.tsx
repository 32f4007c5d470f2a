// What a page says is read again when that of which it was said is another: the connection, and
// how much of the past is here.

import '../pages/reviews/pages.ts';
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { reviewOf } from './memory/reviews.ts';
import { createMemory, type Memory, place } from './memory.ts';
import { calls, roster, show } from './show.tsx';
import { ALLOWED } from './world.ts';

function reviewed(): Memory {
  const memory = createMemory();
  memory.workspaces[0] = place(1, 'Northwind Retail', 6, { my_roles: ['owner'] });
  memory.more.reviews = [reviewOf(memory, 'w1', 1)];
  return memory;
}

function connected(memory: Memory, state: 'online' | 'offline') {
  memory.state = { ...memory.state, connection: { ...memory.state.connection, state } };
  act(() => memory.emit({ state: true }));
}

describe('a page that stays open', () => {
  it('r14_asks again what may be done when the connection ends and comes back', async () => {
    const memory = reviewed();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    await show(memory, '/w/w1/reviews/rv1');
    await roster();
    review.view.finish = { verdict: 'needs_connection', sentence: 'offline.online_only' };
    connected(memory, 'offline');
    await screen.findByText(/nothing has changed/);
    review.view.finish = ALLOWED;
    connected(memory, 'online');
    await waitFor(() => expect(screen.queryByText(/nothing has changed/)).toBeNull());
  });

  it('r14_asks nothing again while the connection is as it was', async () => {
    const memory = reviewed();
    await show(memory, '/w/w1/reviews/rv1');
    await roster();
    const before = calls(memory, 'review').length;
    const asked = calls(memory, 'appState').length;
    connected(memory, 'online');
    await waitFor(() => expect(calls(memory, 'appState').length).toBeGreaterThan(asked));
    expect(calls(memory, 'review')).toHaveLength(before);
  });

  it('v49_says that the history is here as soon as it is', async () => {
    const memory = reviewed();
    const review = memory.more.reviews[0];
    if (review === undefined) throw new Error('no review');
    review.view.hints = { ...review.view.hints, quiet: null, wide: null };
    await show(memory, '/w/w1/reviews/rv1');
    await screen.findByText(/history of this workspace isn’t all here/);
    review.view.hints = { ...review.view.hints, quiet: 0, wide: 0 };
    act(() => memory.emit({ history: true }));
    await waitFor(() => expect(screen.queryByText(/isn’t all here/)).toBeNull());
  });
});
