// The start of the shell: goes to the workspace that was open, or the first one; to Home for
// whoever wants to begin there. Whoever signed in here for the first time is met by a page of its
// own, unless a link of an invitation led them here.

import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useActive } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { paths } from '../app/paths.ts';
import { firstRunDue } from '../app/firstRun.ts';
import { useOpenedLink } from '../app/openedLink.tsx';
import { firstPage } from '../app/startPage.ts';
import { useAppState, viewQuery, workspaceFilter, workspacesQuery } from '../app/state.ts';

export function HomePage() {
  const backend = useBackend();
  const { id } = useActive();
  const me = useAppState()?.me;
  const { link } = useOpenedLink();
  const [begins] = useState(() =>
    link === null && firstRunDue(me?.id) ? 'first_run' : firstPage(),
  );
  const view = useQuery({ ...viewQuery(backend, id ?? ''), enabled: id !== null });
  const places = useQuery(workspacesQuery(backend, workspaceFilter(), 0)).data;
  // Whoever is in no workspace is told so, and is met by nothing before it.
  if (places === undefined) return null;
  if (begins === 'first_run') return <Navigate {...paths.first()} replace />;
  if (begins === 'home') return <Navigate {...paths.digest()} replace />;
  if (id === null || view.isPending) return null;
  // What was open may be gone; the list of workspaces never is.
  const open = view.isError ? undefined : view.data;
  if (open?.sees_members !== true) return <Navigate {...paths.workspaces()} replace />;
  return <Navigate {...paths.members(id)} replace />;
}
