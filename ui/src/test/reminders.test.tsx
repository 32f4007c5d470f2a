// Exporting and printing a table, Home, and what reminds (V-49).

// Read now, so that what the window reads on first use is there within the time of a test.
import '../pages/export/ExportDialog.tsx';
import '../pages/digest/DigestPage.tsx';
import '../pages/account/pages.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { DigestLine } from '../backend/types.ts';
import { failure } from './memory/core.ts';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { NOW } from './world.ts';

const DAY = 86_400_000;

const box = (element: HTMLElement) => (element as HTMLInputElement).checked;

// By its text: the roles of a whole roster take long to find.
async function exporting(memory: Memory, address = '/w/w1/members?q=ana') {
  const shown = await show(memory, address);
  await shown.user.click(await screen.findByText('Export'));
  return { ...shown, dialog: await screen.findByTestId('dialog') };
}

describe('exporting a table', () => {
  it('V-49 asks the core for the table as it is filtered, and tells the file', async () => {
    const memory = createMemory();
    const { user, dialog } = await exporting(memory, '/w/w1/members?q=ana&desc=true');
    await user.click(within(dialog).getByRole('checkbox', { name: /A mark for spreadsheet/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Save as a file…' }));
    const notice = await screen.findByTestId('notice');
    expect(notice.textContent).toContain('3 rows saved as Northwind members.csv.');
    const [[form] = []] = calls(memory, 'exportTable');
    expect(form).toMatchObject({
      table: { table: 'members', query: { workspace: 'w1', text: 'ana', descending: true } },
      about: true,
      mark: false,
    });
  });

  it('stays when no file is chosen', async () => {
    const memory = createMemory();
    memory.more.reminders.exported = null;
    const { user, dialog } = await exporting(memory);
    await user.click(within(dialog).getByRole('button', { name: 'Save as a file…' }));
    await waitFor(() => expect(calls(memory, 'exportTable')).toHaveLength(1));
    expect(screen.getByTestId('dialog')).toBeTruthy();
    expect(screen.queryByTestId('notice')).toBeNull();
  });

  it('says why a file could not be written, and keeps what was chosen', async () => {
    const memory = createMemory();
    memory.failures.exportTable = failure('disk.full');
    const { user, dialog } = await exporting(memory);
    await user.click(within(dialog).getByRole('button', { name: 'Save as a file…' }));
    expect(await within(dialog).findByText(/disk is full/i)).toBeTruthy();
    expect(box(within(dialog).getByRole('checkbox', { name: /First lines/ }))).toBe(true);
    await noViolations();
  });

  it('prints the same table, in the words of its reader', async () => {
    const memory = createMemory();
    const { user, dialog } = await exporting(memory);
    await user.click(within(dialog).getByRole('button', { name: 'Print…' }));
    await waitFor(() => expect(calls(memory, 'printPage')).toHaveLength(1));
    const sheet = screen.getByTestId('print-sheet');
    expect(sheet.textContent).toContain('Table');
    expect([...sheet.querySelectorAll('th')].map((one) => one.textContent)).toEqual([
      'Name',
      'Roles',
    ]);
    expect([...sheet.querySelectorAll('td')].map((one) => one.textContent)).toEqual([
      'Ana',
      'Admin',
    ]);
  });

  it('is not offered to who may not export', async () => {
    const memory = createMemory();
    const at = memory.workspaces[0];
    if (at === undefined) throw new Error('there is a workspace');
    at.view = {
      ...at.view,
      permissions: at.view.permissions.filter((one) => one !== 'export.run'),
    };
    await show(memory);
    await roster();
    expect(screen.queryByText('Export')).toBeNull();
  });
});

const line = (more: Partial<DigestLine>): DigestLine => ({
  what: { line: 'inbox', n: 1 },
  place: { at: 'pending' },
  name: null,
  at: null,
  done: null,
  ...more,
});

describe('Home', () => {
  it('V-49 says when nothing needs me', async () => {
    await show(createMemory(), '/home');
    expect(await screen.findByText('Nothing needs you now.')).toBeTruthy();
    expect(screen.getByText('nothing needs you')).toBeTruthy();
    await noViolations();
  });

  it('V-49 leads from each line to its place', async () => {
    const memory = createMemory();
    memory.more.reminders.digest = {
      needs: [
        line({ what: { line: 'refused', n: 2 } }),
        line({
          what: { line: 'review', review: 'Q4 review', undecided: 3, over: true },
          place: { at: 'review', workspace: 'w1', review: 'rv1' },
          name: 'Northwind Retail',
          at: NOW - DAY,
        }),
      ],
      soon: [
        line({
          what: { line: 'ending', n: 1 },
          place: { at: 'ending', workspace: 'w1' },
          name: 'Northwind Retail',
          at: NOW + DAY,
        }),
      ],
      news: [],
      since: null,
      until: NOW,
    };
    const { user, router } = await show(memory, '/home');
    expect(await screen.findByText('2 things need you')).toBeTruthy();
    expect(screen.getByRole('link', { name: '2 changes were refused' })).toBeTruthy();
    const review = screen.getByRole('link', {
      name: /Q4 review is overdue, 3 people undecided/,
    });
    expect(review.getAttribute('href')).toContain('reviews/rv1');
    await noViolations();
    await user.click(screen.getByRole('link', { name: /1 membership ends/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/members'));
    expect(router.state.location.search).toMatchObject({ status: 'ending' });
  });

  it('takes off what was asked for', async () => {
    const memory = createMemory();
    memory.more.reminders.digest.needs = [
      line({
        what: { line: 'asked' },
        place: { at: 'settings', workspace: 'w1' },
        name: 'Northwind Retail',
        done: { off: 'asked', id: 7 },
      }),
    ];
    const { user } = await show(memory, '/home');
    await user.click(await screen.findByRole('button', { name: 'Done' }));
    expect(await screen.findByText('Nothing needs you now.')).toBeTruthy();
    expect(calls(memory, 'forgetReminder')).toEqual([[{ off: 'asked', id: 7 }]]);
  });

  it('e15 tells of a workspace that came to my account, where to move it, and lets it stay', async () => {
    const memory = createMemory();
    const done = { off: 'received' as const, workspace: 'w1', at: NOW - DAY };
    memory.more.reminders.digest.needs = [
      line({
        what: { line: 'received', account: 'Ana', who: 'Ben Okafor', other: true },
        place: { at: 'move', workspace: 'w1' },
        name: 'Northwind Retail',
        at: NOW - DAY,
        done,
      }),
    ];
    const { user } = await show(memory, '/home');
    const told = await screen.findByRole('link', { name: /came to your account/ });
    expect(told.textContent).toBe(
      'Northwind Retail came to your account Ana, because Ben Okafor let go of it. Choose another account',
    );
    expect(told.getAttribute('href')).toContain('tab=transfer');
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Keep it there' }));
    expect(await screen.findByText('Nothing needs you now.')).toBeTruthy();
    expect(calls(memory, 'forgetReminder')).toEqual([[done]]);
  });

  it('a pressed notification opens its place', async () => {
    const memory = createMemory();
    const { router } = await show(memory);
    await roster();
    memory.more.reminders.press({ at: 'continuity' });
    await waitFor(() => expect(router.state.location.pathname).toBe('/continuity'));
  });
});

describe('reminders', () => {
  it('V-49 each kind can be switched off', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/account');
    const review = await screen.findByRole('checkbox', { name: 'An access review is due' });
    expect(box(review)).toBe(true);
    await user.click(review);
    await waitFor(() => expect(box(review)).toBe(false));
    expect(calls(memory, 'setReminder')).toEqual([['review', false]]);
  });

  it('the window can begin with Home', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/account');
    await user.click(await screen.findByRole('radio', { name: 'Home' }));
    expect(localStorage.getItem('muster.start')).toBe('home');
  });
});
