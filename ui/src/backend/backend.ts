// Everything the window asks of the core. The window holds no rule of its own: what may be
// done, and why not, is in the answers (ui.md 1; types.ts is generated from the core).

import type {
  AccessAnswer,
  AccessText,
  AccountPage,
  AccountRow,
  AnswerEntered,
  AnswerFile,
  AnswerLook,
  AppState,
  AsOfPage,
  BinRow,
  Changed,
  CompareQuestion,
  CompareView,
  Connection,
  ContentPage,
  ContentQuery,
  ContentView,
  ContinuityRow,
  DeviceRow,
  Diagnostics,
  Digest,
  Done,
  DraftRow,
  EvidenceView,
  ExitPage,
  ExitQuestion,
  FoundForm,
  Exported,
  ExportForm,
  ExportTable,
  GroupPreview,
  GroupView,
  HandOutForm,
  HandOutView,
  HistoryDetail,
  HistoryPage,
  HistoryQuery,
  ImportPreview,
  InboxRow,
  Intent,
  InvitationLook,
  InvitationPage,
  InviteRequest,
  InviteResult,
  LinkView,
  MadePlan,
  MemberPage,
  MemberQuery,
  MemberRow,
  MemberView,
  MyAccess,
  OfferRow,
  OpenedSheet,
  PendingView,
  PeoplePage,
  PeopleQuery,
  Permission,
  PersonOverview,
  PersonPick,
  Place,
  PlanPreview,
  PlanResult,
  PlanRun,
  PlanView,
  PrintSheet,
  Proof,
  ReminderChoice,
  ReminderKind,
  RevertQuestion,
  ReviewFinish,
  ReviewForm,
  ReviewLinePage,
  ReviewLineView,
  ReviewList,
  ReviewPerson,
  ReviewQuery,
  ReviewResult,
  ReviewView,
  Role,
  RoleAnswer,
  RoleQuestion,
  RolesPage,
  SavedPlanRow,
  SavedPlanView,
  SavePlan,
  SchemePreview,
  SchemeQuestion,
  SheetForm,
  SheetView,
  SignInForm,
  SignUpForm,
  Submitted,
  TransferView,
  WorkspaceFilter,
  WorkspacePage,
  WorkspaceView,
} from './types.ts';

/** A failed call rejects with a `Failure` (types.ts), never with anything else. */
export interface Backend {
  appState(): Promise<AppState>;
  checkServer(server: string): Promise<string>;
  signUp(form: SignUpForm): Promise<AppState>;
  /** Answers the id of the first workspace. */
  foundAccount(form: FoundForm): Promise<string>;
  signIn(form: SignInForm): Promise<AppState>;
  /** `discard` says whether unsent changes may be deleted with it. */
  lostRead(): Promise<AppState>;
  diagnostics(): Promise<Diagnostics>;
  putOutboxAside(typed: string): Promise<AppState>;
  signOut(unsent: 'keep' | 'discard'): Promise<AppState>;
  invitationLook(server: string | null, code: string): Promise<InvitationLook>;
  /** Answers the workspace's id. */
  invitationAccept(code: string): Promise<string>;
  workspaces(filter: WorkspaceFilter, offset: number, limit: number): Promise<WorkspacePage>;
  workspace(id: string): Promise<WorkspaceView>;
  workspaceOpened(id: string): Promise<null>;
  /** Leaves a workspace out of the switcher of this device, or takes it in again (E-19). */
  setHidden(workspace: string, hidden: boolean): Promise<null>;
  /** The pinned workspaces of this device, in order. */
  setPinned(workspaces: string[]): Promise<null>;
  /** Labels of workspaces that are in use. */
  labels(): Promise<string[]>;
  plans(): Promise<PlanView[]>;
  /** The name of a workspace in the account that is easy to mix up with this one, if any. */
  similarName(account: string, name: string, except: string | null): Promise<string | null>;
  bin(): Promise<BinRow[]>;
  offers(): Promise<OfferRow[]>;
  transfer(workspace: string): Promise<TransferView>;
  rolesPage(workspace: string): Promise<RolesPage>;
  /** Who holds a role, by name, at most 500. */
  roleHolders(workspace: string, role: Role): Promise<MemberRow[]>;
  why(workspace: string, member: string, permission: Permission): Promise<Proof>;
  /** Why I have a workspace, and what I may do there. */
  myAccess(workspace: string): Promise<MyAccess>;
  contents(query: ContentQuery): Promise<ContentPage>;
  content(workspace: string, id: string): Promise<ContentView>;
  accounts(): Promise<AccountRow[]>;
  account(id: string): Promise<AccountPage>;
  /** People of the account whose name or address has these words, at most 50. */
  accountPeople(account: string, text: string): Promise<PersonPick[]>;
  exit(question: ExitQuestion): Promise<ExitPage>;
  /** Writes all that this copy holds of the account into a folder; answers its path. */
  exportAccount(account: string): Promise<string>;
  /** Asks for a file in the system's dialog and writes the table into it; null if none was chosen. */
  exportTable(form: ExportForm): Promise<Exported | null>;
  printSheet(table: ExportTable): Promise<PrintSheet>;
  /** Opens the system's dialog for printing the page. */
  printPage(): Promise<null>;
  /** Gives my sign-in another name; workspaces keep theirs (E-57). */
  renameLogin(name: string): Promise<AppState>;
  /** Has me sign in with another of my addresses (E-62). */
  changeAddress(address: string, password: string): Promise<AppState>;
  /** An address that I proved is mine no more. */
  dropAddress(address: string): Promise<AppState>;
  /** Where I am signed in, this device first. */
  devices(): Promise<DeviceRow[]>;
  /** Signs another of my devices out; where I am signed in after that. */
  endDevice(device: string): Promise<DeviceRow[]>;
  deleteLogin(password: string): Promise<AppState>;
  schemePreview(question: SchemeQuestion): Promise<SchemePreview>;
  groups(account: string): Promise<GroupView[]>;
  groupPreview(intent: Intent): Promise<GroupPreview>;
  /** What would become of these one after another (ui.md 4.9). */
  plan(intents: Intent[]): Promise<PlanPreview>;
  carryOut(run: PlanRun): Promise<PlanResult>;
  /** Plans that are kept on this device, the newest first. */
  savedPlans(): Promise<SavedPlanRow[]>;
  /** Keeps a plan; answers its number. */
  savePlan(plan: SavePlan): Promise<number>;
  /** One plan, everything in it checked anew. */
  savedPlan(n: number): Promise<SavedPlanView>;
  renameSavedPlan(n: number, name: string): Promise<null>;
  deleteSavedPlan(n: number): Promise<null>;
  restoreSavedPlan(n: number): Promise<null>;
  /** Takes a line that was not carried out from a plan. */
  dropSavedLine(n: number, line: number): Promise<null>;
  /** Carries out one line of a plan, unless that was done before. */
  runSavedLine(n: number, line: number): Promise<Submitted>;
  /** What it takes to have a workspace, or one person in it, as it was at a moment. */
  revertPlan(question: RevertQuestion): Promise<MadePlan>;
  /** Who has access to a workspace, as text. */
  accessText(workspace: string): Promise<AccessText>;
  /** Writes that text into a file of a new folder; answers the folder. */
  exportAccess(workspace: string): Promise<string>;
  /** What it takes to have access as a text says, or what in it cannot be read. */
  accessPlan(workspace: string, text: string): Promise<AccessAnswer>;
  inbox(): Promise<InboxRow[]>;
  /** Answers the workspace's id. */
  inboxAccept(invitation: string): Promise<string>;
  inboxDecline(invitation: string): Promise<null>;
  invitationDecline(code: string): Promise<null>;
  /** The link of an invitation that opened the app; told once. Asked again when `state` changed. */
  openedLink(): Promise<string | null>;
  /** Has the server mail a code to the address. */
  addressCode(address: string): Promise<null>;
  addressConfirm(address: string, code: string): Promise<AppState>;
  members(query: MemberQuery): Promise<MemberPage>;
  member(workspace: string, id: string): Promise<MemberView>;
  memberIds(query: MemberQuery): Promise<string[]>;
  /** The place of the next member after a place whose name starts with the letters. */
  memberStarting(query: MemberQuery, letters: string, after: number): Promise<number | null>;
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
  /** Makes a refused change that met another one again, over what is there now (E-42). */
  pendingApply(n: number): Promise<Submitted>;
  sendNow(): Promise<Connection>;
  /** Invitations made without a connection, which wait to be looked at and sent (E-44). */
  drafts(): Promise<DraftRow[]>;
  draftRemove(n: number): Promise<null>;
  /** Sends these drafts, or asks for a connection; refused ones stay. */
  draftsSend(drafts: number[]): Promise<InviteResult>;
  /** The reviews of a workspace, or of all where I may review. */
  reviews(workspace: string | null): Promise<ReviewList>;
  review(workspace: string, id: string): Promise<ReviewView>;
  reviewLines(query: ReviewQuery): Promise<ReviewLinePage>;
  reviewLine(workspace: string, review: string, membership: string): Promise<ReviewLineView>;
  /** People who may be named reviewer here, whose name or address has these words, at most 50. */
  reviewPeople(workspace: string, text: string): Promise<ReviewPerson[]>;
  /** One review for each workspace; a result for each, in the order asked. */
  startReviews(form: ReviewForm): Promise<Submitted[]>;
  reviewFinish(workspace: string, review: string): Promise<ReviewFinish>;
  /** Carries out the changes of these memberships, then closes the review if nothing is left. */
  reviewCarryOut(workspace: string, review: string, memberships: string[]): Promise<ReviewResult>;
  /** Writes the evidence of a closed or open review into a folder; answers its path. */
  reviewEvidence(workspace: string, review: string): Promise<EvidenceView>;
  /** A passphrase that nobody guesses and that can be read out. */
  suggestPassphrase(): Promise<string>;
  handOutReview(form: HandOutForm): Promise<HandOutView>;
  answerLook(file: AnswerFile): Promise<AnswerLook>;
  /** Enters a client's answer but for these lines. */
  answerEnter(file: AnswerFile, leaveOut: string[]): Promise<AnswerEntered>;
  /** The review file that the app was opened with, told once. */
  openedSheet(): Promise<OpenedSheet | null>;
  sheetOpen(form: SheetForm): Promise<SheetView>;
  sheetClose(): Promise<null>;
  sheet(): Promise<SheetView>;
  sheetLines(query: ReviewQuery): Promise<ReviewLinePage>;
  sheetLine(line: string): Promise<ReviewLineView>;
  sheetRoles(question: RoleQuestion): Promise<RoleAnswer>;
  sheetDecide(intent: Intent): Promise<Submitted>;
  /** Writes the decisions into a file; answers its path. */
  sheetAnswer(): Promise<string>;
  history(query: HistoryQuery): Promise<HistoryPage>;
  historyEvent(id: string): Promise<HistoryDetail>;
  /** The roster as it was. Of the query's status, only `former` means nothing here. */
  membersAsOf(query: MemberQuery, at: number): Promise<AsOfPage>;
  compare(question: CompareQuestion): Promise<CompareView>;
  /** Everyone whom I can see, joined on this device (E-63). */
  people(query: PeopleQuery): Promise<PeoplePage>;
  person(login: string): Promise<PersonOverview>;
  continuity(): Promise<ContinuityRow[]>;
  /** What needs me, what comes up, and what others changed since I was last here. */
  digest(): Promise<Digest>;
  /** Reminds me of a place, at a moment or, with null, as soon as there is a connection. */
  remind(place: Place, when: number | null): Promise<null>;
  forgetReminder(done: Done): Promise<null>;
  reminderChoices(): Promise<ReminderChoice[]>;
  setReminder(kind: ReminderKind, on: boolean): Promise<ReminderChoice[]>;
  /** Told once, after the first painted frame: the window is created hidden. */
  windowReady(): Promise<null>;
  /** Opens one more window at an address of the page (E-55). */
  windowOpen(address: string): Promise<null>;
  /** Whether of all windows this one was in front last: what is told once is told there. */
  windowInFront(): Promise<boolean>;
  /** Calls `listener` whenever something changed; answers how to stop. */
  onChanged(listener: (changed: Changed) => void): () => void;
  /** Calls `listener` when a notification was pressed; answers how to stop. */
  onPlace(listener: (place: Place) => void): () => void;
}

/** The most rows that one answer holds (ui.md 11). */
export const PAGE = 128;
