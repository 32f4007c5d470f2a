// Every workspace that matches a filter, page after page: for grouping and for choosing among
// them, where a window over the list is not enough.

import { type Backend, PAGE } from '../../backend/backend.ts';
import type { WorkspaceFilter, WorkspaceRow } from '../../backend/types.ts';

export async function everyWorkspace(
  backend: Backend,
  filter: WorkspaceFilter,
): Promise<WorkspaceRow[]> {
  const rows: WorkspaceRow[] = [];
  for (;;) {
    const page = await backend.workspaces(filter, rows.length, PAGE);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.matched) return rows;
  }
}
