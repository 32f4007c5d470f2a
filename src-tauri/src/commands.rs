//! What the page may ask: each command decodes, calls and encodes.

use muster_client::view::{
    AccessAnswer, AccessText, AccountPage, AccountRow, AnswerEntered, AnswerFile, AnswerLook,
    AppState, AsOfPage, BinRow, CompareQuestion, CompareView, Connection, ContentPage,
    ContentQuery, ContentView, ContinuityRow, DeviceRow, Diagnostics, Digest, Done, DraftRow,
    EvidenceView, ExitPage, ExitQuestion, ExportForm, ExportTable, Exported, Failure, FoundForm,
    GroupPreview, GroupView, HandOutForm, HandOutView, HistoryDetail, HistoryPage, HistoryQuery,
    ImportPreview, InboxRow, Intent, InvitationLook, InvitationPage, InviteRequest, InviteResult,
    LinkView, MadePlan, MemberPage, MemberQuery, MemberRow, MemberView, MyAccess, OfferRow,
    OpenedSheet, PendingView, PeoplePage, PeopleQuery, PersonOverview, PersonPick, Place,
    PlanPreview, PlanResult, PlanRun, PlanView, PrintSheet, Proof, ReminderChoice, ReminderKind,
    RevertQuestion, ReviewFinish, ReviewForm, ReviewLinePage, ReviewLineView, ReviewList,
    ReviewPerson, ReviewQuery, ReviewResult, ReviewView, RoleAnswer, RoleQuestion, RolesPage,
    SavePlan, SavedPlanRow, SavedPlanView, SchemePreview, SchemeQuestion, SheetForm, SheetView,
    SignInForm, SignUpForm, Submitted, TransferView, WorkspaceFilter, WorkspacePage, WorkspaceView,
};
use muster_client::{App, Hidden, Unsent, Wanted};
use muster_domain::{
    AccountId, ContentId, DeviceId, InvitationId, LoginId, MembershipId, Permission, ReviewId,
    Timestamp, WorkspaceId,
};
use tauri::ipc::Invoke;
use tauri::{AppHandle, State, WebviewWindow};

use crate::{drawing, list, save, window};

type Answer<T> = Result<T, Failure>;

macro_rules! handler {
    ($($name:ident),*) => { tauri::generate_handler![$($name),*] };
}

/// The commands of `list.rs`.
pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    list::commands!(handler)
}

#[tauri::command(rename_all = "snake_case")]
async fn app_state(app: State<'_, App>) -> Answer<AppState> {
    app.app_state().await
}

#[tauri::command(rename_all = "snake_case")]
async fn lost_read(app: State<'_, App>) -> Answer<AppState> {
    app.lost_read().await
}

#[tauri::command(rename_all = "snake_case")]
async fn put_outbox_aside(app: State<'_, App>, typed: String) -> Answer<AppState> {
    app.put_outbox_aside(typed).await
}

#[tauri::command(rename_all = "snake_case")]
async fn diagnostics(app: State<'_, App>) -> Answer<Diagnostics> {
    app.diagnostics(drawing::view()).await
}

#[tauri::command(rename_all = "snake_case")]
async fn check_server(app: State<'_, App>, server: String) -> Answer<String> {
    app.check_server(server).await
}

#[tauri::command(rename_all = "snake_case")]
async fn sign_up(app: State<'_, App>, form: SignUpForm) -> Answer<AppState> {
    app.sign_up(form).await
}

#[tauri::command(rename_all = "snake_case")]
async fn found_account(app: State<'_, App>, form: FoundForm) -> Answer<String> {
    app.found_account(form).await
}

#[tauri::command(rename_all = "snake_case")]
async fn sign_in(app: State<'_, App>, form: SignInForm) -> Answer<AppState> {
    app.sign_in(form).await
}

#[tauri::command(rename_all = "snake_case")]
async fn sign_out(app: State<'_, App>, discard: bool) -> Answer<AppState> {
    app.sign_out(if discard { Unsent::Discard } else { Unsent::Keep }).await
}

#[tauri::command(rename_all = "snake_case")]
async fn invitation_look(
    app: State<'_, App>,
    server: Option<String>,
    code: String,
) -> Answer<InvitationLook> {
    app.invitation_look(server, code).await
}

#[tauri::command(rename_all = "snake_case")]
async fn invitation_accept(app: State<'_, App>, code: String) -> Answer<String> {
    app.invitation_accept(code).await
}

#[tauri::command(rename_all = "snake_case")]
async fn opened_link(app: State<'_, App>, window: WebviewWindow) -> Answer<Option<String>> {
    // Every window asks; the one that the link brought to the front takes it.
    Ok(if window::is_in_front(&window) { app.opened_link() } else { None })
}

#[tauri::command(rename_all = "snake_case")]
async fn workspaces(
    app: State<'_, App>,
    filter: WorkspaceFilter,
    offset: u32,
    limit: u32,
) -> Answer<WorkspacePage> {
    app.workspaces(filter, offset, limit).await
}

#[tauri::command(rename_all = "snake_case")]
async fn workspace(app: State<'_, App>, id: WorkspaceId) -> Answer<WorkspaceView> {
    app.workspace(id).await
}

#[tauri::command(rename_all = "snake_case")]
async fn workspace_opened(app: State<'_, App>, id: WorkspaceId) -> Answer<()> {
    app.workspace_opened(id).await
}

#[tauri::command(rename_all = "snake_case")]
async fn set_hidden(app: State<'_, App>, workspace: WorkspaceId, hidden: bool) -> Answer<()> {
    app.set_hidden(workspace, if hidden { Hidden::LeftOut } else { Hidden::Shown }).await
}

#[tauri::command(rename_all = "snake_case")]
async fn set_pinned(app: State<'_, App>, workspaces: Vec<WorkspaceId>) -> Answer<()> {
    app.set_pinned(workspaces).await
}

#[tauri::command(rename_all = "snake_case")]
async fn labels(app: State<'_, App>) -> Answer<Vec<String>> {
    app.labels().await
}

#[tauri::command(rename_all = "snake_case")]
async fn plans(app: State<'_, App>) -> Answer<Vec<PlanView>> {
    Ok(app.plans())
}

#[tauri::command(rename_all = "snake_case")]
async fn similar_name(
    app: State<'_, App>,
    account: AccountId,
    name: String,
    except: Option<WorkspaceId>,
) -> Answer<Option<String>> {
    app.similar_name(account, name, except).await
}

#[tauri::command(rename_all = "snake_case")]
async fn bin(app: State<'_, App>) -> Answer<Vec<BinRow>> {
    app.bin().await
}

#[tauri::command(rename_all = "snake_case")]
async fn offers(app: State<'_, App>) -> Answer<Vec<OfferRow>> {
    app.offers().await
}

#[tauri::command(rename_all = "snake_case")]
async fn transfer(app: State<'_, App>, workspace: WorkspaceId) -> Answer<TransferView> {
    app.transfer(workspace).await
}

#[tauri::command(rename_all = "snake_case")]
async fn roles_page(app: State<'_, App>, workspace: WorkspaceId) -> Answer<RolesPage> {
    app.roles_page(workspace).await
}

#[tauri::command(rename_all = "snake_case")]
async fn role_holders(
    app: State<'_, App>,
    workspace: WorkspaceId,
    role: String,
) -> Answer<Vec<MemberRow>> {
    app.role_holders(workspace, role).await
}

#[tauri::command(rename_all = "snake_case")]
async fn why(
    app: State<'_, App>,
    workspace: WorkspaceId,
    member: MembershipId,
    permission: Permission,
) -> Answer<Proof> {
    app.why(workspace, member, permission).await
}

#[tauri::command(rename_all = "snake_case")]
async fn my_access(app: State<'_, App>, workspace: WorkspaceId) -> Answer<MyAccess> {
    app.my_access(workspace).await
}

#[tauri::command(rename_all = "snake_case")]
async fn contents(app: State<'_, App>, query: ContentQuery) -> Answer<ContentPage> {
    app.contents(query).await
}

#[tauri::command(rename_all = "snake_case")]
async fn content(
    app: State<'_, App>,
    workspace: WorkspaceId,
    id: ContentId,
) -> Answer<ContentView> {
    app.content(workspace, id).await
}

#[tauri::command(rename_all = "snake_case")]
async fn accounts(app: State<'_, App>) -> Answer<Vec<AccountRow>> {
    app.accounts().await
}

#[tauri::command(rename_all = "snake_case")]
async fn account(app: State<'_, App>, id: AccountId) -> Answer<AccountPage> {
    app.account(id).await
}

#[tauri::command(rename_all = "snake_case")]
async fn account_people(
    app: State<'_, App>,
    account: AccountId,
    text: String,
) -> Answer<Vec<PersonPick>> {
    app.account_people(account, text).await
}

#[tauri::command(rename_all = "snake_case")]
async fn exit(app: State<'_, App>, question: ExitQuestion) -> Answer<ExitPage> {
    app.exit(question).await
}

#[tauri::command(rename_all = "snake_case")]
async fn export_account(app: State<'_, App>, account: AccountId) -> Answer<String> {
    app.export_account(account).await
}

#[tauri::command(rename_all = "snake_case")]
async fn export_table(
    app: State<'_, App>,
    window: WebviewWindow,
    form: ExportForm,
) -> Answer<Option<Exported>> {
    let name = app.export_name(form.table.clone()).await?;
    match save::ask(&window, &name).await {
        Some(file) => app.export_table(form, file).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command(rename_all = "snake_case")]
async fn print_sheet(app: State<'_, App>, table: ExportTable) -> Answer<PrintSheet> {
    app.print_sheet(table).await
}

#[tauri::command(rename_all = "snake_case")]
async fn print_page(window: WebviewWindow) -> Answer<()> {
    window::print(&window)
}

#[tauri::command(rename_all = "snake_case")]
async fn rename_login(app: State<'_, App>, name: String) -> Answer<AppState> {
    app.rename_login(name).await
}

#[tauri::command(rename_all = "snake_case")]
async fn change_address(
    app: State<'_, App>,
    address: String,
    password: String,
) -> Answer<AppState> {
    app.change_address(address, password).await
}

#[tauri::command(rename_all = "snake_case")]
async fn drop_address(app: State<'_, App>, address: String) -> Answer<AppState> {
    app.drop_address(address).await
}

#[tauri::command(rename_all = "snake_case")]
async fn devices(app: State<'_, App>) -> Answer<Vec<DeviceRow>> {
    app.devices().await
}

#[tauri::command(rename_all = "snake_case")]
async fn end_device(app: State<'_, App>, device: DeviceId) -> Answer<Vec<DeviceRow>> {
    app.end_device(device).await
}

#[tauri::command(rename_all = "snake_case")]
async fn delete_login(app: State<'_, App>, password: String) -> Answer<AppState> {
    app.delete_login(password).await
}

#[tauri::command(rename_all = "snake_case")]
async fn scheme_preview(app: State<'_, App>, question: SchemeQuestion) -> Answer<SchemePreview> {
    app.scheme_preview(question).await
}

#[tauri::command(rename_all = "snake_case")]
async fn groups(app: State<'_, App>, account: AccountId) -> Answer<Vec<GroupView>> {
    app.groups(account).await
}

#[tauri::command(rename_all = "snake_case")]
async fn group_preview(app: State<'_, App>, intent: Intent) -> Answer<GroupPreview> {
    app.group_preview(intent).await
}

#[tauri::command(rename_all = "snake_case")]
async fn plan(app: State<'_, App>, intents: Vec<Intent>) -> Answer<PlanPreview> {
    app.plan(intents).await
}

#[tauri::command(rename_all = "snake_case")]
async fn carry_out(app: State<'_, App>, run: PlanRun) -> Answer<PlanResult> {
    app.carry_out(run).await
}

#[tauri::command(rename_all = "snake_case")]
async fn saved_plans(app: State<'_, App>) -> Answer<Vec<SavedPlanRow>> {
    app.saved_plans().await
}

#[tauri::command(rename_all = "snake_case")]
async fn save_plan(app: State<'_, App>, plan: SavePlan) -> Answer<u32> {
    app.save_plan(plan).await
}

#[tauri::command(rename_all = "snake_case")]
async fn saved_plan(app: State<'_, App>, n: u32) -> Answer<SavedPlanView> {
    app.saved_plan(n).await
}

#[tauri::command(rename_all = "snake_case")]
async fn rename_saved_plan(app: State<'_, App>, n: u32, name: String) -> Answer<()> {
    app.rename_saved_plan(n, name).await
}

#[tauri::command(rename_all = "snake_case")]
async fn delete_saved_plan(app: State<'_, App>, n: u32) -> Answer<()> {
    app.delete_saved_plan(n).await
}

#[tauri::command(rename_all = "snake_case")]
async fn restore_saved_plan(app: State<'_, App>, n: u32) -> Answer<()> {
    app.restore_saved_plan(n).await
}

#[tauri::command(rename_all = "snake_case")]
async fn drop_saved_line(app: State<'_, App>, n: u32, line: u32) -> Answer<()> {
    app.drop_saved_line(n, line).await
}

#[tauri::command(rename_all = "snake_case")]
async fn run_saved_line(app: State<'_, App>, n: u32, line: u32) -> Answer<Submitted> {
    app.run_saved_line(n, line).await
}

#[tauri::command(rename_all = "snake_case")]
async fn revert_plan(app: State<'_, App>, question: RevertQuestion) -> Answer<MadePlan> {
    app.revert_plan(question).await
}

#[tauri::command(rename_all = "snake_case")]
async fn access_text(app: State<'_, App>, workspace: WorkspaceId) -> Answer<AccessText> {
    app.access_text(workspace).await
}

#[tauri::command(rename_all = "snake_case")]
async fn export_access(app: State<'_, App>, workspace: WorkspaceId) -> Answer<String> {
    app.export_access(workspace).await
}

#[tauri::command(rename_all = "snake_case")]
async fn access_plan(
    app: State<'_, App>,
    workspace: WorkspaceId,
    text: String,
) -> Answer<AccessAnswer> {
    app.access_plan(workspace, text).await
}

#[tauri::command(rename_all = "snake_case")]
async fn inbox(app: State<'_, App>) -> Answer<Vec<InboxRow>> {
    app.inbox().await
}

#[tauri::command(rename_all = "snake_case")]
async fn inbox_accept(app: State<'_, App>, invitation: InvitationId) -> Answer<String> {
    app.inbox_accept(invitation).await
}

#[tauri::command(rename_all = "snake_case")]
async fn inbox_decline(app: State<'_, App>, invitation: InvitationId) -> Answer<()> {
    app.inbox_decline(invitation).await
}

#[tauri::command(rename_all = "snake_case")]
async fn invitation_decline(app: State<'_, App>, code: String) -> Answer<()> {
    app.invitation_decline(code).await
}

#[tauri::command(rename_all = "snake_case")]
async fn address_code(app: State<'_, App>, address: String) -> Answer<()> {
    app.address_code(address).await
}

#[tauri::command(rename_all = "snake_case")]
async fn address_confirm(app: State<'_, App>, address: String, code: String) -> Answer<AppState> {
    app.address_confirm(address, code).await
}

#[tauri::command(rename_all = "snake_case")]
async fn members(app: State<'_, App>, query: MemberQuery) -> Answer<MemberPage> {
    app.members(query).await
}

#[tauri::command(rename_all = "snake_case")]
async fn member(
    app: State<'_, App>,
    workspace: WorkspaceId,
    id: MembershipId,
) -> Answer<MemberView> {
    app.member(workspace, id).await
}

#[tauri::command(rename_all = "snake_case")]
async fn member_ids(app: State<'_, App>, query: MemberQuery) -> Answer<Vec<MembershipId>> {
    app.member_ids(query).await
}

#[tauri::command(rename_all = "snake_case")]
async fn member_starting(
    app: State<'_, App>,
    query: MemberQuery,
    letters: String,
    after: u32,
) -> Answer<Option<u32>> {
    app.member_starting(query, letters, after).await
}

#[tauri::command(rename_all = "snake_case")]
async fn role_answer(app: State<'_, App>, question: RoleQuestion) -> Answer<RoleAnswer> {
    app.role_answer(question).await
}

#[tauri::command(rename_all = "snake_case")]
async fn submit(app: State<'_, App>, intent: Intent) -> Answer<Submitted> {
    app.submit(intent).await
}

#[tauri::command(rename_all = "snake_case")]
async fn invitations(
    app: State<'_, App>,
    workspace: WorkspaceId,
    offset: u32,
    limit: u32,
) -> Answer<InvitationPage> {
    app.invitations(workspace, offset, limit).await
}

#[tauri::command(rename_all = "snake_case")]
async fn invitation_link(
    app: State<'_, App>,
    workspace: WorkspaceId,
    invitation: InvitationId,
) -> Answer<LinkView> {
    app.invitation_link(workspace, invitation).await
}

#[tauri::command(rename_all = "snake_case")]
async fn import_text(
    app: State<'_, App>,
    workspace: WorkspaceId,
    text: String,
) -> Answer<ImportPreview> {
    app.import_text(workspace, text).await
}

#[tauri::command(rename_all = "snake_case")]
async fn import_file(
    app: State<'_, App>,
    workspace: WorkspaceId,
    content: String,
    address_column: Option<u32>,
    name_column: Option<u32>,
) -> Answer<ImportPreview> {
    app.import_file(workspace, content, address_column, name_column).await
}

#[tauri::command(rename_all = "snake_case")]
async fn invite(app: State<'_, App>, request: InviteRequest) -> Answer<InviteResult> {
    app.invite(request).await
}

#[tauri::command(rename_all = "snake_case")]
async fn pending(app: State<'_, App>) -> Answer<PendingView> {
    app.pending().await
}

#[tauri::command(rename_all = "snake_case")]
async fn pending_undo(app: State<'_, App>, n: u32) -> Answer<()> {
    app.pending_undo(n).await
}

#[tauri::command(rename_all = "snake_case")]
async fn pending_discard(app: State<'_, App>, n: u32) -> Answer<()> {
    app.pending_discard(n).await
}

#[tauri::command(rename_all = "snake_case")]
async fn pending_apply(app: State<'_, App>, n: u32) -> Answer<Submitted> {
    app.pending_apply(n).await
}

#[tauri::command(rename_all = "snake_case")]
async fn send_now(app: State<'_, App>) -> Answer<Connection> {
    app.send_now().await
}

#[tauri::command(rename_all = "snake_case")]
async fn reviews(app: State<'_, App>, workspace: Option<WorkspaceId>) -> Answer<ReviewList> {
    app.reviews(workspace).await
}

#[tauri::command(rename_all = "snake_case")]
async fn review(app: State<'_, App>, workspace: WorkspaceId, id: ReviewId) -> Answer<ReviewView> {
    app.review(workspace, id).await
}

#[tauri::command(rename_all = "snake_case")]
async fn review_lines(app: State<'_, App>, query: ReviewQuery) -> Answer<ReviewLinePage> {
    app.review_lines(query).await
}

#[tauri::command(rename_all = "snake_case")]
async fn review_line(
    app: State<'_, App>,
    workspace: WorkspaceId,
    review: ReviewId,
    membership: MembershipId,
) -> Answer<ReviewLineView> {
    app.review_line(workspace, review, membership).await
}

#[tauri::command(rename_all = "snake_case")]
async fn review_people(
    app: State<'_, App>,
    workspace: WorkspaceId,
    text: String,
) -> Answer<Vec<ReviewPerson>> {
    app.review_people(workspace, text).await
}

#[tauri::command(rename_all = "snake_case")]
async fn start_reviews(app: State<'_, App>, form: ReviewForm) -> Answer<Vec<Submitted>> {
    app.start_reviews(form).await
}

#[tauri::command(rename_all = "snake_case")]
async fn review_finish(
    app: State<'_, App>,
    workspace: WorkspaceId,
    review: ReviewId,
) -> Answer<ReviewFinish> {
    app.review_finish(workspace, review).await
}

#[tauri::command(rename_all = "snake_case")]
async fn review_carry_out(
    app: State<'_, App>,
    workspace: WorkspaceId,
    review: ReviewId,
    memberships: Vec<MembershipId>,
) -> Answer<ReviewResult> {
    app.review_carry_out(workspace, review, memberships).await
}

#[tauri::command(rename_all = "snake_case")]
async fn history(app: State<'_, App>, query: HistoryQuery) -> Answer<HistoryPage> {
    app.history(query).await
}

#[tauri::command(rename_all = "snake_case")]
async fn history_event(app: State<'_, App>, id: String) -> Answer<HistoryDetail> {
    app.history_event(id).await
}

#[tauri::command(rename_all = "snake_case")]
async fn members_as_of(app: State<'_, App>, query: MemberQuery, at: Timestamp) -> Answer<AsOfPage> {
    app.members_as_of(query, at).await
}

#[tauri::command(rename_all = "snake_case")]
async fn compare(app: State<'_, App>, question: CompareQuestion) -> Answer<CompareView> {
    app.compare(question).await
}

#[tauri::command(rename_all = "snake_case")]
async fn people(app: State<'_, App>, query: PeopleQuery) -> Answer<PeoplePage> {
    app.people(query).await
}

#[tauri::command(rename_all = "snake_case")]
async fn person(app: State<'_, App>, login: LoginId) -> Answer<PersonOverview> {
    app.person(login).await
}

#[tauri::command(rename_all = "snake_case")]
async fn continuity(app: State<'_, App>) -> Answer<Vec<ContinuityRow>> {
    app.continuity().await
}

#[tauri::command(rename_all = "snake_case")]
async fn drafts(app: State<'_, App>) -> Answer<Vec<DraftRow>> {
    app.drafts().await
}

#[tauri::command(rename_all = "snake_case")]
async fn draft_remove(app: State<'_, App>, n: u32) -> Answer<()> {
    app.draft_remove(n).await
}

#[tauri::command(rename_all = "snake_case")]
async fn drafts_send(app: State<'_, App>, drafts: Vec<u32>) -> Answer<InviteResult> {
    app.drafts_send(drafts).await
}

#[tauri::command(rename_all = "snake_case")]
async fn review_evidence(
    app: State<'_, App>,
    workspace: WorkspaceId,
    review: ReviewId,
) -> Answer<EvidenceView> {
    app.review_evidence(workspace, review).await
}

#[tauri::command(rename_all = "snake_case")]
async fn suggest_passphrase(app: State<'_, App>) -> Answer<String> {
    app.suggest_passphrase()
}

#[tauri::command(rename_all = "snake_case")]
async fn hand_out_review(app: State<'_, App>, form: HandOutForm) -> Answer<HandOutView> {
    app.hand_out_review(form).await
}

#[tauri::command(rename_all = "snake_case")]
async fn answer_look(app: State<'_, App>, file: AnswerFile) -> Answer<AnswerLook> {
    app.answer_look(file).await
}

#[tauri::command(rename_all = "snake_case")]
async fn answer_enter(
    app: State<'_, App>,
    file: AnswerFile,
    leave_out: Vec<MembershipId>,
) -> Answer<AnswerEntered> {
    app.answer_enter(file, leave_out).await
}

#[tauri::command(rename_all = "snake_case")]
async fn opened_sheet(app: State<'_, App>) -> Answer<Option<OpenedSheet>> {
    Ok(app.opened_sheet())
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet_open(app: State<'_, App>, form: SheetForm) -> Answer<SheetView> {
    app.sheet_open(form).await
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet_close(app: State<'_, App>) -> Answer<()> {
    app.sheet_close();
    Ok(())
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet(app: State<'_, App>) -> Answer<SheetView> {
    app.sheet()
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet_lines(app: State<'_, App>, query: ReviewQuery) -> Answer<ReviewLinePage> {
    app.sheet_lines(&query)
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet_line(app: State<'_, App>, line: MembershipId) -> Answer<ReviewLineView> {
    app.sheet_line(line)
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet_roles(app: State<'_, App>, question: RoleQuestion) -> Answer<RoleAnswer> {
    app.sheet_roles(&question)
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet_decide(app: State<'_, App>, intent: Intent) -> Answer<Submitted> {
    app.sheet_decide(intent).await
}

#[tauri::command(rename_all = "snake_case")]
async fn sheet_answer(app: State<'_, App>) -> Answer<String> {
    app.sheet_answer().await
}

#[tauri::command(rename_all = "snake_case")]
async fn window_ready(window: WebviewWindow) -> Answer<()> {
    window::ready(&window);
    Ok(())
}

#[tauri::command(rename_all = "snake_case")]
async fn window_open(app: AppHandle, address: String) -> Answer<()> {
    window::open_more(&app, &address)
}

#[tauri::command(rename_all = "snake_case")]
async fn window_in_front(window: WebviewWindow) -> Answer<bool> {
    Ok(window::is_in_front(&window))
}

#[tauri::command(rename_all = "snake_case")]
async fn digest(app: State<'_, App>) -> Answer<Digest> {
    app.digest().await
}

#[tauri::command(rename_all = "snake_case")]
async fn remind(app: State<'_, App>, place: Place, when: Option<Timestamp>) -> Answer<()> {
    app.remind(place, when).await
}

#[tauri::command(rename_all = "snake_case")]
async fn forget_reminder(app: State<'_, App>, done: Done) -> Answer<()> {
    app.forget_reminder(done).await
}

#[tauri::command(rename_all = "snake_case")]
async fn reminder_choices(app: State<'_, App>) -> Answer<Vec<ReminderChoice>> {
    app.reminder_choices().await
}

#[tauri::command(rename_all = "snake_case")]
async fn set_reminder(
    app: State<'_, App>,
    kind: ReminderKind,
    on: bool,
) -> Answer<Vec<ReminderChoice>> {
    app.set_reminder(kind, if on { Wanted::On } else { Wanted::Off }).await
}
