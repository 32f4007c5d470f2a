//! A small relay that speaks SMTP over a real connection and keeps what it is given.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// A letter as it came over the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Name and password, where the sender gave them.
    pub login: Option<String>,
    pub from: String,
    pub to: Vec<String>,
    /// Header and body, dots unstuffed.
    pub data: String,
}

impl Received {
    /// The lines of the header, folded ones joined.
    pub fn header(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for line in self.data.lines().take_while(|line| !line.is_empty()) {
            match lines.last_mut() {
                Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
                _ => lines.push(line.to_owned()),
            }
        }
        lines
    }

    /// The body as a person reads it.
    pub fn body(&self) -> String {
        let raw = self.data.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let encoding = |name: &str| {
            let header = self.header();
            header.iter().any(|it| it.to_lowercase().contains(name))
        };
        if encoding("quoted-printable") {
            unquoted(raw)
        } else if encoding("base64") {
            use base64::Engine;
            let text: String = raw.split_whitespace().collect();
            let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("base64");
            String::from_utf8(bytes).expect("text")
        } else {
            raw.to_owned()
        }
    }
}

fn unquoted(raw: &str) -> String {
    let joined = raw.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'='
            && let Some(hex) = tail.get(..2)
            && let Ok(text) = std::str::from_utf8(hex)
            && let Ok(byte) = u8::from_str_radix(text, 16)
        {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).expect("text").replace("\r\n", "\n")
}

/// What the relay says to a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// 451: try again later.
    Later,
    /// 550: no such mailbox.
    Never,
}

/// A connection, safe or not.
pub trait Wire: Read + Write {}

impl<T: Read + Write> Wire for T {}

/// Makes a connection a safe one.
pub type Secure = Arc<dyn Fn(TcpStream) -> io::Result<Box<dyn Wire>> + Send + Sync>;

/// Whether and when connections become safe.
#[derive(Clone)]
pub enum Safety {
    Never,
    /// Before a word is said.
    AtOnce(Secure),
    /// When the sender asks for it; nothing is taken before.
    StartTls(Secure),
}

struct State {
    letters: Vec<Received>,
    refused: usize,
    /// Conversations that ended without a letter.
    vain: usize,
    mood: Mood,
}

/// The running relay.
#[derive(Clone)]
pub struct Sink {
    pub addr: SocketAddr,
    state: Arc<(Mutex<State>, Condvar)>,
    safety: Safety,
}

impl Sink {
    pub fn start() -> Self {
        Self::start_with(Safety::Never)
    }

    pub fn start_with(safety: Safety) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let addr = listener.local_addr().expect("an address");
        let state = State { letters: Vec::new(), refused: 0, vain: 0, mood: Mood::Takes };
        let sink = Self { addr, state: Arc::new((Mutex::new(state), Condvar::new())), safety };
        let served = sink.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sink = served.clone();
                std::thread::spawn(move || sink.serve(stream));
            }
        });
        sink
    }

    pub fn be(&self, mood: Mood) {
        self.state.0.lock().expect("a lock").mood = mood;
    }

    /// Waits until this many letters are there.
    pub fn letters(&self, count: usize) -> Vec<Received> {
        self.wait(|state| state.letters.len() >= count).0
    }

    /// Waits until this many receivers were refused.
    pub fn refusals(&self, count: usize) -> usize {
        self.wait(|state| state.refused >= count).1
    }

    /// Waits until this many conversations ended without a letter.
    pub fn vain(&self, count: usize) {
        self.wait(|state| state.vain >= count);
    }

    fn wait(&self, enough: impl Fn(&State) -> bool) -> (Vec<Received>, usize) {
        let (lock, told) = &*self.state;
        let state = lock.lock().expect("a lock");
        let long = Duration::from_secs(20);
        let (state, timeout) =
            told.wait_timeout_while(state, long, |it| !enough(it)).expect("a lock");
        let what = (state.letters.len(), state.refused);
        assert!(!timeout.timed_out(), "waited in vain: {what:?} letters and refusals");
        (state.letters.clone(), state.refused)
    }

    fn serve(&self, stream: TcpStream) {
        let taken = self.talk(stream).unwrap_or(0);
        if taken == 0 {
            let (lock, told) = &*self.state;
            lock.lock().expect("a lock").vain += 1;
            told.notify_all();
        }
    }

    /// Answers how many letters were taken.
    fn talk(&self, stream: TcpStream) -> io::Result<usize> {
        let mut wire: Box<dyn Wire> = match &self.safety {
            Safety::Never => Box::new(stream),
            Safety::AtOnce(secure) => secure(stream)?,
            Safety::StartTls(secure) => match asked_to_be_safe(stream)? {
                Some(stream) => return self.converse(secure(stream)?),
                None => return Ok(0),
            },
        };
        write!(wire, "{GREETING}")?;
        self.converse(wire)
    }

    fn converse(&self, wire: Box<dyn Wire>) -> io::Result<usize> {
        let mut lines = BufReader::new(wire);
        let (mut letter, mut login, mut taken) = (Received::default(), None, 0);
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                return Ok(taken);
            }
            let upper = line.to_uppercase();
            let answer = if upper.starts_with("EHLO") || upper.starts_with("HELO") {
                match &self.safety {
                    Safety::Never => "250-sink.example\r\n250 8BITMIME\r\n",
                    Safety::AtOnce(_) | Safety::StartTls(_) => {
                        "250-sink.example\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n"
                    }
                }
            } else if upper.starts_with("AUTH PLAIN ") {
                login = Some(decoded(line["AUTH PLAIN ".len()..].trim()));
                "235 welcome\r\n"
            } else if upper.starts_with("MAIL FROM:") {
                let (login, from) = (login.clone(), within(&line));
                letter = Received { login, from, ..Received::default() };
                "250 OK\r\n"
            } else if upper.starts_with("RCPT TO:") {
                match self.mood() {
                    Mood::Takes => {
                        letter.to.push(within(&line));
                        "250 OK\r\n"
                    }
                    Mood::Later => "451 try again later\r\n",
                    Mood::Never => "550 no such mailbox\r\n",
                }
            } else if upper.starts_with("DATA") {
                say(&mut lines, "354 go on\r\n")?;
                letter.data = read_data(&mut lines)?;
                taken += 1;
                self.keep(letter.clone());
                "250 taken\r\n"
            } else if upper.starts_with("QUIT") {
                say(&mut lines, "221 bye\r\n")?;
                return Ok(taken);
            } else {
                "250 OK\r\n"
            };
            say(&mut lines, answer)?;
        }
    }

    fn mood(&self) -> Mood {
        let (lock, told) = &*self.state;
        let mut state = lock.lock().expect("a lock");
        if state.mood != Mood::Takes {
            state.refused += 1;
            told.notify_all();
        }
        state.mood
    }

    fn keep(&self, letter: Received) {
        let (lock, told) = &*self.state;
        lock.lock().expect("a lock").letters.push(letter);
        told.notify_all();
    }
}

const GREETING: &str = "220 sink.example ESMTP\r\n";

fn say(lines: &mut BufReader<Box<dyn Wire>>, answer: &str) -> io::Result<()> {
    let wire = lines.get_mut();
    wire.write_all(answer.as_bytes())?;
    wire.flush()
}

/// Speaks in the clear until the sender asks for safety, and takes nothing meanwhile.
fn asked_to_be_safe(stream: TcpStream) -> io::Result<Option<TcpStream>> {
    let mut lines = BufReader::new(stream);
    write!(lines.get_mut(), "{GREETING}")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let upper = line.to_uppercase();
        if upper.starts_with("STARTTLS") {
            write!(lines.get_mut(), "220 go on\r\n")?;
            return Ok(Some(lines.into_inner()));
        }
        let hello = upper.starts_with("EHLO");
        let answer =
            if hello { "250-sink.example\r\n250 STARTTLS\r\n" } else { "530 not in the clear\r\n" };
        write!(lines.get_mut(), "{answer}")?;
    }
}

/// What an `AUTH PLAIN` says, its parts apart.
fn decoded(text: &str) -> String {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("base64");
    String::from_utf8(bytes).expect("text").replace('\0', " ").trim().to_owned()
}

fn within(line: &str) -> String {
    let from = line.find('<').map_or(0, |at| at + 1);
    let to = line.find('>').unwrap_or(line.len());
    line[from..to].to_owned()
}

fn read_data(lines: &mut impl BufRead) -> io::Result<String> {
    let mut data = String::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line)?;
        if line == ".\r\n" || line.is_empty() {
            return Ok(data);
        }
        data.push_str(line.strip_prefix("..").map_or(line.as_str(), |_| &line[1..]));
    }
}
