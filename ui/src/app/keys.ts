// Query keys, built in this one place. Everything of a workspace lies under its id, so that
// one change of a roster makes exactly that workspace read again.

import type { QueryClient } from '@tanstack/react-query';
import type { Changed, MemberQuery, RoleQuestion } from '../backend/types.ts';

/** Which members, without which rows of them. */
export type MemberFilter = Omit<MemberQuery, 'offset' | 'limit'>;

export const keys = {
  state: ['state'] as const,
  pending: ['pending'] as const,
  workspaces: ['workspaces'] as const,
  workspacePage: (text: string, page: number) => ['workspaces', text, page] as const,
  workspace: (id: string) => ['w', id] as const,
  view: (id: string) => ['w', id, 'view'] as const,
  members: (filter: MemberFilter, page: number) =>
    ['w', filter.workspace, 'members', filter, page] as const,
  member: (workspace: string, id: string) => ['w', workspace, 'member', id] as const,
  roles: (question: RoleQuestion) => ['w', question.workspace, 'roles', question] as const,
  invitations: (workspace: string, page: number) => ['w', workspace, 'invitations', page] as const,
};

/** Makes what changed be read again; what is on screen stays until the answer is there. */
export function invalidate(client: QueryClient, changed: Changed): void {
  if (changed.state) void client.invalidateQueries({ queryKey: keys.state });
  if (changed.pending) void client.invalidateQueries({ queryKey: keys.pending });
  if (changed.workspaces) {
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({
      predicate: (query) => query.queryKey[0] === 'w' && query.queryKey[2] === 'view',
    });
  }
  for (const id of changed.rosters) {
    void client.invalidateQueries({ queryKey: keys.workspace(id) });
  }
}
