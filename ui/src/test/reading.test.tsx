// Size of text, height of rows, notices, movement and links: what Manage Account offers and what
// becomes of it (ui.md 5.16, 9, 12).

import '../pages/account/pages.ts';
import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reading, setReading, startReading } from '../app/reading.ts';
import { createMemory } from './memory.ts';
import { noViolations, show } from './show.tsx';

const page = document.documentElement;

afterEach(() => {
  localStorage.clear();
  startReading();
});

describe('reading', () => {
  it('ui516_the size of text is chosen by keyboard, holds at once and is kept', async () => {
    const { user } = await show(createMemory(), '/account');
    const size = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Text size' });
    expect(size.value).toBe('100');
    size.focus();
    await user.selectOptions(size, '150');
    expect(page.style.fontSize).toBe('150%');
    expect(reading('text')).toBe('150');
    // As the next start does it.
    page.style.fontSize = '';
    startReading();
    expect(page.style.fontSize).toBe('150%');
  });

  it('ui9_Ctrl with plus, minus and 0 changes the size everywhere, also in a dialog', async () => {
    const { user } = await show(createMemory(), '/workspaces?create=true');
    await screen.findByRole('dialog');
    await user.keyboard('{Control>}+{/Control}');
    expect(page.style.fontSize).toBe('110%');
    await user.keyboard('{Control>}---{/Control}');
    expect(page.style.fontSize).toBe('90%');
    await user.keyboard('{Control>}0{/Control}');
    expect(page.style.fontSize).toBe('');
    await screen.findByText('Text 100 %');
  });

  it('ui24_rows are as high as chosen', async () => {
    await show(createMemory(), '/w/w1/members');
    const roster = await screen.findByTestId('roster');
    const high = () => roster.style.getPropertyValue('--row-size');
    expect(high()).toBe('40px');
    act(() => setReading('rows', 'compact'));
    expect(high()).toBe('32px');
    act(() => setReading('rows', 'roomy'));
    expect(high()).toBe('52px');
  });

  it('ui516_movement and links are said to the style sheets', async () => {
    const { user } = await show(createMemory(), '/account');
    await user.click(await screen.findByRole('radio', { name: 'Less movement' }));
    await user.click(screen.getByRole('radio', { name: 'Always underlined' }));
    expect(page.dataset).toMatchObject({ movement: 'less', links: 'underlined' });
    await noViolations();
  });

  it('ui516_a notice stays for as long as was chosen', async () => {
    const memory = createMemory();
    memory.state = { ...memory.state, copy: { ...memory.state.copy, saved: 2 } };
    setReading('notices', 'closed');
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await show(memory, '/w/w1/members');
      await screen.findByTestId('notice');
      act(() => vi.advanceTimersByTime(600_000));
      expect(screen.queryByTestId('notice')).not.toBeNull();
      act(() => setReading('notices', '30'));
      act(() => vi.advanceTimersByTime(29_000));
      expect(screen.queryByTestId('notice')).not.toBeNull();
      act(() => vi.advanceTimersByTime(2_000));
      expect(screen.queryByTestId('notice')).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});
