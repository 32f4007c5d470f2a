// What is in a workspace, in memory: agents, knowledge and the other kinds.

import type { Backend } from '../../backend/backend.ts';
import type { ContentBody, ContentRow, ContentView } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, HIDDEN, NOW, plain } from '../world.ts';
import { type Change, DONE, failure, workspace } from './core.ts';

/** One record as its panel shows it. */
export function content(
  id: string,
  name: string,
  body: ContentBody,
  more: Partial<ContentRow> = {},
): ContentView {
  const readOnly = body.kind === 'conversation' || body.kind === 'lead';
  return {
    row: {
      id,
      kind: body.kind,
      name,
      state: 'state' in body ? body.state : body.kind === 'knowledge' ? body.source : '',
      creator: 'Ana Marques',
      creator_gone: false,
      created: NOW - 4e9,
      updated: NOW - 1e9,
      updated_by: 'Ana Marques',
      deleted: false,
      mark: 'none',
      ...more,
    },
    body,
    version: 1,
    knowledge: [],
    change: readOnly ? HIDDEN : ALLOWED,
    delete: readOnly ? HIDDEN : ALLOWED,
    not_sent: [],
    refused: null,
  };
}

function all(memory: Memory, at: string): ContentView[] {
  workspace(memory, at);
  return memory.more.contents.get(at) ?? [];
}

export function contentsBackend(memory: Memory): Pick<Backend, 'contents' | 'content'> {
  return {
    contents: async (query) => {
      const kind = all(memory, query.workspace).filter((one) => one.row.kind === query.kind);
      const found = kind
        .map((one) => one.row)
        .filter((row) => plain(row.name).includes(plain(query.text)));
      found.sort((a, b) =>
        query.sort === 'updated' ? b.updated - a.updated : a.name.localeCompare(b.name),
      );
      if (query.descending) found.reverse();
      const counted = workspace(memory, query.workspace).view.contents;
      return {
        total: kind.length,
        matched: found.length,
        create: counted.find((one) => one.kind === query.kind)?.create ?? ALLOWED,
        rows: found.slice(query.offset, query.offset + query.limit),
      };
    },
    content: async (at, id) => {
      const one = all(memory, at).find((some) => some.row.id === id);
      if (one === undefined) throw failure('not_found');
      return one;
    },
  };
}

export const changeContents: Change = (memory, intent) => {
  if (!('workspace' in intent)) return null;
  const set = (next: ContentView[], created: string | null = null) => {
    memory.more.contents.set(intent.workspace, next);
    memory.emit({ rosters: [intent.workspace] });
    return created === null ? DONE : { created };
  };
  const before = memory.more.contents.get(intent.workspace) ?? [];
  switch (intent.intent) {
    case 'create_content': {
      const id = `c${before.length + 1}`;
      return set([...before, content(id, intent.name, intent.body)], id);
    }
    case 'change_content':
      return set(
        before.map((one) =>
          one.row.id === intent.content
            ? {
                ...one,
                row: { ...one.row, name: intent.name },
                body: intent.body,
                version: one.version + 1,
              }
            : one,
        ),
      );
    case 'delete_content':
      return set(before.filter((one) => one.row.id !== intent.content));
    default:
      return null;
  }
};
