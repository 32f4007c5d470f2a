//! The folder that an export goes to.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use muster_domain::Timestamp;
use muster_evidence::text::moment;

/// How often another name is tried.
const TRIES: u32 = 100;

/// The person's folder for downloads, if there is one.
pub(crate) fn downloads() -> Option<PathBuf> {
    let home = ["HOME", "USERPROFILE"].iter().find_map(|name| absolute(name));
    let named = home.as_deref().and_then(named);
    let usual = home.map(|home| home.join("Downloads"));
    [named, usual].into_iter().flatten().find(|it| it.is_dir())
}

fn absolute(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|it| it.is_absolute())
}

/// Where desktops under Linux keep the name, which depends on the person's language.
fn named(home: &Path) -> Option<PathBuf> {
    let config = absolute("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config"));
    read_named(&fs::read_to_string(config.join("user-dirs.dirs")).ok()?, home)
}

fn read_named(text: &str, home: &Path) -> Option<PathBuf> {
    let value = text.lines().find_map(|line| line.trim().strip_prefix("XDG_DOWNLOAD_DIR="))?;
    let value = value.trim_matches('"');
    match value.strip_prefix("$HOME/") {
        Some(below) => Some(home.join(below)),
        None => Some(PathBuf::from(value)).filter(|it| it.is_absolute()),
    }
}

/// A new folder, named after the account and the moment.
pub(crate) fn fresh(below: &Path, account: &str, now: Timestamp) -> io::Result<PathBuf> {
    fs::create_dir_all(below)?;
    let at = moment(now).replace(':', ".").replace('T', " ").replace('Z', "");
    let name = format!("Muster {} {at}", safe(account));
    for number in 1..=TRIES {
        let tried = if number == 1 { name.clone() } else { format!("{name} ({number})") };
        match make(&below.join(&tried)) {
            Ok(folder) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn make(folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir(folder)?;
    private(folder)?;
    Ok(folder.to_owned())
}

/// Names and addresses of many people are nobody else's business on this machine.
#[cfg(unix)]
fn private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn private(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A name that every file system takes and that leads nowhere else.
pub(crate) fn safe(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == ' ' || c == '-' { c } else { '_' };
    let safe: String = name.chars().map(plain).take(60).collect();
    safe.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{read_named, safe};

    #[test]
    fn e14_names_of_folders_lead_nowhere_else() {
        assert_eq!(safe("../../etc/passwd"), "______etc_passwd");
        assert_eq!(safe("Larch: Agency*?"), "Larch_ Agency__");
        assert_eq!(safe("Größe 東京"), "Größe 東京");
    }

    #[test]
    fn e14_the_folder_for_downloads_has_a_name_in_every_language() {
        let home = Path::new("/Users/ana");
        let text = "# made by a program\nXDG_DOWNLOAD_DIR=\"$HOME/Téléchargements\"\n";
        assert_eq!(read_named(text, home), Some(home.join("Téléchargements")));
        let elsewhere = "XDG_DOWNLOAD_DIR=\"/data/in\"";
        assert_eq!(read_named(elsewhere, home).as_deref(), Some(Path::new("/data/in")));
        assert_eq!(read_named("XDG_DOWNLOAD_DIR=\"in\"", home), None);
    }
}
