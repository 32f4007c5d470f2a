// Signing out, from the menu of the top bar and from where there is no top bar. Changes not
// sent yet are never thrown away unasked: the refusal comes back to be shown.

import { useState } from 'react';
import { asFailure } from '../backend/failure.ts';
import type { Failure } from '../backend/types.ts';
import { useBackend } from './context.tsx';
import { forgetReminders } from './reminders.ts';
import { useReplaceState } from './state.ts';

export function useSignOut() {
  const backend = useBackend();
  const replace = useReplaceState();
  const [failure, setFailure] = useState<Failure | null>(null);
  const signOut = async () => {
    try {
      replace(await backend.signOut('keep'));
      forgetReminders();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  return { signOut, failure, forget: () => setFailure(null) };
}
