//! Folders that a disk refuses: read only, or full. Rights do not bind the root user, so both
//! are mounted.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Something mounted over a folder, until this is dropped.
pub struct Mounted(PathBuf);

impl Mounted {
    /// The folder as it is, for reading alone. None for those who may not mount.
    pub fn read_only(dir: &Path) -> Option<Self> {
        mount(["--bind".as_ref(), dir.as_ref(), dir.as_ref()])?;
        let mounted = Self(dir.to_owned());
        let options = ["-o".as_ref(), "remount,ro,bind".as_ref(), dir.as_ref()];
        mount(options).expect("what may be mounted may be read only");
        Some(mounted)
    }

    /// An empty disk of so many megabytes. None for those who may not mount.
    pub fn small(dir: &Path, megabytes: usize) -> Option<Self> {
        let size = format!("size={megabytes}m");
        let options: [&OsStr; 6] = [
            "-t".as_ref(),
            "tmpfs".as_ref(),
            "-o".as_ref(),
            size.as_ref(),
            "muster".as_ref(),
            dir.as_ref(),
        ];
        mount(options)?;
        Some(Self(dir.to_owned()))
    }

    /// Takes all the room there is.
    pub fn fill(&self) {
        let mut file = std::fs::File::create(self.0.join("filler")).expect("creates");
        for size in [1 << 20, 1 << 12] {
            while file.write_all(&vec![7; size]).is_ok() {}
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Lazily: the app may have files open in it.
        let unmounted = Command::new("umount").arg("--lazy").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|it| it.success()), "what was mounted can be unmounted");
    }
}

fn mount<const N: usize>(arguments: [&OsStr; N]) -> Option<()> {
    Command::new("mount").args(arguments).status().is_ok_and(|it| it.success()).then_some(())
}
