// Whether invitations can be asked for now. Without a connection they become drafts (R14), and a
// draft takes room: where nothing can be kept, that is said before anything is written.

import type { ConnectionState, Verdict, WorkspaceView } from '../backend/types.ts';
import { useAppState } from './state.ts';

export interface Inviting {
  verdict: Verdict;
  /** They would be drafts. */
  drafts: boolean;
}

/** Why nothing can be kept on this device. */
function inTheWay(state: ConnectionState | undefined): string | null {
  switch (state) {
    case 'disk_full':
      return 'disk.full';
    case 'folder_read_only':
      return 'folder.read_only';
    case 'connecting':
    case 'online':
    case 'read_only':
    case 'offline':
    case 'server_fault':
    case 'signed_out':
    case 'upgrade_needed':
    case undefined:
      return null;
  }
}

export function useInviting(view: WorkspaceView | undefined): Inviting {
  const sentence = inTheWay(useAppState()?.connection.state);
  const verdict: Verdict = view?.invite ?? { verdict: 'hidden' };
  if (verdict.verdict === 'hidden' || verdict.verdict === 'refused') {
    return { verdict, drafts: false };
  }
  if (sentence !== null) {
    return { verdict: { verdict: 'needs_connection', sentence }, drafts: false };
  }
  if (verdict.verdict === 'needs_connection') {
    return { verdict: { verdict: 'allowed' }, drafts: true };
  }
  return { verdict, drafts: false };
}

/** Whether asking leads anywhere. */
export function mayAsk({ verdict }: Inviting): boolean {
  switch (verdict.verdict) {
    case 'allowed':
    case 'no_op':
    case 'unknown':
      return true;
    case 'refused':
    case 'hidden':
    case 'needs_connection':
      return false;
  }
}
