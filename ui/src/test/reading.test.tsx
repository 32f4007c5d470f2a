// Size of text, height of rows, notices, movement and links: what Manage Account offers and what
// becomes of it (ui.md 5.16, 9, 12).

import '../pages/account/pages.ts';
import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { reading, setReading, startReading } from '../app/reading.ts';
import { createMemory, place } from './memory.ts';
import { noViolations, roster, show } from './show.tsx';

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

describe('long lists in pages', () => {
  function many() {
    const memory = createMemory();
    memory.workspaces[0] = place(1, 'Northwind Retail', 130);
    return memory;
  }
  const indexes = () => screen.getAllByTestId('row').map((row) => Number(row.dataset.index));

  it('ui516_show fifty rows, and turn by buttons', async () => {
    setReading('tables', 'pages');
    const { user } = await show(many());
    await roster();
    const pager = screen.getByRole('navigation', { name: /^Pages of/ });
    expect(pager.textContent).toContain('1 to 50 of 130');
    expect(Math.max(...indexes())).toBeLessThan(50);
    const before = within(pager).getByRole('button', { name: 'Previous page' });
    expect(before.getAttribute('aria-disabled')).toBe('true');
    await user.click(within(pager).getByRole('button', { name: 'Next page' }));
    await user.click(within(pager).getByRole('button', { name: 'Next page' }));
    expect(pager.textContent).toContain('101 to 130 of 130');
    await waitFor(() => expect(indexes()[0]).toBe(100));
    expect(screen.getAllByTestId('row')[0]?.getAttribute('aria-rowindex')).toBe('102');
    expect(screen.getByTestId('roster').querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    await noViolations();
  });

  it('ui516_are turned by the arrows at their ends, and the focus goes along', async () => {
    setReading('tables', 'pages');
    const { user } = await show(many());
    await roster();
    const focused = () => (document.activeElement as HTMLElement).dataset.index;
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Control>}{End}{/Control}');
    await waitFor(() => expect(focused()).toBe('129'));
    expect(screen.getByText('101 to 130 of 130')).toBeTruthy();
    await user.keyboard('{Control>}{Home}{/Control}');
    await waitFor(() => expect(focused()).toBe('0'));
    for (let step = 0; step < 50; step += 1) await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(focused()).toBe('50'));
    expect(screen.getByText('51 to 100 of 130')).toBeTruthy();
    await user.keyboard('{ArrowUp}');
    await waitFor(() => expect(focused()).toBe('49'));
  });

  it('ui516_have no pages where all fits on one, nor where nobody chose them', async () => {
    setReading('tables', 'pages');
    const first = await show(createMemory());
    await roster();
    expect(screen.queryByRole('navigation', { name: /^Pages of/ })).toBeNull();
    first.unmount();
    setReading('tables', 'scrolled');
    await show(many());
    await roster();
    expect(screen.queryByRole('navigation', { name: /^Pages of/ })).toBeNull();
  });
});
