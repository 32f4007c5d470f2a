// What a way out asks the page of the members to open (ui.md 4.8).

import { useQuery } from '@tanstack/react-query';
import { useBackend } from '../../app/context.tsx';
import type { MembersSearch } from '../../app/paths.ts';
import { memberQuery } from '../../app/state.ts';
import type { MemberTask } from '../../parts/MemberActions.tsx';

/** The person's row is read for the role picker. */
export function useTaskOf(search: MembersSearch, workspace: string): MemberTask | null {
  const backend = useBackend();
  const { task, open } = search;
  const wanted = task === 'role' && open !== undefined;
  const member = useQuery({ ...memberQuery(backend, workspace, open ?? ''), enabled: wanted }).data;
  if (task === 'role') {
    return wanted && member !== undefined ? { task: 'role', member: member.row } : null;
  }
  if (task === 'suspend' || task === 'remove') {
    return open === undefined ? null : { task, member: open };
  }
  return task === undefined ? null : { task };
}
