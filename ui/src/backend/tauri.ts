// The backend of the desktop window: the commands of the core through Tauri.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backend } from './backend.ts';
import type { Changed } from './types.ts';

export function tauriBackend(): Backend {
  return {
    appState: () => invoke('app_state'),
    openedLink: () => invoke('opened_link'),
    checkServer: (server) => invoke('check_server', { server }),
    signUp: (form) => invoke('sign_up', { form }),
    signIn: (form) => invoke('sign_in', { form }),
    lostRead: () => invoke('lost_read'),
    putOutboxAside: (typed) => invoke('put_outbox_aside', { typed }),
    signOut: (unsent) => invoke('sign_out', { discard: unsent === 'discard' }),
    invitationLook: (server, code) => invoke('invitation_look', { server, code }),
    invitationAccept: (code) => invoke('invitation_accept', { code }),
    workspaces: (filter, offset, limit) => invoke('workspaces', { filter, offset, limit }),
    workspace: (id) => invoke('workspace', { id }),
    workspaceOpened: (id) => invoke('workspace_opened', { id }),
    setHidden: (workspace, hidden) => invoke('set_hidden', { workspace, hidden }),
    setPinned: (workspaces) => invoke('set_pinned', { workspaces }),
    labels: () => invoke('labels'),
    plans: () => invoke('plans'),
    similarName: (account, name, except) => invoke('similar_name', { account, name, except }),
    bin: () => invoke('bin'),
    offers: () => invoke('offers'),
    transfer: (workspace) => invoke('transfer', { workspace }),
    rolesPage: (workspace) => invoke('roles_page', { workspace }),
    roleHolders: (workspace, role) => invoke('role_holders', { workspace, role }),
    why: (workspace, member, permission) => invoke('why', { workspace, member, permission }),
    contents: (query) => invoke('contents', { query }),
    content: (workspace, id) => invoke('content', { workspace, id }),
    accounts: () => invoke('accounts'),
    account: (id) => invoke('account', { id }),
    accountPeople: (account, text) => invoke('account_people', { account, text }),
    exit: (question) => invoke('exit', { question }),
    exportAccount: (account) => invoke('export_account', { account }),
    deleteLogin: (password) => invoke('delete_login', { password }),
    schemePreview: (question) => invoke('scheme_preview', { question }),
    groups: (account) => invoke('groups', { account }),
    groupPreview: (intent) => invoke('group_preview', { intent }),
    plan: (intents) => invoke('plan', { intents }),
    carryOut: (run) => invoke('carry_out', { run }),
    inbox: () => invoke('inbox'),
    inboxAccept: (invitation) => invoke('inbox_accept', { invitation }),
    inboxDecline: (invitation) => invoke('inbox_decline', { invitation }),
    invitationDecline: (code) => invoke('invitation_decline', { code }),
    addressCode: (address) => invoke('address_code', { address }),
    addressConfirm: (address, code) => invoke('address_confirm', { address, code }),
    members: (query) => invoke('members', { query }),
    member: (workspace, id) => invoke('member', { workspace, id }),
    memberIds: (query) => invoke('member_ids', { query }),
    roleAnswer: (question) => invoke('role_answer', { question }),
    submit: (intent) => invoke('submit', { intent }),
    invitations: (workspace, offset, limit) => invoke('invitations', { workspace, offset, limit }),
    invitationLink: (workspace, invitation) => invoke('invitation_link', { workspace, invitation }),
    importText: (workspace, text) => invoke('import_text', { workspace, text }),
    importFile: (workspace, content, address_column, name_column) =>
      invoke('import_file', { workspace, content, address_column, name_column }),
    invite: (request) => invoke('invite', { request }),
    pending: () => invoke('pending'),
    pendingUndo: (n) => invoke('pending_undo', { n }),
    pendingDiscard: (n) => invoke('pending_discard', { n }),
    sendNow: () => invoke('send_now'),
    drafts: () => invoke('drafts'),
    draftRemove: (n) => invoke('draft_remove', { n }),
    draftsSend: (drafts) => invoke('drafts_send', { drafts }),
    reviews: (workspace) => invoke('reviews', { workspace }),
    review: (workspace, id) => invoke('review', { workspace, id }),
    reviewLines: (query) => invoke('review_lines', { query }),
    reviewLine: (workspace, review, membership) =>
      invoke('review_line', { workspace, review, membership }),
    reviewPeople: (workspace, text) => invoke('review_people', { workspace, text }),
    startReviews: (form) => invoke('start_reviews', { form }),
    reviewFinish: (workspace, review) => invoke('review_finish', { workspace, review }),
    reviewCarryOut: (workspace, review, memberships) =>
      invoke('review_carry_out', { workspace, review, memberships }),
    reviewEvidence: (workspace, review) => invoke('review_evidence', { workspace, review }),
    history: (query) => invoke('history', { query }),
    historyEvent: (id) => invoke('history_event', { id }),
    membersAsOf: (query, at) => invoke('members_as_of', { query, at }),
    compare: (question) => invoke('compare', { question }),
    people: (query) => invoke('people', { query }),
    person: (login) => invoke('person', { login }),
    continuity: () => invoke('continuity'),
    windowReady: () => invoke('window_ready'),
    onChanged(listener) {
      const stop = listen<Changed>('changed', (event) => listener(event.payload));
      return () => {
        void stop.then((unlisten) => unlisten());
      };
    },
  };
}
