//! Links that open the app: `muster://join?…`, registered with the desktop by the package.
//!
//! Under Linux and Windows a link comes as an argument of a start; a second start hands its
//! arguments to the first. macOS tells the running app.

/// The scheme of our links.
const SCHEME: &str = "muster://";

/// The link among the arguments of a start.
pub(crate) fn among<S: AsRef<str>>(arguments: impl IntoIterator<Item = S>) -> Option<String> {
    let is_link = |it: &S| it.as_ref().get(..SCHEME.len()).is_some_and(is_ours);
    arguments.into_iter().find(is_link).map(|it| it.as_ref().to_owned())
}

/// Desktops may hand the scheme over in capitals.
fn is_ours(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case(SCHEME)
}

#[cfg(test)]
mod tests {
    use super::among;

    #[test]
    fn e25_the_link_is_found_among_the_arguments() {
        let link = "muster://join?server=https%3A%2F%2Fmuster.example&code=abc";
        assert_eq!(among(["muster", link]).as_deref(), Some(link));
        assert_eq!(among(["muster", "MUSTER://join"]).as_deref(), Some("MUSTER://join"));
        assert_eq!(among(["muster", "https://muster.example/join/abc"]), None);
        assert_eq!(among(["muster", "mü", ""]), None);
    }
}
