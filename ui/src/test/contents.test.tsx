// What is inside a workspace: one list for each kind, the selected agent, and that nothing of
// one workspace can be seen or chosen in another.

import '../pages/contents/ContentsPage.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ContentKind } from '../backend/types.ts';
import { content } from './memory/contents.ts';
import { createMemory, type Memory } from './memory.ts';
import { calls, noViolations, roster, show } from './show.tsx';
import { ALLOWED, HIDDEN, item, refused, text } from './world.ts';
import { AGENTS, fillContents } from './worldAccounts.ts';

function world(): Memory {
  const memory = createMemory();
  fillContents(memory, 'w1', AGENTS);
  fillContents(memory, 'w2', ['Triage']);
  return memory;
}

function submitted(memory: Memory): unknown[] {
  return calls(memory, 'submit').map(([intent]) => intent);
}

function names(): string[] {
  return screen
    .queryAllByTestId('row')
    .map((row) => within(row).getByRole('rowheader').textContent ?? '');
}

function empty(memory: Memory, kind: ContentKind): void {
  const [at] = memory.workspaces;
  if (at === undefined) throw new Error('the world has a workspace');
  memory.more.contents.set('w1', []);
  at.view = { ...at.view, contents: [{ kind, count: 0, create: ALLOWED }] };
}

describe('the records of a workspace', () => {
  it('u22 v34 lists its agents with creator and state; E-52 a former member keeps the name', async () => {
    const memory = world();
    await show(memory, '/w/w1/contents/agent');
    await roster();
    expect(names()).toEqual([...AGENTS]);
    expect(screen.getByText('Luis Pereira (former member)')).toBeTruthy();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Agents');
    await noViolations();
  });

  it('u44 u45 asks for the records of the open workspace and of no other', async () => {
    const memory = world();
    await show(memory, '/w/w1/contents/agent');
    await roster();
    const asked = calls(memory, 'contents').map(([query]) => query as { workspace: string });
    expect(new Set(asked.map((query) => query.workspace))).toEqual(new Set(['w1']));
  });

  it('v33 leaves out kinds that are not open here, and a link to one tells nothing', async () => {
    const memory = world();
    await show(memory, '/w/w1/contents/channel');
    expect(await screen.findByRole('heading', { level: 1, name: 'Not available' })).toBeTruthy();
    const side = screen.getByRole('navigation');
    expect(within(side).queryByRole('link', { name: /Channels/ })).toBeNull();
    expect(within(side).getByRole('link', { name: /^Knowledge/ }).textContent).toContain('2');
  });

  it('filters by words and says when nothing matches', async () => {
    const { user } = await show(world(), '/w/w1/contents/agent');
    await roster();
    await user.type(screen.getByRole('textbox', { name: 'Filter by name' }), 'shop');
    await waitFor(() => expect(names()).toEqual(['Shop helper']));
    await user.type(screen.getByRole('textbox', { name: 'Filter by name' }), 'zzz');
    await screen.findByText('Nothing matches.');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(names()).toHaveLength(3));
  });

  it('sorts by the last change', async () => {
    const memory = world();
    const { user } = await show(memory, '/w/w1/contents/agent');
    await roster();
    await user.click(screen.getByRole('button', { name: /^Changed/ }));
    await waitFor(() =>
      expect(calls(memory, 'contents').at(-1)?.[0]).toMatchObject({ sort: 'updated' }),
    );
  });

  it('v34 u47 u49 creates an agent with knowledge chosen from this workspace only', async () => {
    const memory = world();
    const { user } = await show(memory, '/w/w1/contents/agent');
    await roster();
    await user.click(screen.getByRole('button', { name: 'New agent' }));
    const dialog = await screen.findByRole('dialog', { name: 'New agent' });
    await user.click(within(dialog).getByRole('button', { name: 'Create' }));
    expect(within(dialog).getByText('Write a name.')).toBeTruthy();
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Night desk');
    await user.type(within(dialog).getByRole('textbox', { name: 'Instructions' }), 'Be brief.');
    const knowledge = within(dialog).getByRole('group', { name: /^Knowledge it uses/ });
    expect(
      (await within(knowledge).findAllByRole('checkbox')).map(
        (box) => box.closest('label')?.textContent,
      ),
    ).toEqual(['Opening hours', 'Returns']);
    await user.click(within(knowledge).getByRole('checkbox', { name: 'Returns' }));
    await noViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Create Night desk' }));
    await waitFor(() =>
      expect(submitted(memory)).toEqual([
        {
          intent: 'create_content',
          workspace: 'w1',
          name: 'Night desk',
          body: {
            kind: 'agent',
            instructions: 'Be brief.',
            state: 'off',
            knowledge: ['w1-k1'],
          },
        },
      ]),
    );
    expect(await screen.findByRole('complementary', { name: 'Night desk' })).toBeTruthy();
  });

  it.each([
    ['v35', 'prompt', 'New prompt', 'Text'],
    ['v36', 'knowledge', 'New knowledge', 'Text'],
    ['v37', 'integration', 'New integration', 'Program'],
    ['v38', 'channel', 'New channel', 'Medium'],
  ] as const)('%s creates one of kind %s', async (_id, kind, title, field) => {
    const memory = createMemory();
    empty(memory, kind);
    const { user } = await show(memory, `/w/w1/contents/${kind}`);
    await user.click(await screen.findByRole('button', { name: title }));
    const dialog = await screen.findByRole('dialog', { name: title });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'One');
    await user.type(within(dialog).getByRole('textbox', { name: field }), 'é');
    await user.click(within(dialog).getByRole('button', { name: 'Create One' }));
    await waitFor(() =>
      expect(submitted(memory)[0]).toMatchObject({ intent: 'create_content', name: 'One' }),
    );
    const [intent] = submitted(memory) as [{ body: { kind: string; size?: number } }];
    expect(intent.body.kind).toBe(kind);
    // The size is that of the text as it is stored, in bytes.
    if (kind === 'knowledge') expect(intent.body.size).toBe(2);
  });

  it('E-42 changes a record from the version that was looked at', async () => {
    const memory = world();
    const { user } = await show(memory, '/w/w1/contents/agent?open=w1-a0');
    const panel = await screen.findByRole('complementary', { name: 'Booking helper' });
    await user.click(within(panel).getByRole('button', { name: 'Edit…' }));
    const dialog = await screen.findByRole('dialog');
    const name = within(dialog).getByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Bookings');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(submitted(memory)[0]).toMatchObject({
        intent: 'change_content',
        content: 'w1-a0',
        version: 1,
        name: 'Bookings',
      }),
    );
  });

  it('deletes after asking what ends, and closes its panel', async () => {
    const memory = world();
    const { user } = await show(memory, '/w/w1/contents/agent?open=w1-a0');
    const panel = await screen.findByRole('complementary', { name: 'Booking helper' });
    await user.click(within(panel).getByRole('button', { name: 'Delete…' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(document.activeElement?.textContent).toBe('Keep it');
    expect(dialog.textContent).toContain('It stops answering at once.');
    await user.click(within(dialog).getByRole('button', { name: 'Delete Booking helper' }));
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
    expect(submitted(memory)).toEqual([
      { intent: 'delete_content', workspace: 'w1', content: 'w1-a0' },
    ]);
  });

  it('r1 reads for who may not write: actions stay with their reason, and say who can', async () => {
    const memory = world();
    const [at] = memory.workspaces;
    if (at === undefined) throw new Error('the world has a workspace');
    const no = refused('r1.missing', 'R1', {
      permission: { type: 'permission', value: 'agent.edit' },
      names: text('Ana Marques'),
    });
    at.view = { ...at.view, contents: [{ kind: 'agent', count: 0, create: no }] };
    memory.more.contents.set('w1', []);
    const { user } = await show(memory, '/w/w1/contents/agent');
    const who = await screen.findByText(/People with .* can add one/);
    expect(who.textContent).toContain('Write');
    expect(who.textContent).not.toContain('Read');
    const button = screen.getByRole('button', { name: 'New agent' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByTestId('reason').dataset.code).toBe('r1.missing');
  });

  it('conversations come in from outside: nobody creates, changes or deletes them here', async () => {
    const { user } = await show(world(), '/w/w1/contents/conversation');
    await roster();
    expect(screen.queryByRole('button', { name: /^New/ })).toBeNull();
    screen.getAllByTestId('row')[0]?.focus();
    await user.keyboard('{Enter}');
    const panel = await screen.findByRole('complementary');
    expect(panel.textContent).toContain('Hana Tanaka');
    expect(within(panel).queryByRole('button', { name: 'Edit…' })).toBeNull();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).toBeNull();
  });

  it('e45 shows what is not sent yet and what was refused on a record, each with its way out', async () => {
    const memory = world();
    const all = memory.more.contents.get('w1') ?? [];
    memory.more.contents.set(
      'w1',
      all.map((one, index) =>
        index === 0
          ? {
              ...one,
              row: { ...one.row, mark: 'not_sent' as const, deleted: true },
              not_sent: [
                item(7, { what: { what: 'other', command: 'content.delete', name: one.row.name } }),
              ],
            }
          : one,
      ),
    );
    const { user } = await show(memory, '/w/w1/contents/agent?open=w1-a0');
    const panel = await screen.findByRole('complementary');
    expect(panel.textContent).toContain('Not sent yet');
    expect(document.querySelector('[data-mark="not_sent"]')?.textContent).toContain('Not sent yet');
    await user.click(within(panel).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(calls(memory, 'pendingUndo')).toEqual([[7]]));
  });

  it('is a page of its own for what a link names but is not there', async () => {
    await show(world(), '/w/w1/contents/agent?open=w2-a0');
    const panel = await screen.findByRole('complementary');
    expect((await within(panel).findByTestId('reason')).dataset.code).toBe('not_found');
    expect(panel.textContent).not.toContain('Triage');
  });
});

describe('the selected agent', () => {
  it('u23 Workspaces stands at one level with Agents and Team members, above any agent', async () => {
    await show(world(), '/w/w1/contents/agent');
    const agent = await screen.findByTestId('selected-agent');
    const nav = within(screen.getByRole('navigation'));
    const level = (name: RegExp) => {
      const entry = nav.getByRole('link', { name }).closest('li');
      return [entry?.parentElement?.parentElement?.tagName, entry?.parentElement?.tagName];
    };
    expect(level(/^Workspaces/)).toEqual(['NAV', 'UL']);
    expect(level(/^Agents/)).toEqual(level(/^Workspaces/));
    expect(level(/^Team members/)).toEqual(level(/^Workspaces/));
    // The agent stands below the entry Agents, not beside it.
    expect(agent.closest('li')).toBe(nav.getByRole('link', { name: /^Agents/ }).closest('li'));
  });

  it('u35 u36 belongs to the workspace: after a switch another one is selected', async () => {
    const memory = world();
    const { user, router } = await show(memory, '/w/w1/contents/agent');
    await roster();
    expect((await screen.findByTestId('selected-agent')).textContent).toBe('Booking helper');
    await user.click(screen.getByText('Shop helper'));
    await waitFor(() =>
      expect(screen.getByTestId('selected-agent').textContent).toBe('Shop helper'),
    );
    await user.click(screen.getByTestId('switcher'));
    await user.click(await screen.findByRole('option', { name: /Acme Health/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w2/contents/agent'));
    await waitFor(() => expect(screen.getByTestId('selected-agent').textContent).toBe('Triage'));
    // U-45: nothing of the other workspace is left on the screen, nor is a panel open.
    await waitFor(() => expect(names()).toEqual(['Triage']));
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.querySelector('main')?.textContent).not.toContain('Shop helper');
  });

  it('u34 E-54 goes to the nearest page where the other workspace has no such records', async () => {
    const memory = world();
    const { user, router } = await show(memory, '/w/w1/contents/agent');
    await roster();
    await user.click(screen.getByTestId('switcher'));
    await user.click(await screen.findByRole('option', { name: /Blue Lake/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w4/members'));
    expect((await screen.findByTestId('notice')).textContent).toContain(
      'Agents isn’t open to you in Blue Lake Travel',
    );
  });

  it('falls to the first agent when the selected one is deleted', async () => {
    const memory = world();
    const { user } = await show(memory, '/w/w1/contents/agent');
    await roster();
    await user.click(screen.getByText('Returns desk'));
    await waitFor(() =>
      expect(screen.getByTestId('selected-agent').textContent).toBe('Returns desk'),
    );
    memory.more.contents.set('w1', [
      content('w1-a9', 'Autumn', { kind: 'agent', instructions: '', state: 'on', knowledge: [] }),
    ]);
    memory.emit({ rosters: ['w1'] });
    await waitFor(() => expect(screen.getByTestId('selected-agent').textContent).toBe('Autumn'));
  });

  it('is not shown where agents are not open to this person', async () => {
    const memory = world();
    const [at] = memory.workspaces;
    if (at === undefined) throw new Error('the world has a workspace');
    at.view = { ...at.view, contents: [{ kind: 'lead', count: 0, create: HIDDEN }] };
    await show(memory, '/w/w1/contents/lead');
    expect(await screen.findByText(/No leads yet/)).toBeTruthy();
    expect(screen.queryByTestId('selected-agent')).toBeNull();
  });
});
