// Adding people of the account, and what becomes of open invitations, in memory.

import type { InvitationRow } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, HIDDEN, member, NOW } from '../world.ts';
import { type Change, DONE, failure, workspace } from './core.ts';

const DAY = 86_400_000;

export function invitation(id: string, more: Partial<InvitationRow> = {}): InvitationRow {
  return {
    id,
    address: `${id}@northwind.example`,
    name: null,
    roles: ['write'],
    inviter: 'Ana Marques',
    sent: Date.now(),
    expires: Date.now() + 7 * DAY,
    state: 'waiting',
    message: null,
    trouble: null,
    confirm: HIDDEN,
    set_roles: ALLOWED,
    resend: ALLOWED,
    revoke: ALLOWED,
    ...more,
  };
}

function setInvitation(
  memory: Memory,
  at: string,
  id: string,
  change: Partial<InvitationRow> | null,
): typeof DONE {
  const place = workspace(memory, at);
  if (!place.invitations.some((one) => one.id === id)) throw failure('not_found');
  place.invitations = place.invitations.flatMap((one) => {
    if (one.id !== id) return [one];
    return change === null ? [] : [{ ...one, ...change }];
  });
  memory.emit({ rosters: [at] });
  return DONE;
}

export const changePeople: Change = (memory, intent) => {
  switch (intent.intent) {
    case 'add_member': {
      const at = workspace(memory, intent.workspace);
      const person = memory.more.people.find((one) => one.person === intent.person);
      if (person === undefined) throw failure('not_found');
      const { name, address, letters } = person;
      const row = member(at.members.length, at.view.row.scheme, intent.workspace);
      at.members = [...at.members, { ...row, name, address, letters, roles: intent.roles }];
      memory.emit({ rosters: [intent.workspace] });
      return { created: row.id };
    }
    case 'resend':
      return setInvitation(memory, intent.workspace, intent.invitation, {
        sent: NOW,
        expires: NOW + 7 * DAY,
        state: 'waiting',
      });
    case 'revoke':
      return setInvitation(memory, intent.workspace, intent.invitation, null);
    case 'set_invitation_roles':
      return setInvitation(memory, intent.workspace, intent.invitation, { roles: intent.roles });
    case 'confirm_invitation':
      return setInvitation(memory, intent.workspace, intent.invitation, {
        state: 'accepted',
        confirm: HIDDEN,
      });
    default:
      return null;
  }
};
