//! Somebody leaves 33 workspaces at once: what is blocked is solved first, what needs a second
//! look is ticked, and a receipt says what became of each.

use fantoccini::key::Key;
use muster_client::view::Intent;
use muster_domain::{Command, Covers, GroupId, Role, SchemeId};

use crate::people::Person;
use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::seed::{self, Seed};
use crate::{one, page, picture, sit_down, walk_to};

const ACME: &str = "Acme Health";
const LUIS: &str = "Luis Pereira";

/// Luis is in 32 workspaces of Ana's agency, in one of them by a group and in one as its last
/// Workspace Admin, and he is the only owner of a workspace of his own that Ana helps in.
fn agency(seed: &Seed<'_>) {
    seed.days_ago(60);
    let (ana, luis) = (seed.login("Ana"), seed.login(LUIS));
    let account = seed.account(&ana, SchemeId::Managed, "Larch");
    let place = |title: &str| seed.workspace(&ana, account, SchemeId::Managed, title);
    let mut first = None;
    for number in 1..=30 {
        let place = place(&format!("Client {number:02}"));
        let member = seed.joins(&ana, place, &luis, Role::AgentManager);
        first.get_or_insert(member);
    }
    seed.joins(&ana, place("Blue Lake"), &luis, Role::WorkspaceAdmin);
    let (pod, covered) = (GroupId::from_bytes(seed.fresh()), place("Cedar Bank"));
    seed.run(
        &ana,
        &Command::CreateGroup {
            account,
            group: pod,
            title: "Night pod".to_owned(),
            covers: Covers::Listed(vec![covered]),
            roles: one(Role::AgentManager),
        },
    );
    let person = first.expect("thirty");
    seed.run(&ana, &Command::AddGroupPerson { account, group: pod, person });
    let own = seed.account(&luis, SchemeId::OwnerLed, LUIS);
    // E-65: what Luis owned alone follows Ana into an account of her own.
    seed.account(&ana, SchemeId::OwnerLed, "Ana");
    let acme = seed.workspace(&luis, own, SchemeId::OwnerLed, ACME);
    seed.joins(&luis, acme, &ana, Role::Admin);
}

#[tokio::test(flavor = "multi_thread")]
async fn e63_e37_r6_a_leaver_in_33_workspaces_with_two_blockers() {
    let server = Server::over(|data| seed::fill(data, agency));
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    page(&window, "People", "People").await;
    walk_to(&window, LUIS).await;
    window.press(&[], '.').await;
    window.click("menuitem", "Remove from everywhere…").await;
    window.wait_for_text("31 can be done · 2 blocked").await;
    window.wait_for_text("2 are blocked.").await;
    window.wait_for_text("has this role from a group").await;
    picture(&window, "leaver").await;

    out_of_the_group(&window).await;
    make_ana_owner(&server).await;
    page(&window, "People", "People").await;
    walk_to(&window, LUIS).await;
    window.press(&[], '.').await;
    window.click("menuitem", "Remove from everywhere…").await;
    window.wait_for_text("32 can be done · 0 blocked").await;
    // What is asked again stands open above it, so what can be done begins folded.
    window.choose_like("button", "Can be done").await;
    window.wait_for_text("Client 30").await;
    picture(&window, "leaver-free").await;

    // The last Workspace Admin of Blue Lake is asked about once more.
    window.check("Blue Lake").await;
    window.write("Reason", "Left the agency").await;
    window.choose("button", "Remove from 32").await;
    window.wait_for_text("Luis Pereira is removed from everywhere here (32).").await;
    picture(&window, "leaver-receipt").await;
    window.choose("button", "Look at what is left").await;
    window.wait_for_text("Luis Pereira is nowhere any more that you can see.").await;
    window.close().await;
}

/// The first blocker is solved where its reason leads.
async fn out_of_the_group(window: &Window) {
    window.choose("button", "Open Manage Account").await;
    window.find("heading", "Larch").await;
    window.choose("link", "Night pod").await;
    window.choose("button", "Take Luis Pereira out").await;
    window.find_id("dialog").await;
    window.choose("button", "Take Luis Pereira out").await;
    window.wait_for_text("Nobody is in this group yet.").await;
    window.press(&[], Key::Escape).await;
}

/// The second by Luis, who alone can: he makes Ana an owner of what only he owns.
async fn make_ana_owner(server: &Server) {
    let luis = Person::new();
    luis.sign_in(server.url(), LUIS).await.expect("signs in");
    let workspace = luis.workspace(ACME).await.id;
    let member = luis.member(workspace, "Ana").await.id;
    let (roles, reason) = (one(Role::Owner), None);
    luis.apply(Intent::SetRoles { workspace, member, roles, reason }).await;
    luis.app.end().await;
}
