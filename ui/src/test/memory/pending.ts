// What waits and what was refused, in memory.

import type { Backend } from '../../backend/backend.ts';
import type { Memory } from '../memory.ts';

type Waiting = 'pending' | 'pendingUndo' | 'pendingDiscard' | 'pendingApply' | 'sendNow';

export function pendingBackend(memory: Memory): Pick<Backend, Waiting> {
  const settle = (list: 'not_sent' | 'refused', n: number) => {
    memory.pending[list] = memory.pending[list].filter((one) => one.n !== n);
    memory.state = {
      ...memory.state,
      counts: {
        not_sent: memory.pending.not_sent.length,
        refused: memory.pending.refused.length,
        needs_you: 0,
      },
    };
    memory.emit({
      state: true,
      pending: true,
      rosters: memory.workspaces.map((one) => one.view.row.id),
    });
    return null;
  };
  return {
    pending: async () => ({ ...memory.pending }),
    pendingUndo: async (n) => settle('not_sent', n),
    pendingDiscard: async (n) => settle('refused', n),
    pendingApply: async (n) => {
      if (memory.applied.result === 'applied') await settle('refused', n);
      return memory.applied;
    },
    sendNow: async () => memory.state.connection,
  };
}
