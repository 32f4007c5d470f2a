// What can be done and where one can go, as lines of the palette (ui.md 4.2). What is refused
// stays with its reason; what a person could never do here is left out.

import { useNavigate } from '@tanstack/react-router';
import { useActiveView, useNewWindow } from '../app/active.tsx';
import { type Bound, bindings, written } from '../app/bindings.ts';
import { request } from '../app/globalKeys.ts';
import { paths } from '../app/paths.ts';
import { useAppState } from '../app/state.ts';
import { useRedoLast, useUndoLast } from '../app/undo.ts';
import { useInviting } from '../app/useInviting.ts';
import type { Verdict } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { sentenceText, useKnown, verdictSentence } from './Reason.tsx';

export interface Command {
  id: string;
  section: 'here' | 'go';
  name: string;
  /** Other words for it. */
  words: string;
  keys: string | undefined;
  /** Why it cannot be done now. */
  reason: string | null;
  run: () => void;
}

export function useCommands(): Command[] {
  const navigate = useNavigate();
  const undo = useUndoLast();
  const redo = useRedoLast();
  const newWindow = useNewWindow();
  const view = useActiveView();
  const known = useKnown();
  const state = useAppState();
  const { verdict: inviting } = useInviting(view);
  const bound = bindings();
  const commands: Command[] = [];
  const add = (
    section: Command['section'],
    id: string,
    run: () => unknown,
    verdict?: Verdict,
    key?: Bound,
  ) => {
    if (verdict?.verdict === 'hidden') return;
    const sentence = verdict === undefined ? null : verdictSentence(verdict, known);
    const reason = sentence === null ? null : sentenceText(sentence);
    const keys = key === undefined ? undefined : written(bound[key]);
    // People are called as the account calls them, as in the sidebar (C-14).
    const called = id === 'members' && view !== undefined;
    const name = t(called ? `nav.members.${view.row.scheme}` : `cmd.${id}`);
    commands.push({
      id,
      section,
      name,
      words: t(`cmd.${id}.words`),
      keys,
      reason,
      run: () => void run(),
    });
  };
  if (view !== undefined) {
    const { id } = view.row;
    if (view.sees_members) {
      add(
        'here',
        'invite',
        () => navigate(paths.members(id, { task: 'invite' })),
        inviting,
        'invite',
      );
      add('go', 'members', () => navigate(paths.members(id)));
      add('go', 'roles', () => navigate(paths.roles(id)));
    }
    if (view.sees_invitations) add('go', 'invitations', () => navigate(paths.invitations(id)));
    if (view.permissions.includes('review.run'))
      add('go', 'reviews', () => navigate(paths.reviews(id)));
    add('go', 'history', () => navigate(paths.history(id)));
    if (view.permissions.includes('export.run'))
      add('go', 'access', () => navigate(paths.access(id)));
    add('go', 'settings', () => navigate(paths.settings(id)));
    add('here', 'rename', () => navigate(paths.settings(id)), view.rename);
    add('here', 'plan', () => navigate(paths.settings(id, 'plan')), view.billing);
    add('here', 'transfer', () => navigate(paths.settings(id, 'transfer')));
    add('here', 'leave', () => navigate(paths.settings(id, 'end')), view.leave);
    add('here', 'delete', () => navigate(paths.settings(id, 'end')), view.delete);
  }
  add('here', 'undo', undo, undefined, 'undo');
  add('here', 'redo', redo, undefined, 'redo');
  add('go', 'workspaces', () => navigate(paths.workspaces()), undefined, 'workspaces');
  if ((state?.me?.accounts.length ?? 0) > 0) {
    add('go', 'create', () => navigate(paths.workspaces({ create: true })));
  }
  add('go', 'people', () => navigate(paths.people()));
  add('go', 'home', () => navigate(paths.digest()));
  add('go', 'pending', () => navigate(paths.pending()), undefined, 'pending');
  add('go', 'plans', () => navigate(paths.plans()));
  add('go', 'manage', () => navigate(paths.manage()), undefined, 'manage');
  add('go', 'bin', () => navigate(paths.bin()));
  add('go', 'diagnostics', () => navigate(paths.diagnostics()));
  add('go', 'window', () => newWindow(), undefined, 'window');
  add('go', 'switch', () => request('switcher'), undefined, 'switch');
  add('go', 'shortcuts', () => request('shortcuts'), undefined, 'shortcuts');
  return commands;
}
