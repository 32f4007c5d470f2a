//! Where people reach the server, and the links that lead there.
//!
//! Two forms say the same: `https://server/join/CODE` opens a page in a browser, which offers
//! `muster://join?server=…&code=…`, which opens the app.

use url::Url;

/// How the server's own links begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Without a slash at its end.
    public: Option<String>,
}

/// A public address that cannot be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`MUSTER_PUBLIC_URL` is no https address, nor http of this machine")]
pub struct PublicUrlError;

impl Links {
    /// Links of a server that people reach by this address.
    ///
    /// # Errors
    /// [`PublicUrlError`] for what no app would connect to.
    pub fn of(public: &str) -> Result<Self, PublicUrlError> {
        let url = Url::parse(public.trim()).map_err(|_| PublicUrlError)?;
        let fine = match url.scheme() {
            "https" => url.host().is_some(),
            "http" => url.host_str().is_some_and(is_loopback),
            _ => false,
        };
        let bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !fine || !bare {
            return Err(PublicUrlError);
        }
        Ok(Self { public: Some(url.as_str().trim_end_matches('/').to_owned()) })
    }

    /// Whether the server knows how it is reached.
    pub const fn is_known(&self) -> bool {
        self.public.is_some()
    }

    /// The page of an invitation's code.
    pub fn join(&self, code: &str) -> String {
        format!("{}/join/{code}", self.public.as_deref().unwrap_or_default())
    }

    /// The link that opens the app; `host` is how this request reached the server.
    pub fn app(&self, host: &str, code: &str) -> String {
        let server = match &self.public {
            Some(public) => public.clone(),
            None if is_loopback(host.rsplit_once(':').map_or(host, |(name, _)| name)) => {
                format!("http://{host}")
            }
            None => format!("https://{host}"),
        };
        let mut url = Url::parse("muster://join").expect("a constant link is a link");
        url.query_pairs_mut().append_pair("server", &server).append_pair("code", code);
        url.into()
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_where_people_reach_the_server() {
        let links = Links::of("https://muster.larch.example/").expect("an address");
        assert_eq!(links.join("c0de"), "https://muster.larch.example/join/c0de");
        let app = "muster://join?server=https%3A%2F%2Fmuster.larch.example&code=c0de";
        assert_eq!(links.app("elsewhere.example", "c0de"), app);
        let unknown = Links::default();
        let app = "muster://join?server=http%3A%2F%2F127.0.0.1%3A7420&code=c0de";
        assert_eq!(unknown.app("127.0.0.1:7420", "c0de"), app);
        let app = "muster://join?server=https%3A%2F%2Fmuster.larch.example&code=c0de";
        assert_eq!(unknown.app("muster.larch.example", "c0de"), app);
    }

    #[test]
    fn only_addresses_that_an_app_connects_to_are_public() {
        assert!(Links::of("http://127.0.0.1:7420").is_ok());
        for text in ["http://muster.example", "ftp://x.example", "x", "https://u@x.example/?q"] {
            assert_eq!(Links::of(text), Err(PublicUrlError), "{text}");
        }
    }
}
