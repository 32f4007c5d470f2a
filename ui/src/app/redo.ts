// What was taken back before it was sent, so that Mod+Shift+Z can make it again (ui.md 9). It
// is asked of the core anew: whether it may still be done is decided then, not remembered. Kept
// by this window while it is open; a new change ends it, and so does another sign-in.

import type { Backend } from '../backend/backend.ts';
import type { Intent, Submitted } from '../backend/types.ts';

let made = new Map<number, Intent>();
let undone: Intent[] = [];

function forget(): void {
  made = new Map();
  undone = [];
}

/** The backend, noting what is made and taken back. */
export function noting(backend: Backend): Backend {
  forget();
  const noted: Partial<Backend> = {
    submit: async (intent) => {
      const answer = await backend.submit(intent);
      undone = [];
      if (answer.result === 'queued') made.set(answer.n, intent);
      return answer;
    },
    pendingUndo: async (n) => {
      const answer = await backend.pendingUndo(n);
      const intent = made.get(n);
      if (intent !== undefined) undone.push(intent);
      made.delete(n);
      return answer;
    },
    signOut: (unsent) => {
      forget();
      return backend.signOut(unsent);
    },
    signIn: (form) => {
      forget();
      return backend.signIn(form);
    },
    signUp: (form) => {
      forget();
      return backend.signUp(form);
    },
  };
  return new Proxy(backend, {
    get: (target, name) => Reflect.get(noted, name) ?? Reflect.get(target, name),
  });
}

/** Makes again what was taken back last; null where there is nothing. */
export async function redo(backend: Backend): Promise<Submitted | null> {
  const rest = [...undone];
  const intent = rest.pop();
  if (intent === undefined) return null;
  const answer = await backend.submit(intent);
  undone = rest;
  return answer;
}
