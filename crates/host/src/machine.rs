//! What the machine is called.

/// The host's name and its operating system, such as "anas-laptop, Linux": how its owner knows a
/// device again in the list of theirs.
pub fn machine() -> String {
    let system = match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    };
    format!("{}, {system}", gethostname::gethostname().to_string_lossy())
}
