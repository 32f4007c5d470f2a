//! The requests to a server, and every way in which they fail as one closed list.

use muster_protocol::ErrorBody;
use muster_protocol::http::{
    Accepted, InvitationLink, InvitationView, LinkRequest, ServerInfo, Session, SignIn, SignUp,
};

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
#[derive(Clone)]
pub struct Api {}

#[expect(unused_variables, reason = "signatures first")]
impl Api {
    /// For the server at this address, as a person typed it.
    pub fn new(server: &str) -> Result<Self, ApiError> {
        Err(ApiError::BadServer)
    }
    /// The server's address in its normal form.
    pub fn server(&self) -> &str {
        ""
    }
    /// Who is there.
    pub async fn server_info(&self) -> Result<ServerInfo, ApiError> {
        Err(ApiError::NotMuster)
    }
    /// Signs up.
    pub async fn sign_up(&self, form: &SignUp) -> Result<Session, ApiError> {
        Err(ApiError::NotMuster)
    }
    /// Signs in.
    pub async fn sign_in(&self, form: &SignIn) -> Result<Session, ApiError> {
        Err(ApiError::NotMuster)
    }
    /// Ends the session.
    pub async fn sign_out(&self, token: &Token) -> Result<(), ApiError> {
        Err(ApiError::NotMuster)
    }
    /// What an invitation is for.
    pub async fn look(&self, code: &str) -> Result<InvitationView, ApiError> {
        Err(ApiError::NotMuster)
    }
    /// Accepts an invitation.
    pub async fn accept(&self, token: &Token, code: &str) -> Result<Accepted, ApiError> {
        Err(ApiError::NotMuster)
    }
    /// The link of an invitation.
    pub async fn link(
        &self,
        token: &Token,
        request: &LinkRequest,
    ) -> Result<InvitationLink, ApiError> {
        Err(ApiError::NotMuster)
    }
    /// One exchange.
    pub async fn sync(&self, token: &Token, request: Vec<u8>) -> Result<Vec<u8>, ApiError> {
        Err(ApiError::NotMuster)
    }
}
