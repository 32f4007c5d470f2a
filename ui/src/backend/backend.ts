// Everything the window asks of the core. The window holds no rule of its own: what may be
// done, and why not, is in the answers (ui.md 1; types.ts is generated from the core).

import type {
  AppState,
  Changed,
  Connection,
  ImportPreview,
  Intent,
  InvitationLook,
  InvitationPage,
  InviteRequest,
  InviteResult,
  LinkView,
  MemberPage,
  MemberQuery,
  MemberView,
  PendingView,
  RoleAnswer,
  RoleQuestion,
  SignInForm,
  SignUpForm,
  Submitted,
  WorkspacePage,
  WorkspaceView,
} from './types.ts';

/** A failed call rejects with a `Failure` (types.ts), never with anything else. */
export interface Backend {
  appState(): Promise<AppState>;
  checkServer(server: string): Promise<string>;
  signUp(form: SignUpForm): Promise<AppState>;
  signIn(form: SignInForm): Promise<AppState>;
  /** `discard` says whether unsent changes may be deleted with it. */
  signOut(unsent: 'keep' | 'discard'): Promise<AppState>;
  invitationLook(server: string | null, code: string): Promise<InvitationLook>;
  /** Answers the workspace's id. */
  invitationAccept(code: string): Promise<string>;
  workspaces(text: string, offset: number, limit: number): Promise<WorkspacePage>;
  workspace(id: string): Promise<WorkspaceView>;
  workspaceOpened(id: string): Promise<null>;
  members(query: MemberQuery): Promise<MemberPage>;
  member(workspace: string, id: string): Promise<MemberView>;
  memberIds(query: MemberQuery): Promise<string[]>;
  roleAnswer(question: RoleQuestion): Promise<RoleAnswer>;
  submit(intent: Intent): Promise<Submitted>;
  invitations(workspace: string, offset: number, limit: number): Promise<InvitationPage>;
  invitationLink(workspace: string, invitation: string): Promise<LinkView>;
  importText(workspace: string, text: string): Promise<ImportPreview>;
  /** `content` is the file in base64. */
  importFile(
    workspace: string,
    content: string,
    addressColumn: number | null,
    nameColumn: number | null,
  ): Promise<ImportPreview>;
  invite(request: InviteRequest): Promise<InviteResult>;
  pending(): Promise<PendingView>;
  pendingUndo(n: number): Promise<null>;
  pendingDiscard(n: number): Promise<null>;
  sendNow(): Promise<Connection>;
  /** Told once, after the first painted frame: the window is created hidden. */
  windowReady(): Promise<null>;
  /** Calls `listener` whenever something changed; answers how to stop. */
  onChanged(listener: (changed: Changed) => void): () => void;
}

/** The most rows that one answer holds (ui.md 11). */
export const PAGE = 128;
