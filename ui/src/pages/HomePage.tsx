// The start of the shell: goes to the workspace that was open, or the first one.

import { Navigate } from '@tanstack/react-router';
import { useActive, useActiveView } from '../app/active.tsx';
import { paths } from '../app/paths.ts';

export function HomePage() {
  const { id } = useActive();
  const view = useActiveView();
  if (id === null || view === undefined) return null;
  if (view.sees_members) return <Navigate {...paths.members(id)} replace />;
  return <Navigate {...paths.workspaces()} replace />;
}
