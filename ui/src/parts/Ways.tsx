// The ways out of a no, as buttons beside it (ui.md 4.8). A way is taken where the reason stands
// if the place can do that; else it leads to where it can be done. One that would lead nowhere,
// because it is not known what the reason is about, is left out.

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useActive, useActiveView } from '../app/active.tsx';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { paths } from '../app/paths.ts';
import { asFailure } from '../backend/failure.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { useLeave } from '../primitives/leave.ts';
import styles from './reason.module.css';
import { type Way, waysOf } from './waysOut.ts';

/** What a reason is about. */
export interface About {
  workspace?: string | undefined;
  account?: string | undefined;
  member?: string | undefined;
}

type Here = Partial<Record<Way, () => void>>;

const HereContext = createContext<Here>({});
const AboutContext = createContext<About>({});

/** Ways that can be taken in this place. */
export function WaysHere({ ways, children }: { ways: Here; children: ReactNode }) {
  const outer = useContext(HereContext);
  const all = useMemo(() => ({ ...outer, ...ways }), [outer, ways]);
  return <HereContext value={all}>{children}</HereContext>;
}

/** What reasons in this place are about, where they do not say it themselves. */
export function WaysAbout({ about, children }: { about: About; children: ReactNode }) {
  return <AboutContext value={about}>{children}</AboutContext>;
}

/** Where the ways lead that are not taken in place; null where that is not known. */
function useLeading(about: About): (way: Way) => (() => void) | null {
  const navigate = useNavigate();
  const hide = useHide();
  const { workspace, account, member } = about;
  const within = (lead: (id: string) => Promise<void>) =>
    workspace === undefined ? null : () => void lead(workspace);
  const of = (lead: (id: string) => Promise<void>) =>
    account === undefined ? null : () => void lead(account);
  return (way) => {
    switch (way) {
      case 'make_owner':
      case 'name_successor':
      case 'another_owner':
        return within((id) => navigate(paths.members(id, { task: 'successor' })));
      case 'hand_over':
        return within((id) => navigate(paths.settings(id, 'transfer')));
      case 'delete_workspace':
        return within((id) => navigate(paths.settings(id, 'end')));
      case 'see_plan':
        return within((id) => navigate(paths.settings(id, 'plan')));
      case 'open_member':
        return member === undefined
          ? null
          : within((id) => navigate(paths.members(id, { open: member })));
      case 'change_role':
      case 'choose_role':
        return member === undefined
          ? null
          : within((id) => navigate(paths.members(id, { open: member, task: 'role' })));
      case 'send_again':
      case 'confirm_invitation':
      case 'cancel_invitation':
        return within((id) => navigate(paths.invitations(id)));
      case 'invite_again':
        return within((id) => navigate(paths.members(id, { task: 'invite' })));
      case 'copy_role':
        return within((id) => navigate(paths.roles(id)));
      case 'add_admin':
        return of((id) => navigate(paths.account(id, { add: true })));
      case 'delete_account':
        return of((id) => navigate(paths.deleteAccount(id)));
      case 'manage_account':
        return of((id) => navigate(paths.account(id)));
      case 'create_another':
      case 'create_workspace':
        return () => void navigate(paths.workspaces({ create: true }));
      case 'open_bin':
        return () => void navigate(paths.bin());
      case 'hide':
        return workspace === undefined ? null : () => void hide(workspace);
      case 'anyway':
      case 'ask':
      case 'copy_request':
      case 'discard':
      case 'look_at_admins':
      case 'remind':
      case 'report':
      case 'send_first':
      case 'sign_out_anyway':
      case 'try_now':
      case 'use_role':
        return null;
    }
  };
}

// Leaves it out of the switcher (E-19), with a way back.
function useHide(): (workspace: string) => Promise<void> {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  const set = async (workspace: string, hidden: boolean) => {
    try {
      await backend.setHidden(workspace, hidden);
    } catch (thrown) {
      notify({ text: t(asFailure(thrown).code) });
      return;
    }
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({ queryKey: keys.view(workspace) });
    if (!hidden) return;
    const undo = { label: t('action.undo'), run: () => void set(workspace, false) };
    notify({ text: t('way.hidden'), action: undo });
  };
  return (workspace) => set(workspace, true);
}

interface Props {
  sentence: string;
  about?: About | undefined;
}

/** The ways out of a sentence; nothing where it has none. */
export function Ways({ sentence, about = {} }: Props) {
  const here = useContext(HereContext);
  const around = useContext(AboutContext);
  const active = useActiveView()?.row;
  const { id } = useActive();
  const leave = useLeave();
  const workspace = about.workspace ?? around.workspace ?? id ?? undefined;
  const account =
    about.account ?? around.account ?? (workspace === active?.id ? active?.account : undefined);
  const member = about.member ?? around.member;
  const leading = useLeading({ workspace, account, member });
  const shown = waysOf(sentence).flatMap((way) => {
    const inPlace = here[way];
    if (inPlace !== undefined) return [{ way, run: inPlace }];
    const lead = leading(way);
    if (lead === null) return [];
    const run = () => {
      leave();
      lead();
    };
    return [{ way, run }];
  });
  if (shown.length === 0) return null;
  return (
    <span className={styles.ways}>
      {shown.map(({ way, run }) => (
        <Button key={way} look="link" onClick={run}>
          {t(`way.${way}`)}
        </Button>
      ))}
    </span>
  );
}
