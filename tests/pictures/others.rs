//! The same window for people with less: a freelancer with an account led by owners, somebody
//! who may only read, and somebody who sees nobody else.

use crate::album::Album;
use crate::rig::desktop::Desktop;
use crate::sample::{agency, beside, places, sit_down};

#[tokio::test(flavor = "multi_thread")]
async fn every_page_fits_for_those_who_may_less() {
    let server = agency();
    for (address, set) in [
        ("alex@kim.example", "freelancer"),
        ("freya@drummond.example", "write"),
        ("amara@larch.example", "builder"),
        ("juergen@harbour-coffee.example", "billing"),
        ("chloe@harbour-coffee.example", "chat"),
    ] {
        let person = beside(&server, address).await;
        let place = places(&person).await.into_iter().next().expect("they have a workspace");
        let view = person.app.workspace(place.id).await.expect("is there");
        let desktop = Desktop::start();
        let mut album = Album::of(sit_down(&desktop, &server, address).await, set);
        if view.sees_members {
            album.go(&format!("/w/{}/members", place.id), "s").await;
            album.look("members").await;
            // What they may not do stays, with its reason and its way out.
            album
                .look_over("row-menu", async |window| {
                    let script = "document.querySelector('[data-index=\"1\"]').focus()";
                    window.script(script, &[]).await.expect("the page answers");
                    window.press(&[], '.').await;
                    window.find_like("menuitem", "").await;
                })
                .await;
            album.go(&format!("/w/{}/roles", place.id), "Roles").await;
            album.look("roles").await;
        }
        for tab in ["general", "plan", "transfer", "end"] {
            // Whoever may nothing there finds no settings, only that there are none.
            album.go(&format!("/w/{}/settings?tab={tab}", place.id), "").await;
            album.look(&format!("settings-{tab}")).await;
        }
        album.go(&format!("/w/{}/history", place.id), "").await;
        album.look("history").await;
        album.go("/workspaces", "Workspaces").await;
        album.look("workspaces").await;
        album.go("/account/sign-in", "Delete your sign-in").await;
        album.look("sign-in-delete").await;
        album.close().await;
    }
}
