//! The binary as others start it: it says where it listens, and ends when it is told to.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

fn start(data: &std::path::Path, port_file: &std::path::Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_muster-server"))
        .args(["serve", "--listen", "127.0.0.1:0", "--name", "Test", "--data"])
        .arg(data)
        .arg("--port-file")
        .arg(port_file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("a pipe");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let url = line.trim().strip_prefix("listening on ").expect("where it listens").to_owned();
    (child, url)
}

#[test]
fn serve_says_where_it_listens_and_ends_on_a_signal() {
    let folder = tempfile::tempdir().expect("a folder");
    let port_file = folder.path().join("port");
    let data = folder.path().join("data");
    for _ in 0..2 {
        let (mut child, url) = start(&data, &port_file);
        let address = url.strip_prefix("http://").expect("plain HTTP");
        std::net::TcpStream::connect(address).expect("it listens");
        let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        assert!(killed.expect("kill runs").success());
        assert!(child.wait().expect("it ends").success());
        assert_eq!(std::fs::read_to_string(&port_file).expect("the file"), url);
    }
    assert!(data.join("muster.db").exists());
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let (mut child, _) = start(&data, &folder.path().join("port"));
    child.kill().expect("killed");
    child.wait().expect("it ends");
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    };
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("secret")), 0o600);
}

#[test]
fn an_unusable_folder_is_one_sentence_and_a_failure() {
    let output = Command::new(env!("CARGO_BIN_EXE_muster-server"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data", "/proc/nothing"])
        .output()
        .expect("the binary starts");
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("data folder `/proc/nothing` cannot be used"), "{text}");
}

#[test]
fn security_r7_mail_that_cannot_be_set_up_says_why_and_never_the_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        ("smtps://u:hunter2@mail.example", "", "mail needs `MUSTER_PUBLIC_URL`"),
        (
            "smtp://u:hunter2@mail.example",
            "https://muster.example",
            "mail to another machine needs",
        ),
        ("smtps://u:hunter2@mail.example", "http://muster.example", "`MUSTER_PUBLIC_URL` is no"),
    ];
    for (smtp, public, sentence) in cases {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster-server"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path());
        command.env("MUSTER_SMTP", smtp).env("MUSTER_MAIL_FROM", "m@muster.example");
        if !public.is_empty() {
            command.env("MUSTER_PUBLIC_URL", public);
        }
        let output = command.output().expect("the binary starts");
        assert!(!output.status.success());
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(sentence), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn e38_the_operators_command_says_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let id = "0".repeat(32);
    let output = Command::new(env!("CARGO_BIN_EXE_muster-server"))
        .args(["appoint-owner", "--workspace", &id, "--address", "x@y.example"])
        .args(["--operator", "ann", "--data"])
        .arg(folder.path())
        .output()
        .expect("the binary starts");
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("no workspace in use has this id"), "{text}");
}
