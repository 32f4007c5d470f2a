//! Compiles the configuration into the app, with a permission for each of our commands: a
//! command without one could be called from any window.

#[path = "src/list.rs"]
mod list;

macro_rules! names {
    ($($name:ident),*) => { &[$(stringify!($name)),*] };
}

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/src/list.rs");
    let manifest = tauri_build::AppManifest::new().commands(list::commands!(names));
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/**/*")
        .app_manifest(manifest);
    tauri_build::try_build(attributes).expect("tauri.conf.json and capabilities are valid");
}
