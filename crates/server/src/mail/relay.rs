//! The relay that takes the server's mail: where it is, and speaking SMTP with it.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::{SmtpTransport, Transport};
use url::{Host, Url};

use super::letter::Text;

/// How long one conversation with the relay may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why mail cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The relay's address cannot be read. What it was is not repeated: a password is in it.
    #[error("`MUSTER_SMTP` is no smtp:// or smtps:// address")]
    Address,
    /// Mail and password would go in the clear over a network.
    #[error("mail to another machine needs smtps://, or smtp:// with ?tls=required")]
    Clear,
    /// Nobody to send as.
    #[error("`MUSTER_MAIL_FROM` is no address")]
    Sender,
    /// Letters have links, so they need to know where to.
    #[error("mail needs `MUSTER_PUBLIC_URL`, the https address that people reach the server by")]
    NoUrl,
}

/// Why a letter did not go.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It never will: the address or the letter is refused for good.
    #[error("relay refused the letter for good")]
    Never(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It may the next time.
    #[error("relay did not take the letter")]
    Later(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A relay and whom it sends as.
#[derive(Clone)]
pub struct Relay {
    transport: SmtpTransport,
    from: Mailbox,
    host: String,
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The transport knows a password.
        f.debug_struct("Relay").field("host", &self.host).finish_non_exhaustive()
    }
}

impl Relay {
    /// Reads where the relay is: `smtps://user:password@host:465`, or with STARTTLS
    /// `smtp://user:password@host:587?tls=required`. Plain `smtp://` is for this machine only.
    ///
    /// # Errors
    /// See [`RelayError`].
    pub fn new(address: &str, from: &str) -> Result<Self, RelayError> {
        let url = Url::parse(address).map_err(|_| RelayError::Address)?;
        let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value);
        let required = match (url.scheme(), tls.as_deref()) {
            ("smtps", _) | ("smtp", Some("required")) => true,
            ("smtp", None) => false,
            _ => return Err(RelayError::Address),
        };
        if !required && !is_this_machine(&url) {
            return Err(RelayError::Clear);
        }
        let builder = SmtpTransport::from_url(address).map_err(|_| RelayError::Address)?;
        Ok(Self {
            transport: builder.timeout(Some(PATIENCE)).build(),
            from: from.parse().map_err(|_| RelayError::Sender)?,
            host: url.host_str().unwrap_or_default().to_owned(),
        })
    }

    /// Sends one letter and waits until the relay has taken it.
    ///
    /// # Errors
    /// See [`SendError`].
    pub fn send(&self, receiver: &str, text: &Text) -> Result<(), SendError> {
        let never = |error: Box<dyn std::error::Error + Send + Sync>| SendError::Never(error);
        let message = Message::builder()
            .from(self.from.clone())
            .to(receiver.parse().map_err(|error| never(Box::new(error)))?)
            .subject(text.subject.as_str())
            .header(ContentType::TEXT_PLAIN)
            .body(text.body.clone())
            .map_err(|error| never(Box::new(error)))?;
        match self.transport.send(&message) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(never(Box::new(error))),
            Err(error) => Err(SendError::Later(Box::new(error))),
        }
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str) -> String {
        Relay::new(address, "Muster <muster@larch.example>")
            .err()
            .map_or_else(|| "taken".to_owned(), |error| error.to_string())
    }

    #[test]
    fn mail_never_goes_in_the_clear_over_a_network() {
        for address in ["smtp://127.0.0.1:2525", "smtp://[::1]:25", "smtp://localhost:25"] {
            assert_eq!(refused(address), "taken", "{address}");
        }
        assert_eq!(refused("smtps://u:p@mail.larch.example"), "taken");
        assert_eq!(refused("smtp://u:p@mail.larch.example:587?tls=required"), "taken");
        for address in ["smtp://mail.larch.example", "smtp://10.0.0.1:25"] {
            assert!(refused(address).starts_with("mail to another machine"), "{address}");
        }
        let optional = "smtp://u:secret@mail.larch.example?tls=opportunistic";
        assert_eq!(refused(optional), "`MUSTER_SMTP` is no smtp:// or smtps:// address");
    }

    #[test]
    fn security_r7_no_password_in_what_is_printed() {
        let relay = Relay::new("smtps://u:secret@mail.larch.example", "m@larch.example");
        assert!(!format!("{relay:?}").contains("secret"));
        assert!(!refused("smtps://u:secret@").contains("secret"));
    }
}
