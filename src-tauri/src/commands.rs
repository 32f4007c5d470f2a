//! What the page may ask: each command decodes, calls and encodes.

use muster_client::view::{
    AppState, Connection, Failure, ImportPreview, Intent, InvitationLook, InvitationPage,
    InviteRequest, InviteResult, LinkView, MemberPage, MemberQuery, MemberView, PendingView,
    RoleAnswer, RoleQuestion, SignInForm, SignUpForm, Submitted, WorkspacePage, WorkspaceView,
};
use muster_client::{App, Unsent};
use muster_domain::{InvitationId, MembershipId, WorkspaceId};
use tauri::ipc::Invoke;
use tauri::{State, WebviewWindow};

use crate::{list, window};

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
async fn check_server(app: State<'_, App>, server: String) -> Answer<String> {
    app.check_server(server).await
}

#[tauri::command(rename_all = "snake_case")]
async fn sign_up(app: State<'_, App>, form: SignUpForm) -> Answer<AppState> {
    app.sign_up(form).await
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
async fn workspaces(
    app: State<'_, App>,
    text: String,
    offset: u32,
    limit: u32,
) -> Answer<WorkspacePage> {
    app.workspaces(text, offset, limit).await
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
async fn send_now(app: State<'_, App>) -> Answer<Connection> {
    app.send_now().await
}

#[tauri::command(rename_all = "snake_case")]
async fn window_ready(window: WebviewWindow) -> Answer<()> {
    window::ready(&window);
    Ok(())
}
