// A workspace that is taken away while somebody looks at it: how, by whom, and where this is
// instead (E-53). Of one that is not open only the line is told.

import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { goneText } from '../app/useGoneWorkspace.ts';
import type { LeftHow, LeftWorkspace } from '../backend/types.ts';
import { createMemory } from './memory.ts';
import { roster, show } from './show.tsx';

function news(how: LeftHow, by: string | null = null, more: Partial<LeftWorkspace> = {}) {
  return { id: 'w1', name: 'Northwind Retail', mine: false, how, by, ...more };
}

const SAID: [LeftHow, string | null, string][] = [
  ['removed', 'Ana Marques', 'You were removed from Old by Ana Marques. This is New.'],
  ['removed', null, 'You were removed from Old. This is New.'],
  ['deleted', 'Ana Marques', 'Old was deleted by Ana Marques. This is New.'],
  ['suspended', null, 'You were suspended in Old. This is New.'],
  ['left', null, 'You left Old. This is New.'],
  ['ended', null, 'Your access to Old has ended on the day that was set. This is New.'],
  [
    'admin',
    null,
    'You are no longer Account Admin of the account that Old belongs to. This is New.',
  ],
  ['account', null, 'The account that Old belongs to was deleted. This is New.'],
  ['unknown', null, 'You no longer have access to Old, or it was deleted. This is New.'],
];

describe('a workspace that is gone', () => {
  it.each(SAID)('E-53 %s by %s is said as such', (how, by, said) => {
    expect(goneText(news(how, by), 'Old', 'New')).toBe(said);
    expect(goneText(news(how, by), 'Old')).toBe(said.replace(' This is New.', ''));
  });

  it('E-53 the open one closes with who removed you', async () => {
    const memory = createMemory();
    const { router } = await show(memory);
    await roster();
    memory.workspaces = memory.workspaces.slice(1);
    const left = [news('removed', 'Ana Marques')];
    act(() => memory.emit({ workspaces: true, state: true, rosters: ['w1'], left }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/members'));
    await waitFor(() =>
      expect(screen.getByTestId('notice').textContent).toContain(
        'You were removed from Northwind Retail by Ana Marques. This is Acme Health.',
      ),
    );
  });

  it('E-53 without another workspace it says what happened on a page that says so', async () => {
    const memory = createMemory();
    await show(memory);
    await roster();
    memory.workspaces = [];
    memory.state = { ...memory.state, last_workspace: null };
    const left = [news('deleted', 'Ana Marques')];
    act(() => memory.emit({ workspaces: true, state: true, rosters: ['w1'], left }));
    expect(await screen.findByText(/not in any workspace/)).toBeTruthy();
    expect(screen.getByText('Northwind Retail was deleted by Ana Marques.')).toBeTruthy();
  });

  it('E-53 of another one a line is told, and a switch takes it away', async () => {
    const memory = createMemory();
    const { user } = await show(memory);
    await roster();
    const left = [news('removed', 'Ana Marques', { id: 'w9', name: 'Blue Lake' })];
    act(() => memory.emit({ workspaces: true, left }));
    const notice = await screen.findByTestId('notice');
    expect(notice.textContent).toContain('You were removed from Blue Lake by Ana Marques.');
    await user.click(screen.getByTestId('switcher'));
    await user.click(await screen.findByRole('option', { name: /Acme Health/ }));
    await waitFor(() => expect(screen.queryByTestId('notice')).toBeNull());
  });
});
