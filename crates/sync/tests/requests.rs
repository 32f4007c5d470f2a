//! The requests around the exchange: what leaves, and what counts as an answer.

use muster_domain::{DeviceId, InvitationId};
use muster_protocol::http::{AddressConfirm, DeleteLogin, RenameLogin, SignIn};
use muster_protocol::{ErrorBody, ErrorCode, PROTOCOL};
use muster_sync::{Api, ApiError, Token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const INVITATION: InvitationId = InvitationId::from_bytes([7; 16]);

/// A server of one answer; tells which request it got: its first line, whether it carried the
/// session, and its body.
struct Once {
    api: Api,
    asked: JoinHandle<(String, bool, String)>,
}

impl Once {
    async fn answering(status: &'static str, kind: &'static str, body: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("binds");
        let address = format!("http://{}", listener.local_addr().expect("has one"));
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let asked = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("accepts");
            let mut bytes = Vec::new();
            loop {
                if let Some(request) = whole(&bytes) {
                    stream.write_all(answer.as_bytes()).await.expect("writes");
                    return request;
                }
                assert_ne!(stream.read_buf(&mut bytes).await.expect("reads"), 0, "cut off");
            }
        });
        Self { api: Api::new(&address).expect("an address"), asked }
    }

    async fn json(body: &str) -> Self {
        Self::answering("200 OK", "application/json", body).await
    }

    async fn nothing() -> Self {
        Self::answering("204 No Content", "text/plain", "").await
    }

    async fn refusing(code: ErrorCode) -> Self {
        let body = ErrorBody { code, message: String::new(), field: None, refusal: None };
        let body = serde_json::to_string(&body).expect("encodes");
        Self::answering("403 Forbidden", "application/json", &body).await
    }

    /// The request, as one line.
    async fn asked(self) -> String {
        let (line, session, body) = self.asked.await.expect("was asked");
        format!("{line} {} {body}", if session { "with session" } else { "without" })
    }
}

fn whole(bytes: &[u8]) -> Option<(String, bool, String)> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let head = head.to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .map_or(0, |value| value.trim().parse().expect("a number"));
    let line = head.lines().next()?.trim_end_matches(" http/1.1").to_owned();
    let session = head.contains("authorization: bearer t0ken");
    (body.len() >= length).then(|| (line, session, body.to_owned()))
}

fn token() -> Token {
    Token::new("t0ken".to_owned())
}

#[tokio::test]
async fn an_invitation_is_declined_by_its_code() {
    let server = Once::nothing().await;
    server.api.decline(&token(), "c0de").await.expect("is answered");
    let asked = server.asked().await;
    assert_eq!(asked, r#"post /v1/invitations/decline with session {"code":"c0de"}"#);
}

#[tokio::test]
async fn e24_the_inbox_needs_no_link() {
    let accepted = format!(r#"{{"workspace":"{}"}}"#, "03".repeat(16));
    let server = Once::json(&accepted).await;
    let found = server.api.inbox_accept(&token(), INVITATION).await.expect("is answered");
    assert_eq!(found.workspace.to_bytes(), [3; 16]);
    let body = format!(r#"{{"invitation":"{INVITATION}"}}"#);
    assert_eq!(server.asked().await, format!("post /v1/inbox/accept with session {body}"));
    let server = Once::nothing().await;
    server.api.inbox_decline(&token(), INVITATION).await.expect("is answered");
    assert_eq!(server.asked().await, format!("post /v1/inbox/decline with session {body}"));
}

#[tokio::test]
async fn e24_an_address_is_proved_by_a_code() {
    let server = Once::nothing().await;
    server.api.address_code(&token(), "ana@birch.example").await.expect("is answered");
    let asked = server.asked().await;
    assert_eq!(asked, r#"post /v1/addresses/code with session {"address":"ana@birch.example"}"#);
    let login = format!(
        r#"{{"id":"{}","address":"ana@larch.example","name":"Ana","status":"active",
            "verified":["ana@birch.example"]}}"#,
        "01".repeat(16)
    );
    let server = Once::json(&login).await;
    let form = AddressConfirm { address: "ana@birch.example".into(), code: "123456".into() };
    let found = server.api.address_confirm(&token(), &form).await.expect("is answered");
    assert_eq!(found.verified[0].as_str(), "ana@birch.example");
    let asked = server.asked().await;
    assert!(asked.starts_with("post /v1/addresses/confirm with session {"), "{asked}");
}

#[tokio::test]
async fn e24_a_server_without_mail_and_a_wrong_code_are_told_apart() {
    for code in [ErrorCode::NoMail, ErrorCode::WrongCode] {
        let server = Once::refusing(code).await;
        let error = server.api.address_code(&token(), "x@y.example").await.expect_err("refused");
        assert!(matches!(&error, ApiError::Answer(body) if body.code == code), "{error:?}");
    }
}

#[tokio::test]
async fn e57_a_login_gets_another_name() {
    let login = format!(
        r#"{{"id":"{}","address":"ana@larch.example","name":"Ana Sousa","status":"active",
            "verified":[]}}"#,
        "01".repeat(16)
    );
    let server = Once::json(&login).await;
    let form = RenameLogin { name: "Ana Sousa".into() };
    let found = server.api.rename_login(&token(), &form).await.expect("is answered");
    assert_eq!(found.name, "Ana Sousa");
    assert_eq!(server.asked().await, r#"post /v1/login/name with session {"name":"Ana Sousa"}"#);
}

#[tokio::test]
async fn e11_a_login_is_deleted_with_its_password_and_a_portal_is_no_yes() {
    let form = DeleteLogin { password: "a long one".into() };
    let server = Once::nothing().await;
    server.api.delete_login(&token(), &form).await.expect("is answered");
    let asked = server.asked().await;
    assert_eq!(asked, r#"post /v1/login/delete with session {"password":"a long one"}"#);
    let portal = Once::answering("200 OK", "text/html", "<html>Welcome</html>").await;
    assert_eq!(portal.api.delete_login(&token(), &form).await, Err(ApiError::NotMuster));
}

#[tokio::test]
async fn whether_a_server_sends_mail_is_told_and_is_no_by_default() {
    let info = |mail: &str| {
        format!(
            r#"{{"product":"muster","name":"x","build":"1","proto":{PROTOCOL},
                "oldest_proto":{PROTOCOL},"rules":2{mail}}}"#
        )
    };
    for (mail, expected) in [(r#","mail":true"#, true), ("", false)] {
        let server = Once::json(&info(mail)).await;
        assert_eq!(server.api.server_info().await.expect("is answered").mail, expected);
    }
}

#[tokio::test]
async fn signing_in_carries_no_session() {
    let server = Once::refusing(ErrorCode::WrongPassword).await;
    let form = SignIn {
        address: "ana@larch.example".into(),
        password: "a long one".into(),
        device: DeviceId::from_bytes([5; 16]),
        device_name: String::new(),
    };
    assert!(server.api.sign_in(&form).await.is_err());
    let asked = server.asked().await;
    assert!(asked.starts_with("post /v1/sign-in without {"), "{asked}");
}
