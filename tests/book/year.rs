//! A year of one client's people, compared on the device after the server has gone: from a year
//! ago, from a quarter ago, and in all workspaces.

use muster_domain::{Login, MembershipId, Role, SchemeId, WorkspaceId};

use crate::people::server::Server;
use crate::rig::desktop::Desktop;
use crate::rig::window::Window;
use crate::seed::{self, Seed};
use crate::{page, picture, sit_down, switch};

const PLACE: &str = "Northwind Retail";
const OTHER: &str = "Acme Health";

/// One workspace of the year.
struct Place<'a> {
    seed: &'a Seed<'a>,
    ana: &'a Login,
    id: WorkspaceId,
}

impl Place<'_> {
    fn join(&self, name: &str, role: Role) -> MembershipId {
        self.seed.joins(self.ana, self.id, &self.seed.login(name), role)
    }
}

/// 60 people a year ago. Since then 18 joined and 9 left, 11 have another role, one left and came
/// back, and one had another role in between only. In the last quarter 6 of them joined, 3 left
/// and 2 changed.
fn year(seed: &Seed<'_>) {
    seed.days_ago(400);
    let ana = seed.login("Ana");
    let account = seed.account(&ana, SchemeId::Managed, "Larch");
    let place = |title| Place {
        seed,
        ana: &ana,
        id: seed.workspace(&ana, account, SchemeId::Managed, title),
    };
    let (here, other) = (place(PLACE), place(OTHER));
    place("Quiet Harbour").join("Noa Still", Role::ChatUser);
    other.join("Otto Acme", Role::ChatUser);
    let back = seed.login("Berta Back");
    let first = seed.joins(&ana, here.id, &back, Role::ChatUser);
    let people: Vec<MembershipId> =
        (1..60).map(|n| here.join(&format!("Person {n:02}"), Role::ChatUser)).collect();
    let raise = [Role::ChatUser, Role::ContentManager];
    let lower = [Role::ContentManager, Role::ChatUser];
    let mut joined = 0;
    let mut join = |n: usize| {
        for _ in 0..n {
            joined += 1;
            here.join(&format!("Joined {joined:02}"), Role::ContentManager);
        }
    };
    seed.days_ago(300);
    join(7);
    people[..5].iter().for_each(|one| seed.roles(&ana, here.id, *one, raise));
    seed.removes(&ana, here.id, first);
    seed.roles(&ana, here.id, people[20], raise);
    seed.days_ago(200);
    join(5);
    seed.roles(&ana, here.id, people[20], lower);
    people[5..9].iter().for_each(|one| seed.roles(&ana, here.id, *one, raise));
    people[30..36].iter().for_each(|one| seed.removes(&ana, here.id, *one));
    seed.joins(&ana, here.id, &back, Role::ChatUser);
    seed.days_ago(40);
    join(6);
    people[9..11].iter().for_each(|one| seed.roles(&ana, here.id, *one, raise));
    people[36..39].iter().for_each(|one| seed.removes(&ana, here.id, *one));
    other.join("Nina Acme", Role::ChatUser);
}

#[tokio::test(flavor = "multi_thread")]
async fn v49_a_year_is_compared_offline_here_and_everywhere() {
    let mut server = Server::over(|data| seed::fill(data, year));
    let desktop = Desktop::start();
    let window = sit_down(&desktop, &server, "Ana").await;
    switch(&window, PLACE).await;
    page(&window, "History", "History").await;
    window.wait_for_text("Joined 18").await;
    server.kill();
    window.wait_for_text("Offline since").await;

    window.choose("button", "Compare two dates…").await;
    window.find("heading", "Compare two dates").await;
    window.choose("button", "One year").await;
    // Whoever left and came back is one line among those who changed.
    says(&window, "18 joined · 9 left · 12 changed role · 39 unchanged").await;
    window.wait_for_text("(Ana) and came back").await;
    window.wait_for_text("edit knowledge").await;
    picture(&window, "compare-year").await;

    window.choose("button", "Last quarter").await;
    says(&window, "6 joined · 3 left · 2 changed role · 61 unchanged").await;

    window.choose_from("in", "All").await;
    says(&window, "7 joined · 3 left · 2 changed role").await;
    window.wait_for_text("Nina Acme").await;
    window.wait_for_text("other workspace").await;
    picture(&window, "compare-all").await;
    window.close().await;
}

async fn says(window: &Window, counts: &str) {
    window.wait_for_text(counts).await;
    assert!(!window.text().await.contains("may be incomplete"), "the whole year is here");
}
