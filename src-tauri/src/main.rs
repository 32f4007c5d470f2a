//! The app's program; everything is in the library, where tests reach it.

// A console window beside the app's own is of no use on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    muster_app::run()
}
