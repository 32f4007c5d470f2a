//! The requests to a server, and every way in which they fail as one closed list.

use std::error::Error as _;
use std::sync::Once;
use std::time::Duration;

use futures_util::StreamExt;
use muster_domain::{DeviceId, InvitationId, Login};
use muster_protocol::http::{
    Accepted, AddressCode, AddressConfirm, ChangeAddress, DeleteLogin, Devices, DropAddress,
    EndDevice, FoundAccount, Founded, InboxRequest, InvitationCode, InvitationLink, InvitationView,
    LinkRequest, RenameLogin, ServerInfo, Session, SignIn, SignUp,
};
use muster_protocol::{ErrorBody, ErrorCode, FRAMES_TYPE, OLDEST_PROTOCOL, PROTOCOL};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::{Host, Url};

/// The most bytes of an answer; the server keeps far below.
const MAX_ANSWER_BYTES: usize = 64 << 20;
const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(30);

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfflineCause {
    /// Nothing was sent: no route, no name, no listener.
    Unreachable,
    /// The connection broke or took too long after it was made.
    Interrupted,
}

/// What can go wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The server does not answer.
    #[error("the server does not answer: {0:?}")]
    Offline(OfflineCause),
    /// Something answers that is not Muster: another program, or a captive portal.
    #[error("something else answers")]
    NotMuster,
    /// App and server have no protocol in common.
    #[error("app and server have no protocol in common")]
    Version,
    /// The server's certificate is not trusted.
    #[error("the server's certificate is not trusted")]
    Certificate,
    /// Plain http to another machine.
    #[error("plain http to another machine")]
    Insecure,
    /// The address of the server is none.
    #[error("not the address of a server")]
    BadServer,
    /// There is no session, or it ended.
    #[error("the session has ended")]
    SignedOut,
    /// The server says no, with a reason.
    #[error("the server refused the request: {:?}", .0.code)]
    Answer(ErrorBody),
    /// The server failed.
    #[error("the server failed")]
    Fault,
    /// The disk is full, so that the answer could not be kept.
    #[error("the disk is full")]
    DiskFull,
    /// The folder of the copy cannot be written to.
    #[error("the folder of the copy cannot be written to")]
    FolderReadOnly,
    /// The copy on this device failed.
    #[error("the copy failed: {0}")]
    Copy(String),
    /// The engine was stopped.
    #[error("stopped")]
    Stopped,
}

/// The secret of a session.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token as the server gave it.
    pub fn new(token: String) -> Self {
        Self(token)
    }

    /// The token as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The requests to one server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Api {
    base: Url,
    client: Client,
    streaming: Client,
}

impl Api {
    /// For the server at this address, as a person typed it. Without a scheme it is https,
    /// or http for this machine.
    ///
    /// # Errors
    /// [`ApiError::BadServer`], [`ApiError::Insecure`]; [`ApiError::Certificate`] when the
    /// system has no certificates to trust.
    pub fn new(server: &str) -> Result<Self, ApiError> {
        let base = address(server)?;
        Ok(Self { client: client(&base, Some(SILENCE))?, streaming: client(&base, None)?, base })
    }

    /// The server's address in its normal form, without a slash at the end.
    pub fn server(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    fn url(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.server())
    }

    /// `GET /v1/server`: who is there.
    ///
    /// # Errors
    /// [`ApiError::NotMuster`] for another product, [`ApiError::Version`] without a protocol
    /// in common, and whatever a request can fail with.
    pub async fn server_info(&self) -> Result<ServerInfo, ApiError> {
        let info: ServerInfo = json(self.client.get(self.url("server"))).await?;
        if info.product != "muster" {
            Err(ApiError::NotMuster)
        } else if info.oldest_proto > PROTOCOL || info.proto < OLDEST_PROTOCOL {
            Err(ApiError::Version)
        } else {
            Ok(info)
        }
    }

    /// `POST /v1/sign-up`.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong, and whatever a request can fail with.
    pub async fn sign_up(&self, form: &SignUp) -> Result<Session, ApiError> {
        json(self.post("sign-up", None, form)).await
    }

    /// `POST /v1/sign-in`.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong, and whatever a request can fail with.
    pub async fn sign_in(&self, form: &SignIn) -> Result<Session, ApiError> {
        json(self.post("sign-in", None, form)).await
    }

    /// `POST /v1/accounts`: founds an account of the caller's own.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong, and whatever a request can fail with.
    pub async fn found(&self, token: &Token, form: &FoundAccount) -> Result<Founded, ApiError> {
        json(self.post("accounts", Some(token), form)).await
    }

    /// `POST /v1/sign-out`: ends the session.
    ///
    /// # Errors
    /// Whatever a request can fail with; [`ApiError::SignedOut`] when it had ended already.
    pub async fn sign_out(&self, token: &Token) -> Result<(), ApiError> {
        empty(self.client.post(self.url("sign-out")).bearer_auth(token.as_str())).await
    }

    /// `GET /v1/devices`: where the caller is signed in.
    ///
    /// # Errors
    /// Whatever a request can fail with.
    pub async fn devices(&self, token: &Token) -> Result<Devices, ApiError> {
        json(self.client.get(self.url("devices")).bearer_auth(token.as_str())).await
    }

    /// `POST /v1/devices/end`: signs another of the caller's devices out.
    ///
    /// # Errors
    /// [`ApiError::Answer`] where the caller is not signed in there, and whatever a request can
    /// fail with.
    pub async fn end_device(&self, token: &Token, device: DeviceId) -> Result<(), ApiError> {
        empty(self.post("devices/end", Some(token), &EndDevice { device })).await
    }

    /// `POST /v1/invitations/look`: what an invitation is for.
    ///
    /// # Errors
    /// [`ApiError::Answer`] for a code that is none, and whatever a request can fail with.
    pub async fn look(&self, code: &str) -> Result<InvitationView, ApiError> {
        json(self.post("invitations/look", None, &invitation_code(code))).await
    }

    /// `POST /v1/invitations/accept`.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with the rule's reason, and whatever a request can fail with.
    pub async fn accept(&self, token: &Token, code: &str) -> Result<Accepted, ApiError> {
        json(self.post("invitations/accept", Some(token), &invitation_code(code))).await
    }

    /// `POST /v1/invitations/decline`: turns down the invitation with this code.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with the rule's reason, and whatever a request can fail with.
    pub async fn decline(&self, token: &Token, code: &str) -> Result<(), ApiError> {
        empty(self.post("invitations/decline", Some(token), &invitation_code(code))).await
    }

    /// `POST /v1/inbox/accept`: an invitation to an address that is proved to be the caller's.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with the rule's reason, and whatever a request can fail with.
    pub async fn inbox_accept(
        &self,
        token: &Token,
        invitation: InvitationId,
    ) -> Result<Accepted, ApiError> {
        json(self.post("inbox/accept", Some(token), &InboxRequest { invitation })).await
    }

    /// `POST /v1/inbox/decline`: turns such an invitation down.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with the rule's reason, and whatever a request can fail with.
    pub async fn inbox_decline(
        &self,
        token: &Token,
        invitation: InvitationId,
    ) -> Result<(), ApiError> {
        empty(self.post("inbox/decline", Some(token), &InboxRequest { invitation })).await
    }

    /// `POST /v1/addresses/code`: has a code mailed to an address, to prove it.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong ([`ErrorCode::NoMail`] where the server sends
    /// none), and whatever a request can fail with.
    pub async fn address_code(&self, token: &Token, address: &str) -> Result<(), ApiError> {
        let form = AddressCode { address: address.to_owned() };
        empty(self.post("addresses/code", Some(token), &form)).await
    }

    /// `POST /v1/addresses/confirm`: the code that came by mail. Answers the login with the
    /// address among the verified ones.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong ([`ErrorCode::WrongCode`]), and whatever a
    /// request can fail with.
    pub async fn address_confirm(
        &self,
        token: &Token,
        form: &AddressConfirm,
    ) -> Result<Login, ApiError> {
        json(self.post("addresses/confirm", Some(token), form)).await
    }

    /// `POST /v1/login/name`: another name for the caller's sign-in.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong with it, and whatever a request can fail with.
    pub async fn rename_login(&self, token: &Token, form: &RenameLogin) -> Result<Login, ApiError> {
        json(self.post("login/name", Some(token), form)).await
    }

    /// `POST /v1/login/address`: another address to sign in with (E-62).
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong with it or a wrong password, and whatever a
    /// request can fail with.
    pub async fn change_address(
        &self,
        token: &Token,
        form: &ChangeAddress,
    ) -> Result<Login, ApiError> {
        json(self.post("login/address", Some(token), form)).await
    }

    /// `POST /v1/addresses/drop`: an address that is not the caller's any more.
    ///
    /// # Errors
    /// [`ApiError::Answer`] for the one that they sign in with, and whatever a request can fail
    /// with.
    pub async fn drop_address(&self, token: &Token, address: &str) -> Result<Login, ApiError> {
        let form = DropAddress { address: address.to_owned() };
        json(self.post("addresses/drop", Some(token), &form)).await
    }

    /// `POST /v1/login/delete`: deletes the caller's sign-in for ever (E-11).
    ///
    /// # Errors
    /// [`ApiError::Answer`] with the first thing in the way or a wrong password, and whatever
    /// a request can fail with.
    pub async fn delete_login(&self, token: &Token, form: &DeleteLogin) -> Result<(), ApiError> {
        empty(self.post("login/delete", Some(token), form)).await
    }

    /// `POST /v1/invitations/link`: the link of an invitation.
    ///
    /// # Errors
    /// [`ApiError::Answer`] with what is wrong, and whatever a request can fail with.
    pub async fn link(
        &self,
        token: &Token,
        request: &LinkRequest,
    ) -> Result<InvitationLink, ApiError> {
        json(self.post("invitations/link", Some(token), request)).await
    }

    /// `POST /v1/sync`: one exchange, both ways in frames.
    ///
    /// # Errors
    /// Whatever a request can fail with.
    pub async fn sync(&self, token: &Token, request: Vec<u8>) -> Result<Vec<u8>, ApiError> {
        let request = self
            .client
            .post(self.url("sync"))
            .bearer_auth(token.as_str())
            .header(CONTENT_TYPE, FRAMES_TYPE)
            .header(ACCEPT, FRAMES_TYPE)
            .body(request);
        let response = success(request.send().await.map_err(|error| no_answer(&error))?).await?;
        if !is_of_type(&response, FRAMES_TYPE) {
            return Err(ApiError::NotMuster);
        }
        bytes(response).await
    }

    /// `GET /v1/poke`: the stream of server-sent events.
    ///
    /// # Errors
    /// Whatever a request can fail with.
    pub(crate) async fn poke(&self, token: &Token) -> Result<Response, ApiError> {
        let request = self
            .streaming
            .get(self.url("poke"))
            .bearer_auth(token.as_str())
            .header(ACCEPT, "text/event-stream");
        let response = success(request.send().await.map_err(|error| no_answer(&error))?).await?;
        if is_of_type(&response, "text/event-stream") {
            Ok(response)
        } else {
            Err(ApiError::NotMuster)
        }
    }

    fn post<B: Serialize>(&self, path: &str, token: Option<&Token>, body: &B) -> RequestBuilder {
        let request = self.client.post(self.url(path)).json(body);
        match token {
            Some(token) => request.bearer_auth(token.as_str()),
            None => request,
        }
    }
}

fn invitation_code(code: &str) -> InvitationCode {
    InvitationCode { code: code.to_owned() }
}

/// Reads a server's address as a person types it.
fn address(text: &str) -> Result<Url, ApiError> {
    let text = text.trim();
    let url = if text.contains("://") {
        Url::parse(text).map_err(|_| ApiError::BadServer)?
    } else {
        let https = Url::parse(&format!("https://{text}")).map_err(|_| ApiError::BadServer)?;
        if is_this_machine(&https) {
            Url::parse(&format!("http://{text}")).map_err(|_| ApiError::BadServer)?
        } else {
            https
        }
    };
    let has_more = url.query().is_some() || url.fragment().is_some();
    let has_user = !url.username().is_empty() || url.password().is_some();
    if has_more || has_user || url.host().is_none() {
        return Err(ApiError::BadServer);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(&url) => Ok(url),
        "http" => Err(ApiError::Insecure),
        _ => Err(ApiError::BadServer),
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn client(base: &Url, silence: Option<Duration>) -> Result<Client, ApiError> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error says that there is a provider already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = Client::builder()
        .user_agent(concat!("muster/", env!("CARGO_PKG_VERSION")))
        // A captive portal redirects; Muster never does.
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT);
    if let Some(silence) = silence {
        builder = builder.read_timeout(silence);
    }
    if is_this_machine(base) {
        builder = builder.no_proxy();
    }
    if base.scheme() == "http" {
        // No certificates to load, so a system without any can still talk to itself.
        builder = builder.tls_certs_only([]);
    } else {
        builder = builder.https_only(true);
    }
    builder.build().map_err(|_| ApiError::Certificate)
}

/// Why a request got no answer.
fn no_answer(error: &reqwest::Error) -> ApiError {
    let mut source = error.source();
    while let Some(cause) = source {
        // The TLS error travels inside an I/O error, which shows it as its inner one.
        let inner = cause
            .downcast_ref::<std::io::Error>()
            .and_then(|io| io.get_ref())
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        match inner.or_else(|| cause.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) => {
                return ApiError::Certificate;
            }
            // Whoever answers does not speak TLS.
            Some(rustls::Error::InvalidMessage(_)) => return ApiError::NotMuster,
            Some(_) | None => {}
        }
        source = cause.source();
    }
    ApiError::Offline(if error.is_connect() {
        OfflineCause::Unreachable
    } else {
        OfflineCause::Interrupted
    })
}

fn is_of_type(response: &Response, wanted: &str) -> bool {
    response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|found| found.trim().eq_ignore_ascii_case(wanted))
}

/// A request whose answer has no body.
async fn empty(request: RequestBuilder) -> Result<(), ApiError> {
    let request = request.header(ACCEPT, "application/json");
    let response = success(request.send().await.map_err(|error| no_answer(&error))?).await?;
    // A portal's page is not a yes.
    if bytes(response).await?.is_empty() { Ok(()) } else { Err(ApiError::NotMuster) }
}

async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, ApiError> {
    let request = request.header(ACCEPT, "application/json");
    let response = success(request.send().await.map_err(|error| no_answer(&error))?).await?;
    if !is_of_type(&response, "application/json") {
        return Err(ApiError::NotMuster);
    }
    serde_json::from_slice(&bytes(response).await?).map_err(|_| ApiError::NotMuster)
}

/// The response if it is a success; else what the server says. Only a body in Muster's own
/// form counts as the server's word: a bare 401 of something in between ends no session.
async fn success(response: Response) -> Result<Response, ApiError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let body = if is_of_type(&response, "application/json") {
        serde_json::from_slice::<ErrorBody>(&bytes(response).await?).ok()
    } else {
        None
    };
    Err(match body {
        Some(body) => match body.code {
            ErrorCode::SignedOut => ApiError::SignedOut,
            ErrorCode::Version => ApiError::Version,
            ErrorCode::Fault => ApiError::Fault,
            ErrorCode::WrongPassword
            | ErrorCode::Suspended
            | ErrorCode::TooMany
            | ErrorCode::AddressTaken
            | ErrorCode::BadAddress
            | ErrorCode::BadPassword
            | ErrorCode::Refused
            | ErrorCode::NotFound
            | ErrorCode::BadRequest
            | ErrorCode::TooLarge
            | ErrorCode::NoMail
            | ErrorCode::WrongCode
            | ErrorCode::UnprovedAddress
            | ErrorCode::AddressInUse
            | ErrorCode::AddressOfAnother => ApiError::Answer(body),
        },
        None if status.is_server_error()
            && status != StatusCode::NETWORK_AUTHENTICATION_REQUIRED =>
        {
            ApiError::Fault
        }
        None => ApiError::NotMuster,
    })
}

async fn bytes(response: Response) -> Result<Vec<u8>, ApiError> {
    let mut stream = response.bytes_stream();
    let mut bytes = Vec::new();
    while let Some(part) = stream.next().await {
        let part = part.map_err(|_| ApiError::Offline(OfflineCause::Interrupted))?;
        if bytes.len() + part.len() > MAX_ANSWER_BYTES {
            return Err(ApiError::NotMuster);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, ApiError>) {
        let found = Api::new(text);
        let found = found.as_ref().map(Api::server).map_err(Clone::clone);
        assert_eq!(found, expected, "of {text:?}");
    }

    #[test]
    fn addresses_of_servers_are_read_as_typed() {
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check(" http://127.0.0.1:8080/ ", Ok("http://127.0.0.1:8080"));
        check("localhost:8080", Ok("http://localhost:8080"));
        check("[::1]:8080", Ok("http://[::1]:8080"));
        check("http://muster.example", Err(ApiError::Insecure));
        check("http://10.0.0.1:8080", Err(ApiError::Insecure));
        check("ftp://localhost", Err(ApiError::BadServer));
        check("http://user:secret@localhost", Err(ApiError::BadServer));
        check("", Err(ApiError::BadServer));
        check("not an address", Err(ApiError::BadServer));
        check("http://localhost/?x=1", Err(ApiError::BadServer));
    }

    #[test]
    fn an_address_without_a_scheme_is_https() {
        let url = address("muster.example/team").expect("an address");
        assert_eq!(url.as_str(), "https://muster.example/team");
    }
}
