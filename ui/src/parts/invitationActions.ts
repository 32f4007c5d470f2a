// The actions of one invitation, the same list and order in its panel and its menu.

import type { InvitationRow, Verdict } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';

export type InvitationTask = 'confirm' | 'roles' | 'resend' | 'link' | 'cancel';

interface Action {
  task: InvitationTask;
  name: string;
  /** Null where nothing can speak against it. */
  verdict: Verdict | null;
}

const OFFLINE: Verdict = { verdict: 'needs_connection', sentence: 'offline.invitation' };

/** What can be done with it; what the core hides is left out. */
export function invitationActions(row: InvitationRow, offline: boolean): Action[] {
  const online = (verdict: Verdict): Verdict =>
    offline && verdict.verdict !== 'hidden' ? OFFLINE : verdict;
  const open = row.state === 'waiting' || row.state === 'needs_confirmation';
  const all: Action[] = [
    { task: 'confirm', name: t('invitation.confirm'), verdict: online(row.confirm) },
    { task: 'resend', name: t('invitation.resend'), verdict: online(row.resend) },
    { task: 'roles', name: t('member.change_role'), verdict: online(row.set_roles) },
    {
      task: 'cancel',
      name: t(open ? 'invitation.cancel' : 'invitation.dismiss'),
      verdict: online(row.revoke),
    },
  ];
  const shown = all.filter((one) => one.verdict?.verdict !== 'hidden');
  if (row.state !== 'waiting') return shown;
  const link: Action = { task: 'link', name: t('invitation.link'), verdict: null };
  const at = shown.findIndex((one) => one.task === 'roles' || one.task === 'cancel');
  return at < 0 ? [...shown, link] : [...shown.slice(0, at), link, ...shown.slice(at)];
}
