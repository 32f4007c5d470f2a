//! What a thousand apps that are open and have nothing to do cost the server: the processor time
//! of a real server process over a minute, with as many streams of pokes open.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const CLIENTS: usize = 1_000;
/// How many installations they are spread over; hashing a password for each takes its time.
const SESSIONS: usize = 20;
const WATCHED: Duration = Duration::from_secs(60);
const BUDGET: f64 = 5.0;
const PASSWORD: &str = "correct horse battery";
const ADDRESS: &str = "ana@people.example";

/// Ends with the program, however that ends.
struct Server(Child, String);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().expect("it runs");
        self.0.wait().expect("it ends");
    }
}

fn main() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let server = start(dir.path());
    let tokens: Vec<String> = (0..SESSIONS).map(|n| session(&server, n)).collect();
    let streams: Vec<TcpStream> =
        (0..CLIENTS).map(|n| stream(&server, &tokens[n % SESSIONS])).collect();
    // What opening costs is over when every stream has been answered.
    let before = processor(&server);
    let since = Instant::now();
    std::thread::sleep(WATCHED);
    let took = processor(&server) - before;
    let share = 100.0 * took / since.elapsed().as_secs_f64();
    println!("{} idle streams: {share:.2} % of a core; at most {BUDGET:.0} %", streams.len());
    assert!(share < BUDGET, "a thousand idle clients cost too much");
}

fn start(data: &std::path::Path) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_muster-server"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .env("MUSTER_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let stdout = child.stdout.take().expect("piped");
    let line = BufReader::new(stdout).lines().next().expect("a line").expect("text");
    let address = line.strip_prefix("listening on http://").expect("the server's first line");
    let address = address.to_owned();
    Server(child, address)
}

/// The token of a session on the installation with this number.
fn session(server: &Server, n: usize) -> String {
    let device = format!("{:032x}", n + 1);
    let mut body = json!({ "address": ADDRESS, "password": PASSWORD, "device": device });
    let path = if n == 0 { "/v1/sign-up" } else { "/v1/sign-in" };
    if n == 0 {
        let more =
            [("name", json!("Ana")), ("scheme", json!("managed")), ("account_name", json!("A"))];
        more.into_iter().for_each(|(name, value)| body[name] = value);
    }
    let body = body.to_string();
    let mut to = TcpStream::connect(&server.1).expect("it listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: muster\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    to.write_all(head.as_bytes()).expect("it reads");
    let mut answer = String::new();
    to.read_to_string(&mut answer).expect("it answers");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let session: Value = serde_json::from_str(body).expect("JSON");
    session["token"].as_str().expect("a session").to_owned()
}

/// A stream that the server has answered.
fn stream(server: &Server, token: &str) -> TcpStream {
    let mut to = TcpStream::connect(&server.1).expect("it listens");
    let head =
        format!("GET /v1/poke HTTP/1.1\r\nHost: muster\r\nAuthorization: Bearer {token}\r\n\r\n");
    to.write_all(head.as_bytes()).expect("it reads");
    let mut answer = [0; 12];
    to.read_exact(&mut answer).expect("it answers");
    assert_eq!(&answer, b"HTTP/1.1 200", "the limit on open files may be too low");
    to
}

/// The seconds of a processor that the server has used.
fn processor(server: &Server) -> f64 {
    let file = format!("/proc/{}/stat", server.0.id());
    let stat = std::fs::read_to_string(file).expect("Linux tells");
    let (_, after) = stat.rsplit_once(')').expect("the name is in brackets");
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().expect("a number");
    // Ticks are hundredths of a second to programs, whatever the kernel counts in.
    (ticks(11) + ticks(12)) / 100.0
}
