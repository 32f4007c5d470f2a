// Which of the addresses belong to people of the same account: they need no invitation and are
// added at once (C-13). It is asked of the core, address by address, for short lists only.

import { useQueries } from '@tanstack/react-query';
import { accountPeopleQuery } from '../app/accountState.ts';
import { useBackend } from '../app/context.tsx';
import type { Invitee, PersonPick, WorkspaceView } from '../backend/types.ts';

const MOST = 50;

export interface Direct {
  add: PersonPick[];
  invite: Invitee[];
}

export function useDirect(view: WorkspaceView, ready: readonly Invitee[]): Direct {
  const backend = useBackend();
  const asked = view.row.scheme === 'managed' && ready.length <= MOST ? ready : [];
  const answers = useQueries({
    queries: asked.map((one) => accountPeopleQuery(backend, view.row.account, one.address)),
  });
  const add: PersonPick[] = [];
  const invite: Invitee[] = [];
  for (const [index, one] of ready.entries()) {
    const address = one.address.toLowerCase();
    const person = answers[index]?.data?.find((some) => some.address.toLowerCase() === address);
    if (person === undefined) invite.push(one);
    else add.push(person);
  }
  return { add, invite };
}
