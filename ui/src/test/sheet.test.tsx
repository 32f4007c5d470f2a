// A review with a client who has no sign-in: the file opened from the welcome page, the same list
// and keys, and what comes back looked at before it is entered.

import '../pages/reviews/pages.ts';
import '../pages/reviews/SheetPage.tsx';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AnswerLine, FailureCode } from '../backend/types.ts';
import { reviewOf, SHEET_PASSPHRASE } from './memory/reviews.ts';
import { createMemory, type Memory, place } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { ALLOWED, NOW, refused } from './world.ts';

function world(phase: 'signed_out' | 'ready' = 'ready'): Memory {
  const memory = createMemory();
  memory.workspaces[0] = place(1, 'Northwind Retail', 6, { my_roles: ['owner'] });
  memory.more.reviews = [reviewOf(memory, 'w1', 1)];
  memory.state = { ...memory.state, phase };
  return memory;
}

const file = (name: string) => new File(['locked'], name, { type: '' });

function line(n: number, more: Partial<AnswerLine>): AnswerLine {
  return {
    membership: `w1-m${n}`,
    name: `Person ${n}`,
    choice: 'keep',
    to: [],
    reason: null,
    now: 'undecided',
    now_to: [],
    now_by: [],
    meets: 'new',
    verdict: ALLOWED,
    ...more,
  };
}

async function choose(
  user: { upload: (at: HTMLElement, file: File) => Promise<void> },
  name: string,
) {
  const chooser = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (chooser === null) throw new Error('nothing to choose with');
  await user.upload(chooser, file(name));
}

async function openSheet(memory: Memory) {
  const shown = await show(memory, '/');
  const { user } = shown;
  await user.click(
    await screen.findByRole('button', { name: 'Open a review that was sent to me…' }),
  );
  await screen.findByRole('heading', { name: 'A review that was sent to you' });
  await choose(user, 'review.muster-review');
  await user.click(screen.getByRole('textbox', { name: 'Passphrase' }));
  return shown;
}

describe('a client without a sign-in', () => {
  it('v49_opens the file with its passphrase and decides with the same keys', async () => {
    const memory = world('signed_out');
    const { user } = await openSheet(memory);
    await user.keyboard('wrong passphrase{Enter}');
    expect((await screen.findByTestId('reason')).textContent).toContain(
      'This passphrase doesn’t open the file.',
    );
    await user.clear(screen.getByRole('textbox', { name: 'Passphrase' }));
    await user.type(
      screen.getByRole('textbox', { name: 'Passphrase' }),
      `${SHEET_PASSPHRASE}{Enter}`,
    );
    expect((await screen.findByTestId('sheet')).textContent).toContain(
      'Alex Meyer of Larch Agency asks you, Mia of Northwind',
    );
    for (const absent of ['Finish review…', 'Evidence', /^Actions for Q/]) {
      expect(screen.queryByRole('button', { name: absent })).toBeNull();
    }
    const grid = await roster();
    const somebody = memory.more.reviews[0]?.lines[2]?.row;
    const row = grid.querySelector<HTMLElement>(`[data-id="${somebody?.membership}"]`);
    act(() => row?.focus());
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(screen.getByTestId('panel').getAttribute('aria-label')).toBe(somebody?.name),
    );
    await user.keyboard('k');
    await waitFor(() => expect(calls(memory, 'sheetDecide')).toHaveLength(1));
    expect(calls(memory, 'submit')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Save my decisions…' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Send this file back to Alex Meyer.');
    await noViolations();
  });

  it('v49_opens the file that the app was opened with, and goes back', async () => {
    const memory = world('signed_out');
    memory.more.openedSheet = { name: 'q4.muster-review', content: 'bG9ja2Vk' };
    const { user } = await show(memory, '/');
    expect(await screen.findByText('q4.muster-review')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(
      await screen.findByRole('button', { name: 'Open a review that was sent to me…' }),
    ).toBeTruthy();
  });
});

describe('the reviewer', () => {
  it('v49_hands the list out under a passphrase that is told once', async () => {
    const memory = world();
    const { user } = await show(memory, '/w/w1/reviews/rv1');
    await user.click(await screen.findByRole('button', { name: 'Actions for Q4 review' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Export for the client…' }));
    const dialog = await screen.findByRole('dialog');
    await waitFor(() =>
      expect(
        within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Passphrase' }).value,
      ).toBe(SHEET_PASSPHRASE),
    );
    await user.click(within(dialog).getByRole('button', { name: 'Write the file' }));
    expect(dialog.textContent).toContain('Say who decides.');
    await user.type(within(dialog).getByRole('textbox', { name: 'Who decides' }), 'Mia{Enter}');
    const done = await screen.findByRole('dialog', { name: 'The list for Mia is written' });
    expect(within(done).getByRole<HTMLInputElement>('textbox', { name: 'File' }).value).toContain(
      'review.muster-review',
    );
    await noViolations();
  });

  async function answering(memory: Memory) {
    const { user } = await show(memory, '/w/w1/reviews/rv1');
    await user.click(await screen.findByRole('button', { name: 'Actions for Q4 review' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Import decisions…' }));
    const dialog = await screen.findByRole('dialog');
    await choose(user, 'decisions.muster-answer');
    await within(dialog).findByText('decisions.muster-answer');
    await user.type(within(dialog).getByRole('textbox', { name: 'Passphrase' }), SHEET_PASSPHRASE);
    await user.keyboard('{Enter}');
    return { user, dialog };
  }

  it('v49_looks at what a client decided, leaves out what was decided otherwise, and enters it', async () => {
    const memory = world();
    memory.more.answer = {
      client: 'Mia of Northwind',
      handed_by: 'Alex Meyer',
      handed_at: NOW,
      answered_at: NOW,
      people: 6,
      same: 0,
      refused: 1,
      lines: [
        line(1, {}),
        line(2, {
          choice: 'remove',
          reason: 'left',
          meets: 'differs',
          now: 'keep',
          now_by: ['Bo'],
        }),
        line(3, { verdict: refused('review.own_line', 'E-48') }),
      ],
    };
    const { user, dialog } = await answering(memory);
    await within(dialog).findByTestId('answer-counts');
    const said = dialog.textContent;
    expect(said).toContain('Bo decided meanwhile: Keep. Both will stand until one gives way.');
    expect(said).toContain('You can’t decide about yourself.');
    expect(said).toContain('3 not reviewed');
    await noViolations();
    await user.click(within(dialog).getByRole('checkbox', { name: /Person 2/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Enter 1 decision' }));
    await waitFor(() => expect(calls(memory, 'answerEnter')).toHaveLength(1));
    expect(calls(memory, 'answerEnter')[0]?.[1]).toEqual(['w1-m2']);
  });

  it.each<[FailureCode, string]>([
    ['sheet.damaged', 'This file was changed or cut off on its way.'],
    ['sheet.kind', 'This is the other one of the two files'],
    ['answer.other', 'These decisions are about another review.'],
    ['answer.closed', 'This review was closed before the decisions came.'],
    ['answer.unknown', 'This review’s history doesn’t know the list'],
    ['answer.forged', 'These decisions are not signed with the key'],
  ])('v49_says what is wrong with a file: %s', async (code, sentence) => {
    const memory = world();
    memory.failures.answerLook = { code, reason: null, field: null, detail: '' };
    const { dialog } = await answering(memory);
    expect((await within(dialog).findByTestId('reason')).textContent).toContain(sentence);
    expect(calls(memory, 'answerEnter')).toHaveLength(0);
  });
});
