// Turns a catalogue (`*.po`, ICU messages under explicit ids) into the compiled form that
// Lingui's core reads, so that no message parser is shipped to the window.

import { readFileSync } from 'node:fs';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { parsePo } from 'pofile-ts';
import type { Plugin } from 'vite';

export function catalogue(): Plugin {
  return {
    name: 'muster-catalogue',
    load(id) {
      if (!id.endsWith('.po')) return null;
      const messages: Record<string, unknown> = {};
      for (const item of parsePo(readFileSync(id, 'utf8')).items) {
        const text = item.msgstr[0];
        if (messages[item.msgid] !== undefined) this.error(`${item.msgid} is there twice`);
        if (!text) this.error(`${item.msgid} has no text`);
        messages[item.msgid] = compileMessage(text);
      }
      return { code: `export const messages = ${JSON.stringify(messages)};`, map: null };
    },
  };
}
