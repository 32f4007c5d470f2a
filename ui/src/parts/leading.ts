// Where the ways out of a no lead, or what they do: one place for all of them, so that none
// leads nowhere.

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { paths } from '../app/paths.ts';
import { digestQuery } from '../app/state.ts';
import { isTaken, useSubmit } from '../app/useSubmit.ts';
import { PAGE } from '../backend/backend.ts';
import { asFailure } from '../backend/failure.ts';
import type { Place } from '../backend/types.ts';
import { t, type Values } from '../i18n/text.tsx';
import type { Way } from './waysOut.ts';

/** What a reason is about. */
export interface About {
  workspace?: string | undefined;
  account?: string | undefined;
  member?: string | undefined;
}

/** A sentence that says no, with what it is about. */
export interface Said {
  sentence: string;
  values: Values;
  about: About;
}

type Run = () => void;

/** What a way does; null where it is not known what the reason is about. */
export function useLeading(said: Said): (way: Way) => Run | null {
  const navigate = useNavigate();
  const hide = useHide();
  const copy = useCopy();
  const sendAgain = useSendAgain(said);
  const remindMe = useRemind(said);
  const reach = useReach();
  const { workspace, account, member } = said.about;
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
        return within(sendAgain);
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
      case 'look_at_admins':
      case 'manage_account':
        return of((id) => navigate(paths.account(id)));
      case 'create_another':
      case 'create_workspace':
        return () => void navigate(paths.workspaces({ create: true }));
      case 'open_bin':
        return () => void navigate(paths.bin());
      case 'hide':
        return within(hide);
      case 'ask':
      case 'copy_request':
        return () => void copy(t(`way.${way}_text`, said.values));
      case 'remind':
        return remindMe;
      case 'try_now':
      case 'send_first':
        return () => void reach();
      // What was refused is kept in Pending, and is discarded and reported there.
      case 'discard':
      case 'report':
        return () => void navigate(paths.pending());
      // Taken by the dialog or the list that says the sentence, and nowhere else.
      case 'anyway':
      case 'copy_link':
      case 'sign_out_anyway':
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

function useCopy(): (text: string) => Promise<void> {
  const notify = useNotify();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      notify({ text: t('way.copied') });
    } catch {
      notify({ text: t('plan.copied.refused') });
    }
  };
}

// Sends the one invitation that the sentence is about; the list has the others, and this one
// where it cannot be told which it is.
function useSendAgain({ values }: Said): (workspace: string) => Promise<void> {
  const backend = useBackend();
  const navigate = useNavigate();
  const submit = useSubmit();
  const notify = useNotify();
  const address = typeof values.address === 'string' ? values.address : null;
  return async (workspace) => {
    const rows =
      address === null ? [] : (await backend.invitations(workspace, 0, PAGE).catch(none)).rows;
    const one = rows.find((row) => row.address === address && row.resend.verdict === 'allowed');
    if (one === undefined) return navigate(paths.invitations(workspace));
    const answer = await submit({ intent: 'resend', workspace, invitation: one.id });
    if (isTaken(answer)) notify({ text: t('notice.resend', { address: one.address }) });
    else await navigate(paths.invitations(workspace));
  };
}

function none(): { rows: never[] } {
  return { rows: [] };
}

// Where Home leads to when the server is reached again, and what the notification speaks of.
function placeOf({ sentence, about }: Said): Place {
  const { workspace, account } = about;
  if (workspace !== undefined) {
    if (sentence === 'offline.invitation') return { at: 'invitations', workspace };
    const isEnd = sentence === 'offline.delete' || sentence === 'offline.leave';
    return isEnd ? { at: 'settings', workspace } : { at: 'members', workspace, open: null };
  }
  return account === undefined ? { at: 'workspaces' } : { at: 'account', account };
}

function useRemind(said: Said): Run {
  const backend = useBackend();
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  const show = { label: t('action.show'), run: () => void navigate(paths.digest()) };
  const remind = async () => {
    try {
      await backend.remind(placeOf(said), null);
    } catch (thrown) {
      notify({ text: t(asFailure(thrown).code) });
      return;
    }
    await client.invalidateQueries({ queryKey: digestQuery(backend).queryKey });
    notify({ text: t('way.reminded'), action: show });
  };
  return () => void remind();
}

// Tries to reach the server, and sends what waits.
function useReach(): () => Promise<void> {
  const backend = useBackend();
  const notify = useNotify();
  return async () => {
    try {
      const { state } = await backend.sendNow();
      notify({ text: t(state === 'online' ? 'pending.sent_now' : 'way.unreached') });
    } catch (thrown) {
      notify({ text: t(asFailure(thrown).code) });
    }
  };
}
