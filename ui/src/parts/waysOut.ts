// What can be done about a sentence that says no (ui.md 8.2): one table for all of them, so
// that a reason has the same ways out wherever it is shown.

import type { RefusalCode } from '../backend/types.ts';

/** One way out. The catalogue names each under `way.`. */
export type Way =
  | 'add_admin'
  | 'another_owner'
  | 'anyway'
  | 'ask'
  | 'cancel_invitation'
  | 'change_role'
  | 'choose_role'
  | 'confirm_invitation'
  | 'copy_link'
  | 'copy_request'
  | 'copy_role'
  | 'create_another'
  | 'create_workspace'
  | 'delete_account'
  | 'delete_workspace'
  | 'discard'
  | 'hand_over'
  | 'hide'
  | 'invite_again'
  | 'look_at_admins'
  | 'make_owner'
  | 'manage_account'
  | 'name_successor'
  | 'open_bin'
  | 'open_member'
  | 'remind'
  | 'report'
  | 'see_plan'
  | 'send_again'
  | 'send_first'
  | 'sign_out_anyway'
  | 'try_now'
  | 'use_role';

const NONE: readonly Way[] = [];
const PLAN: readonly Way[] = ['see_plan'];
const OWNER: readonly Way[] = ['make_owner'];

/** The ways out of each refusal of the core. */
const OF_REFUSALS: Record<RefusalCode, readonly Way[]> = {
  'r1.missing': NONE,
  'r2.grant': ['choose_role'],
  'r2.invite': NONE,
  'r3.target': NONE,
  'r4.owner': NONE,
  'r5.wider': NONE,
  'r5.held': NONE,
  'r5.replacement': NONE,
  'r5.many': NONE,
  'r5.scheme': NONE,
  'r6.remove': OWNER,
  'r6.demote': OWNER,
  'r6.demote_self': ['hand_over'],
  'r6.suspend': OWNER,
  'r6.leave': ['hand_over', 'delete_workspace'],
  'r6.timebox': NONE,
  'r6.pending_owner': ['send_again'],
  'r6.no_owner': OWNER,
  'r6.review': OWNER,
  'r7.admin': ['add_admin'],
  'r7.workspace': ['create_another', 'delete_account'],
  'r8.delete': ['hide'],
  'r8.leave': ['hide'],
  'r8.transfer': ['create_workspace'],
  'r8.owner': NONE,
  'r8.account': NONE,
  'r10.not_visible': NONE,
  'r12.no_seat': PLAN,
  'r12.confirm': ['confirm_invitation', 'cancel_invitation'],
  'r16.widen': NONE,
  'member.exists': ['open_member', 'change_role'],
  'invite.exists': ['send_again'],
  'invite.wrong_person': ['copy_request'],
  'invite.expired': NONE,
  'invite.gone': NONE,
  'invite.message': NONE,
  'conflict.card': ['discard'],
  'conflict.gone': ['discard', 'invite_again'],
  'grant.changed': ['discard'],
  'role.scheme': ['choose_role'],
  'plan.choose': NONE,
  'plan.limit': PLAN,
  'plan.feature': PLAN,
  'plan.ended': PLAN,
  'workspace.no_owner': NONE,
  'name.reserved': ['open_bin'],
  'name.bad': NONE,
  'label.bad': NONE,
  'note.bad': NONE,
  'reason.missing': NONE,
  'end.past': NONE,
  'end.lower': NONE,
  'policy.bad': NONE,
  'account.mistyped': NONE,
  'account.deletion_set': ['manage_account'],
  'account.second_admin': ['manage_account'],
  'account.deletion_gone': NONE,
  'account.delay': NONE,
  'account.person': NONE,
  'account.admin_exists': NONE,
  'exit.sole_owner': ['make_owner', 'delete_workspace'],
  'transfer.no_account': NONE,
  'scheme.mapping': NONE,
  'scheme.same': NONE,
  'move.scheme': NONE,
  'move.not_offered': NONE,
  'group.member': ['manage_account'],
  'group.bad': NONE,
  'content.foreign': NONE,
  'content.read_only': NONE,
  'content.bad': NONE,
  'review.due': NONE,
  'review.reviewer': NONE,
  'review.not_yours': NONE,
  'review.own_line': NONE,
  'review.reason': NONE,
  'review.one_by_one': NONE,
  'review.closed': NONE,
  'review.unfinished': NONE,
  'review.full': NONE,
  'id.used': NONE,
};

/** The ways out of the other sentences that have some. */
const OF_SENTENCES: Record<string, readonly Way[]> = {
  'r5.builtin': ['copy_role'],
  'r6.managed_last': ['name_successor', 'anyway'],
  'r13.differs': ['report'],
  'owners.single': ['another_owner'],
  'admins.many': ['look_at_admins'],
  'also.admin': ['manage_account'],
  'plan.over': PLAN,
  'former.role': ['use_role'],
  'lost.access': ['discard'],
  'lost.right': ['discard', 'ask'],
  'offline.invitation': ['remind'],
  'offline.online_only': ['remind'],
  'offline.delete': ['remind'],
  'offline.leave': ['remind'],
  'offline.owner': ['remind'],
  'signout.unsent': ['send_first', 'sign_out_anyway'],
  'signout.only_here': ['sign_out_anyway'],
  'signin.offline': ['try_now'],
  'invitation.trouble.mail_refused': ['copy_link'],
  'invitation.trouble.no_seat': PLAN,
};

const ALL: Readonly<Record<string, readonly Way[]>> = { ...OF_SENTENCES, ...OF_REFUSALS };

/** The ways out of a sentence, in their order. */
export function waysOf(sentence: string): readonly Way[] {
  return ALL[sentence] ?? NONE;
}
