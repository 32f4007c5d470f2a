//! `docs/api.md` says what the route table says.

#[test]
fn the_page_of_routes_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api.md");
    let page = muster_server::http::docs::api();
    if std::env::var_os("MUSTER_WRITE").is_some() {
        std::fs::write(&path, &page).expect("the page is written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/api.md is stale: MUSTER_WRITE=1 cargo test -p muster-server");
}
