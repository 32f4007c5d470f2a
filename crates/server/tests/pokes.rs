//! Pokes: they arrive where something changed, say nothing, and end with the session.

mod support;

use std::time::Duration;

use futures_util::StreamExt;
use muster_domain::{
    CampaignId, Command, Permission, QuietDays, ReviewId, Role, SchemeId, Undecided, WorkspaceId,
};
use reqwest::Response;
use support::{Person, World, some_id};

/// Long enough for any machine; a test that waits this long has failed.
const LONG: Duration = Duration::from_secs(20);

struct Pokes {
    response: Response,
    read: String,
}

impl Pokes {
    async fn of(person: &Person, world: &World) -> Self {
        let request = world.http.get(world.url("/v1/poke")).bearer_auth(&person.token);
        let response = request.send().await.expect("a stream");
        assert!(response.status().is_success());
        let mut pokes = Self { response, read: String::new() };
        pokes.wait_for(": still here").await;
        pokes
    }

    /// Reads on until this text; whether it came before the end.
    async fn reads(&mut self, text: &str) -> bool {
        loop {
            if let Some(at) = self.read.find(text) {
                self.read.drain(..at + text.len());
                return true;
            }
            match tokio::time::timeout(LONG, self.response.chunk()).await.expect("in time") {
                Ok(Some(bytes)) => self.read.push_str(&String::from_utf8_lossy(&bytes)),
                Ok(None) | Err(_) => return false,
            }
        }
    }

    async fn wait_for(&mut self, text: &str) {
        assert!(self.reads(text).await, "the stream ended before {text:?}");
    }
}

fn rename(workspace: WorkspaceId, was: &str, title: &str) -> Command {
    Command::RenameWorkspace { workspace, was: was.to_owned(), title: title.to_owned() }
}

#[tokio::test]
async fn i7_a_change_pokes_those_who_see_it_and_nobody_else() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "ines@harbour.example", Role::ChatUser).await;
    let ines = world.invited("Inés", "ines@harbour.example", &code).await;
    let mut eve = world.person("Eve", "eve@else.example", SchemeId::OwnerLed).await;
    let eves = eve.home(&world).await;
    let (mut of_nora, mut of_ines, mut of_eve) = (
        Pokes::of(&nora, &world).await,
        Pokes::of(&ines, &world).await,
        Pokes::of(&eve, &world).await,
    );
    // Only those who manage see invitations; a rename is seen by everybody there.
    nora.invite(&world, home, "other@harbour.example", Role::ChatUser).await;
    of_nora.wait_for("event: pull").await;
    nora.apply(&world, &rename(home, "Nora", "Larch")).await;
    of_ines.wait_for("event: pull").await;
    // Signals come in order, so with Eve's own poke everything before it has been weighed.
    eve.apply(&world, &rename(eves, "Eve’s workspace", "Eve")).await;
    of_eve.wait_for("event: pull").await;
    assert!(!of_eve.read.contains("pull"), "one poke, for her own change: {}", of_eve.read);
    for pokes in [&of_nora, &of_ines, &of_eve] {
        for word in ["Larch", "larch", "Nora", "harbour", "Eve"] {
            assert!(!pokes.read.contains(word), "a poke says nothing");
        }
    }
}

#[tokio::test]
async fn e30_losing_access_pokes_the_person_who_lost_it() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let (_, code) = nora.invite(&world, home, "ines@harbour.example", Role::ChatUser).await;
    let ines = world.invited("Inés", "ines@harbour.example", &code).await;
    let mut pokes = Pokes::of(&ines, &world).await;
    let membership = nora.member(&world, home, &ines.login).await.id;
    nora.apply(&world, &Command::RemoveMember { workspace: home, membership, reason: None }).await;
    pokes.wait_for("event: pull").await;
    assert_eq!(ines.everything(&world).await.grants, Some(vec![]));
}

#[tokio::test]
async fn v49_a_review_pokes_who_reviews_or_follows_the_history_and_nobody_else() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let workspace = nora.new_workspace(&world, "Harbour").await;
    let plan = Command::SetPlan { workspace, plan: muster_domain::Plan::Pro };
    nora.apply(&world, &plan).await;
    let mut people = Vec::new();
    for (name, role) in [
        ("admin", Role::WorkspaceAdmin),
        ("auditor", Role::ChatUser),
        ("builder", Role::AgentManager),
    ] {
        let address = format!("{name}@harbour.example");
        let (_, code) = nora.invite(&world, workspace, &address, role).await;
        people.push(world.invited(name, &address, &code).await);
    }
    nora.lets(&world, workspace, &people[1], &[Permission::AuditView]).await;
    let (mut of_admin, mut of_auditor, mut of_builder) = (
        Pokes::of(&people[0], &world).await,
        Pokes::of(&people[1], &world).await,
        Pokes::of(&people[2], &world).await,
    );
    let start = Command::StartReview {
        workspace,
        review: some_id(ReviewId::from_bytes),
        campaign: some_id(CampaignId::from_bytes),
        title: "Autumn".to_owned(),
        due: support::BEGIN.plus_days(30),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: vec![nora.login.id],
    };
    nora.apply(&world, &start).await;
    of_admin.wait_for("event: pull").await;
    of_auditor.wait_for("event: pull").await;
    // The end of the session comes after everything else; the stream is read up to it.
    people[2].everything(&world).await;
    people[2].post(&world, "/v1/sign-out", &()).await;
    assert!(!of_builder.reads("event: never").await, "the stream is over");
    assert!(!of_builder.read.contains("pull"), "the builder sees no reviews: {}", of_builder.read);
}

#[tokio::test]
async fn a4_signing_out_ends_the_stream() {
    let world = World::start().await;
    let nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let mut pokes = Pokes::of(&nora, &world).await;
    nora.post(&world, "/v1/sign-out", &()).await;
    pokes.wait_for("event: who").await;
    assert!(!pokes.reads("event: never").await, "the stream is over");
}

#[tokio::test]
async fn shutdown_ends_streams_and_finishes() {
    let mut world = World::start().await;
    let nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let mut pokes = Pokes::of(&nora, &world).await;
    let server = world.server.take().expect("it runs");
    let ended = tokio::time::timeout(LONG, server.shutdown()).await;
    ended.expect("in time").expect("a clean end");
    assert!(!pokes.reads("event: never").await, "the stream is over");
}

#[tokio::test]
async fn pokes_of_many_changes_come_together() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let home = nora.home(&world).await;
    let pokes = Pokes::of(&nora, &world).await;
    let started = std::time::Instant::now();
    for index in 0..30 {
        nora.invite(&world, home, &format!("p{index}@harbour.example"), Role::ChatUser).await;
    }
    nora.post(&world, "/v1/sign-out", &()).await;
    let windows = started.elapsed().as_millis() / 250 + 2;
    let text: Vec<_> = pokes.response.bytes_stream().filter_map(async |it| it.ok()).collect().await;
    let text = String::from_utf8(text.concat()).expect("text");
    let count = text.matches("event: pull").count();
    assert!(u128::try_from(count).expect("few") <= windows, "{count} pokes in {windows} windows");
}

#[tokio::test]
async fn pokes_reach_whom_an_account_wide_change_concerns_and_nobody_else() {
    let world = World::start().await;
    let mut nora = world.person("Nora", "nora@larch.example", SchemeId::Managed).await;
    let mut mara = world.person("Mara", "mara@elm.example", SchemeId::Managed).await;
    let mut eve = world.person("Eve", "eve@else.example", SchemeId::OwnerLed).await;
    let eves = eve.home(&world).await;
    let mut alex = world.person("Alex", "alex@kim.example", SchemeId::OwnerLed).await;
    alex.login.verified = vec![alex.login.address.clone()];
    let tx = world.running().app().store.write().expect("a transaction");
    tx.put_login(&alex.login).expect("written");
    tx.commit().expect("a commit");
    let workspace = nora.new_workspace(&world, "Harbour").await;
    let (_, code) = nora.invite(&world, workspace, "chat@harbour.example", Role::ChatUser).await;
    let chat = world.invited("Chat", "chat@harbour.example", &code).await;
    let to = mara.account(&world).await;

    let mut of_eve = Pokes::of(&eve, &world).await;
    let mut of_mara = Pokes::of(&mara, &world).await;
    let mut of_alex = Pokes::of(&alex, &world).await;
    let mut of_chat = Pokes::of(&chat, &world).await;
    nora.apply(&world, &Command::OfferWorkspace { workspace, to }).await;
    of_mara.wait_for("event: pull").await;
    of_chat.wait_for("event: pull").await;
    nora.invite(&world, workspace, "alex@kim.example", Role::ChatUser).await;
    of_alex.wait_for("event: pull").await;
    nora.apply(&world, &Command::DeleteWorkspace { workspace, reason: None }).await;
    of_chat.wait_for("event: pull").await;
    // Out of the bin: those who were in it have to hear, though they see nothing of it now.
    nora.apply(&world, &Command::RestoreWorkspace { workspace }).await;
    of_chat.wait_for("event: pull").await;
    nora.apply(&world, &Command::OfferWorkspace { workspace, to }).await;
    mara.apply(&world, &Command::AcceptOffer { workspace }).await;
    of_chat.wait_for("event: pull").await;
    eve.apply(&world, &rename(eves, "Eve’s workspace", "Eve")).await;
    of_eve.wait_for("event: pull").await;
    assert!(!of_eve.read.contains("pull"), "one poke, for her own change: {}", of_eve.read);
}
