//! The main job in the real window, from sign-up to the change made offline: one person at
//! the window, her second device and her colleagues as real apps beside it, a real server
//! that goes away and comes back.
//!
//! Pictures go to `target/pictures`, and to `docs/images` with `MUSTER_WRITE=1`.

mod people;
mod rig;

use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use muster_client::view::{Intent, Submitted};
use muster_domain::{Role, RoleSet, SchemeId, WorkspaceId};
use people::server::Server;
use people::{PASSWORD, Person, address, sign_up_form};
use rig::desktop::{Desktop, root};
use rig::input::Held;
use rig::until;
use rig::window::{Look, Window};

const ANA: &str = "Ana Marques";
const PLACE: &str = "Northwind Retail";

/// Colleagues with the roles they are invited with.
const COLLEAGUES: [(&str, Role); 9] = [
    ("Adaeze Okafor", Role::Admin),
    ("Alejandro Ruiz", Role::Write),
    ("Dmitri Sokolov", Role::Read),
    ("Eleni Papadaki", Role::Write),
    ("Farah Haddad", Role::Read),
    ("Jürgen Weiß", Role::Read),
    ("Luis Pereira", Role::Write),
    ("Mei Tan", Role::Read),
    ("Siobhán Ní Bhriain", Role::Write),
];

fn one(role: Role) -> RoleSet {
    RoleSet::of(&[role])
}

fn pictures() -> PathBuf {
    match std::env::var_os("MUSTER_WRITE") {
        Some(_) => root().join("docs/images"),
        None => root().join("target/pictures"),
    }
}

async fn picture(window: &Window, name: &str) {
    window.screenshot(&pictures().join(format!("{name}.png"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn u2_u13_u26_u50_r2_r14_the_main_job_from_sign_up_to_the_change_made_offline() {
    let mut server = Server::start();
    let desktop = Desktop::start();
    let data = desktop.dir().join("data");
    let window = Window::open(&desktop, &data).await;

    sign_up(&window, &server).await;
    create_workspace(&window).await;
    switch(&window).await;
    invite_from_a_file(&window).await;

    let phone = Person::new();
    phone.sign_in(server.url(), ANA).await.expect("the same person on a second device");
    let place = phone.workspace(PLACE).await.id;
    for (name, role) in COLLEAGUES {
        join(&phone, &server, place, name, role).await;
    }
    accept_by_the_windows_link(&window, &server).await;
    look_at_the_team(&window).await;
    change_a_role_online(&window, &phone, place).await;

    server.kill();
    work_offline(&window).await;
    window.kill();

    server.restart();
    somebody_else_was_faster(&phone, place).await;
    let window = Window::open(&desktop, &data).await;
    come_back(&window, &phone, place).await;
    window.close().await;
}

async fn sign_up(window: &Window, server: &Server) {
    window.click("button", "Sign up").await;
    window.fill("Server", server.url()).await;
    window.fill("Your name", ANA).await;
    window.fill("E-mail", &address(ANA)).await;
    window.fill("Password", PASSWORD).await;
    tick(window, "On my own").await;
    picture(window, "sign-in").await;
    // Enter on a radio button sends the form as well; the button is there for the mouse.
    window.come_in().await;
    window.wait_for_text("Ana’s workspace").await;
}

async fn create_workspace(window: &Window) {
    window.press(&[Held::Control, Held::Shift], 'o').await;
    window.find("heading", "Workspaces").await;
    window.click("button", "Create").await;
    window.find_id("dialog").await;
    window.fill("Name", PLACE).await;
    window.click("button", "Create workspace").await;
    window.wait_for_text("Choose Basic or Pro.").await;
    tick(window, "Pro").await;
    window.click("button", "Create Northwind Retail on Pro").await;
    window.wait_until_no("dialog", "Create a workspace").await;
    until("the new workspace to be open", async || {
        window.find_id("switcher").await.text().await.ok()?.contains(PLACE).then_some(())
    })
    .await;
}

/// U-26..37: by keyboard alone.
async fn switch(window: &Window) {
    window.press(&[Held::Control], 'o').await;
    window.find_like("option", PLACE).await;
    picture(window, "switcher").await;
    window.type_text("ana").await;
    window.press(&[], Key::Enter).await;
    open_is(window, "Ana’s workspace").await;
    window.press(&[Held::Control], 'o').await;
    window.type_text("north").await;
    window.press(&[], Key::Enter).await;
    open_is(window, PLACE).await;
    let text = window.text().await;
    assert!(!text.contains("Ana’s workspace") || text.contains("Workspaces"), "{text}");
}

/// Ticks a choice with the keyboard, wherever it is in its dialog.
async fn tick(window: &Window, choice: &str) {
    let radio = window.find_like("radio", choice).await;
    window.focus(&radio).await.expect("takes the focus");
    window.press(&[], ' ').await;
}

async fn open_is(window: &Window, name: &str) {
    until(&format!("{name} to be open"), async || {
        window.find_id("switcher").await.text().await.ok()?.contains(name).then_some(())
    })
    .await;
}

async fn team(window: &Window) {
    window.find_like("link", "Team members").await.click().await.expect("takes a click");
    window.find("heading", "Team members").await;
}

async fn invite_from_a_file(window: &Window) {
    team(window).await;
    window.click("button", "Invite people").await;
    let target = window.find_id("import-drop").await;
    window.drop_file(&target, Path::new("tests/fixtures/rosters/slack-members.csv")).await;
    window.wait_for_text("Slack").await;
    window.find_id("import-ready").await;
    window.find_id("import-left-out").await;
    window.find_id("import-repeated").await;
    picture(window, "import-preview").await;
    tick(window, "Read").await;
    window.find_like("button", "Send 183 invitations").await.click().await.expect("a click");
    window.wait_for_text("183 invitations sent.").await;
}

/// A colleague who signs up with the invitation.
async fn join(phone: &Person, server: &Server, place: WorkspaceId, name: &str, role: Role) {
    let link = phone.invite(place, name, role).await;
    let colleague = Person::new();
    let mut form = sign_up_form(server.url(), name, Some(SchemeId::OwnerLed));
    form.invitation = Some(link);
    colleague.app.sign_up(form).await.expect("the addressed person signs up and joins");
    colleague.app.end().await;
}

/// The link is read off the window, as Ana would copy it.
async fn accept_by_the_windows_link(window: &Window, server: &Server) {
    window.click("button", "Invite people").await;
    window.fill("Addresses", &address("Bo Lindqvist")).await;
    window.find_id("import-ready").await;
    tick(window, "Write").await;
    window.find_like("button", "Send 1 invitation").await.click().await.expect("a click");
    window.wait_for_text("1 invitation sent.").await;
    window.find_like("link", "Invitations").await.click().await.expect("takes a click");
    window.find("heading", "Invitations").await;
    let actions = format!("Actions for {}", address("Bo Lindqvist"));
    window.click("button", &actions).await;
    window.click("menuitem", "Copy link").await;
    let field = window.find_id("invitation-link").await;
    let link = field.prop("value").await.expect("readable").expect("a link");
    window.press(&[], Key::Escape).await;

    let stranger = Person::new();
    stranger.sign_up(server.url(), "Zoe Stranger", SchemeId::OwnerLed).await;
    let refused = stranger.app.invitation_accept(link.clone()).await.expect_err("E-25");
    assert_eq!(refused.reason.expect("a reason").rule, "E-25");
    let bo = Person::new();
    bo.sign_up(server.url(), "Bo Lindqvist", SchemeId::OwnerLed).await;
    bo.app.invitation_accept(link).await.expect("the addressed person");
    team(window).await;
    window.wait_for_text("Bo Lindqvist").await;
}

async fn look_at_the_team(window: &Window) {
    window.set_look(Look::Light).await;
    picture(window, "team-light").await;
    window.set_look(Look::Dark).await;
    picture(window, "team-dark").await;
    window.set_look(Look::Light).await;
}

/// Opens the role picker for somebody and ticks a role.
async fn pick_role(window: &Window, name: &str, role: &str) {
    window.click("button", &format!("Actions for {name}")).await;
    window.click("menuitem", "Change role…").await;
    window.find("dialog", &format!("Change role: {name}")).await;
    tick(window, role).await;
}

async fn change_a_role_online(window: &Window, phone: &Person, place: WorkspaceId) {
    pick_role(window, "Mei Tan", "Admin").await;
    window.wait_for_text("Mei Tan gains").await;
    window.wait_for_text("The server is expected to accept this.").await;
    picture(window, "role-picker").await;
    window.click("button", "Make Admin").await;
    phone
        .until("the second device to see the new role", async || {
            let row = phone.member(place, "Mei Tan").await;
            (row.roles == one(Role::Admin)).then_some(())
        })
        .await;
}

async fn work_offline(window: &Window) {
    window.wait_for_text("Offline since").await;
    for name in ["Farah Haddad", "Dmitri Sokolov"] {
        pick_role(window, name, "Write").await;
        window.wait_for_text("The server is expected to accept this.").await;
        window.click("button", "Make Write").await;
        window.wait_until_no("button", "Make Write").await;
    }

    window.click("button", "Actions for Eleni Papadaki").await;
    window.click("menuitem", "Remove…").await;
    window.wait_for_text("Eleni Papadaki keeps access until this is sent.").await;
    window.click("button", "Remove Eleni Papadaki").await;
    window.wait_for_text("3 changes not sent yet").await;
    until("three rows to bear the mark", async || {
        let marked = "return document.querySelectorAll('[data-mark=not_sent]').length";
        (window.script(marked, &[]).await.ok()? == 3).then_some(())
    })
    .await;
    picture(window, "offline").await;

    // R14: what cannot wait says so and changes nothing.
    pick_role(window, "Luis Pereira", "Owner").await;
    window.wait_for_text("Making or unmaking an owner needs a connection.").await;
    window.press(&[], Key::Escape).await;

    window.find_like("link", "Pending").await.click().await.expect("takes a click");
    window.find("heading", "Pending").await;
    window.wait_for_text("Send now").await;
    picture(window, "pending").await;
}

/// While the window is away, its second device changes what the window has changed too.
async fn somebody_else_was_faster(phone: &Person, place: WorkspaceId) {
    let _ = phone.app.send_now().await;
    let dmitri = phone.member(place, "Dmitri Sokolov").await;
    let intent = Intent::SetRoles {
        workspace: place,
        member: dmitri.id,
        roles: one(Role::Admin),
        reason: None,
    };
    let submitted = phone.app.submit(intent).await.expect("submits");
    assert!(matches!(submitted, Submitted::Queued { .. }), "{submitted:?}");
    phone.all_sent().await;
}

async fn come_back(window: &Window, phone: &Person, place: WorkspaceId) {
    window.wait_for_text("1 change needs you").await;
    window.find_like("link", "Pending").await.click().await.expect("takes a click");
    window.find("heading", "Pending").await;
    window.wait_for_text("Ana Marques changed this meanwhile.").await;
    window.find("button", "Keep Admin").await;
    picture(window, "conflict").await;

    let farah = phone.member(place, "Farah Haddad").await;
    assert_eq!(farah.roles, one(Role::Write), "accepted");
    let dmitri = phone.member(place, "Dmitri Sokolov").await;
    assert_eq!(dmitri.roles, one(Role::Admin), "the refused change changed nothing");
    let gone = phone.members(place).await.rows.iter().all(|it| it.name != "Eleni Papadaki");
    assert!(gone, "removed, once, in order");

    window.click("button", "Keep Admin").await;
    window.wait_until_gone("1 change needs you").await;
}
