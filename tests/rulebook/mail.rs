//! Mail that goes over TLS, to a relay with a certificate of its own making, and to none that
//! nobody vouches for. The server is a process of its own, because whom it trusts is said in
//! its environment.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;

use muster_domain::{Plan, Role, SchemeId};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::people::address;
use crate::people::server::Server;
use crate::smtp::{Safety, Secure, Sink, Wire};
use crate::{founder, workspace};

/// An authority of our own and a relay's certificate by it.
struct Authority {
    pem: String,
    secure: Secure,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("an authority").pem();
        let issuer = Issuer::from_params(&params, &key);
        let own = KeyPair::generate().expect("a key");
        let relay = CertificateParams::new(vec!["localhost".to_owned()]).expect("a name");
        let certificate = relay.signed_by(&own, &issuer).expect("a certificate");
        let private = PrivateKeyDer::Pkcs8(own.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions of today")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .expect("a key that fits");
        let config = Arc::new(config);
        let secure = move |stream: TcpStream| {
            let connection =
                ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
            let mut wire = StreamOwned::new(connection, stream);
            // Whoever does not trust us is gone before a word is said.
            wire.conn.complete_io(&mut wire.sock)?;
            Ok(Box::new(wire) as Box<dyn Wire>)
        };
        Self { pem, secure: Arc::new(secure) }
    }
}

/// A server that sends by this relay and trusts this authority alone.
fn server(smtp: String, trusted: &Authority, folder: &tempfile::TempDir) -> Server {
    let file = folder.path().join("authority.pem");
    std::fs::write(&file, &trusted.pem).expect("written");
    Server::start_with(vec![
        ("MUSTER_SMTP", smtp),
        ("MUSTER_MAIL_FROM", "muster@server.example".to_owned()),
        ("MUSTER_PUBLIC_URL", "https://muster.example".to_owned()),
        ("SSL_CERT_FILE", file.to_str().expect("text").to_owned()),
    ])
}

fn at_once(sink: &Sink) -> String {
    format!("smtps://muster:secret@localhost:{}", sink.addr.port())
}

fn on_request(sink: &Sink) -> String {
    format!("smtp://muster:secret@localhost:{}?tls=required", sink.addr.port())
}

/// Ana invites Bo.
async fn invite(server: &Server) {
    let ana = founder(server, "Ana", SchemeId::OwnerLed).await;
    let place = workspace(&ana, "Team", Plan::Pro).await;
    ana.invite(place, "Bo", Role::Write).await;
}

async fn goes(safety: fn(Secure) -> Safety, smtp: fn(&Sink) -> String) {
    let (authority, folder) = (Authority::new(), tempfile::tempdir().expect("a folder"));
    let sink = Sink::start_with(safety(Arc::clone(&authority.secure)));
    let server = server(smtp(&sink), &authority, &folder);
    invite(&server).await;
    let letters = sink.letters(1);
    assert_eq!(letters[0].to, [address("Bo")]);
    assert_eq!(letters[0].login.as_deref(), Some("muster secret"), "only ever said over TLS");
    assert!(letters[0].body().contains("https://muster.example/join/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_an_invitation_goes_over_tls_from_the_first_byte() {
    goes(Safety::AtOnce, at_once).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_an_invitation_goes_over_tls_that_is_asked_for() {
    goes(Safety::StartTls, on_request).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r12_a_relay_that_nobody_vouches_for_is_told_nothing() {
    let (authority, other) = (Authority::new(), Authority::new());
    let folder = tempfile::tempdir().expect("a folder");
    for (safety, smtp) in [
        (Safety::AtOnce(Arc::clone(&authority.secure)), at_once as fn(&Sink) -> String),
        (Safety::StartTls(Arc::clone(&authority.secure)), on_request),
        // One that offers no safety at all.
        (Safety::Never, on_request),
    ] {
        let sink = Sink::start_with(safety);
        let server = server(smtp(&sink), &other, &folder);
        invite(&server).await;
        sink.vain(1);
        assert_eq!(sink.letters(0), [], "nothing goes in the clear or to a stranger");
    }
}
