// Plans that are kept, going back to a date, and access as text (ui.md 4.9).

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { planLine } from './memory/plan.ts';
import { madeOf, savedLine } from './memory/plans.ts';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { NOW, refused } from './world.ts';

const R6 = refused('r6.remove', 'R6');

function kept(memory: Memory, lines: ReturnType<typeof savedLine>[], name = 'Tidy up'): void {
  memory.more.saved.push({ n: 1, name, source: 'selection', made: NOW, lines });
}

describe('plans that are kept', () => {
  it('E-47 lists them with how far each has come, and takes one away with an undo', async () => {
    const memory = createMemory();
    kept(memory, [
      savedLine(0, planLine('Luis Pereira')),
      savedLine(1, planLine('Mei Tan'), { state: { state: 'done' } }),
    ]);
    const { user } = await show(memory, '/plans');
    const row = await screen.findByTestId('saved-plan');
    expect(row.textContent).toContain('1 of 2 done');
    expect(row.textContent).toContain('From a selection');
    await noViolations();
    await user.click(within(row).getByRole('button', { name: 'Delete Tidy up' }));
    await screen.findByText(/No plans yet/);
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByTestId('saved-plan');
  });

  it('R16 E-47 opens a plan with what has changed since, and does what is ticked alone', async () => {
    const memory = createMemory();
    const more = planLine('Luis Pereira', {
      act: 'roles',
      from: ['read'],
      to: ['write'],
      gains: ['agent.edit'],
    });
    kept(memory, [
      savedLine(0, planLine('Mei Tan', { act: 'remove' })),
      savedLine(1, more, { since: { was: null, from: ['write'], more: ['agent.edit'] } }),
      savedLine(2, planLine('Dmitri Sokolov', { verdict: R6 }), {
        since: { was: 'able', from: null, more: [] },
      }),
    ]);
    const { user } = await show(memory, '/plans/1');
    const drift = await screen.findAllByTestId('drift');
    expect(drift.map((one) => one.textContent)).toEqual([
      'It could be done when the plan was kept.',
      'The role was Write then. It would now also give: edit agents.',
    ]);
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Do it' }));
    await waitFor(() => expect(calls(memory, 'runSavedLine')).toEqual([[1, 0]]));
    expect((await screen.findByTestId('receipt')).textContent).toContain('1 done or on the way.');
    await user.click(screen.getByRole('button', { name: 'Look at what is left' }));
    expect((await screen.findByTestId('plan-done')).textContent).toContain('Mei Tan');
    await user.click(screen.getByRole('checkbox', { name: /Luis Pereira/ }));
    await user.click(screen.getByRole('button', { name: 'Do it' }));
    await waitFor(() => expect(calls(memory, 'runSavedLine')).toHaveLength(2));
  });

  it('E-47 takes a line out, renames, and says what may not be told', async () => {
    const memory = createMemory();
    kept(memory, [
      savedLine(0, planLine('Mei Tan', { act: 'remove' })),
      savedLine(1, planLine(''), { state: { state: 'untold' } }),
    ]);
    const { user } = await show(memory, '/plans/1');
    await user.click(await screen.findByRole('button', { name: /^Take Mei Tan in/ }));
    await screen.findByText('Nothing is left to do in this plan.');
    screen.getByRole('heading', { name: 'Nothing can be told' });
    const name = screen.getByRole('textbox', { name: 'Name of the plan' });
    await user.clear(name);
    await user.click(screen.getByRole('button', { name: 'Rename' }));
    screen.getByText('Give the plan a name.');
    await user.type(name, 'Later');
    await user.click(screen.getByRole('button', { name: 'Rename' }));
    await screen.findByRole('heading', { name: 'Later' });
  });

  it('E-47 a selection is kept as a plan from the same preview', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/w/w1/members');
    await roster();
    await user.click(screen.getByRole('checkbox', { name: 'Select Adaeze Okafor' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select Alejandro Ruiz' }));
    await user.click(await screen.findByRole('button', { name: 'Remove…' }));
    await screen.findByTestId('plan');
    await user.click(screen.getByRole('button', { name: 'Save plan' }));
    await screen.findAllByText(/The plan is kept: Remove 2 people/);
    expect(memory.more.saved[0]?.lines).toHaveLength(2);
    expect(calls(memory, 'carryOut')).toEqual([]);
  });
});

describe('going back to a date', () => {
  it('E-47 shows the plan with what cannot be brought back, keeps it and carries it out', async () => {
    const memory = createMemory();
    memory.more.made = madeOf(
      [planLine('Luis Pereira'), planLine('Mei Tan', { gains: ['agent.edit'] })],
      {
        gaps: [{ about: 'Eli', of: 'Auditor', why: 'role_gone' }],
      },
    );
    const { user } = await show(memory, `/w/w1/revert?at=${NOW - 86_400_000}`);
    const gaps = await screen.findByTestId('gaps');
    expect(gaps.textContent).toContain('Eli: the role “Auditor” is not there any more.');
    await noViolations();
    await user.click(screen.getByRole('button', { name: 'Do it' }));
    expect((await screen.findByTestId('receipt')).textContent).toContain('1 done or on the way.');
    expect(calls(memory, 'runSavedLine')).toEqual([[1, 0]]);
    await user.click(screen.getByRole('link', { name: 'Open the plan with its receipt' }));
    await screen.findByTestId('plan-done');
  });

  it('E-47 says so where nothing is different, and asks for one person alone', async () => {
    const memory = createMemory();
    await show(memory, `/w/w1/revert?at=${NOW - 86_400_000}&member=%22w1-m2%22`);
    await screen.findByText(/It is as it was then/);
    expect(calls(memory, 'revertPlan')[0]).toMatchObject([{ member: 'w1-m2', admins: false }]);
  });
});

describe('access as text', () => {
  it('names every line that cannot be read with its way out, and plans nothing', async () => {
    const memory = createMemory();
    memory.more.accessAnswer = {
      errors: [
        { line: 4, what: 'address', found: 'nobody' },
        { line: 9, what: 'twice', found: '4' },
      ],
      other: null,
      plan: null,
    };
    const { user } = await show(memory, '/w/w1/access');
    const area = await screen.findByRole('textbox', { name: 'Who has access' });
    await waitFor(() => expect((area as HTMLTextAreaElement).value).toBe('muster-access 1\n'));
    await user.type(area, 'person nobody');
    await user.click(screen.getByRole('button', { name: 'What would it take?' }));
    const faults = within(await screen.findByTestId('faults')).getAllByRole('listitem');
    expect(faults[0]?.textContent).toContain('Line 4');
    expect(faults[0]?.textContent).toContain('“nobody” is no address.');
    expect(faults[1]?.textContent).toContain('This stands on line 4 already.');
    expect((area as HTMLTextAreaElement).value).toBe('muster-access 1\nperson nobody');
    expect(screen.queryByTestId('plan')).toBeNull();
    await noViolations();
  });

  it('makes a plan of a text, and says of which workspace it is', async () => {
    const memory = createMemory();
    memory.more.accessAnswer = {
      errors: [],
      other: 'Acme Health',
      plan: madeOf([planLine('Luis Pereira', { act: 'invite' })]),
    };
    const { user } = await show(memory, '/w/w1/access');
    await user.click(await screen.findByRole('button', { name: 'What would it take?' }));
    expect((await screen.findByTestId('other')).textContent).toContain('Acme Health');
    expect(screen.getByTestId('plan-line').textContent).toContain('Invite');
    await user.click(screen.getByRole('button', { name: 'Save plan' }));
    await waitFor(() => expect(memory.more.saved[0]?.source).toBe('text'));
  });

  it('writes the text to a file and says where', async () => {
    const memory = createMemory();
    const { user } = await show(memory, '/w/w1/access');
    await user.click(await screen.findByRole('button', { name: 'Write to a file' }));
    await screen.findByText(/Written to .*Muster Northwind Retail/);
  });
});
