//! Review files that open the app: `…/review.muster-review`, registered with the desktop by the
//! package. They come the way of links: as an argument of a start, as a path or a `file:` address.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use tauri::Url;

/// How the file's name ends.
const ENDING: &str = "muster-review";

/// No review file is larger; anything else is not read to its end.
const MOST_BYTES: u64 = 64 << 20;

/// The review file among the arguments of a start.
pub(crate) fn among<S: AsRef<str>>(arguments: impl IntoIterator<Item = S>) -> Option<PathBuf> {
    arguments.into_iter().find_map(|it| path(it.as_ref()))
}

fn path(argument: &str) -> Option<PathBuf> {
    let path = match Url::parse(argument) {
        Ok(url) if url.scheme() == "file" => url.to_file_path().ok()?,
        // A letter of a Windows drive looks like a scheme.
        Ok(url) if url.scheme().len() > 1 => return None,
        Ok(_) | Err(_) => PathBuf::from(argument),
    };
    let is_ours = path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ENDING));
    is_ours.then_some(path)
}

/// The file's name and bytes. One that cannot be read can still be chosen in the window.
pub(crate) fn read(path: &Path) -> Option<(String, Vec<u8>)> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    Some((name, bytes))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{among, read};

    #[test]
    fn v49_a_review_file_is_found_among_the_arguments() {
        let plain = "/people/mia/Downloads/review.muster-review";
        assert_eq!(among(["muster", plain]).as_deref(), Some(Path::new(plain)));
        let address = "file:///people/mia/My%20files/Q4.MUSTER-REVIEW";
        let found = among(["muster", address]);
        assert_eq!(found.as_deref(), Some(Path::new("/people/mia/My files/Q4.MUSTER-REVIEW")));
        for other in
            ["muster://join?code=a.muster-review", "review.muster-answer", "", "muster-review"]
        {
            assert_eq!(among(["muster", other]), None, "{other}");
        }
        assert_eq!(read(Path::new("/nowhere/review.muster-review")), None);
    }
}
