// A key pressed between a frame and what React does after it: the focus goes where it was asked.

import { act, render, screen } from '@testing-library/react';
import { useLayoutEffect, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Roster } from '../parts/Roster.tsx';
import type { Column } from '../parts/rosterProps.ts';

interface Row {
  id: string;
}

const rows: Row[] = ['a', 'b', 'c'].map((id) => ({ id }));
const columns: Column<Row>[] = ['one', 'two', 'three'].map((id) => ({
  id,
  name: id,
  width: '1fr',
  cell: (row) => `${row.id} ${id}`,
}));
const nothing = () => {};
let again: () => void = nothing;
let onFrame: () => void = nothing;

function List() {
  const [frame, setFrame] = useState(0);
  again = () => setFrame(frame + 1);
  useLayoutEffect(() => onFrame());
  return (
    <Roster<Row>
      label="Letters"
      columns={columns}
      total={rows.length}
      row={(index) => rows[index]}
      id={(row) => row.id}
      name={(row) => row.id}
      mark={() => 'none'}
      second={() => ''}
      loaded
      look={nothing}
      onOpen={nothing}
      onMenu={nothing}
      listKey="letters"
    />
  );
}

function press(key: string): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
}

const world = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };

describe('the focus of a roster', () => {
  beforeEach(() => {
    onFrame = nothing;
  });
  afterEach(() => {
    world.IS_REACT_ACT_ENVIRONMENT = true;
  });

  it('goes with every key, also with one that comes before the effects of a frame', async () => {
    render(<List />);
    act(() => screen.getAllByTestId('row')[0]?.focus());
    act(() => press('ArrowRight'));
    expect((document.activeElement as HTMLElement).dataset.column).toBe('0');
    // As in a browser: a frame whose cause is no key does its effects later.
    world.IS_REACT_ACT_ENVIRONMENT = false;
    const done = new Promise<void>((resolve) => {
      onFrame = () => {
        onFrame = nothing;
        queueMicrotask(() => {
          press('ArrowRight');
          queueMicrotask(() => setTimeout(resolve, 0));
        });
      };
    });
    setTimeout(() => again(), 0);
    await done;
    expect((document.activeElement as HTMLElement).dataset.column).toBe('1');
  });
});
