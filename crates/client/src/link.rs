//! Invitation links.
//!
//! A link is a page of the server, `https://server/join/<code>`, so that it can be opened by
//! somebody without the app. That page hands over `muster://join?server=…&code=…`. Both are
//! understood when pasted, and the code alone.

use url::Url;

/// What somebody pasted as an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pasted {
    /// The server that a link names.
    pub server: Option<String>,
    /// The code.
    pub code: String,
}

/// The link of a code on a server.
pub(crate) fn link(server: &str, code: &str) -> String {
    format!("{}/join/{code}", server.trim_end_matches('/'))
}

/// Reads a link or a bare code; `None` where there is neither.
pub(crate) fn read(text: &str) -> Option<Pasted> {
    let text = text.trim();
    let pasted = match Url::parse(text) {
        Ok(url) if url.scheme() == "muster" => {
            let find = |key: &str| {
                url.query_pairs().find(|(name, _)| name == key).map(|(_, it)| it.into_owned())
            };
            Pasted { server: find("server"), code: find("code")? }
        }
        Ok(url) if matches!(url.scheme(), "http" | "https") => page(&url)?,
        Ok(_) => return None,
        Err(_) => Pasted { server: None, code: text.to_owned() },
    };
    let is_code = (32..=128).contains(&pasted.code.len())
        && pasted.code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    is_code.then_some(pasted)
}

/// The server's page of an invitation.
fn page(url: &Url) -> Option<Pasted> {
    let (before, code) = url.path().trim_end_matches('/').rsplit_once("/join/")?;
    let server = format!("{}{before}", url.origin().ascii_serialization());
    Some(Pasted { server: Some(server), code: code.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{link, read};

    const CODE: &str = "A-_zA-_zA-_zA-_zA-_zA-_zA-_zA-_z";

    fn check(text: &str, server: Option<&str>) {
        let found = read(text).unwrap_or_else(|| panic!("{text} is an invitation"));
        assert_eq!(found.server.as_deref(), server, "{text}");
        assert_eq!(found.code, CODE, "{text}");
    }

    #[test]
    fn e25_link_page_handover_and_code_say_the_same() {
        check(&link("http://127.0.0.1:8080", CODE), Some("http://127.0.0.1:8080"));
        check(&link("https://muster.example/team/", CODE), Some("https://muster.example/team"));
        check(&format!("https://muster.example/join/{CODE}/"), Some("https://muster.example"));
        let handed = format!("muster://join?server=http%3A%2F%2F127.0.0.1%3A8080&code={CODE}");
        check(&handed, Some("http://127.0.0.1:8080"));
        check(&format!("  {CODE}\n"), None);
    }

    #[test]
    fn other_texts_are_no_invitation() {
        let other = format!("ftp://example.org/join/{CODE}");
        for text in ["", "hello", "https://example.org/join", "muster://join", "a b c", &other] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
