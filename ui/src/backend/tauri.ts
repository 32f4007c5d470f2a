// The backend of the desktop window: the commands of the core through Tauri.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backend } from './backend.ts';
import type { Changed } from './types.ts';

export function tauriBackend(): Backend {
  return {
    appState: () => invoke('app_state'),
    checkServer: (server) => invoke('check_server', { server }),
    signUp: (form) => invoke('sign_up', { form }),
    signIn: (form) => invoke('sign_in', { form }),
    signOut: (unsent) => invoke('sign_out', { discard: unsent === 'discard' }),
    invitationLook: (server, code) => invoke('invitation_look', { server, code }),
    invitationAccept: (code) => invoke('invitation_accept', { code }),
    workspaces: (text, offset, limit) => invoke('workspaces', { text, offset, limit }),
    workspace: (id) => invoke('workspace', { id }),
    workspaceOpened: (id) => invoke('workspace_opened', { id }),
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
    windowReady: () => invoke('window_ready'),
    onChanged(listener) {
      const stop = listen<Changed>('changed', (event) => listener(event.payload));
      return () => {
        void stop.then((unlisten) => unlisten());
      };
    },
  };
}
