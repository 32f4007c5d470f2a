//! People who work together: somebody with an account, their workspaces, and who joins them.

use muster_client::view::{ConnectionState, Intent};
use muster_domain::{AccountId, Plan, Role, RoleSet, SchemeId, WorkspaceId};

use super::server::Server;
use super::{Person, sign_up_form};

/// One built-in role.
pub fn one(role: Role) -> RoleSet {
    RoleSet::of(&[role])
}

/// Somebody with an account of the scheme, online, with the first workspace loaded.
pub async fn founder(server: &Server, name: &str, scheme: SchemeId) -> Person {
    let person = Person::new();
    person.sign_up(server.url(), name, scheme).await;
    person.first_workspace().await;
    person
}

/// The account that somebody administers.
pub async fn account_of(person: &Person) -> AccountId {
    person
        .until("an account of one's own", async || {
            let rows = person.app.accounts().await.ok()?;
            rows.into_iter().find(|row| row.admin).map(|row| row.id)
        })
        .await
}

/// A further workspace in the person's own account.
pub async fn workspace(person: &Person, name: &str, plan: Plan) -> WorkspaceId {
    let account = account_of(person).await.to_string();
    person
        .apply(Intent::CreateWorkspace {
            account,
            name: name.to_owned(),
            plan: Some(plan),
            add_me: true,
            labels: Default::default(),
        })
        .await;
    person.workspace(name).await.id
}

/// Somebody who joins by invitation: with an account of their own from an owner-led one,
/// without from a managed one (C-15).
pub async fn joins(
    server: &Server,
    host: &Person,
    place: WorkspaceId,
    name: &str,
    role: Role,
) -> Person {
    let link = host.invite(place, name, role).await;
    let scheme = host.app.workspace(place).await.expect("is there").row.scheme;
    let guest = Person::new();
    let own = (scheme == SchemeId::OwnerLed).then_some(SchemeId::OwnerLed);
    let mut form = sign_up_form(server.url(), name, own);
    form.invitation = Some(link);
    guest.app.sign_up(form).await.expect("signs up with the invitation");
    enters(&guest, place).await;
    host.member(place, name).await;
    guest
}

/// Waits until somebody can open a workspace.
pub async fn enters(person: &Person, place: WorkspaceId) {
    person
        .until("the workspace to open", async || {
            person.app.workspace(place).await.ok().filter(|it| it.row.loaded).map(|_| ())
        })
        .await;
}

/// Waits until somebody can no longer open a workspace.
pub async fn loses(person: &Person, place: WorkspaceId) {
    person
        .until("the workspace to close", async || {
            person.app.workspace(place).await.is_err().then_some(())
        })
        .await;
}

/// Waits until somebody has a connection.
pub async fn online(person: &Person) {
    person
        .until("a connection", async || {
            let state = person.app.app_state().await.ok()?;
            (state.connection.state == ConnectionState::Online).then_some(())
        })
        .await;
}

/// Waits until somebody knows that nobody answers.
pub async fn offline(person: &Person) {
    // Whoever asks to send learns at once that nobody answers.
    let _ = person.app.send_now().await;
    person
        .until("no connection", async || {
            let state = person.app.app_state().await.ok()?;
            (state.connection.state == ConnectionState::Offline).then_some(())
        })
        .await;
}
