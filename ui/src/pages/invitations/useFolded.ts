// Which invitations have ended, and the fold that they stand in.

import { useState } from 'react';
import { PAGE } from '../../backend/backend.ts';
import type { InvitationPage, InvitationRow } from '../../backend/types.ts';
import type { Windowed } from '../../parts/useWindowed.ts';

const CLOSED: readonly InvitationRow['state'][] = ['expired', 'declined', 'accepted'];

export function hasEnded(row: InvitationRow): boolean {
  return CLOSED.includes(row.state);
}

// Those that have ended stand folded below the others, while all of them are here to be told
// apart; in a longer list they stay in their order.
export function useFolded(list: Windowed<InvitationPage, InvitationRow>, total: number) {
  const [unfolded, setUnfolded] = useState(false);
  const whole = total <= PAGE;
  const rows = whole ? (list.head?.rows ?? []) : [];
  const open = rows.filter((row) => !hasEnded(row));
  const closed = rows.filter(hasEnded);
  const shown = unfolded ? [...open, ...closed] : open;
  return {
    closed: whole ? closed.length : 0,
    unfolded,
    toggle: () => setUnfolded(!unfolded),
    total: whole ? shown.length : total,
    row: (index: number) => (whole ? shown[index] : list.row(index)),
  };
}
