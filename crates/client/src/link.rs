//! Invitation links: `muster://join?server=…&code=…`, or the code alone.

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
    let mut url = Url::parse("muster://join").expect("a constant link is a link");
    url.query_pairs_mut().append_pair("server", server).append_pair("code", code);
    url.into()
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
        Ok(_) => return None,
        Err(_) => Pasted { server: None, code: text.to_owned() },
    };
    let is_code = (32..=128).contains(&pasted.code.len())
        && pasted.code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    is_code.then_some(pasted)
}

#[cfg(test)]
mod tests {
    use super::{link, read};

    #[test]
    fn a_link_and_its_code_say_the_same() {
        let code = "A-_z".repeat(16);
        let whole = read(&link("http://127.0.0.1:8080", &code)).expect("a link");
        assert_eq!(whole.server.as_deref(), Some("http://127.0.0.1:8080"));
        assert_eq!(whole.code, code);
        assert_eq!(read(&format!("  {code}\n")).expect("a code").code, code);
    }

    #[test]
    fn other_texts_are_no_invitation() {
        for text in ["", "hello", "https://example.org/join", "muster://join", "a b c"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
